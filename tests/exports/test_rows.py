"""Rows are what the contract says: columns, types, and byte for byte what is in golden/."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from communique.exports.columns import COLUMNS, Type
from communique.exports.rows import ROWS
from communique.exports.write import EXPORTS, export
from communique.ledger.store import Ledger


def fits(value: Any, type_: Type) -> bool:
    """Whether a plain value is of a type of the contract."""
    if value is None:
        return True
    if isinstance(type_, list):
        return isinstance(value, list) and all(one is not None and fits(one, type_[0]) for one in value)
    if isinstance(type_, dict):
        return list(value) == list(type_) and all(fits(value[name], part) for name, part in type_.items())
    if type_ == "day":
        return date.fromisoformat(value).isoformat() == value
    plain = {"text": (str,), "whole": (int,), "number": (int, float), "yes_no": (bool,)}[type_]
    return isinstance(value, plain) and (type_ == "yes_no" or not isinstance(value, bool))


@pytest.mark.parametrize("what", sorted(COLUMNS))
def test_rows_have_the_columns_of_the_contract(ledger: Ledger, what: str) -> None:
    rows = list(ROWS[what](ledger))
    assert rows
    for row in rows:
        assert fits(row, COLUMNS[what]), row


def test_every_table_has_columns() -> None:
    assert set(ROWS) == set(COLUMNS)


@pytest.mark.parametrize("what", [what for what, formats in EXPORTS.items() if "jsonl" in formats])
def test_jsonl_is_as_it_was(ledger: Ledger, golden: Path, tmp_path: Path, what: str) -> None:
    output = tmp_path / f"{what}.jsonl"
    export(what, ledger, "jsonl", output)
    assert output.read_text("utf-8") == (golden / output.name).read_text("utf-8")


def test_the_words_are_those_of_the_text(ledger: Ledger) -> None:
    texts = {row["doc_id"]: row["text"] for row in ROWS["documents"](ledger)}
    rows = list(ROWS["statements"](ledger))
    assert len(rows) == 7
    for row in rows:
        text = texts[row["doc_id"]]
        assert text[row["start"] : row["end"]] == row["quote"]
        for actor in row["actors"]:
            assert text[actor["start"] : actor["end"]] == actor["name"]


def test_rows_name_what_reconciling_made(ledger: Ledger) -> None:
    assert {row["fact_id"] for row in ROWS["statements"](ledger)} == {f"fact-{n}" for n in range(7)}
    assert {row["origin"] for row in ROWS["statements"](ledger)} == {"ap"}
    families = [row["family_id"] for row in ROWS["documents"](ledger)]
    assert sorted(map(str, families)) == ["None", "family-1"]
    assert [row["story_id"] for row in ROWS["documents"](ledger)] == ["story-1", "story-1"]


def test_the_timeline_holds_dated_events_by_time(ledger: Ledger) -> None:
    rows = list(ROWS["timeline"](ledger))
    assert [(row["date"], row["factuality"], row["type"]) for row in rows] == [
        ("2022-05-05", "actual", "CONSULT"),
        ("2022-06-01/2022-06-30", "planned", "SUPPORT"),
        ("2022-06-01/2022-06-30", "actual", "ACQUIRE"),
    ]
    assert rows[0]["actors"] == ["JPN", "AUS"]


def test_lines_end_only_where_rows_do(ledger: Ledger, tmp_path: Path) -> None:
    output = tmp_path / "documents.jsonl"
    assert export("documents", ledger, "jsonl", output).count == 2
    content = output.read_bytes()
    assert content.count(b"\n") == 2 and b"\r" not in content
    assert all(json.loads(line) for line in content.splitlines())
