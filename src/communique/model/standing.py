"""What reconciling keeps between builds, so that a new page costs only what it touches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

Link: TypeAlias = tuple[str, str, int]
"""Two nodes, the smaller identifier first, and how alike they are (in thousandths)."""


@dataclass(frozen=True, slots=True)
class Node:
    """Something that may be joined: what it is found by, and what (with the keys) its likeness hangs on."""

    item: str
    keys: tuple[int, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Context:
    """What other pages make of a page: its family, whose voice it is, and when at most it appeared.

    `window` is what its statements are dated by; none where nothing is known.
    """

    family_id: str
    origin: str
    window: tuple[date, date] | None
