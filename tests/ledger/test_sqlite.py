"""What goes wrong with a file is said in one line, and nothing stored is lost."""

from __future__ import annotations

import errno
import os
import resource
import signal
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.children import add_and_report, in_child, reported

from communique.errors import LedgerError, LedgerFullError, LedgerVersionError
from communique.ledger import sqlite
from communique.ledger.exchange import backup
from communique.ledger.store import Ledger
from communique.ledger.writing import Entry

Make = Callable[..., Entry]


def test_a_ledger_must_exist_unless_it_is_made(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="no such ledger; make one: communique build"):
        Ledger.open(tmp_path / "a")
    with pytest.raises(LedgerError, match="is a folder"):
        Ledger.open(tmp_path, create=True)
    with pytest.raises(LedgerError, match="does not exist; make it first"):
        Ledger.open(tmp_path / "no" / "a", create=True)
    with pytest.raises(LedgerError, match="not an ordinary file"):
        Ledger.open("/dev/null", create=True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("create", [False, True])
@pytest.mark.parametrize("content", [b"a letter", b"SQLite format 3\x00 and no more", b"\x00" * 5000])
def test_a_file_that_is_no_ledger_is_left_alone(tmp_path: Path, content: bytes, create: bool) -> None:
    path = tmp_path / "letter.txt"
    path.write_bytes(content)
    with pytest.raises(LedgerError, match="is not a ledger"):
        Ledger.open(path, create=create)
    assert path.read_bytes() == content and list(tmp_path.iterdir()) == [path]


def test_another_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE t(x)")
    other.close()
    before = path.read_bytes()
    with pytest.raises(LedgerError, match="is not a ledger"):
        Ledger.open(path, create=True)
    assert path.read_bytes() == before


def test_an_empty_file_becomes_a_ledger_only_when_asked(tmp_path: Path) -> None:
    path = tmp_path / "new"
    path.touch()
    with pytest.raises(LedgerError, match="is not a ledger"):
        Ledger.open(path)
    Ledger.open(path, create=True).close()
    Ledger.open(path).close()


def test_a_name_with_odd_characters_is_a_name(tmp_path: Path, numbered: Make) -> None:
    for name in ("100%.ledger", "a?mode=ro#x.ledger", "répertoire & co'.ledger"):
        with Ledger.open(tmp_path / name, create=True) as ledger:
            ledger.add([numbered(1)])
        with Ledger.open(tmp_path / name) as ledger:
            assert len(ledger.known()) == 1
        assert (tmp_path / name).exists()


def test_another_format_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "a"
    Ledger.open(path, create=True).close()
    with sqlite3.connect(path) as raw:
        raw.execute("UPDATE meta SET value='99' WHERE key='format'")
    raw.close()
    with pytest.raises(LedgerVersionError, match=r"has ledger format 99 .* reads format"):
        Ledger.open(path)


def test_damage_is_found_on_opening(tmp_path: Path, numbered: Make) -> None:
    path = tmp_path / "a"
    with Ledger.open(path, create=True) as ledger:
        ledger.add([numbered(n, 20) for n in range(20)])
    content = bytearray(path.read_bytes())
    for at in range(8192, len(content) - 4096, 4096):
        content[at : at + 64] = b"\xff" * 64
    path.write_bytes(content)
    with pytest.raises(LedgerError, match="is damaged"):
        Ledger.open(path)


def test_a_ledger_that_may_only_be_read_is_read(humble: Path, numbered: Make) -> None:
    path = humble / "a"
    with Ledger.open(path, create=True) as ledger:
        ledger.add([numbered(1)])
    path.chmod(0o444)
    for folder_mode in (0o755, 0o555):
        humble.chmod(folder_mode)
        with Ledger.open(path) as ledger:
            assert len(list(ledger.statements())) == 3 and not ledger.writable
            with pytest.raises(LedgerError, match="no permission to write"):
                ledger.add([numbered(2)])
    path.chmod(0o000)
    with pytest.raises(LedgerError, match="no permission to read"):
        Ledger.open(path)
    with pytest.raises(LedgerError, match="no permission to write in the folder"):
        Ledger.open(humble / "b", create=True)


def test_a_full_disk_is_said_to_be_and_loses_nothing(tmp_path: Path, numbered: Make) -> None:
    path = tmp_path / "a"
    with Ledger.open(path, create=True) as ledger:
        ledger.add([numbered(0)])
        with ledger.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA max_page_count=100")
        stored = 1
        with pytest.raises(LedgerFullError, match="the disk is full; everything stored before is safe"):
            for number in range(1, 1000):
                ledger.add([numbered(number, 20)])
                stored += 1
        assert stored > 1
        assert len(ledger.known()) == stored
        with pytest.raises(LedgerFullError):
            ledger.add([numbered(n, 40) for n in range(5000, 5050)])
        with pytest.raises(LedgerFullError):
            ledger.judge(
                "wrong", [next(ledger.statements()).statement_id], by="A. Person", note="x" * 500_000
            )
    with Ledger.open(path) as ledger:
        assert len(ledger.known()) == stored
        ledger.add([numbered(7000)])


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_disk_that_fills_during_a_backup_leaves_no_half_copy(
    file_ledger: Ledger, numbered: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    file_ledger.add([numbered(1)])

    def full(_: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(LedgerFullError):
        backup(file_ledger, tmp_path / "copy")
    assert not [p for p in tmp_path.iterdir() if "copy" in p.name]


def test_a_disk_that_fails_loses_nothing(tmp_path: Path, numbered: Make) -> None:
    path = tmp_path / "a"

    def work(into: int) -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_500_000, 1_500_000))
        try:
            add_and_report(str(path), range(10_000), numbered)(into)
        except LedgerError as error:
            os.write(into, f"{type(error).__name__}\n".encode())

    child, out = in_child(work)
    os.waitpid(child, 0)
    *stored, name = reported(out)
    assert name in ("LedgerError", "LedgerFullError") and len(stored) > 1
    with Ledger.open(path) as ledger:
        assert set(stored) <= ledger.known()


def test_a_writer_waits_only_so_long(
    file_ledger: Ledger, numbered: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "PATIENCE", 0.05)
    blocker = sqlite3.connect(file_ledger.name, isolation_level=None)
    try:
        blocker.execute("BEGIN IMMEDIATE")
        with (
            Ledger.open(file_ledger.name) as other,
            pytest.raises(LedgerError, match="another program keeps writing"),
        ):
            other.add([numbered(1)])
    finally:
        blocker.close()


def test_a_second_opening_takes_no_lock_away(tmp_path: Path, numbered: Make) -> None:
    # Where one process opened and closed a file that it has open as a database, POSIX would take away the
    # database's locks; another process could then close the ledger as if it were the last, and take the log.
    path = tmp_path / "a"
    with Ledger.open(path, create=True) as first:
        first.add([numbered(1)])
        Ledger.open(path).close()
        child, out = in_child(add_and_report(str(path), range(2, 4), numbered))
        os.waitpid(child, 0)
        assert len(reported(out)) == 2 and path.with_name("a-wal").exists()
        first.add([numbered(4)])
        child, out = in_child(add_and_report(str(path), range(5, 6), numbered))
        os.waitpid(child, 0)
        first.add([numbered(6)])
    with Ledger.open(path) as ledger:
        assert len(ledger.known()) == 6
