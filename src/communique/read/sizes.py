"""How large a page may be, and streams that can be read by anyone."""

from __future__ import annotations

import io
from typing import Protocol

LIMIT = 20_000_000
"""Largest page, in bytes after unpacking."""

TOO_LARGE = "is larger than 20 MB, too large for one page; split it or leave it out"


class Readable(Protocol):
    """Anything that gives bytes."""

    def read(self, size: int = -1, /) -> bytes:
        """At most `size` bytes; none at the end."""


class Stream(io.RawIOBase):
    """A readable thing as a raw stream, so that `io.BufferedReader` can look ahead in it."""

    def __init__(self, inner: Readable) -> None:
        self._inner = inner

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fills `buffer` and says how many bytes it holds."""
        found = self._inner.read(len(buffer))
        buffer[: len(found)] = found
        return len(found)
