"""How large a page may be, and streams that can be read by anyone."""

from __future__ import annotations

import io
from collections.abc import Callable

LIMIT = 20_000_000
"""Largest page, in bytes after unpacking."""

TOO_LARGE = "is larger than 20 MB, too large for one page; split it or leave it out"


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
