"""Actors judged to be one are one wherever statements are read, and stay two in what is stored."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from communique.errors import LedgerError, UsageError
from communique.ledger.search import search
from communique.ledger.store import Ledger
from communique.ledger.writing import Entry
from communique.model import Actor, Fact, Participant, Source, Statement

KEPT = Actor("ole-berg", "Ole Berg", "person", "GBR")
ALIASES = {"o-berg": KEPT}


@pytest.fixture
def said(ledger: Ledger, entry: Callable[..., Entry]) -> tuple[Statement, Statement]:
    """The same person, read under two identifiers, for two states."""
    made = entry("a", "Berg spoke. He left.", [("Berg spoke", {}), ("He left", {})])
    one, other = made.statements
    first = Participant("speaker", "ole-berg", "Ole Berg", "person", "GBR", 12, 16)
    second = Participant("speaker", "o-berg", "O. Berg", "person", "JPN", 24, 26)
    one = replace(one, actors=(first,))
    other = replace(other, actors=(second,), attributed_to=Source("o-berg", "O. Berg"))
    ledger.add([replace(made, statements=[one, other])])
    facts = [
        Fact(f"{n}" * 16, "event", "AGREE", "it", (s.statement_id,), ("AP",), None, "actual")
        for n, s in enumerate((one, other))
    ]
    ledger.set_reconciled([], [], facts, [], {}, ALIASES)
    return one, other


def test_statements_show_who_is_meant_under_their_old_identifiers(
    ledger: Ledger, said: tuple[Statement, Statement]
) -> None:
    one, other = said
    expected = [one, replace(other, actors=(_merged(other),), attributed_to=Source("ole-berg", "Ole Berg"))]
    assert [s.statement_id for s in expected] == [s.statement_id for s in said]
    assert list(ledger.statements()) == expected
    assert [s for _, told in ledger.evidence() for s in told] == expected
    assert list(ledger.read_statements()) == list(said)


def _merged(statement: Statement) -> Participant:
    (actor,) = statement.actors
    return replace(actor, id="ole-berg", name="Ole Berg", state="GBR", found_as="o-berg")


@pytest.mark.parametrize(
    ("actor", "quotes"),
    [
        ("ole-berg", ["Berg spoke", "He left"]),
        ("o-berg", []),
        ("GBR", ["Berg spoke", "He left"]),
        ("JPN", []),
    ],
)
@pytest.mark.usefixtures("said")
def test_an_actor_is_looked_up_as_who_is_meant(ledger: Ledger, actor: str, quotes: list[str]) -> None:
    assert [s.quote for s in ledger.statements(actors=[actor])] == quotes


@pytest.mark.parametrize(
    ("actor", "found"),
    [("ole-berg", 2), ("O-Berg", 2), ('"Ole Berg"', 2), ('"o. berg"', 1), ("GBR", 2), ("JPN", 0)],
)
@pytest.mark.usefixtures("said")
def test_search_finds_an_actor_as_who_is_meant(ledger: Ledger, actor: str, found: int) -> None:
    assert len(search(ledger, f"actor:{actor}")) == found
    assert len(search(ledger, f"-actor:{actor}")) == 2 - found


@pytest.mark.usefixtures("said")
def test_reconciling_anew_forgets_what_no_judgement_says(ledger: Ledger) -> None:
    assert ledger.aliases() == ALIASES
    ledger.set_reconciled([], [], [], [], {})
    assert ledger.aliases() == {}


@pytest.mark.usefixtures("said")
def test_a_judgement_on_actors_names_the_one_that_is_kept(ledger: Ledger) -> None:
    ledger.set_reconciled([], [], [], [], {})
    made = ledger.judge("same", ["ole-berg", "o-berg"], by="Ada")
    assert (made.about, made.of_actors, made.value) == (("ole-berg", "o-berg"), True, "o-berg")
    assert ledger.judge("same", ["ole-berg", "o-berg"], by="Ada", known={"ole-berg"}).value == "ole-berg"
    assert ledger.judge("same", ["o-berg", "a-king"], by="Ada", known={"a-king"}).value == "a-king"
    different = ledger.judge("different", ["ole-berg", "o-berg"], by="Ada")
    assert (different.of_actors, different.value) == (True, None)
    assert list(ledger.judgements())[-1] == different


@pytest.mark.usefixtures("said")
def test_more_statements_outweigh_the_alphabet(ledger: Ledger, entry: Callable[..., Entry]) -> None:
    ledger.set_reconciled([], [], [], [], {})
    made = entry("b", "She spoke.", [("She spoke", {})])
    actor = Participant("speaker", "ole-berg", "Ole Berg", "person", "GBR", 12, 16)
    ledger.add([replace(made, statements=[replace(made.statements[0], actors=(actor,))])])
    assert ledger.participations(["ole-berg", "o-berg", "nobody"]) == {"ole-berg": 2, "o-berg": 1}
    assert ledger.judge("same", ["o-berg", "ole-berg"], by="Ada").value == "ole-berg"


@pytest.mark.parametrize(
    ("about", "error", "message"),
    [
        (["ole-berg", "nobody"], UsageError, "no actor 'nobody'"),
        (["ole-berg", "o-berg"], UsageError, "are one actor already"),
        (["nobody", "neither"], LedgerError, "nothing has the identifier"),
        (["abc", "def"], LedgerError, "nothing has the identifier"),
    ],
)
@pytest.mark.usefixtures("said")
def test_a_judgement_on_actors_must_make_sense(
    ledger: Ledger, about: list[str], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        ledger.judge("same", about, by="Ada", known={"abc"})
    assert list(ledger.judgements()) == []
