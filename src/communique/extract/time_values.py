"""TIMEX3 values and the days they stand for.

Values follow TIMEX3 (TimeML 1.2): `2024-04-06`, `2024-04`, `2024-W14`, `2024-Q1`, `2024-SU`, `2024`, `202` (a
decade), `20` (a century), `BC0480`, `2024-04-06T17:00`, `2024-04-06TMO`, `P5Y`, `PT2H`, `PXW`, `PAST_REF`.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from communique.model import Interval, Precision

_VALUE = re.compile(
    r"(?P<year>\d{4})(?:-(?:(?P<month>\d\d)(?:-(?P<day>\d\d))?|W(?P<week>\d\d)(?:-(?P<wday>[1-7]|WE))?"
    r"|Q(?P<quarter>[1-4])|H(?P<half>[12])|(?P<season>SP|SU|FA|WI)))?(?:T.*)?"
)
_SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def plus_months(day: date, months: int) -> date:
    """`day` so many months away, the last of the month where there is no such day.

    >>> plus_months(date(2024, 3, 31), -1)
    datetime.date(2024, 2, 29)
    """
    whole = day.year * 12 + day.month - 1 + months
    year, month = min(max(whole // 12, 1), 9999), whole % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def week_value(day: date, suffix: str = "") -> str:
    """The ISO week of a day.

    >>> week_value(date(2024, 4, 6))
    '2024-W14'
    """
    iso = day.isocalendar()
    return f"{iso.year:04}-W{iso.week:02}{suffix}"


def easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar (the anonymous algorithm of 1876).

    >>> easter(2024)
    datetime.date(2024, 3, 31)
    """
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def orthodox_easter(year: int) -> date:
    """Easter Sunday of the Julian calendar, as a day of the Gregorian one (algorithm of Meeus; 1900 to 2099).

    >>> orthodox_easter(2024)
    datetime.date(2024, 5, 5)
    """
    a, b, c = year % 4, year % 7, year % 19
    d = (19 * c + 15) % 30
    e = (2 * a + 4 * b - d + 34) % 7
    month, day = divmod(d + e + 114, 31)
    return date(year, month, day + 1) + timedelta(days=13)


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """The n-th Monday (1) to Sunday (7) of a month; -1 is the last.

    >>> nth_weekday(2023, 11, 4, 4)
    datetime.date(2023, 11, 23)
    """
    if nth < 0:
        last = month_end(year, month)
        return last - timedelta(days=(last.isoweekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (nth - 1))


def interval_of(value: str, part: str = "", text: str | None = None) -> Interval | None:
    """The days a DATE or TIME value stands for; `part` START, MID or END keeps that third of them.

    None for what is not a stretch of known days (`PAST_REF`, `XXXX-01-13`, `BC0480`, a duration).

    >>> interval_of("2023-Q1").latest
    datetime.date(2023, 3, 31)
    >>> interval_of("202").earliest, interval_of("XXXX-01") is None
    (datetime.date(2020, 1, 1), True)
    """
    try:
        bounds = _bounds(value)
    except (ValueError, OverflowError):
        return None
    if bounds is None:
        return None
    earliest, latest, precision = bounds
    if part in ("START", "MID", "END") and latest > earliest:
        third = ((latest - earliest).days + 1) // 3
        if part != "START":
            earliest = latest - timedelta(days=third) if part == "END" else earliest + timedelta(days=third)
        if part != "END":
            latest = earliest + timedelta(days=third)
        precision = "range"
    return Interval(earliest, latest, precision, text)


def _bounds(value: str) -> tuple[date, date, Precision] | None:
    if re.fullmatch(r"\d{3}", value):
        return date(int(value) * 10, 1, 1), date(int(value) * 10 + 9, 12, 31), "decade"
    if re.fullmatch(r"\d{2}", value):
        return date(int(value) * 100, 1, 1), date(int(value) * 100 + 99, 12, 31), "range"
    found = _VALUE.fullmatch(value)
    if found is None:
        return None
    year = int(found["year"])
    if found["day"]:
        day = date(year, int(found["month"]), int(found["day"]))
        return day, day, "day"
    if found["month"]:
        return date(year, int(found["month"]), 1), month_end(year, int(found["month"])), "month"
    if found["week"]:
        monday = date.fromisocalendar(year, int(found["week"]), 1)
        if found["wday"] == "WE":
            return monday + timedelta(days=5), monday + timedelta(days=6), "day"
        if found["wday"]:
            day = monday + timedelta(days=int(found["wday"]) - 1)
            return day, day, "day"
        return monday, monday + timedelta(days=6), "week"
    if found["quarter"]:
        last = 3 * int(found["quarter"])
        return date(year, last - 2, 1), month_end(year, last), "quarter"
    if found["half"]:
        last = 6 * int(found["half"])
        return date(year, last - 5, 1), month_end(year, last), "range"
    if found["season"]:
        first = date(year, _SEASONS[found["season"]], 1)
        end = plus_months(first, 2)
        return first, month_end(end.year, end.month), "season"
    return date(year, 1, 1), date(year, 12, 31), "year"


def shifted(day: date, unit: str, steps: int) -> str:
    """The calendar unit so many steps from the one that holds `day`.

    >>> day = date(2024, 4, 6)
    >>> shifted(day, "Q", -1), shifted(day, "W", 1), shifted(day, "DE", -1)
    ('2024-Q1', '2024-W15', '201')
    """
    if unit == "D":
        return (day + timedelta(days=steps)).isoformat()
    if unit in ("W", "WE", "2W"):
        return week_value(day + timedelta(days=7 * steps), "-WE" if unit == "WE" else "")
    if unit == "M":
        return plus_months(day, steps).isoformat()[:7]
    if unit == "Q":
        moved = plus_months(day, 3 * steps)
        return f"{moved.year:04}-Q{(moved.month + 2) // 3}"
    years = {"Y": 1, "DE": 10, "CE": 100, "ME": 1000}.get(unit)
    if years is None:
        return day.isoformat()
    moved_year = day.year + steps * years
    return f"{moved_year:04}"[: {"Y": 4, "DE": 3, "CE": 2, "ME": 1}[unit]]


def away(day: date, unit: str, count: float) -> str:
    """The value of a point `count` units from `day`, as coarse as the unit.

    >>> away(date(2024, 4, 6), "Y", -2), away(date(2024, 4, 6), "D", 3), away(date(2024, 4, 6), "DE", -2)
    ('2022', '2024-04-09', '2004')
    """
    try:
        if unit == "D":
            return (day + timedelta(days=round(count))).isoformat()
        if unit in ("W", "2W", "WE"):
            days = round(count * (14 if unit == "2W" else 7))
            return week_value(day + timedelta(days=days))
        if unit in ("M", "Q", "6M"):
            return plus_months(day, round(count * {"M": 1, "Q": 3, "6M": 6}[unit])).isoformat()[:7]
        if unit.startswith("T"):
            return day.isoformat()
        years = round(count * {"Y": 1, "DE": 10, "CE": 100, "ME": 1000}[unit])
    except OverflowError:
        return "PAST_REF" if count < 0 else "FUTURE_REF"
    if unit == "Y" and count != int(count):
        return plus_months(day, round(count * 12)).isoformat()[:7]
    if not 1 <= day.year + years <= 9999:
        return "PAST_REF" if count < 0 else "FUTURE_REF"
    return f"{day.year + years:04}"


def duration(count: float | None, unit: str) -> str:
    """The value of a duration; an unknown count is X.

    >>> duration(5, "Y"), duration(2.5, "Y"), duration(None, "W"), duration(5.5, "TH"), duration(3, "2W")
    ('P5Y', 'P2Y6M', 'PXW', 'PT5H30M', 'P6W')
    """
    if unit == "WE":
        unit, count = "D", None if count is None else 2 * count
    if unit[:1].isdigit():
        count, unit = (None if count is None else count * int(unit[0])), unit[1:]
    time = unit.startswith("T")
    letter = unit[1:] if time else unit
    head = "PT" if time else "P"
    if count is None:
        return f"{head}X{letter}"
    whole = int(count)
    rest = count - whole
    smaller = {"Y": ("M", 12), "TH": ("M", 60), "TM": ("S", 60)}.get(unit)
    if rest and smaller:
        more = round(rest * smaller[1])
        return head + (f"{whole}{letter}" if whole else "") + (f"{more}{smaller[0]}" if more else "")
    return f"{head}{whole if not rest else round(count, 2)}{letter}"


def masked(one: str, other: str) -> str:
    """What two values share; where they differ, X.

    >>> masked("2023-01-13", "2024-01-13"), masked("2023-W01", "2024-W03")
    ('XXXX-01-13', 'XXXX-WXX')
    """
    if one == other:
        return one
    if len(one) != len(other):
        return re.sub(r"\d", "X", one)
    parts = []
    for left, right in zip(re.split(r"([-T])", one), re.split(r"([-T])", other), strict=False):
        parts.append(left if left == right else re.sub(r"\d", "X", left))
    return "".join(parts)
