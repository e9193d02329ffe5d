"""What every view shows, whatever its subject: sections of lines, each line with the words that say it.

A view is made by a pure function of a ledger and a selection; renderers turn any view into terminal,
JSON, Markdown or HTML. Whatever stands in a `Words` is verbatim: `document.text[start:end] == text`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, overload

from communique.model import Factuality
from communique.text import Span


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch of a page; `number` is the page's number in the list of pages.

    `marks` are offsets in `text` that a renderer may set off. Where the stretch is wider than the
    statement, to be read on its own, `marks` holds the statement.
    """

    text: str
    doc_id: str
    number: int
    start: int
    end: int
    statement_id: str | None = None
    origin: str | None = None
    factuality: Factuality | None = None
    marks: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a view: when, what, the words, and on whose word.

    `what` is composed by the program; `words` never is. `factuality` is told wherever something is not
    known to have happened. `origins` are the independent voices behind `fact_id`; `also` are
    facts the same words tell. `cells` belong to the columns of the section. `opens` is what a line
    leads to where that is no fact: a noun and an identifier, such as ("actor", "NATO").
    """

    when: str = ""
    what: str = ""
    value: str = ""
    factuality: Factuality | None = None
    words: Words | None = None
    note: str = ""
    origins: tuple[str, ...] = ()
    fact_id: str | None = None
    also: tuple[str, ...] = ()
    evidence: tuple[Words, ...] = ()
    cells: tuple[str, ...] = ()
    opens: tuple[str, str] | None = None

    @property
    def pages(self) -> tuple[int, ...]:
        """The numbers of the pages that say it."""
        return tuple(sorted({words.number for words in self.evidence}))

    @property
    def undone(self) -> Factuality | None:
        """The factuality, unless it is that something is so."""
        return None if self.factuality == "actual" else self.factuality


class Lines(Sequence[Line]):
    """Lines in their order, each written when it is looked at: of a long list few ever are.

    >>> [one.what for one in Lines(["a", "b", "c"], lambda name: Line(what=name))[1:]]
    ['b', 'c']
    """

    def __init__(self, entries: Sequence[Any], write: Callable[[Any], Line]) -> None:
        self.entries, self.write = entries, write

    def __len__(self) -> int:
        return len(self.entries)

    @overload
    def __getitem__(self, at: int) -> Line: ...
    @overload
    def __getitem__(self, at: slice) -> Lines: ...
    def __getitem__(self, at: int | slice) -> Line | Lines:
        if isinstance(at, slice):
            return Lines(self.entries[at], self.write)
        return self.write(self.entries[at])


@dataclass(frozen=True, slots=True)
class Section:
    """Lines under a heading; `more` is how many were left out, `empty` what to say if there are none."""

    title: str
    lines: tuple[Line, ...]
    more: int = 0
    note: str = ""
    columns: tuple[str, ...] = ()
    empty: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """A page in the list of pages: where it is from, and from when."""

    number: int
    doc_id: str
    title: str | None
    publisher: str | None
    agency: str | None
    published: str
    grounds: str
    path: str
    url: str | None


@dataclass(frozen=True, slots=True)
class View:
    """What is shown: a heading, what it rests on, sections, and the pages they cite."""

    name: str
    title: str
    about: tuple[str, ...]
    sections: tuple[Section, ...]
    pages: tuple[Reference, ...] = ()

    def citing(self, references: Iterable[Reference]) -> View:
        """The view with those of the references that it cites."""
        cited = {
            words.number
            for section in self.sections
            for line in section.lines
            for words in (*line.evidence, *([line.words] if line.words else []))
        }
        return replace(self, pages=tuple(r for r in references if r.number in cited))


SHOWN = 12
"""Lines a section shows unless all are asked for."""


def section(
    title: str, lines: Iterable[Line], *, limit: int | None = None, note: str = "", empty: str = ""
) -> Section:
    """A section of the first `limit` lines.

    >>> section("Figures", [Line(what="a"), Line(what="b")], limit=1).more
    1
    """
    every = lines if isinstance(lines, Sequence) else tuple(lines)
    kept = tuple(every if limit is None else every[:limit])
    return Section(title, kept, len(every) - len(kept), note, empty=empty)
