"""Checks everything a ledger holds against itself: pages, spans, references, and the database beneath."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, Select, Table, select, union

from communique.errors import Problem
from communique.ledger import codec, tables
from communique.ledger.fulltext import differing
from communique.ledger.store import Ledger
from communique.ledger.stretches import texts
from communique.model import Family, Page, Statement, Story

T = TypeVar("T")

AT_ONCE = 500
"""Identifiers looked up, and rows fetched, at a time."""


def verify(ledger: Ledger) -> Iterator[Problem]:
    """Everything that is wrong with a ledger: in which entry (`where`), and what.

    Pages must have the bytes they were stored with, every quotation must stand where it is said to,
    identifiers must be those of their content, and whatever is referred to must be there.
    Raises `LedgerError` where the database itself cannot be read.
    """
    with ledger.reading() as connection:
        for check in (_database, _pages, _documents, _statements, _reconciled, _judgements, _index):
            for where, message in check(connection):
                yield Problem(ledger.name, where, message)


def missing(ledger: Ledger, identifiers: Iterable[str]) -> set[str]:
    """Those of some identifiers of entries or actors that nothing in the ledger has."""
    columns = (
        tables.documents.c.doc_id, tables.statements.c.statement_id, tables.facts.c.fact_id,
        tables.stories.c.story_id, tables.families.c.family_id, tables.participants.c.actor_id,
        tables.judgements.c.judgement_id,
    )  # fmt: skip
    wanted = sorted(set(identifiers))
    found: set[str] = set()
    with ledger.reading() as connection:
        for at in range(0, len(wanted), AT_ONCE):
            some = wanted[at : at + AT_ONCE]
            found.update(connection.scalars(union(*(select(c).where(c.in_(some)) for c in columns))))
    return set(wanted) - found


Wrong = tuple[str, str]
"""In which entry, and what."""


def _rows(connection: Connection, query: Select[Any]) -> Iterator[Row[Any]]:
    with connection.execute(query.execution_options(yield_per=AT_ONCE)) as rows:
        yield from rows


def _read(where: str, read: Callable[[Any], T], stored: Any) -> tuple[T | None, list[Wrong]]:
    """What a stored value (JSON where it is text) says, or that it cannot be read."""
    try:
        return read(codec.from_json(stored) if isinstance(stored, str) else stored), []
    except (ValueError, KeyError, TypeError, AttributeError, zlib.error) as error:
        return None, [(where, f"cannot be read ({type(error).__name__}: {error})")]


# --- the database --------------------------------------------------------------------------------


def _database(connection: Connection) -> Iterator[Wrong]:
    if connection.dialect.name == "sqlite":
        for (said,) in connection.exec_driver_sql("PRAGMA integrity_check"):
            if said != "ok":
                yield "database", str(said)
    for table in tables.metadata.sorted_tables:
        for key in table.foreign_keys:
            here, there = key.parent, key.column
            lost = select(here).where(here.is_not(None), here.not_in(select(there))).distinct().order_by(here)
            for (value,) in connection.execute(lost):
                message = f"refers to {there.table.name} {value}, which is not there"
                yield f"table {table.name}", message


def _index(connection: Connection) -> Iterator[Wrong]:
    """Whether the words that are looked up are those of the texts."""
    wrong = differing(connection, texts(connection))
    if wrong:
        w = tables.stretches.c
        pages = connection.scalars(
            select(w.doc_id).where(w.stretch_id.in_(wrong[:AT_ONCE])).distinct().order_by(w.doc_id)
        )
        some = ", ".join(list(pages)[:3])
        yield "search index", f"does not fit the texts at {len(wrong)} places{some and ', in ' + some}"


# --- pages and documents -------------------------------------------------------------------------


def _pages(connection: Connection) -> Iterator[Wrong]:
    p, d, s = tables.pages, tables.documents, tables.sightings
    documents = set(connection.scalars(select(d.c.doc_id)))
    sighted = set(connection.scalars(select(s.c.doc_id)))
    for row in _rows(connection, select(p).order_by(p.c.doc_id)):
        where = f"page {row.doc_id}"
        if row.doc_id not in documents:
            yield where, "has no document"
        if row.doc_id not in sighted:
            yield where, "has no path it was read from"
        content, wrong = _read(where, zlib.decompress, row.content)
        yield from wrong
        if content is None:
            continue
        if sha256(content).hexdigest() != row.sha256:
            yield where, "has other bytes than were stored: their SHA-256 differs"
            continue
        meta, wrong = _read(where, dict, row.meta)
        yield from wrong
        if meta is not None and Page("", content, row.media_type, row.url, meta).doc_id != row.doc_id:
            yield where, "its identifier is not that of its bytes, address and metadata"


def _documents(connection: Connection) -> Iterator[Wrong]:
    d, w = tables.documents, tables.stretches
    for row in _rows(connection, select(d).order_by(d.c.doc_id)):
        where, length = f"document {row.doc_id}", len(row.text)
        regions, wrong = _read(where, codec.regions_in, row.regions)
        yield from wrong
        for region in regions or ():
            if not 0 <= region.start <= region.end <= length:
                yield where, f"region {region.label} {region.start} to {region.end} lies outside the text"
        published, wrong = _read(where, codec.publication_in, row.published)
        yield from wrong
        for ground in published.grounds if published else ():
            if ground.start is not None and not 0 <= ground.start <= (ground.end or 0) <= length:
                yield where, f"the ground {ground.rule!r} of its date lies outside the text"
        said = select(w.c.start, w.c.end).where(w.c.doc_id == row.doc_id, w.c.start.is_not(None))
        for start, end in connection.execute(said):
            if not 0 <= start < end <= length:
                yield where, f"the searchable stretch {start} to {end} lies outside the text"


# --- statements ----------------------------------------------------------------------------------


def _statements(connection: Connection) -> Iterator[Wrong]:
    s, d, w = tables.statements, tables.documents, tables.stretches
    text_of: tuple[str, str] = ("", "")
    findable: set[tuple[int, int]] = set()
    taking_part: dict[str, list[tuple[str, str, str | None, str]]] = {}
    for row in _rows(connection, select(s).order_by(s.c.doc_id, s.c.start, s.c.end, s.c.statement_id)):
        where = f"statement {row.statement_id}"
        if text_of[0] != row.doc_id:
            whole = connection.scalar(select(d.c.text).where(d.c.doc_id == row.doc_id))
            if whole is None:
                yield where, f"its document {row.doc_id} is not there"
                continue
            text_of = row.doc_id, whole
            marked = connection.execute(select(w.c.start, w.c.end).where(w.c.doc_id == row.doc_id, w.c.says))
            findable = {(one.start, one.end) for one in marked}
            taking_part = _participants(connection, row.doc_id)
        statement, wrong = _read(where, _said, row)
        yield from wrong
        if statement is None:
            continue
        yield from ((where, message) for message in _statement(statement, row, text_of[1]))
        if row.start < row.end and (row.start, row.end) not in findable:
            yield where, "cannot be found by its words"
        stored = taking_part.get(row.statement_id, [])
        if stored != [(a.role, a.id, a.state, a.name) for a in statement.actors]:
            yield where, "the actors it is looked up by are not its own"


def _participants(connection: Connection, doc_id: str) -> dict[str, list[tuple[str, str, str | None, str]]]:
    """Who takes part in each statement of a document, in order."""
    p, s = tables.participants, tables.statements
    query = select(p).join(s, s.c.statement_id == p.c.statement_id).where(s.c.doc_id == doc_id)
    found: dict[str, list[tuple[str, str, str | None, str]]] = {}
    for row in connection.execute(query.order_by(p.c.statement_id, p.c.position)):
        found.setdefault(row.statement_id, []).append((row.role, row.actor_id, row.state, row.name))
    return found


def _said(row: Row[Any]) -> Statement:
    return codec.statement_whole(codec.from_json(row.whole), row.doc_id, row.quote)


def _statement(statement: Statement, row: Row[Any], whole: str) -> Iterator[str]:
    start, end = statement.start, statement.end
    if (start, end) != (row.start, row.end):
        yield f"stands at {start} to {end}, but is looked up at {row.start} to {row.end}"
    if not 0 <= start <= end <= len(whole) or whole[start:end] != statement.quote:
        yield f"its quotation does not stand at {start} to {end} of document {statement.doc_id}"
    if statement.statement_id != row.statement_id:
        yield "its identifier is not that of what it says"
    if (statement.kind, statement.type, statement.factuality) != (row.kind, row.type, row.factuality):
        yield "the kind, type or factuality it is looked up by is not its own"
    if statement.words is not None and statement.words not in whole:
        yield "the words said do not stand in the document"
    for actor in statement.actors:
        if not 0 <= actor.start <= actor.end <= len(whole):
            yield f"the actor {actor.id} lies outside the text"


# --- what reconciling made -----------------------------------------------------------------------


def _reconciled(connection: Connection) -> Iterator[Wrong]:
    said = set(connection.scalars(select(tables.statements.c.statement_id)))
    pages = set(connection.scalars(select(tables.documents.c.doc_id)))
    link = tables.fact_statements.c
    members: dict[str, set[str]] = {}
    for fact_id, statement_id in connection.execute(select(link.fact_id, link.statement_id)):
        members.setdefault(fact_id, set()).add(statement_id)
    facts: set[str] = set()
    for row in connection.execute(select(tables.facts).order_by(tables.facts.c.fact_id)):
        where = f"fact {row.fact_id}"
        facts.add(row.fact_id)
        fact, wrong = _read(where, codec.fact_in, row.whole)
        yield from wrong
        if fact is not None:
            yield from _gone(where, "statement", fact.statement_ids, said)
            if not fact.statement_ids or set(fact.statement_ids) != members.get(row.fact_id, set()):
                yield where, "the statements it is looked up by are not its own"
    for row in connection.execute(select(tables.disagreements).order_by(tables.disagreements.c.number)):
        where = f"disagreement {row.number}"
        one, wrong = _read(where, codec.disagreement_in, row.whole)
        yield from wrong
        if one is not None:
            yield from _gone(where, "fact", [one.fact_id, row.fact_id], facts)
            for side in one.sides:
                yield from _gone(where, "statement", side.statement_ids, said)
    readers: tuple[tuple[str, Table, Callable[[Any], Family | Story]], ...] = (
        ("family", tables.families, codec.family_in),
        ("story", tables.stories, codec.story_in),
    )
    for noun, table, read in readers:
        for row in connection.execute(select(table)):
            where = f"{noun} {row[0]}"
            group, wrong = _read(where, read, row.whole)
            yield from wrong
            if group is not None:
                yield from _gone(where, "document", group.doc_ids, pages)
                if getattr(group, "fullest", None) not in (None, *group.doc_ids):
                    yield where, "its fullest document is none of its own"


def _gone(where: str, noun: str, wanted: Iterable[str], there: set[str]) -> Iterator[Wrong]:
    for identifier in sorted(set(wanted) - there):
        yield where, f"refers to {noun} {identifier}, which is not there"


def _judgements(connection: Connection) -> Iterator[Wrong]:
    every = list(connection.execute(select(tables.judgements).order_by(tables.judgements.c.judgement_id)))
    there = {row.judgement_id for row in every}
    for row in every:
        where = f"judgement {row.judgement_id}"
        judgement, wrong = _read(where, codec.judgement_in, row.whole)
        yield from wrong
        if judgement is None:
            continue
        if judgement.judgement_id != row.judgement_id:
            yield where, "its identifier is not that of the decision"
        if judgement.verdict == "undo":
            yield from _gone(where, "judgement", judgement.about, there)
