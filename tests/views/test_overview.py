"""The overview, the actor, the pair and the stories: what they hold, and where their lines lead."""

from __future__ import annotations

import csv
import io

import pytest

from communique.domain.load import Domain
from communique.errors import LedgerError, UsageError
from communique.ledger.store import Ledger
from communique.views.actor import actor
from communique.views.actors import choose
from communique.views.overview import overview
from communique.views.page import Section, View
from communique.views.pair import pair
from communique.views.selection import Material, Selection
from communique.views.sheet import COLUMNS, as_csv
from communique.views.stories import stories, story


def of(ledger: Ledger, domain: Domain, *names: str) -> Material:
    return Material(ledger, Selection(choose(names, domain)), domain)


def at(view: View, title: str) -> Section:
    return next(section for section in view.sections if section.title == title)


def test_the_overview_has_what_is_new_due_and_contested(ledger: Ledger, domain: Domain) -> None:
    view = overview(of(ledger, domain))
    assert at(view, "Newest").lines[0].when == "8 May 2023"
    assert all(line.factuality == "actual" for line in at(view, "Newest").lines)
    assert [line.factuality for line in at(view, "Falling due").lines] == ["planned"]
    assert len(at(view, "Most contested").lines) == 1
    assert at(view, "Who is in it").lines[0].opens == ("actor", "FIN")
    assert [line.opens[0] for line in at(view, "Pages, newest first").lines if line.opens] == ["page"] * 3
    assert at(view, "Stories").lines[0].value == "3 pages"


def test_an_actor_has_its_own_page_and_without_one_there_is_a_roll(ledger: Ledger, domain: Domain) -> None:
    roll = actor(of(ledger, domain)).sections[0].lines
    counts = [int(line.value.split()[0]) for line in roll]
    assert counts == sorted(counts, reverse=True) and {("actor", "NOR"), ("actor", "EST")} <= {
        line.opens for line in roll
    }
    view = actor(of(ledger, domain, "Norway"))
    assert view.title == "Norway" and len(at(view, "What happened").lines) == 1
    with pytest.raises(UsageError, match="one actor"):
        actor(of(ledger, domain, "Norway", "Finland"))


def test_a_pair_has_the_tie_and_what_concerns_both(ledger: Ledger, domain: Domain) -> None:
    view = pair(of(ledger, domain, "Finland", "Sweden"))
    titles = [section.title for section in view.sections]
    assert {"Standing ties", "Dealings", "Pledges", "Figures", "In their own words", "Where they differ"} <= {
        *titles
    }
    assert "Norway" not in str(view.sections)
    with pytest.raises(UsageError, match="two actors"):
        pair(of(ledger, domain, "Finland"))


def test_a_story_tells_what_its_pages_tell(ledger: Ledger, domain: Domain) -> None:
    material = of(ledger, domain)
    (line,) = stories(material).sections[0].lines
    assert line.opens and line.opens[0] == "story"
    view = story(material, line.opens[1])
    assert len(at(view, "Its pages").lines) == 3 and len(at(view, "Where they differ").lines) == 1
    assert at(view, "Told by one page alone").lines
    with pytest.raises(LedgerError, match="no story"):
        story(material, "none")


def test_a_sheet_has_a_row_for_each_line_and_no_formula(ledger: Ledger, domain: Domain) -> None:
    view = overview(of(ledger, domain))
    rows = list(csv.DictReader(io.StringIO(as_csv(view))))
    assert len(rows) == sum(len(section.lines) for section in view.sections)
    assert list(rows[0]) == list(COLUMNS)
    texts = {document.doc_id: document.text for document in ledger.documents()}
    for row in rows:
        if row["quote"]:
            assert texts[row["doc_id"]][int(row["start"]) : int(row["end"])] == row["quote"]
