from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.model import Interval
from communique.reconcile.days import agreement, around, gap, meant, nearest, occasions


def window(first: str, last: str | None = None) -> tuple[date, date]:
    return date.fromisoformat(first), date.fromisoformat(last or first)


def interval(first: str, last: str, text: str | None, precision: str = "range") -> Interval:
    return Interval(*window(first, last), precision, text)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("when", "first_days"),
    [
        (interval("2023-05-03", "2023-05-24", "Wednesday"), [3, 10, 17, 24]),
        (interval("2023-05-03", "2023-05-24", "on Wednesday, 10 May"), [3]),
        (interval("2023-05-03", "2023-05-24", "recent weeks"), [3]),
        (interval("2023-05-10", "2023-05-10", "Wednesday", "day"), [10]),
        (interval("2023-05-04", "2023-05-24", "Wednesday"), [4]),
    ],
)
def test_a_weekday_is_each_of_its_days_in_the_window(when: Interval, first_days: list[int]) -> None:
    assert [first.day for first, _ in occasions(when)] == first_days


def test_a_day_or_month_without_its_year_is_one_in_each_year() -> None:
    day = interval("2021-09-15", "2023-09-15", "September 15")
    assert [first.isoformat() for first, _ in occasions(day)] == ["2021-09-15", "2022-09-15", "2023-09-15"]
    month = interval("2022-02-01", "2024-02-29", "in February")
    assert [last.isoformat() for _, last in occasions(month)] == ["2022-02-28", "2023-02-28", "2024-02-29"]
    told = interval("2021-09-15", "2023-09-15", "15 September 2021 to 15 September 2023")
    assert occasions(told) == (window("2021-09-15", "2023-09-15"),)


def test_a_leap_day_is_only_in_leap_years() -> None:
    when = interval("2020-02-29", "2024-02-29", "February 29")
    assert [first.year for first, _ in occasions(when)] == [2020, 2024]


def test_a_page_narrows_what_it_can_mean() -> None:
    tuesdays = occasions(interval("2023-01-03", "2023-12-26", "Tuesday"))
    assert around(tuesdays, window("2023-06-07")) == (window("2023-06-06"), window("2023-06-13"))
    years = occasions(interval("2021-09-15", "2023-09-15", "September 15"))
    assert around(years, window("2022-08-01", "2022-08-31")) == (window("2022-09-15"),)
    assert around(years, window("1999-01-01")) == years
    assert around(years, None) == years


def test_what_remains_uncertain_is_none() -> None:
    tuesday = interval("2023-06-06", "2023-06-13", "Tuesday")
    assert meant(tuesday, None) is None
    assert meant(tuesday, None, [window("2023-06-05", "2023-06-09")]) == interval(
        "2023-06-06", "2023-06-06", "Tuesday", "day"
    )
    certain = interval("2023-06-05", "2023-06-09", "June 5-9")
    assert meant(certain, None) is certain


def test_a_day_and_the_next_agree_but_not_a_week_and_its_monday() -> None:
    monday, tuesday = window("2023-06-05"), window("2023-06-05", "2023-06-06")
    assert agreement(monday, tuesday) == 1.0
    assert agreement(monday, window("2023-06-05", "2023-06-11")) < 0.2


DAYS = st.integers(0, 400).map(lambda n: date(2023, 1, 1) + timedelta(n))
APART = st.lists(DAYS, min_size=1, max_size=6, unique=True).map(
    lambda days: tuple((d, d) for d in sorted(days))
)


@given(APART, APART)
def test_the_nearest_occasions_are_found(
    a: tuple[tuple[date, date], ...], b: tuple[tuple[date, date], ...]
) -> None:
    found = nearest(a, b)
    assert found is not None
    assert found[0] == min(gap(one, other) for one in a for other in b)
    assert nearest(a, ()) is None
