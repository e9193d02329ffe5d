"""Roles: the words that say them, whose office, and for which days."""

from __future__ import annotations

from datetime import date

import pytest

from communique.extract import roles
from communique.model import Document, Ground, Interval, Publication, Statement
from communique.pipeline import Reader

DAY = date(2023, 6, 1)


def stated(reader: Reader, text: str, day: date = DAY) -> list[Statement]:
    published = Publication(day, day, day, "day", (Ground("given", ""),))
    document = Document("x", "x", None, "", None, None, None, "en", published, text, ())
    parsed = reader.parser.parse_text(text)
    cast = reader.cast(parsed, Interval(day, day))
    return roles.dated(roles.statements(document, parsed, cast), document)


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("On Monday Polish President Andrzej Duda left.", "Polish President Andrzej Duda"),
        ("Andrzej Duda, the president of Poland, left.", "Andrzej Duda, the president"),
        ("Then-President Lech Walesa left.", "Then-President Lech Walesa"),
        ("The chief of NATO, Jens Stoltenberg, left.", "The chief of NATO, Jens Stoltenberg"),
    ],
)
def test_the_words_from_title_to_name(reader: Reader, text: str, quote: str) -> None:
    (statement,) = stated(reader, text)
    assert statement.quote == text[statement.start : statement.end] == quote
    assert {a.role for a in statement.actors} == {"holder", "of"}


def test_present_titles_hold_on_the_page_s_days(reader: Reader) -> None:
    (now,) = stated(reader, "President Andrzej Duda left.")
    (past,) = stated(reader, "Former President Lech Walesa left.")
    assert now.when == Interval(DAY, DAY)
    assert past.when is None and past.rule == "former title"


def test_a_title_against_the_record_is_kept_and_marked(reader: Reader) -> None:
    (statement,) = stated(reader, "President Andrzej Duda left.", date(2014, 6, 1))
    assert statement.rule == "title against the record"
    assert statement.score < 0.7


def test_history_is_no_disagreement(reader: Reader) -> None:
    (long_ago,) = stated(reader, "President Lech Walesa spoke first.")
    (in_a_year,) = stated(reader, "In 2014 President Bronislaw Komorowski spoke.")
    (dead,) = stated(reader, "Prime Minister Shinzo Abe had proposed it.")
    assert {s.rule for s in (long_ago, in_a_year, dead)} == {"former title"}


def test_ranks_and_forms_of_address_are_no_offices(reader: Reader) -> None:
    assert stated(reader, "Gen. Mark Milley met Ms. Meloni.") == []


def test_a_plural_title_is_borne_by_all(reader: Reader) -> None:
    found = stated(reader, "Prime Ministers Rishi Sunak and Narendra Modi met.")
    assert {(s.actors[0].id, s.actors[1].id) for s in found} == {
        ("rishi-sunak", "GBR"),
        ("narendra-modi", "IND"),
    }
