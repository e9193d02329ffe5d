"""The words that say within which time a promise is to be kept (`data/deadlines.yaml`)."""

from __future__ import annotations

from functools import lru_cache

from pydantic import Field

from communique.domain.schema import Entry
from communique.domain.source import DATA, read_yaml


class Deadlines(Entry):
    """What stands before a length of time, its units, and the event types that take a promise back."""

    within: tuple[str, ...]
    days: dict[str, int] = Field(description="units by their length in days")
    months: dict[str, int] = Field(description="units by their length in months")
    refusing: frozenset[str] = Field(description="event types by which one goes back on one's word")


@lru_cache(maxsize=1)
def deadlines() -> Deadlines:
    """The built-in words.

    >>> deadlines().months["year"]
    12
    """
    return read_yaml(DATA / "deadlines.yaml", Deadlines)
