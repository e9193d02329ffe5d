"""What a ledger holds as rows of plain values, in the columns of `columns.COLUMNS`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import starmap
from typing import Any, TypeAlias

from communique.exports.graph import edges, nodes
from communique.ledger import codec
from communique.ledger.reading import Reader
from communique.model import Document, Fact, Interval, Statement

Row: TypeAlias = dict[str, Any]


def document_row(document: Document, family_id: str | None, story_id: str | None) -> Row:
    """A document as the contract has it."""
    return {
        "doc_id": document.doc_id,
        "path": document.path,
        "url": document.url,
        "sha256": document.sha256,
        "title": document.title,
        "publisher": document.publisher,
        "agency": document.agency,
        "language": document.language,
        "published": codec.publication_out(document.published),
        "text": document.text,
        "regions": codec.regions_out(document.regions),
        "family_id": family_id,
        "story_id": story_id,
    }


def statement_row(statement: Statement, fact_id: str | None) -> Row:
    """A statement as the contract has it."""
    plain = codec.statement_out(statement)
    doc_id = plain.pop("doc_id")
    return {"statement_id": statement.statement_id, "doc_id": doc_id, "fact_id": fact_id, **plain}


def iso_interval(interval: Interval) -> str:
    """A day, or an ISO 8601 interval of days, the last included.

    >>> from datetime import date
    >>> iso_interval(Interval(date(2023, 1, 1), date(2023, 1, 31)))
    '2023-01-01/2023-01-31'
    """
    earliest, latest = interval.earliest.isoformat(), interval.latest.isoformat()
    return earliest if earliest == latest else f"{earliest}/{latest}"


def timeline_row(fact: Fact, when: Interval, best: Statement) -> Row:
    """A dated event with the statement that says it most surely."""
    return {
        "date": iso_interval(when),
        "earliest": when.earliest.isoformat(),
        "latest": when.latest.isoformat(),
        "precision": when.precision,
        "factuality": fact.factuality,
        "type": fact.type,
        "about": fact.about,
        "actors": list(dict.fromkeys(a.id for a in best.actors)),
        "quote": best.quote,
        "origins": list(fact.origins),
        "doc_id": best.doc_id,
        "statement_id": best.statement_id,
        "fact_id": fact.fact_id,
    }


def _timeline(ledger: Reader) -> Iterator[Row]:
    for fact, said in ledger.evidence("event"):
        if fact.when is not None:
            yield timeline_row(fact, fact.when, said[0])


ROWS: dict[str, Callable[[Reader], Iterator[Row]]] = {
    "documents": lambda ledger: starmap(document_row, ledger.grouped_documents()),
    "statements": lambda ledger: starmap(statement_row, ledger.placed_statements()),
    "facts": lambda ledger: map(codec.fact_out, ledger.facts()),
    "families": lambda ledger: map(codec.family_out, ledger.families()),
    "stories": lambda ledger: map(codec.story_out, ledger.stories()),
    "disagreements": lambda ledger: map(codec.disagreement_out, ledger.disagreements()),
    "timeline": _timeline,
    "nodes": nodes,
    "edges": edges,
}
"""The rows of each export, streamed in an order that only the content decides."""
