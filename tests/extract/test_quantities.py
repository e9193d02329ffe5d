"""Quantities: one-line cases, and what must hold for any text."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.domain.lexicon.numerals import number
from communique.domain.lexicon.quantities import quantity_lexicon
from communique.domain.source import read_yaml
from communique.extract import quantities, times
from communique.model import Bound, Parsed, Passage, QuantityMention
from communique.parse.spacy import load_model

CASES: dict[str, dict[str, str]] = read_yaml(
    Path(__file__).parent.parent / "cases" / "quantities.yaml", dict[str, dict[str, str]]
)


BOUNDS: tuple[Bound, ...] = ("about", "at_least", "at_most", "more_than", "less_than")


@lru_cache(maxsize=1024)
def parsed(text: str) -> Parsed:
    return Parsed(text, (Passage(0, load_model()(text)),))


def found(text: str) -> tuple[QuantityMention, ...]:
    return quantities.find(parsed(text), times.find(parsed(text), None))


def one(text: str) -> QuantityMention:
    (quantity,) = found(text)
    return quantity


@pytest.mark.parametrize("text", CASES)
def test_case(text: str) -> None:
    told = {text[q.start : q.end]: (q.value, q.upper, q.unit, q.bound) for q in found(text)}
    expected = {}
    for words, meaning in CASES[text].items():
        value, unit, bound = (*meaning.split(), "exact")[:3]
        low, _, high = value.partition("..")
        expected[words] = (pytest.approx(float(low), rel=1e-5), float(high) if high else None, unit, bound)
    assert told == expected


SPELT = {
    1: (
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
    ),
    10: ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"),
}


def spelt(value: int) -> str:
    """English words for a whole number below a million, as newspapers write them."""
    if value >= 1000:
        rest = value % 1000
        return f"{spelt(value // 1000)} thousand" + (f" {spelt(rest)}" if rest else "")
    if value >= 100:
        rest = value % 100
        return f"{spelt(value // 100)} hundred" + (f" and {spelt(rest)}" if rest else "")
    teens = ("fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
    if value < 20:
        return (*SPELT[1], *teens)[value - 1]
    return SPELT[10][value // 10 - 2] + (f"-{SPELT[1][value % 10 - 1]}" if value % 10 else "")


@given(st.integers(1, 999_999))
@settings(deadline=None)
def test_number_words_read_back(value: int) -> None:
    assert number(re.findall(r"[a-z]+|-", spelt(value))) == value


@given(st.integers(2, 99_999_999))
@settings(deadline=None, max_examples=40)
def test_figures_read_back(value: int) -> None:
    quantity = one(f"The army has {value:,} troops.")
    assert (quantity.value, quantity.unit) == (value, "person")


@given(st.integers(2, 999), st.sampled_from(BOUNDS))
@settings(deadline=None, max_examples=40)
def test_every_bound_word_bounds(value: int, bound: Bound) -> None:
    words = [words for words in quantity_lexicon().bounds[bound] if words[0].isalpha()]
    cue = words[value % len(words)].replace(" .", ".")
    assert one(f"The army lost {cue} {value} tanks.").bound == bound


@given(st.lists(st.sampled_from(list(CASES)), min_size=1, max_size=4))
@settings(deadline=None, max_examples=40)
def test_spans_are_verbatim_and_in_order(texts: list[str]) -> None:
    passages, start = [], 0
    for text in texts:
        passages.append(Passage(start, parsed(text).passages[0].doc))
        start += len(text) + 1
    document = Parsed("\n".join(texts), tuple(passages))
    told = quantities.find(document, times.find(document, None))
    assert [document.text[q.start : q.end] for q in told] == [
        text[q.start : q.end] for text in texts for q in found(text)
    ]
    assert [(q.passage, q.start) for q in told] == sorted((q.passage, q.start) for q in told)
    for quantity in told:
        doc = document.passages[quantity.passage].doc
        assert document.passages[quantity.passage].start + doc[quantity.first].idx <= quantity.start


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("Canberra will spend 368 billion Australian dollars on submarines.", "submarine"),
        ("London pledged £2.3 billion in aid.", "aid"),
        ("The country will spend 2 percent of GDP on defence.", "defence"),
        ("The shell has a range of over 70 km.", "range"),
        ("A convoy of 40 heavy trucks crossed.", "heavy truck"),
        ("The ally agreed to double its defence spending.", "defence spending"),
        ("The officers said 5.5 million tons of grain had left.", "grain"),
        ("The bases hold 300 warheads.", "warhead"),
    ],
)
def test_what_is_counted_or_measured(text: str, concept: str) -> None:
    assert one(text).concept == concept


def test_conversion_is_the_same_quantity() -> None:
    text = "The range is over 1,200 kilometers (746 miles), and the price is 20 billion yen ($134 million)."
    told = found(text)
    repeated = quantities.conversions(parsed(text), told)
    assert [told[place].unit for place in sorted(repeated)] == ["mile", "USD"]
    assert [q.bound for q in told] == ["more_than", "more_than", "exact", "exact"]


def test_another_measure_beside_is_no_conversion() -> None:
    text = "The wall is 30 kilometers (10 feet high in places) long."
    assert not quantities.conversions(parsed(text), found(text))


@pytest.mark.parametrize(
    "text",
    [
        "The F-35 flew with PAC-3 batteries and a KC-135 near the G7.",
        "Article 9 and Resolution 1718 were cited.",
        "He was killed on April 5, 2024, at 10:35 a.m.",
        "The 7th Fleet and the third brigade sailed in 2021.",
        "The treaty of 1960 was the first.",
        "No one replied, and one by one they left.",
        "Call 555-0134 or 202-555-0134.",
    ],
)
def test_names_dates_and_ranks_are_none(text: str) -> None:
    assert found(text) == ()


def test_an_empty_document_has_none() -> None:
    assert quantities.find(Parsed("", ()), ()) == ()
