"""CSV, JSON and Parquet give back what was written, and run nothing."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pyarrow import parquet

from communique.exports.columns import COLUMNS, Type
from communique.exports.rows import ROWS
from communique.exports.tables import guarded, unguarded, write_csv, write_json, write_parquet
from communique.exports.write import export
from communique.ledger.store import Ledger

TABLES = sorted(COLUMNS)


def plain(cell: str, type_: Type) -> Any:
    """The value of a CSV cell."""
    if cell == "":
        return None
    return unguarded(cell) if type_ in ("text", "day") else json.loads(cell)


@pytest.mark.parametrize("what", TABLES)
def test_csv_gives_back_the_rows(ledger: Ledger, tmp_path: Path, what: str) -> None:
    output = tmp_path / "out.csv"
    count = export(what, ledger, "csv", output).count
    with output.open(encoding="utf-8", newline="") as file:
        found = [
            {name: plain(cell, COLUMNS[what][name]) for name, cell in row.items()}
            for row in csv.DictReader(file)
        ]
    expected = list(ROWS[what](ledger))
    assert found == expected and count == len(expected)


@pytest.mark.parametrize("what", TABLES)
def test_json_gives_back_the_rows(ledger: Ledger, tmp_path: Path, what: str) -> None:
    output = tmp_path / "out.json"
    export(what, ledger, "json", output)
    assert json.loads(output.read_text("utf-8")) == list(ROWS[what](ledger))


@pytest.mark.parametrize("what", TABLES)
def test_parquet_gives_back_the_rows(ledger: Ledger, tmp_path: Path, what: str) -> None:
    output = tmp_path / "out.parquet"
    count = export(what, ledger, "parquet", output).count

    def days_as_text(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: days_as_text(part) for name, part in value.items()}
        if isinstance(value, list):
            return [days_as_text(one) for one in value]
        return value.isoformat() if isinstance(value, date) else value

    expected = list(ROWS[what](ledger))
    assert [days_as_text(row) for row in parquet.read_table(output).to_pylist()] == expected
    assert count == len(expected)


def test_parquet_holds_days_as_days(ledger: Ledger, tmp_path: Path) -> None:
    output = tmp_path / "out.parquet"
    export("timeline", ledger, "parquet", output)
    assert parquet.read_table(output)["earliest"].to_pylist()[0] == date(2022, 5, 5)


def test_no_rows_still_make_a_table() -> None:
    columns: dict[str, Type] = {"a": "text", "b": ["whole"]}
    stream = io.BytesIO()
    assert write_csv([], columns, stream) == 0 and stream.getvalue() == b"a,b\r\n"
    stream = io.BytesIO()
    assert write_json([], columns, stream) == 0 and json.loads(stream.getvalue()) == []
    stream = io.BytesIO()
    assert write_parquet([], columns, stream) == 0
    assert parquet.read_table(io.BytesIO(stream.getvalue())).column_names == ["a", "b"]


@given(st.text())
@example("=1+1")
@example("'=1+1")
@example("  @SUM(A1)")
@example("\t=1")
@example("＝1")
@example("−not a minus sign")
@example("'tis")
def test_a_guard_is_taken_off_again(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert guarded(text).lstrip()[:1] not in tuple("=+-@＝＋－＠") or text == ""


@given(
    st.lists(st.fixed_dictionaries({"a": st.none() | st.text(min_size=1), "b": st.none() | st.floats(-1, 1)}))
)
def test_any_text_survives_csv(rows: list[dict[str, Any]]) -> None:
    columns: dict[str, Type] = {"a": "text", "b": "number"}
    stream = io.BytesIO()
    write_csv(rows, columns, stream)
    read = csv.DictReader(io.StringIO(stream.getvalue().decode(), newline=""))
    assert [{name: plain(cell, columns[name]) for name, cell in row.items()} for row in read] == rows


def test_a_formula_in_a_quote_does_not_reach_the_spreadsheet(ledger: Ledger, tmp_path: Path) -> None:
    output = tmp_path / "out.csv"
    export("statements", ledger, "csv", output)
    with output.open(encoding="utf-8", newline="") as file:
        words = [row["words"] for row in csv.DictReader(file)]
    assert "'=We shall, in time, sign it," in words


def test_rows_are_written_as_they_come() -> None:
    """No writer gathers more than one group of rows."""
    alive = 0

    def rows() -> Iterator[dict[str, Any]]:
        nonlocal alive
        for number in range(5000):
            if number and number % 2500 == 0:
                assert stream.tell() > 0
            alive = number
            yield {"a": f"{number}" * 20}

    for write in (write_csv, write_json, write_parquet):
        stream = io.BytesIO()
        assert write(rows(), {"a": "text"}, stream) == 5000 and alive == 4999
