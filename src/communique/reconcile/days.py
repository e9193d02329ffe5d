"""The days a statement may mean, and how far two statements agree on them.

Where a page bears no date, "Tuesday" is one of many Tuesdays and "January 13" one of several years; two
pages that speak of one thing then still agree on a day.
"""

from __future__ import annotations

import re
from calendar import day_abbr, day_name, monthrange
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import TypeAlias

from communique.model import Interval

Window: TypeAlias = tuple[date, date]

NARROW = 31
"""Days up to which a window tells one event from another."""

_WEEK = 7
_HALF_YEAR = 183
_WEEKDAYS = frozenset(name.casefold() for name in (*day_name, *day_abbr))
_WORD = re.compile(r"[^\W\d_]+")
_YEAR = re.compile(r"\b\d{4}\b")


def occasions(when: Interval) -> tuple[Window, ...]:
    """The windows an interval may stand for: one, unless the words name a day or month that recurs.

    >>> pages = Interval(date(2024, 4, 2), date(2024, 4, 16), "range", "Tuesday")
    >>> [first.day for first, _ in occasions(pages)]
    [2, 9, 16]
    >>> unknown = Interval(date(2023, 1, 13), date(2024, 1, 13), "range", "January 13")
    >>> [first.year for first, _ in occasions(unknown)]
    [2023, 2024]
    """
    whole = ((when.earliest, when.latest),)
    if when.precision != "range" or when.days <= _WEEK or not when.text:
        return whole
    first, last = when.earliest, when.latest
    named = {word.casefold() for word in _WORD.findall(when.text)}
    if named & _WEEKDAYS and (last - first).days % _WEEK == 0 and not any(c.isdigit() for c in when.text):
        return tuple((d, d) for d in (first + timedelta(n) for n in range(0, when.days, _WEEK)))
    if _YEAR.search(when.text) or last.year == first.year:
        return whole
    if (first.month, first.day) == (last.month, last.day):
        return tuple((d, d) for d in _yearly(first, last))
    if first.month == last.month and first.day == 1 and last.day == monthrange(last.year, last.month)[1]:
        return tuple((d, d.replace(day=monthrange(d.year, d.month)[1])) for d in _yearly(first, last))
    return whole


def _yearly(first: date, last: date) -> list[date]:
    """The day in every year from the first to the last (29 February only where there is one)."""
    days = []
    for year in range(first.year, last.year + 1):
        if first.day <= monthrange(year, first.month)[1]:
            days.append(first.replace(year=year))
    return days


def around(windows: Sequence[Window], published: Window | None) -> tuple[Window, ...]:
    """Of several occasions those that a page of that time can mean; all of them if there is none.

    A weekday is one of the week before or after, a day without its year the nearest.
    """
    if published is None or len(windows) < 2:
        return tuple(windows)
    reach = _WEEK if (windows[1][0] - windows[0][0]).days == _WEEK else _HALF_YEAR
    return tuple(window for window in windows if gap(window, published) <= reach) or tuple(windows)


def gap(a: Window | None, b: Window | None) -> int:
    """Days between two windows: none or fewer if they overlap or one is not known."""
    if a is None or b is None:
        return 0
    return max((b[0] - a[1]).days, (a[0] - b[1]).days)


def facing(a: Sequence[Window], b: Sequence[Window]) -> Iterator[tuple[int, Window, Window]]:
    """The occasions of two sides that lie next to one another, and the days between them, in order."""
    i = j = 0
    while i < len(a) and j < len(b):
        yield gap(a[i], b[j]), a[i], b[j]
        if a[i][1] <= b[j][1]:
            i += 1
        else:
            j += 1


def nearest(a: Sequence[Window], b: Sequence[Window]) -> tuple[int, Window, Window] | None:
    """The two occasions that lie nearest, and the days between them; none if a side has none."""
    return min(facing(a, b), default=None)


def agreement(a: Window, b: Window) -> float:
    """How far two windows that overlap are the same days, 0 to 1.

    A day and the day after are one to a writer in another zone; a visit is not the talks held on it.
    """
    shared = (min(a[1], b[1]) - max(a[0], b[0])).days + 1
    spanned = (max(a[1], b[1]) - min(a[0], b[0])).days + 1
    return 1.0 if spanned <= 2 else max(0, shared) / spanned


def meant(when: Interval, published: Window | None, sure: Sequence[Window] = ()) -> Interval | None:
    """The interval with the occasion that is meant, going by its page and by days known for sure.

    None if several remain.

    >>> tuesday = Interval(date(2024, 4, 2), date(2024, 4, 16), "range", "Tuesday")
    >>> visit = (date(2024, 4, 8), date(2024, 4, 14))
    >>> meant(tuesday, None, [visit]).earliest
    datetime.date(2024, 4, 9)
    """
    windows = around(occasions(when), published)
    if len(windows) > 1 and sure:
        windows = tuple(w for w in windows if any(gap(w, known) <= 0 for known in sure))
    if len(windows) != 1:
        return None
    first, last = windows[0]
    if (first, last) == (when.earliest, when.latest):
        return when
    return Interval(first, last, "day" if first == last else "month", when.text)
