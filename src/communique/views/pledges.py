"""What was promised, by when, on whose word, and what became of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from communique.model import Interval, Statement
from communique.views import stretch, wording
from communique.views.lines import Shown, evidence, line, place_of
from communique.views.page import Line, Lines, Section, View, section
from communique.views.promises import PROMISED, Promise, promises
from communique.views.selection import Material, Told

_MINOR = frozenset({"times", "year", "month", "week", "day", "hour"})
"""Units that tell how long or how often rather than how much."""


def pledges(material: Material) -> View:
    """Promises and proposals by what became of them, then plans; in each those due first in front."""
    every = promises(material)
    limit, as_of = material.selection.limit, material.as_of
    gone = f"their day was gone by on {wording.day(as_of)}, and no page reports them done" if as_of else ""

    def shown(title: str, some: Iterable[Promise], note: str = "") -> Section:
        return section(title, promise_lines(some, material), limit=limit, note=note, empty="none")

    bound = [one for one in every if one.bound]
    plans = [one for one in every if not one.bound and one.state in ("open", "lapsed")]
    sections = (
        shown("Open", (one for one in bound if one.state == "open")),
        shown("Lapsed", (one for one in bound if one.state == "lapsed"), gone),
        shown("Contradicted", (one for one in every if one.state == "contradicted")),
        shown("Reported done", (one for one in every if one.state == "done")),
        shown("Planned", (one for one in plans if one.state == "open")),
        shown("Planned for a day gone by", (one for one in plans if one.state == "lapsed"), gone),
    )
    return View("pledges", f"Pledges: {material.selection.title}", (), sections).citing(material.references)


def is_pledge(told: Told) -> bool:
    """Whether somebody has promised or proposed it."""
    return any(statement.factuality in PROMISED for statement in told.said)


def pledge_lines(every: Iterable[Told], material: Material) -> Lines:
    """The promises among facts that no page reports done, those due first in front, each with its state."""
    ids = {told.fact.fact_id for told in every}
    some = [p for p in promises(material) if p.told.fact.fact_id in ids and p.bound and p.state != "done"]
    lines = promise_lines(some, material)

    def write(same: Sequence[Promise]) -> Line:
        one = lines.write(same)
        return replace(one, value=", ".join(part for part in (same[0].state, one.value) if part))

    return Lines(lines.entries, write)


def promise_lines(every: Iterable[Promise], material: Material) -> Lines:
    """One line a promise, in the order given; what the same words promise again is noted at the first.

    An entry of them is the promises that one line tells, that of the line in front. Words tell it again
    where they are mostly the same, or are among those of a promise of as much.
    """
    found: list[list[Promise]] = []
    shown = Shown()
    worth: defaultdict[tuple[str, tuple[str, ...]], list[tuple[Statement, int]]] = defaultdict(list)
    for one in every:
        said = one.settled_by or one.made
        place, much = place_of(said, said.factuality, material), amounts(one, material)
        position = shown.position(place)
        if position is None and much:
            position = next(
                (n for s, n in worth[said.doc_id, much] if place.start < s.end and s.start < place.end), None
            )
        if position is None:
            for statement in (*one.told.said, said):
                worth[statement.doc_id, much].append((statement, len(found)))
            shown.add(place, len(found))
            found.append([one])
        elif one.told.fact.fact_id != found[position][0].told.fact.fact_id:
            found[position].append(one)

    def write(same: Sequence[Promise]) -> Line:
        return replace(promise_line(same[0], material), also=tuple(one.told.fact.fact_id for one in same[1:]))

    return Lines(found, write)


def promise_line(one: Promise, material: Material) -> Line:
    """Who promised what to whom, how much, by when; for one that is settled, in the words that settle it."""
    told, made = one.told, one.made
    said = one.settled_by or made
    number = material.numbers[said.doc_id]
    return replace(
        line(told, material),
        when=_due(one.due),
        what=wording.what(told.fact, made),
        value=", ".join(amounts(one, material)),
        factuality=said.factuality,
        words=stretch.sentence(said, material.documents[said.doc_id], number),
        note="; ".join(_notes(one, material)),
        evidence=tuple(dict.fromkeys((*evidence(told, material), stretch.clause(said, number)))),
    )


def amounts(one: Promise, material: Material) -> tuple[str, ...]:
    """How much is promised: the figures in the words of the promise."""
    return tuple(
        dict.fromkeys(
            wording.amount(s.quantity)
            for s in material.figures_in(one.made.doc_id, one.made.start, one.made.end)
            if s.quantity and s.quantity.unit not in _MINOR
        )
    )


def _due(ends: Interval | None) -> str:
    return f"due {wording.days(ends)}" if ends else "no day set"


def _notes(one: Promise, material: Material) -> Iterable[str]:
    made, numbers = one.made, material.numbers
    by = sorted({numbers[s.doc_id] for s in one.told.said if s.factuality == made.factuality})
    word = f", on the word of {made.attributed_to.name}" if made.attributed_to else ""
    told = f"{made.factuality} per [{' '.join(map(str, by))}]"
    if one.settled_by:
        verb = "done" if one.state == "done" else "denied"
        if one.settled_by.factuality == "actual" and one.state == "contradicted":
            verb = "refused"
        page = wording.window(material.documents[made.doc_id].published)
        yield f"{told} {page}{word}; {verb} per [{numbers[one.settled_by.doc_id]}]"
    elif word or len(by) < len({s.doc_id for s in one.told.said}):
        yield told + word
    if one.due and one.due.text:
        yield f"counted from “{one.due.text}”"
    if differ := material.disputed.get(one.told.fact.fact_id):
        yield f"sources differ: {' and '.join(differ)}"
