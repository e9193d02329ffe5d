"""Journeys and meetings that are one, though neither the words nor the days of two pages say so."""

from __future__ import annotations

from typing import Any

from communique.model import Document, Fact, Statement
from communique.reconcile.facts import facts

SPRING = "2024-04-09"
SILVA, COSTA = ("ana-silva/PRT",), ("rui-costa/PRT",)


def pages(news: Any, **published: str) -> dict[str, Document]:
    return {i: news.page(i, day) for i, day in published.items()}


def together(found: list[Fact], *statements: Statement) -> bool:
    return any({s.statement_id for s in statements} <= set(fact.statement_ids) for fact in found)


def visit(news: Any, page: str, quote: str, who: tuple[str, ...], *to: str, **more: Any) -> Statement:
    made: Statement = news.event(page, quote, "CONSULT", who, to, mode="visit", **more)
    return made


def test_a_visit_and_a_speech_recalled_by_their_year_are_one_journey(news: Any) -> None:
    said = [
        visit(news, "a", "visit Oslo since Ana Silva in 2011", SILVA, "NOR", when="2011"),
        news.event("b", "first speech in Oslo after Ana Silva's", "CONSULT", SILVA, ("NOR",), "2011"),
    ]
    assert together(facts(said, pages(news, a=SPRING, b="2024-04-10")), *said)


def test_two_visits_of_one_recent_year_are_not_taken_for_one(news: Any) -> None:
    said = [
        visit(news, "a", "Ana Silva's visit to Oslo this year", SILVA, "NOR", when="2024"),
        news.event("b", "a speech by Ana Silva to the Storting", "CONSULT", SILVA, ("NOR",), "2024"),
    ]
    assert not together(facts(said, pages(news, a=SPRING, b="2024-11-10")), *said)


def test_a_tour_of_a_continent_is_the_journey_to_its_states(news: Any) -> None:
    said = [
        visit(news, "a", "Ana Silva returned after a tour of Scandinavia", SILVA),
        visit(news, "b", "Ana Silva visited Norway, Sweden and Denmark", SILVA, "NOR", "SWE", "DNK"),
    ]
    assert together(facts(said, pages(news, a=SPRING, b="2024-04-11")), *said)


def test_a_tour_is_not_that_of_another_nor_of_another_season(news: Any) -> None:
    tour = visit(news, "a", "Ana Silva returned after a tour of Scandinavia", SILVA)
    others = visit(news, "b", "Rui Costa visited Norway and Sweden", COSTA, "NOR", "SWE")
    later = visit(news, "c", "Ana Silva visited Norway and Sweden", SILVA, "NOR", "SWE")
    found = facts([tour, others, later], pages(news, a=SPRING, b=SPRING, c="2024-09-11"))
    assert not together(found, tour, others)
    assert not together(found, tour, later)


def test_that_a_states_forces_grow_is_told_again_and_again(news: Any) -> None:
    said = [
        news.event("a", "Norway's military power grows", "ACQUIRE", ("NOR",)),
        news.event("b", "counter Norway's military expansion", "ACQUIRE", ("NOR",)),
    ]
    bought = news.event("b", "Norway bought twelve frigates", "ACQUIRE", ("NOR",), thing="twelve frigates")
    found = facts([*said, bought], pages(news, a="2023-01-12", b=SPRING))
    assert together(found, *said)
    assert not together(found, said[0], bought)


def test_who_left_one_state_has_not_left_another(news: Any) -> None:
    left = news.event("a", "Portugal has pulled its troops out of Mali", "RETREAT", ("PRT",), ("MLI",))
    leaving = news.event("b", "Portuguese troops are to leave by the end of the year", "RETREAT", ("PRT",),
                         when="2024-04-09/2024-12-31", factuality="planned")  # fmt: skip
    assert not together(facts([left, leaving], pages(news, a=SPRING, b=SPRING)), left, leaving)


def test_the_accord_is_the_pact_told_of_just_before(news: Any) -> None:
    first = news.event("a", "Kenya and Norway signed a defence pact on Tuesday", "SUPPORT",
                       ("KEN", "NOR"), when="2024-04-09", thing="defence pact", mutual=True)  # fmt: skip
    news.written["a"] = first.end + 20
    second = news.event("a", "Liv Berg signed the accord with her Kenyan counterpart", "SUPPORT",
                        ("liv-berg/NOR", "KEN"), thing="accord", mutual=True)  # fmt: skip
    assert together(facts([first, second], pages(news, a=SPRING)), first, second)
