"""An axis of days: where a day lies, and which days, months or years are written under it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from communique.model import Interval

_MOST_TICKS = 12
_SHORTEST = 14
"""Days that an axis has at least."""


@dataclass(frozen=True, slots=True)
class Axis:
    """Days from `first` to `last` (both included) between two coordinates."""

    first: date
    last: date
    left: float
    right: float

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    def at(self, day: date) -> float:
        """Where a day begins, as far as the axis goes."""
        share = min(max((day - self.first).days, 0), self.days) / self.days
        return self.left + share * (self.right - self.left)

    def stretch(self, when: Interval) -> tuple[float, float]:
        """From where to where an interval lies, its last day included."""
        last = when.latest + timedelta(days=1) if when.latest < date.max else when.latest
        return self.at(when.earliest), self.at(last)

    def shows(self, when: Interval) -> bool:
        """Whether some of an interval lies on it."""
        return when.latest >= self.first and when.earliest <= self.last

    def ticks(self) -> Iterator[tuple[date, str]]:
        """The days that are written, each with its label."""
        for step in (1, 2, 7, 14):
            if self.days / step <= _MOST_TICKS:
                at = self.first
                while at <= self.last:
                    yield at, f"{at.day} {at:%b}" if at.year == self.first.year else f"{at.day} {at:%b %Y}"
                    at += timedelta(days=step)
                return
        for months in (1, 3, 6, 12, 24, 60, 120, 240):
            if self.days / (30.4 * months) <= _MOST_TICKS:
                yield from self._months(months)
                return
        yield self.first, str(self.first.year)

    def _months(self, step: int) -> Iterator[tuple[date, str]]:
        number = self.first.year * 12 + self.first.month - 1
        number += -number % step
        while number <= self.last.year * 12 + self.last.month - 1:
            at = date(number // 12, number % 12 + 1, 1)
            if at >= self.first:
                yield at, f"{at.year}" if step >= 12 else f"{at:%b %Y}"
            number += step


def window(intervals: Iterable[Interval], since: date | None, until: date | None) -> tuple[date, date] | None:
    """The days to draw: those asked for, or those in which nearly all lies, with a margin.

    A few events of long ago would press the others together, so the outermost twentieth on the early
    side is left out where that halves the axis; None where there is nothing to draw.
    """
    known = sorted(intervals, key=lambda i: (i.earliest, i.latest))
    if not known and not (since and until):
        return None
    first = since or known[0].earliest
    last = until or max(i.latest for i in known)
    if since is None and len(known) > 1:
        later = known[len(known) // 10].earliest
        if (last - later).days * 2 < (last - first).days:
            first = later
    if last < first:
        first = last
    margin = timedelta(days=max(2, (last - first).days // 50))
    if since is None and first > date.min + margin:
        first -= margin
    if until is None and last < date.max - margin:
        last += margin
    if (short := _SHORTEST - (last - first).days) > 0 and first > date.min + timedelta(days=short):
        first -= timedelta(days=short // 2)
        last += (
            timedelta(days=short - short // 2) if last < date.max - timedelta(days=short) else timedelta(0)
        )
    return first, last


def zoomed(first: date, last: date) -> dict[str, tuple[date, date]]:
    """The windows that are one step away: closer, wider, earlier, later."""
    days = (last - first).days + 1
    quarter, half = timedelta(days=max(days // 4, 1)), timedelta(days=max(days // 2, 1))
    found: dict[str, tuple[date, date]] = {}
    if days > _SHORTEST:
        found["closer"] = (first + quarter, last - quarter)
    if first > date.min + half and last < date.max - half:
        found["wider"] = (first - half, last + half)
        found["earlier"] = (first - half, last - half)
        found["later"] = (first + half, last + half)
    return found
