"""Times told from another: last year, two days later, the past decade, every week, now."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from communique.domain.lexicon.numerals import ordinal
from communique.extract import time_values as values
from communique.extract.time_calendar import CALENDAR
from communique.extract.time_parts import Moment, Parts, Reading, dated, led_by
from communique.model import Interval

_UNIT_DAYS = {"D": 1, "W": 7, "2W": 14, "M": 30}


def _shifted(parts: Parts, at: Moment) -> Reading | None:
    unit = parts.unit
    base = at.then if parts.has("anaphoric") else at.base
    if "past" in parts.all and "this" not in parts.all and not parts.has("part"):
        value = values.duration(1, unit)
        return Reading("DURATION", value, _around(base, -1, unit))
    shift = parts.shift
    if "current" in parts.all or ("latest" in parts.all and unit != "Q"):
        shift = 0
    return dated(values.shifted(base, unit, shift), parts.part)


def _next_told(parts: Parts, at: Moment) -> Reading | None:
    base = at.then
    if season := parts.value("season"):
        begun = values.interval_of(f"{base.year:04}-{season}")
        return dated(f"{base.year + (begun is not None and begun.earliest <= base):04}-{season}")
    if parts.has("weekday"):
        wanted = int(parts.value("weekday") or 1)
        return dated((base + timedelta(days=(wanted - base.isoweekday()) % 7 or 7)).isoformat())
    if part := parts.value("daypart"):
        return dated(f"{(base + timedelta(days=1)).isoformat()}T{part}", "", "TIME")
    return dated(values.shifted(base, parts.unit, 1), parts.part)


def _definite(parts: Parts, at: Moment) -> Reading | None:
    unit = parts.unit
    base = at.then if unit in ("D", "Q") or at.narrative or not at.told else at.base
    if unit == "WE":
        base = at.base + timedelta(days=7 if at.direction() > 0 and at.base.isoweekday() > 5 else 0)
        if at.direction() <= 0 and at.base.isoweekday() < 6:
            base -= timedelta(days=7)
    if unit == "Q" and at.told_value[4:6] != "-Q":
        base = values.plus_months(at.base, -3 if at.direction() <= 0 else 0)
    part = "END" if "end" in parts.all else parts.part
    after = parts.next_word
    if unit == "Y" and after in parts.lexicon.tense.ending and not part:
        # "the year ended March 31" is twelve months, not a year of the calendar
        return Reading("DURATION", values.duration(1, unit), None)
    if unit == "D" and (step := parts.lexicon.tense.beside.get(after)):
        # "the day after his death": a day from the one told of
        return dated((base + timedelta(days=step)).isoformat(), part)
    return dated(values.shifted(base, unit, 0), part)


def _around(base: date, way: int, unit: str, count: float = 1) -> Interval | None:
    """The stretch of `count` units before (-1) or after (1) a day."""
    try:
        if unit.startswith("T"):
            return Interval(base, base, "day")
        if unit in ("D", "W", "2W", "WE"):
            other = base + timedelta(days=round(way * count * {"D": 1, "W": 7, "2W": 14, "WE": 7}[unit]))
        else:
            months = {"M": 1, "Q": 3, "6M": 6, "Y": 12, "DE": 120, "CE": 1200, "ME": 12000}[unit]
            other = values.plus_months(base, round(way * count * months))
    except OverflowError:
        return None
    return Interval(min(base, other), max(base, other), "range")


def _away_from(parts: Parts, base: date, way: int) -> Reading | None:
    count = parts.count if parts.has("count1", "unit") else None
    unit = parts.unit
    if count is None:
        vague = _around(base, way, unit, 10) if unit else None
        return Reading("DATE", "PAST_REF" if way < 0 else "FUTURE_REF", vague)
    if unit == "Q":
        return dated(values.shifted(base, "Q", way * round(count)))
    return dated(values.away(base, unit, way * count))


def _away(parts: Parts, at: Moment) -> Reading | None:
    if parts.unit == "Y" and parts.has("unit") and parts.count == 1 and at.told_value[4:6] == "-Q":
        return dated(f"{int(at.told_value[:4]) - 1:04}{at.told_value[4:]}")
    return _away_from(parts, at.base, -1)


def _away_told(parts: Parts, at: Moment) -> Reading | None:
    way = int(parts.value("adverb_then") or parts.value("since_then") or 1)
    if parts.unit == "Y" and parts.has("unit") and parts.count == 1 and at.told_value[4:6] == "-Q":
        return dated(f"{int(at.told_value[:4]) + way:04}{at.told_value[4:]}")
    return _away_from(parts, at.then, way)


def _period(parts: Parts, at: Moment) -> Reading | None:
    """The period reported on ("the latest quarter"), or the same a year before ("the year-ago period")."""
    finished = values.shifted(at.base, "Q", -1)
    base = min(at.told_value, finished) if at.told_value[4:6] == "-Q" else finished
    if lowers := parts.lowers("year"):
        return dated(f"{lowers[0]}{base[4:]}" if at.told_value[4:6] == "-Q" else lowers[0])
    back = 1 if {"ago", "earlier"} & set(parts.all) else 0
    return dated(f"{int(base[:4]) - back:04}{base[4:]}")


def _from_now(parts: Parts, at: Moment) -> Reading | None:
    return _away_from(parts, at.base, 1)


def _duration(parts: Parts, at: Moment) -> Reading | None:
    unit = parts.unit
    if parts.has("seasons"):
        return Reading("SET", f"XXXX-{parts.value('seasons')}", None)
    bare = not parts.has("count1") and not parts.has("unit")
    count = None if bare else parts.count
    interval = None
    recent = parts.value("recent")
    tense = parts.lexicon.tense
    if (recent and recent != "0") or led_by(at.lead, tense.within):
        interval = _around(at.base, int(recent or 1), unit, count if count is not None else 6)
    elif (
        not recent
        and not at.narrative
        and (parts.all[0] in tense.over or led_by(at.lead, tense.over))
        and at.direction() > 0
    ):
        # "will spend the sum over the course of five years"
        interval = _around(at.base, 1, unit, count if count is not None else 6)
    return Reading("DURATION", values.duration(count, unit), interval)


def _unit_within(parts: Parts, at: Moment) -> Reading | None:
    """The n-th or last unit of a month or year ("the last week of August"): a stretch of known days."""
    whole = CALENDAR["calendar"](parts, at)
    unit = parts.unit
    value = values.duration(1, unit)
    rank = int(parts.value("opening") or 0) or ordinal(parts.lowers("nth"))
    if whole is None or whole.interval is None or not rank or unit not in _UNIT_DAYS:
        return Reading("DURATION", value, None)
    days, held = _UNIT_DAYS[unit], whole.interval
    first = (
        held.latest - timedelta(days=days - 1)
        if rank < 0
        else held.earliest + timedelta(days=(rank - 1) * days)
    )
    if first > held.latest:
        return None
    last = min(first + timedelta(days=days - 1), held.latest)
    return Reading(
        "DURATION", value, Interval(first, last, "day" if days == 1 else "week" if days == 7 else "range")
    )


def _recent(parts: Parts, at: Moment) -> Reading | None:
    way = int(parts.value("recent") or 0)
    unit = parts.unit
    # "recent months" are about half a year, "recent days" about ten, the others about five or six
    span = {"D": 10, "Y": 5, "W": 6, "M": 6}.get(unit, 3)
    if way == 0 or "first" in parts.all:
        return Reading("DURATION", values.duration(None, unit), None)
    return Reading("DATE", "PAST_REF" if way < 0 else "FUTURE_REF", _around(at.base, way, unit, span))


def _often(parts: Parts, at: Moment) -> Reading | None:
    weekday = parts.value("weekdays") or parts.value("weekday")
    part = parts.value("nights") or parts.value("daypart")
    if weekday:
        return Reading("SET", f"XXXX-WXX-{weekday}" + (f"T{part}" if part else ""), None)
    if part:
        return Reading("SET", f"XXXX-XX-XXT{part}", None)
    if month := parts.month:
        return Reading("SET", f"XXXX-{month:02}", None)
    if often := parts.value("often"):
        return Reading("SET", often, None)
    if season := parts.value("season") or parts.value("seasons"):
        return Reading("SET", f"XXXX-{season}", None)
    count = (
        parts.count
        if parts.has("count1")
        else 2.0
        if "other" in parts.all
        else ordinal(parts.lowers("nth")) or 1.0
    )
    return Reading("SET", values.duration(count, parts.unit), None)


def _ref(parts: Parts, at: Moment) -> Reading | None:
    for name in ("now", "current", "past_or_future"):
        if found := parts.value(name):
            if found == "PAST_REF" and parts.has("now"):
                return Reading("DATE", found, _around(at.base, -1, "M", 3))
            return Reading(
                "DATE", found, values.interval_of(at.base.isoformat()) if found == "PRESENT_REF" else None
            )
    if "recently" in parts.all:
        return Reading("DATE", "PAST_REF", _around(at.base, -1, "M", 3))
    ahead = "term" in parts.all or "possible" in parts.all
    return Reading("DATE", "FUTURE_REF" if ahead else "PRESENT_REF", None)


RELATIVE: Mapping[str, Callable[[Parts, Moment], Reading | None]] = {
    "shifted": _shifted,
    "next_told": _next_told,
    "definite": _definite,
    "away": _away,
    "away_told": _away_told,
    "period": _period,
    "from_now": _from_now,
    "duration": _duration,
    "unit_within": _unit_within,
    "recent": _recent,
    "often": _often,
    "ref": _ref,
}
