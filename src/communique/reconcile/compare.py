"""How much two statements say the same, feature by feature, each with its weight and its reason."""

from __future__ import annotations

from collections.abc import Mapping

from rapidfuzz import fuzz

from communique.model import Document, Statement
from communique.reconcile.days import gap, nearest
from communique.reconcile.digests import Digest, digest
from communique.reconcile.features import SAME, Feature, bar
from communique.reconcile.near_copies import copy_words
from communique.reconcile.same_event import same_event
from communique.reconcile.same_figure import same_figure

__all__ = ["SAME", "Feature", "explain", "features", "likeness"]

QUOTED = 0.85
"""Likeness from which two quotations are the same words."""

_LATER = 45  # days between two utterances that are hardly one
_FRAGMENT = 4  # words below which a quotation must be the same in full
_UTTERANCE = 8  # words below which it may be a phrase that the speaker uses at any time


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
        return [bar("kind", f"{a.statement.kind} and {b.statement.kind}")]
    if a.block != b.block:
        return [bar("parties", "not the same kind of thing between the same parties")]
    match a.statement.kind:
        case "role":
            return [Feature("holder and office", 1.0, SAME, "the same person in the same office")]
        case "tie":
            return [Feature("tie", 1.0, SAME, "the same tie of the same parties"), *_treaty(a, b)]
        case "quote":
            return _quote(a, b)
        case "quantity":
            return same_figure(a, b)
        case "event":
            return same_event(a, b)


def _treaty(a: Digest, b: Digest) -> list[Feature]:
    one, other = a.statement.object, b.statement.object
    if one and other and one.id and other.id and one.id != other.id:
        return [bar("object", f"{one.id} and {other.id}")]
    return []


def _quote(a: Digest, b: Digest) -> list[Feature]:
    words_a, words_b = (copy_words(d.statement.words or d.statement.quote) for d in (a, b))
    short, long = sorted((words_a, words_b), key=len)
    if len(short) < _FRAGMENT and short != long:
        return [bar("words", "too few words to tell")]
    if len(short) < _UTTERANCE and _days_between(a, b) > _LATER:
        return [bar("when", "a phrase said at two times")]
    likeness = fuzz.partial_ratio(" ".join(short), " ".join(long), score_cutoff=100 * QUOTED) / 100
    if not likeness:
        return [bar("words", "other words")]
    return [Feature("words", 1.0, SAME, f"{likeness:.0%} the same")]


def _days_between(a: Digest, b: Digest) -> int:
    near = nearest(a.windows, b.windows)
    if near:
        return near[0]
    return gap(a.windows[0] if a.windows else a.published, b.windows[0] if b.windows else b.published)
