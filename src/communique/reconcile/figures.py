"""What a figure leaves open, when two of them cannot both be true, and how one is told in words."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from communique.domain.lexicon.numerals import number, numerals
from communique.domain.lexicon.reconcile import reconciling
from communique.model import Quantity, Statement

_WORD = re.compile(r"\d[\d,]*(?:\.\d+)?|[^\W\d_]+|-")
_LONGEST_NUMBER = 8  # words

TOO_FAR = 2
"""Times that two figures of one thing may differ."""


@dataclass(frozen=True, slots=True)
class Figure:
    """The numbers a figure may stand for, ends included; `open_ended` if only one end is told."""

    low: float
    high: float
    open_ended: bool = False

    def overlaps(self, other: Figure) -> bool:
        """Whether both may stand for one number."""
        return self.low <= other.high and other.low <= self.high


def figure(quantity: Quantity) -> Figure:
    """The numbers a figure may stand for: half a unit of its last significant digit, or one side open.

    A figure with a single digit leaves less open than that: `_LEEWAY` of itself at most.

    >>> figure(Quantity(55000, None, "person", "about", "troops"))
    Figure(low=54500.0, high=55499.5, open_ended=False)
    """
    match quantity.bound:
        case "at_least" | "more_than":
            return Figure(quantity.value, math.inf, open_ended=True)
        case "at_most" | "less_than":
            return Figure(-math.inf, quantity.upper or quantity.value, open_ended=True)
        case _:
            first = quantity.value
            last = quantity.value if quantity.upper is None else quantity.upper
            rounded = quantity.bound == "about"
            return Figure(first - _half(first, rounded), last + _half(last, rounded) * 0.999)


def stated(statement: Statement) -> Figure | None:
    """The numbers that the figure of a statement may stand for, its words heard; None if it has none.

    "Nearly 5,000" is a little below 5,000 and no more than that.
    """
    quantity = statement.quantity
    if quantity is None:
        return None
    loose = quantity.upper is None and quantity.bound in ("about", "less_than")
    if loose and any(math.isclose(value, quantity.value) for value in _not_reached(statement.quote)):
        return Figure(quantity.value * (1 - _SHORT_OF), quantity.value)
    return figure(quantity)


def _not_reached(quote: str) -> Iterator[float]:
    """The numbers that a quote tells as not quite reached."""
    scales = numerals().short_magnitudes
    for match in _short_of().finditer(quote):
        words = [word.lower() for word in _WORD.findall(quote[match.end() :])[:_LONGEST_NUMBER]]
        for length, last in enumerate(words):
            if last in scales and (value := number(words[:length])) is not None:
                yield value * scales[last]
            if (value := number(words[: length + 1])) is not None:
                yield value


@cache
def _short_of() -> re.Pattern[str]:
    """What is said before a figure not quite reached, as far as the first word of the figure."""
    words = "|".join(re.escape(phrase) for phrase in sorted(reconciling().short_of, key=len, reverse=True))
    return re.compile(
        rf"\b(?:{words})(?:\s+(?:an?|the|another|of))?[^\w\d]+(?:[A-Z]{{1,3}}(?=[^\w\s]))?", re.IGNORECASE
    )


_SHORT_OF = 0.1
"""Share of a figure by which "nearly" may fall short of it."""

_COUNTED = 100
"""Below this a figure without "about" is taken to be counted to the unit."""

_LEEWAY = 0.025
"""Share of a figure that rounding leaves open at most: "about 5,000" is not 4,800."""


def _half(value: float, rounded: bool) -> float:
    """Half a unit of the last digit that is not a nought, within some leeway."""
    if value == 0:
        return 0.0
    exponent = _last_digit(value)
    if not rounded and abs(value) < _COUNTED:
        exponent = min(exponent, 0)
    half = 0.5 * 10.0**exponent
    return half if abs(value) < _COUNTED else min(half, _LEEWAY * abs(value))


def digits(value: float) -> int:
    """How many digits of a figure tell something.

    >>> [digits(v) for v in (28500, 2.5, 40)]
    [3, 2, 1]
    """
    return len(Decimal(repr(value)).normalize().as_tuple().digits)


def _last_digit(value: float) -> int:
    return int(Decimal(repr(value)).normalize().as_tuple().exponent)


def spread(a: Figure, b: Figure) -> float | None:
    """How many times the greater exceeds the lesser of two figures; none if they agree."""
    if a.overlaps(b):
        return None
    low, high = (a, b) if a.high < b.low else (b, a)
    return math.inf if low.high <= 0 else high.low / low.high


def in_words(quantity: Quantity) -> str:
    """A figure as a reader is told it.

    >>> in_words(Quantity(55000, None, "person", "about", "troops"))
    'about 55,000 people'
    """
    lists = reconciling()
    numbers = [quantity.value] if quantity.upper is None else [quantity.value, quantity.upper]
    told = "–".join(f"{number:,.10g}" if abs(number) < 1e10 else f"{number:,.0f}" for number in numbers)
    unit = lists.unit_words.get(quantity.unit, quantity.unit)
    return f"{lists.bounds.get(quantity.bound, '')}{told} {unit}".strip()
