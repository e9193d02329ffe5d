"""Runs the command line in this process, and one ledger built by it."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from communique.cli import main

FIRST = """Sweden and Finland sign defence pact in Turku

TURKU, May 9, 2023 (Nordic Wire) - Sweden and Finland signed a defence agreement in Turku on Tuesday.

Finland will host 5,000 Swedish troops for an exercise in June 2023.

“We have never been closer to our neighbour than we are today,” Finnish President Sauli Niinisto said.
"""
SECOND = """Oslo promises Ukraine more howitzers

OSLO, May 12, 2023 - Norway pledged on Friday to send 10 howitzers to Ukraine.
"""


@dataclass(frozen=True)
class Ran:
    """What a command left behind."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


def ran(capsys: pytest.CaptureFixture[str], *arguments: object) -> Ran:
    capsys.readouterr()
    with pytest.raises(SystemExit) as stopped:
        main([str(argument) for argument in arguments])
    captured = capsys.readouterr()
    return Ran(int(stopped.value.code or 0), captured.out, captured.err)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command; `stdin` is what it reads."""
    monkeypatch.delenv("COMMUNIQUE_LEDGER", raising=False)

    def call(*arguments: object, stdin: bytes = b"") -> Ran:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        return ran(capsys, *arguments)

    return call


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two pages and one that is none."""
    folder = tmp_path_factory.mktemp("pages")
    (folder / "1-pact.txt").write_text(FIRST, "utf-8")
    (folder / "2-howitzers.txt").write_text(SECOND, "utf-8")
    (folder / "3-broken.txt").write_bytes(b"\x00\x01\x02\xff" * 200)
    return folder


@pytest.fixture(scope="session")
def built(pages: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of the pages."""
    ledger = tmp_path_factory.mktemp("ledger") / "pages.ledger"
    with pytest.raises(SystemExit) as stopped:
        main(["build", str(pages), "--ledger", str(ledger), "--quiet"])
    assert not stopped.value.code
    return ledger
