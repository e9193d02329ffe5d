from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from communique.model import Document, Fact, Interval, Statement
from communique.reconcile.compare import features
from communique.reconcile.digests import digest
from communique.reconcile.facts import explain, facts

JANUARY, APRIL = "2023-01-12", "2024-04-09"


def pages(news: Any, **published: str) -> dict[str, Document]:
    return {i: news.page(i, day) for i, day in published.items()}


def together(found: list[Fact], *statements: Statement) -> bool:
    """Whether the statements are in one fact."""
    return any({s.statement_id for s in statements} <= set(fact.statement_ids) for fact in found)


# --- roles and ties ---------------------------------------------------------------------------------


def test_one_office_under_two_titles_is_one_role(news: Any) -> None:
    said = [
        news.role("a", "ana-silva/PRT", "Prime Minister", "PRT"),
        news.role("b", "ana-silva/PRT", "then-premier", "PRT"),
        news.role("c", "ana-silva/PRT", "Portuguese prime minister", "PRT"),
    ]
    assert together(facts(said, {}), *said)


def test_a_deputy_is_not_the_minister_nor_another_person_the_same(news: Any) -> None:
    said = [
        news.role("a", "ana-silva/PRT", "Defence Minister", "PRT"),
        news.role("b", "ana-silva/PRT", "Deputy Defence Minister", "PRT"),
        news.role("c", "rui-costa/PRT", "Defence Minister", "PRT"),
        news.role("d", "ana-silva/PRT", "Foreign Minister", "PRT"),
    ]
    assert len(facts(said, {})) == 4


def test_an_alliance_has_no_order_but_hosting_has(news: Any) -> None:
    allies = [news.tie("a", "ally", "JPN", "USA"), news.tie("b", "ally", "USA", "JPN")]
    hosts = [news.tie("a", "hosts_forces_of", "JPN", "USA"), news.tie("b", "hosts_forces_of", "USA", "JPN")]
    assert len(facts(allies, {})) == 1
    assert len(facts(hosts, {})) == 2


def test_the_name_of_a_tie_stays_when_pages_come(news: Any) -> None:
    first = news.tie("b", "ally", "JPN", "USA")
    earlier = news.tie("a", "ally", "USA", "JPN")
    (alone,), (both,) = facts([first], {}), facts([first, earlier], {})
    assert alone.fact_id == both.fact_id


# --- events -----------------------------------------------------------------------------------------


def test_planned_and_done_are_one_event_that_was_done(news: Any) -> None:
    will = news.event(
        "a", "Silva will meet the president in Oslo on 13 January", "AGREE", ("PRT",), ("NOR",),
        "2023-01-13", factuality="planned",
    )  # fmt: skip
    will_meet = news.event(
        "a2", "Silva and the president will meet in Oslo", "CONSULT", ("PRT", "NOR"), (),
        "2023-01-13", mutual=True, factuality="planned",
    )  # fmt: skip
    met = news.event(
        "b", "Portugal's prime minister was received by the president", "CONSULT", ("NOR",), ("PRT",),
        "2023-01-13",
    )  # fmt: skip
    found = facts([will, will_meet, met], pages(news, a="2023-01-10", a2="2023-01-11", b="2023-01-14"))
    assert together(found, will_meet, met)
    fact = next(f for f in found if met.statement_id in f.statement_ids)
    assert fact.factuality == "actual"
    assert fact.statement_ids[0] in (will.statement_id, will_meet.statement_id)


def test_visits_of_two_years_are_two_events(news: Any) -> None:
    said = [
        news.event("a", "Kishida will meet Biden in Washington", "CONSULT", ("JPN",), ("USA",), "2023-01-13"),
        news.event("b", "Kishida will meet Biden in Washington", "CONSULT", ("JPN",), ("USA",), "2024-04-10"),
        news.event("c", "Kishida will meet Biden in Washington", "CONSULT", ("JPN",), ("USA",)),
    ]
    found = facts(said, pages(news, a=JANUARY, b=APRIL, c=APRIL))
    assert len(found) == 2
    assert together(found, said[1], said[2])


def test_one_decision_in_other_words_is_one_fact(news: Any) -> None:
    said = [
        news.event(
            "a", "Warsaw decided to double its defence spending within four years", "ADOPT", ("POL",), (),
            "2023-03", "defence spending",
        ),
        news.event(
            "b", "Poland pledged to double its military budget over four years", "ADOPT", ("POL",), (),
            None, "military budget", factuality="pledged",
        ),
    ]  # fmt: skip
    assert together(facts(said, pages(news, a="2023-03-20", b="2023-03-25")), *said)


def test_a_draft_budget_is_not_the_decision_to_double(news: Any) -> None:
    said = [
        news.event(
            "a", "the cabinet adopted a record draft defence budget of 30 billion", "ADOPT", ("POL",), (),
            "2023-03", "draft defence budget",
        ),
        news.event(
            "b", "a commitment to double defence spending to 4 percent of output", "ADOPT", ("POL",), (),
            "2023-03", "defence spending",
        ),
    ]  # fmt: skip
    assert len(facts(said, pages(news, a="2023-03-20", b="2023-03-25"))) == 2


def test_two_agreements_of_one_day_are_two_facts(news: Any) -> None:
    said = [
        news.event(
            "a", "they agreed to share radar data", "AGREE", ("JPN",), ("PHL",), "2024-04-11", "radar data"
        ),
        news.event(
            "b", "they agreed to build a port in Subic", "AGREE", ("JPN",), ("PHL",), "2024-04-11", "port"
        ),
    ]
    assert len(facts(said, pages(news, a=APRIL, b=APRIL))) == 2


def test_who_does_it_to_whom_matters_where_the_type_is_directed(news: Any) -> None:
    said = [
        news.event("a", "accused it of spying", "ACCUSE", ("USA",), ("CHN",), "2024-04-11"),
        news.event("b", "accused it of spying", "ACCUSE", ("CHN",), ("USA",), "2024-04-11"),
    ]
    assert len(facts(said, pages(news, a=APRIL, b=APRIL))) == 2


def test_a_predecessors_visit_is_another(news: Any) -> None:
    said = [
        news.event("a", "the state visit to Washington", "CONSULT", ("old-premier/JPN",), ("USA",), "2015"),
        news.event("b", "the state visit to Washington", "CONSULT", ("new-premier/JPN",), ("USA",)),
    ]
    assert len(facts(said, pages(news, a=APRIL, b=APRIL))) == 2


def test_two_things_of_one_sentence_stay_two(news: Any) -> None:
    quote = "it bought 40 jets and ordered two frigates"
    jets = news.event("a", quote, "ACQUIRE", ("POL",), (), "2024-04", "jets")
    frigates = Statement(
        **{
            name: getattr(jets, name)
            for name in ("doc_id", "kind", "start", "end", "quote", "type", "actors")
        },
        object=type(jets.object)("frigates"),  # type: ignore[misc,call-arg]
        when=jets.when,
    )
    assert len(facts([jets, frigates], pages(news, a=APRIL))) == 2


def test_small_likenesses_make_no_chain(news: Any) -> None:
    steps = [
        "coal",
        "grain",
        "steel",
        "cocoa",
        "sugar",
        "copper",
        "cotton",
        "timber",
        "rubber",
        "barley",
        "cement",
        "nickel",
    ]
    said = [
        news.event(f"d{n}", f"agreed on {' and '.join(steps[n : n + 4])}", "AGREE", ("BRA",), ("GHA",))
        for n in range(9)
    ]
    found = facts(said, {f"d{n}": news.page(f"d{n}", APRIL) for n in range(9)})
    assert not together(found, said[0], said[8])
    assert max(len(fact.statement_ids) for fact in found) <= 4


# --- quantities and quotations ----------------------------------------------------------------------


def test_a_figure_told_twice_is_one_fact_though_it_differs(news: Any) -> None:
    said = [
        news.figure("a", "some 36,000 soldiers are based in Germany", 36000, "person",
                    "military personnel based in Germany", ("USA", "DEU"), "about"),
        news.figure("b", "Berlin counts 35,000 troops", 35000, "person", "troops in Germany", ("USA", "DEU")),
    ]  # fmt: skip
    assert together(facts(said, pages(news, a=JANUARY, b=JANUARY)), *said)


def test_other_measures_years_and_subjects_are_other_figures(news: Any) -> None:
    said = [
        news.figure("a", "a budget of $51 billion for 2023", 51e9, "USD", "defence budget", ("JPN",)),
        news.figure("b", "a budget of $47 billion for 2022", 47e9, "USD", "defence budget", ("JPN",)),
        news.figure("c", "$51 billion", 51e9, "USD", "defence budget", ("DEU",)),
        news.figure("d", "$51 billion in chips", 51e9, "USD", "semiconductor exports to Taiwan", ("JPN",)),
        news.figure("e", "51 billion km", 51e9, "km", "defence budget", ("JPN",)),
    ]
    assert len(facts(said, pages(news, **dict.fromkeys("abcde", JANUARY)))) == 5


def test_words_quoted_at_length_and_in_part_are_one_fact(news: Any) -> None:
    whole = "We will defend every inch of our waters and ask nobody for leave"
    said = [
        news.quotation("a", "ana-silva/PRT", whole),
        news.quotation("b", "ana-silva/PRT", "defend every inch of our waters"),
        news.quotation("c", "ana-silva/PRT", "ask nobody for leave"),
    ]
    found = facts(said, pages(news, **dict.fromkeys("abc", JANUARY)))
    assert together(found, *said)
    assert found[0].about == whole


def test_the_same_words_of_two_speakers_are_two_facts(news: Any) -> None:
    words = "We will defend every inch of our waters"
    said = [news.quotation("a", "ana-silva/PRT", words), news.quotation("b", "rui-costa/PRT", words)]
    assert len(facts(said, {})) == 2


def test_a_set_phrase_said_at_two_times_is_two_facts(news: Any) -> None:
    said = [news.quotation(i, "ana-silva/PRT", "a free and open Atlantic") for i in "ab"]
    assert len(facts(said, pages(news, a=JANUARY, b=APRIL))) == 2


# --- as extractors give them ------------------------------------------------------------------------


def test_one_meeting_of_three_is_told_with_two_of_them(news: Any) -> None:
    said = [
        news.event(
            "a", "On Thursday Portugal and Norway join a summit with Iceland", "CONSULT",
            ("PRT", "NOR", "ISL"), (), "2024-04-11", mutual=True,
        ),
        news.event(
            "b", "talks with the king, followed by a three-way summit with the premier the next day",
            "CONSULT", ("ana-silva/PRT", "jon-jonsson/ISL"), (), "2024-04-11", mutual=True,
        ),
        news.event(
            "c", "she spoke to parliament about fish on Thursday", "CONSULT",
            ("ana-silva/PRT", "storting/NOR"), (), "2024-04-11", mutual=True,
        ),
    ]  # fmt: skip
    found = facts(said, pages(news, a=APRIL, b=APRIL, c=APRIL))
    assert together(found, *said[:2])
    assert not together(found, said[0], said[2])


def test_what_two_agreed_is_not_what_they_agreed_with_a_third(news: Any) -> None:
    said = [
        news.event("a", "strengthen their defence cooperation", "COOPERATE", two, (), None,
                   "defence cooperation", mutual=True, factuality="planned")
        for two in (("PRT", "NOR"), ("PRT", "NOR", "ISL"))
    ]  # fmt: skip
    assert len(facts(said, pages(news, a=APRIL))) == 2


def test_a_visit_is_not_the_talks_held_on_it(news: Any) -> None:
    said = [
        news.event("a", "her 8-14 April trip to Norway", "CONSULT", ("ana-silva/PRT",), ("NOR",),
                   "2024-04-08/2024-04-14", mode="visit"),
        news.event("a", "Silva will hold talks with the king on Wednesday", "CONSULT",
                   ("ana-silva/PRT", "NOR"), (), "2024-04-10", mutual=True, factuality="planned"),
        news.event("b", "Silva begins a state visit to Norway on Tuesday", "CONSULT", ("ana-silva/PRT",),
                   ("NOR",), "2024-04-09", mode="visit"),
    ]  # fmt: skip
    found = facts(said, pages(news, a=APRIL, b=APRIL))
    assert together(found, said[0], said[2])
    assert not together(found, said[0], said[1])


def test_a_visit_that_two_pages_begin_a_day_apart_is_one(news: Any) -> None:
    said = [
        news.event("a", "Silva arrived in Oslo on Monday", "CONSULT", ("ana-silva/PRT",), ("NOR",),
                   "2024-04-08", mode="visit"),
        news.event("b", "Silva had begun the visit on Tuesday", "CONSULT", ("ana-silva/PRT",), ("NOR",),
                   "2024-04-09", mode="visit"),
        news.event("b", "the visit of the minister on Tuesday", "CONSULT", ("rui-costa/PRT",), ("NOR",),
                   "2024-04-09", mode="visit"),
    ]  # fmt: skip
    found = facts(said, pages(news, a=APRIL, b=APRIL))
    assert together(found, *said[:2])
    assert not together(found, said[0], said[2])


def test_a_war_that_is_named_in_passing_is_the_one_war(news: Any) -> None:
    said = [
        news.event("a", "the invasion", "ASSAULT", ("BLR",), ("LVA",)),
        news.event("b", "the ministers spoke of trade and fish, and of the war", "ASSAULT",
                   ("BLR",), ("LVA",)),
        news.event("c", "the attack", "ASSAULT", ("BLR",), ("LVA",)),
        news.event("d", "the missile attack on a bakery in the old town", "ASSAULT", ("BLR",), ("LVA",)),
        news.event("e", "attack on the harbour", "ASSAULT", ("BLR",), ("LVA",), "2024-04-02"),
    ]  # fmt: skip
    found = facts(said, pages(news, a=JANUARY, b="2023-02-20", c=APRIL, d=APRIL, e=APRIL))
    assert together(found, *said[:3])
    assert not together(found, said[0], said[3])
    assert not together(found, said[0], said[4])


def test_a_decision_is_told_again_long_after_but_an_agreement_is_not_made_again(news: Any) -> None:
    decided = [
        news.event("a", "Norway decided to double its spending on coast guards", "ADOPT", ("NOR",), (),
                   None, "spending on coast guards", factuality="planned"),
        news.event("b", "Oslo has pledged to double its spending on coast guards, and much else besides",
                   "ADOPT", ("NOR",), (), None, "spending on coast guards", factuality="pledged"),
    ]  # fmt: skip
    agreed = [
        news.event(i, "in a joint statement the leaders", "AGREE", ("NOR", "PRT"), (), mutual=True)
        for i in "ab"
    ]
    documents = pages(news, a=JANUARY, b=APRIL)
    assert together(facts(decided, documents), *decided)
    assert len(facts(agreed, documents)) == 2


def bought(news: Any, page: str, words: str, thing: str) -> Statement:
    said: Statement = news.event(page, words, "ACQUIRE", ("NOR",), thing=thing, factuality="planned")
    return said


def test_what_differs_in_nothing_but_its_name_is_another_thing(news: Any) -> None:
    drones = bought(news, "a", "Norway will buy twelve Skjold drones", "twelve Skjold drones")
    others = bought(news, "b", "Norway will buy twelve Havørn drones", "twelve Havørn drones")
    again = bought(news, "c", "Norway is to purchase twelve Skjold surveillance drones", "Skjold drones")
    spelt = bought(news, "d", "Norway will buy twelve Skjoldt drones", "twelve Skjoldt drones")
    found = facts([drones, others, again, spelt], pages(news, a=APRIL, b=APRIL, c=APRIL, d=APRIL))
    assert together(found, drones, again, spelt)
    assert not together(found, drones, others)


def test_another_name_and_another_figure_tell_two_purchases_apart(news: Any) -> None:
    jets = bought(news, "a", "Norway will buy 12 Osprey aircraft for its coast", "12 Osprey aircraft")
    planes = bought(news, "b", "Norway will buy 5 Hawkeye aircraft for its navy", "5 Hawkeye aircraft")
    fewer = bought(news, "c", "Norway will buy 10 Osprey aircraft for its coast", "10 Osprey aircraft")
    found = facts([jets, planes, fewer], pages(news, a=APRIL, b=APRIL, c=APRIL))
    assert together(found, jets, fewer)
    assert not together(found, jets, planes)


def test_the_name_of_a_state_or_its_people_is_no_other_thing(news: Any) -> None:
    said = [
        bought(
            news,
            "a",
            "Norway will double its budget for radars after the Finnish vote",
            "its budget for radars",
        ),
        bought(
            news,
            "b",
            "Norway will double its budget for radars after Helsinki and Tallinn",
            "budget for radars",
        ),
    ]
    assert together(facts(said, pages(news, a=APRIL, b=APRIL)), *said)


def test_figures_of_two_places_are_two_figures(news: Any) -> None:
    said = [
        news.figure("a", "29,350 people fled Lumbala", 29350.0, "person", "people fled", ("AGO",)),
        news.figure("b", "36,400 people fled Cangamba", 36400.0, "person", "people fled", ("AGO",)),
        news.figure("c", "31,000 people fled Lumbala", 31000.0, "person", "people fled", ("AGO",)),
    ]
    found = facts(said, pages(news, a=APRIL, b=APRIL, c=APRIL))
    assert not together(found, said[0], said[1])


def test_a_yearly_budget_is_not_the_decision_to_spend_more(news: Any) -> None:
    said = [
        news.event("a", "Oslo had decided to raise its spending drastically", "ADOPT", ("NOR",), (), None,
                   "spending", factuality="planned"),
        news.event("b", "Norway's cabinet last month approved a defence budget of $9 billion for the year",
                   "ADOPT", ("NOR",), (), "2022-12", "defence budget"),
    ]  # fmt: skip
    assert len(facts(said, pages(news, a=JANUARY, b=JANUARY))) == 2


def test_an_agreement_and_what_was_agreed_are_one_where_the_same_words_tell_both(news: Any) -> None:
    quote = "the two sides agreed to share radar data"
    agreed = news.event("a", quote, "AGREE", ("PRT", "NOR"), (), "2024-04-08", mutual=True)
    place = {"start": agreed.start, "end": agreed.end}
    shared = replace(
        news.event("a", quote, "COOPERATE", ("PRT", "NOR"), (), None, "radar data", mutual=True,
                   factuality="pledged"), **place,
    )  # fmt: skip
    met = replace(news.event("a", quote, "CONSULT", ("PRT", "NOR"), (), mutual=True), **place)
    found = facts([agreed, shared, met], pages(news, a=APRIL))
    assert together(found, agreed, shared)
    assert not together(found, agreed, met)


def test_yearly_counts_are_of_their_years(news: Any) -> None:
    tests = [
        news.event("a", "fired more than 70 missiles in 2022", "TEST", ("PRK",), (), "2022", "70 missiles"),
        news.event("b", "which has fired more than 30 missiles this year", "TEST", ("PRK",), (), "2023",
                   "30 missiles"),
    ]  # fmt: skip
    counts = [
        news.figure("a", "fired more than 70 missiles", 70, "missile", "fire missile", ("PRK",), "more_than",
                    period="2022"),
        news.figure("b", "fired more than 30 missiles", 30, "missile", "fire missile", ("PRK",), "more_than",
                    period="2023"),
    ]  # fmt: skip
    documents = pages(news, a=JANUARY, b="2023-08-19")
    assert len(facts(tests, documents)) == 2
    assert len(facts(counts, documents)) == 2


def test_troops_of_one_state_in_two_others_are_two_figures(news: Any) -> None:
    said = [
        news.figure("a", "keeps 28,500 troops there", 28500, "person", "keep troop", ("USA", "KOR")),
        news.figure("b", "hosts 54,000 troops", 54000, "person", "host troop", ("USA", "JPN")),
    ]
    assert len(facts(said, pages(news, a=JANUARY, b=JANUARY))) == 2


def test_a_figure_without_its_owner_needs_another_figure_beside_it(news: Any) -> None:
    def plan(doc_id: str, dollars: float, sum_in_yen: str, subjects: tuple[str, ...]) -> Statement:
        quote = f"a plan to spend {sum_in_yen} trillion yen in five years, or about ${dollars:,.0f} billion"
        made: Statement = news.figure(doc_id, quote, dollars * 1e9, "USD", "spend yen", subjects, "about")
        return made

    documents = pages(news, a=JANUARY, b=JANUARY)
    same = [plan("a", 320, "43", ("JPN",)), plan("b", 300, "43", ())]
    other = [plan("a", 320, "43", ("JPN",)), plan("b", 300, "41", ())]
    assert together(facts(same, documents), *same)
    assert not together(facts(other, documents), *other)


def test_a_round_figure_is_met_by_chance(news: Any) -> None:
    def hurt(doc_id: str, quote: str, subjects: tuple[str, ...]) -> Statement:
        made: Statement = news.figure(doc_id, quote, 2, "person", "soldier", subjects)
        return made

    flood = hurt("a", "two soldiers drowned when the river rose at Porto", ())
    again = hurt("b", "two soldiers drowned at Porto as the river rose by night", ())
    other = hurt("c", "two soldiers were fined for selling fuel", ())
    documents = pages(news, a=JANUARY, b=JANUARY, c=JANUARY)
    assert together(facts([flood, again], documents), flood, again)
    assert not together(facts([flood, other], documents), flood, other)


def test_one_whose_office_is_not_named_holds_the_one_known(news: Any) -> None:
    said = [
        news.role("a", "ana-silva/PRT", "then-Prime Minister", "PRT"),
        news.role("b", "ana-silva/PRT", "predecessor", "PRT"),
        news.role("c", "rui-costa/PRT", "predecessor", "PRT"),
    ]
    found = facts(said, {})
    assert together(found, *said[:2])
    assert len(found) == 2
    two_offices = [*said, news.role("d", "ana-silva/PRT", "Foreign Minister", "PRT")]
    assert len(facts(two_offices, {})) == 4


def test_a_weekday_on_an_undated_page_is_the_day_another_gives(news: Any) -> None:
    def talks(doc_id: str, when: Interval) -> Statement:
        made = news.event(doc_id, "the ministers held talks", "CONSULT", ("PRT", "NOR"), (), mutual=True)
        return replace(made, when=when)  # type: ignore[no-any-return]

    friday = talks("a", Interval(date(2024, 4, 12), date(2024, 4, 12), "day", "Friday"))
    some_friday = talks("b", Interval(date(2024, 3, 29), date(2024, 4, 12), "range", "Friday"))
    monday = talks("b", Interval(date(2024, 4, 1), date(2024, 4, 15), "range", "Monday"))
    documents = {"a": news.page("a", "2024-04-13"), "b": news.page("b", "2024-04-01/2024-04-15")}
    assert together(facts([friday, some_friday], documents), friday, some_friday)
    assert not together(facts([friday, monday], documents), friday, monday)


# --- explaining -------------------------------------------------------------------------------------


def test_explain_names_the_features_weightiest_first(news: Any) -> None:
    a = news.event("a", "Silva will meet the king", "CONSULT", ("PRT",), ("NOR",), "2023-01-13")
    b = news.event("b", "Silva met the king of Norway", "CONSULT", ("PRT",), ("NOR",), "2023-01-13")
    documents = pages(news, a=JANUARY, b=JANUARY)
    found = explain(a, b, documents)
    assert {"type", "parties", "words", "when"} <= {feature.name for feature in found}
    assert [abs(f.points) for f in found] == sorted((abs(f.points) for f in found), reverse=True)
    other = news.event("c", "Silva met the king", "CONSULT", ("PRT",), ("NOR",), "2023-06-13")
    assert explain(a, other, documents)[0].bars
    assert explain(a, news.tie("c", "ally", "PRT", "NOR"), documents)[0].name == "kind"


# --- what must always hold --------------------------------------------------------------------------

DAYS = st.sampled_from([None, "2023-01-13", "2023-01", "2023-02-02", "2023"])
TEXTS = st.lists(
    st.sampled_from(["signed", "missile", "budget", "troops", "talks", "port", "radar", "treaty", "patrol"]),
    min_size=1,
    max_size=6,
).map(" ".join)
STATES = st.sampled_from(["JPN", "USA", "PHL"])
TYPES = st.sampled_from(["CONSULT", "AGREE", "ADOPT", "TEST", "ASSAULT"])
DRAWN = st.lists(
    st.tuples(st.sampled_from("abc"), st.integers(0, 4), TEXTS, TYPES, STATES, STATES, DAYS), max_size=14
)


def statements_of(news: Any, drawn: list[tuple[Any, ...]]) -> list[Statement]:
    made = []
    for doc_id, kind, text, event_type, one, other, day in drawn:
        match kind:
            case 0:
                made.append(news.tie(doc_id, "ally", one, other))
            case 1:
                made.append(news.figure(doc_id, text, len(text) * 100, "person", text, (one,)))
            case 2:
                made.append(news.quotation(doc_id, "ana-silva/PRT", text, day))
            case _:
                made.append(news.event(doc_id, text, event_type, (one,), (other,), day))
    return made


@settings(max_examples=80, deadline=None)
@given(DRAWN, st.randoms())
def test_every_statement_is_in_one_fact_whatever_the_order(
    newsroom: Callable[[], Any], drawn: list[tuple[Any, ...]], rng: random.Random
) -> None:
    news = newsroom()
    said = statements_of(news, drawn)
    documents = pages(news, a=JANUARY, b="2023-01-20", c=APRIL)
    found = facts(said, documents)
    assert sorted(i for fact in found for i in fact.statement_ids) == sorted(s.statement_id for s in said)
    assert len({fact.fact_id for fact in found}) == len(found)
    quotes = {s.quote for s in said} | {s.words for s in said}
    assert all(fact.about in quotes for fact in found)
    rng.shuffle(said)
    assert facts(said, documents) == found


@settings(max_examples=60, deadline=None)
@given(DRAWN)
def test_likeness_does_not_depend_on_which_comes_first(
    newsroom: Callable[[], Any], drawn: list[tuple[Any, ...]]
) -> None:
    news = newsroom()
    documents = pages(news, a=JANUARY, b="2023-01-20", c=APRIL)
    digests = [digest(s, documents) for s in statements_of(news, drawn)]
    for a, b in pairwise(digests):
        assert [(f.name, f.points, f.bars) for f in features(a, b)] == [
            (f.name, f.points, f.bars) for f in features(b, a)
        ]
