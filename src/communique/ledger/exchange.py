"""Copies all that one ledger holds into another, and puts one in the place of another, in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeAlias

from sqlalchemy import Connection, delete, insert, select

from communique.errors import LedgerError
from communique.ledger import changes, tables
from communique.ledger.failures import said_plainly
from communique.ledger.fulltext import full_text
from communique.ledger.postgresql import is_address
from communique.ledger.sqlite import File
from communique.ledger.store import Ledger
from communique.ledger.stretches import index_anew

Exchange: TypeAlias = Callable[[Path], None]

AT_ONCE = 1000
"""Rows carried over at a time."""


@contextmanager
def exchangeable(ledger: Ledger) -> Iterator[Exchange]:
    """Gives the function that replaces all that a ledger holds by what the one at a path holds.

    Who reads meanwhile sees the old or the new, never a part; a crash leaves the old. Raises
    `LedgerError`, and leaves the old, where anybody wrote to the ledger since this was entered.
    """
    if not ledger.writable:
        raise LedgerError(f"{ledger.name}: no permission to write; change its permissions or write elsewhere")
    with ledger.reading() as connection:
        before = changes.count(connection)

    def exchange(new: Path) -> None:
        with ledger.alone(), ledger.reading() as target:
            if changes.count(target) != before:
                raise LedgerError(
                    f"{ledger.name}: was written to while its pages were read again; nothing changed: run it "
                    "again"
                )
            with Ledger.open(new) as fresh, fresh.reading() as source:
                pour(source, target)

    yield exchange


def pour(source: Connection, target: Connection) -> None:
    """Replaces all that one ledger holds by what another holds, inside the transaction of the target."""
    before = changes.count(target)
    every = tables.metadata.sorted_tables
    full_text(target).empty(target)
    for table in reversed(every):
        target.execute(delete(table))
    for table in every:
        with source.execute(select(table).execution_options(yield_per=AT_ONCE)) as rows:
            for some in rows.mappings().partitions(AT_ONCE):
                target.execute(insert(table), [dict(row) for row in some])
    index_anew(target)
    changes.counted(target, least=before)


def backup(ledger: Ledger, location: str | Path) -> None:
    """Writes a copy of a ledger, a file or a PostgreSQL database, as it stands; others may write meanwhile.

    Raises `LedgerError`; what is there already is never replaced, and a copy is whole or not there.
    """
    if isinstance(ledger.store, File) and not is_address(str(location)):
        ledger.store.copy(Path(location))
        return
    if is_address(str(location)):
        _fill(ledger, str(location))
        return
    target = Path(location)
    if target.exists():
        raise LedgerError(f"{target}: exists already; name a new file for the copy")
    unfinished = target.with_name(f".{target.name}.unfinished")
    try:
        with said_plainly(target):
            unfinished.unlink(missing_ok=True)
        with Ledger.open(unfinished, create=True) as new:
            with new.alone(), ledger.reading() as source, new.reading() as into:
                pour(source, into)
            assert isinstance(new.store, File)
            new.store.copy(target)
    finally:
        for behind in ("", "-wal", "-shm", "-journal"):
            unfinished.with_name(unfinished.name + behind).unlink(missing_ok=True)


def _fill(ledger: Ledger, location: str) -> None:
    with Ledger.open(location, create=True) as new, new.alone():
        if any(new.counts().values()):
            raise LedgerError(f"{new.name}: holds a ledger already; name an empty database for the copy")
        with ledger.reading() as source, new.reading() as into:
            pour(source, into)
