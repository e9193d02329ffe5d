"""What waits for a person's judgement: pairs that may be one fact, and statements least surely read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice

from communique.model import Interval
from communique.reconcile.compare import explain
from communique.reconcile.judgements import latest, pairs
from communique.views.lines import line
from communique.views.page import Section, View
from communique.views.selection import Material, Told
from communique.views.wording import counted

NEAR = 0.25
"""Points by which two may lack the likeness of one fact and still be asked about."""

MOST = 1500
"""Pairs that are compared, those of rare parties first, so that the queue of a large ledger is quick."""

UNSURE = 0.6
"""Score of a statement below which it is asked whether it is read rightly."""

_NEIGHBOURS = 10  # facts of one kind and parties that each is compared with
_APART = timedelta(days=45)
_SAME = 1.0


@dataclass(frozen=True, slots=True)
class Doubt:
    """A question for a person: are two facts one, or is one read rightly; `about` are statements.

    `near` is how much it matters, higher first; `why` tells what speaks for and against.
    """

    kind: str
    about: tuple[str, ...]
    told: tuple[Told, ...]
    why: tuple[str, ...]
    near: float

    @property
    def doubt_id(self) -> str:
        """Names the question for as long as it stands."""
        return "-".join(self.about)


def doubts(material: Material) -> list[Doubt]:
    """The questions that nobody has answered, those that matter most first."""
    judged = {identifier for one in latest(material.ledger.judgements()) for identifier in one.about}
    settled = {frozenset(p) for v in ("same", "different") for p in pairs(material.ledger.judgements(), v)}
    found = [*_disputed(material), *_pairs(material), *_unsure(material)]
    open_ = [
        one
        for one in found
        if (frozenset(one.about) not in settled if len(one.about) == 2 else one.about[0] not in judged)
    ]
    unique = {one.doubt_id: one for one in reversed(open_)}
    return sorted(unique.values(), key=lambda one: (-one.near, one.doubt_id))


def review(material: Material) -> View:
    """The queue as a view: one section a question."""
    every = doubts(material)
    limit = material.selection.limit
    kept = every if limit is None else every[:limit]
    sections = [
        Section(
            "One fact, or two?" if len(one.about) == 2 else "Read rightly?",
            tuple(line(told, material) for told in one.told),
            note="; ".join(one.why),
        )
        for one in kept
    ]
    if not sections:
        sections = [Section("Review", (), empty="nothing waits for a judgement")]
    about = (counted(len(every), "question") + " open",)
    return View("review", "Review", about, tuple(sections)).citing(material.references)


def _disputed(material: Material) -> Iterator[Doubt]:
    """Facts whose sides differ: perhaps they are two facts."""
    by_id = material.facts
    for one in material.ledger.disagreements():
        told = by_id.get(one.fact_id)
        if told is None or len(one.sides) < 2:
            continue
        ids = tuple(sorted((one.sides[0].statement_ids[0], one.sides[1].statement_ids[0])))
        if ids[0] == ids[1]:
            continue
        sides = []
        for identifier in ids:
            said = tuple(s for s in told.said if s.statement_id == identifier)
            if said:
                sides.append(Told(told.fact, said, told.near))
        if len(sides) == 2:
            values = " / ".join(side.value for side in one.sides)
            yield Doubt(
                "disagreement", ids, tuple(sides), (f"held to be one fact; {one.reason}: {values}",), 2.0
            )


def _pairs(material: Material) -> Iterator[Doubt]:
    """Facts kept apart that are nearly alike enough to be one."""
    groups: defaultdict[tuple[object, ...], list[Told]] = defaultdict(list)
    for kind in ("event", "quantity"):
        for told in material.told[kind]:
            unit = told.best.quantity.unit if told.best.quantity else ""
            groups[kind, told.fact.type, frozenset(told.best.states()), unit].append(told)
    near = (
        (one, other)
        for group in sorted(groups.values(), key=len)
        for number, one in enumerate(group)
        for other in group[number + 1 : number + 1 + _NEIGHBOURS]
        if _may_be_one(one, other)
    )
    for one, other in islice(near, MOST):
        yield from _compared(one, other, material)


def _may_be_one(one: Told, other: Told) -> bool:
    a, b = one.fact.when, other.fact.when
    if one.best.doc_id == other.best.doc_id or (one.fact.factuality == "denied") != (
        other.fact.factuality == "denied"
    ):
        return False
    return a is None or b is None or _gap(a, b) <= _APART


def _gap(a: Interval, b: Interval) -> timedelta:
    return max(a.earliest - b.latest, b.earliest - a.latest, timedelta(0))


def _compared(one: Told, other: Told, material: Material) -> Iterator[Doubt]:
    features = explain(one.best, other.best, material.documents)
    if any(feature.bars for feature in features):
        return
    total = sum(feature.points for feature in features)
    if total >= _SAME - NEAR:
        ids = tuple(sorted((one.best.statement_id, other.best.statement_id)))
        ordered = (one, other) if one.best.statement_id == ids[0] else (other, one)
        why = [f"{f.name} {f.points:+.1f}{f' ({f.why})' if f.why else ''}" for f in features[:4]]
        yield Doubt("pair", ids, ordered, ("held to be two facts", *why), min(1.5, total))


def _unsure(material: Material) -> Iterator[Doubt]:
    """Facts that rest on statements read with little sureness."""
    for every in material.told.values():
        for told in every:
            if len(told.said) == 1 and told.best.score < UNSURE:
                one = told.best
                why = (f"read by {one.rule}, score {one.score:.2f}",)
                yield Doubt("statement", (one.statement_id,), (told,), why, 1.0 - one.score)
