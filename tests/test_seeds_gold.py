"""Five pages that were read by hand: what the ledger finds in them never falls below the pinned floors."""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks.floors import below, floors
from benchmarks.gold import Gold, measure
from benchmarks.prepared import bench_folder

FOLDER = bench_folder()

pytestmark = [
    pytest.mark.bench,
    pytest.mark.skipif(FOLDER is None, reason="COMMUNIQUE_BENCH names no folder of benchmark data"),
]


@pytest.fixture(scope="module")
def gold() -> Gold:
    assert isinstance(FOLDER, Path)
    return measure(FOLDER)


def test_no_floor_is_lost(gold: Gold) -> None:
    assert not below("gold", gold.scores, floors())


def test_every_figure_has_a_floor(gold: Gold) -> None:
    assert set(floors()["gold"]) == set(gold.scores)


def test_all_evidence_is_verbatim_and_none_is_residue(gold: Gold) -> None:
    assert gold.wrong == {"not verbatim": 0, "from residue": 0}
