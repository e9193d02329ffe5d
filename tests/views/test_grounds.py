"""Why the ledger holds something, and what a search finds."""

from __future__ import annotations

import pytest

from communique.domain.load import Domain
from communique.errors import LedgerError, UsageError
from communique.ledger.store import Ledger
from communique.views.found import found
from communique.views.page import View
from communique.views.why import why


def told(shown: View) -> dict[str, list[tuple[str, str]]]:
    return {section.title: [(line.what, line.value) for line in section.lines] for section in shown.sections}


def test_a_statement_tells_its_every_step(ledger: Ledger, domain: Domain) -> None:
    one = next(s for s in ledger.statements(kind="quantity") if s.origin == "Nordic Wire")
    shown = told(why(ledger, one.statement_id[:9], domain))
    read = dict(shown["What is read from them"])
    assert read["figure"] == "about 21,000 people, conscripts"
    assert read["found by"] == "by hand, score 1.00"
    assert ("origin", "Nordic Wire") in shown["Whose word it is"]
    assert "Disagreement: figure" in shown
    assert len(shown["Its statements"]) == 2


def test_a_fact_tells_why_its_statements_are_one(ledger: Ledger, domain: Domain) -> None:
    meeting = next(fact for fact in ledger.facts("event") if len(fact.statement_ids) == 2)
    shown = why(ledger, meeting.fact_id, domain)
    notes = [
        line.note for section in shown.sections if section.title == "Its statements" for line in section.lines
    ]
    assert sum(note.startswith("same because: ") for note in notes) == 1


def test_a_page_may_be_named_by_its_path(ledger: Ledger, domain: Domain) -> None:
    shown = told(why(ledger, "pages/2.txt", domain))
    assert ("agency", "Nordic Wire") in shown["The page"]
    assert len(shown["What it says"]) == 3
    assert len(shown["Same story"]) == 2


def test_a_story_lists_its_pages(ledger: Ledger, domain: Domain) -> None:
    shown = told(why(ledger, "5555", domain))
    assert len(shown["Pages that are about the same happening"]) == 3


def test_judgements_are_told(ledger: Ledger, domain: Domain) -> None:
    one = next(ledger.statements(kind="tie"))
    ledger.judge("note", [one.statement_id], by="Ada", note="seen in print")
    assert any(
        "seen in print" in line.note
        for s in why(ledger, one.statement_id, domain).sections
        for line in s.lines
    )


def test_what_is_not_there_is_said(ledger: Ledger, domain: Domain) -> None:
    with pytest.raises(LedgerError, match="nothing has the identifier"):
        why(ledger, "zz", domain)


def test_found_words_are_set_off(ledger: Ledger, domain: Domain) -> None:
    shown = found(ledger, "patrols", domain)
    (line,) = shown.sections[0].lines
    assert line.words and [mark.of(line.words.text) for mark in line.words.marks] == ["patrols"]
    assert line.origins == ("Nordic Wire", "The Sound")
    assert shown.pages[0].number == 2


def test_a_search_that_is_not_well_formed_is_refused(ledger: Ledger, domain: Domain) -> None:
    with pytest.raises(UsageError):
        found(ledger, '"open', domain)
    assert not found(ledger, "zeppelin", domain).sections[0].lines
