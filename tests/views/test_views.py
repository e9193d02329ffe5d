"""What the views say of a ledger made by hand."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from communique.domain.load import Domain
from communique.errors import UsageError
from communique.ledger.store import Ledger
from communique.model import Disagreement, Interval, Participant, Side, Statement
from communique.views.actors import choose
from communique.views.catalogue import VIEWS, view
from communique.views.page import Line, Section, View, Words
from communique.views.records import as_json
from communique.views.selection import Selection


def chosen(domain: Domain, *names: str, **more: object) -> Selection:
    return Selection(choose(names, domain), **more)  # type: ignore[arg-type]


def at(shown: View, title: str) -> Section:
    return next(section for section in shown.sections if section.title == title)


def said(shown: View, title: str) -> list[str]:
    return [line.words.text for line in at(shown, title).lines if line.words]


def every_word(shown: View) -> Iterator[Words]:
    for line in lines(shown):
        yield from line.evidence
        if line.words:
            yield line.words


def lines(shown: View) -> Iterator[Line]:
    for section in shown.sections:
        yield from section.lines


@pytest.fixture
def brief(ledger: Ledger, domain: Domain) -> View:
    return view("brief", ledger, chosen(domain, "Finland", "Sweden"), domain)


def names_of(name: str) -> tuple[str, ...]:
    return ("Finland", "Sweden") if name == "tie" else ()


@pytest.mark.parametrize("name", sorted(VIEWS))
@pytest.mark.parametrize("all", [False, True])
def test_every_word_stands_in_the_page(name: str, all: bool, ledger: Ledger, domain: Domain) -> None:
    shown = view(name, ledger, chosen(domain, *names_of(name), all=all), domain)
    texts = {document.doc_id: document.text for document in ledger.documents()}
    words = list(every_word(shown))
    assert words
    for one in words:
        assert texts[one.doc_id][one.start : one.end] == one.text
        assert all_inside(one)
    numbers = {page.number: page.doc_id for page in shown.pages}
    assert {(w.number, w.doc_id) for w in words} <= set(numbers.items())


def all_inside(words: Words) -> bool:
    return all(0 <= mark.start < mark.end <= len(words.text) for mark in words.marks)


@pytest.mark.parametrize("name", sorted(VIEWS))
def test_the_same_ledger_gives_the_same_view(name: str, ledger: Ledger, domain: Domain) -> None:
    selection = chosen(domain, *names_of(name))
    assert view(name, ledger, selection, domain) == view(name, ledger, selection, domain)


@pytest.mark.parametrize("name", sorted(VIEWS))
def test_views_of_an_empty_ledger_say_so(name: str, empty: Ledger, domain: Domain) -> None:
    shown = view(name, empty, chosen(domain, *names_of(name)), domain)
    assert not list(lines(shown))
    assert all(section.empty or section.note or section.title == "Origins" for section in shown.sections)


def test_what_happened_is_what_was_done(brief: View) -> None:
    happened = at(brief, "What happened")
    assert {line.factuality for line in happened.lines} == {"actual"}
    told = " ".join(said(brief, "What happened"))
    assert "will open" not in told and "pledged" not in told and "not sent" not in told


def test_a_fact_counts_voices_and_cites_pages(brief: View) -> None:
    meeting = next(line for line in at(brief, "What happened").lines if len(line.evidence) > 1)
    assert meeting.origins == ("Nordic Wire", "The Sound")
    assert meeting.pages == (1, 2)
    assert meeting.when == "8 May 2023"


def test_what_lies_after_the_newest_page_is_coming(brief: View) -> None:
    (line,) = at(brief, "Coming").lines
    assert (line.factuality, line.when) == ("planned", "1 Jun 2023")


def test_a_plan_whose_day_is_past_is_not_coming(ledger: Ledger, domain: Domain) -> None:
    later = view("brief", ledger, chosen(domain, "Sweden", as_of=date(2023, 7, 1)), domain)
    assert not at(later, "Coming").lines
    (line,) = at(later, "Planned, not seen done").lines
    assert line.undone == "planned"


def test_the_brief_of_two_has_the_own_acts_of_each_and_nothing_of_strangers(brief: View) -> None:
    told = said(brief, "What happened")
    assert any("budget of 6 billion" in words for words in told)
    assert not any("radar" in words for words in told)


def test_pledges_ties_quotes_and_denials_have_their_places(brief: View) -> None:
    assert [line.factuality for line in at(brief, "Pledges").lines] == ["pledged"]
    assert [line.what for line in at(brief, "Standing ties").lines] == ["Finland and Sweden: partners"]
    (quote,) = at(brief, "In their own words").lines
    assert quote.words and quote.words.text.startswith("We have never been closer")
    assert [line.undone for line in at(brief, "Denied, or only if").lines] == ["denied"]


def test_both_sides_of_a_disagreement_are_told(brief: View, ledger: Ledger, domain: Domain) -> None:
    (line,) = at(brief, "Where they differ").lines
    assert line.value == "figure: 23,800 people [1] / about 21,000 people [2]"
    (section,) = view("disagreements", ledger, chosen(domain), domain).sections
    assert [side.value for side in section.lines] == ["23,800 people", "about 21,000 people"]
    assert [side.origins for side in section.lines] == [("The Sound",), ("Nordic Wire",)]


def test_single_sourced_facts_are_counted(brief: View) -> None:
    assert "6 of 8 facts rest on one origin" in at(brief, "Single-sourced").note


def test_a_page_without_publisher_is_an_origin_of_its_own(ledger: Ledger, domain: Domain) -> None:
    shown = view("timeline", ledger, chosen(domain, "Norway"), domain)
    (line,) = at(shown, "Undated").lines
    assert line.origins == ("page 3",)  # pages/10.txt comes after pages/2.txt


def test_since_and_until_keep_what_may_lie_between(ledger: Ledger, domain: Domain) -> None:
    early = view("timeline", ledger, chosen(domain, until=date(2022, 12, 5)), domain)
    assert said(early, "By time") == ["Finland adopted a budget of 6 billion euros for defence."]
    late = view("timeline", ledger, chosen(domain, since=date(2023, 6, 1)), domain)
    assert [line.factuality for line in at(late, "By time").lines] == ["planned"]


def test_more_lines_than_fit_are_counted(ledger: Ledger, domain: Domain) -> None:
    few = view("brief", ledger, chosen(domain), domain)
    assert all(len(section.lines) <= 12 for section in few.sections)
    everything = view("brief", ledger, chosen(domain, all=True), domain)
    assert not any(section.more for section in everything.sections)


def test_network_joins_pairs_and_counts_facts(ledger: Ledger, domain: Domain) -> None:
    (section,) = view("network", ledger, chosen(domain, "Finland"), domain).sections
    told = {line.what: line for line in section.lines}
    assert told["Finland – Sweden · CONSULT"].value == "1 fact"
    assert told["Finland – Sweden · COOPERATE"].factuality == "planned"
    assert not any("Norway" in what for what in told)


def test_a_tie_needs_two(ledger: Ledger, domain: Domain) -> None:
    with pytest.raises(UsageError, match="between two actors"):
        view("tie", ledger, chosen(domain, "Finland"), domain)


def test_coverage_marks_each_origin(ledger: Ledger, domain: Domain) -> None:
    matrix, voices = view("coverage", ledger, chosen(domain), domain).sections
    top = matrix.lines[0]
    told_by = {column for column, cell in zip(matrix.columns, top.cells, strict=True) if cell}
    assert told_by == set(top.origins)
    assert len(top.origins) == 2
    assert {line.what for line in voices.lines} == {"The Sound", "Nordic Wire", "page 3"}


def test_unknown_views_are_refused(ledger: Ledger, domain: Domain) -> None:
    with pytest.raises(UsageError, match="no view 'map'"):
        view("map", ledger, Selection(), domain)


def test_json_has_ids_counts_and_offsets(brief: View, ledger: Ledger) -> None:
    plain = json.loads(as_json(brief))
    facts = {fact.fact_id for fact in ledger.facts()}
    known = {statement.statement_id for statement in ledger.statements()}
    for section in plain["sections"]:
        for line in section["lines"]:
            assert line["fact_id"] in facts and set(line["statement_ids"]) <= known
            assert line["independent_origins"] == len(line["origins"]) > 0
            assert line["words"]["text"]


def test_what_was_done_on_no_day_was_done_by_that_of_its_first_page(
    maker: Any, empty: Ledger, domain: Domain
) -> None:
    bought, again = "Finland bought 64 fighters.", "Finland bought 64 fighters, it is said."
    buying = {"type": "ACQUIRE", "actors": "actor:FIN"}
    first, later = date(2022, 3, 4), date(2023, 3, 4)
    maker.page("a.txt", bought, ("jets", bought, buying), published=(first, first))
    maker.page("b.txt", again, ("jets", again, buying), published=(later, later), title="Again")
    maker.store(empty)
    (line,) = at(view("brief", empty, chosen(domain, "Finland"), domain), "What happened").lines
    assert line.when == "by 4 Mar 2022"


def test_a_plan_for_a_long_time_is_due_by_its_end(maker: Any, empty: Ledger, domain: Domain) -> None:
    plan = "Finland will open a base by 2030."
    until = Interval(date(2023, 5, 9), date(2030, 12, 31), "range")
    said = {"type": "DEPLOY", "actors": "actor:FIN", "factuality": "planned", "when": until}
    maker.page("a.txt", plan, ("base", plan, said))
    maker.store(empty)
    (line,) = at(view("brief", empty, chosen(domain, "Finland"), domain), "Coming").lines
    assert line.when == "by 31 Dec 2030"


def test_a_line_is_told_in_words_of_its_own_day(maker: Any, empty: Ledger, domain: Domain) -> None:
    one, other = (
        "Finland adopted the plan in November.",
        "Finland adopted the plan in December 2022, in Turku.",
    )
    november = Interval(date(2022, 11, 1), date(2022, 11, 30), "month")
    december = Interval(date(2022, 12, 1), date(2022, 12, 31), "month")
    adopted = {"type": "ADOPT", "actors": "actor:FIN"}
    maker.page("a.txt", one, ("plan", one, {**adopted, "when": november, "score": 0.6}))
    maker.page("b.txt", other, ("plan", other, {**adopted, "when": december, "score": 0.9}), title="Later")
    maker.store(empty)
    (line,) = at(view("brief", empty, chosen(domain, "Finland"), domain), "What happened").lines
    assert (line.when, line.words and line.words.text) == ("Nov 2022", one)


def test_a_title_off_the_record_is_shown_beside_who_held_the_office(
    maker: Any, empty: Ledger, domain: Domain
) -> None:
    tenure = next(t for t in domain.tenures if "Prime Minister" in t.office.titles and t.until)
    day, words = tenure.since + (tenure.until - tenure.since) / 2, "Prime Minister Ada Virta spoke."
    entry = maker.page("a.txt", words, published=(day, day))
    role = Statement(
        entry.document.doc_id, "role", entry.document.text.index(words), entry.document.text.index(" spoke"),
        words.removesuffix(" spoke."), office="Prime Minister", when=Interval(day, day), origin="The Sound",
        rule="title against the record",
        actors=(
            Participant("holder", "ada-virta", "Ada Virta", "person", tenure.office.of, 0, 1),
            Participant("of", tenure.office.of, "it", "state", tenure.office.of, 0, 1),
        ),
    )  # fmt: skip
    maker.entries[0] = replace(entry, statements=(role,))
    maker.told["role"] = [role]
    maker.store(empty)
    fact = next(empty.facts())
    sides = (
        Side("Ada Virta, Prime Minister", (role.statement_id,), ("The Sound",)),
        Side("another holder on those days", (), ("record of offices",)),
    )
    one = Disagreement(fact.fact_id, fact.about, "actor", sides)
    empty.set_reconciled([], [], [fact], [one], {})
    (section,) = view("disagreements", empty, chosen(domain), domain).sections
    page, record = section.lines
    assert page.value == "Ada Virta, Prime Minister" and page.words
    assert record.value.startswith(f"{domain.people[tenure.person_id].name}, ")
    assert record.origins == ("record of offices",) and record.words is None
