"""From facts to lines: what a line says, which lines come first, and which tell the same words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from communique.domain.lexicon.reconcile import reconciling
from communique.model import Factuality, Interval, Statement
from communique.reconcile.near_copies import copy_words
from communique.views import stretch, wording
from communique.views.due import UNDONE, certain, due
from communique.views.page import SHOWN, Line, Lines, Section, Words
from communique.views.selection import Material, Told

OWN_ACTS = frozenset({"ADOPT", "ACQUIRE", "DEPLOY", "TEST"})
"""What a state does by itself and another is concerned by."""

_HISTORY = timedelta(days=3 * 365)
_LONG = 366
"""Days from which a time says little of what comes before what."""

_UNCERTAIN = 62
"""Days from which a time is one of several weeks or years rather than a time."""


def line(told: Told, material: Material) -> Line:
    """The line of a fact, with its best words and all of its evidence."""
    fact, best, numbers = told.fact, told.best, material.numbers
    document = material.documents[best.doc_id]
    shown = stretch.utterance if fact.kind == "quote" else stretch.sentence
    return Line(
        when=_when_told(told, material),
        what=wording.what(fact, best),
        value=wording.amount(best.quantity) if best.quantity else "",
        factuality=fact.factuality,
        words=shown(best, document, numbers[best.doc_id]),
        note=_note(told, material),
        origins=tuple(material.origin(name) for name in fact.origins),
        fact_id=fact.fact_id,
        evidence=evidence(told, material),
    )


def evidence(told: Told, material: Material) -> tuple[Words, ...]:
    """The words of every statement of a fact."""
    return tuple(stretch.clause(s, material.numbers[s.doc_id]) for s in told.said)


def _when_told(told: Told, material: Material) -> str:
    """When it was, or by when at the latest: what is told as done was so when its first page appeared."""
    fact, when = told.fact, time_of(told, material)
    if when and fact.when and when.days == 1 < fact.when.days:
        meant = certain(told.best, material.documents).when
        return wording.day(when.latest) if meant == when else f"by {wording.day(when.latest)}"
    if when or fact.kind not in ("event", "quote"):
        return wording.days(when) if when else ""
    if fact.kind == "event" and fact.factuality != "actual":
        return wording.UNDATED
    pages = [material.documents[s.doc_id].published for s in told.said if s.factuality == "actual"]
    first = min((page.latest for page in pages if page), default=None)
    return f"by {wording.day(first)}" if first else wording.UNDATED


def time_of(told: Told, material: Material) -> Interval | None:
    """When it happens: of a figure its period; of a plan of some long time the day meant, or the last one."""
    fact, best = told.fact, told.best
    if fact.kind == "quantity":
        return best.quantity.period if best.quantity and best.quantity.period else fact.when
    if fact.when and fact.when.days > _UNCERTAIN and best.factuality in UNDONE:
        published = material.documents[best.doc_id].published
        known = certain(best, material.documents)
        if known.when and known.when.days < fact.when.days:
            return known.when
        return due(best, published.interval if published else None) or fact.when
    return fact.when


def _note(told: Told, material: Material) -> str:
    """In what sources differ, who only announced what others say was done, and what people decided."""
    differ = " and ".join(material.disputed.get(told.fact.fact_id, ()))
    entries = (told.fact.fact_id, *(statement.statement_id for statement in told.said))
    decided = dict.fromkeys(words for entry in entries for words in material.judged.get(entry, ()))
    parts = [f"sources differ: {differ}" if differ else "", _factualities(told, material), *decided]
    return "; ".join(part for part in parts if part)


def _factualities(told: Told, material: Material) -> str:
    """Who says that it was done, who that it is planned or denied, where that is not the same."""
    found: dict[str, set[int]] = {}
    for statement in told.said:
        found.setdefault(statement.factuality, set()).add(material.numbers[statement.doc_id])
    if len(found) < 2:
        return ""
    own = found.pop(told.fact.factuality, set())
    if told.fact.kind == "tie":  # a tie that holds is also spoken of as a hope or a condition
        found = {kind: numbers for kind, numbers in found.items() if kind == "denied"}
    found = {kind: numbers for kind, numbers in found.items() if numbers != own}
    others = [f"{kind} per {_pages(numbers)}" for kind, numbers in sorted(found.items())]
    done = "done" if told.fact.factuality == "actual" else told.fact.factuality
    return "; ".join([*others, f"{done} per {_pages(own)}"] if own and others else others)


def _pages(numbers: Iterable[int]) -> str:
    return "[" + " ".join(str(number) for number in sorted(numbers)) + "]"


def weight(told: Told, material: Material) -> float:
    """How much a line deserves its place: near to the question, supported, dated, specific, sure."""
    fact, best = told.fact, told.best
    near = {2: 5.0, 1: 4.0 if fact.type in OWN_ACTS else 1.5, 0: 0.0}[told.near]
    support = 1.5 * min(len(fact.origins), 4) + 0.3 * min(len({s.doc_id for s in told.said}), 4)
    width = fact.when.days if fact.when else 10_000
    dated = 1.5 if width <= 7 else 1.0 if width <= 31 else 0.5 if width <= 366 else 0.0
    specific = 0.5 * bool(best.object) + 0.5 * bool(best.object and best.object.id)
    specific += min(len(best.states()), 3) * 0.5 + 0.5 * (40 <= len(best.quote) <= 260)
    past = bool(fact.when and material.as_of and fact.when.latest < _before(material.as_of))
    standing = fact.kind == "tie" and fact.factuality != "actual"
    first = next(iter(copy_words(best.quote[:40])), "")
    specific -= 1.5 * (best.quote[:1].isupper() and first in reconciling().fragment_words)  # "Such was ..."
    return near + support + dated + specific + 3 * best.score - 2 * past - 4 * standing


def _before(day: date) -> date:
    return day - _HISTORY if day > date.min + _HISTORY else date.min


def ranked(every: Iterable[Told], material: Material) -> Lines:
    """The lines of facts, the weightiest first, each stretch of words shown once."""
    ordered = sorted(every, key=lambda told: (-weight(told, material), told.fact.fact_id))
    return folded(ordered, material)


def folded(ordered: Iterable[Told], material: Material) -> Lines:
    """The lines of facts in their order; what the same words tell a second time is noted at the first.

    An entry of them is the facts that one stretch of words tells, that of the line in front.
    """
    shown = Shown()
    found: list[list[Told]] = []
    for told in ordered:
        place = place_of(told.best, told.fact.factuality, material)
        position = shown.position(place)
        if position is None:
            shown.add(place, len(found))
            found.append([told])
        else:
            found[position].append(told)

    def write(same: Sequence[Told]) -> Line:
        first = line(same[0], material)
        if len(same) == 1:
            return first
        what = wording.what(same[0].fact, same[0].best, [t.fact.type for t in same if t.fact.type])
        return replace(first, what=what, also=tuple(t.fact.fact_id for t in same[1:]))

    return Lines(found, write)


class Place(NamedTuple):
    """Where on a page the words of a line stand, what they say, and how factual what they tell is."""

    doc_id: str
    start: int
    end: int
    text: str
    factuality: Factuality | None


def place_of(said: Statement, factuality: Factuality | None, material: Material) -> Place:
    """The place of the sentence of a statement."""
    document = material.documents[said.doc_id]
    span = stretch.extent(said, document)
    return Place(said.doc_id, span.start, span.end, span.of(document.text), factuality)


def place_on_line(one: Line) -> Place | None:
    """The place of the words of a line that is written already."""
    words = one.words
    return Place(words.doc_id, words.start, words.end, words.text, one.factuality) if words else None


class Shown:
    """The stretches of words that are shown already, findable by page and by what they say."""

    def __init__(self) -> None:
        self._of_page: defaultdict[tuple[str, Factuality | None], list[tuple[Place, int]]] = defaultdict(list)
        self._by_text: dict[tuple[str, Factuality | None], int] = {}

    def add(self, place: Place | None, position: int) -> None:
        """Notes that the line at `position` shows these words."""
        if place:
            self._of_page[place.doc_id, place.factuality].append((place, position))
            self._by_text.setdefault((place.text, place.factuality), position)

    def position(self, place: Place | None) -> int | None:
        """Where mostly the same words of the page, or all the same words of another, are shown."""
        if place is None:
            return None
        for other, position in self._of_page.get((place.doc_id, place.factuality), ()):
            if _overlap(place, other):
                return position
        return self._by_text.get((place.text, place.factuality))


def _overlap(a: Place, b: Place) -> bool:
    return 2 * (min(a.end, b.end) - max(a.start, b.start)) > min(a.end - a.start, b.end - b.start)


def parted(every: Iterable[Told], test: Callable[[Told], bool]) -> tuple[list[Told], list[Told]]:
    """Those that pass a test, and the others."""
    passed: list[Told] = []
    others: list[Told] = []
    for told in every:
        (passed if test(told) else others).append(told)
    return passed, others


def by_day(lines: Lines, material: Material, *, newest_first: bool = False) -> Lines:
    """The lines of `folded` by time, those of more than a year after them, those without one last."""

    def place(same: Sequence[Told]) -> tuple[int, int, int]:
        when = time_of(same[0], material)
        if when is None:
            return 2, 0, 0
        middle = when.earliest.toordinal() + when.latest.toordinal()
        return int(when.days > _LONG), -middle if newest_first else middle, when.days

    return Lines(sorted(lines.entries, key=place), lines.write)


def timed(
    title: str,
    every: Iterable[Told],
    material: Material,
    *,
    newest_first: bool = False,
    most: int = SHOWN,
    note: str = "",
    empty: str = "",
) -> Section:
    """A section of the weightiest lines, shown by time."""
    lines = ranked(every, material)
    kept = lines if material.selection.all else lines[:most]
    shown = tuple(by_day(kept, material, newest_first=newest_first))
    return Section(title, shown, len(lines) - len(kept), note, empty=empty)
