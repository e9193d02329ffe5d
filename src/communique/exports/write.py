"""Writes what a ledger holds to a file, whole or not at all, or to standard output."""

from __future__ import annotations

import json
import os
import stat
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, TypeAlias

from communique.errors import InputError, UsageError
from communique.exports.calendar import calendar
from communique.exports.columns import COLUMNS
from communique.exports.followthemoney import entities
from communique.exports.graph import gexf
from communique.exports.plover import plover_records
from communique.exports.rows import ROWS
from communique.exports.tables import WRITERS, write_lines
from communique.ledger.reading import Reader


@dataclass(frozen=True, slots=True)
class Exported:
    """How many entries were written, and how many were left out, by why."""

    count: int
    omitted: Mapping[str, int] = field(default_factory=dict)


Writer: TypeAlias = Callable[[Reader, BinaryIO], Exported]


def _table(what: str, format: str) -> Writer:
    return lambda ledger, stream: Exported(WRITERS[format](ROWS[what](ledger), COLUMNS[what], stream))


def _plover(ledger: Reader, stream: BinaryIO) -> Exported:
    omitted: Counter[str] = Counter()
    lines = (json.dumps(record, ensure_ascii=False) + "\n" for record in plover_records(ledger, omitted))
    return Exported(write_lines(lines, stream), dict(sorted(omitted.items())))


def _followthemoney(ledger: Reader, stream: BinaryIO) -> Exported:
    return Exported(
        write_lines((json.dumps(one, ensure_ascii=False) + "\n" for one in entities(ledger)), stream)
    )


def _calendar(ledger: Reader, stream: BinaryIO) -> Exported:
    starts = Counter[bool]()

    def lines() -> Iterator[str]:
        for line in calendar(ledger):
            starts[line.startswith("BEGIN:VEVENT")] += 1
            yield line

    write_lines(lines(), stream)
    return Exported(starts[True])


def _graph(ledger: Reader, stream: BinaryIO) -> Exported:
    starts = Counter[bool]()

    def lines() -> Iterator[str]:
        for line in gexf(ledger):
            starts[line.startswith("<edge ")] += 1
            yield line

    write_lines(lines(), stream)
    return Exported(starts[True])


EXPORTS: dict[str, dict[str, Writer]] = {
    **{what: {format: _table(what, format) for format in WRITERS} for what in ROWS},
    "plover": {"jsonl": _plover},
    "followthemoney": {"jsonl": _followthemoney},
    "calendar": {"ics": _calendar},
    "graph": {"gexf": _graph},
}
"""What writes each export in each of its formats, the usual one first."""


def export(what: str, ledger: Reader, format: str | None = None, output: Path | None = None) -> Exported:
    """Exports `what` to a file (or standard output), in the usual format if none is named.

    A file appears, or is replaced, only when all of it is written. Raises `UsageError` for an
    unknown export or format, `InputError` where the file cannot be written, `LedgerError`.
    """
    formats = EXPORTS.get(what)
    if formats is None:
        raise UsageError(f"there is no export {what!r}; use one of: {', '.join(EXPORTS)}")
    format = format or next(iter(formats))
    if format not in formats:
        raise UsageError(f"{what} cannot be exported as {format!r}; use one of: {', '.join(formats)}")
    if output is None and format == "parquet" and sys.stdout.isatty():
        raise UsageError("parquet is not for reading on a terminal; name a file with --output")
    with _standard_output() if output is None else _file(output) as stream:
        return formats[format](ledger, stream)


@contextmanager
def _standard_output() -> Iterator[BinaryIO]:
    sys.stdout.flush()
    yield sys.stdout.buffer
    sys.stdout.buffer.flush()


@contextmanager
def _file(output: Path) -> Iterator[BinaryIO]:
    try:
        target = Path(os.path.realpath(output))
        if target.is_dir():
            raise InputError(f"{output}: is a folder; name a file in it")
        if target.exists() and not target.is_file():  # a pipe or device takes bytes as they come
            with target.open("wb") as stream:
                yield stream
            return
        effective = os.access in os.supports_effective_ids
        if target.exists() and not os.access(target, os.W_OK, effective_ids=effective):
            raise InputError(f"{output}: no permission to write; change its permissions or name another file")
        handle, name = tempfile.mkstemp(prefix=".communique-", suffix=".unfinished", dir=target.parent)
        unfinished = Path(name)
        try:
            with os.fdopen(handle, "wb") as stream:
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
            unfinished.chmod(_mode(target))
            unfinished.replace(target)
        finally:
            unfinished.unlink(missing_ok=True)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise InputError(f"{output}: cannot be written: {error.strerror or error}") from error


def _mode(target: Path) -> int:
    """The permissions of the file that is replaced, or those of any new file."""
    if target.exists():
        return stat.S_IMODE(target.stat().st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
