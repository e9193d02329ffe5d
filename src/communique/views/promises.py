"""What became of what was promised: open, reported done, lapsed, or contradicted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from communique.domain.lexicon.deadlines import deadlines
from communique.domain.lexicon.reconcile import reconciling
from communique.model import Interval, Statement
from communique.reconcile.terms import terms
from communique.views.due import UNDONE, certain, due
from communique.views.selection import Material, Told

State: TypeAlias = Literal["open", "lapsed", "contradicted", "done"]

PROMISED = frozenset({"pledged", "proposed"})

_AROUND = 31
"""Days by which the time of a deed may be told less closely than that of the promise."""


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise or plan: the statement that makes it best, when it is due, and what settles it.

    `settled_by` is the statement that reports it done, or denies or takes it back. `bound` is whether
    somebody promised or proposed it, rather than that it is planned.
    """

    told: Told
    made: Statement
    due: Interval | None
    state: State
    settled_by: Statement | None
    bound: bool


def promises(material: Material) -> tuple[Promise, ...]:
    """The promises and plans among the events, those due first in front, those without a day last."""
    refusals = _refusals(material)
    found = [one for told in material.told["event"] if (one := promise(told, material, refusals))]
    return tuple(
        sorted(found, key=lambda one: (one.due.latest if one.due else date.max, one.told.fact.fact_id))
    )


def promise(
    told: Told, material: Material, refusals: Mapping[str, Iterable[Statement]] | None = None
) -> Promise | None:
    """What a fact promises and what became of that; None where nobody promised or planned it.

    It lapsed if its last day is gone by, as of the day of the view, and no page says that it was done.
    """
    made = [s for s in told.said if s.factuality in UNDONE]
    if not made:
        return None
    dues = [due(certain(s, material.documents), _published(s, material)) for s in told.said]
    best, ends = min(
        ((s, d) for s, d in zip(told.said, dues, strict=True) if s.factuality in UNDONE),
        key=lambda of: (of[0].factuality not in PROMISED, not of[1], -of[0].score, -len(of[0].quote)),
    )
    ends = ends or min((d for d in dues if d), key=lambda w: (w.latest, w.earliest), default=None)
    first = min((p.earliest for s in made if (p := _published(s, material))), default=None)
    later = [s for s in told.said if not _before(_published(s, material), first) and _apart(s, made)]
    against = [s for s in later if s.factuality == "denied"]
    thing = best.object.id if best.object else None
    for refusal in (refusals or {}).get(thing or "", ()):
        if refusal.states("actor") & best.states("actor", "party") and _after(refusal, first, material):
            against.append(refusal)
    done = [s for s in later if s.factuality == "actual" and _keeps(s, best, ends, material)]
    state: State = "open"
    if against:
        state = "contradicted"
    elif done:
        state = "done"
    elif ends and material.as_of and ends.latest < material.as_of:
        state = "lapsed"
    settled = max(against or done, key=lambda s: (s.score, len(s.quote)), default=None)
    return Promise(told, best, ends, state, settled, best.factuality in PROMISED)


def _refusals(material: Material) -> Mapping[str, list[Statement]]:
    """Who refused or rejected what the domain data know, by what it is."""
    found: defaultdict[str, list[Statement]] = defaultdict(list)
    for told in material.told["event"]:
        for statement in told.said:
            thing = statement.object
            if (
                statement.type in deadlines().refusing
                and statement.factuality == "actual"
                and thing
                and thing.id
            ):
                found[thing.id].append(statement)
    return found


def _published(statement: Statement, material: Material) -> Interval | None:
    return material.published[statement.doc_id]


def _before(window: Interval | None, first: date | None) -> bool:
    return window is not None and first is not None and window.latest < first


def _after(statement: Statement, first: date | None, material: Material) -> bool:
    window = _published(statement, material)
    return window is not None and first is not None and window.earliest > first


def _apart(statement: Statement, made: Iterable[Statement]) -> bool:
    """Whether it is not the same words that promise: "agreed to ship" is no report of a shipment."""
    return not any(
        s.doc_id == statement.doc_id and s.start < statement.end and statement.start < s.end for s in made
    )


def _keeps(statement: Statement, made: Statement, ends: Interval | None, material: Material) -> bool:
    """Whether what is told as done is what was promised: of that day, or of that thing, or a passing deed.

    A decision with a day to come, and what goes on before its day, keep no promise yet.
    """
    lists, published = reconciling(), _published(statement, material)
    if published is None or due(statement, published) is not None:
        return False
    if ends and ends.latest > published.latest and statement.type in lists.lasting:
        return False
    if (
        statement.when
        and ends
        and statement.when.days <= ends.days + _AROUND
        and statement.when.overlaps(ends)
    ):
        return True
    if statement.type in lists.passing:
        return True
    things = [terms(s.object.text) if s.object else frozenset() for s in (statement, made)]
    return not things[0].isdisjoint(things[1])
