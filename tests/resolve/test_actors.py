"""Who is meant: one-line cases, and how often an answer is right and how often there is one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict

from communique.domain.source import read_yaml
from communique.extract import roles
from communique.model import Cast, Document, Interval, Parsed
from communique.pipeline import Reader
from communique.resolve.actors import resolve

PRECISION, RECALL = 0.995, 0.98
"""Floors over all answers: of those given how many are right, of those wanted how many are given."""


class Case(BaseModel):
    """One text, the day it was published, whom its words mean, the roles it gives."""

    model_config = ConfigDict(extra="forbid")
    text: str
    day: date | None = None
    who: dict[str, str | list[str] | None] = {}
    roles: list[str] | None = None


GROUPS: dict[str, list[Case]] = read_yaml(
    Path(__file__).parent.parent / "cases" / "actors.yaml", dict[str, list[Case]]
)


@dataclass(frozen=True)
class Answer:
    """What is asked for, what is wanted (None: open), what was found."""

    text: str
    asked: str
    wanted: tuple[str, ...] | None
    found: tuple[str, ...] | None


Read = Callable[[str, date | None], tuple[Parsed, Cast]]


@pytest.fixture(scope="session")
def read(reader: Reader) -> Read:
    names = reader.gazetteer

    def cast(text: str, day: date | None) -> tuple[Parsed, Cast]:
        parsed = reader.parser.parse_text(text)
        published = Interval(day, day) if day else None
        found, titles = names.candidates(parsed), names.titles(parsed)
        return parsed, resolve(parsed, found, titles, published, reader.domain, names.names)

    return cast


@pytest.fixture(scope="session")
def answers(read: Read) -> dict[str, list[Answer]]:
    return {group: [a for case in cases for a in answered(case, read)] for group, cases in GROUPS.items()}


def answered(case: Case, read: Read) -> Iterator[Answer]:
    parsed, cast = read(case.text, case.day)
    for words, answer in case.who.items():
        yield Answer(case.text, words, wanted(answer), who(words, parsed, cast))
    if case.roles is not None:
        found = said(parsed, cast)
        for role in sorted({*case.roles, *found}):
            right, given = (role,) if role in case.roles else None, (role,) if role in found else None
            yield Answer(case.text, "role", right, given)


def wanted(answer: str | list[str] | None) -> tuple[str, ...] | None:
    if answer is None:
        return None
    return tuple(sorted(answer)) if isinstance(answer, list) else tuple(answer.split())


def who(words: str, parsed: Parsed, cast: Cast) -> tuple[str, ...] | None:
    """The actors of the innermost mention over the head of some words, `place` before the ground."""
    words, _, number = words.removesuffix(")").partition(" (")
    places = [m.start() for m in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", parsed.text)]
    start = places[int(number or 1) - 1]
    for index, passage in reversed(list(enumerate(parsed.passages))):
        if start >= passage.start:
            first = start - passage.start
            span = passage.doc.char_span(first, first + len(words), alignment_mode="expand")
            assert span is not None
            mention = cast.at(index, span.root.i)
            ids = tuple(sorted(actor.id for actor in mention.actors)) if mention else ()
            return ("place", *ids) if mention and mention.form == "place" else ids or None
    raise AssertionError(f"{words!r} is not in {parsed.text!r}")


def said(parsed: Parsed, cast: Cast) -> list[str]:
    """The roles found, as the cases write them."""
    document = Document("x", "x", None, "", None, None, None, "en", None, parsed.text, ())
    remark = {"title": "", "former title": " (former)", roles.AGAINST_THE_RECORD: " (against the record)"}
    return [
        f"{s.actors[0].id} | {s.office}{remark[s.rule]} | {s.actors[1].id}"
        for s in roles.statements(document, parsed, cast)
    ]


def measured(answers: list[Answer]) -> tuple[float, float]:
    """Precision and recall."""
    given = [a for a in answers if a.found is not None]
    asked = [a for a in answers if a.wanted is not None]
    right = sum(a.found == a.wanted for a in given)
    return right / max(1, len(given)), right / max(1, len(asked))


@pytest.mark.parametrize("group", GROUPS)
def test_nobody_is_taken_for_another(answers: dict[str, list[Answer]], group: str) -> None:
    wrong = [a for a in answers[group] if a.found is not None and a.found != a.wanted]
    assert wrong == []


def test_precision_and_recall_hold(
    answers: dict[str, list[Answer]], record_property: Callable[[str, object], None]
) -> None:
    everything = [a for group in answers.values() for a in group]
    precision, recall = measured(everything)
    record_property("precision", round(precision, 4))
    record_property("recall", round(recall, 4))
    missed = [(a.asked, a.wanted, a.text) for a in everything if a.wanted is not None and a.found is None]
    assert precision >= PRECISION
    assert recall >= RECALL, missed


def test_there_are_enough_cases() -> None:
    assert sum(len(cases) for cases in GROUPS.values()) >= 200
    texts = [case.text for cases in GROUPS.values() for case in cases]
    same_day = [(case.day, case.text) for cases in GROUPS.values() for case in cases]
    assert len(set(same_day)) == len(texts)


# --- what holds for any page ----------------------------------------------------------------------

PAGE = (
    "WARSAW (Reuters) - Maren Holt, who runs the Baltic Institute for Arms Research (BIAR), met "
    "Polish Prime Minister Donald Tusk on Monday.\nHolt said BIAR would publish its figures in May. "
    "He thanked her, and both countries' ministers applauded."
)


def test_mentions_are_verbatim_and_in_order(read: Read) -> None:
    parsed, cast = read(PAGE, date(2024, 3, 4))
    assert len(cast.mentions) > 8
    assert list(cast.mentions) == sorted(cast.mentions, key=lambda m: (m.passage, m.first, m.last))
    for mention in cast.mentions:
        doc = parsed.passages[mention.passage].doc
        assert parsed.text[mention.start : mention.end] == doc[mention.first : mention.last].text
        assert mention.first <= mention.head < mention.last
        assert mention.actors and mention.grounds


def test_the_same_page_gives_the_same_cast(read: Read) -> None:
    assert read(PAGE, date(2024, 3, 4))[1] == read(PAGE, date(2024, 3, 4))[1]


def test_the_unknown_keep_one_name(read: Read) -> None:
    parsed, cast = read(PAGE, date(2024, 3, 4))
    assert who("Holt (2)", parsed, cast) == ("maren-holt",)
    assert who("BIAR (2)", parsed, cast) == ("baltic-institute-for-arms-research",)


def test_without_a_day_no_holder_is_guessed(read: Read) -> None:
    parsed, cast = read("The Polish prime minister spoke.", None)
    assert who("prime minister", parsed, cast) == ("POL",)


def test_one_who_serves_a_body_acts_for_no_state(read: Read) -> None:
    _, cast = read("NATO Secretary General Jens Stoltenberg met Jonas Gahr Store.", date(2023, 2, 1))
    states = {m.actors[0].id: m.actors[0].state for m in cast.mentions}
    assert states["jens-stoltenberg"] is None
    assert states["jonas-gahr-store"] == "NOR"
