from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from communique.errors import UsageError
from communique.model import Judgement
from communique.reconcile.facts import facts
from communique.reconcile.judgements import correct, corrected, latest, pairs


def judged(
    verdict: Any, *about: str, field: str | None = None, value: str | None = None, at: int = 1
) -> Judgement:
    return Judgement(verdict, about, "ana", datetime(2024, 1, at, tzinfo=UTC), field, value)


def test_same_joins_what_the_program_keeps_apart_and_different_parts_what_it_joins(news: Any) -> None:
    a, b = news.tie("a", "ally", "JPN", "USA"), news.tie("b", "ally", "USA", "JPN")
    c = news.tie("c", "partner", "JPN", "PHL")
    assert len(facts([a, b, c], {})) == 2
    joined = facts([a, b, c], {}, judgements=[judged("same", a.statement_id, c.statement_id)])
    assert len(joined) == 1
    parted = facts([a, b, c], {}, judgements=[judged("different", b.statement_id, a.statement_id)])
    assert len(parted) == 3
    assert len({fact.fact_id for fact in parted}) == 3


def test_different_outweighs_a_join_through_a_third(news: Any) -> None:
    a, b, c = (
        news.tie(i, "ally", *parties)
        for i, parties in zip("abc", (("JPN", "USA"), ("JPN", "PHL"), ("PHL", "USA")), strict=True)
    )
    judgements = [
        judged("same", a.statement_id, b.statement_id),
        judged("same", b.statement_id, c.statement_id),
        judged("different", a.statement_id, c.statement_id),
    ]
    found = facts([a, b, c], {}, judgements=judgements)
    assert not any({a.statement_id, c.statement_id} <= set(fact.statement_ids) for fact in found)


def test_the_later_judgement_on_one_pair_holds() -> None:
    judgements = [judged("same", "a", "b", at=1), judged("different", "b", "a", at=2)]
    assert [j.verdict for j in latest(judgements)] == ["different"]
    assert pairs(judgements, "different") == [("a", "b")]
    assert pairs(judgements, "same") == []


def test_what_was_judged_wrong_is_in_no_fact(news: Any) -> None:
    a, b = news.tie("a", "ally", "JPN", "USA"), news.tie("b", "ally", "USA", "JPN")
    (fact,) = facts([a, b], {}, judgements=[judged("wrong", a.statement_id)])
    assert fact.statement_ids == (b.statement_id,)


def test_a_correction_changes_the_field_and_not_the_identity(news: Any) -> None:
    a = news.event("a", "will sign in Rome", "AGREE", ("ITA",), ("JPN",), "2023-01-13")
    judgements = [
        judged("corrected", a.statement_id, field="factuality", value="planned"),
        judged("corrected", a.statement_id, field="when", value="2023-01-14/2023-01-15", at=2),
        judged("corrected", a.statement_id, field="origin", value="ANSA", at=3),
        judged("note", a.statement_id, value="see the embassy's page"),
    ]
    (changed,) = corrected([a], judgements)
    assert changed.factuality == "planned"
    assert changed.when is not None
    assert (changed.when.earliest, changed.when.latest) == (date(2023, 1, 14), date(2023, 1, 15))
    assert changed.origin == "ANSA"
    assert changed.statement_id == a.statement_id
    assert correct(a, "when", "").when is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("factuality", "maybe"),
        ("type", "AGREE"),
        ("when", "soon"),
        ("when", "2024-02-02/2024-02-01"),
        ("", ""),
    ],
)
def test_a_correction_that_cannot_be_read_is_refused(news: Any, name: str, value: str) -> None:
    statement = news.tie("a", "ally", "JPN", "USA")
    with pytest.raises(UsageError):
        correct(statement, name, value)


def test_a_judgement_is_taken_back_by_another() -> None:
    same = judged("same", "a", "b")
    undo = judged("undo", same.judgement_id, at=2)
    assert latest([same]) == [same]
    assert latest([undo, same]) == []
