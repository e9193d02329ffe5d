"""Pages that bound each other's day: copies, shared days, and what comes before and after."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.domain.lexicon.dating import STRETCHES, dating
from communique.domain.load import load_domain
from communique.model import Document, Family, Ground, Interval, Publication, Statement, Story
from communique.reconcile.publication_days import narrowed

WORDS = dating(load_domain())
TEXT = "The two navies begin their exercise on May 6, officers said."


def family(*ids: str) -> list[Family]:
    return [Family("f", ids, ids[0])]


def story(*ids: str) -> list[Story]:
    return [Story("s", ids, None)]


def in_parts(document: Document, *parts: tuple[str, str]) -> Document:
    """The page with a window of several parts."""
    told = ", ".join(f"{first}..{last}" for first, last in parts)
    first, last = date.fromisoformat(parts[0][0]), date.fromisoformat(parts[-1][1])
    return replace(document, published=Publication(first, last, None, "range", (Ground(STRETCHES, told),)))


def window(found: dict[str, Publication], doc_id: str) -> tuple[str, str]:
    return found[doc_id].earliest.isoformat(), found[doc_id].latest.isoformat()


def test_a_copy_has_the_day_of_the_dated_one_or_the_next(news: Any) -> None:
    documents = [news.page("wire", "2021-05-04"), news.page("copy", "2021"), news.page("bare")]
    found = narrowed(documents, family("wire", "copy", "bare"), [], [], WORDS)
    assert window(found, "copy") == window(found, "bare") == ("2021-05-04", "2021-05-05")
    assert found["copy"].grounds[-1].rule == "a copy of a dated page"
    assert "2021-05-04" in found["copy"].grounds[-1].text
    assert "wire" not in found


def test_a_copy_that_states_its_day_keeps_it(news: Any) -> None:
    reprint = news.page("reprint", "2021-05-09")
    stated = Publication(
        date(2021, 5, 9), date(2021, 5, 9), date(2021, 5, 9), "day", (Ground("metadata", "9 May 2021"),)
    )
    documents = [news.page("wire", "2021-05-04"), replace(reprint, published=stated)]
    assert narrowed(documents, family("reprint", "wire"), [], [], WORDS) == {}


def test_a_copy_that_cannot_be_of_that_day_is_left_alone(news: Any) -> None:
    documents = [news.page("wire", "2021-05-04"), news.page("copy", "2019")]
    assert narrowed(documents, family("copy", "wire"), [], [], WORDS) == {}


def test_a_shared_day_of_a_month_binds_the_year(news: Any) -> None:
    unsure = in_parts(
        news.page("unsure", "2021", TEXT), ("2021-04-29", "2021-05-05"), ("2022-04-29", "2022-05-05")
    )
    documents = [unsure, news.page("sure", "2022-05-07", "They met on May 6 and 7 off the cape.")]
    found = narrowed(documents, [], story("sure", "unsure"), [], WORDS)
    assert window(found, "unsure") == ("2022-04-29", "2022-05-05")
    assert [ground.rule for ground in found["unsure"].grounds] == ["names a day that a dated page names"]


@pytest.mark.parametrize("text", ["The two navies meet in May.", "The two navies met on May 6, 2019."])
def test_without_a_shared_day_nothing_is_bound(news: Any, text: str) -> None:
    unsure = in_parts(
        news.page("unsure", "2021", text), ("2021-04-29", "2021-05-05"), ("2022-04-29", "2022-05-05")
    )
    documents = [unsure, news.page("sure", "2022-05-07", "They met on May 6 off the cape.")]
    assert narrowed(documents, [], story("sure", "unsure"), [], WORDS) == {}


def test_other_stories_bind_nothing(news: Any) -> None:
    documents = [news.page("unsure", "2022", TEXT), news.page("sure", "2022-05-07", TEXT)]
    assert narrowed(documents, [], [*story("sure"), *story("unsure")], [], WORDS) == {}


def meeting(news: Any, doc_id: str, factuality: str, when: Interval) -> Statement:
    made: Statement = news.event(
        doc_id, "they meet", "CONSULT", ("JPN", "PHL"), (), mutual=True, factuality=factuality
    )
    return replace(made, when=when)


def test_a_page_that_looks_ahead_precedes_the_report(news: Any) -> None:
    sixth = Interval(date(2022, 5, 6), date(2022, 5, 6), "day", "Friday")
    documents = [news.page("before", "2022-04-01/2022-06-30"), news.page("after", "2022-05-07")]
    said = [meeting(news, "before", "planned", sixth), meeting(news, "after", "actual", sixth)]
    found = narrowed(documents, [], story("after", "before"), said, WORDS)
    assert window(found, "before") == ("2022-04-01", "2022-05-06")
    assert found["before"].grounds[-1].rule == "looks ahead to what a dated page tells of"
    said[0] = replace(said[0], factuality="actual")
    found = narrowed(documents, [], story("after", "before"), said, WORDS)
    assert window(found, "before") == ("2022-05-06", "2022-06-30")


def test_what_would_leave_no_day_is_not_applied(news: Any) -> None:
    sixth = Interval(date(2022, 5, 6), date(2022, 5, 6), "day", "Friday")
    documents = [news.page("late", "2022-05-10/2022-06-30"), news.page("after", "2022-05-07")]
    said = [meeting(news, "late", "planned", sixth), meeting(news, "after", "actual", sixth)]
    assert narrowed(documents, [], story("after", "late"), said, WORDS) == {}


def test_a_page_that_was_narrowed_narrows_its_copy(news: Any) -> None:
    unsure = in_parts(
        news.page("unsure", "2021", TEXT), ("2021-04-29", "2021-05-05"), ("2022-04-29", "2022-05-05")
    )
    documents = [unsure, news.page("sure", "2022-05-07", TEXT), news.page("copy")]
    found = narrowed(documents, family("copy", "unsure"), story("copy", "sure", "unsure"), [], WORDS)
    assert window(found, "copy") == ("2022-04-29", "2022-05-06")


@given(seed=st.integers(0, 2**16))
@settings(max_examples=25, deadline=None)
def test_any_order_gives_the_same(newsroom: Any, seed: int) -> None:
    news, order = newsroom(), random.Random(seed)
    documents = [
        news.page("a", "2022", TEXT), news.page("b", "2022-05-07", TEXT), news.page("c"),
        in_parts(news.page("d", "2021", TEXT), ("2021-05-01", "2021-05-04"), ("2022-05-01", "2022-05-04")),
    ]  # fmt: skip
    families, stories = family("b", "c"), story("a", "b", "c", "d")
    expected = narrowed(documents, families, stories, [], WORDS)
    order.shuffle(documents)
    assert narrowed(documents, family("c", "b"), story("d", "c", "a", "b"), [], WORDS) == expected
    for doc_id, found in expected.items():
        before = next(d.published for d in documents if d.doc_id == doc_id)
        assert before is None or before.earliest <= found.earliest <= found.latest <= before.latest
