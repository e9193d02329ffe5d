"""What goes wrong with files is said in one line, and nothing stored is lost."""

from __future__ import annotations

import errno
import os
import resource
import select
import signal
import sqlite3
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from communique.errors import LedgerError, LedgerFullError, LedgerVersionError
from communique.ledger import engine
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
    with pytest.raises(LedgerError, match="only a file"):
        Ledger.open("postgresql://host/name", create=True)
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
    with pytest.raises(LedgerVersionError, match=r"has ledger format 99 .* reads format 1; use that version"):
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
    ledger: Ledger, numbered: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    ledger.add([numbered(1)])

    def full(_: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(LedgerFullError):
        ledger.backup(tmp_path / "copy")
    assert not [p for p in tmp_path.iterdir() if "copy" in p.name]


def test_a_backup_is_a_ledger_and_replaces_nothing(ledger: Ledger, numbered: Make, tmp_path: Path) -> None:
    ledger.add([numbered(n) for n in range(5)])
    reading = ledger.statements()
    next(reading)  # while it is being read
    ledger.backup(tmp_path / "copy")
    ledger.add([numbered(9)])
    with Ledger.open(tmp_path / "copy") as copy:
        assert len(copy.known()) == 5 and copy.add([numbered(9)]) == 1
        assert list(copy.statements()) == list(ledger.statements())
    with pytest.raises(LedgerError, match="exists already"):
        ledger.backup(tmp_path / "copy")
    with pytest.raises(LedgerError):
        ledger.backup(tmp_path / "no" / "copy")


# --- other processes -----------------------------------------------------------------------------


def in_child(work: Callable[[int], None]) -> tuple[int, int]:
    """Runs `work` with the writing end of a pipe in a child; gives its id and the reading end."""
    out, into = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(out)
        try:
            work(into)
        finally:
            os._exit(0)
    os.close(into)
    return child, out


def reported(out: int) -> list[str]:
    """The lines a child wrote whole before it ended."""
    with os.fdopen(out, "rb") as pipe:
        return pipe.read().decode().rpartition("\n")[0].split()


def add_and_report(path: Path, numbers: range, numbered: Make) -> Callable[[int], None]:
    def work(into: int) -> None:
        with Ledger.open(path, create=True) as ledger:
            for number in numbers:
                entry = numbered(number, 8)
                ledger.add([entry])
                os.write(into, f"{entry.document.doc_id}\n".encode())

    return work


@pytest.mark.parametrize("seed", range(25))
def test_what_was_reported_survives_a_kill_at_any_moment(tmp_path: Path, numbered: Make, seed: int) -> None:
    path = tmp_path / "a"
    random = Random(seed)
    child, out = in_child(add_and_report(path, range(10_000), numbered))
    select.select([out], [], [], random.choice([0.0, 0.005, 0.02, 10]))  # before or after it has begun
    select.select([], [], [], random.uniform(0, 0.05))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    stored = set(reported(out))
    with Ledger.open(path, create=True) as ledger:
        known = ledger.known()
        assert stored <= known and len(known - stored) <= 1
        assert ledger.counts()["statements"] == 8 * len(known)
        ledger.add([numbered(n, 8) for n in range(len(known) + 2)])
        assert ledger.counts()["pages"] == len(known) + 2


def test_a_disk_that_fails_loses_nothing(tmp_path: Path, numbered: Make) -> None:
    path = tmp_path / "a"

    def work(into: int) -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_500_000, 1_500_000))
        try:
            add_and_report(path, range(10_000), numbered)(into)
        except LedgerError as error:
            os.write(into, f"{type(error).__name__}\n".encode())

    child, out = in_child(work)
    os.waitpid(child, 0)
    *stored, name = reported(out)
    assert name in ("LedgerError", "LedgerFullError") and len(stored) > 1
    with Ledger.open(path) as ledger:
        assert set(stored) <= ledger.known()


def test_several_builders_neither_lose_nor_double_anything(tmp_path: Path, numbered: Make) -> None:
    path = tmp_path / "a"
    shares = [range(24), range(12, 36), range(24, 48)]
    children = [in_child(add_and_report(path, share, numbered)) for share in shares]
    for child, _ in children:
        os.waitpid(child, 0)
    done = [len(reported(out)) for _, out in children]
    assert done == [24, 24, 24]
    with Ledger.open(path) as ledger:
        assert ledger.counts() == {**ledger.counts(), "pages": 48, "documents": 48, "statements": 48 * 8}
        assert list(ledger.problems()) == []


def test_readers_see_whole_pages_while_another_writes(tmp_path: Path, numbered: Make) -> None:
    path = tmp_path / "a"
    Ledger.open(path, create=True).close()
    child, out = in_child(add_and_report(path, range(60), numbered))
    counts = []
    with Ledger.open(path) as ledger:
        while os.waitpid(child, os.WNOHANG) == (0, 0):
            pages: dict[str, int] = {}
            for statement in ledger.statements():
                pages[statement.doc_id] = pages.get(statement.doc_id, 0) + 1
            assert set(pages.values()) <= {8}
            counts.append(len(pages))
    assert len(reported(out)) == 60
    assert counts == sorted(counts) and len(set(counts)) > 2


def test_a_writer_waits_only_so_long(ledger: Ledger, numbered: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "PATIENCE", 0.05)
    blocker = sqlite3.connect(ledger.path, isolation_level=None)
    try:
        blocker.execute("BEGIN IMMEDIATE")
        with (
            Ledger.open(ledger.path) as other,
            pytest.raises(LedgerError, match="another program keeps writing"),
        ):
            other.add([numbered(1)])
    finally:
        blocker.close()
