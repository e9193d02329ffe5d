"""Attribution: source, cue and content, over one-line cases and over any text."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict

from communique.domain.lexicon import speech as lexicon
from communique.domain.load import Domain, load_domain
from communique.domain.source import read_yaml
from communique.extract import quotation_marks, speech
from communique.model import Attribution, Parsed, Passage
from communique.parse.spacy import load_model

CASES = Path(__file__).parent.parent / "cases" / "speech.yaml"


class Case(BaseModel):
    model_config = ConfigDict(extra="forbid")
    text: str
    source: str | None = None
    cue: str | None = None
    content: str | None = None
    direct: bool = False
    none: bool = False


def parsed(text: str) -> Parsed:
    nlp = load_model()
    passages: list[Passage] = []
    start = 0
    for line in text.split("\n"):
        if line.strip():
            passages.append(Passage(start, nlp(line)))
        start += len(line) + 1
    return Parsed(text, tuple(passages))


@lru_cache(maxsize=1)
def cases() -> list[Case]:
    found: list[Case] = read_yaml(CASES, list[Case])
    return found


def rows(found: tuple[Attribution, ...], text: str) -> list[tuple[str | None, str | None, str, bool]]:
    return [
        (
            a.source.of(text) if a.source else None,
            a.cue.of(text) if a.cue else None,
            a.content.of(text),
            a.direct,
        )
        for a in found
    ]


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.text[:60])
def test_cases(case: Case) -> None:
    found = rows(speech.find(parsed(case.text)), case.text)
    if case.none:
        assert found == []
    else:
        assert (case.source, case.cue, case.content, case.direct) in found


def test_there_are_enough_cases() -> None:
    assert len(cases()) >= 150


FAMILIES = sorted(lexicon.built_in().families.items())


@pytest.mark.parametrize(("name", "family"), FAMILIES, ids=[name for name, _ in FAMILIES])
def test_examples_of_the_lexicon(name: str, family: lexicon.Family) -> None:
    for example in family.examples:
        found = rows(speech.find(parsed(example.text)), example.text)
        assert (example.source, example.cue, example.content) in [row[:3] for row in found]
    for counter in family.counter_examples:
        assert speech.find(parsed(counter)) == ()


def test_lexicon_has_no_problems() -> None:
    assert lexicon.problems(load_domain()) == []


def test_problems_of_a_lexicon_are_told(tmp_path: Path) -> None:
    (tmp_path / "speech.yaml").write_text(
        "calling: {pos: verb, kind: speech, takes: [preposition], words: [call, call for],"
        " counter_examples: [Nothing.],"
        " examples: [{text: They called for calm., cue: called for, content: quiet}]}",
        "utf-8",
    )
    told = [str(problem) for problem in lexicon.problems(Domain((tmp_path,)))]
    assert told == [
        "speech.yaml: calling: 'call' lacks its preposition; write it as 'call for'",
        "speech.yaml: calling: the example has no 'quiet': They called for calm.",
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("He said “yes” and “no”.", ["“yes”", "“no”"]),
        ("The ships' crews didn't see 'the other ship' pass.", ["'the other ship'"]),
        ("A “half open quotation.", []),
        ("“Open to the end.", ["“Open to the end."]),
        ("a “ spaced one “, misprinted", ["“ spaced one “"]),
        ("“He said ‘no’ to me,” she said.", ["“He said ‘no’ to me,”"]),
        ("“One.\n“Two.”", ["“One.", "“Two.”"]),
        ('She is 5\'10" and "tall".', ['"tall"']),
    ],
)
def test_quotation_marks(text: str, found: list[str]) -> None:
    assert [text[q.start : q.end] for q in quotation_marks.find(parsed(text))] == found


WORDS = st.sampled_from(
    ["“", "”", '"', "'", "''", "«", "»", "\n", ".", ",", ":", "?", "—", "he", "Ruiz", "the ministry", "said",
     "told", "that", "wants", "to", "sail", "ships", "is", "believed", "according to", "claim", "which",
     "asked", "and", "who"]
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(WORDS, max_size=30).map(" ".join))
def test_spans_are_inside_any_text(text: str) -> None:
    for one in speech.find(parsed(text)):
        for span in (one.content, one.source, one.cue):
            if span is not None:
                assert 0 <= span.start < span.end <= len(text)
                assert span.of(text) == span.of(text).strip()


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.sampled_from([case.text for case in cases() if "\n" not in case.text]), min_size=2, max_size=5
    )
)
def test_a_paragraph_reads_the_same_in_any_batch(texts: list[str]) -> None:
    alone = [speech.find(Parsed(text, (Passage(0, load_model()(text)),))) for text in texts]
    together = [
        speech.find(Parsed(text, (Passage(0, doc),)))
        for text, doc in zip(texts, load_model().pipe(texts, batch_size=2), strict=True)
    ]
    assert together == alone


def test_what_another_reports_is_told_once() -> None:
    text = "The paper wrote that the envoy had said the port would close."
    every = speech.find(parsed(text))
    assert [a.cue.of(text) for a in every if a.cue] == ["wrote", "had said"]
    assert [a.cue.of(text) for a in speech.outermost(every) if a.cue] == ["wrote"]


def test_what_stands_between_the_parts_of_a_quotation_is_not_reported_by_it() -> None:
    text = "“We stay,” she said, adding that the port was safe. “Nobody leaves.”"
    kept = [a.cue.of(text) for a in speech.outermost(speech.find(parsed(text))) if a.cue]
    assert kept == ["said", "adding"]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(WORDS, max_size=30).map(" ".join))
def test_the_outermost_are_some_of_all_and_stay_so(text: str) -> None:
    every = speech.find(parsed(text))
    outer = speech.outermost(every)
    assert set(outer) <= set(every)
    assert bool(outer) == bool(every)
    assert speech.outermost(outer) == outer
