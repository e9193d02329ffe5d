"""Single clues: what each allows, and what it is careful about."""

from __future__ import annotations

from datetime import date

import pytest

from communique.domain.lexicon.dating import STRETCHES, dating
from communique.domain.lexicon.layout import layout
from communique.domain.load import load_domain
from communique.model import Document, Page, Publication
from communique.read.clean import regions
from communique.read.dating import why_undated
from communique.read.documents import to_document
from communique.read.naming import named

WORDS = dating(load_domain())


def published(text: str) -> Publication:
    document = to_document(Page("page.txt", text.encode(), "text/plain"), load_domain())
    assert isinstance(document, Document)
    assert document.published is not None, text
    return document.published


@pytest.mark.parametrize(
    ("text", "rule", "day"),
    [
        (
            "Finland became a member of NATO on Tuesday, and its flag was raised. "
            "President Sauli Niinisto spoke of a new age.",
            "has just joined: NATO",
            date(2023, 4, 4),
        ),
        (
            "The alliance's newest state, the 29th member of NATO, sent engineers. "
            "President Donald Trump thanked them.",
            "so many members: NATO",
            date(2018, 3, 1),
        ),
        (
            "Prime Ministers Scott Morrison and Fumio Kishida signed the Japan-Australia Reciprocal Access "
            "Agreement on Thursday, Japan and Australia said.",
            "just signed: Japan-Australia Reciprocal Access Agreement",
            date(2022, 1, 6),
        ),
        (
            "Prime Minister Rishi Sunak, who took office in October, called for calm. "
            "President Joe Biden agreed.",
            "in office since lately",
            date(2023, 2, 1),
        ),
        (
            "President-elect Joe Biden promised to return to the accord. "
            "Prime Minister Boris Johnson welcomed it.",
            "elected, not yet in office",
            date(2020, 12, 1),
        ),
        (
            "President Joe Biden will travel to the NATO summit in Vilnius. Secretary-General Jens "
            "Stoltenberg hopes for a decision.",
            "before a summit",
            date(2023, 6, 20),
        ),
        (
            "HIROSHIMA, Japan - The G7 told Moscow on Saturday to leave Ukraine. "
            "President Joe Biden flew home.",
            "from the summit at Hiroshima",
            date(2023, 5, 20),
        ),
        (
            "Officers who had ousted President Alpha Conde of Guinea in a coup on Sunday named Mamady "
            "Doumbouya as their leader. Secretary-General Antonio Guterres condemned them.",
            "a known happening",
            date(2021, 9, 7),
        ),
        (
            "North Macedonia sent doctors. Prime Minister Theresa May thanked it for the help.",
            "after what it names",
            date(2019, 4, 1),
        ),
    ],
)
def test_a_clue_tells(text: str, rule: str, day: date) -> None:
    found = published(text)
    assert rule in {ground.rule for ground in found.grounds}
    assert found.earliest <= day <= found.latest


def test_the_office_of_another_state_is_not_meant() -> None:
    jordan = published(
        "King Abdullah of Jordan met Prime Minister Tony Blair on Monday. "
        "Secretary of State Colin Powell came."
    )
    assert jordan.earliest < date(2005, 1, 1)  # before Abdullah of Saudi Arabia


def test_a_given_name_after_the_family_name_is_another_person() -> None:
    kim = published("President Kim Dae-jung met Secretary of State Madeleine Albright on Monday in Seoul.")
    assert kim.earliest >= date(1998, 2, 25)


def test_a_new_holder_is_new_for_some_months_and_new_zealand_is_not_new() -> None:
    new = published("The new Japanese prime minister, Fumio Kishida, spoke with President Joe Biden.")
    assert new.interval.days < 250
    old = published("New Zealand asked Prime Minister Fumio Kishida and President Joe Biden for help.")
    assert old.interval.days > 500


def test_an_office_in_a_year_gone_by_tells_nothing_of_the_page() -> None:
    found = published(
        "In 2014 President Barack Obama signed the pact. Prime Minister Fumio Kishida praised it last night."
    )
    assert found.earliest >= date(2021, 10, 4)


def test_a_weekday_from_which_something_goes_on_is_not_gone() -> None:
    found = published(
        "MINSK, Feb 12 (Reuters) - They agreed on a ceasefire from Sunday, after a night without sleep on "
        "Thursday. Chancellor Angela Merkel was weary. President Petro Poroshenko spoke."
    )
    assert (found.earliest, found.latest) == (date(2015, 2, 12), date(2015, 2, 13))


def test_the_latest_weekday_under_a_dateline_is_its_own() -> None:
    text = (
        "PARIS, Nov. 12 (AFP) - President Francois Hollande named a minister on Wednesday and met his "
        "party on Thursday."
    )
    assert (published(text).earliest, published(text).latest) == (date(2015, 11, 12), date(2015, 11, 13))


def test_parts_of_a_window_far_from_each_other_are_told() -> None:
    found = published(
        "Prime Minister Fumio Kishida begins a journey on Tuesday and will return on April 14. "
        "President Joe Biden waits."
    )
    told = next(ground.text for ground in found.grounds if ground.rule == STRETCHES)
    parts = [part.split("..") for part in told.split(", ")]
    assert [parts[0][0], parts[-1][1]] == [found.earliest.isoformat(), found.latest.isoformat()]
    assert len(parts) == 3


def test_what_is_dropped_names_what_it_contradicts() -> None:
    found = published(
        "Prime Minister Liz Truss met President Emmanuel Macron on Thursday. "
        "In 2024 the ships were sold, the report said."
    )
    dropped = [ground.rule for ground in found.grounds if "dropped" in ground.rule]
    assert dropped == ["year (dropped: contradicts in office “Prime Minister Liz Truss”)"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("The ministry said that it would buy ships. It was the first such order.", "nothing in it tells"),
        ("The army will have two new brigades by 2020, the ministry said.", "nothing bounds it below"),
        ("General Secretary Xi Jinping spoke. President Vladimir Putin listened.", "years open"),
    ],
)
def test_no_day_has_a_reason(text: str, why: str) -> None:
    cues = layout(load_domain())
    labels = regions(text, cues, None, True)
    told = why_undated(text, labels, {}, None, load_domain())
    assert told is not None
    assert why in told
    assert why_undated(text, labels, {"published": "2020-01-01"}, None, load_domain()) is None


def test_names_are_found_whole_and_the_longest_first() -> None:
    found = named("North Korea’s envoy left South Korea for the European Union.", load_domain())
    assert [one.code for one in found] == ["PRK", "KOR", "EU"]


def test_every_happening_named_in_the_landmarks_bounds_some_day() -> None:
    for landmark in WORDS.landmarks.values():
        assert landmark.since or landmark.until
