"""Which format a ledger has: making one, and bringing an older one up to date.

Each step from one format to the next is a function here; together they run in one transaction, of which the
table `upgrades` keeps a record.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from importlib import metadata as installed

from sqlalchemy import Connection, insert, inspect, select, text, update
from sqlalchemy.exc import DBAPIError

from communique.errors import LedgerVersionError
from communique.ledger import changes, tables
from communique.ledger.stretches import index_anew


def package_version() -> str:
    """The version of Communiqué that runs, `0` where it is not installed."""
    try:
        return installed.version("communique")
    except installed.PackageNotFoundError:
        return "0"


def make(connection: Connection) -> None:
    """Makes the tables of a new ledger."""
    tables.metadata.create_all(connection, checkfirst=False)
    connection.execute(
        insert(tables.meta),
        [{"key": "format", "value": str(tables.FORMAT)}, {"key": "package", "value": package_version()}],
    )


def made(connection: Connection) -> bool | None:
    """Whether a database holds a ledger: None where it holds other tables under the same names."""
    there = set(inspect(connection).get_table_names()) & set(tables.metadata.tables)
    if not there:
        return False
    try:
        return True if _told(connection, "format") is not None else None
    except DBAPIError:
        return None


def check(connection: Connection, name: str) -> bool:
    """Whether a ledger has today's format; false for an older one that can be brought up to date.

    Raises `LedgerVersionError` for one of a newer Communiqué, or of one that is unknown.
    """
    if held(connection) == tables.FORMAT:
        return True
    if held(connection) in _STEPS:
        return False
    number, package = _told(connection, "format"), _told(connection, "package")
    raise LedgerVersionError(
        f"{name}: has ledger format {number} (Communiqué {package}); "
        f"this Communiqué reads format {tables.FORMAT}: use the version that made it"
    )


def held(connection: Connection) -> int:
    """The number of the format a ledger has, 0 where it tells none."""
    told = _told(connection, "format") or ""
    return int(told) if told.isascii() and told.isdigit() else 0


def older(connection: Connection, name: str) -> LedgerVersionError:
    """What to say of an older ledger that is not to be, or may not be, written to."""
    return LedgerVersionError(
        f"{name}: has ledger format {_told(connection, 'format')} of an older Communiqué; bring it to format "
        f"{tables.FORMAT} (a copy is kept): communique upgrade --ledger {name}"
    )


def upgrade(connection: Connection) -> None:
    """Brings an older ledger up to date, inside a transaction that the caller commits."""
    before = held(connection)
    for number in range(before, tables.FORMAT):
        _STEPS[number](connection)
    tables.metadata.create_all(connection)  # whatever the older format had no table for
    connection.execute(
        insert(tables.upgrades),
        [
            {
                "format": tables.FORMAT,
                "before": before,
                "package": package_version(),
                "at": datetime.now(UTC).isoformat(timespec="seconds"),
            }
        ],
    )
    m = tables.meta
    connection.execute(update(m).where(m.c.key == "format").values(value=str(tables.FORMAT)))
    connection.execute(update(m).where(m.c.key == "package").values(value=package_version()))
    changes.to_reconcile(connection)


def _told(connection: Connection, key: str) -> str | None:
    return connection.scalar(select(tables.meta.c.value).where(tables.meta.c.key == key))


def _from_1(connection: Connection) -> None:
    """Words were split by SQLite; now they are split here, for every database alike."""
    for statement in ("DROP TABLE stretch_index", "DROP VIEW stretch_words", *tables.INDEX["sqlite"]):
        connection.execute(text(statement))
    for name in ("actor_id", "state", "name"):
        connection.execute(text(f"CREATE INDEX participants_{name}_lower ON participants (lower({name}))"))
    connection.execute(text("DELETE FROM meta WHERE key = 'narrowed'"))  # has a table now
    index_anew(connection)


_STEPS: dict[int, Callable[[Connection], None]] = {1: _from_1}
