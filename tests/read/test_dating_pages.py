"""Undated page texts of known days: most windows hold the day, and are narrow where the text can tell."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from pathlib import Path
from statistics import median

import pytest
from pydantic import Field

from communique.domain.lexicon.chronicle import chronicle, levelled
from communique.domain.lexicon.dating import dating
from communique.domain.lexicon.gatherings import gatherings
from communique.domain.load import load_domain
from communique.domain.schema import Entry, FirstDay
from communique.domain.source import read_yaml
from communique.model import Document, Page, Publication
from communique.read.calendar_days import CALENDAR
from communique.read.documents import to_document

CASES = Path(__file__).parents[1] / "cases"
MONTH_DAY = re.compile(rf"(?:{dating(load_domain()).month})\.? \d{{1,2}}\b")


class PageCase(Entry):
    """A text and the day on which it appeared."""

    id: str
    day: FirstDay
    text: str = Field(min_length=200)


FORESEEN: tuple[PageCase, ...] = read_yaml(CASES / "dating_pages.yaml", tuple[PageCase, ...])
UNFORESEEN: tuple[PageCase, ...] = read_yaml(CASES / "dating_pages_unforeseen.yaml", tuple[PageCase, ...])


@cache
def published(text: str) -> Publication | None:
    document = to_document(Page("page.txt", text.encode(), "text/plain"), load_domain())
    assert isinstance(document, Document)
    return document.published


def holding(cases: tuple[PageCase, ...]) -> float:
    """The share of texts whose window holds the true day; a page without a window does not."""
    windows = [(published(case.text), case.day) for case in cases]
    return sum(w is not None and w.earliest <= day <= w.latest for w, day in windows) / len(windows)


def width(cases: tuple[PageCase, ...]) -> float:
    """The median width of the windows in days; no window is as wide as the calendar."""
    return median(w.interval.days if (w := published(case.text)) else CALENDAR.size for case in cases)


def with_a_day(cases: tuple[PageCase, ...]) -> tuple[PageCase, ...]:
    return tuple(case for case in cases if MONTH_DAY.search(case.text.partition("\n\n")[0]))


def test_the_cases_are_many_and_of_all_years_and_regions() -> None:
    assert len(FORESEEN) >= 60
    assert len(UNFORESEEN) >= 20
    assert {case.day.year for case in FORESEEN} == {*range(1995, 2026)}
    assert len({case.id for case in (*FORESEEN, *UNFORESEEN)}) == len(FORESEEN) + len(UNFORESEEN)
    for region in (
        "Israel",
        "Mali",
        "Colombia",
        "Korea",
        "NATO",
        "European Union",
        "India",
        "Ethiopia",
        "Iraq",
    ):
        assert sum(region in case.text for case in FORESEEN) >= 1, region


def test_most_windows_hold_the_day() -> None:
    assert holding(FORESEEN) >= 0.95
    assert holding(UNFORESEEN) >= 0.9


def test_windows_are_narrow_where_a_weekday_or_a_day_of_a_month_tells() -> None:
    assert width(FORESEEN) <= 7
    # of what no data foresee, a weekday alone leaves the term of those in office; a day of a month does not
    assert width(with_a_day(UNFORESEEN)) <= 2


@pytest.mark.parametrize("case", [*FORESEEN, *UNFORESEEN], ids=lambda case: case.id)
def test_grounds_are_verbatim_and_tell_every_narrowing(case: PageCase) -> None:
    found = published(case.text)
    if found is None:
        return
    assert found.earliest <= found.latest
    assert found.grounds
    for ground in found.grounds:
        if ground.start is not None:
            assert case.text[ground.start : ground.end] == ground.text


def test_a_text_about_nothing_known_is_not_dated_by_the_chronicle() -> None:
    told = {
        ground.text
        for case in UNFORESEEN
        if (found := published(case.text))
        for ground in found.grounds
        if ground.rule == "a known happening"
    }
    assert told == set()


def test_the_chronicle_is_in_order_and_findable() -> None:
    happenings = [one for of_weekday in chronicle(load_domain()) for one in of_weekday]
    assert len(happenings) > 250
    assert all(date(1995, 1, 1) <= one.day <= CALENDAR.last for one in happenings)
    assert len({(one.day, one.said) for one in happenings}) == len(happenings)
    assert all(len(one.said) >= 2 for one in happenings)
    for one in happenings:
        assert one.is_told(levelled(" ".join(item.split("/")[0] for item in one.said)))
        assert not one.is_told(levelled("A text about nothing in particular."))


def test_gatherings_last_some_days_at_most() -> None:
    for one in gatherings(load_domain()):
        assert (one.last - one.first).days <= 3, one
        assert set(one.bodies) <= load_domain().bodies.keys(), one
