"""Happenings with known days and the words of a report of them, as `data/chronicle.yaml` has them."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache

from pydantic import Field

from communique.domain.load import Domain
from communique.domain.schema import Entry, FirstDay

_WHOLE = 2  # forms of so many letters are whole words


class Happening(Entry):
    """One happening: its day, and forms that must all be in the opening of a report ("kill/dead": either)."""

    day: FirstDay
    said: tuple[str, ...] = Field(min_length=1)

    @cached_property
    def forms(self) -> tuple[tuple[str, ...], ...]:
        """The forms as they are looked for in a levelled text, each begun by a space."""
        return tuple(
            tuple(f" {_level(form)}{' ' if len(form) <= _WHOLE else ''}" for form in item.split("/"))
            for item in self.said
        )

    def is_told(self, opening: str) -> bool:
        """Whether a levelled text holds all that must be said.

        >>> from datetime import date
        >>> coup = Happening(day=date(2021, 9, 5), said=("guinea/conakry", "conde", "coup/soldiers"))
        >>> coup.is_told(levelled("Soldiers seized President Alpha Condé of Guinea."))
        False
        >>> coup.is_told(levelled("Soldiers seized President Alpha Conde of Guinea."))
        True
        """
        return all(any(form in opening for form in forms) for forms in self.forms)


def levelled(text: str) -> str:
    """A text in small letters with one space for all that is no letter or figure, and at both ends.

    >>> levelled("U.S. troops, Kim Jong-un")
    ' u s troops kim jong un '
    """
    return f" {_level(text)} "


def _level(text: str) -> str:
    return re.sub(r"\W+", " ", text.lower()).strip()


@lru_cache(maxsize=8)
def chronicle(domain: Domain) -> tuple[tuple[Happening, ...], ...]:
    """The happenings of the domain data by the weekday of their day, Monday first. Raises `DomainError`."""
    found: tuple[Happening, ...] = domain.single("chronicle.yaml", tuple[Happening, ...])
    return tuple(tuple(one for one in found if one.day.weekday() == weekday) for weekday in range(7))
