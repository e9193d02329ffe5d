"""Building from the command line, and what can go wrong."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from communique import pipeline


def test_a_build_tells_what_it_did_and_what_was_wrong(run, pages: Path, tmp_path: Path) -> None:
    ran = run("build", pages, "--ledger", tmp_path / "a.ledger")
    assert (ran.code, ran.out) == (0, "")
    problem, summary = ran.err.splitlines()
    assert problem.startswith(f"{pages / '3-broken.txt'}: ") and "save the page" in problem
    assert "2 added, 0 known already, 1 problem; the ledger holds 2 documents" in summary


def test_a_second_build_adds_nothing(run, pages: Path, built: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.ledger"
    shutil.copy(built, copy)
    ran = run("build", pages, "--ledger", copy)
    assert "0 added, 2 known already" in ran.err


def test_strict_exits_1_for_a_refused_page_and_keeps_the_others(run, pages: Path, tmp_path: Path) -> None:
    ledger = tmp_path / "a.ledger"
    assert run("build", pages, "--ledger", ledger, "--strict", "-q").code == 1
    assert run("export", "documents", "--ledger", ledger).out.count("\n") == 2


def test_a_page_may_come_from_standard_input(run, tmp_path: Path) -> None:
    ledger = tmp_path / "a.ledger"
    page = (
        b"Norway lends Estonia a radar\n\nOSLO, May 4, 2023 - Norway and Estonia met in Oslo on Thursday.\n"
    )
    assert run("build", "-", "--ledger", ledger, stdin=page).code == 0
    assert "Norway lends" in run("export", "documents", "--ledger", ledger).out


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["build", "no-such-folder", "--ledger", "a.ledger"], 1, "no-such-folder"),
        (["build", "--ledger", "a.ledger"], 2, "INPUT"),
        (["build", "x", "--ledger", "missing/a.ledger"], 1, "does not exist"),
        (["build", "x", "--ledger", "a.ledger", "--jobs", "0"], 2, "--jobs"),
        (["build", "x", "--ledger", "a.ledger", "--data", "nowhere"], 2, "is not a folder"),
        (["brief", "--ledger", "none.ledger"], 1, "no such ledger"),
        (["brief"], 2, "--ledger"),
        (["nonsense"], 2, "nonsense"),
    ],
)
def test_mistakes_are_told_without_a_traceback(
    run, arguments: list[str], code: int, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = run(*arguments)
    assert ran.code == code
    assert said in ran.err and "Traceback" not in ran.err and not ran.out


def test_a_model_that_is_missing_is_named(run, pages: Path, tmp_path: Path) -> None:
    ran = run("build", pages, "--ledger", tmp_path / "a.ledger", "--model", "no_such_model")
    assert ran.code == 1 and "'no_such_model' is not installed" in ran.err


def test_an_interrupted_build_says_where_things_are(
    run, pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline, "build", stop)
    ledger = tmp_path / "a.ledger"
    ran = run("build", pages, "--ledger", ledger)
    assert ran.code == 130
    assert f"what was stored is kept in {ledger}" in ran.err


def test_progress_is_for_terminals(run, pages: Path, built: Path, tmp_path: Path, monkeypatch) -> None:
    copy = tmp_path / "copy.ledger"
    shutil.copy(built, copy)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    assert run("build", pages, "--ledger", copy).code == 0
