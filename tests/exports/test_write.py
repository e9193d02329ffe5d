"""A file appears whole or not at all, and what goes wrong is said in one line."""

from __future__ import annotations

import errno
import io
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from communique.errors import InputError, UsageError
from communique.exports import rows as rows_module
from communique.exports.write import EXPORTS, export
from communique.ledger.store import Ledger


@pytest.fixture
def humble() -> Iterator[Path]:
    """A folder of one's own, as a user whom permissions bind."""
    folder = Path(tempfile.mkdtemp())
    root = os.geteuid() == 0
    if root:
        os.chown(folder, 65534, 65534)
        os.seteuid(65534)
    try:
        yield folder
    finally:
        if root:
            os.seteuid(0)
        folder.chmod(0o700)
        shutil.rmtree(folder)


class Stdout(io.TextIOWrapper):
    """Standard output that is a terminal or not."""

    def __init__(self, terminal: bool) -> None:
        super().__init__(io.BytesIO(), encoding="utf-8")
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal


@pytest.mark.parametrize(
    ("what", "format"), [(what, f) for what, formats in EXPORTS.items() for f in formats]
)
def test_every_export_is_the_same_on_standard_output_and_in_a_file(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str, format: str
) -> None:
    output = tmp_path / "out"
    told = export(what, ledger, format, output)
    stdout = Stdout(terminal=False)
    monkeypatch.setattr("sys.stdout", stdout)
    assert export(what, ledger, format) == told
    assert stdout.buffer.getvalue() == output.read_bytes() != b""  # type: ignore[attr-defined]
    assert told.count > 0


def test_the_usual_format_is_the_first(ledger: Ledger, tmp_path: Path) -> None:
    export("facts", ledger, None, tmp_path / "a")
    export("facts", ledger, "jsonl", tmp_path / "b")
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_unknown_exports_and_formats_are_refused(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError, match="no export 'poems'; use one of: documents, statements"):
        export("poems", ledger, "jsonl")
    with pytest.raises(UsageError, match="calendar cannot be exported as 'csv'; use one of: ics"):
        export("calendar", ledger, "csv")
    monkeypatch.setattr("sys.stdout", Stdout(terminal=True))
    with pytest.raises(UsageError, match="name a file with --output"):
        export("facts", ledger, "parquet")


def test_a_file_is_replaced_only_when_all_is_written(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "facts.jsonl"
    output.write_text("what was there")
    output.chmod(0o640)
    usual = rows_module.ROWS["facts"]

    def failing(reader: object) -> Iterator[dict[str, object]]:
        yield from usual(ledger)
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setitem(rows_module.ROWS, "facts", failing)
    with pytest.raises(InputError, match=r"facts\.jsonl: cannot be written: No space left on device"):
        export("facts", ledger, "jsonl", output)
    monkeypatch.setitem(rows_module.ROWS, "facts", lambda reader: iter([{"x": 1}, 1 / 0]))
    with pytest.raises(ZeroDivisionError):
        export("facts", ledger, "jsonl", output)
    assert output.read_text() == "what was there" and list(tmp_path.iterdir()) == [output]
    monkeypatch.setitem(rows_module.ROWS, "facts", usual)
    export("facts", ledger, "jsonl", output)
    assert output.read_text().count("\n") == 7
    assert stat.S_IMODE(output.stat().st_mode) == 0o640


def test_a_link_stays_a_link(ledger: Ledger, tmp_path: Path) -> None:
    (tmp_path / "real").touch()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    export("facts", ledger, "jsonl", tmp_path / "link")
    assert (tmp_path / "link").is_symlink() and (tmp_path / "real").stat().st_size > 0


def test_a_device_takes_what_comes(ledger: Ledger) -> None:
    assert export("facts", ledger, "jsonl", Path("/dev/null")).count == 7


def test_what_cannot_be_written_is_said(ledger: Ledger, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is a folder; name a file in it"):
        export("facts", ledger, "jsonl", tmp_path)
    with pytest.raises(InputError, match="cannot be written: No such file or directory"):
        export("facts", ledger, "jsonl", tmp_path / "no" / "facts.jsonl")
    with pytest.raises(InputError, match="cannot be written: Not a directory"):
        (tmp_path / "file").touch()
        export("facts", ledger, "jsonl", tmp_path / "file" / "facts.jsonl")


def test_permissions_hold(ledger: Ledger, humble: Path) -> None:
    output = humble / "facts.jsonl"
    output.write_text("mine")
    output.chmod(0o444)
    with pytest.raises(InputError, match="no permission to write"):
        export("facts", ledger, "jsonl", output)
    humble.chmod(0o555)
    with pytest.raises(InputError, match="Permission denied"):
        export("facts", ledger, "jsonl", humble / "new.jsonl")
    assert output.read_text() == "mine"
