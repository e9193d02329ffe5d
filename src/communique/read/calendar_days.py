"""Sets of days as arrays of truth values, one for each day of a stretch of the calendar."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Days: TypeAlias = NDArray[np.bool_]


class Calendar:
    """The days from one date to another; its sets of days combine by `&` and `|`."""

    def __init__(self, first: date, last: date) -> None:
        self.first, self.last = first, last
        self.size = (last - first).days + 1
        days = np.datetime64(first) + np.arange(self.size)
        months = days.astype("datetime64[M]")
        self._year = days.astype("datetime64[Y]").astype(int) + 1970
        self._month = months.astype(int) % 12 + 1
        self._day = (days - months).astype(int) + 1
        self._weekday = (np.arange(self.size) + first.weekday()) % 7

    def all(self) -> Days:
        """Every day."""
        return np.ones(self.size, dtype=bool)

    def none(self) -> Days:
        """No day."""
        return np.zeros(self.size, dtype=bool)

    def position(self, day: date) -> int:
        """The place of a day in the arrays; may lie outside."""
        return (day - self.first).days

    def between(self, since: date | None, until: date | None) -> Days:
        """The days from `since` to `until`, both included; None is no bound."""
        days = self.none()
        start = max(0, self.position(since)) if since else 0
        end = min(self.size, self.position(until) + 1) if until else self.size
        days[start : max(start, end)] = True
        return days

    def around(self, centres: Iterable[date] | Days, before: int, after: int) -> Days:
        """The days from `before` before to `after` after any of some days (negative: the other way)."""
        if isinstance(centres, np.ndarray):
            positions = np.flatnonzero(centres)
        else:
            positions = np.array([self.position(day) for day in centres], dtype=np.int64)
        days = self.none()
        for position in positions.tolist():
            days[max(0, position - before) : max(0, position + after + 1)] = True
        return days

    @lru_cache(maxsize=400)  # noqa: B019 (there is one calendar)
    def day_of_any_year(self, month: int, day: int) -> Days:
        """That day of every year."""
        return _truth((self._month == month) & (self._day == day))

    @lru_cache(maxsize=12)  # noqa: B019
    def in_month(self, month: int) -> Days:
        """The days of that month of every year."""
        return _truth(self._month == month)

    def month(self, year: int, month: int) -> Days:
        """The days of one month."""
        return _truth((self._year == year) & (self._month == month))

    def year(self, year: int) -> Days:
        """The days of one year."""
        return _truth(self._year == year)

    @lru_cache(maxsize=50)  # noqa: B019
    def on_weekday(self, weekday: int, after: int = 0) -> Days:
        """Every Monday (0), Tuesday (1) ... and the `after` days that follow each."""
        return _truth((self._weekday - weekday) % 7 <= after)

    def dates(self, days: Days) -> list[date]:
        """Some days, one by one, in order."""
        return [self.first + timedelta(days=int(position)) for position in np.flatnonzero(days)]

    def stretches(self, days: Days, apart: int) -> list[tuple[date, date]]:
        """First and last day of each part of some days; parts lie more than `apart` days from each other."""
        positions = np.flatnonzero(days)
        parts = np.split(positions, np.flatnonzero(np.diff(positions) > apart) + 1)
        return [
            (self.first + timedelta(days=int(part[0])), self.first + timedelta(days=int(part[-1])))
            for part in parts
            if len(part)
        ]

    def bounds(self, days: Days) -> tuple[date, date] | None:
        """First and last of some days; None if there is none or nothing bounds them below."""
        positions = np.flatnonzero(days)
        if not len(positions) or positions[0] == 0:
            return None
        return self.first + timedelta(days=int(positions[0])), self.first + timedelta(days=int(positions[-1]))


def _truth(days: Any) -> Days:
    """A set of days that is shared, and so may not be changed."""
    truth: Days = np.asarray(days, dtype=np.bool_)
    truth.flags.writeable = False
    return truth


CALENDAR = Calendar(date(1990, 1, 1), date(2026, 12, 31))
"""The stretch in which undated pages are dated. Its end is the last year that the domain data know of;
an office held "still" is held to that day. It is moved on with the data, not with the clock."""
