from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from communique.model import Fact, Interval, Object, Participant, Statement
from communique.reconcile.facts import facts


def the_fact(said: list[Statement], documents: dict[str, Any]) -> Fact:
    (found,) = facts(said, documents)
    return found


def visit(news: Any, doc_id: str, quote: str, when: str | None, **more: Any) -> Statement:
    made: Statement = news.event(
        doc_id, quote, "CONSULT", ("ana-silva/PRT",), ("NOR",), when, mode="visit", **more
    )
    return made


def test_a_visit_has_its_whole_length(news: Any) -> None:
    said = [
        visit(news, "a", "during her visit to Norway on 5-9 June", "2023-06-05/2023-06-09"),
        visit(news, "b", "Silva went to Norway on Tuesday for a visit", "2023-06-06"),
    ]
    fact = the_fact(said, {i: news.page(i, "2023-06-06") for i in "ab"})
    assert fact.when == said[0].when


def test_an_undated_weekday_takes_the_day_of_the_others(news: Any) -> None:
    tuesday = Interval(date(2023, 1, 3), date(2023, 12, 26), "range", "Tuesday")
    said = [
        visit(news, "a", "during her visit to Norway on 5-9 June", "2023-06-05/2023-06-09"),
        replace(visit(news, "b", "Silva begins a visit to Norway on Tuesday", None), when=tuesday),
    ]
    documents = {"a": news.page("a", "2023-06-03"), "b": news.page("b", "2023-06-01/2023-06-12")}
    assert the_fact(said, documents).when == said[0].when


def test_what_is_told_of_a_day_to_come_is_planned_whatever_its_tense(news: Any) -> None:
    meets = news.event(
        "a",
        "Silva meets the king in Oslo on Friday",
        "CONSULT",
        ("PRT", "NOR"),
        (),
        "2023-06-09",
        mutual=True,
    )
    before = {"a": news.page("a", "2023-06-07")}
    after = {"a": news.page("a", "2023-06-10")}
    assert the_fact([meets], before).factuality == "planned"
    assert the_fact([meets], after).factuality == "actual"


def test_a_heading_is_no_fragment(news: Any) -> None:
    said = [
        visit(news, "a", "that Silva paid to Norway in June 2023", "2023-06"),
        visit(news, "b", "Silva paid a visit to Norway in June 2023, her office said", "2023-06"),
    ]
    fact = the_fact(said, {i: news.page(i, "2023-07-01") for i in "ab"})
    assert fact.about == said[1].quote


def test_where_all_are_fragments_the_sentence_is_given(news: Any) -> None:
    text = "Rain fell. It was the third visit that she has paid to Norway, the U.S. said. They left."
    quote = "that she has paid to Norway"
    start = text.index(quote)
    said = replace(visit(news, "a", quote, None), start=start, end=start + len(quote))
    at = text.index("she")
    said = replace(
        said,
        actors=tuple(Participant(a.role, a.id, a.name, a.kind, a.state, at, at + 3) for a in said.actors),
    )
    fact = the_fact([said], {"a": news.page("a", "2023-07-01", text=text)})
    assert fact.about == "It was the third visit that she has paid to Norway, the U.S. said."


def test_what_names_its_object_is_preferred_to_what_does_not(news: Any) -> None:
    plan = Object("total defence plan", "norway-total-defence-plan")
    said = [
        replace(news.event(doc_id, quote, "ADOPT", ("NOR",), (), "2023-06"), object=plan)
        for doc_id, quote in (
            ("a", "Norway adopted it last month"),
            ("b", "Norway has adopted a total defence plan for the years to come"),
        )
    ]
    fact = the_fact(said, {i: news.page(i, "2023-07-01") for i in "ab"})
    assert fact.about == said[1].quote
