"""How long adding one page takes in ledgers of few and of many pages, and of many about three states.

The large ledger is filled with pages put together from the paragraphs of some hundred invented pages that
were read by the program: each with other names of the same length (so that every span holds), told on other
days. What they say is stored as it would have been extracted, so that ten thousand pages are made in minutes.
A page that is added and timed goes the whole way: read, parsed, extracted, stored, reconciled.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from random import Random
from statistics import median

from benchmarks import invented
from benchmarks.prepared import build, domain, reader
from benchmarks.timing import timed, watched
from communique import pipeline
from communique.ledger.store import Ledger
from communique.ledger.writing import Entry
from communique.model import Document, Interval, Page, Publication, Statement

SIZES = (100, 1_000, 10_000)
ADDED = 9
"""Pages added and timed, one after the other."""

PATTERNS = 300
"""Pages that are read to take paragraphs from."""

PARAGRAPHS = 6
CHUNK = 100
ABOUT_THREE = 150
"""Pages about the same three states: some three thousand statements."""

_YEARS = 4
_NAME = re.compile(r"\b[A-Z][a-z]+")
_TURNED = (
    dict(zip("bdfghklmnprstvz", "dfghklmnprstvzb", strict=True)),
    dict(zip("aeou", "eoua", strict=True)),
)


@dataclass(frozen=True, slots=True)
class Growth:
    """Seconds of the processor (median over the pages added) that one page takes in a ledger."""

    what: str
    pages: int
    statements: int
    seconds: float
    reconciling: float


@dataclass(frozen=True, slots=True)
class _Paragraph:
    text: str
    day: date
    said: tuple[Statement, ...]


def measure(sizes: Sequence[int] = SIZES) -> Iterator[Growth]:
    """One ledger, measured whenever it has grown to a size, and one of pages about three states."""
    every = sorted(state.name for state in domain().states.values())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with Ledger.open(folder / "growth.ledger", create=True) as ledger:
            source, number = _paragraphs(PATTERNS, every), 0
            for size in sizes:
                while number < size:
                    most = min(CHUNK, size - number)
                    ledger.add(_entry(n, source, every) for n in range(number, number + most))
                    number += most
                pipeline.reconcile(ledger, domain())
                yield _added("pages about all states", ledger, folder, 50_000 + size, every)
        with Ledger.open(folder / "three.ledger", create=True) as ledger:
            few = every[40:43]
            ledger.add(_read([_page(60_000 + n, few) for n in range(ABOUT_THREE)]))
            pipeline.reconcile(ledger, domain())
            yield _added("pages about three states", ledger, folder, 70_000, few)


def _added(what: str, ledger: Ledger, folder: Path, number: int, states: list[str]) -> Growth:
    """What one page more takes; a first one, not counted, warms what is kept in memory."""
    counts = ledger.counts()
    whole, reconciling = [], []
    for one in range(number, number + ADDED + 1):
        path = folder / f"{one}.txt"
        path.write_bytes(_page(one, states).content)
        with watched([("reconcile", pipeline, "reconcile")]) as spent:
            whole.append(timed(lambda inputs=(str(path),): build(inputs, ledger)).processor)  # type: ignore[misc]
        reconciling.append(spent["reconcile"])
    return Growth(what, counts["documents"], counts["statements"], median(whole[1:]), median(reconciling[1:]))


def _page(number: int, states: list[str]) -> Page:
    return Page(f"{number}.txt", invented.Happening.of(number, states).page().encode(), "text/plain")


def _read(pages: Sequence[Page]) -> list[Entry]:
    return [entry for entry in reader().entries(pages) if isinstance(entry, Entry)]


# --- pages put together ---------------------------------------------------------------------------


def _paragraphs(count: int, states: list[str]) -> list[_Paragraph]:
    """The paragraphs of some pages, each with what it says by offsets from its beginning."""
    found = []
    for entry in _read([_page(number, states) for number in range(90_000, 90_000 + count)]):
        text, at = entry.document.text, 0
        published = entry.document.published
        for paragraph in text.split("\n\n")[2:]:
            at = text.index(paragraph, at)
            end = at + len(paragraph)
            said = tuple(_moved(s, -at) for s in entry.statements if at <= s.start and s.end <= end)
            if published:
                found.append(_Paragraph(paragraph, published.earliest, said))
    return found


def _entry(number: int, source: Sequence[_Paragraph], states: Sequence[str]) -> Entry:
    random = Random(number)
    day = date(2021, 1, 1) + timedelta(days=random.randrange(365 * _YEARS))
    turns = random.randrange(1, 15), random.randrange(1, 4)
    kept = frozenset(word for name in states for word in name.split())
    parts: list[str] = []
    said: list[Statement] = []
    doc_id = sha256(str(number).encode()).hexdigest()[:16]
    at = 0
    for paragraph in random.sample(source, PARAGRAPHS):
        text = _renamed(paragraph.text, turns, kept)
        later = timedelta(days=(day - paragraph.day).days // 7 * 7)
        for statement in paragraph.said:
            said.append(_told(_moved(statement, at), doc_id, text, at, later, turns, kept))
        parts.append(text)
        at += len(text) + 2
    whole = "\n\n".join(parts) + "\n"
    title, published = parts[0][:60], Publication(day, day, day, "day", ())
    page = Page(f"{number}.txt", whole.encode(), "text/plain")
    digest = sha256(page.content).hexdigest()
    document = Document(
        doc_id, page.path, None, digest, title, f"Outlet {number % 97}", None, "en", published, whole, ()
    )
    return Entry(page, document, said)


def _renamed(text: str, turns: tuple[int, int], kept: frozenset[str]) -> str:
    """The text with other names of the same length; those of states, days and months stay."""
    consonants, vowels = turns

    def other(match: re.Match[str]) -> str:
        name = match.group()
        if name in kept or name in _KEPT or len(name) < 4:
            return name
        turned = name.lower()
        for table, times in zip(_TURNED, (consonants, vowels), strict=True):
            for _ in range(times):
                turned = "".join(table.get(letter, letter) for letter in turned)
        return turned.capitalize()

    return _NAME.sub(other, text)


_KEPT = frozenset(
    date(2021, 1 + n % 12, 1 + n % 28).strftime(form) for n in range(84) for form in ("%A", "%B")
) | {
    "Daily",
    "Declaration",
    "Agreement",
    "Logistics",
    "Accord",
    "Protocol",
    "Neither",
    "Fishermen",
    "Analysts",
}


def _moved(statement: Statement, by: int) -> Statement:
    actors = tuple(replace(a, start=a.start + by, end=a.end + by) for a in statement.actors)
    return replace(statement, start=statement.start + by, end=statement.end + by, actors=actors)


def _told(
    statement: Statement,
    doc_id: str,
    text: str,
    at: int,
    later: timedelta,
    turns: tuple[int, int],
    kept: frozenset[str],
) -> Statement:
    """The statement as the page put together tells it."""

    def turned(words: str) -> str:
        return _renamed(words, turns, kept)

    thing, quantity, when = statement.object, statement.quantity, statement.when
    return replace(
        statement,
        doc_id=doc_id,
        quote=text[statement.start - at : statement.end - at],
        actors=tuple(
            a if a.kind in ("state", "body") else replace(a, id=turned(a.name).lower(), name=turned(a.name))
            for a in statement.actors
        ),
        object=thing and replace(thing, text=turned(thing.text)),
        quantity=quantity and replace(quantity, measure=turned(quantity.measure)),
        words=statement.words and turned(statement.words),
        when=when and _later(when, later),
    )


def _later(when: Interval, by: timedelta) -> Interval:
    return replace(when, earliest=when.earliest + by, latest=when.latest + by)
