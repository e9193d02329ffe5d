"""Ledgers of older Communiqués are brought up to date, whole and with a copy kept; newer ones are refused."""

from __future__ import annotations

import os
import signal
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.children import in_child, reported
from tests.postgresql_server import Server

from communique.errors import LedgerVersionError
from communique.ledger import tables, versions
from communique.ledger.search import search
from communique.ledger.store import Ledger
from communique.ledger.verify import verify
from communique.ledger.writing import Entry

FORMATS = Path(__file__).parent / "formats"
OLDER = sorted(int(path.stem) for path in FORMATS.glob("*.sql"))


def test_every_older_format_is_recorded() -> None:
    assert [*range(1, tables.FORMAT)] == OLDER


@pytest.fixture(params=OLDER)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A ledger as an older Communiqué left it."""
    path = tmp_path / "old.ledger"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executescript((FORMATS / f"{request.param}.sql").read_text("utf-8"))
        connection.execute("PRAGMA journal_mode=WAL")
    return path


def test_an_older_ledger_is_only_read_after_an_upgrade(old: Path) -> None:
    before = old.read_bytes()
    with pytest.raises(LedgerVersionError, match=f"of an older .* communique upgrade --ledger {old}") as told:
        Ledger.open(old)
    assert "\n" not in str(told.value)
    assert old.read_bytes() == before and [p.name for p in old.parent.glob("*.format-*")] == []


@pytest.mark.parametrize("how", [{"create": True}, {"upgrade": True}])
def test_an_older_ledger_is_brought_up_to_date(
    old: Path, how: dict[str, bool], numbered: Callable[..., Entry]
) -> None:
    with Ledger.open(old, **how) as ledger:
        assert list(verify(ledger)) == [] and ledger.unreconciled()
        assert ledger.counts() == {
            **ledger.counts(), "pages": 2, "statements": 3, "facts": 3, "problems": 1, "judgements": 1,
        }  # fmt: skip
        (hit,) = search(ledger, "praise osaka")
        assert [m.of(hit.snippet) for m in hit.marks] == ["praised", "Ōsaka"]
        (judgement,) = ledger.judgements()
        assert (judgement.by, judgement.at) == ("Ada", datetime(2023, 2, 1, tzinfo=UTC))
        assert ledger.add([numbered(1)]) == 1 and list(verify(ledger)) == []
        with ledger.reading() as connection:
            (row,) = connection.exec_driver_sql("SELECT format, before, package FROM upgrades")
        assert tuple(row) == (tables.FORMAT, 1, versions.package_version())
    (copy,) = old.parent.glob("*.format-*")
    assert copy.name == "old.ledger.format-1"
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT value FROM meta WHERE key = 'format'").fetchone() == ("1",)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    with Ledger.open(old) as ledger:
        assert len(ledger.known()) == 3
    assert len(list(old.parent.glob("*.format-*"))) == 1


def test_an_upgrade_that_fails_changes_nothing(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(_: object) -> None:
        raise sqlite3.OperationalError("no luck")

    with monkeypatch.context() as patch:
        patch.setattr(versions, "index_anew", failing)
        with pytest.raises(Exception, match="no luck"):
            Ledger.open(old, upgrade=True)
    with pytest.raises(LedgerVersionError, match="of an older"):
        Ledger.open(old)
    with Ledger.open(old, upgrade=True) as ledger:
        assert list(verify(ledger)) == []


def test_two_upgrades_at_once_are_one(old: Path) -> None:
    def work(into: int) -> None:
        with Ledger.open(old, upgrade=True) as ledger:
            os.write(into, f"{len(list(verify(ledger)))}\n".encode())

    children = [in_child(work) for _ in range(3)]
    for child, _ in children:
        os.waitpid(child, 0)
    assert [reported(out) for _, out in children] == [["0"], ["0"], ["0"]]
    assert len(list(old.parent.glob("*.format-*"))) == 1


def test_a_killed_upgrade_changes_nothing(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def work(_: int) -> None:
        monkeypatch.setattr(versions, "index_anew", lambda _: os.kill(os.getpid(), signal.SIGKILL))
        Ledger.open(old, upgrade=True)

    child, _ = in_child(work)
    os.waitpid(child, 0)
    with Ledger.open(old, upgrade=True) as ledger:
        assert list(verify(ledger)) == [] and ledger.counts()["statements"] == 3


def test_a_newer_ledger_is_refused(place: Callable[[str], str], server: Server) -> None:
    with Ledger.open(place("a"), create=True) as ledger, ledger._writing() as connection:
        connection.exec_driver_sql("UPDATE meta SET value='99' WHERE key='format'")
    for how in ({}, {"create": True}, {"upgrade": True}):
        with pytest.raises(LedgerVersionError, match=r"format 99 .*: use the version that made it"):
            Ledger.open(place("a"), **how)
