"""Times of the calendar: days, months, seasons, quarters, years, holidays, clock times."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta

from communique.domain.lexicon.numerals import number, numerals, ordinal
from communique.domain.lexicon.times import time_lexicon
from communique.extract import time_values as values
from communique.extract.time_parts import Moment, Parts, Reading, dated
from communique.model import Interval

# how much farther away a day may lie where the tense speaks for it, not at all, weakly or plainly
_AGAINST_TENSE = (1, 5, 15)
# figures of a quarter are expected after its end, so the tense tells little of which is meant
_AGAINST_TENSE_OF_QUARTER = (1, 2, 2)


def _year(parts: Parts, at: Moment) -> int | None:
    """The year a phrase gives, by figures or by "last year"."""
    if lowers := parts.lowers("year"):
        if parts.has("yy") and parts.phrase.parts["yy"][0][0] == parts.phrase.first:
            return int(lowers[0][:2] + parts.lowers("yy")[0])
        return int(lowers[0])
    if lowers := parts.lowers("shortyear"):
        year = int(lowers[0][1:]) + at.anchor.year // 100 * 100
        return year if year <= at.anchor.year + 10 else year - 100
    if parts.has("teenyear", "twothousand"):
        lowers = [
            lower for lower in (parts.lowers("teenyear") or parts.lowers("twothousand")) if lower != "-"
        ]
        if "thousand" in lowers:
            return int(number(lowers) or 0) or None
        return int(100 * (number(lowers[:1]) or 0) + (number(lowers[1:]) or 0))
    if which := parts.lowers("whichyear"):
        if "that" in which or "same" in which:
            return at.then.year
        step = {"last": -1, "next": 1, "this": 0}
        for word in which:
            if word in step:
                return at.base.year + step[word]
        return at.then.year + (1 if "following" in which else -1)
    if lowers := parts.lowers("digits"):
        return int(lowers[0]) if lowers[0].isdigit() else None
    return None


def _nearest(
    options: list[tuple[date, date]], at: Moment, weights: tuple[int, int, int] = _AGAINST_TENSE
) -> int:
    """Which of several stretches of days (in order) is meant, by tense."""
    way, base = at.direction(), at.base

    against = weights[abs(way)]

    def cost(number: int) -> float:
        """Days away; the side the tense speaks against costs more, but a parse can err."""
        first, last = options[number]
        away = (first - base).days if first > base else (last - base).days if last < base else 0
        return abs(away) * (against if away * way < 0 else 1) + number / 1000

    return min(range(len(options)), key=cost)


def _calendar(parts: Parts, at: Moment) -> Reading | None:
    year, month, day = _year(parts, at), parts.month, parts.day
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
    return found[_nearest([(s.earliest, s.latest) for s in found], at)].earliest.year


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
    year = _year(parts, at) if parts.has("year", "whichyear") else None
    if owner := parts.lowers("quarteryear"):
        year = at.base.year + {"last": -1, "next": 1}.get(owner[0], 0)
    if year is None:
        base = at.base
        options = [values.interval_of(f"{base.year + step}-{letter}{rank}") for step in (-1, 0, 1)]
        known = [(s.earliest, s.latest) for s in options if s]
        year = known[_nearest(known, at, _AGAINST_TENSE_OF_QUARTER)][0].year
    if {"ago", "earlier"} & set(parts.all):
        year -= 1
    return dated(f"{year:04}-{letter}{rank}", parts.part)


def _fiscal(parts: Parts, at: Moment) -> Reading | None:
    if lowers := parts.lowers("yy"):
        year = int(lowers[0]) + 2000
    else:
        year = _year(parts, at) or at.base.year + parts.shift
    value = f"{year:04}"
    begins, first = 1, year
    for fiscal in time_lexicon().fiscal.values():
        if any(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", at.near) for word in fiscal.near):
            begins, first = fiscal.begins, year if fiscal.called_after == "beginning" else year - 1
            break
    earliest = date(first, begins, 1)
    latest = values.plus_months(earliest, 12) - timedelta(days=1)
    return Reading("DATE", value, Interval(earliest, latest, "year"))


def _holiday(parts: Parts, at: Moment) -> Reading | None:
    name = " ".join(parts.lowers("holiday"))
    holiday = parts.lexicon.holidays[name]
    extra = parts.all[len(parts.all) - 1]

    def in_year(year: int) -> date:
        if holiday.day:
            return date(year, int(holiday.day[:2]), int(holiday.day[3:]))
        if holiday.nth:
            month, weekday, nth = re.fullmatch(r"(\d+)-(\d)-(-?\d)", holiday.nth).groups()  # type: ignore[union-attr]
            return values.nth_weekday(year, int(month), int(weekday), int(nth))
        return values.easter(year) + timedelta(days=holiday.easter or 0)

    year = _year(parts, at)
    if year is None:
        base = at.base
        options = [(in_year(base.year + step),) * 2 for step in (-1, 0, 1)]
        if parts.has("shift") and parts.shift:
            sided = [o for o in options if (o[0] - base).days * parts.shift > 0]
            year = (sided[-1] if parts.shift < 0 else sided[0])[0].year
        else:
            year = options[_nearest(options, at)][0].year
    day = in_year(year)
    return dated(values.week_value(day) if extra == "week" else day.isoformat())


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
    "holiday": _holiday,
    "week_of": _week_of,
    "clock": _clock,
}
