"""Search by meaning: what is kept of it, how it joins the search by words, and that filters hold."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from sqlalchemy import func, select

from communique.errors import LedgerError, UsageError
from communique.ledger.fusion import fused
from communique.ledger.meaning import keep_meanings, vectors
from communique.ledger.search import Hit, search
from communique.ledger.store import Ledger
from communique.ledger.verify import verify
from communique.ledger.writing import Entry
from communique.model import Interval

Make = Callable[..., Entry]

TOPICS = (
    ("frigate", "warship", "vessel", "navy"),
    ("treaty", "pact", "accord"),
    ("money", "dollars", "budget"),
)


class Topics:
    """A model of three things to mean, and nothing else."""

    def __init__(self, name: str = "topics") -> None:
        self.name, self.asked = name, list[str]()

    def vector(self, text: str) -> NDArray[np.float32]:
        """How much of the text is of each topic."""
        self.asked.append(text)
        counts = [0.01, *(sum(text.lower().count(word) for word in topic) for topic in TOPICS)]
        found = np.array(counts, dtype=np.float32)
        return found / np.linalg.norm(found)  # type: ignore[no-any-return]


SHIP = "Britain will send a frigate."
VESSEL = "Australia ordered another vessel."
DEAL = "Japan signed the accord."
PAID = "Japan pledged money for the vessel."
TRAIN = "Soldiers trained in the rain."


def day(year: int) -> Interval:
    return Interval(date(year, 3, 3), date(year, 3, 3))


def fill(ledger: Ledger, entry: Make) -> None:
    said = [
        (SHIP, {"type": "DEPLOY", "actors": "GBR", "when": day(2023)}),
        (VESSEL, {"type": "ACQUIRE", "actors": "AUS", "when": day(2024)}),
        (DEAL, {"type": "AGREE", "actors": "JPN", "when": day(2023)}),
        (PAID, {"type": "AID", "actors": "JPN", "factuality": "planned", "when": day(2023)}),
        (PAID, {"type": "SUPPORT", "actors": "JPN", "kind": "quantity", "when": day(2023)}),
        (TRAIN, {"type": "COOPERATE", "actors": "KOR", "when": day(2023)}),
    ]
    ledger.add([entry("a.txt", "\n".join([SHIP, VESSEL, DEAL, PAID, TRAIN]), said)])


@pytest.fixture
def filled(ledger: Ledger, entry: Make) -> Ledger:
    fill(ledger, entry)
    assert keep_meanings(ledger, Topics()) == 0
    return ledger


def snippets(hits: list[Hit]) -> list[str]:
    return [hit.snippet for hit in hits]


def test_rankings_are_fused_by_their_places_only() -> None:
    assert fused(["a", "b"], ["b", "a"]) == [("a", 1 / 61 + 1 / 62), ("b", 1 / 61 + 1 / 62)]
    assert [one for one, _ in fused(["a", "b", "c"], ["c", "c", "d"], [])] == ["c", "a", "b", "d"]
    assert fused() == [] and fused([], ["x"]) == [("x", 1 / 61)]


def test_other_words_of_the_same_meaning_are_found_below_the_same_words(filled: Ledger) -> None:
    assert snippets(search(filled, "vessel OR warship")) == [VESSEL, PAID]
    hits = search(filled, "warship", meaning=Topics())
    assert snippets(hits) == [SHIP, VESSEL, PAID]
    assert [hit.likeness for hit in hits] == [1.0, 1.0, pytest.approx(0.707, abs=0.001)]
    hits = search(filled, "frigate", meaning=Topics())
    assert snippets(hits) == [SHIP, VESSEL, PAID]
    assert [m.of(SHIP) for m in hits[0].marks] == ["frigate"] and hits[1].marks == ()
    assert [hit.rank for hit in hits] == sorted(hit.rank for hit in hits)
    # A place that both find beats one that either finds.
    assert snippets(search(filled, "vessel money", meaning=Topics()))[0] == PAID
    assert all(hit.statement_id for hit in hits)


def test_what_only_words_find_is_still_found(filled: Ledger) -> None:
    (hit,) = search(filled, "soldiers", meaning=Topics())
    assert hit.snippet == TRAIN and hit.likeness is not None  # nothing is its topic too
    hits = search(filled, "headline warship OR headline", meaning=Topics())
    assert "A headline" in snippets(hits) and SHIP in snippets(hits)


@pytest.mark.parametrize(
    ("query", "finds"),
    [
        ("warship actor:GBR", [SHIP]),
        ("warship actor:GBR,AUS", [SHIP, VESSEL]),
        ("warship -actor:GBR", [VESSEL, PAID, PAID]),
        ("warship -frigate", [VESSEL, PAID]),
        ("warship -frigate kind:event", [VESSEL, PAID]),
        ("warship kind:quantity", [PAID]),
        ("warship factuality:planned", [PAID]),
        ("warship since:2024", [VESSEL]),
        ("warship until:2023 type:deploy", [SHIP]),
        ("warship publisher:the-gazette", [SHIP, VESSEL, PAID]),
        ("warship publisher:another", []),
        ("warship actor:KOR", []),
    ],
)
def test_filters_hold_for_what_means_alike(filled: Ledger, query: str, finds: list[str]) -> None:
    assert snippets(search(filled, query, meaning=Topics())) == finds


def test_filters_alone_mean_nothing(filled: Ledger) -> None:
    with pytest.raises(UsageError, match="only words have a meaning"):
        search(filled, "kind:event", meaning=Topics())


def test_each_sentence_is_looked_at_once(ledger: Ledger, entry: Make) -> None:
    fill(ledger, entry)
    model, told = Topics(), list[tuple[int, int]]()
    keep_meanings(ledger, model, lambda done, all: told.append((done, all)))
    assert sorted(model.asked) == sorted([SHIP, VESSEL, DEAL, PAID, TRAIN]) and told == [(0, 5), (5, 5)]
    keep_meanings(ledger, model)
    assert len(model.asked) == 5
    ledger.add([entry("b.txt", f"{SHIP} It left.", [(SHIP, {}), ("It left.", {})])])
    keep_meanings(ledger, model)
    assert model.asked[5:] == [SHIP, "It left."] and list(verify(ledger)) == []
    with ledger.reading() as connection:
        assert connection.scalar(select(func.count()).select_from(vectors)) == 7


def test_vectors_of_another_model_are_left_alone(filled: Ledger) -> None:
    other = Topics("others")
    assert search(filled, "warship", meaning=other) == []
    keep_meanings(filled, other)
    assert len(search(filled, "warship", meaning=other)) == 3
    assert len(search(filled, "warship", meaning=Topics())) == 3


def test_who_may_only_read_is_told(ledger: Ledger, entry: Make) -> None:
    ledger.writable = False
    assert keep_meanings(ledger, Topics()) == 0  # nothing to look at
    ledger.writable = True
    fill(ledger, entry)
    ledger.writable = False
    with pytest.raises(LedgerError, match="who may write") as caught:
        keep_meanings(ledger, Topics())
    assert "\n" not in str(caught.value) and search(ledger, "warship", meaning=Topics()) == []
    ledger.writable = True
    keep_meanings(ledger, Topics())
    ledger.add([entry("b.txt", "They left. It rained.", [("They left.", {})])])
    ledger.writable = False
    assert keep_meanings(ledger, Topics()) == 1


def test_every_database_gives_the_same_order(
    tmp_path: Path, schema: Callable[[str], str], numbered: Make, entry: Make
) -> None:
    found = []
    for location in (str(tmp_path / "a.ledger"), schema("a")):
        with Ledger.open(location, create=True) as ledger:
            ledger.add([numbered(n) for n in range(30)])
            fill(ledger, entry)
            keep_meanings(ledger, Topics())
            queries = ("warship", "warship kind:event", "pact dollars since:2023")
            answers = [[search(ledger, q, 15, Topics()) for q in queries] for _ in range(2)]
            assert answers[0] == answers[1]
            found.append(answers[0])
    assert found[0] == found[1] and all(found[0])
