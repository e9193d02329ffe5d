"""The queue of questions: what is asked, that an answer ends a question, and what is never asked."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from communique.domain.load import Domain
from communique.ledger.store import Ledger
from communique.views.doubts import doubts, review
from communique.views.selection import Material, Selection


def asked(ledger: Ledger, domain: Domain) -> list[Any]:
    return doubts(Material(ledger, Selection(), domain))


def test_a_disagreement_asks_whether_its_sides_are_one_fact(ledger: Ledger, domain: Domain) -> None:
    (first, *_) = asked(ledger, domain)
    assert first.kind == "disagreement" and len(first.about) == 2 and len(first.told) == 2
    assert "23,800" in " ".join(first.why)


def test_an_answer_ends_the_question(ledger: Ledger, domain: Domain) -> None:
    for verdict in ("same", "different"):
        (first, *_) = asked(ledger, domain)
        made = ledger.judge(verdict, first.about, by="Ada", at=datetime(2024, 1, 1, tzinfo=UTC))  # type: ignore[arg-type]
        assert first.about not in [one.about for one in asked(ledger, domain)]
        ledger.judge("undo", [made.judgement_id], by="Ada", at=datetime(2024, 1, 2, tzinfo=UTC))
        assert first.about in [one.about for one in asked(ledger, domain)]


def test_what_is_read_with_little_sureness_is_asked(
    maker: Any, empty: Ledger, domain: Domain, single_day: Any
) -> None:
    meeting = {"score": 0.3, "when": single_day(2023, 5, 8)}
    maker.page("a.txt", "Finland and Sweden met.", ("a", "Finland and Sweden met.", meeting))
    maker.page("b.txt", "Norway and Estonia met.", ("b", "Norway and Estonia met.", {"actors": "NOR EST"}))
    maker.store(empty)
    (one,) = asked(empty, domain)
    assert one.kind == "statement" and len(one.about) == 1
    empty.judge("note", one.about, by="Ada", note="read rightly")
    assert asked(empty, domain) == []


def test_two_tellings_kept_apart_that_are_alike_are_asked(
    maker: Any, empty: Ledger, domain: Domain, single_day: Any
) -> None:
    one = "Finland and Sweden agreed to share a radar station in Kiruna."
    other = "Sweden and Finland agreed to share radar in Kiruna."
    far = "Finland and Sweden agreed to share a radar station in Kiruna again."
    when = single_day(2023, 5, 8)
    maker.page("a.txt", one, ("a", one, {"type": "AGREE", "mutual": True, "when": when}))
    maker.page("b.txt", other, ("b", other, {"type": "AGREE", "mutual": True, "when": when}))
    maker.page(
        "c.txt", far, ("c", far, {"type": "AGREE", "mutual": True, "when": single_day(2021, 1, 1)}),
        published=(date(2021, 1, 1), date(2021, 1, 1)),
    )  # fmt: skip
    maker.store(empty)
    found = asked(empty, domain)
    assert [doubt.kind for doubt in found] == ["pair"]
    shown = review(Material(empty, Selection(), domain))
    assert "words" in shown.sections[0].note and len(shown.sections[0].lines) == 2
