"""Figures as statements: which quantities are kept, whose they are, when, and how certain."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict

from communique.domain.source import read_yaml
from communique.extract import figures, quantities, times
from communique.model import Actor, Cast, Document, Interval, Mention, Parsed, Passage, Statement
from communique.parse.spacy import load_model
from communique.text import Region


class Figure(BaseModel):
    model_config = ConfigDict(extra="forbid")
    value: float
    unit: str
    bound: str = "exact"
    factuality: str = "actual"
    actors: tuple[str, ...]
    measure: tuple[str, ...]


class Case(BaseModel):
    model_config = ConfigDict(extra="forbid")
    text: str
    cast: dict[str, str]
    figures: tuple[Figure, ...]


CASES: list[Case] = read_yaml(Path(__file__).parent.parent / "cases" / "figures.yaml", list[Case])
PUBLISHED = Interval(date(2024, 4, 6), date(2024, 4, 6))


@lru_cache(maxsize=256)
def parsed(text: str) -> Parsed:
    return Parsed(text, (Passage(0, load_model()(text)),))


def cast_of(document: Parsed, names: Mapping[str, str]) -> Cast:
    """Every place where one of the words stands, as a mention of a state."""
    mentions = []
    for number, passage in enumerate(document.passages):
        for name, state in names.items():
            for found in re.finditer(rf"\b{re.escape(name)}\b", passage.doc.text):
                span = passage.doc.char_span(found.start(), found.end(), alignment_mode="expand")
                start = passage.start + found.start()
                actor = Actor(state, name, "state", state)
                mentions.append(
                    Mention(
                        number, span.start, span.end, span.root.i, start, start + len(name), (actor,), "name"
                    )
                )
    return Cast(tuple(mentions))


def figures_of(document: Parsed, names: Mapping[str, str]) -> list[Statement]:
    text = document.text
    page = Document(
        "d", "d.txt", None, "", None, None, None, "en", None, text, (Region(0, len(text), "body"),)
    )
    found_times = times.find(document, PUBLISHED)
    found = quantities.find(document, found_times)
    return figures.statements(page, document, cast_of(document, names), found_times, found)


@pytest.mark.parametrize("case", CASES, ids=[case.text for case in CASES])
def test_case(case: Case) -> None:
    statements = figures_of(parsed(case.text), case.cast)
    assert len(statements) == len(case.figures)
    for statement, figure in zip(statements, case.figures, strict=True):
        quantity = statement.quantity
        assert quantity is not None
        assert (quantity.value, quantity.unit, quantity.bound) == (figure.value, figure.unit, figure.bound)
        assert statement.factuality == figure.factuality
        assert set(figure.actors) <= statement.ids("subject")
        assert set(figure.measure) <= set(quantity.measure.split()), quantity.measure


@given(st.lists(st.sampled_from(CASES), min_size=1, max_size=4))
@settings(deadline=None, max_examples=30)
def test_every_figure_quotes_the_text(cases: list[Case]) -> None:
    text = "\n".join(case.text for case in cases)
    passages, start = [], 0
    for case in cases:
        passages.append(Passage(start, parsed(case.text).passages[0].doc))
        start += len(case.text) + 1
    statements = figures_of(
        Parsed(text, tuple(passages)), {k: v for case in cases for k, v in case.cast.items()}
    )
    for statement in statements:
        assert statement.quote
        assert text[statement.start : statement.end] == statement.quote
        assert statement.kind == "quantity" and statement.quantity and statement.quantity.measure
        for actor in statement.actors:
            assert actor.role == "subject"
            assert text[actor.start : actor.end] == actor.name


def test_when_and_period() -> None:
    text = "In March, Japan passed a 114 trillion yen budget for the fiscal year 2022."
    (statement,) = figures_of(parsed(text), {"Japan": "JPN"})
    assert statement.when and (statement.when.earliest, statement.when.latest) == (
        date(2024, 3, 1),
        date(2024, 3, 31),
    )
    assert statement.quantity and statement.quantity.period
    assert statement.quantity.period.earliest == date(2022, 4, 1)


def test_the_clause_that_says_it_is_quoted() -> None:
    text = "The minister said that Poland has bought 250 tanks, and he left for Seoul."
    (statement,) = figures_of(parsed(text), {"Poland": "POL"})
    assert "250 tanks" in statement.quote
    assert "The minister said" not in statement.quote


def test_the_same_measure_reads_the_same_on_two_pages() -> None:
    (one,) = figures_of(parsed("Italy hosts 12,000 American troops."), {"Italy": "ITA"})
    (other,) = figures_of(parsed("Italy, he said, hosts 13,000 American troops."), {"Italy": "ITA"})
    assert one.quantity and other.quantity
    assert one.quantity.measure == other.quantity.measure


def test_a_figure_without_actors_scores_less() -> None:
    (with_actor,) = figures_of(parsed("Greece bought 24 jets."), {"Greece": "GRC"})
    (without,) = figures_of(parsed("The navy bought 24 jets."), {})
    assert with_actor.score > without.score
    assert without.actors == ()
