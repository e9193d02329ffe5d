"""Sport, kitchens, films, trade and courts: pages that sound like the field tell no event between states."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from communique import pipeline
from communique.domain.source import read_yaml
from communique.ledger.store import Ledger
from communique.model import Statement

PAGES: dict[str, str] = read_yaml(Path(__file__).parent / "cases" / "elsewhere.yaml", dict[str, str])


@pytest.fixture(scope="module")
def told(build: Callable[..., pipeline.Summary], tmp_path_factory: pytest.TempPathFactory) -> list[Statement]:
    """The events and ties found on all these pages together."""
    folder = tmp_path_factory.mktemp("elsewhere")
    for name, page in PAGES.items():
        title, text = page.split("\n", 1)
        lines = text.splitlines()
        (folder / f"{name}.txt").write_text(f"{title}\n\nMarch 4, 2024\n\n{' '.join(lines)}\n", "utf-8")
    with Ledger.open(folder / "elsewhere.ledger", create=True) as ledger:
        assert build([folder], ledger).added == len(PAGES)
        return [s for s in ledger.statements() if s.kind in ("event", "tie")]


def test_there_are_enough_and_none_is_a_line() -> None:
    assert len(PAGES) >= 32
    assert {name: n for name, page in PAGES.items() if not 80 <= (n := len(page.split())) <= 160} == {}


def test_at_most_one_event_is_told(told: list[Statement]) -> None:
    assert len(told) <= 1, [(s.type, s.rule, s.quote) for s in told]
