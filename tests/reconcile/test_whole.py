from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from communique.model import Judgement, Statement
from communique.reconcile.desk import reconcile
from communique.reconcile.whole import body
from communique.text import Region

WIRE = (
    "MANILA — Japan will give the Philippines five more patrol boats, the coast guard said on Tuesday after "
    "the two commanders met in Manila. The boats are ninety metres long. Some 12,000 sailors serve in the "
    "coast guard."
)
OWN = (
    "Five patrol boats for Manila: after a meeting of the commanders the coast guard announced a gift from "
    "Tokyo on Tuesday. The service has 15,000 sailors, the admiral told this paper."
)
OTHER = "The price of rice rose in Osaka for a third month, and shoppers turned to noodles and to potatoes."


def desk(news: Any) -> tuple[list[Any], list[Statement]]:
    documents = [
        news.page("p1", "2024-05-14", WIRE, publisher="star", agency="AP", title="Boats for Manila"),
        news.page("p2", "2024-05-15", WIRE + " Senators cheered.", publisher="herald"),
        news.page("p3", "2024-05-15", OWN, publisher="times"),
        news.page("p4", "2024-05-15", OTHER, publisher="times"),
    ]

    def sailors(doc_id: str, value: float) -> Statement:
        made: Statement = news.figure(
            doc_id, f"{value:,.0f} sailors", value, "person", "sailors of the coast guard", ("PHL",)
        )
        return made

    def gift(doc_id: str, quote: str) -> Statement:
        made: Statement = news.event(
            doc_id, quote, "AID", ("JPN",), ("PHL",), None, "patrol boats", factuality="planned"
        )
        return made

    said = [
        sailors("p1", 12000),
        sailors("p2", 12000),
        sailors("p3", 15000),
        gift("p1", "Japan will give the Philippines five more patrol boats"),
        gift("p2", "Japan will give the Philippines five more patrol boats"),
        gift("p3", "Five patrol boats for Manila, a gift from Tokyo"),
    ]
    return documents, said


def test_two_printings_of_one_wire_story_are_one_voice(news: Any) -> None:
    documents, said = desk(news)
    whole = reconcile(documents, said, {})
    assert [family.doc_ids for family in whole.families] == [("p1", "p2"), ("p3",), ("p4",)]
    assert [story.doc_ids for story in whole.stories] == [("p1", "p2", "p3"), ("p4",)]
    gift = next(fact for fact in whole.facts if fact.kind == "event")
    assert len(gift.statement_ids) == 3
    assert gift.origins == ("AP", "times")
    assert gift.factuality == "planned"
    (told,) = whole.disagreements
    assert [(side.value, side.origins) for side in told.sides] == [
        ("12,000 people", ("AP",)),
        ("15,000 people", ("times",)),
    ]


def test_the_answer_does_not_depend_on_the_order(news: Any) -> None:
    documents, said = desk(news)
    whole = reconcile(documents, said, {})
    for seed in range(5):
        random.Random(seed).shuffle(documents)
        random.Random(seed + 9).shuffle(said)
        assert reconcile(documents, said, {}) == whole


def test_a_judgement_reaches_the_whole(news: Any) -> None:
    documents, said = desk(news)
    wrong = Judgement("wrong", (said[2].statement_id,), "ana", datetime(2024, 1, 1, tzinfo=UTC))
    whole = reconcile(documents, said, {"star": "Star Group"}, [wrong])
    assert whole.disagreements == ()
    assert said[2].statement_id not in {s.statement_id for s in whole.statements}


def test_nothing_gives_nothing() -> None:
    whole = reconcile([], [], {})
    assert (whole.families, whole.stories, whole.facts, whole.disagreements) == ((), (), (), ())


def test_only_the_body_is_compared(news: Any) -> None:
    page = news.page("p1", text="SHARE 58\nBoats for Manila.\nRead more")
    assert body(page) == page.text
    assert (
        body(replace(page, regions=(Region(0, 8, "residue"), Region(9, 26, "body")))) == "Boats for Manila."
    )
    assert body(replace(page, regions=(Region(0, 8, "residue"),))) == ""
