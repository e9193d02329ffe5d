"""How much two statements say the same, feature by feature, each with its weight and its reason.

The scoring policy follows nomenklatura's: named features, each a score from -1 to 1 times a weight, whose
sum decides. A sum of one or more is the same fact; a feature marked as a bar ends the matter.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from rapidfuzz import fuzz

from communique.domain.lexicon.reconcile import reconciling
from communique.model import Document, Factuality, Statement
from communique.reconcile.digests import Digest, digest
from communique.reconcile.figures import figure, spread
from communique.reconcile.near_copies import copy_words
from communique.reconcile.terms import mass, same_terms

SAME = 1.0
"""Sum of weighted scores from which two statements are one fact."""

QUOTED = 0.85
"""Likeness from which two quotations are the same words."""

_AHEAD: frozenset[Factuality] = frozenset({"planned", "hypothetical"})
_SIDE_BY_SIDE = 80  # letters between two clauses of one page that tell two things
_SPELL = 10  # days that a visit lasts; a longer window tells little
_SOON = 14  # days between two pages that may well speak of one undated event
_LATER = 45  # days between two pages that hardly do
_YEAR = 365
_YEAR_NUMBER = re.compile(r"\b(?:19|20)\d\d\b")
_FRAGMENT = 4  # words below which a quotation must be the same in full
_UTTERANCE = 8  # words below which it may be a phrase that the speaker uses at any time
_TELLING = 1.6  # weight of what two figures that differ must share
_LITTLE = 2.2  # weight of words up to which a statement says hardly anything


class Feature(NamedTuple):
    """One ground for or against: `score` from -1 to 1, its `weight`, and why in words."""

    name: str
    score: float
    weight: float
    why: str = ""
    bars: bool = False

    @property
    def points(self) -> float:
        """What it adds to the sum."""
        return self.score * self.weight


def explain(a: Statement, b: Statement, documents: Mapping[str, Document]) -> list[Feature]:
    """The features that speak for and against two statements being one fact, weightiest first."""
    found = features(digest(a, documents), digest(b, documents))
    return sorted(found, key=lambda f: (not f.bars, -abs(f.points), f.name))


def likeness(a: Digest, b: Digest) -> float | None:
    """The sum of the features; none if one of them bars the two from being one fact."""
    total = 0.0
    for feature in features(a, b):
        if feature.bars:
            return None
        total += feature.points
    return total


def features(a: Digest, b: Digest) -> list[Feature]:
    """The features of two statements, in a fixed order."""
    if a.statement.kind != b.statement.kind:
        return [_bar("kind", f"{a.statement.kind} and {b.statement.kind}")]
    if a.block != b.block:
        return [_bar("parties", "not the same kind of thing between the same parties")]
    match a.statement.kind:
        case "role":
            return [Feature("holder and office", 1.0, SAME, "the same person in the same office")]
        case "tie":
            return [Feature("tie", 1.0, SAME, "the same tie of the same parties"), *_treaty(a, b)]
        case "quote":
            return _quote(a, b)
        case "quantity":
            return _quantity(a, b)
        case "event":
            return _event(a, b)


def _bar(name: str, why: str) -> Feature:
    return Feature(name, -1.0, SAME, why, bars=True)


def _treaty(a: Digest, b: Digest) -> list[Feature]:
    one, other = a.statement.object, b.statement.object
    if one and other and one.id and other.id and one.id != other.id:
        return [_bar("object", f"{one.id} and {other.id}")]
    return []


def _quote(a: Digest, b: Digest) -> list[Feature]:
    words_a, words_b = (copy_words(d.statement.words or d.statement.quote) for d in (a, b))
    short, long = sorted((words_a, words_b), key=len)
    if len(short) < _FRAGMENT and short != long:
        return [_bar("words", "too few words to tell")]
    if len(short) < _UTTERANCE and _gap(a.window or a.published, b.window or b.published) > _LATER:
        return [_bar("when", "a phrase said at two times")]
    likeness = fuzz.partial_ratio(" ".join(short), " ".join(long), score_cutoff=100 * QUOTED) / 100
    if not likeness:
        return [_bar("words", "other words")]
    return [Feature("words", 1.0, SAME, f"{likeness:.0%} the same")]


def _quantity(a: Digest, b: Digest) -> list[Feature]:
    one, other = a.statement.quantity, b.statement.quantity
    if one is None or other is None:
        return [_bar("figure", "no figure")]
    if a.doers and b.doers and a.doers.isdisjoint(b.doers):
        return [_bar("subject", "of different subjects")]
    years_a, years_b = (frozenset(_YEAR_NUMBER.findall(d.statement.quote)) for d in (a, b))
    if years_a and years_b and years_a.isdisjoint(years_b):
        return [_bar("period", "of different years")]
    if _gap(a.window, b.window) > 0:
        return [_bar("period", "of different periods")]
    said = same_terms(a.said, b.said)
    shared = a.doers & b.doers
    found = [Feature("measure", said, 1.2, f"measures {said:.0%} the same")]
    if shared:
        overlap = len(shared) / len(a.doers | b.doers)
        found.append(
            Feature("subject", overlap, 0.2, "the same subjects" if overlap == 1 else "some subjects")
        )
    if a.window and b.window:
        found.append(Feature("period", 1.0, 0.1, "of compatible periods"))

    apart = spread(figure(one), figure(other))
    if apart is None:
        return [*found, Feature("figure", 1.0, 0.25, "the figures agree")]
    if a.page == b.page:
        return [_bar("figure", "one text gives two figures")]
    if apart > 2:
        return [_bar("figure", "the figures are of another size")]
    # "5,000 troops" here and "6,000 troops" there are two things, unless more says that they are one.
    if mass(a.said & b.said) + max(0, len(shared) - 1) < _TELLING:
        return [_bar("measure", "too little is said to set the figures against each other")]
    near = 0.5 if apart < 1.1 else 0.0 if apart < 1.25 else -1.0
    found.append(
        Feature("figure", near, 0.3, "the figures differ by little" if near > 0 else "the figures differ")
    )
    if not (a.window and b.window) and _gap(a.published, b.published) > _YEAR:
        found.append(Feature("published", -1.0, 0.5, "said more than a year apart"))
    return found


def _event(a: Digest, b: Digest) -> list[Feature]:
    lists = reconciling()
    one, other = a.statement, b.statement
    both = {a.deed, b.deed}
    if len(both) == 1:
        found = [Feature("type", 1.0, 0.3, a.deed)]
    elif any(both <= group for group in lists.near_types):
        found = [Feature("type", 0.5, 0.3, " and ".join(sorted(both)) + " are near")]
    else:
        return [_bar("type", " and ".join(sorted(both)))]

    if both & lists.directed and not one.mutual and not other.mutual and a.doers != b.doers:
        return [_bar("direction", "done by different sides")]
    if a.receivers and b.receivers:
        crossed = a.receivers & b.doers or b.receivers & a.doers
        if a.receivers.isdisjoint(b.receivers) and not (one.mutual or other.mutual or crossed):
            found.append(Feature("recipient", -1.0, 0.5, "done to different sides"))
        else:
            found.append(Feature("parties", 1.0, 0.2, "the same two sides"))
    elif a.doers == b.doers:
        found.append(Feature("actor", 1.0, 0.1, "the same actor"))
    if strangers := _strangers(a, b):
        found.append(Feature("persons", -1.0, 0.5, strangers))

    beside = (
        max(one.start - other.end, other.start - one.end) if one.doc_id == other.doc_id else _SIDE_BY_SIDE
    )
    if beside < 0:
        return [*found, _of_one_sentence(a, b)]
    if beside < _SIDE_BY_SIDE:
        found.append(Feature("place in text", -1.0, 0.3, "told side by side"))
    said = same_terms(a.said, b.said)
    found.append(Feature("words", said, 1.0, f"words {said:.0%} the same"))
    known = _object(a, b)
    found += known
    if both <= lists.lasting and a.receivers and b.receivers and _vague(a) and _vague(b):
        found.append(Feature("nothing apart", 1.0, 0.4, "neither says anything that tells them apart"))
    for_sure = said >= 0.5 or any(feature.score >= 0.75 for feature in known)

    found += _days(a, b, both, for_sure)
    if one.where and other.where and one.where.country and other.where.country and a.narrow and b.narrow:
        same = one.where.country == other.where.country
        found.append(
            Feature("place", 1.0 if same else -1.0, 0.15, "the same country" if same else "elsewhere")
        )
    if one.factuality == other.factuality == "hypothetical":
        found.append(Feature("factuality", 1.0, 0.15, "both hypothetical"))
    elif (one.factuality == "hypothetical") != (other.factuality == "hypothetical"):
        found.append(Feature("factuality", -1.0, 0.4, "only one is hypothetical"))
    return found


def _of_one_sentence(a: Digest, b: Digest) -> Feature:
    """Two statements of the same words are one only if nothing else tells them apart."""
    one, other = a.statement, b.statement
    alike = (
        one.type == other.type
        and (a.doers, a.receivers) == (b.doers, b.receivers)
        and (a.window == b.window or not a.window or not b.window)
        and (a.object == b.object or not a.object or not b.object)
    )
    if alike:
        return Feature("words", 1.0, SAME, "the same words of one page")
    return _bar("words", "one sentence tells two things")


def _strangers(a: Digest, b: Digest) -> str:
    """Of one state two different persons act: a premier's visit is not that of the predecessor."""
    for state in sorted((set(a.people.values()) & set(b.people.values())) - {""}):
        one = {person for person, of in a.people.items() if of == state}
        other = {person for person, of in b.people.items() if of == state}
        if one.isdisjoint(other):
            return f"{', '.join(sorted(one))} and {', '.join(sorted(other))} of {state}"
    return ""


def _object(a: Digest, b: Digest) -> list[Feature]:
    one, other = a.statement.object, b.statement.object
    if not one or not other:
        return []
    if one.id and other.id:
        same = one.id == other.id
        return [Feature("object", 1.0 if same else -1.0, 0.5, one.id if same else f"{one.id} and {other.id}")]
    shared = same_terms(a.object, b.object)
    if shared:
        return [Feature("object", shared, 0.25, f"objects {shared:.0%} the same")]
    return [Feature("object", -1.0, 0.3, "other objects")]


def _days(a: Digest, b: Digest, types: set[str], for_sure: bool) -> list[Feature]:
    lists = reconciling()
    passing = bool(types & lists.passing)
    if a.window and b.window:
        gap = _gap(a.window, b.window)
        if gap <= 0:
            if a.narrow and b.narrow:
                return _same_days(a, b, types)
            return [Feature("when", 1.0, 0.05, "of windows that overlap")]
        if a.page == b.page:
            return [_bar("when", "one text gives two days")]
        if passing or not types & lists.decisions:
            if gap <= 1 and for_sure:
                return [Feature("when", 0.0, 0.5, "a day apart")]
            return [_bar("when", f"{gap} days apart")]
        if gap <= _LATER and for_sure:
            # A decision is taken once: the pages disagree on when.
            return [Feature("when", -0.5, 0.4, f"{gap} days apart, in the same words")]
        return [_bar("when", f"{gap} days apart")]
    return _undated(a, b, passing)


def _same_days(a: Digest, b: Digest, types: set[str]) -> list[Feature]:
    """Two parties meet once in a day, but may agree on many things in it."""
    days_a, days_b = ({w[0].toordinal(), w[1].toordinal()} for w in (a.window, b.window) if w)
    shared = min(max(days_a), max(days_b)) - max(min(days_a), min(days_b)) + 1
    spanned = max(days_a | days_b) - min(days_a | days_b) + 1
    # A day and the day after are one to a writer in another zone; a visit is not the talks held on it.
    score = 1.0 if spanned <= 2 else shared / spanned
    if spanned > _SPELL:
        score *= 0.3
    meeting = types == {reconciling().meeting.type} and bool(a.receivers and b.receivers)
    return [Feature("when", score, 0.6 if meeting else 0.3, f"{shared} of {spanned} days the same")]


def _undated(a: Digest, b: Digest, passing: bool) -> list[Feature]:
    """Where a day is missing, what passes is of the time its page appeared."""
    near = _gap(a.window or a.published, b.window or b.published)
    for one, other in ((a, b), (b, a)):
        if one.window or not other.window or not one.published:
            continue
        ahead = one.statement.factuality in _AHEAD
        if ahead and (one.published[0] - other.window[1]).days > _YEAR:
            return [_bar("when", "one was over long before the other was planned")]
        if (other.window[0] - one.published[1]).days > (_YEAR if ahead else _SOON):
            return [_bar("when", "one was told long before the other was to be")]
    if a.page == b.page:
        return [Feature("page", 1.0, 0.1, "in one text")]
    if a.published and b.published and near <= _SOON:
        return [Feature("published", 1.0, 0.15, "said about the same time")]
    if passing and near > _LATER:
        return [Feature("published", -1.0, 0.5, "said at other times")]
    return []


def _vague(item: Digest) -> bool:
    """Whether a statement says hardly more than its type and parties."""
    return item.window is None and not item.object and mass(item.said) <= _LITTLE


def _gap(a: tuple[date, date] | None, b: tuple[date, date] | None) -> int:
    """Days between two windows: none or fewer if they overlap or one is not known."""
    if a is None or b is None:
        return 0
    return max((b[0] - a[1]).days, (a[0] - b[1]).days)
