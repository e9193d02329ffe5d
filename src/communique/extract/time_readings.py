"""What each kind of time expression means, told from a day and from what was told before."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Literal, TypeAlias

from communique.domain.lexicon.numerals import numerals, number, ordinal
from communique.domain.lexicon.times import TimeLexicon, time_lexicon
from communique.extract import time_values as values
from communique.extract.phrases import Phrase, Word
from communique.extract.tense import Direction
from communique.model import Interval

TimexType: TypeAlias = Literal["DATE", "TIME", "DURATION", "SET"]


@dataclass(frozen=True, slots=True)
class Reading:
    """Type, TIMEX3 value, and the days it stands for where they are known."""

    type: TimexType
    value: str
    interval: Interval | None


@dataclass
class Moment:
    """Where the telling stands: the page's day, the last date told of, and how to ask for past or ahead."""

    anchor: date
    narrative: bool
    told: Interval | None = None
    told_value: str = ""
    direction: Callable[[], Direction] = lambda: 0
    near: str = ""
    lead: str = ""

    @property
    def base(self) -> date:
        """The day from which "this" and "last" count: in a history the day told of."""
        return self.told.earliest if self.narrative and self.told else self.anchor

    @property
    def then(self) -> date:
        """The day told of, the page's own where none was."""
        return self.told.earliest if self.told else self.anchor


@dataclass(frozen=True)
class Parts:
    """The words of one phrase, asked for by class or piece."""

    phrase: Phrase
    words: Sequence[Word]
    lexicon: TimeLexicon

    def lowers(self, name: str) -> list[str]:
        """The words of the last stretch that matched a class or piece."""
        spans = self.phrase.parts.get(name)
        return [word.lower for word in self.words[spans[-1][0] : spans[-1][1]]] if spans else []

    def has(self, *names: str) -> bool:
        """Whether any of the classes or pieces matched."""
        return any(name in self.phrase.parts for name in names)

    def value(self, name: str) -> str | None:
        """What the word of a class means."""
        lowers = self.lowers(name)
        return self.lexicon.words[name].get(lowers[0]) if lowers else None

    @cached_property
    def all(self) -> list[str]:
        """Every word of the phrase."""
        return [word.lower for word in self.words[self.phrase.first : self.phrase.last]]

    @property
    def part(self) -> str:
        """START, MID or END where the phrase says early, middle or late."""
        if (part := self.value("part")) in ("START", "MID", "END"):
            return part
        return "START" if "early" in self.all else "END" if "late" in self.all or "latter" in self.all else ""

    @property
    def day(self) -> int | None:
        """The day of the month."""
        if lowers := self.lowers("day"):
            return int(lowers[0])
        return ordinal(self.lowers("dayth")) if self.has("dayth") else None

    @property
    def month(self) -> int | None:
        """The month."""
        return int(found) if (found := self.value("month")) else None

    @property
    def unit(self) -> str:
        """The unit of time."""
        for name in ("unit", "units", "bare_units", "calendar_unit"):
            if spans := self.phrase.parts.get(name):
                return self.lexicon.words[name][self.words[spans[0][0]].lower]
        return "Y" if "year" in self.all else ""

    @property
    def shift(self) -> int:
        """How many units away."""
        if "past" in self.all and not self.has("anaphoric"):
            return -1
        if "coming" in self.all:
            return 1
        return int(self.value("shift") or self.value("anaphoric") or 0)

    @property
    def count(self) -> float | None:
        """How many; None for "a few"."""
        lowers = self.lowers("count1") if self.has("count1") else ["a"]
        if self.has("count"):
            first, _ = self.phrase.parts["count1"][0]
            lowers = [word.lower for word in self.words[first : self.phrase.parts["count1"][0][1]]]
        if "couple" in lowers:
            return 2
        if set(lowers) & {"few", "several", "many"}:
            return None
        if "half" in self.all and self.has("unit") and not self.has("count1"):
            return 1.5 if "and" in self.all else 0.5
        if lowers in (["a"], ["an"]):
            return 1
        return number(lowers)


# how much farther away a day or month may lie where the tense speaks for it
_AGAINST_TENSE = {"day": 5, "month": 9}


def _date(value: str, part: str = "", type_: TimexType = "DATE") -> Reading:
    return Reading(type_, value, values.interval_of(value, part))


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
        lowers = [lower for lower in (parts.lowers("teenyear") or parts.lowers("twothousand")) if lower != "-"]
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


def _nearest(options: list[tuple[date, date]], at: Moment) -> int:
    """Which of several stretches of days (in order) is meant, by tense."""
    way, base = at.direction(), at.base

    against = _AGAINST_TENSE["day" if options[0][0] == options[0][1] else "month"]

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
        return _date(found.value.partition("T")[0] + suffix, "", "TIME") if found else None
    if month is None and season is None:
        if day is not None:
            return _day_of_month(parts, at)
        return _date(f"BC{year:04}" if era else f"{year:04}", parts.part) if year is not None else None
    if year is None:
        year = _missing_year(parts, at, month, day, season)
    head = f"BC{year:04}" if era else f"{year:04}"
    if season:
        return _date(f"{head}-{season}", parts.part)
    if day is None:
        return _date(f"{head}-{month:02}", parts.part)
    value = f"{head}-{month:02}-{day:02}"
    if not era and values.interval_of(value) is None:
        return None
    return _date(value + suffix, "", "TIME" if suffix else "DATE")


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
        return _date(f"{day.isoformat()}T{part}", "", "TIME")
    return _date(day.isoformat())


def _deictic(parts: Parts, at: Moment) -> Reading | None:
    day = at.anchor + timedelta(days=int(parts.value("deictic") or 0))
    part = parts.value("daypart") or parts.value("nights")
    return _date(day.isoformat() + (f"T{part}" if part else ""), "", "TIME" if part else "DATE")


def _tonight(parts: Parts, at: Moment) -> Reading | None:
    return _date(f"{at.anchor.isoformat()}TNI", "", "TIME")


def _daypart(parts: Parts, at: Moment) -> Reading | None:
    part = parts.value("daypart")
    told = parts.has("anaphoric") or not parts.has("shift")
    day = (at.then if told else at.base) + timedelta(days=parts.shift)
    return _date(f"{day.isoformat()}T{part}", "", "TIME")


def _day_of_month(parts: Parts, at: Moment) -> Reading | None:
    value = f"{at.then.isoformat()[:7]}-{parts.day or 0:02}"
    return _date(value) if values.interval_of(value) else None


def _neighbour(parts: Parts, at: Moment) -> Reading | None:
    step = -1 if "before" in parts.all else 1
    found = _deictic(parts, at) if parts.has("deictic") else _weekday(parts, at)
    return _date((found.interval.earliest + timedelta(days=step)).isoformat()) if found and found.interval else None


def _numeric(parts: Parts, at: Moment) -> Reading | None:
    text = parts.all[0]
    if parts.has("iso"):
        return _date(text) if values.interval_of(text) else None
    one, two, year = (int(figure) for figure in re.split(r"[./]", text))
    if year < 100:
        year += 1900 if year > 50 else 2000
    # with points the day stands first, as on the continent; with strokes the month, unless it cannot
    month, day = (two, one) if "." in text or one > 12 else (one, two)
    value = f"{year:04}-{month:02}-{day:02}"
    return _date(value) if values.interval_of(value) else None


def _decade(parts: Parts, at: Moment) -> Reading | None:
    if tens := parts.value("nineties"):
        century = number([word for word in parts.lowers("numeral")]) if parts.has("numeral") else None
        return _date(f"{int(century) if century else (at.base.year - 1) // 100:02}{tens}"[-3:], parts.part)
    figures = re.sub(r"\D", "", parts.lowers("decade")[0])
    if len(figures) == 2:
        figures = ("19" if int(figures) > at.anchor.year % 100 or at.anchor.year < 2000 else "20") + figures
    value = f"{int(figures) // 10:03}"
    return _date(f"BC{value}" if parts.has("era") else value, parts.part)


def _century(parts: Parts, at: Moment) -> Reading | None:
    rank = ordinal(parts.lowers("nth"))
    if rank is None:
        return None
    if any(word in numerals().cardinals for word in parts.all):
        rank = ordinal([word for word in parts.all if word in numerals().cardinals or word in numerals().ordinals])
    value = f"{(rank or 1) - 1:02}"
    return _date(f"BC{value}" if parts.has("era") else value, parts.part)


def _quarter(parts: Parts, at: Moment) -> Reading | None:
    half = parts.has("half")
    if lowers := parts.lowers("digits"):
        rank: int | None = int(lowers[0])
    else:
        rank = ordinal(parts.lowers("nth"))
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
        year = known[_nearest(known, at)][0].year
    if {"ago", "earlier"} & set(parts.all):
        year -= 1
    return _date(f"{year:04}-{letter}{rank}", parts.part)


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
    return _date(values.week_value(day) if extra == "week" else day.isoformat())


def _shifted(parts: Parts, at: Moment) -> Reading | None:
    unit = parts.unit
    base = at.then if parts.has("anaphoric") else at.base
    if "past" in parts.all and "this" not in parts.all and not parts.has("part"):
        value = values.duration(1, unit)
        return Reading("DURATION", value, _around(base, -1, unit))
    shift = parts.shift
    if "current" in parts.all or "latest" in parts.all and unit != "Q":
        shift = 0
    return _date(values.shifted(base, unit, shift), parts.part)


def _next_told(parts: Parts, at: Moment) -> Reading | None:
    base = at.then
    if season := parts.value("season"):
        return _date(f"{base.year + (values.interval_of(f'{base.year}-{season}').earliest <= base):04}-{season}")  # type: ignore[union-attr]
    if parts.has("weekday"):
        wanted = int(parts.value("weekday") or 1)
        return _date((base + timedelta(days=(wanted - base.isoweekday()) % 7 or 7)).isoformat())
    if part := parts.value("daypart"):
        return _date(f"{(base + timedelta(days=1)).isoformat()}T{part}", "", "TIME")
    return _date(values.shifted(base, parts.unit, 1), parts.part)


def _definite(parts: Parts, at: Moment) -> Reading | None:
    unit = parts.unit
    base = at.then if unit in ("D", "Q") or at.narrative or not at.told else at.base
    if unit == "WE":
        base = at.base + timedelta(days=7 if at.direction() > 0 and at.base.isoweekday() > 5 else 0)
        if at.direction() <= 0 and at.base.isoweekday() < 6:
            base -= timedelta(days=7)
    if unit == "Q" and not at.told_value[4:6] == "-Q":
        base = values.plus_months(at.base, -3 if at.direction() <= 0 else 0)
    part = "END" if "end" in parts.all else parts.part
    return _date(values.shifted(base, unit, 0), part)


def _week_of(parts: Parts, at: Moment) -> Reading | None:
    found = _calendar(parts, at)
    return _date(values.week_value(found.interval.earliest)) if found and found.interval else None


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
    if unit == "Q" or (unit == "Y" and False):
        return _date(values.shifted(base, "Q", way * round(count)))
    return _date(values.away(base, unit, way * count))


def _away(parts: Parts, at: Moment) -> Reading | None:
    if parts.unit == "Y" and parts.has("unit") and parts.count == 1 and at.told_value[4:6] == "-Q":
        return _date(f"{int(at.told_value[:4]) - 1:04}{at.told_value[4:]}")
    return _away_from(parts, at.base, -1)


def _period(parts: Parts, at: Moment) -> Reading | None:
    """The period reported on ("the latest quarter"), or the same one a year before ("the year-ago period")."""
    base = at.told_value if at.told_value[4:6] == "-Q" else values.shifted(at.base, "Q", -1)
    if lowers := parts.lowers("year"):
        return _date(f"{lowers[0]}{base[4:]}" if at.told_value[4:6] == "-Q" else lowers[0])
    back = 1 if {"ago", "earlier"} & set(parts.all) else 0
    return _date(f"{int(base[:4]) - back:04}{base[4:]}")


def _away_told(parts: Parts, at: Moment) -> Reading | None:
    way = int(parts.value("since_then") or 1)
    if parts.unit == "Y" and parts.has("unit") and parts.count == 1 and at.told_value[4:6] == "-Q":
        return _date(f"{int(at.told_value[:4]) + way:04}{at.told_value[4:]}")
    return _away_from(parts, at.then, way)


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
    if recent and recent != "0" or at.lead in parts.lexicon.tense.within:
        way = int(recent or 1)
        interval = _around(at.base, way, unit, count if count is not None else 6)
    return Reading("DURATION", values.duration(count, unit), interval)


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
    count = parts.count if parts.has("count1") else 2.0 if "other" in parts.all else ordinal(parts.lowers("nth")) or 1.0
    return Reading("SET", values.duration(count, parts.unit), None)


def _clock(parts: Parts, at: Moment) -> Reading | None:
    if parts.has("mdy", "dmy"):
        found = _calendar(parts, at)
    elif parts.has("weekday"):
        found = _weekday(parts, at)
    elif parts.has("deictic"):
        found = _deictic(parts, at)
    else:
        day = at.then if at.told and at.told.days == 1 else at.anchor
        found = _date(day.isoformat())
    if found is None or found.interval is None:
        return None
    day_value = found.value.partition("T")[0]
    if moment := parts.value("moment"):
        return _date(f"{day_value}T{moment}", "", "TIME")
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
    return _date(f"{day_value}T{hour:02}:{minutes or '00'}", "", "TIME")


def _ref(parts: Parts, at: Moment) -> Reading | None:
    for name in ("now", "current", "past_or_future"):
        if found := parts.value(name):
            if found == "PAST_REF" and parts.has("now"):
                return Reading("DATE", found, _around(at.base, -1, "M", 3))
            return Reading("DATE", found, values.interval_of(at.base.isoformat()) if found == "PRESENT_REF" else None)
    if "recently" in parts.all:
        return Reading("DATE", "PAST_REF", _around(at.base, -1, "M", 3))
    ahead = "term" in parts.all or "possible" in parts.all
    return Reading("DATE", "FUTURE_REF" if ahead else "PRESENT_REF", None)


READINGS: Mapping[str, Callable[[Parts, Moment], Reading | None]] = {
    "calendar": _calendar, "weekday": _weekday, "deictic": _deictic, "tonight": _tonight, "daypart": _daypart,
    "day_of_month": _day_of_month, "neighbour": _neighbour, "numeric": _numeric, "decade": _decade,
    "century": _century, "quarter": _quarter, "fiscal": _fiscal, "holiday": _holiday, "shifted": _shifted,
    "next_told": _next_told, "definite": _definite, "week_of": _week_of, "away": _away, "away_told": _away_told,
    "from_now": _from_now, "period": _period, "duration": _duration, "recent": _recent, "often": _often, "clock": _clock, "ref": _ref,
}  # fmt: skip
