"""Time expressions: one-line cases, every pattern's examples, and what holds for any text and day."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.domain.lexicon.times import time_lexicon
from communique.domain.source import read_yaml
from communique.extract import times
from communique.extract.time_values import interval_of
from communique.model import Document, Interval, Parsed, Passage, TimeExpression
from communique.parse.spacy import Parser, load_model
from communique.text import Region

CASES: dict[str, dict[str, dict[str, str]]] = read_yaml(
    Path(__file__).parent.parent / "cases" / "times.yaml", dict[str, dict[str, dict[str, str]]]
)
ON = [(on, text) for on, texts in CASES.items() for text in texts]
SATURDAY = Interval(date(2024, 4, 6), date(2024, 4, 6))
TIMEX3 = re.compile(
    r"(?:PAST|PRESENT|FUTURE)_REF|P(?:T?(?:X|\d+(?:\.\d+)?)(?:Y|M|W|D|H|S|Q|DE|CE|ME))+"
    r"|(?:BC)?[\dX]{2,4}(?:-(?:[\dX]{2}(?:-[\dX]{2})?|W[\dX]{2}(?:-(?:[1-7X]|WE))?|Q[1-4X]|H[12X]|SP|SU|FA|WI))?"
    r"(?:T(?:[\dX]{2}:[\dX]{2}|MO|AF|EV|NI))?"
)


DURATION = re.compile(r"P(?:T?(?:X|\d+(?:\.\d+)?)(?:Y|M|W|D|H|S|Q|DE|CE|ME))+")


@lru_cache(maxsize=1024)
def parsed(*paragraphs: str) -> Parsed:
    passages, start = [], 0
    for doc in load_model().pipe(paragraphs):
        passages.append(Passage(start, doc))
        start += len(doc.text) + 2
    return Parsed("\n\n".join(paragraphs), tuple(passages))


def day(text: str) -> Interval:
    return Interval(date.fromisoformat(text), date.fromisoformat(text))


def told(text: str, found: Iterable[TimeExpression]) -> dict[str, str]:
    return {text[time.start : time.end]: time.value for time in found}


def window(text: str) -> Interval:
    earliest, latest = text.split("..")
    return Interval(date.fromisoformat(earliest), date.fromisoformat(latest))


@pytest.mark.parametrize(("on", "text"), ON, ids=[text for _, text in ON])
def test_case(on: str, text: str) -> None:
    found = times.find(parsed(text), day(on))
    expected = CASES[on][text]
    assert told(text, found) == {words: value.partition(" = ")[0] for words, value in expected.items()}
    for time in found:
        if days := expected[text[time.start : time.end]].partition(" = ")[2]:
            assert time.interval is not None
            assert (time.interval.earliest, time.interval.latest) == (
                window(days).earliest,
                window(days).latest,
            )


EXAMPLES = [
    (pattern.name, text, value)
    for pattern in time_lexicon().patterns
    for text, value in pattern.examples.items()
]


@pytest.mark.parametrize(("name", "text", "value"), EXAMPLES, ids=[text for _, text, _ in EXAMPLES])
def test_example_of_pattern(name: str, text: str, value: str) -> None:
    grammar = times.grammar()
    words = grammar.words(text)
    whole = [phrase for phrase in grammar.find(words) if phrase.last - phrase.first == len(words)]
    assert [phrase.name for phrase in whole] == [name]
    found = times.find(parsed(text), SATURDAY)
    assert found
    assert found[0].value == value


def test_every_pattern_has_an_example_and_a_reading() -> None:
    for pattern in time_lexicon().patterns:
        assert pattern.examples, pattern.name
        assert pattern.reads in times.READINGS, pattern.name


ALL_TEXTS = [text for _, text in ON]


@given(on=st.dates(date(1995, 1, 1), date(2060, 1, 1)), text=st.sampled_from(ALL_TEXTS))
@settings(deadline=None, max_examples=150)
def test_values_are_timex3_and_spans_are_verbatim_on_any_day(on: date, text: str) -> None:
    document = parsed("A first paragraph without any.", text)
    doc = document.passages[1].doc
    for time in times.find(document, Interval(on, on)):
        assert TIMEX3.fullmatch(time.value), time.value
        assert document.text[time.start : time.end].strip() == document.text[time.start : time.end] != ""
        assert time.passage == 1
        assert document.passages[1].start + doc[time.first].idx <= time.start
        assert time.end <= document.passages[1].start + doc[time.last - 1].idx + len(doc[time.last - 1])
        if time.interval:
            assert time.interval.earliest <= time.interval.latest
            assert time.interval.text == document.text[time.start : time.end]
        if time.type in ("DATE", "TIME") and (days := interval_of(time.value)) and time.interval:
            # the quarters of a fiscal year are counted from its own beginning
            assert days.overlaps(time.interval) or "fiscal" in (time.interval.text or "").lower()


RELATIVE = [
    "The envoy arrived on Wednesday.",
    "The envoy will arrive on Monday.",
    "The talks resumed yesterday and end tomorrow.",
    "The ship sank three days ago.",
    "The vote was held last week and the next one comes next week.",
    "He spoke on Thursday. Two days later he left.",
    "The siren sounded at 3 a.m. Tuesday.",
]


@given(
    on=st.dates(date(1990, 1, 1), date(2060, 1, 1)), text=st.sampled_from(RELATIVE), weeks=st.integers(1, 60)
)
@settings(deadline=None, max_examples=80)
def test_moving_the_day_by_weeks_moves_every_day_told_from_it(on: date, text: str, weeks: int) -> None:
    step = timedelta(weeks=weeks)
    before = times.find(parsed(text), Interval(on, on))
    after = times.find(parsed(text), Interval(on + step, on + step))
    assert len(before) == len(after) > 0
    for one, other in zip(before, after, strict=True):
        assert one.interval and other.interval
        assert other.interval.earliest - one.interval.earliest == step
        assert other.interval.latest - one.interval.latest == step


@given(on=st.dates(date(1995, 1, 1), date(2060, 1, 1)), text=st.sampled_from(ALL_TEXTS))
@settings(deadline=None, max_examples=100)
def test_values_parse_back(on: date, text: str) -> None:
    """What is written as a value is read as the same value, and as the same days."""
    for time in times.find(parsed(text), Interval(on, on)):
        if re.fullmatch(r"\d{4}(?:-\d\d(?:-\d\d)?)?", time.value):
            again = times.find(parsed(f"It was done in {time.value}."), Interval(on, on))
            assert [one.value for one in again] == [time.value]
            assert again[0].interval == replace(interval_of(time.value) or SATURDAY, text=time.value)
        elif time.type in ("DATE", "TIME") and time.value[:1].isdigit() and "X" not in time.value:
            assert interval_of(time.value) is not None, time.value
        elif time.type == "DURATION":
            assert DURATION.fullmatch(time.value), time.value


@given(texts=st.lists(st.sampled_from(ALL_TEXTS), min_size=1, max_size=6, unique=True))
@settings(deadline=None, max_examples=25)
def test_the_same_in_any_batch(texts: list[str]) -> None:
    parser = Parser()
    documents = [tagging_document(text) for text in texts]
    batched = {document.text: one for document, one in parser.parse(documents)}
    for text in texts:
        assert times.find(batched[text], SATURDAY) == times.find(parsed(text), SATURDAY)


def tagging_document(text: str) -> Document:
    return Document(text, "", None, "", None, None, None, "en", None, text, (Region(0, len(text), "body"),))


def test_the_same_alone_and_among_others() -> None:
    texts = ALL_TEXTS[:30]
    together = times.find(parsed(*texts[:1]), SATURDAY)
    assert together == times.find(parsed(texts[0]), SATURDAY)
    for text in texts:
        alone = Parsed(text, (Passage(0, load_model()(text)),))
        assert times.find(alone, SATURDAY) == times.find(parsed(text), SATURDAY)


def test_window_of_publication_narrows_what_it_can() -> None:
    january = Interval(date(2023, 1, 4), date(2023, 1, 20))
    found = times.find(parsed("The leaders will meet on January 13, he said on Wednesday."), january)
    assert (found[0].value, found[0].interval and found[0].interval.earliest) == (
        "2023-01-13",
        date(2023, 1, 13),
    )
    assert found[1].interval
    assert (found[1].interval.earliest, found[1].interval.latest) == (date(2023, 1, 4), date(2023, 1, 18))


def test_narrow_window_takes_its_middle() -> None:
    found = times.find(parsed("The cabinet met on Friday."), Interval(date(2024, 4, 6), date(2024, 4, 7)))
    assert found[0].value == "2024-04-05"
    assert found[0].interval and found[0].interval.days == 1


def test_wide_window_masks_what_it_leaves_open() -> None:
    years = Interval(date(2023, 4, 7), date(2024, 4, 9))
    found = times.find(parsed("The leaders will meet on April 14."), years)
    assert found[0].value == "XXXX-04-14"
    assert found[0].interval and found[0].interval.earliest == date(2023, 4, 14)
    assert found[0].interval.latest == date(2024, 4, 14)


def test_without_a_day_of_publication_only_the_certain_has_an_interval() -> None:
    text = "On 9 May 1945 it ended. He left on Wednesday. It began on January 13. In 1947 it failed."
    found = {time.value: time.interval for time in times.find(parsed(text), None)}
    assert found["1945-05-09"] == Interval(date(1945, 5, 9), date(1945, 5, 9), "day", "9 May 1945")
    assert found["XXXX-01-13"] is None
    assert found["1947"] is not None
    assert sum(interval is None for interval in found.values()) >= 2


def test_history_carries_its_year_along() -> None:
    text = (
        "In March 1921 the rising began. In May the fort fell, and on June 4 the army left. By 1922 it was "
        "over; "
        "in 1923 the treaty was signed and on July 24 it was sealed. In 1925 he died."
    )
    values = [time.value for time in times.find(parsed(text), day("2015-02-01"))]
    assert values == ["1921-03", "1921-05", "1921-06-04", "1922", "1923", "1923-07-24", "1925"]


def test_fiscal_year_begins_where_its_state_begins_it() -> None:
    japan = times.find(parsed("Japan adopted its budget for fiscal year 2023."), SATURDAY)
    america = times.find(parsed("The Pentagon asked for more money for fiscal year 2023."), SATURDAY)
    other = times.find(parsed("The city adopted its budget for fiscal year 2023."), SATURDAY)
    starts = [found[0].interval and found[0].interval.earliest for found in (japan, america, other)]
    assert starts == [date(2023, 4, 1), date(2022, 10, 1), date(2023, 1, 1)]


def test_offsets_are_those_of_the_document() -> None:
    document = parsed("No time here.", "He left on Monday.", "She left on 3 May 2020.")
    assert [document.text[t.start : t.end] for t in times.find(document, SATURDAY)] == [
        "Monday",
        "3 May 2020",
    ]
    assert [t.passage for t in times.find(document, SATURDAY)] == [1, 2]


def test_an_empty_document_has_none() -> None:
    assert times.find(Parsed("", ()), SATURDAY) == ()
