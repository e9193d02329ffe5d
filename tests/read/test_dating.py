"""Windows of publication: each holds the true day and is no wider than said."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.domain.lexicon.dating import Sign, dating
from communique.domain.load import load_domain
from communique.model import Document, Page
from communique.read.calendar_days import CALENDAR
from communique.read.dating import read_day
from communique.read.documents import to_document

CASES = yaml.safe_load((Path(__file__).parent.parent / "cases" / "dating.yaml").read_text("utf-8"))
WORDS = dating(load_domain())


def document_of(text: str, url: str | None = None, meta: dict[str, str] | None = None) -> Document:
    document = to_document(Page("page.txt", text.encode(), "text/plain", url, meta or {}), load_domain())
    assert isinstance(document, Document)
    return document


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_windows(case: dict[str, Any]) -> None:
    document = document_of(case["text"], case.get("url"), case.get("meta"))
    found = document.published
    if case.get("none"):
        assert found is None
        return
    assert found is not None
    assert found.earliest <= case["day"] <= found.latest, found
    assert found.interval.days <= case["width"], found
    assert found.best is None or found.earliest <= found.best <= found.latest
    assert "rule" not in case or case["rule"] in [ground.rule for ground in found.grounds]
    for ground in found.grounds:
        if ground.start is not None:
            assert document.text[ground.start : ground.end] == ground.text


def test_a_clue_that_contradicts_surer_ones_is_kept_as_dropped() -> None:
    document = document_of(
        "Prime Minister Liz Truss met President Emmanuel Macron on Thursday. "
        "In 2024 the ships were sold, the report said. They had been built in 1999."
    )
    assert document.published is not None
    assert document.published.latest.year == 2022
    dropped = [g for g in document.published.grounds if "dropped" in g.rule]
    assert [ground.text for ground in dropped] == ["2024"]


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2023-01-13T23:30:00-05:00", date(2023, 1, 13)),
        ("Fri, 13 Jan 2023 23:30:00 -0500", date(2023, 1, 13)),
        ("13 January 2023", date(2023, 1, 13)),
        ("Jan. 13, 2023 at 4 p.m.", date(2023, 1, 13)),
        ("26.06.2023, 11:42", date(2023, 6, 26)),
        ("06/26/2023", date(2023, 6, 26)),
        ("03/04/2023", None),
        ("2023-02-30", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_days_in_full(words: str, day: date | None) -> None:
    assert read_day(words, WORDS) == day


@given(st.text(max_size=60))
@settings(max_examples=100, deadline=None)
def test_any_words_may_be_given_as_a_day(words: str) -> None:
    found = read_day(words, WORDS)
    assert found is None or isinstance(found, date)


def test_every_sign_finds_its_examples_and_not_its_counter_examples() -> None:
    for name, sign in WORDS:
        if isinstance(sign, Sign):
            for example in sign.examples:
                assert sign.regex.search(example), (name, example)
            for example in sign.counter:
                assert not sign.regex.search(example), (name, example)


def test_what_tells_the_past_is_found_in_its_examples_and_not_in_the_others() -> None:
    for example in WORDS.gone.examples:
        assert WORDS.gone.places(example), example
    for example in WORDS.gone.counter:
        assert not WORDS.gone.places(example), example


def test_days_around_others() -> None:
    days = CALENDAR.around([date(2020, 3, 1)], 1, 2)
    assert CALENDAR.dates(days) == [date(2020, 2, 29), date(2020, 3, 1), date(2020, 3, 2), date(2020, 3, 3)]
    assert CALENDAR.bounds(CALENDAR.none()) is None
    assert CALENDAR.bounds(CALENDAR.between(None, date(2000, 1, 1))) is None
    fridays = CALENDAR.on_weekday(4) & CALENDAR.month(2024, 4)
    assert [day.day for day in CALENDAR.dates(fridays)] == [5, 12, 19, 26]
