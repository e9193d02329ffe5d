"""Words that tell when a page was written, read from `dating.yaml`."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache

from pydantic import Field, field_validator, model_validator

from communique.domain.load import Domain
from communique.domain.schema import Entry, FirstDay, LastDay

_WORD = re.compile(r"\w+")
_SHORT = 4  # letters: "fled", "died" are listed one by one

STRETCHES = "one of these stretches"
"""The rule of the ground that lists the parts of a window with gaps, as `first..last, first..last`."""


class Sign(Entry):
    """A pattern, letter case ignored, with examples it finds and counter-examples it does not."""

    pattern: str
    examples: tuple[str, ...] = Field(min_length=1)
    counter: tuple[str, ...] = ()

    @field_validator("pattern")
    @classmethod
    def _compiles(cls, pattern: str) -> str:
        try:
            re.compile(pattern)
        except re.error as error:
            raise ValueError(f"is not a regular expression: {error}") from error
        return pattern

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The pattern, compiled."""
        return re.compile(self.pattern, re.IGNORECASE)


class Gone(Entry):
    """The words that tell that something has taken place."""

    not_past: frozenset[str]
    past: frozenset[str]
    perfect: frozenset[str]
    examples: tuple[str, ...] = Field(min_length=1)
    counter: tuple[str, ...] = Field(min_length=1)

    def places(self, text: str) -> list[int]:
        """Where such words begin in a text."""
        words = [(match.start(), match[0].lower()) for match in _WORD.finditer(text)]
        return [
            at
            for number, (at, word) in enumerate(words)
            if (len(word) > _SHORT and word.endswith("ed") and word not in self.not_past)
            or word in self.past
            or (word in self.perfect and words[number + 1 : number + 2] != [(at + len(word) + 1, "to")])
        ]


class Landmark(Entry):
    """What is so named only since a happening, or only until it got another name."""

    names: tuple[str, ...] = Field(min_length=1)
    since: FirstDay | None = None
    until: LastDay | None = None
    reference: str

    @model_validator(mode="after")
    def _bounded(self) -> Landmark:
        if self.since is None and self.until is None:
            raise ValueError("needs since or until")
        return self


class Dating(Entry):
    """The words by which a page without a date can be dated; see `dating.yaml`."""

    months: dict[str, int]
    weekdays: dict[str, int]
    ahead: Sign
    gone: Gone
    imminent: Sign
    this_week: Sign
    former: Sign
    late: Sign
    to_be: Sign
    presides: Sign
    elected: Sign
    elect: Sign
    new: Sign
    outgoing: Sign
    former_after: Sign
    took_office: Sign
    other_weekday: Sign
    onward: Sign
    joins: Sign
    members: Sign
    signs: Sign
    gathering: Sign
    formal: Sign
    day_after: Sign
    year_ahead: Sign
    deadline: Sign
    year_past: Sign
    fiscal_year: Sign
    landmarks: dict[str, Landmark]

    @cached_property
    def month(self) -> str:
        """A regular expression of month names."""
        return _any_of(self.months)

    @cached_property
    def weekday(self) -> str:
        """A regular expression of weekday names."""
        return _any_of(self.weekdays)

    @cached_property
    def weekday_name(self) -> re.Pattern[str]:
        """A weekday."""
        return re.compile(rf"\b{self.weekday}\b")

    @cached_property
    def other_name(self) -> re.Pattern[str]:
        """A given name after a family name, which makes it that of another person."""
        return re.compile(rf" (?!{self.weekday}\b|{self.month}\b)[A-Z][\w-]+")

    @cached_property
    def month_alone(self) -> re.Pattern[str]:
        """A month without a day or year, told of by a preposition or "last"."""
        return re.compile(rf"\b(?:[Ii]n|[Ll]ast|[Nn]ext|[Ss]ince|[Uu]ntil)\s+({self.month})\b\.?(?!\s*\d)")

    @cached_property
    def month_day(self) -> re.Pattern[str]:
        """A day of a month, the weekday and year where given: "Friday, April 5", "5-7 May 2021"."""
        day = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?![\d.,]?\d)"
        span = rf"(?:\s?[–—-]\s?(?P<to{{0}}>{day}))?"
        lead = rf"(?:\b(?P<weekday>{self.weekday})\b\.?,?\s+(?:the\s+)?(?:\(|on\s+)?)?"
        year = r"(?:,?\s+(?P<year{0}>(?:19|20)\d\d)\b)?"
        american = rf"\b(?P<month1>{self.month})\b\.?\s+(?P<day1>{day})\b{span.format(1)}{year.format(1)}"
        british = (
            rf"\b(?P<day2>{day}){span.format(2)}\s+(?:of\s+)?(?P<month2>{self.month})\b\.?{year.format(2)}"
        )
        return re.compile(rf"{lead}(?:{american}|{british})")


def _any_of(words: dict[str, int]) -> str:
    """Capitalised or in capitals: "may" and "sun" are other words."""
    written = {form for word in words for form in (word.capitalize(), word.upper())}
    return "(?:" + "|".join(sorted(written, key=lambda form: (-len(form), form))) + ")"


@lru_cache(maxsize=8)
def dating(domain: Domain) -> Dating:
    """The dating words of the domain data."""
    found: Dating = domain.single("dating.yaml", Dating)
    return found
