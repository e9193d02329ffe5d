"""Accuracy on public benchmarks, by sample, never falls below the floors that are pinned."""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks import events, quantities, quotes, stories, times
from benchmarks.floors import FLOORS, below, floors, raised, write
from benchmarks.prepared import bench_folder
from benchmarks.tags import Benchmark

BENCHMARKS = [b for module in (times, quantities, quotes, events, stories) for b in module.BENCHMARKS]
FOLDER = bench_folder()
HELD = floors()


@pytest.mark.bench
@pytest.mark.skipif(FOLDER is None, reason="COMMUNIQUE_BENCH names no folder of benchmark data")
@pytest.mark.parametrize("benchmark", BENCHMARKS, ids=lambda benchmark: benchmark.name)
def test_no_floor_is_lost(benchmark: Benchmark) -> None:
    assert FOLDER is not None
    assert not below(benchmark.name, benchmark.measure(FOLDER), HELD)


def test_every_benchmark_has_floors_for_what_it_shows() -> None:
    for benchmark in BENCHMARKS:
        assert set(HELD[benchmark.name]) == set(benchmark.shown), benchmark.name


def test_every_floor_belongs_to_a_benchmark() -> None:
    assert set(HELD) == {"gold", "speed", *(benchmark.name for benchmark in BENCHMARKS)}
    assert all(0 < floor <= 100 for scores in HELD.values() for floor in scores.values())


def test_floors_only_rise_by_themselves(tmp_path: Path) -> None:
    held = raised(HELD, "quantities_newsquant", {"value": 1.0, "value_bound": 100.0})
    assert held["quantities_newsquant"]["value"] == HELD["quantities_newsquant"]["value"]
    assert held["quantities_newsquant"]["value_bound"] == 99.5
    write(held, tmp_path / "floors.json")
    assert floors(tmp_path / "floors.json") == held


def test_the_file_is_as_the_program_writes_it(tmp_path: Path) -> None:
    write(HELD, tmp_path / "floors.json")
    assert (tmp_path / "floors.json").read_text("utf-8") == FLOORS.read_text("utf-8")
