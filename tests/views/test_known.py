"""What could be known on a day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from communique.domain.load import Domain
from communique.errors import LedgerError
from communique.ledger.store import Ledger
from communique.model import Quantity
from communique.views.catalogue import VIEWS, view
from communique.views.known import AsKnown
from communique.views.selection import Material, Selection

SOON, LATE = date(2023, 1, 10), date(2023, 2, 10)
FIRST = "Finland will receive Estonia in Turku on January 20."
THEN = "Finland received Estonia in Turku on January 20."
MANY, FEW = "Finland keeps 900 soldiers in Lapland.", "Finland keeps 700 soldiers in Lapland."


@pytest.fixture
def told(maker: Any, empty: Ledger, single_day: Any) -> Ledger:
    visit = {"when": single_day(2023, 1, 20), "actors": "FIN EST"}
    troops = {"kind": "quantity", "type": None, "actors": "subject:FIN"}

    def many(value: int) -> dict[str, Any]:
        return {**troops, "quantity": Quantity(value, None, "person", "exact", "soldiers in Lapland")}

    maker.page(
        "a.txt",
        f"{FIRST} {MANY}",
        ("visit", FIRST, {**visit, "factuality": "planned"}),
        ("troops", MANY, many(900)),
        published=(SOON, SOON),
        title="A visit",
    )
    maker.page(
        "b.txt",
        f"{THEN} {FEW}",
        ("visit", THEN, visit),
        ("troops", FEW, many(700)),
        published=(LATE, LATE),
        title="A visit made",
        publisher="Nordic Wire",
    )
    maker.page(
        "c.txt", THEN, ("visit", THEN, visit), published=(SOON, LATE), title="Some day", publisher=None
    )
    maker.page("d.txt", THEN, ("visit", THEN, visit), published=None, title="No day", publisher=None)
    maker.differ("troops", "figure", "900 people", "700 people")
    maker.store(empty)
    return empty


def test_only_pages_surely_published_by_then_count(told: Ledger, domain: Domain) -> None:
    material = Material(told, Selection(as_of=date(2023, 1, 15)), domain)
    assert [d.path for d in material.documents.values()] == ["a.txt"]
    (line,) = material.left_out
    assert (
        line
        == "as known on 15 Jan 2023: 1 later page left out; 2 pages left out that may be later: c.txt, d.txt"
    )
    everything = Material(told, Selection(), domain)
    assert len(everything.documents) == 4 and everything.left_out == ()


def test_a_fact_is_what_was_known_of_it(told: Ledger) -> None:
    whole = {fact.fact_id: fact for fact in told.facts()}
    known = {fact.fact_id: fact for fact in AsKnown(told, date(2023, 1, 15)).facts()}
    assert known.keys() == whole.keys()
    visits = [next(f for f in facts.values() if f.kind == "event") for facts in (whole, known)]
    assert [f.factuality for f in visits] == ["actual", "planned"]
    assert [len(f.statement_ids) for f in visits] == [4, 1]
    assert visits[1].origins == ("The Sound",) and visits[1].about == FIRST


def test_a_disagreement_is_known_when_both_sides_are(told: Ledger) -> None:
    assert list(AsKnown(told, date(2023, 1, 15)).disagreements()) == []
    assert list(AsKnown(told, LATE).disagreements()) == list(told.disagreements())


def test_before_the_first_page_nothing_is_known(told: Ledger, domain: Domain) -> None:
    nothing = AsKnown(told, date(2022, 1, 1))
    assert not [*nothing.documents(), *nothing.stories(), *nothing.families(), *nothing.facts()]
    fact = next(told.facts())
    assert nothing.fact_of(fact.statement_ids[0]) is None
    with pytest.raises(LedgerError, match="nothing was known of fact"):
        nothing.fact(fact.fact_id)


def test_after_the_last_page_all_dated_pages_are_known(told: Ledger) -> None:
    known = AsKnown(told, date(2030, 1, 1))
    assert len(list(known.documents())) == 3
    assert [d.path for d in known.unsure] == ["d.txt"] and known.later == ()


@pytest.mark.parametrize("name", sorted(set(VIEWS) - {"tie"}))
def test_every_view_says_what_it_leaves_out(name: str, told: Ledger, domain: Domain) -> None:
    shown = view(name, told, Selection(as_of=date(2023, 1, 15)), domain)
    assert shown.about[-1].startswith("as known on 15 Jan 2023")
    assert {page.path for page in shown.pages} <= {"a.txt"}
