"""How the printings of one text differ."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from communique.domain.load import Domain
from communique.ledger.store import Ledger
from communique.model import Family
from communique.views.page import Section
from communique.views.why import why

BASE = (
    "Norway will lend Latvia a mine hunter, the ministry in Oslo said on Tuesday. The ship has a crew of 36. "
    "She leaves Bergen in spring. Latvia pays for the fuel."
)
LATER = (
    "Norway will lend Latvia two mine hunters, the ministry in Oslo said on Tuesday. The ship has a crew "
    "of 38. Latvia pays for the fuel. The mayor of Liepaja was glad."
)
DAY, NEXT = date(2023, 3, 7), date(2023, 3, 8)


@pytest.fixture
def printed(maker: Any, empty: Ledger) -> Ledger:
    one = maker.page("one.txt", BASE, published=(DAY, DAY), title="A loan")
    two = maker.page("two.txt", LATER, published=(NEXT, NEXT), title="A loan, and more")
    ids = (one.document.doc_id, two.document.doc_id)
    empty.add(maker.entries)
    empty.set_reconciled([Family("fa" * 8, tuple(sorted(ids)), ids[0])], [], [], [], {})
    return empty


def told(section: Section) -> list[tuple[str, str, str]]:
    return [(line.what, line.value, line.words.text if line.words else "") for line in section.lines]


def test_a_family_tells_its_earliest_and_fullest_and_what_a_member_changes(
    printed: Ledger, domain: Domain
) -> None:
    members, beside = why(printed, "fa" * 8, domain).sections
    assert [line.value for line in members.lines] == ["31 words, the earliest, the fullest", "32 words"]
    assert beside.title == "Page 2 beside page 1"
    assert told(beside) == [
        ("adds", "", "The mayor of Liepaja was glad."),
        ("tells in other words", "", LATER.split(". ")[0] + "."),
        ("tells in other words", "38 for 36", "The ship has a crew of 38."),
        ("leaves out", "", "She leaves Bergen in spring."),
    ]


def test_every_word_stands_in_its_page(printed: Ledger, domain: Domain) -> None:
    texts = {document.doc_id: document.text for document in printed.documents()}
    for section in why(printed, "fa" * 8, domain).sections:
        for line in section.lines:
            for words in (*line.evidence, *([line.words] if line.words else [])):
                assert texts[words.doc_id][words.start : words.end] == words.text


def test_as_of_a_day_the_later_printing_is_not_there(printed: Ledger, domain: Domain) -> None:
    (members,) = why(printed, "fa" * 8, domain, as_of=DAY).sections
    assert [line.value for line in members.lines] == ["31 words, the earliest, the fullest"]


@pytest.mark.parametrize(
    ("days", "marks"),
    [
        ([(DAY, DAY), (DAY, DAY)], ["of the first day", "of the first day"]),
        ([(DAY, DAY), None], ["", ""]),
        ([(DAY, NEXT), (DAY, NEXT)], ["", ""]),
        ([(DAY, DAY), (DAY, NEXT)], ["", ""]),
    ],
)
def test_the_earliest_is_told_only_where_it_is_sure(
    maker: Any, empty: Ledger, domain: Domain, days: list[Any], marks: list[str], tmp_path: Path
) -> None:
    made = [
        maker.page(f"{n}.txt", f"{BASE} {'Again. ' * n}", published=day, title=f"No {n}")
        for n, day in enumerate(days)
    ]
    ids = [one.document.doc_id for one in made]
    empty.add(maker.entries)
    empty.set_reconciled([Family("fa" * 8, tuple(sorted(ids)), ids[1])], [], [], [], {})
    members = why(empty, "fa" * 8, domain).sections[0]
    shown = {line.what: line.value for line in members.lines}
    found = [
        shown[f"page {n + 1}: No {n}"].partition("words")[2].replace(", the fullest", "") for n in (0, 1)
    ]
    assert [part.removeprefix(", ") for part in found] == marks
    assert bool(members.note) == (not any(marks))
