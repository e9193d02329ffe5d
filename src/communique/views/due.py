"""When a promise falls due, as its own words say."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

from communique.domain.lexicon.deadlines import deadlines
from communique.domain.lexicon.numerals import number
from communique.model import Document, Interval, Statement
from communique.reconcile.digests import digest

UNDONE = frozenset({"pledged", "proposed", "planned"})
"""The factualities of what is still to be done."""

_WEEK = timedelta(days=7)
_NARROW = 62
"""Days up to which a time is that of the promise itself, from which a length of time is counted."""


def due(statement: Statement, published: Interval | None) -> Interval | None:
    """By when what a statement promises is to be done; None where its words do not say, or not surely.

    That is the time it gives if it plans or promises, and that ends after its page appeared; else the
    length of time it gives, counted from the day of the promise, with its words as `text`. The result is
    one day, or the days among which it is.
    """
    when = statement.when
    if when and published and statement.factuality in UNDONE:
        if when.earliest > published.latest:
            return replace(when, text=None)
        # "By 2027" is kept as all the days until then; a weekday may lie a week around a page of any day.
        if when.latest > published.latest + (_WEEK if published.days > 2 else timedelta(0)):
            return Interval(when.latest, when.latest, "day")
    start = when if when and when.days <= _NARROW else published
    found = _lasting().search(statement.quote)
    if start is None or found is None:
        return None
    first, last = (_later(day, found["many"], found["unit"]) for day in (start.earliest, start.latest))
    return replace(start, earliest=first, latest=last, text=found[0]) if first > start.latest else None


def certain(statement: Statement, documents: Mapping[str, Document]) -> Statement:
    """The statement with the one day its time means, where the day of its page leaves but one."""
    when = statement.when
    if when is None or when.days <= _WEEK.days:
        return statement
    windows = digest(statement, documents).windows
    page = documents[statement.doc_id].published
    if page is not None and statement.factuality in UNDONE:
        windows = tuple(window for window in windows if window[1] >= page.earliest)
    if len(windows) != 1 or windows[0] == (when.earliest, when.latest):
        return statement
    return replace(statement, when=replace(when, earliest=windows[0][0], latest=windows[0][1]))


@lru_cache(maxsize=1)
def _lasting() -> re.Pattern[str]:
    lists = deadlines()
    cues = "|".join(sorted(map(re.escape, lists.within), key=len, reverse=True))
    units = "|".join((*lists.days, *lists.months))
    return re.compile(rf"\b(?:{cues})\s+(?P<many>[a-z]+|\d+)[\s-]+(?P<unit>{units})s?\b", re.IGNORECASE)


def _later(start: date, many: str, unit: str) -> date:
    """The day a number of units after another; the day itself where the number is none.

    >>> _later(date(2022, 11, 30), "five", "years"), _later(date(2024, 1, 31), "1", "month")
    (datetime.date(2027, 11, 30), datetime.date(2024, 2, 29))
    """
    lists, unit = deadlines(), unit.casefold().removesuffix("s")
    count = number([many.casefold()])
    if count is None or not 0 < count < 100:
        return start
    if unit in lists.days:
        return start + timedelta(days=round(count * lists.days[unit]))
    months = start.year * 12 + start.month - 1 + round(count * lists.months[unit])
    year, month = months // 12, months % 12 + 1
    return date(year, month, min(start.day, calendar.monthrange(year, month)[1]))
