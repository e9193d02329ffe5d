from __future__ import annotations

import json
import os
import random
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.model import Family
from communique.reconcile.stories import StoryInput, stories

JANUARY = (date(2023, 1, 11), date(2023, 1, 13))
APRIL = (date(2024, 4, 9), date(2024, 4, 10))

VISITS = {
    "jan-1": ("Kishida arrives in Washington for talks with Biden on the alliance and on chips.", JANUARY),
    "jan-2": ("Biden receives Kishida at the White House; the alliance and chips lead the talks.", JANUARY),
    "apr-1": ("Kishida arrives in Washington for talks with Biden on the alliance and a dinner.", APRIL),
    "apr-2": ("Biden receives Kishida at the White House; the alliance and a dinner lead the talks.", APRIL),
}


def grouped(documents: list[StoryInput], families: tuple[Family, ...] = ()) -> set[tuple[str, ...]]:
    return {story.doc_ids for story in stories(documents, families)}


def test_visits_fifteen_months_apart_stay_two_stories() -> None:
    documents = [StoryInput(i, None, text, window) for i, (text, window) in VISITS.items()]
    assert grouped(documents) == {("apr-1", "apr-2"), ("jan-1", "jan-2")}


def test_without_dates_the_words_decide() -> None:
    documents = [
        StoryInput("a", "Ferry sinks off Bohol", "A ferry with 90 people sank off Bohol; 40 were rescued."),
        StoryInput("b", None, "Rescuers off Bohol searched for fifty people from the ferry that sank."),
        StoryInput("c", "Budget passes", "The Danish parliament passed a defence budget after a long night."),
        StoryInput("d", None, "After a long night Danish lawmakers agreed on the defence budget."),
    ]
    assert grouped(documents) == {("a", "b"), ("c", "d")}


def test_event_days_and_actors_speak_for_one_story() -> None:
    words = ["A summit of three was announced in Lima.", "Preparations for talks go on in Bogota."]
    apart = [StoryInput(str(n), None, text) for n, text in enumerate(words)]
    assert len(grouped(apart)) == 2
    shared = {"actors": frozenset({"PER", "COL", "ECU"}), "days": frozenset({date(2024, 3, 7)})}
    together = [StoryInput(str(n), None, text, **shared) for n, text in enumerate(words)]
    assert len(grouped(together)) == 1


def test_copies_stay_together_whatever_their_windows() -> None:
    documents = [
        StoryInput("a", None, "Norway opened a radar at Vardo.", (date(2024, 1, 1), date(2024, 1, 1))),
        StoryInput("b", None, "Norway opened a radar at Vardo.", (date(2024, 6, 1), date(2024, 6, 1))),
    ]
    assert grouped(documents) == {("a",), ("b",)}
    assert grouped(documents, (Family("f", ("a", "b"), "a"),)) == {("a", "b")}


def test_the_title_is_that_of_the_earliest_page() -> None:
    documents = [
        StoryInput("a", "Second", "The frigate Aurore left Brest for the Gulf.", (date(2024, 1, 2),) * 2),
        StoryInput(
            "b", "First", "The frigate Aurore left Brest for the Gulf today.", (date(2024, 1, 1),) * 2
        ),
        StoryInput("c", None, "The frigate Aurore left Brest for the Gulf at dawn."),
    ]
    assert [story.title for story in stories(documents)] == ["First"]


WORDS = st.lists(
    st.sampled_from(["Navy", "port", "Treaty", "talks", "Osaka", "sea", "pact", "envoy", "Rome", "drill"]),
    max_size=12,
)
WINDOWS = st.none() | st.dates(date(2024, 1, 1), date(2024, 3, 1)).map(lambda day: (day, day))


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(WORDS, WINDOWS), max_size=9), st.randoms())
def test_every_document_is_in_one_story_whatever_the_order(
    drawn: list[tuple[list[str], tuple[date, date] | None]], rng: random.Random
) -> None:
    documents = [StoryInput(f"d{n}", None, " ".join(w), window) for n, (w, window) in enumerate(drawn)]
    found = stories(documents)
    assert sorted(i for story in found for i in story.doc_ids) == [d.doc_id for d in documents]
    rng.shuffle(documents)
    assert stories(documents) == found


@pytest.mark.bench
def test_stories_of_bare_texts_reach_the_pinned_floor() -> None:
    folder = os.environ.get("COMMUNIQUE_BENCH")
    if not folder:
        pytest.skip("COMMUNIQUE_BENCH names no folder of benchmarks")
    path = Path(folder) / "bench" / "stories_ecbplus.jsonl"
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    said = {
        i: s.doc_ids
        for s in stories([StoryInput(x["id"], None, x["text"]) for x in lines])
        for i in s.doc_ids
    }
    gold: defaultdict[str, set[str]] = defaultdict(set)
    for line in lines:
        gold[line["gold"]].add(line["id"])
    shared = [
        (len(gold[x["gold"]] & set(said[x["id"]])), len(said[x["id"]]), len(gold[x["gold"]])) for x in lines
    ]
    precision = sum(both / mine for both, mine, _ in shared) / len(shared)
    recall = sum(both / theirs for both, _, theirs in shared) / len(shared)
    assert 2 * precision * recall / (precision + recall) >= 0.90
