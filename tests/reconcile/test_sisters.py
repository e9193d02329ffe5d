from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from communique.model import Document, Interval, Statement, Story
from communique.reconcile.sisters import dated_by_sisters

ONE_STORY = [Story("s", ("old", "new"), None)]


def signing(news: Any, doc_id: str, when: Interval, *parties: str) -> Statement:
    made: Statement = news.event(doc_id, "they signed the accord", "SUPPORT", parties, (), mutual=True)
    return replace(made, when=when)


def pages(news: Any) -> dict[str, Document]:
    return {"old": news.page("old", "2021-01-01/2024-12-31"), "new": news.page("new", "2023-06-07")}


WEDNESDAY = Interval(date(2023, 6, 7), date(2023, 6, 7), "day", "Wednesday")
ANY_WEDNESDAY = Interval(date(2021, 1, 6), date(2024, 12, 25), "range", "Wednesday")


def test_an_undated_page_is_of_the_time_of_its_sister(news: Any) -> None:
    said = [signing(news, "old", ANY_WEDNESDAY, "POL", "LTU"), signing(news, "new", WEDNESDAY, "LTU", "POL")]
    found = dated_by_sisters(pages(news), ONE_STORY, said)["old"].published
    assert found is not None
    assert (found.earliest, found.latest) == (date(2023, 5, 28), date(2023, 6, 17))
    assert found.grounds[-1].rule == "sister pages"


def test_a_story_alone_dates_nothing(news: Any) -> None:
    documents = pages(news)
    others = [
        signing(news, "old", ANY_WEDNESDAY, "POL", "EST"),
        signing(news, "new", WEDNESDAY, "LTU", "POL"),
    ]
    assert dated_by_sisters(documents, ONE_STORY, others) == documents
    friday = replace(ANY_WEDNESDAY, earliest=date(2021, 1, 1), latest=date(2024, 12, 27), text="Friday")
    later = [signing(news, "old", friday, "POL", "LTU"), signing(news, "new", WEDNESDAY, "LTU", "POL")]
    assert dated_by_sisters(documents, ONE_STORY, later) == documents
    same = [signing(news, "old", ANY_WEDNESDAY, "POL", "LTU"), signing(news, "new", WEDNESDAY, "LTU", "POL")]
    apart = [Story("s", ("old",), None), Story("t", ("new",), None)]
    assert dated_by_sisters(documents, apart, same) == documents


def test_a_page_that_cannot_be_of_that_time_stays_as_it_is(news: Any) -> None:
    documents = {**pages(news), "old": news.page("old", "2024-02-01/2024-12-31")}
    said = [signing(news, "old", ANY_WEDNESDAY, "POL", "LTU"), signing(news, "new", WEDNESDAY, "LTU", "POL")]
    assert dated_by_sisters(documents, ONE_STORY, said) == documents
