"""Days told in one place and meant in another."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from communique.domain.date_line import FAR, hours_ahead, local_days
from communique.domain.places import places
from communique.model import Interval, Place

SEOUL, CHICAGO, LONDON = (places().named(name) for name in ("Seoul", "Chicago", "London"))
DAY = Interval(date(2024, 5, 1), date(2024, 5, 1), "day", "Wednesday")
somewhere = st.floats(-180, 180).map(lambda longitude: Place("a place", None, 0.0, longitude, None))


def test_the_east_may_be_a_day_ahead() -> None:
    there = local_days(DAY, CHICAGO, SEOUL)
    assert (there.earliest, there.latest) == (DAY.earliest, DAY.earliest + timedelta(days=1))
    back = local_days(DAY, SEOUL, CHICAGO)
    assert (back.earliest, back.latest) == (DAY.earliest - timedelta(days=1), DAY.earliest)


def test_near_places_unknown_places_and_longer_stretches_stay() -> None:
    week = Interval(date(2024, 5, 1), date(2024, 5, 7), "week")
    assert local_days(DAY, LONDON, places().named("Warsaw")) == DAY
    assert local_days(DAY, None, SEOUL) == local_days(DAY, SEOUL, None) == DAY
    assert local_days(DAY, Place("nowhere", None, None, None, None), SEOUL) == DAY
    assert local_days(week, CHICAGO, SEOUL) == week


@given(told_at=somewhere, happened_at=somewhere)
def test_at_most_one_day_more_and_never_another(told_at: Place, happened_at: Place) -> None:
    found = local_days(DAY, told_at, happened_at)
    assert found.days in (1, 2)
    assert found.overlaps(DAY)
    ahead = hours_ahead(happened_at, told_at)
    assert ahead is not None
    assert (found.days == 2) == (abs(ahead) >= FAR)
