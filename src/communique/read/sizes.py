"""How large a page may be, and streams that can be read by anyone."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

LIMIT = 20_000_000
"""Largest page, in bytes after unpacking."""

TOO_LARGE = "is larger than 20 MB, too large for one page; split it or leave it out"

LONGEST = 500_000
"""Most characters of reading text: several times the longest hearing or live blog."""

TAGS = 100_000
"""Most tags of a page: ten times what the heaviest of newspapers send."""

_LONG_TAG = re.compile(r"<[^<>]{50000,}")
_ATTRIBUTES = 1_000


def too_long(text: str) -> str | None:
    """What is wrong with a reading text no press page has, so that none can hold up the rest."""
    if len(text) <= LONGEST:
        return None
    return f"holds {len(text):,} characters of text, at most {LONGEST:,} are read; split it or leave it out"


def too_marked_up(source: str) -> str | None:
    """What is wrong with markup that no press page has: a million tags, or a tag of a million attributes.

    >>> too_marked_up("<br>" * 100_001)
    'holds 100,001 tags, at most 100,000 are read; save its text and leave out the rest'
    """
    tags = source.count("<")
    if tags > TAGS:
        return f"holds {tags:,} tags, at most {TAGS:,} are read; save its text and leave out the rest"
    if any(tag.group().count("=") > _ATTRIBUTES for tag in _LONG_TAG.finditer(source)):
        return "holds a tag of thousands of attributes; save its text and leave out the rest"
    return None


class Stream(io.RawIOBase):
    """Anything that gives bytes as a raw stream, so that `io.BufferedReader` can look ahead in it.

    `read` gives at most as many bytes as it is asked for, and none at the end.
    """

    def __init__(self, read: Callable[[int], bytes]) -> None:
        self._read = read

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fills `buffer` and says how many bytes it holds."""
        found = self._read(len(buffer))
        buffer[: len(found)] = found
        return len(found)
