"""Which days two places have at once: when it is Thursday in Tokyo, it may be Wednesday in Washington.

A report gives days by the clock of the place it is written at; what happened elsewhere happened there on the
same day or on one beside it. The clock is taken from the longitude, an hour for each 15 degrees, east of the
date line before the west: that is off by an hour or two in places, which moves no answer here by a day.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from communique.model import Interval, Place

FAR = 6
"""Hours of difference from which a day told in one place is worth widening in the other."""


def hours_ahead(of: Place, than: Place) -> float | None:
    """How many hours the clocks of one place are before those of another; None where a longitude is unknown.

    >>> tokyo = Place("Tokyo", "JPN", 35.7, 139.7, None)
    >>> washington = Place("Washington", "USA", 38.9, -77.0, None)
    >>> round(hours_ahead(tokyo, washington)), round(hours_ahead(washington, tokyo))
    (14, -14)
    """
    if of.longitude is None or than.longitude is None:
        return None
    return (of.longitude - than.longitude) / 15


def local_days(told: Interval, told_at: Place | None, happened_at: Place | None) -> Interval:
    """The days that a told day may have been where the thing happened: one more on the side of its clocks.

    Only a single day is widened, and only between places far apart; else the interval is as it was told.

    >>> from datetime import date
    >>> tokyo = Place("Tokyo", "JPN", 35.7, 139.7, None)
    >>> washington = Place("Washington", "USA", 38.9, -77.0, None)
    >>> wednesday = Interval(date(2024, 4, 10), date(2024, 4, 10), "day", "Wednesday")
    >>> local_days(wednesday, washington, tokyo).latest
    datetime.date(2024, 4, 11)
    >>> local_days(wednesday, tokyo, washington).earliest
    datetime.date(2024, 4, 9)
    """
    if told.days != 1 or told_at is None or happened_at is None:
        return told
    ahead = hours_ahead(happened_at, told_at)
    if ahead is None or abs(ahead) < FAR:
        return told
    day = timedelta(days=1)
    if ahead > 0:
        return replace(told, latest=told.latest + day, precision="range")
    return replace(told, earliest=told.earliest - day, precision="range")
