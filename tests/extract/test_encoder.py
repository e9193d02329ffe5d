"""The encoder says what one side does to the other, the same in any company, and never fails on odd text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.domain.lexicon.plover import load_plover
from communique.domain.load import Domain
from communique.extract.encoder import Pair, encoder
from communique.fitting import fitted
from communique.text import Span


def _pair(marked: str) -> Pair:
    """A sentence with its source in [brackets] and its target in {braces}."""
    first, second = marked.index("["), marked.index("{")
    text = marked
    spans = {}
    for opening, closing in ("[]", "{}") if first < second else ("{}", "[]"):
        start = text.index(opening)
        text = text[:start] + text[start + 1 :]
        end = text.index(closing)
        text = text[:end] + text[end + 1 :]
        spans[opening] = Span(start, end)
    return Pair(text, spans["["], spans["{"])


@pytest.mark.parametrize(
    ("marked", "type_"),
    [
        ("[Peru's foreign minister] met {his Bolivian counterpart} in La Paz on Monday.", "CONSULT"),
        ("[Rebel fighters] shelled {the town of Goma} overnight, killing six people.", "ASSAULT"),
        ("[The African Union] condemned {the junta} on Friday.", "ACCUSE"),
        ("[Norway] gave {Moldova} 20 million dollars for new radars.", "AID"),
        ("[Dockers in Valparaiso] marched against {the government's} pension plan.", "PROTEST"),
        ("[Algeria] urged {France} to apologise.", "REQUEST"),
    ],
)
def test_plain_sentences_are_told_apart(marked: str, type_: str) -> None:
    (verdict,) = encoder().judge([_pair(marked)])
    assert verdict.type == type_


@pytest.mark.parametrize(
    ("text", "source", "target", "type_"),
    [
        ("Tunisia has lifted a curfew imposed in January.", "Tunisia", "a recipient", "CONCEDE"),
        ("Two dockers' leaders were arrested in Callao.", "an actor", "Two dockers' leaders", "COERCE"),
        ("The miners said they will not end the strike.", "The miners", "a recipient", "REJECT"),
    ],
)
def test_a_side_may_be_left_unnamed(text: str, source: str, target: str, type_: str, domain: Domain) -> None:
    (item,) = fitted(encoder(), [(text, source, target)], load_plover(domain))
    assert item["type"] == type_


def test_a_verdict_does_not_depend_on_the_company() -> None:
    pairs = [
        _pair("[Iran] seized {a Greek tanker} in the strait."),
        _pair(
            "[Kenya] and, after weeks of talks in Arusha few had thought would end well, {Tanzania} signed."
        ),
        _pair("[Chad] rejected {the offer}."),
    ]
    together = encoder().judge(pairs)
    alone = [encoder().judge([pair])[0] for pair in pairs]
    assert together == alone


@given(st.text(min_size=4, max_size=600), st.data())
@settings(max_examples=40, deadline=None)
def test_any_text_gets_probabilities(text: str, data: st.DataObject) -> None:
    cut = data.draw(st.integers(1, len(text) - 1))
    (verdict,) = encoder().judge([Pair(text, Span(0, cut), Span(cut, len(text)))])
    assert sum(verdict.types.values()) == pytest.approx(1.0, abs=1e-3)
    assert 0.0 <= verdict.reversed <= 1.0


def test_nothing_gives_nothing() -> None:
    assert encoder().judge([]) == []
