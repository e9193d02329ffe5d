"""Puts the contents of one ledger in place of another's, in one transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeAlias

from communique.errors import LedgerError
from communique.ledger import tables
from communique.ledger.engine import said_plainly
from communique.ledger.store import Ledger

Exchange: TypeAlias = Callable[[Path], None]


@contextmanager
def exchangeable(ledger: Ledger) -> Iterator[Exchange]:
    """Gives the function that replaces all that a ledger holds by what the one at a path holds.

    Who reads meanwhile sees the old or the new, never a part; a crash leaves the old. Raises
    `LedgerError`, and leaves the old, where anybody wrote to the ledger since this was entered.
    """
    if not ledger.writable:
        raise LedgerError(f"{ledger.path}: no permission to write; change its permissions or write elsewhere")
    with said_plainly(ledger.path):
        raw = ledger.engine.raw_connection()
    try:
        connection = raw.driver_connection
        assert isinstance(connection, sqlite3.Connection)
        before = _version(connection)

        def exchange(new: Path) -> None:
            with said_plainly(ledger.path):
                _exchange(connection, ledger.path, new, before)

        yield exchange
    finally:
        raw.close()


def _version(connection: sqlite3.Connection) -> int:
    """A number that changes when any other connection, of this process or another, commits."""
    return int(connection.execute("PRAGMA data_version").fetchone()[0])


def _exchange(connection: sqlite3.Connection, path: Path, new: Path, before: int) -> None:
    connection.execute("ATTACH DATABASE ? AS new", (str(new),))
    try:
        connection.execute("BEGIN IMMEDIATE")
        try:
            if _version(connection) != before:
                raise LedgerError(
                    f"{path}: was written to while its pages were read again; nothing changed: run it again"
                )
            connection.execute("INSERT INTO main.stretch_index(stretch_index) VALUES ('delete-all')")
            every = tables.metadata.sorted_tables
            for table in reversed(every):
                connection.execute(f'DELETE FROM main."{table.name}"')
            for table in every:
                columns = ", ".join(f'"{column.name}"' for column in table.columns)
                connection.execute(
                    f'INSERT INTO main."{table.name}" ({columns}) SELECT {columns} FROM new."{table.name}"'
                )
            connection.execute(
                "INSERT INTO main.stretch_index(rowid, words) "
                "SELECT stretch_id, words FROM main.stretch_words ORDER BY stretch_id"
            )
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
    finally:
        connection.execute("DETACH DATABASE new")
