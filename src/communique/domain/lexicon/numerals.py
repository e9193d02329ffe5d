"""English words for numbers, and what a row of them comes to."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from communique.domain.schema import Entry
from communique.domain.source import DATA, read_yaml


class Numerals(Entry):
    """Words for numbers as `data/numerals.yaml` has them."""

    cardinals: dict[str, float]
    magnitudes: dict[str, float]
    short_magnitudes: dict[str, float]
    vague: dict[str, float]
    ordinals: dict[str, int]
    fractions: dict[str, float]


@cache
def numerals() -> Numerals:
    """The words for numbers of the built-in data. Raises `DomainError`."""
    found: Numerals = read_yaml(DATA / "numerals.yaml", Numerals)
    return found


def figure(word: str) -> float | None:
    """The value of one word of figures: digits with commas, a decimal, a fraction.

    >>> figure("54,000"), figure("8.6"), figure("1/2"), figure("ten")
    (54000.0, 8.6, 0.5, None)
    """
    if not word[:1].isdigit() and word[:1] != ".":
        return None
    plain = word.replace(",", "")
    top, stroke, bottom = plain.partition("/")
    try:
        return float(top) / float(bottom) if stroke else float(plain)
    except (ValueError, ZeroDivisionError):
        return None


def number(words: Sequence[str]) -> float | None:
    """What a row of number words and figures, in small letters, comes to; None if one of them is neither.

    "a" counts as one before a magnitude, "half" as a half of what follows or as a half more.

    >>> number(["fifty", "-", "four", "thousand"]), number(["1.5", "million"]), number(["5", "1/2"])
    (54000.0, 1500000.0, 5.5)
    >>> number(["two", "and", "a", "half"]), number(["half", "a", "million"]), number(["few"])
    (2.5, 500000.0, None)
    """
    table = numerals()
    total = 0.0
    current: float | None = None
    for word in words:
        if word in ("a", "an", "and", "-", "of"):
            continue
        value = figure(word)
        if value is None:
            value = table.cardinals.get(word)
        if value is not None:
            current = value if current is None else current + value
        elif word in table.magnitudes:
            scale = table.magnitudes[word]
            current = (1.0 if current is None else current) * scale
            if scale >= 1000:
                total, current = total + current, None
        elif word in table.fractions:
            current = (current or 0.0) + table.fractions[word]
        else:
            return None
    if current is None and not total:
        return None
    return total + (current or 0.0)


def ordinal(words: Sequence[str]) -> int | None:
    """The rank a row of ordinal words or "21st" gives.

    >>> ordinal(["21st"]), ordinal(["twenty", "-", "first"]), ordinal(["third"])
    (21, 21, 3)
    """
    table = numerals()
    total = 0
    for word in words:
        if word[:1].isdigit():
            return int(word[:-2]) if word[:-2].isdigit() else None
        if word in table.ordinals:
            return total + table.ordinals[word]
        if word in table.cardinals:
            total += int(table.cardinals[word])
    return None
