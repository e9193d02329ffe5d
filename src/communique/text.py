"""Stretches of text: spans and labelled regions, in code points, half-open."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

Label: TypeAlias = Literal["title", "byline", "dateline", "caption", "body", "residue"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a text, `text[start:end]`.

    >>> Span(0, 5).of("Tokyo said")
    'Tokyo'
    """

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words themselves."""
        return text[self.start : self.end]

    def overlaps(self, other: Span | Region) -> bool:
        """Whether the two share a code point."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """Whether `other` lies inside this span."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True, order=True)
class Region:
    """A labelled stretch of a document: where its title, byline, body ... stand."""

    start: int
    end: int
    label: Label


def labelled(regions: Iterable[Region], label: Label) -> list[Region]:
    """The regions that bear `label`, in reading order.

    >>> labelled([Region(9, 20, "body"), Region(0, 8, "title")], "title")
    [Region(start=0, end=8, label='title')]
    """
    return sorted(region for region in regions if region.label == label)


def trimmed(text: str, start: int, end: int) -> Span:
    """The span without white space at its ends (may be empty).

    >>> trimmed("  a b ", 0, 6)
    Span(start=2, end=5)
    """
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


_LETTERS = str.maketrans(
    {
        "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ß": "ss", "æ": "ae", "Æ": "Ae",
        "œ": "oe", "ð": "d", "þ": "th", "Þ": "Th", "ı": "i", "ħ": "h",
    }
)  # fmt: skip


def slug(name: str) -> str:
    """An identifier from a name: small Latin letters and digits, joined by hyphens.

    >>> slug("Karine Jean-Pierre"), slug("Torbjørn Sołtyk, Jr.")
    ('karine-jean-pierre', 'torbjorn-soltyk-jr')
    """
    plain = unicodedata.normalize("NFKD", name.translate(_LETTERS)).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "unnamed"
