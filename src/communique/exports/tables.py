"""Rows as JSON Lines, JSON, CSV and Parquet, written as they come."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from itertools import islice
from typing import Any, BinaryIO, TextIO, TypeAlias

from communique.exports.columns import Type

Row: TypeAlias = Mapping[str, Any]
Columns: TypeAlias = Mapping[str, Type]

BATCH = 1000
"""Rows of a Parquet row group."""


@contextmanager
def as_text(stream: BinaryIO) -> Iterator[TextIO]:
    """A byte stream as UTF-8 text with line ends as they are written; it is left open."""
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="", write_through=False)
    try:
        yield text
        text.flush()
    finally:
        text.detach()


def write_lines(lines: Iterable[str], stream: BinaryIO) -> int:
    """Writes text; returns how many pieces."""
    count = 0
    with as_text(stream) as text:
        for line in lines:
            text.write(line)
            count += 1
    return count


def write_jsonl(rows: Iterable[Row], columns: Columns, stream: BinaryIO) -> int:
    """One JSON object a line."""
    return write_lines((json.dumps(row, ensure_ascii=False) + "\n" for row in rows), stream)


def write_json(rows: Iterable[Row], columns: Columns, stream: BinaryIO) -> int:
    """One JSON array, a row a line."""
    count = 0
    with as_text(stream) as text:
        text.write("[")
        for row in rows:
            text.write(",\n" if count else "\n")
            text.write(json.dumps(row, ensure_ascii=False))
            count += 1
        text.write("\n]\n")
    return count


# --- CSV -----------------------------------------------------------------------------------------

# What a spreadsheet would run: also after blanks, and in the wide forms some input methods give.
_FORMULA = re.compile("'*[\\s\ufeff]*[=+\\-@\t\r\n＝＋－＠]")


def guarded(text: str) -> str:
    """Text that no spreadsheet takes for a formula; `unguarded` gives it back.

    >>> guarded("=1+1"), guarded("Japan"), guarded("'-x")
    ("'=1+1", 'Japan', "''-x")
    """
    return "'" + text if _FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """The text that `guarded` was given.

    >>> unguarded(guarded("=1+1")), unguarded("'tis")
    ('=1+1', "'tis")
    """
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return guarded(value)
    return json.dumps(value, ensure_ascii=False)


def write_csv(rows: Iterable[Row], columns: Columns, stream: BinaryIO) -> int:
    """CSV after RFC 4180 with a header; lists and records as JSON text, missing values empty."""
    count = 0
    with as_text(stream) as text:
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow(columns)
        for row in rows:
            writer.writerow([_cell(row[name]) for name in columns])
            count += 1
    return count


# --- Parquet -------------------------------------------------------------------------------------


def write_parquet(rows: Iterable[Row], columns: Columns, stream: BinaryIO) -> int:
    """Parquet with nested columns and real days, a group of rows at a time."""
    import pyarrow
    from pyarrow import parquet

    schema = pyarrow.schema([(name, _arrow(type_)) for name, type_ in columns.items()])
    count = 0
    source = iter(rows)
    with parquet.ParquetWriter(stream, schema, compression="zstd") as writer:
        while batch := list(islice(source, BATCH)):
            typed = [{name: _typed(row[name], type_) for name, type_ in columns.items()} for row in batch]
            writer.write_batch(pyarrow.RecordBatch.from_pylist(typed, schema=schema))
            count += len(batch)
    return count


def _arrow(type_: Type) -> Any:
    import pyarrow

    if isinstance(type_, list):
        return pyarrow.list_(_arrow(type_[0]))
    if isinstance(type_, dict):
        return pyarrow.struct([(name, _arrow(part)) for name, part in type_.items()])
    plain = {
        "text": pyarrow.string,
        "whole": pyarrow.int64,
        "number": pyarrow.float64,
        "yes_no": pyarrow.bool_,
        "day": pyarrow.date32,
    }
    return plain[type_]()


def _typed(value: Any, type_: Type) -> Any:
    """A plain value with its days as days."""
    if value is None:
        return None
    if isinstance(type_, list):
        return [_typed(one, type_[0]) for one in value]
    if isinstance(type_, dict):
        return {name: _typed(value[name], part) for name, part in type_.items()}
    return date.fromisoformat(value) if type_ == "day" else value


WRITERS: dict[str, Callable[[Iterable[Row], Columns, BinaryIO], int]] = {
    "jsonl": write_jsonl,
    "csv": write_csv,
    "json": write_json,
    "parquet": write_parquet,
}
"""What writes rows, by format; each returns how many it wrote."""
