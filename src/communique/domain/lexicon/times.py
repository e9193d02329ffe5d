"""Words and patterns of time expressions, as `data/times.yaml` has them."""

from __future__ import annotations

import re
from functools import cache, cached_property
from typing import Literal

from pydantic import Field, model_validator

from communique.domain.schema import Entry, FirstDay
from communique.domain.source import DATA, read_yaml


class TimePattern(Entry):
    """One kind of expression: its pattern, the reading it gets, and examples (text → TIMEX3 value)."""

    name: str
    pattern: str
    reads: str
    examples: dict[str, str]


class Holiday(Entry):
    """A named day: a month and day, the n-th weekday of a month, days from Easter, or its days year by year.

    `after` are days from there; `lasts` how many days it takes.
    """

    day: str | None = Field(default=None, pattern=r"^\d\d-\d\d$")
    nth: str | None = Field(default=None, pattern=r"^\d{1,2}-[1-7]-(?:[1-5]|-1)$")
    easter: int | None = None
    orthodox_easter: int | None = None
    years: tuple[FirstDay, ...] = ()
    after: int = 0
    lasts: int = Field(default=1, ge=1)

    @model_validator(mode="after")
    def _one_way(self) -> Holiday:
        ways = (self.day, self.nth, self.easter, self.orthodox_easter, self.years or None)
        if sum(way is not None for way in ways) != 1:
            raise ValueError("needs exactly one of day, nth, easter, orthodox_easter, years")
        return self


class Homonym(Entry):
    """What stands beside a word when it is no time: words and parts of speech before and after it."""

    then: frozenset[str] = frozenset()
    then_tags: frozenset[str] = frozenset()
    after: frozenset[str] = frozenset()
    after_tags: frozenset[str] = frozenset()


class FiscalYear(Entry):
    """When a state's fiscal year begins, which year it is called after, and words that point to it."""

    begins: int = Field(ge=1, le=12)
    called_after: Literal["beginning", "end"]
    near: tuple[str, ...]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Finds the words in a text in small letters."""
        return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, self.near))})(?!\w)")


class Tense(Entry):
    """Cues of past and future."""

    future_auxiliaries: frozenset[str]
    modal_auxiliaries: frozenset[str]
    ahead: frozenset[str]
    future_words: frozenset[str]
    past_words: frozenset[str]
    limits: frozenset[str]
    reaching: frozenset[str]
    appoint: frozenset[str]
    ending: frozenset[str]
    beside: dict[str, int]
    since: frozenset[str]
    within: frozenset[str]
    over: frozenset[str]
    local: frozenset[str]
    meeting_leads: frozenset[str]
    until: frozenset[str]
    range_words: frozenset[str]
    pair_words: frozenset[str]


class TimeLexicon(Entry):
    """The whole file."""

    words: dict[str, dict[str, str]]
    doubtful: dict[str, tuple[str, ...]]
    homonyms: dict[str, Homonym]
    pieces: dict[str, str]
    patterns: tuple[TimePattern, ...]
    holidays: dict[str, Holiday]
    fiscal: dict[str, FiscalYear]
    tense: Tense


@cache
def time_lexicon() -> TimeLexicon:
    """The time words of the built-in data. Raises `DomainError`."""
    found: TimeLexicon = read_yaml(DATA / "times.yaml", TimeLexicon)
    return found
