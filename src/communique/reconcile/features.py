"""A feature: one ground for or against two statements saying the same.

The scoring policy follows nomenklatura's: named features, each a score from -1 to 1 times a weight, whose
sum decides; a feature marked as a bar ends the matter.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

SAME = 1.0
"""Sum of weighted scores from which two statements are one fact."""


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


def bar(name: str, why: str) -> Feature:
    """A ground that ends the matter."""
    return Feature(name, -1.0, SAME, why, bars=True)


def side_by_side(ours: Iterable[str], theirs: Iterable[str]) -> str:
    """What only one and only the other tells, side by side, in words."""
    return f"{', '.join(sorted(ours))}; {', '.join(sorted(theirs))}"
