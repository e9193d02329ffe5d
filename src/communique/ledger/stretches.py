"""What of a page can be found by its words: its title, its paragraphs, and the spans of statements."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias

from sqlalchemy import Connection, func, insert, select, text

from communique.ledger import tables
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
    words: Rows = []
    for document, statements in new:
        for span, says in stretches_of(document, statements):
            number += 1
            start, end = (span.start, span.end) if span else (None, None)
            places.append(
                {"stretch_id": number, "doc_id": document.doc_id, "start": start, "end": end, "says": says}
            )
            words.append({"id": number, "words": span.of(document.text) if span else document.title})
    if places:
        connection.execute(insert(tables.stretches), places)
        connection.execute(text("INSERT INTO stretch_index(rowid, words) VALUES (:id, :words)"), words)
