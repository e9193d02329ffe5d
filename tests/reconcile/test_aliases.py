"""Who stands for whom, once a person has judged."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from communique.domain.load import Domain
from communique.model import Actor, Judgement, Participant, Statement
from communique.reconcile.aliases import aliases, known_actors
from communique.reconcile.judgements import pairs


def judged(verdict: Any, *about: str, keep: str | None = None, at: int = 1, **more: Any) -> Judgement:
    return Judgement(verdict, about, "ana", datetime(2024, 1, at, tzinfo=UTC), "actor", keep, **more)


def undo(judgement: Judgement, at: int) -> Judgement:
    return Judgement("undo", (judgement.judgement_id,), "ana", datetime(2024, 1, at, tzinfo=UTC))


def said(identifier: str, name: str, state: str | None = None) -> Statement:
    actor = Participant("speaker", identifier, name, "person", state, 0, 1)
    return Statement("d", "quote", 0, 1, "x", actors=(actor,))


PAGES = [
    said("ole-berg", "Ole Berg"),
    said("o-berg", "O. Berg", "NOR"),
    said("ole-berge", "Ole Berge", "NOR"),
]


def stands_for(domain: Domain, *judgements: Judgement, pages: list[Statement] = PAGES) -> dict[str, str]:
    found = aliases(judgements, pages, domain)
    assert aliases(reversed(judgements), reversed(pages), domain) == found
    return {old: new.id for old, new in found.items()}


def test_the_judgement_says_who_is_kept_and_the_pages_how_it_is_called(domain: Domain) -> None:
    same = judged("same", "ole-berg", "o-berg", keep="ole-berg")
    assert aliases([same], PAGES, domain) == {"o-berg": Actor("ole-berg", "Ole Berg", "person", "NOR")}


def test_whom_the_data_know_is_kept_whatever_the_judgement_says(domain: Domain) -> None:
    known = min(domain.people)
    same = judged("same", "ole-berg", known, keep="ole-berg")
    (actor,) = aliases([same], PAGES, domain).values()
    assert (actor.id, actor.name, actor.state) == (
        known,
        domain.people[known].name,
        domain.people[known].state,
    )
    assert known in known_actors(domain)


def test_a_chain_ends_in_one(domain: Domain) -> None:
    first = judged("same", "ole-berg", "o-berg", keep="ole-berg", at=1)
    second = judged("same", "o-berg", "ole-berge", keep="ole-berge", at=2)
    assert stands_for(domain, first, second) == {"ole-berg": "ole-berge", "o-berg": "ole-berge"}


def test_different_parts_also_through_a_third(domain: Domain) -> None:
    a, b, c = "ole-berg", "o-berg", "ole-berge"
    first = judged("same", a, b, keep=a, at=1)
    second = judged("same", b, c, keep=b, at=2)
    assert stands_for(domain, first, second, judged("different", a, c, at=3)) == {b: a}


def test_the_later_word_on_a_pair_holds_also_when_more_were_judged_with_it(domain: Domain) -> None:
    every = judged("same", "ole-berg", "o-berg", "ole-berge", keep="ole-berg", at=1)
    later = judged("different", "ole-berge", "ole-berg", at=2)
    assert pairs([every, later], "same") == [("o-berg", "ole-berg"), ("o-berg", "ole-berge")]
    assert stands_for(domain, every, later) == {"o-berg": "ole-berg"}
    assert stands_for(
        domain, every, later, judged("same", "ole-berg", "ole-berge", keep="ole-berg", at=3)
    ) == {
        "o-berg": "ole-berg",
        "ole-berge": "ole-berg",
    }


def test_what_was_taken_back_does_nothing(domain: Domain) -> None:
    same = judged("same", "ole-berg", "o-berg", keep="ole-berg")
    assert stands_for(domain, same, undo(same, 2)) == {}
    different = judged("different", "ole-berg", "o-berg", at=3)
    assert stands_for(domain, same, different) == {}
    assert stands_for(domain, same, different, undo(different, 4)) == {"o-berg": "ole-berg"}


@pytest.mark.parametrize("about", [("ole-berg", "gone"), ("gone", "ole-berg")])
def test_who_is_named_no_more_is_still_settled(domain: Domain, about: tuple[str, str]) -> None:
    assert aliases([judged("same", *about, keep="gone")], PAGES, domain) == {
        "ole-berg": Actor("gone", "Ole Berg", "person", None)
    }
    assert aliases([judged("same", *about, keep="gone")], [], domain) == {}
