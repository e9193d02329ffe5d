"""Pages and documents: what was read, and who published it when."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, TypeAlias

from communique.text import Region

Precision: TypeAlias = Literal["day", "week", "month", "season", "quarter", "year", "decade", "range"]


_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def content_id(*parts: object) -> str:
    """A stable identifier of some content: 16 hexadecimal digits of its SHA-256.

    >>> content_id("a", 1) == content_id("a", 1) != content_id("a", 2)
    True
    """
    return hashlib.sha256(_CANONICAL.encode(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Page:
    """Bytes and where they came from.

    `path` is the file (with `#n` for the n-th record of a feed, JSONL, CSV or WARC file);
    `media_type` is `text/plain` or `text/html`; `meta` is what the carrier said of the page, any of
    `title`, `published`, `publisher`, `agency`, `language`, `charset`, as text.
    """

    path: str
    content: bytes
    media_type: str
    url: str | None = None
    meta: Mapping[str, str] = field(default_factory=dict)

    @property
    def sha256(self) -> str:
        """Hash of the bytes."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def doc_id(self) -> str:
        """Identifier of the page: its bytes, its address and what its carrier said, not its path."""
        return content_id(self.sha256, self.url, dict(self.meta))


@dataclass(frozen=True, slots=True)
class Interval:
    """Earliest and latest day (both included), how precise, and the words it came from.

    >>> Interval(date(2023, 1, 1), date(2023, 1, 31), "month", "in January").days
    31
    """

    earliest: date
    latest: date
    precision: Precision = "day"
    text: str | None = None

    @property
    def days(self) -> int:
        """Width in days, 1 for a single day."""
        return (self.latest - self.earliest).days + 1

    def overlaps(self, other: Interval) -> bool:
        """Whether the two share a day."""
        return self.earliest <= other.latest and other.earliest <= self.latest


@dataclass(frozen=True, slots=True)
class Ground:
    """Why something is believed: the rule, and the words (with offsets where they are in the text)."""

    rule: str
    text: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Publication:
    """When a page was published: the window, the best day if one stands out, and the grounds."""

    earliest: date
    latest: date
    best: date | None
    precision: Precision
    grounds: tuple[Ground, ...]

    @property
    def interval(self) -> Interval:
        """The window as an `Interval`."""
        return Interval(self.earliest, self.latest, self.precision)


@dataclass(frozen=True, slots=True)
class Document:
    """The reading text of a page, its regions, and who published it when.

    `text` is for a plain-text page exactly the decoded page. `publisher` and `agency` are
    identifiers of the domain data where known there, else the name as found.
    """

    doc_id: str
    path: str
    url: str | None
    sha256: str
    title: str | None
    publisher: str | None
    agency: str | None
    language: str | None
    published: Publication | None
    text: str
    regions: tuple[Region, ...]
