"""Whether two statements tell of one journey or meeting, where neither their words nor their days say so."""

from __future__ import annotations

from communique.domain.lexicon.reconcile import reconciling
from communique.model import Factuality
from communique.reconcile.days import Window, gap, nearest
from communique.reconcile.digests import Digest
from communique.reconcile.features import Feature

_TO_COME: frozenset[Factuality] = frozenset({"planned", "pledged"})
_SOON = 14  # days between two pages that may speak of one tour
_DAY = 2  # days that a meeting lasts, with the hours between two zones
_SPELL = 10  # days within which a meeting is to be, where the day is not told
_MONTH, _YEAR = 31, 366


def remembered(a: Digest, b: Digest) -> list[Feature]:
    """What two pages recall of a journey long past: its year, who went, and where to.

    "The first since Berg in 2011" of one is a speech to the other; a year keeps one such journey in mind.
    """
    if not _same_traveller(a, b) or a.receivers.isdisjoint(b.receivers):
        return []
    near = nearest(a.windows, b.windows)
    if near is None or near[1] != near[2] or not _MONTH < (near[1][1] - near[1][0]).days <= _YEAR:
        return []
    if any(d.published is None or gap(near[1], d.published) < _YEAR for d in (a, b)):
        return []
    return [Feature("visit", 1.0, 0.75, "one traveller, in one year long past")]


def one_tour(a: Digest, b: Digest) -> list[Feature]:
    """A tour of a part of the world, and the states that one traveller went to about that time."""
    visit = reconciling().meeting.visit
    if not (a.statement.mode == b.statement.mode == visit and _same_traveller(a, b)):
        return []
    stops = sorted(len(d.receivers) for d in (a, b))
    if (
        stops[0]
        or stops[1] < 2
        or not a.published
        or not b.published
        or gap(a.published, b.published) > _SOON
    ):
        return []
    near = nearest(a.windows, b.windows)
    if near is not None and near[0] > _SOON:
        return []
    return [Feature("visit", 1.0, 0.75, "a tour of one traveller, and several states gone to")]


def announced_together(a: Digest, b: Digest) -> list[Feature]:
    """A meeting, and what those who meet are to announce on its day."""
    meeting = reconciling().meeting
    if {a.deed, b.deed} != {meeting.type, meeting.announced}:
        return []
    told, met = (a, b) if a.deed == meeting.announced else (b, a)
    if told.statement.factuality not in _TO_COME or met.statement.mode == meeting.visit:
        return []
    if a.people != b.people or len(set(a.people.values()) - {""}) < 2:
        return []
    near = nearest(a.windows, b.windows)
    if near is None or near[0] > 0:
        return []
    short, long = sorted(_length(window) for window in near[1:])
    if short > _DAY or long > _SPELL:
        return []
    return [Feature("visit", 1.0, 0.5, "what those who meet are to announce on that day")]


def _same_traveller(a: Digest, b: Digest) -> bool:
    """Whether one person went in both, and nobody else."""
    kinds = {a.deed, b.deed} == {reconciling().meeting.type}
    alone = not (a.statement.mutual or b.statement.mutual)
    return kinds and alone and bool(_travellers(a)) and _travellers(a) == _travellers(b)


def _travellers(item: Digest) -> frozenset[str]:
    return frozenset(p.id for p in item.statement.actors if p.role == "actor" and p.kind == "person")


def _length(window: Window) -> int:
    return (window[1] - window[0]).days + 1
