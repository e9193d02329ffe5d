"""Every frame finds its examples, with the right actors in the right parts, and no counter-example."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import pytest

from communique.domain.lexicon import factuality as factuality_lexicon
from communique.domain.lexicon import frames as frames_lexicon
from communique.domain.lexicon.frames import Example
from communique.domain.load import load_domain
from communique.extract.factuality import factuality
from communique.extract.frames import Match, Matcher
from communique.extract.mentions import Gazetteer
from communique.model import Interval
from communique.parse.spacy import Parser
from communique.resolve.actors import resolve

FRAMES = frames_lexicon.load(load_domain())
WORDS = factuality_lexicon.load(load_domain())
PARTS = ("actor", "recipient", "party", "first", "second")
EXAMPLES = [(name, example) for name, frame in FRAMES.frames.items() for example in frame.examples]
COUNTER = [(name, text) for name, frame in FRAMES.frames.items() for text in frame.counter]


@lru_cache(maxsize=1)
def _reader() -> tuple[Parser, Gazetteer, Matcher]:
    domain = load_domain()
    parser = Parser()
    return (
        parser,
        Gazetteer(domain, parser.nlp),
        Matcher(FRAMES, domain.capabilities),
    )


def _matches(text: str) -> list[Match]:
    parser, gazetteer, matcher = _reader()
    parsed = parser.parse_text(text)
    cast = resolve(
        parsed,
        gazetteer.candidates(parsed),
        gazetteer.titles(parsed),
        Interval(date(2024, 3, 1), date(2024, 3, 1)),
        load_domain(),
        gazetteer.names,
    )
    return matcher.matches(parsed, cast)


def _who(match: Match, part: str) -> set[str]:
    return {a.state or a.id for a, _ in match.parts.get(part, ())}  # type: ignore[call-overload]


def _same_sides(match: Match, example: Example) -> bool:
    return all(_who(match, part) == set(getattr(example, part)) for part in PARTS)


@pytest.mark.parametrize(("name", "example"), EXAMPLES, ids=[f"{n}-{e.text[:40]}" for n, e in EXAMPLES])
def test_a_frame_finds_its_example(name: str, example: Example) -> None:
    found = [m for m in _matches(example.text) if m.name == name]
    assert found, f"{name} finds nothing in {example.text!r}"
    sides = [{part: sorted(_who(m, part)) for part in PARTS if _who(m, part)} for m in found]
    right = [m for m in found if _same_sides(m, example)]
    assert right, f"{name} finds other sides in {example.text!r}: {sides}"
    if example.factuality:
        verdicts = [m.frame.factuality or factuality(m.predicate, WORDS) for m in right]
        assert example.factuality in verdicts


@pytest.mark.parametrize(("name", "text"), COUNTER)
def test_a_frame_finds_nothing_in_its_counter_example(name: str, text: str) -> None:
    assert not [m for m in _matches(text) if m.name == name]
