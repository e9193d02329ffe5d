"""A ledger is replaced by another as a whole, or not at all."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from communique.errors import LedgerError, Problem
from communique.ledger.exchange import exchangeable
from communique.ledger.search import search
from communique.ledger.store import Ledger
from communique.ledger.verify import verify
from communique.ledger.writing import Entry

Make = Callable[..., Entry]
Place = Callable[[str], str]


@pytest.fixture
def other(tmp_path: Path, numbered: Make) -> Path:
    path = tmp_path / "it's new.ledger"
    with Ledger.open(path, create=True) as new:
        new.add([numbered(8), numbered(9)])
        new.note([Problem("x", "", "is bad")])
    return path


def test_the_other_takes_its_place(ledger: Ledger, numbered: Make, other: Path) -> None:
    ledger.add([numbered(1)])
    with exchangeable(ledger) as exchange:
        exchange(other)
    with Ledger.open(other) as new:
        assert list(ledger.documents()) == list(new.documents())
        assert list(ledger.statements()) == list(new.statements()) != []
        assert ledger.counts() == new.counts()
    assert search(ledger, "8-1") and not search(ledger, "1-1")
    assert list(verify(ledger)) == []
    ledger.add([numbered(1)])
    assert search(ledger, "1-1") and list(verify(ledger)) == []


def test_whoever_reads_meanwhile_sees_one_of_the_two(
    ledger: Ledger, place: Place, numbered: Make, other: Path
) -> None:
    ledger.add([numbered(n) for n in range(6)])
    with Ledger.open(place("pages")) as reader, exchangeable(ledger) as exchange:
        stream = reader.documents()
        first = next(stream)
        exchange(other)
        assert len([first, *stream]) == 6
        assert len(list(reader.documents())) == 2


def test_nothing_is_lost_that_was_stored_meanwhile(
    ledger: Ledger, place: Place, numbered: Make, other: Path
) -> None:
    ledger.add([numbered(1)])
    with Ledger.open(place("pages")) as builder, exchangeable(ledger) as exchange:
        builder.add([numbered(2)])
        with pytest.raises(LedgerError, match="was written to while"):
            exchange(other)
    assert len(ledger.known()) == 2 and list(verify(ledger)) == []


def test_an_exchange_that_fails_changes_nothing(
    ledger: Ledger, numbered: Make, other: Path, tmp_path: Path
) -> None:
    ledger.add([numbered(1)])
    (tmp_path / "none.ledger").write_bytes(b"")
    with exchangeable(ledger) as exchange, pytest.raises(LedgerError, match="is not a ledger"):
        exchange(tmp_path / "none.ledger")
    with sqlite3.connect(other) as raw:
        raw.execute("UPDATE statements SET doc_id = 'gone'")
    raw.close()
    with exchangeable(ledger) as exchange, pytest.raises(LedgerError, match="do not fit together"):
        exchange(other)
    assert len(list(ledger.statements())) == 3 and list(verify(ledger)) == []


def test_a_ledger_that_may_not_be_written_says_so_first(humble: Path) -> None:
    path = humble / "a.ledger"
    Ledger.open(path, create=True).close()
    path.chmod(0o400)
    with (
        Ledger.open(path) as ledger,
        pytest.raises(LedgerError, match="no permission"),
        exchangeable(ledger),
    ):
        pass


def test_what_pages_cannot_tell_is_taken_over(ledger: Ledger, numbered: Make, tmp_path: Path) -> None:
    ledger.add([numbered(1), numbered(2)])
    entry = numbered(1)
    ledger.sight(entry.document.doc_id, "copies/1.txt")
    ledger.note([Problem("pages/1.txt", "", "was odd"), Problem("gone.pdf", "", "is binary")])
    same = ledger.judge("same", [s.statement_id for s in entry.statements[:2]], by="Ada")
    with Ledger.open(tmp_path / "new.ledger", create=True) as new:
        new.add([numbered(1)])
        with new._writing() as connection:
            connection.exec_driver_sql("UPDATE pages SET recorded = 'today'")
        new.inherit(ledger)
        assert new.document(entry.document.doc_id).path == "copies/1.txt"
        assert [problem.path for problem in new.problems()] == ["gone.pdf"]
        assert list(new.judgements()) == [same]
        with new.reading() as connection:
            recorded = connection.exec_driver_sql("SELECT recorded FROM pages").scalar()
        assert recorded != "today"
        assert list(verify(new)) == []
