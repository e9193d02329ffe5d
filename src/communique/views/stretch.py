"""The stretch of a page that is shown for a statement: its sentence where that is short, else its clause."""

from __future__ import annotations

import re
from collections.abc import Iterator

from communique.model import Document, Statement
from communique.text import Span, labelled, trimmed
from communique.views.page import Words

LONGEST = 280
"""Code points up to which the whole sentence is shown."""

SCRAP = 70
"""Code points below which a clause hardly reads on its own, so that even a long sentence is shown."""

_STOP = re.compile(r"[.!?][\"”’')\]]*\s+(?=[\"“‘'(]?[A-Z0-9])")
_ABBREVIATED = re.compile(r"(?:^|[\s(\"“‘'.])[A-Z][a-z]{0,3}$")


def clause(statement: Statement, number: int) -> Words:
    """The words of the statement itself."""
    return Words(
        statement.quote,
        statement.doc_id,
        number,
        statement.start,
        statement.end,
        statement.statement_id,
        statement.origin,
        statement.factuality,
    )


def sentence(statement: Statement, document: Document, number: int) -> Words:
    """The statement in its sentence, where that is not long; `marks` tells the two apart."""
    whole = extent(statement, document)
    own = Span(max(statement.start, whole.start) - whole.start, min(statement.end, whole.end) - whole.start)
    words = whole.of(document.text)
    return Words(
        words,
        statement.doc_id,
        number,
        whole.start,
        whole.end,
        statement.statement_id,
        statement.origin,
        statement.factuality,
        () if own == Span(0, len(words)) else (own,),
    )


def extent(statement: Statement, document: Document) -> Span:
    """Where the sentence of a statement stands, or the statement alone where that is long."""
    whole = _sentence(document, statement.start, statement.end)
    if whole.end - whole.start > (LONGEST if len(statement.quote) >= SCRAP else 2 * LONGEST):
        return _cut(document.text, Span(statement.start, statement.end))
    return whole


def utterance(statement: Statement, document: Document, number: int) -> Words:
    """What the speaker of a quote said, without the words around it."""
    said = statement.words or statement.quote
    start = document.text.find(said, max(0, statement.start - len(said)))
    if start < 0:
        return clause(statement, number)
    return Words(
        said,
        statement.doc_id,
        number,
        start,
        start + len(said),
        statement.statement_id,
        statement.origin,
        statement.factuality,
    )


def sentences(document: Document) -> Iterator[Span]:
    """The sentences of the body of a document, in order."""
    text = document.text
    regions = [Span(r.start, r.end) for r in labelled(document.regions, "body")]
    for region in regions if document.regions else [Span(0, len(text))]:
        at = region.start
        for line in text[region.start : region.end].splitlines(keepends=True):
            first, end = at, at + len(line)
            for stop in _STOP.finditer(text, at, end):
                if not _ABBREVIATED.search(text, first, stop.start()):
                    yield trimmed(text, first, stop.end())
                    first = stop.end()
            if text[first:end].strip():
                yield trimmed(text, first, end)
            at = end


def _sentence(document: Document, start: int, end: int) -> Span:
    """The sentence (or sentences) around a stretch, inside its line and region."""
    text = document.text
    around = [r for r in document.regions if r.start <= start < r.end]
    first = max([text.rfind("\n", 0, start) + 1, *(r.start for r in around)])
    newline = text.find("\n", end)
    last = min([newline if newline >= 0 else len(text), *(r.end for r in around if r.end >= end)])
    for stop in _STOP.finditer(text, first, start + 1):  # a look-ahead sees no further than the end
        if stop.end() <= start and not _ABBREVIATED.search(text, first, stop.start()):
            first = stop.end()
    for stop in _STOP.finditer(text, max(end - 1, first), last):
        if not _ABBREVIATED.search(text, first, stop.start()):
            last = stop.end()
            break
    return trimmed(text, first, last)


def _cut(text: str, span: Span) -> Span:
    """A long stretch up to a space."""
    if span.end - span.start <= 2 * LONGEST:
        return span
    space = text.rfind(" ", span.start, span.start + 2 * LONGEST)
    return Span(span.start, space if space > span.start else span.start + 2 * LONGEST)
