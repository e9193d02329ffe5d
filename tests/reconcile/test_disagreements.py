from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from communique.model import Disagreement, Document, Interval, Quantity, Statement
from communique.reconcile.digests import digest
from communique.reconcile.disagreements import disagreements
from communique.reconcile.facts import facts
from communique.reconcile.figures import figure, in_words

DAY, NEXT = "2023-01-12", "2023-01-13"


def found(said: Sequence[Statement], documents: dict[str, Document]) -> list[Disagreement]:
    return disagreements(facts(said, documents), {s.statement_id: digest(s, documents) for s in said})


def pages(news: Any, **published: str) -> dict[str, Document]:
    return {i: news.page(i, day) for i, day in published.items()}


def troops(
    news: Any, doc_id: str, value: float, bound: str = "exact", upper: float | None = None
) -> Statement:
    quote = f"{value:,.0f} soldiers are stationed on the island"
    made: Statement = news.figure(
        doc_id, quote, value, "person", "soldiers stationed on the island", ("USA", "JPN"), bound, upper
    )
    return made


# --- figures ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ((55000, "about", None), (54000, "exact", None), True),
        ((55000, "about", None), (54800, "exact", None), False),
        ((55000, "about", None), (55000, "exact", None), False),
        ((55000, "exact", None), (54000, "exact", None), True),
        ((54321, "exact", None), (54000, "exact", None), False),
        ((50000, "more_than", None), (54000, "exact", None), False),
        ((60000, "more_than", None), (54000, "exact", None), True),
        ((60000, "at_most", None), (54000, "exact", None), False),
        ((50000, "at_most", None), (54000, "exact", None), True),
        ((50000, "exact", 60000), (54000, "exact", None), False),
        ((70000, "exact", 80000), (54000, "exact", None), True),
        ((12, "exact", None), (13, "exact", None), True),
        ((5000, "about", None), (4800, "about", None), True),
        ((50000, "about", None), (51000, "exact", None), False),
    ],
)
def test_figures_disagree_only_beyond_rounding(
    news: Any, one: tuple[Any, ...], other: tuple[Any, ...], differ: bool
) -> None:
    said = [troops(news, "a", *one), troops(news, "b", *other)]
    told = found(said, pages(news, a=DAY, b=NEXT))
    assert [d.reason for d in told] == (["figure"] if differ else [])


@pytest.mark.parametrize(
    ("words", "value", "bound", "exact", "differ"),
    [
        ("almost 5,000", 5000, "about", 4800, False),
        ("nearly 5,000", 5000, "about", 4550, False),
        ("nearly five thousand", 5000, "about", 4800, False),
        ("close to 1.5 million", 1.5e6, "about", 1.42e6, False),
        ("nearly US$1.5 million", 1.5e6, "about", 1.42e6, False),
        ("nearly 1.5m", 1.5e6, "about", 1.42e6, False),
        ("just under 5,000", 5000, "less_than", 4800, False),
        ("just under 5,000", 5000, "less_than", 3000, True),
        ("almost 5,000", 5000, "about", 4300, True),
        ("almost 5,000", 5000, "about", 5300, True),
        ("about 5,000", 5000, "about", 4800, True),
        ("almost all of the roughly 5,000", 5000, "about", 4800, True),
        ("almost 300 officers and some 5,000", 5000, "about", 4800, True),
    ],
)
def test_a_figure_not_quite_reached_is_a_little_below(
    news: Any, words: str, value: float, bound: str, exact: float, differ: bool
) -> None:
    quote = f"{words} soldiers are stationed on the island"
    about = ("person", "soldiers stationed on the island", ("USA", "JPN"))
    said = [news.figure("a", quote, value, *about, bound), troops(news, "b", exact)]
    told = found(said, pages(news, a=DAY, b=NEXT))
    assert [d.reason for d in told] == (["figure"] if differ else [])


def test_both_sides_keep_their_words_statements_and_voices(news: Any) -> None:
    said = [
        replace(troops(news, "a", 55000, "about"), origin="AP"),
        replace(troops(news, "b", 54000), origin="Reuters"),
        replace(troops(news, "c", 54000), origin="AFP"),
    ]
    (told,) = found(said, pages(news, a=DAY, b=DAY, c=NEXT))
    assert [(side.value, side.origins) for side in told.sides] == [
        ("54,000 people", ("AFP", "Reuters")),
        ("about 55,000 people", ("AP",)),
    ]
    assert {i for side in told.sides for i in side.statement_ids} == {s.statement_id for s in said}
    assert told.about in {s.quote for s in said}


def test_an_open_figure_does_not_bridge_two_sides(news: Any) -> None:
    said = [troops(news, "a", 55000), troops(news, "b", 54000), troops(news, "c", 50000, "more_than")]
    (told,) = found(said, pages(news, a=DAY, b=DAY, c=NEXT))
    assert len(told.sides) == 2


def test_figures_of_two_places_or_years_are_no_disagreement(news: Any) -> None:
    said = [
        news.figure("a", "5,000 troops landed in Palawan", 5000, "person", "troops", ("USA",)),
        news.figure("b", "6,000 troops wait in Darwin", 6000, "person", "troops", ("USA",)),
        news.figure("a", "spent $51 billion in 2023", 51e9, "USD", "defence budget of the state", ("JPN",)),
        news.figure("b", "spent $47 billion in 2022", 47e9, "USD", "defence budget of the state", ("JPN",)),
    ]
    assert found(said, pages(news, a=DAY, b=NEXT)) == []


def test_one_text_and_its_copy_do_not_contradict_themselves(news: Any) -> None:
    said = [troops(news, "a", 55000), troops(news, "a", 54000)]
    assert found(said, pages(news, a=DAY)) == []


@pytest.mark.parametrize(
    ("quantity", "words"),
    [
        (Quantity(2.5, None, "percent_gdp", "at_least", ""), "at least 2.5 percent of GDP"),
        (Quantity(51e9, None, "USD", "exact", ""), "51,000,000,000 USD"),
        (Quantity(10, 12, "missile", "about", ""), "about 10–12 missile"),
    ],
)
def test_a_figure_is_told_in_words(quantity: Quantity, words: str) -> None:
    assert in_words(quantity) == words


def test_nought_is_nought() -> None:
    assert not figure(Quantity(0, None, "person", "exact", "")).overlaps(
        figure(Quantity(1, None, "person", "exact", ""))
    )


# --- days -------------------------------------------------------------------------------------------


def decision(news: Any, doc_id: str, when: str | None, verb: str = "decided") -> Statement:
    made: Statement = news.event(
        doc_id, f"the cabinet {verb} to double its defence spending within five years", "ADOPT", ("JPN",), (),
        when, "defence spending",
    )  # fmt: skip
    return made


def test_one_decision_dated_in_two_months_is_a_disagreement(news: Any) -> None:
    said = [decision(news, "a", "2022-11"), decision(news, "b", "2022-12", "committed itself")]
    (told,) = found(said, pages(news, a=DAY, b=NEXT))
    assert told.reason == "date"
    assert {side.value for side in told.sides} == {"November 2022", "December 2022"}


def test_a_window_that_holds_the_other_is_no_disagreement(news: Any) -> None:
    said = [
        decision(news, "a", "2022-12"),
        decision(news, "b", "2022-12-16"),
        decision(news, "c", "2022"),
        decision(news, "d", None),
    ]
    assert found(said, pages(news, a=DAY, b=NEXT, c=NEXT, d=NEXT)) == []


def test_two_meetings_are_not_one_on_disputed_days(news: Any) -> None:
    said = [
        news.event("a", "the two leaders met in Tokyo", "CONSULT", ("JPN",), ("PHL",), "2023-02-09"),
        news.event("b", "the two leaders met in Tokyo", "CONSULT", ("JPN",), ("PHL",), "2023-02-14"),
    ]
    assert found(said, pages(news, a=DAY, b=NEXT)) == []


def test_a_visit_that_begins_on_two_days_is_a_disagreement(news: Any) -> None:
    said = [
        news.event(
            "a", "during his state visit to Manila", "CONSULT", ("JPN",), ("PHL",), "2023-02-08/2023-02-12"
        ),
        news.event(
            "b",
            "begins a state visit to Manila on Thursday",
            "CONSULT",
            ("JPN",),
            ("PHL",),
            "2023-02-09/2023-02-12",
        ),
    ]
    (told,) = found(said, pages(news, a="2023-02-07", b="2023-02-07"))
    assert [side.value for side in told.sides] == [
        "8 February 2023 – 12 February 2023",
        "9 February 2023 – 12 February 2023",
    ]
    calm = [replace(s, quote=s.quote.replace("begins", "is on")) for s in said]
    assert found(calm, pages(news, a="2023-02-07", b="2023-02-07")) == []


def test_a_weekday_on_an_undated_page_may_contradict_the_first_day_of_a_visit(news: Any) -> None:
    visit = news.event(
        "a", "her 8-14 April trip to Manila", "CONSULT", ("ana-silva/PRT",), ("PHL",),
        "2024-04-08/2024-04-14", mode="visit",
    )  # fmt: skip
    begins = news.event(
        "b",
        "Silva begins her visit to Manila on Tuesday",
        "CONSULT",
        ("ana-silva/PRT",),
        ("PHL",),
        mode="visit",
    )
    some_tuesday = Interval(date(2024, 4, 2), date(2024, 4, 16), "range", "Tuesday")
    documents = pages(news, a="2024-04-06", b="2024-04-01/2024-04-14")
    (told,) = found([visit, replace(begins, when=some_tuesday)], documents)
    assert [side.value for side in told.sides] == ["8 April 2024 – 14 April 2024", "9 April 2024"]
    some_monday = Interval(date(2024, 4, 1), date(2024, 4, 15), "range", "Monday")
    monday = replace(begins, quote="Silva begins her visit to Manila on Monday", when=some_monday)
    assert found([visit, monday], documents) == []


# --- whether it happened ----------------------------------------------------------------------------


def test_done_and_denied_are_two_sides_but_planned_and_done_are_a_history(news: Any) -> None:
    def raid(doc_id: str, factuality: str) -> Statement:
        made: Statement = news.event(
            doc_id, "its jets attacked the radar station", "ASSAULT", ("PRK",), ("JPN",), "2023-01-11",
            factuality=factuality,
        )  # fmt: skip
        return made

    documents = pages(news, a=DAY, b=NEXT)
    (told,) = found([raid("a", "actual"), raid("b", "denied")], documents)
    assert told.reason == "factuality"
    assert [side.value for side in told.sides] == ["actual", "denied"]
    assert found([raid("a", "planned"), raid("b", "actual")], documents) == []


# --- how far it reaches -----------------------------------------------------------------------------


def opening(news: Any, doc_id: str, what: str) -> Statement:
    made: Statement = news.event(
        doc_id, f"Manila agreed to open {what}", "AGREE", ("PHL",), ("USA",), "2023-02-02", "bases"
    )
    return made


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("nine bases to visiting troops", "five bases to visiting troops", True),
        ("nine bases to visiting troops", "9 bases to visiting troops", False),
        ("nine bases to visiting troops", "bases to visiting troops", False),
        ("nine bases to visiting troops", "at least five bases to visiting troops", False),
        ("nine bases to visiting troops", "four more bases to visiting troops", False),
        ("nine bases to visiting troops", "four new bases to visiting troops", False),
        ("nine bases to visiting troops", "four bases in Luzon to visiting troops", False),
        ("nine bases to visiting troops", "five of the nine bases to visiting troops", False),
        ("all bases to visiting troops", "some bases to visiting troops", True),
        ("all of the bases to visiting troops", "most of the bases to visiting troops", True),
        ("all bases to visiting troops", "nine bases to visiting troops", False),
        ("not all bases to visiting troops", "some bases to visiting troops", False),
    ],
)
def test_how_many_places_or_members_is_scope(news: Any, one: str, other: str, differ: bool) -> None:
    told = found([opening(news, "a", one), opening(news, "b", other)], pages(news, a=DAY, b=NEXT))
    assert [d.reason for d in told] == (["scope"] if differ else [])


def test_the_sides_of_a_scope_tell_it_in_their_words(news: Any) -> None:
    said = [opening(news, "a", "nine bases to guests"), opening(news, "b", "five bases to guests")]
    (told,) = found(said, pages(news, a=DAY, b=NEXT))
    assert sorted(side.value for side in told.sides) == ["five bases", "nine bases"]


def test_a_page_that_counts_twice_does_not_contradict_itself(news: Any) -> None:
    said = [
        opening(news, "a", "nine bases to guests"),
        opening(news, "a", "five bases to guests"),
        opening(news, "b", "nine bases to guests"),
    ]
    assert found(said, pages(news, a=DAY, b=NEXT)) == []


def test_one_alone_and_one_with_others_differ_in_scope(news: Any) -> None:
    def refused(doc_id: str, quote: str, *actors: str) -> Statement:
        made: Statement = news.event(
            doc_id, quote, "REJECT", actors, ("USA",), "2023-02-02", "the landing of the bombers"
        )
        places = [replace(a, start=made.start + quote.find(a.name)) for a in made.actors]
        return replace(made, actors=tuple(places))

    only = refused("a", "Only Japan refused the landing of the bombers", "JPN")
    both = refused("b", "Japan and the Philippines refused the landing of the bombers", "JPN", "PHL")
    (told,) = found([only, both], pages(news, a=DAY, b=NEXT))
    assert told.reason == "scope"
    assert {side.value for side in told.sides} == {"only Japan", "Japan, the Philippines"}
    negated = refused("a", "Not only Japan refused the landing of the bombers", "JPN")
    assert found([negated, both], pages(news, a=DAY, b=NEXT)) == []


# --- who did it -------------------------------------------------------------------------------------


def signing(news: Any, doc_id: str, quote: str, who: str, when: str = "2023-01-11") -> Statement:
    made: Statement = news.event(doc_id, quote, "AGREE", (f"{who}/PRT",), ("JPN",), when, "access agreement")
    name = made.actors[0].name
    actors = tuple(replace(a, start=made.start + quote.find(name.split()[0])) for a in made.actors)
    return replace(made, actors=actors)


def test_two_holders_of_one_office_did_not_both_do_it(news: Any) -> None:
    documents = pages(news, a=DAY, b=NEXT)
    one = signing(news, "a", "Defence Minister Ana Silva signed the access agreement", "ana-silva")
    other = signing(news, "b", "Defence Minister Rui Costa signed the access agreement", "rui-costa")
    (told,) = found([one, other], documents)
    assert told.reason == "actor"
    assert {side.value for side in told.sides} == {"Ana Silva", "Rui Costa"}
    for words in (
        "Foreign Minister Rui Costa signed the access agreement",
        "Deputy Defence Minister Rui Costa signed the access agreement",
        "former Defence Minister Rui Costa signed the access agreement",
        "Rui Costa signed the access agreement",
    ):
        assert found([one, signing(news, "b", words, "rui-costa")], documents) == []
    spelt = signing(news, "b", "Defence Minister Anna Silva signed the access agreement", "anna-silva")
    assert found([one, spelt], documents) == []


def test_a_title_off_the_record_has_the_record_against_it(news: Any) -> None:
    said = news.role("a", "rui-costa/PRT", "Defence Minister", "PRT")
    documents = pages(news, a=DAY, b=NEXT)
    assert found([said], documents) == []
    (told,) = found([replace(said, rule="title against the record", origin="AP")], documents)
    assert told.reason == "actor"
    assert [(side.value, side.origins) for side in told.sides] == [
        ("Rui Costa, Defence Minister", ("AP",)),
        ("another holder on those days", ("record of offices",)),
    ]


def test_an_office_that_changes_hands_is_a_succession(news: Any) -> None:
    said = [
        news.role("a", "ana-silva/PRT", "Defence Minister", "PRT"),
        news.role("b", "rui-costa/PRT", "Defence Minister", "PRT"),
    ]
    assert found(said, pages(news, a=DAY, b="2024-05-01")) == []
