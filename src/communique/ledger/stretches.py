"""What of a page can be found by its words: its title, its paragraphs, and the spans of statements."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import Any, TypeAlias

from sqlalchemy import Connection, case, func, insert, select

from communique.ledger import tables
from communique.ledger.fulltext import full_text
from communique.model import Document, Statement
from communique.text import Span, labelled, trimmed

Rows: TypeAlias = list[dict[str, Any]]

LONG = 1500
"""Code points above which a paragraph is looked up in parts."""

_SENTENCE_END = re.compile(r"(?<=[.!?])[\"”’')\]]*\s+")


def stretches_of(document: Document, statements: Iterable[Statement]) -> Iterator[tuple[Span | None, bool]]:
    """What can be found by its words: the title, the paragraphs, and the spans of statements (True).

    `None` stands for a title that is not in the text.
    """
    says = {Span(s.start, s.end) for s in statements if s.start < s.end}
    text = document.text
    readings = [r for r in document.regions if r.label in ("body", "caption")]
    if document.title:
        titles = [trimmed(text, r.start, r.end) for r in labelled(document.regions, "title")]
        yield next((t for t in titles if t.of(text) == document.title), None), False
    elif not readings:
        readings = labelled(document.regions, "title")
    whole = [Span(0, len(text))] if not document.regions else [Span(r.start, r.end) for r in sorted(readings)]
    seen: set[Span] = set()
    for part in whole:
        for span in _paragraphs(text, part):
            if span not in says and span not in seen:
                seen.add(span)
                yield span, False
    for span in sorted(says):
        yield span, True


def _paragraphs(text: str, part: Span) -> Iterator[Span]:
    """The paragraphs of a part, long ones cut where a sentence seems to end."""
    start = part.start
    while start < part.end:
        newline = text.find("\n", start, part.end)
        end = newline if newline >= 0 else part.end
        at = start
        while end - at > LONG:
            cut = _SENTENCE_END.search(text, at + LONG // 2, min(end, at + LONG))
            space = text.find(" ", at + LONG, end)
            to = cut.end() if cut else (space if space >= 0 else end)
            yield from _nonempty(trimmed(text, at, to))
            at = to
        yield from _nonempty(trimmed(text, at, end))
        start = end + 1


def _nonempty(span: Span) -> Iterator[Span]:
    if span.start < span.end:
        yield span


def index_words(connection: Connection, new: Iterable[tuple[Document, Iterable[Statement]]]) -> None:
    """Makes the words of new entries findable."""
    number = connection.scalar(select(func.max(tables.stretches.c.stretch_id))) or 0
    places: Rows = []
    words: list[tuple[int, str]] = []
    for document, statements in new:
        for span, says in stretches_of(document, statements):
            number += 1
            start, end = (span.start, span.end) if span else (None, None)
            places.append(
                {"stretch_id": number, "doc_id": document.doc_id, "start": start, "end": end, "says": says}
            )
            words.append((number, span.of(document.text) if span else document.title or ""))
    if places:
        connection.execute(insert(tables.stretches), places)
        full_text(connection).add(connection, words)


def index_anew(connection: Connection) -> None:
    """Fills an empty index with the words of every stretch there is."""
    full_text(connection).add(connection, texts(connection))


def texts(connection: Connection, stretch_ids: Collection[int] | None = None) -> Iterator[tuple[int, str]]:
    """What stands in stretches (in all, unless some are named), each with its number."""
    w, d = tables.stretches.c, tables.documents.c
    part = func.substr(d.text, w.start + 1, w.end - w.start)
    query = select(w.stretch_id, case((w.start.is_(None), d.title), else_=part).label("words"))
    query = query.join_from(tables.stretches, tables.documents, d.doc_id == w.doc_id)
    if stretch_ids is not None:
        query = query.where(w.stretch_id.in_(sorted(stretch_ids)))
    with connection.execute(query.order_by(w.stretch_id).execution_options(yield_per=1000)) as rows:
        for number, words in rows:
            yield number, words or ""
