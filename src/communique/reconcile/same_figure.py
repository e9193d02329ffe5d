"""Whether two statements give the same figure, or two figures for the same thing."""

from __future__ import annotations

import re

from communique.model import Quantity
from communique.reconcile.days import Window, gap, nearest
from communique.reconcile.digests import Digest, other_names
from communique.reconcile.features import Feature, bar, side_by_side
from communique.reconcile.figures import TOO_FAR, digits, spread, stated
from communique.reconcile.terms import mass, same_terms

_YEAR = 365
_SEASON = 92  # days between two windows that hardly are of one figure
_YEAR_NUMBER = re.compile(r"\b(?:19|20)\d\d\b")
_TELLING = 1.6  # weight of what two figures that differ must share
_ALIKE = 1.25  # times that two open figures of one thing may differ
_SMALL = 10  # a figure below this is met by chance
_NUMBER = re.compile(r"\d")
_OTHER_NAMES = 0.5  # what other names speak against one figure
_PRECISE = 3  # digits from which a figure is hardly met by chance


def same_figure(a: Digest, b: Digest) -> list[Feature]:
    """The features of two figures of one unit."""
    one, other = a.statement.quantity, b.statement.quantity
    figures = stated(a.statement), stated(b.statement)
    if one is None or other is None or figures[0] is None or figures[1] is None:
        return [bar("figure", "no figure")]
    if a.doers and b.doers and a.doers.isdisjoint(b.doers):
        return [bar("subject", "of different subjects")]
    near = nearest(a.windows, b.windows)
    if near and near[0] > (_SEASON if a.narrow and b.narrow else 0):
        return [bar("period", "of different periods")]
    apart = spread(figures[0], figures[1])
    years_a, years_b = (frozenset(_YEAR_NUMBER.findall(d.statement.quote)) for d in (a, b))
    if years_a and years_b and years_a.isdisjoint(years_b) and (apart is not None or not near):
        return [bar("period", "of different years")]
    found = [*_of_what(a, b), *_whose(a, b)]
    ours, theirs = other_names(a, b)
    if ours and theirs and not a.names & b.names:
        why = side_by_side(ours, theirs)
        if apart is not None:
            return [bar("names", f"of other things: {why}")]
        found.append(Feature("names", -1.0, _OTHER_NAMES, why))
    if near and near[0] <= 0:
        found.append(Feature("period", 1.0, 0.1, "of compatible periods"))
    if apart is None:
        return [*found, _agreeing(a, b, one, other)]
    return _differing(a, b, one, other, apart, near, found)


def _agreeing(a: Digest, b: Digest, one: Quantity, other: Quantity) -> Feature:
    if max(one.value, other.value) > _ALIKE * min(one.value, other.value):
        return Feature("figure", -0.5, 0.5, "the figures may both be true, but are far apart")
    if min(digits(one.value), digits(other.value)) >= _PRECISE:
        return Feature("figure", 1.0, 0.4, "the figures agree to the last of several digits")
    # "Two women" of one page and "two women" of another are four, unless more is said of them.
    ours = len(a.doers & b.doers)
    more = mass((a.told & b.told) - _numbers(a.told)) + max(0, ours - 1)
    if a.page != b.page and more < (_TELLING if ours else 2 * _TELLING):
        return bar("measure", "too little is said to take a round figure for the same")
    return Feature("figure", 1.0, 0.25, "the figures agree")


def _numbers(terms: frozenset[str]) -> frozenset[str]:
    return frozenset(term for term in terms if _NUMBER.search(term))


def _of_what(a: Digest, b: Digest) -> list[Feature]:
    """What they measure, in the words that name it and in those of the whole clause."""
    measure, clause = same_terms(a.said, b.said), same_terms(a.told, b.told)
    if measure >= clause:
        return [Feature("measure", measure, 1.2, f"measures {measure:.0%} the same")]
    return [Feature("clause", (measure + clause) / 2, 1.2, f"clauses {clause:.0%} the same")]


def _whose(a: Digest, b: Digest) -> list[Feature]:
    if not a.doers and not b.doers:
        return []
    if not a.doers or not b.doers:
        return [Feature("subject", -1.0, 0.15, "whose it is, only one tells")]
    overlap = len(a.doers & b.doers) / len(a.doers | b.doers)
    return [Feature("subject", overlap, 0.2, "the same subjects" if overlap == 1 else "some subjects")]


def _differing(
    a: Digest,
    b: Digest,
    one: Quantity,
    other: Quantity,
    apart: float,
    near: tuple[int, Window, Window] | None,
    found: list[Feature],
) -> list[Feature]:
    if a.page == b.page:
        return [bar("figure", "one text gives two figures")]
    if apart > TOO_FAR:
        return [bar("figure", "the figures are of another size")]
    if len(a.doers & b.doers) < min(2, len(a.doers), len(b.doers)):
        return [bar("subject", "of different subjects")]
    if near and near[0] > 0:
        return [bar("period", "of different periods")]
    # "5,000 troops" here and "6,000 troops" there are two things, unless more says that they are one:
    # two states that both are of ("American troops in Japan"), or one year for which both are.
    shared = mass(a.said & b.said)
    parties = max(0, len(a.doers & b.doers) - 1)
    due = bool(near and near[1][1] == near[2][1])
    clause = mass((a.told & b.told) - (a.said & b.said)) / 2
    if (not shared and clause < _TELLING) or shared + parties + due + clause < _TELLING:
        return [bar("measure", "too little is said to set the figures against each other")]
    if (not a.doers or not b.doers) and not any(_NUMBER.search(term) for term in a.told & b.told):
        return [bar("subject", "whose they are is not told, nor another figure that both give")]
    if max(one.value, other.value) < _SMALL and not (parties or due):
        return [bar("figure", "small numbers of things that may be two")]
    if apart < 1.1 and (parties or due):
        found.append(Feature("figure", 1.0, 0.5, "the figures differ by little, and all else agrees"))
    elif apart < 1.1:
        found.append(Feature("figure", 0.5, 0.3, "the figures differ by little"))
    else:
        found.append(Feature("figure", 0.0 if apart < 1.25 else -1.0, 0.3, "the figures differ"))
    if not near and gap(a.published, b.published) > _YEAR:
        found.append(Feature("published", -1.0, 0.5, "said more than a year apart"))
    return found
