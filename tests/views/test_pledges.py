"""What became of what was promised."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from communique.domain.load import Domain
from communique.ledger.store import Ledger
from communique.model import Interval, Object, Quantity, Source, Statement
from communique.views.catalogue import view
from communique.views.due import due
from communique.views.page import Line, Section, View
from communique.views.selection import Selection

MAY = (date(2023, 5, 9), date(2023, 5, 9))
JULY = (date(2023, 7, 20), date(2023, 7, 20))
Day = Callable[..., Interval]


def sections(ledger: Ledger, domain: Domain, **more: Any) -> dict[str, Section]:
    shown: View = view("pledges", ledger, Selection(**more), domain)
    return {section.title: section for section in shown.sections}


def only(section: Section) -> Line:
    (line,) = section.lines
    return line


PROMISE = "Finland will give Estonia 12 howitzers by June 30, the minister said."
GIVEN = "Finland handed 12 howitzers to Estonia in Tapa."
DENIED = "Finland will not give howitzers to Estonia, the new minister said."


def pledged(maker: Any, **fields: Any) -> None:
    said = {"type": "AID", "actors": "actor:FIN recipient:EST", "factuality": "pledged"}
    gun = {"object": Object("12 howitzers"), "attributed_to": Source("ada-virta", "Ada Virta")}
    figure = {
        "kind": "quantity",
        "type": None,
        "actors": "subject:FIN",
        "quantity": Quantity(12, None, "howitzer", "exact", "howitzers given"),
    }
    maker.page(
        "may.txt",
        PROMISE,
        ("guns", PROMISE, {**said, **gun, **fields}),
        ("twelve", PROMISE, figure),
        published=MAY,
    )


def test_a_promise_is_open_until_its_day(maker: Any, empty: Ledger, domain: Domain, single_day: Day) -> None:
    by = Interval(date(2023, 5, 9), date(2023, 6, 30), "range", "June 30")
    pledged(maker, when=by)
    maker.store(empty)
    line = only(sections(empty, domain)["Open"])
    assert (line.when, line.what, line.value) == (
        "due 30 Jun 2023",
        "Finland → Estonia · AID",
        "12 howitzers",
    )
    assert line.note == "pledged per [1], on the word of Ada Virta"
    assert line.words and line.words.text == PROMISE
    late = sections(empty, domain, as_of=date(2023, 7, 1))
    assert not late["Open"].lines
    assert only(late["Lapsed"]).fact_id == line.fact_id
    assert "gone by on 1 Jul 2023" in late["Lapsed"].note


def test_a_report_that_it_was_done_settles_it(
    maker: Any, empty: Ledger, domain: Domain, single_day: Day
) -> None:
    pledged(maker, when=Interval(date(2023, 5, 9), date(2023, 6, 30), "range"))
    given = {"type": "AID", "actors": "actor:FIN recipient:EST", "object": Object("howitzers")}
    maker.page(
        "july.txt", GIVEN, ("guns", GIVEN, given), published=JULY, publisher="Nordic Wire", title="Guns"
    )
    maker.store(empty)
    shown = sections(empty, domain)
    assert not shown["Open"].lines and not shown["Lapsed"].lines
    line = only(shown["Reported done"])
    assert line.words and line.words.text == GIVEN
    assert "pledged per [2] 9 May 2023" in line.note and "done per [1]" in line.note
    before = sections(empty, domain, as_of=date(2023, 6, 1))
    assert only(before["Open"]).words.text == PROMISE  # type: ignore[union-attr]


def test_a_denial_contradicts_it(maker: Any, empty: Ledger, domain: Domain) -> None:
    pledged(maker)
    no = {"type": "AID", "actors": "actor:FIN recipient:EST", "factuality": "denied"}
    maker.page("july.txt", DENIED, ("guns", DENIED, no), published=JULY, title="No guns")
    maker.store(empty)
    line = only(sections(empty, domain)["Contradicted"])
    assert line.words and line.words.text == DENIED
    assert "denied per [1]" in line.note


def test_who_refuses_the_same_thing_later_contradicts_it(maker: Any, empty: Ledger, domain: Domain) -> None:
    thing = Object("the howitzers", "k9")
    pledged(maker, object=thing)
    refused = "Finland refused to give the howitzers to Estonia."
    no = {"type": "REJECT", "actors": "actor:FIN recipient:EST", "object": thing}
    maker.page("july.txt", refused, ("refusal", refused, no), published=JULY, title="No guns")
    maker.store(empty)
    line = only(sections(empty, domain)["Contradicted"])
    assert line.words and line.words.text == refused
    assert line.pages == (1, 2)


def test_what_is_done_before_the_promise_does_not_keep_it(maker: Any, empty: Ledger, domain: Domain) -> None:
    pledged(maker)
    given = {"type": "AID", "actors": "actor:FIN recipient:EST", "object": Object("howitzers")}
    spring = (date(2023, 3, 1), date(2023, 3, 1))
    maker.page("march.txt", GIVEN, ("guns", GIVEN, given), published=spring, title="Guns")
    maker.store(empty)
    assert only(sections(empty, domain)["Open"])


def test_the_words_of_the_promise_report_nothing_done(maker: Any, empty: Ledger, domain: Domain) -> None:
    pledged(maker)
    maker.entries[0] = replace(
        maker.entries[0],
        statements=(*maker.entries[0].statements, decided := _as_done(maker.entries[0].statements[0])),
    )
    maker.told["guns"].append(decided)
    maker.store(empty)
    assert only(sections(empty, domain)["Open"])


def _as_done(statement: Statement) -> Statement:
    return replace(
        statement,
        factuality="actual",
        start=statement.start,
        end=statement.end - 1,
        quote=statement.quote[:-1],
    )


def test_those_due_first_stand_first_and_plans_apart(maker: Any, empty: Ledger, domain: Domain) -> None:
    words = [
        "Finland will buy radars.",
        "Finland will open a school by 2030.",
        "Finland will host talks on June 1.",
    ]
    days = [
        None,
        Interval(date(2023, 5, 9), date(2030, 12, 31), "range"),
        Interval(date(2023, 6, 1), date(2023, 6, 1)),
    ]
    said = [
        (f"plan {n}", text, {"type": "ADOPT", "actors": "actor:FIN", "factuality": "planned", "when": day})
        for n, (text, day) in enumerate(zip(words, days, strict=True))
    ]
    maker.page("may.txt", " ".join(words), *said, published=MAY)
    maker.store(empty)
    shown = sections(empty, domain)
    assert [line.when for line in shown["Planned"].lines] == [
        "due 1 Jun 2023",
        "due 31 Dec 2030",
        "no day set",
    ]
    assert not shown["Open"].lines
    late = sections(empty, domain, as_of=date(2024, 1, 1))
    assert [line.when for line in late["Planned for a day gone by"].lines] == ["due 1 Jun 2023"]


PAGE = Interval(date(2023, 1, 13), date(2023, 1, 13))
WINDOW = Interval(date(2023, 1, 2), date(2023, 1, 20), "range")
DECEMBER = Interval(date(2022, 12, 1), date(2022, 12, 31), "month")


@pytest.mark.parametrize(
    ("quote", "when", "published", "expected"),
    [
        ("to double its spending within five years", DECEMBER, PAGE, ("2027-12-01", "2027-12-31")),
        ("to double its spending over the next 5 years", None, PAGE, ("2028-01-13", "2028-01-13")),
        ("to send guns within six weeks", None, PAGE, ("2023-02-24", "2023-02-24")),
        ("to send guns within weeks", None, PAGE, None),
        ("to send guns within five years", None, None, None),
        ("to send guns", DECEMBER, PAGE, None),
        (
            "to meet in March",
            Interval(date(2023, 3, 1), date(2023, 3, 31), "month"),
            PAGE,
            ("2023-03-01", "2023-03-31"),
        ),
        (
            "to meet by March",
            Interval(date(2023, 1, 13), date(2023, 3, 31), "range"),
            PAGE,
            ("2023-03-31", "2023-03-31"),
        ),
        ("agreed on Friday to meet", Interval(date(2023, 1, 6), date(2023, 1, 27), "range"), WINDOW, None),
    ],
)
def test_a_day_due_is_read_from_the_words(
    quote: str, when: Interval | None, published: Interval | None, expected: tuple[str, str] | None
) -> None:
    said = Statement("d", "event", 0, len(quote), quote, when=when, factuality="pledged")
    found = due(said, published)
    assert (found and (found.earliest.isoformat(), found.latest.isoformat())) == expected


def test_what_is_told_as_done_is_due_only_by_a_length_of_time() -> None:
    said = Statement("d", "event", 0, 4, "done", when=Interval(date(2023, 3, 1), date(2023, 3, 1)))
    assert due(said, PAGE) is None
