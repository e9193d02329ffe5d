"""Turns pages with what was found in them into rows of the ledger's tables."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeAlias

from sqlalchemy import Connection, Table

from communique.errors import Problem
from communique.ledger import codec, tables
from communique.model import Disagreement, Document, Fact, Family, Judgement, Page, Statement, Story

Rows: TypeAlias = list[dict[str, Any]]

_UNFIT = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Entry:
    """A page, its document and what the document says."""

    page: Page
    document: Document
    statements: Sequence[Statement] = ()


def readable(path: str) -> str:
    """A file name that can be stored: what is no Unicode or a NUL becomes U+FFFD.

    >>> readable("caf\\udce9.txt")
    'caf\ufffd.txt'
    """
    return _UNFIT.sub("\ufffd", path)


def rows_of(entry: Entry, *, nul: bool = True) -> dict[Table, Rows]:
    """The rows of one entry by table, less its sighting and its stretches.

    Raises `ValueError` where the entry holds what cannot be stored: half a surrogate pair (as
    `UnicodeEncodeError`), a number that is not finite, or, unless the database can keep it, a NUL.
    """
    page, document = entry.page, entry.document
    doc_id = document.doc_id
    published = document.published
    rows: dict[Table, Rows] = {
        tables.pages: [
            {
                "doc_id": doc_id,
                "content": zlib.compress(page.content),
                "media_type": page.media_type,
                "url": page.url,
                "meta": codec.to_json(dict(sorted(page.meta.items()))),
                "sha256": document.sha256,
                "recorded": datetime.now(UTC).isoformat(timespec="seconds"),
            }
        ],
        tables.documents: [
            {
                "doc_id": doc_id,
                "title": document.title,
                "publisher": document.publisher,
                "agency": document.agency,
                "language": document.language,
                "earliest": published and published.earliest,
                "latest": published and published.latest,
                "published": codec.to_json(codec.publication_out(published)),
                "text": document.text,
                "regions": codec.to_json(codec.regions_out(document.regions)),
            }
        ],
        tables.statements: [],
        tables.participants: [],
    }
    for statement_id, statement in _distinct(entry.statements):
        rows[tables.statements].append(statement_row(statement_id, statement))
        rows[tables.participants] += [
            {
                "statement_id": statement_id,
                "position": position,
                "role": a.role,
                "actor_id": a.id,
                "state": a.state,
                "name": a.name,
            }
            for position, a in enumerate(statement.actors)
        ]
    for table in rows.values():
        for row in table:
            for value in row.values():
                if isinstance(value, str):
                    _storable(value, nul)
    return rows


def _storable(value: str, nul: bool) -> None:
    if not value.isascii():
        value.encode()
    if not nul and "\x00" in value:
        raise ValueError(
            f"the text has a NUL character at {value.index(chr(0))}, which PostgreSQL cannot keep"
        )


def judgement_row(one: Judgement) -> dict[str, Any]:
    """The row of one judgement."""
    return {
        "judgement_id": one.judgement_id,
        "verdict": one.verdict,
        "by": readable(one.by),
        "at": one.at.isoformat(),
        "whole": codec.to_json(codec.judgement_out(one)),
    }


def statement_row(statement_id: str, statement: Statement) -> dict[str, Any]:
    """The row of one statement."""
    when = statement.when
    return {
        "statement_id": statement_id,
        "doc_id": statement.doc_id,
        "kind": statement.kind,
        "type": statement.type,
        "start": statement.start,
        "end": statement.end,
        "quote": statement.quote,
        "earliest": when and when.earliest,
        "latest": when and when.latest,
        "factuality": statement.factuality,
        "origin": statement.origin,
        "rule": statement.rule,
        "score": statement.score,
        "whole": codec.to_json(codec.statement_spare(statement)),
    }


def _distinct(statements: Iterable[Statement]) -> Iterator[tuple[str, Statement]]:
    """Statements by identifier; of two that say the same in one place the surer one stays, in any order."""
    kept: dict[str, tuple[tuple[float, str], Statement]] = {}
    for statement in statements:
        weight = (statement.score, codec.to_json(codec.statement_out(statement)))
        known = kept.get(statement.statement_id)
        if known is None or weight > known[0]:
            kept[statement.statement_id] = (weight, statement)
    for statement_id, (_, statement) in kept.items():
        yield statement_id, statement


def insert_missing(connection: Connection, table: Table, rows: Rows) -> None:
    """Inserts the rows whose key is not there yet."""
    if not rows:
        return
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects.postgresql import insert as postgresql_insert

        connection.execute(postgresql_insert(table).on_conflict_do_nothing(), rows)
    else:
        from sqlalchemy.dialects.sqlite import insert as sqlite_insert

        connection.execute(sqlite_insert(table).on_conflict_do_nothing(), rows)


def problem_rows(problems: Iterable[Problem]) -> Rows:
    """The rows of problems."""
    return [
        {"path": readable(p.path), "place": readable(p.where), "message": readable(p.message)}
        for p in problems
    ]


def reconciled_rows(
    families: Iterable[Family],
    stories: Iterable[Story],
    facts: Iterable[Fact],
    disagreements: Iterable[Disagreement],
) -> dict[Table, Rows]:
    """The rows of what reconciling makes, by table, in an order in which they can be inserted."""
    rows: dict[Table, Rows] = {table: [] for table in reversed(tables.RECONCILED)}
    for family in families:
        key = {"family_id": family.family_id}
        whole = codec.to_json(codec.family_out(family))
        rows[tables.families].append({**key, "fullest": family.fullest, "whole": whole})
        rows[tables.family_documents] += [{**key, "doc_id": doc_id} for doc_id in family.doc_ids]
    for story in stories:
        key = {"story_id": story.story_id}
        whole = codec.to_json(codec.story_out(story))
        rows[tables.stories].append({**key, "title": story.title, "whole": whole})
        rows[tables.story_documents] += [{**key, "doc_id": doc_id} for doc_id in story.doc_ids]
    for fact in facts:
        key = {"fact_id": fact.fact_id}
        rows[tables.facts].append(
            {
                **key,
                "kind": fact.kind,
                "type": fact.type,
                "about": fact.about,
                "earliest": fact.when and fact.when.earliest,
                "latest": fact.when and fact.when.latest,
                "factuality": fact.factuality,
                "whole": codec.to_json(codec.fact_out(fact)),
            }
        )
        rows[tables.fact_statements] += [{**key, "statement_id": said} for said in fact.statement_ids]
    for number, found in enumerate(disagreements):
        whole = codec.to_json(codec.disagreement_out(found))
        rows[tables.disagreements].append(
            {"number": number, "fact_id": found.fact_id, "reason": found.reason, "whole": whole}
        )
    return rows
