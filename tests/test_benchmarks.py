"""The measuring itself: the same pages each time, every stage found, time put where it was spent."""

from __future__ import annotations

import doctest
from collections.abc import Iterator
from types import SimpleNamespace

from benchmarks import floors, invented, speed, tags
from benchmarks.prepared import EXAMPLES, domain
from benchmarks.timing import timed, watched


def test_invented_pages_are_the_same_each_time_and_all_different() -> None:
    pages = list(invented.texts(60, domain()))
    assert pages == list(invented.texts(60, domain()))
    assert pages[:20] == list(invented.texts(20, domain()))
    assert len(set(pages)) == 60
    assert all(150 < len(page.split()) < 400 and "{" not in page for page in pages)


def test_some_invented_pages_are_copies() -> None:
    pages = list(invented.texts(2 * invented.COPIES, domain()))
    copied, copy = pages[invented.COPIES - 2 : invented.COPIES]
    assert set(copied.split("\n\n")[:5]) <= set(copy.split("\n\n"))


def test_time_goes_to_the_label_of_the_function_also_of_a_generator() -> None:
    def steps() -> Iterator[int]:
        for _ in range(3):
            yield sum(range(100_000))

    part = SimpleNamespace(steps=steps, idle=lambda: None, once=lambda: sum(range(100_000)))
    with watched([("steps", part, "steps"), ("idle", part, "idle"), ("once", part, "once")]) as spent:
        whole = timed(lambda: (list(part.steps()), part.once(), part.idle()))
    assert part.steps is steps
    assert spent["steps"] > spent["once"] > spent["idle"]
    assert sum(spent.values()) <= whole.processor


def test_every_stage_is_passed_and_the_shares_are_whole() -> None:
    found = speed.measure([str(next((EXAMPLES / "pages").glob("04-*")))], turns=1)
    assert {label for label, _, _ in speed.STAGES} == set(found.stages) - {"the rest"}
    assert abs(sum(found.stages.values()) - 1) < 1e-6
    assert found.pages == 1
    assert found.words > 200
    assert min(found.pipeline, found.bare, found.ratio, found.ratio_distinct) > 0


def test_examples_in_docstrings_hold() -> None:
    for module in (floors, tags):
        assert doctest.testmod(module).failed == 0
