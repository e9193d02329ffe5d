"""A copy of a ledger, to a file or to a database, from either, while it is in use."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from communique.errors import LedgerError
from communique.ledger.exchange import backup
from communique.ledger.search import search
from communique.ledger.store import Ledger
from communique.ledger.verify import verify
from communique.ledger.writing import Entry

Make = Callable[..., Entry]


def test_a_backup_is_a_ledger_and_replaces_nothing(ledger: Ledger, numbered: Make, tmp_path: Path) -> None:
    ledger.add([numbered(n) for n in range(5)])
    reading = ledger.statements()
    next(reading)  # while it is being read
    backup(ledger, tmp_path / "copy")
    ledger.add([numbered(9)])
    with Ledger.open(tmp_path / "copy") as copy:
        assert len(copy.known()) == 5 and copy.add([numbered(9)]) == 1
        assert list(copy.statements()) == list(ledger.statements())
    with pytest.raises(LedgerError, match="exists already"):
        backup(ledger, tmp_path / "copy")
    with pytest.raises(LedgerError):
        backup(ledger, tmp_path / "no" / "copy")
    assert sorted(path.name for path in tmp_path.glob("*copy*")) == ["copy"]


def test_a_ledger_can_be_moved_into_a_database(
    ledger: Ledger, numbered: Make, schema: Callable[[str], str]
) -> None:
    ledger.add([numbered(n) for n in range(3)])
    ledger.set_reconciled([], [], [], [], {})
    ledger.judge("note", [numbered(1).document.doc_id], by="Ada", note="odd")
    backup(ledger, schema("copy"))
    with Ledger.open(schema("copy")) as copy:
        for ask in (Ledger.documents, Ledger.statements, Ledger.judgements, Ledger.pages):
            assert list(ask(copy)) == list(ask(ledger))
        assert [hit.snippet for hit in search(copy, "2-1")] == [hit.snippet for hit in search(ledger, "2-1")]
        assert list(verify(copy)) == [] and copy.unreconciled() and copy.add([numbered(9)]) == 1
    with pytest.raises(LedgerError, match="holds a ledger already"):
        backup(ledger, schema("copy"))
