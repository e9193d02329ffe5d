"""Several builders at one ledger give what one gives, and what a killed one left undone is done."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.children import in_child, reported

from communique import pipeline
from communique.ledger.store import Ledger
from communique.ledger.verify import verify

Build = Callable[..., pipeline.Summary]


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Two folders that share some of their pages."""
    root = tmp_path_factory.mktemp("shared")
    towns = ("Turku", "Bergen", "Gdansk", "Riga", "Tallinn", "Aarhus")
    pages = [
        f"Sweden and Finland sign pact {n} in {town}\n\n"
        f"{town.upper()}, May {n + 3}, 2023 - Sweden and Finland signed defence agreement {n} in {town}.\n\n"
        f"Norway will send {n + 2},000 troops to {town} in June 2023.\n"
        for n, town in enumerate(towns)
    ]
    for name, share in (("a", pages[:4]), ("b", pages[2:])):
        (root / name).mkdir()
        for page in share:
            (root / name / f"{pages.index(page)}.txt").write_text(page, "utf-8")
    return [root / "a", root / "b"]


def held(location: str) -> list[list[Any]]:
    with Ledger.open(location) as ledger:
        assert list(verify(ledger)) == [] and not ledger.unreconciled()
        told = (ledger.placed_statements, ledger.evidence, ledger.families, ledger.stories)
        return [list(ask()) for ask in told] + [sorted(ledger.known())]


def test_two_builders_give_what_one_gives(
    place: Callable[[str], str], build: Build, folders: list[Path]
) -> None:
    with Ledger.open(place("one"), create=True) as ledger:
        build(folders, ledger)

    together = place("both")

    def work(inputs: list[Path]) -> Callable[[int], None]:
        def run(into: int) -> None:
            with Ledger.open(together, create=True) as ledger:
                os.write(into, f"{build(inputs, ledger).read}\n".encode())

        return run

    children = [in_child(work(inputs)) for inputs in (folders, folders[1:], folders[:1])]
    for child, _ in children:
        os.waitpid(child, 0)
    assert [reported(out) for _, out in children] == [["8"], ["4"], ["4"]]
    assert held(together) == held(place("one"))


def test_what_a_killed_builder_did_not_reconcile_the_next_one_does(
    place: Callable[[str], str], build: Build, folders: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    with Ledger.open(place("whole"), create=True) as ledger:
        build(folders, ledger)
    killed = place("killed")
    with Ledger.open(killed, create=True) as ledger:
        build(folders[:1], ledger)

    def work(_: int) -> None:
        monkeypatch.setattr(pipeline, "reconcile", lambda *_: os.kill(os.getpid(), signal.SIGKILL))
        with Ledger.open(killed) as ledger:
            build(folders[1:], ledger)

    child, _ = in_child(work)
    os.waitpid(child, 0)
    with Ledger.open(killed) as ledger:
        assert ledger.unreconciled() and len(ledger.known()) == 6
        assert build(folders, ledger).added == 0
    assert held(killed) == held(place("whole"))
