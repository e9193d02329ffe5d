"""Makes one ranking of several that know nothing of each other's scores."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TypeVar

T = TypeVar("T", bound=Hashable)

K = 60
"""How little the first places weigh beyond those that follow; the value of the paper."""


def fused(*rankings: Sequence[T]) -> list[tuple[T, float]]:
    """All that is ranked, the best first, with its score; of equals first what stands higher in the earlier.

    Reciprocal rank fusion: each ranking gives what stands at its place r the score 1 / (60 + r).
    Cormack, Clarke and Buettcher, Reciprocal Rank Fusion outperforms Condorcet and individual Rank Learning
    Methods, SIGIR 2009.

    >>> [name for name, _ in fused(["a", "b", "c"], ["c", "d"])]
    ['c', 'a', 'b', 'd']
    """
    scores: dict[T, float] = {}
    for ranking in rankings:
        for place, one in enumerate(dict.fromkeys(ranking), 1):
            scores[one] = scores.get(one, 0.0) + 1 / (K + place)
    return sorted(scores.items(), key=lambda entry: -entry[1])
