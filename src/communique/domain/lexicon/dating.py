"""Words that tell when a page was written, read from `dating.yaml`."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache

from pydantic import Field, field_validator

from communique.domain.load import Domain
from communique.domain.schema import Entry, FirstDay


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


class Landmark(Entry):
    """A happening that cannot have been named before it took place."""

    names: tuple[str, ...] = Field(min_length=1)
    since: FirstDay
    reference: str


class Dating(Entry):
    """The words by which a page without a date can be dated; see `dating.yaml`."""

    months: dict[str, int]
    weekdays: dict[str, int]
    ahead: Sign
    gone: Sign
    imminent: Sign
    this_week: Sign
    former: Sign
    late: Sign
    to_be: Sign
    presides: Sign
    elected: Sign
    year_ahead: Sign
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
