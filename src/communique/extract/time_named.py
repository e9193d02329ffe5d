"""Days that have a name: holidays, and summits known by their place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache

from communique.domain.lexicon.gatherings import Gathering, gatherings
from communique.domain.lexicon.times import Holiday
from communique.domain.load import load_domain
from communique.extract import time_values as values
from communique.extract.phrases import split
from communique.extract.time_choice import nearest, year_of
from communique.extract.time_parts import Moment, Parts, Reading, dated
from communique.model import Interval, Precision

_NTH = r"(\d+)-(\d)-(-?\d)"


def holiday(parts: Parts, at: Moment) -> Reading | None:
    name = " ".join(parts.lowers("holiday"))
    known = parts.lexicon.holidays[name]
    extra = parts.all[len(parts.all) - 1]

    year = year_of(parts, at)
    if year is not None:
        days = _days_in(known, year)
    else:
        options = [d for step in (-1, 0, 1) if (d := _days_in(known, at.base.year + step))]
        if not options:
            return None
        days = options[nearest(options, at)]
        if parts.has("shift") and parts.shift:
            sided = [o for o in options if (o[0] - at.base).days * parts.shift > 0]
            days = (sided[-1] if parts.shift < 0 else sided[0]) if sided else None
    if days is None:
        return None
    first, last = days
    if extra == "week":
        return dated(values.week_value(first))
    precision: Precision = "day" if first == last else "range"
    return Reading("DATE", first.isoformat(), Interval(first, last, precision))


def _days_in(holiday: Holiday, year: int) -> tuple[date, date] | None:
    """First and last day of a holiday in a year; None where the data do not have that year."""
    if holiday.years:
        first = next((day for day in holiday.years if day.year == year), None)
        if first is None:
            return None
    elif holiday.day:
        first = date(year, int(holiday.day[:2]), int(holiday.day[3:]))
    elif holiday.nth:
        month, weekday, nth = (int(part) for part in re.fullmatch(_NTH, holiday.nth).groups())  # type: ignore[union-attr]
        first = values.nth_weekday(year, month, weekday, nth)
    elif holiday.orthodox_easter is not None:
        first = values.orthodox_easter(year) + timedelta(days=holiday.orthodox_easter)
    else:
        first = values.easter(year) + timedelta(days=holiday.easter or 0)
    first += timedelta(days=holiday.after)
    return first, first + timedelta(days=holiday.lasts - 1)


_SUMMIT = ("summit", "in")
_REMEMBERED = 3653  # days: a summit farther away than ten years is not called by its place alone


@cache
def gatherings_at() -> Mapping[str, tuple[Gathering, ...]]:
    """The summits of the domain data by the words of their place, as a text is split into words."""
    found: dict[str, list[Gathering]] = {}
    for one in gatherings(load_domain()):
        if one.called == "summit":
            found.setdefault(" ".join(word.lower for word in split(one.place)), []).append(one)
    return {place: tuple(held) for place, held in found.items()}


def gathering(parts: Parts, at: Moment) -> Reading | None:
    """A summit named by its place: the one held there that is nearest in the way the verb tells."""
    held = gatherings_at()[" ".join(word for word in parts.lowers("gathering") if word not in _SUMMIT)]
    bodies = {word.upper() for word in parts.all} & {body for one in held for body in one.bodies}
    meant = sorted(
        {
            (one.first, one.last)
            for one in held
            if (not bodies or bodies & set(one.bodies)) and abs((one.first - at.base).days) < _REMEMBERED
        }
    )
    if not meant or (not bodies and any(one.crowded for one in held)):
        return None
    first, last = meant[nearest(meant, at)]
    value = first.isoformat()
    if first != last:
        same_week = values.week_value(first) == values.week_value(last)
        value = values.week_value(first) if same_week else value[:7]
    return Reading("DATE", value, Interval(first, last, "day" if first == last else "range"))
