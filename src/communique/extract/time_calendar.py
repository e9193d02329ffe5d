"""Times of the calendar: days, months, seasons, quarters, years, holidays, clock times."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta

from communique.domain.lexicon.numerals import number, numerals, ordinal
from communique.domain.lexicon.times import time_lexicon
from communique.extract import time_values as values
from communique.extract.time_choice import AGAINST_TENSE_OF_QUARTER, nearest, year_of
from communique.extract.time_named import gathering, holiday
from communique.extract.time_parts import Moment, Parts, Reading, dated
from communique.model import Interval

_RANGE = "days of a month"


def _calendar(parts: Parts, at: Moment) -> Reading | None:
    year, month, day = year_of(parts, at), parts.month, parts.day
    era = parts.has("era")
    season = parts.value("season")
    suffix = f"T{parts.value('daypart')}" if parts.has("daypart") else ""
    if parts.has("weekday") and not month:
        found = _weekday(parts, at)
        return dated(found.value.partition("T")[0] + suffix, "", "TIME") if found else None
    if month is None and season is None:
        if day is not None:
            return _day_of_month(parts, at)
        return dated(f"BC{year:04}" if era else f"{year:04}", parts.part) if year is not None else None
    if year is None:
        year = _missing_year(parts, at, month, day, season)
    head = f"BC{year:04}" if era else f"{year:04}"
    if season:
        return dated(f"{head}-{season}", parts.part)
    if day is None:
        return dated(f"{head}-{month:02}", parts.part)
    value = f"{head}-{month:02}-{day:02}"
    if not era and values.interval_of(value) is None:
        return None
    return dated(value + suffix, "", "TIME" if suffix else "DATE")


def _missing_year(parts: Parts, at: Moment, month: int | None, day: int | None, season: str | None) -> int:
    base = at.base
    key = f"-{season}" if season else f"-{month:02}" + (f"-{day:02}" if day else "")
    if parts.has("shift", "anaphoric") or {"past", "coming"} & set(parts.all):
        base = at.then if parts.has("anaphoric") else base
        if not parts.shift:
            return base.year
        stretches = [values.interval_of(f"{base.year + step}{key}") for step in (-1, 0, 1)]
        if parts.shift < 0:
            return max(s.earliest.year for s in stretches if s and s.latest < base)
        return min(s.earliest.year for s in stretches if s and s.earliest > base)
    if at.year_after is not None:
        return at.year_after
    if parts.phrase.name == _RANGE and at.told_just_before and at.told and at.told.earliest.month == month:
        return at.told.earliest.year  # the second day of "May 8-14" is of the year of the first
    if at.narrative and at.told:
        # a history goes on: from the end of a year to the beginning of the next, else within the year
        turn = month is not None and month <= 3 and at.told.earliest.month >= 10 and at.told.days <= 31
        return at.told.earliest.year + turn
    found = [s for step in range(-8, 9) if (s := values.interval_of(f"{base.year + step}{key}"))]
    if parts.has("weekday"):
        wanted = int(parts.value("weekday") or 0)
        fitting = [s for s in found if s.earliest.isoweekday() == wanted]
        found = fitting or found
    if not found:
        return base.year
    return found[nearest([(s.earliest, s.latest) for s in found], at)].earliest.year


def _weekday(parts: Parts, at: Moment) -> Reading | None:
    wanted = int(parts.value("weekday") or 1)
    told = parts.has("anaphoric")
    base = at.then if told else at.base
    back, ahead = (base.isoweekday() - wanted) % 7, (wanted - base.isoweekday()) % 7
    explicit = parts.has("shift", "anaphoric") or {"past", "coming"} & set(parts.all)
    if explicit and parts.shift < 0:
        day = base - timedelta(days=back or 7)
    elif explicit and parts.shift > 0:
        day = base + timedelta(days=ahead or 7)
    elif explicit:
        day = base + timedelta(days=wanted - base.isoweekday())
    elif at.told_just_before and at.told and parts.next_word in parts.lexicon.tense.local:
        # "on Wednesday (Thursday local time)": the same hour by another clock
        near = at.told.earliest
        day = min(
            (near + timedelta(days=step) for step in (-1, 0, 1)), key=lambda d: d.isoweekday() != wanted
        )
        if day.isoweekday() != wanted:
            return None
    else:
        way = 1 if at.narrative else at.direction()
        day = base + timedelta(days=ahead) if way > 0 else base - timedelta(days=back)
    if part := parts.value("daypart"):
        return dated(f"{day.isoformat()}T{part}", "", "TIME")
    return dated(day.isoformat())


def _deictic(parts: Parts, at: Moment) -> Reading | None:
    day = at.anchor + timedelta(days=int(parts.value("deictic") or 0))
    part = parts.value("daypart") or parts.value("nights")
    return dated(day.isoformat() + (f"T{part}" if part else ""), "", "TIME" if part else "DATE")


def _tonight(parts: Parts, at: Moment) -> Reading | None:
    return dated(f"{at.anchor.isoformat()}TNI", "", "TIME")


def _daypart(parts: Parts, at: Moment) -> Reading | None:
    part = parts.value("daypart")
    told = parts.has("anaphoric") or not parts.has("shift")
    day = (at.then if told else at.base) + timedelta(days=parts.shift)
    return dated(f"{day.isoformat()}T{part}", "", "TIME")


def _day_of_month(parts: Parts, at: Moment) -> Reading | None:
    value = f"{at.then.isoformat()[:7]}-{parts.day or 0:02}"
    return dated(value) if values.interval_of(value) else None


def _neighbour(parts: Parts, at: Moment) -> Reading | None:
    step = -1 if "before" in parts.all else 1
    found = _deictic(parts, at) if parts.has("deictic") else _weekday(parts, at)
    return (
        dated((found.interval.earliest + timedelta(days=step)).isoformat())
        if found and found.interval
        else None
    )


def _numeric(parts: Parts, at: Moment) -> Reading | None:
    text = parts.all[0]
    if parts.has("iso"):
        return dated(text) if values.interval_of(text) else None
    one, two, year = (int(figure) for figure in re.split(r"[./]", text))
    if year < 100:
        year += 1900 if year > 50 else 2000
    # with points the day stands first, as on the continent; with strokes the month, unless it cannot
    month, day = (two, one) if "." in text or one > 12 else (one, two)
    value = f"{year:04}-{month:02}-{day:02}"
    return dated(value) if values.interval_of(value) else None


def _decade(parts: Parts, at: Moment) -> Reading | None:
    if tens := parts.value("nineties"):
        century = number(parts.lowers("numeral")) if parts.has("numeral") else None
        if century is None:
            century = at.base.year // 100 - (int(tens) * 10 > at.base.year % 100)
        return dated(f"{int(century):02}{tens}", parts.part)
    figures = re.sub(r"\D", "", parts.lowers("decade")[0])
    if len(figures) == 2:
        figures = ("19" if int(figures) > at.anchor.year % 100 or at.anchor.year < 2000 else "20") + figures
    value = f"{int(figures) // 10:03}"
    return dated(f"BC{value}" if parts.has("era") else value, parts.part)


def _century(parts: Parts, at: Moment) -> Reading | None:
    rank = ordinal(parts.lowers("nth"))
    if rank is None:
        return None
    if any(word in numerals().cardinals for word in parts.all):
        rank = ordinal(
            [word for word in parts.all if word in numerals().cardinals or word in numerals().ordinals]
        )
    value = f"{(rank or 1) - 1:02}"
    return dated(f"BC{value}" if parts.has("era") else value, parts.part)


def _quarter(parts: Parts, at: Moment) -> Reading | None:
    half = parts.has("half")
    if lowers := parts.lowers("digits"):
        rank: int | None = int(lowers[0])
    else:
        rank = int(parts.value("latter") or 0) or ordinal(parts.lowers("nth"))
        rank = min(rank, 2) if half and rank and parts.has("latter") else rank
    if rank is None or not 1 <= rank <= (2 if half else 4):
        return None
    letter = "H" if half else "Q"
    year = year_of(parts, at) if parts.has("year", "whichyear") else None
    if owner := parts.lowers("quarteryear"):
        year = at.base.year + {"last": -1, "next": 1}.get(owner[0], 0)
    if year is None:
        base = at.base
        options = [values.interval_of(f"{base.year + step}-{letter}{rank}") for step in (-1, 0, 1)]
        known = [(s.earliest, s.latest) for s in options if s]
        year = known[nearest(known, at, AGAINST_TENSE_OF_QUARTER)][0].year
    if {"ago", "earlier"} & set(parts.all):
        year -= 1
    value = f"{year:04}-{letter}{rank}"
    if "fiscal" in parts.all and (start := _fiscal_start(year, at)) != date(year, 1, 1):
        months = 6 if half else 3
        first = values.plus_months(start, months * (rank - 1))
        last = values.plus_months(first, months) - timedelta(days=1)
        return Reading("DATE", value, Interval(first, last, "range" if half else "quarter"))
    return dated(value, parts.part)


def _fiscal(parts: Parts, at: Moment) -> Reading | None:
    if lowers := parts.lowers("yy"):
        year = int(lowers[0]) + 2000
    else:
        year = year_of(parts, at) or at.base.year + parts.shift
    earliest = _fiscal_start(year, at)
    latest = values.plus_months(earliest, 12) - timedelta(days=1)
    return Reading("DATE", f"{year:04}", Interval(earliest, latest, "year"))


def _fiscal_start(year: int, at: Moment) -> date:
    """The first day of a fiscal year, by the state that is named nearest."""
    nearest: tuple[int, date] | None = None
    for fiscal in time_lexicon().fiscal.values():
        for found in fiscal.pattern.finditer(at.near):
            away = found.start() - at.position
            away = 3 * away if away > 0 else -away  # whose year it is mostly stands before it
            if nearest is None or away < nearest[0]:
                first = year if fiscal.called_after == "beginning" else year - 1
                nearest = away, date(first, fiscal.begins, 1)
    return nearest[1] if nearest else date(year, 1, 1)


def _week_of(parts: Parts, at: Moment) -> Reading | None:
    found = _calendar(parts, at)
    return dated(values.week_value(found.interval.earliest)) if found and found.interval else None


def _clock(parts: Parts, at: Moment) -> Reading | None:
    if parts.has("mdy", "dmy"):
        found = _calendar(parts, at)
    elif parts.has("weekday"):
        found = _weekday(parts, at)
    elif parts.has("deictic"):
        found = _deictic(parts, at)
    else:
        day = at.then if at.told and at.told.days == 1 else at.anchor
        found = dated(day.isoformat())
    if found is None or found.interval is None:
        return None
    day_value = found.value.partition("T")[0]
    if moment := parts.value("moment"):
        return dated(f"{day_value}T{moment}", "", "TIME")
    text = (parts.lowers("clock") or parts.lowers("hour") or parts.lowers("numeral"))[0]
    hour_text, _, minutes = text.partition(":")
    hour = int(number([hour_text]) or 0)
    half = parts.value("ampm") or {"MO": "AM", "AF": "PM", "EV": "PM"}.get(parts.value("daypart") or "")
    if half == "PM" and hour < 12:
        hour += 12
    if half == "AM" and hour == 12:
        hour = 0
    if hour > 24:
        return None
    return dated(f"{day_value}T{hour:02}:{minutes or '00'}", "", "TIME")


CALENDAR: Mapping[str, Callable[[Parts, Moment], Reading | None]] = {
    "calendar": _calendar,
    "weekday": _weekday,
    "deictic": _deictic,
    "tonight": _tonight,
    "daypart": _daypart,
    "day_of_month": _day_of_month,
    "neighbour": _neighbour,
    "numeric": _numeric,
    "decade": _decade,
    "century": _century,
    "quarter": _quarter,
    "fiscal": _fiscal,
    "holiday": holiday,
    "gathering": gathering,
    "week_of": _week_of,
    "clock": _clock,
}
