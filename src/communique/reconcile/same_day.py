"""Whether two events may be of one day, by their own days or, without one, by when their pages appeared."""

from __future__ import annotations

from communique.domain.lexicon.reconcile import reconciling
from communique.model import Factuality
from communique.reconcile.days import agreement, facing, gap, nearest
from communique.reconcile.digests import Digest
from communique.reconcile.features import Feature, bar

_AHEAD: frozenset[Factuality] = frozenset({"planned", "hypothetical"})
_WEEK = 7
_SPELL = 10  # days that a visit lasts; a longer window tells little
_SOON = 14  # days between two pages that may well speak of one undated event
_LATER = 45  # days between two pages that hardly do
_YEAR = 365
_FEW = 5  # occasions that a day may fall on without being met by chance


def event_days(
    a: Digest, b: Digest, types: set[str], for_sure: bool, retold: bool, vague: bool
) -> list[Feature]:
    """The features of when two events were, or one that bars them from being one.

    `types` are those of the two, `for_sure` whether their words say that they are one, `retold` whether
    pages come back to such an event long after, `vague` whether neither says more than who did what.
    """
    lists = reconciling()
    near = nearest(a.windows, b.windows)
    if near is None:
        return _undated(a, b, types, retold, vague)
    between = near[0]
    if between <= 0:
        if a.narrow and b.narrow:
            return [_same_days(a, b, types)]
        return [Feature("when", 1.0, 0.05, "of windows that overlap")]
    if a.page == b.page:
        return [bar("when", "one text gives two days")]
    visit = lists.meeting.visit
    if a.statement.mode == b.statement.mode == visit and between <= 2 and set(a.people) & set(b.people):
        return [Feature("visit", 1.0, 0.75, f"one traveller, {between} days apart")]
    if types & lists.passing or not types & lists.decisions:
        if between <= 1 and for_sure and max((w[1] - w[0]).days for w in near[1:]) <= 1:
            return [Feature("when", 0.0, 0.5, "a day apart")]
        return [bar("when", f"{between} days apart")]
    if between <= _LATER and for_sure:
        # A decision is taken once: the pages disagree on when.
        return [Feature("when", -0.5, 0.4, f"{between} days apart, in the same words")]
    return [bar("when", f"{between} days apart")]


def _same_days(a: Digest, b: Digest, types: set[str]) -> Feature:
    """Two parties meet once in a day, but may agree on many things in it."""
    lists = reconciling()
    visits = a.statement.mode == b.statement.mode == lists.meeting.visit
    met = [(agreement(x, y), x, y) for between, x, y in facing(a.windows, b.windows) if between <= 0]
    score, one, other = max(met)
    if a.page == b.page and max((one[1] - one[0]).days, (other[1] - other[0]).days) < _WEEK:
        score = max(score, 0.6)  # "next week", and further down "on Wednesday"
    if visits and max((one[1] - one[0]).days, (other[1] - other[0]).days) < _SPELL:
        score = max(score, 0.8)
    elif max((one[1] - one[0]).days, (other[1] - other[0]).days) >= _SPELL:
        score *= 0.3
    if len(a.windows) > 1 or len(b.windows) > 1:
        # "Tuesday" on a page of unknown date is met by chance.
        score *= 0.9 if max(len(a.windows), len(b.windows)) <= _FEW else 0.4
    meeting = types == {lists.meeting.type} and len(a.everyone) > 1 and len(b.everyone) > 1
    return Feature("when", score, 0.75 if meeting else 0.3, f"the same days to {score:.0%}")


def _undated(a: Digest, b: Digest, types: set[str], retold: bool, vague: bool) -> list[Feature]:
    """Where a day is missing, what passes is of the time its page appeared."""
    lists = reconciling()
    passing = bool(types & lists.passing)
    for one, other in ((a, b), (b, a)):
        if one.windows or not other.windows or not one.published or types & lists.decisions:
            continue
        ahead = one.statement.factuality in _AHEAD
        if ahead and min(gap(one.published, w) for w in other.windows) > _YEAR:
            return [bar("when", "one was over long before the other was planned")]
        if min((w[0] - one.published[1]).days for w in other.windows) > (_YEAR if ahead else _SOON):
            return [bar("when", "one was told long before the other was to be")]
    if a.page == b.page:
        return [Feature("page", 1.0, 0.1, "in one text")]
    if not a.published or not b.published:
        return []
    sides = [d.windows if d.windows and passing else (d.published,) for d in (a, b) if d.published]
    near = nearest(*sides)
    if near is None or max((w[1] - w[0]).days for w in near[1:]) > _LATER:
        return []
    if near[0] <= _SOON:
        # Of two states that are to meet, pages of two days hardly mean two meetings.
        awaited = types == {lists.meeting.type} and all(d.statement.factuality == "planned" for d in (a, b))
        much = 0.3 if awaited and len(a.everyone) > 1 else 0.2
        return [Feature("published", 1.0, much if near[0] <= 2 else 0.15, "said about the same time")]
    if near[0] > _LATER and not retold:
        return [Feature("published", -1.0, 0.5 if passing or vague else 0.3, "said at other times")]
    return []
