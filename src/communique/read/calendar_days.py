"""Sets of days as arrays of truth values, one for each day of a stretch of the calendar."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
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
        steps = np.zeros(self.size + 1, dtype=np.int32)
        np.add.at(steps, np.clip(positions - before, 0, self.size), 1)
        np.add.at(steps, np.clip(positions + after + 1, 0, self.size), -1)
        return _truth(np.cumsum(steps[:-1]) > 0)

    def day_of_any_year(self, month: int, day: int) -> Days:
        """That day of every year."""
        return _truth((self._month == month) & (self._day == day))

    def in_month(self, month: int) -> Days:
        """The days of that month of every year."""
        return _truth(self._month == month)

    def month(self, year: int, month: int) -> Days:
        """The days of one month."""
        return _truth((self._year == year) & (self._month == month))

    def year(self, year: int) -> Days:
        """The days of one year."""
        return _truth(self._year == year)

    def on_weekday(self, weekday: int, after: int = 0) -> Days:
        """Every Monday (0), Tuesday (1) ... and the `after` days that follow each."""
        return _truth((self._weekday - weekday) % 7 <= after)

    def dates(self, days: Days) -> list[date]:
        """Some days, one by one, in order."""
        return [self.first + timedelta(days=int(position)) for position in np.flatnonzero(days)]

    def bounds(self, days: Days) -> tuple[date, date] | None:
        """First and last of some days; None if there is none or nothing bounds them below."""
        positions = np.flatnonzero(days)
        if not len(positions) or positions[0] == 0:
            return None
        return self.first + timedelta(days=int(positions[0])), self.first + timedelta(days=int(positions[-1]))


def _truth(days: Any) -> Days:
    return np.asarray(days, dtype=np.bool_)


CALENDAR = Calendar(date(1990, 1, 1), date(2026, 12, 31))
"""The stretch in which undated pages are dated. Its end is the last year that the domain data know of;
an office held "still" is held to that day. It is moved on with the data, not with the clock."""
