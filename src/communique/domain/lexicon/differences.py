"""The words by which two tellings differ in scope (`data/differences.yaml`)."""

from __future__ import annotations

from functools import lru_cache

from pydantic import Field

from communique.domain.schema import Entry
from communique.domain.source import DATA, read_yaml


class Differences(Entry):
    """What is counted, whether all or some, and what leaves a count open or narrows it."""

    counted: frozenset[str] = Field(description="members and places, in the singular")
    whole: frozenset[str]
    part: frozenset[str]
    open_before: frozenset[str] = Field(description="words before a count that leave the sum open")
    narrowed_by: frozenset[str] = Field(description="words after it that say which of them are meant")
    only: frozenset[str]
    negated: frozenset[str]


@lru_cache(maxsize=1)
def differences() -> Differences:
    """The built-in words.

    >>> "base" in differences().counted
    True
    """
    return read_yaml(DATA / "differences.yaml", Differences)
