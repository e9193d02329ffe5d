"""Opens a ledger that is kept in a PostgreSQL database, for several people at once.

Whoever writes holds one advisory lock until the transaction ends, so there is one writer at a time, as in a
file; who reads sees the ledger as it stood at the first question and waits for nobody.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import QueuePool

from communique.errors import LedgerError
from communique.ledger import versions
from communique.ledger.failures import said_plainly

SCHEMES = ("postgresql", "postgres", "postgresql+psycopg")

OLDEST = 150000
"""The oldest server that will do, as the server numbers itself."""

PATIENCE = 600.0
"""Seconds to wait for another writer."""

LOCK = 0x434D5155
"""The first half of the advisory lock of writers; the second is the schema."""


class Database:
    """A database that is connected to, with an engine on it."""

    path: Path | None = None

    def __init__(self, location: str, create: bool) -> None:
        """Raises `LedgerError`; never touches a database that holds other tables of these names."""
        url = _url(location)
        self.name = _named(url)
        with said_plainly(self.name):
            self.engine = _engine(url)
            try:
                self.writable = self._inspect(create)
            except BaseException:
                self.engine.dispose()
                raise

    def close(self) -> None:
        """Closes the connections."""
        self.engine.dispose()

    def keep(self, behind: str) -> None:
        """Nothing: an upgrade is one transaction, and copies of a server are its keeper's."""

    def _inspect(self, create: bool) -> bool:
        """Whether the ledger may be written to; makes it first where it has to be made."""
        name = self.name
        with self.engine.connect() as connection:
            version = int(connection.exec_driver_sql("SHOW server_version_num").scalar() or 0)
            if version < OLDEST:
                raise LedgerError(f"{name}: the server is too old; use PostgreSQL {OLDEST // 10000} or later")
            encoding = connection.exec_driver_sql("SHOW server_encoding").scalar()
            if encoding != "UTF8":
                raise LedgerError(f"{name}: the database is encoded in {encoding}; make one in UTF8")
            if connection.exec_driver_sql("SELECT current_schema()").scalar() is None:
                raise LedgerError(f"{name}: {MISSING_SCHEMA}")
            there = versions.made(connection)
        if there is None:
            raise LedgerError(f"{name}: holds other tables; it was left as it is: name another database")
        if not there and not create:
            raise LedgerError(f"{name}: holds no ledger; make one: communique build PAGES --ledger {name}")
        if not there:
            with self.engine.connect().execution_options(writing=True) as connection, connection.begin():
                if not versions.made(connection):  # or another builder was quicker
                    versions.make(connection)
        with self.engine.connect() as connection:
            allowed = connection.exec_driver_sql(
                "SELECT has_table_privilege('pages', 'INSERT') AND NOT pg_is_in_recovery()"
                " AND NOT current_setting('default_transaction_read_only')::boolean"
            )
            return bool(allowed.scalar())


MISSING_SCHEMA = "there is no schema to use; make the one that the address names: CREATE SCHEMA NAME"


def is_address(location: str) -> bool:
    """Whether a location is the address of a database, and not a file."""
    return "://" in location


def _url(location: str) -> URL:
    try:
        url = make_url(location)
        if url.drivername not in SCHEMES:
            raise ArgumentError
        return url.set(drivername="postgresql+psycopg")
    except (ArgumentError, ValueError):
        raise LedgerError(
            f"{location.partition('@')[2] or location}: is no address of a ledger; write "
            "postgresql://USER@HOST/DATABASE, or name a file"
        ) from None


def _named(url: URL) -> str:
    """The address as messages show it: without the password."""
    return url.set(drivername="postgresql").render_as_string(hide_password=True)


def _engine(url: URL) -> Engine:
    try:
        engine = create_engine(url, poolclass=QueuePool, pool_size=5, max_overflow=-1)
    except ModuleNotFoundError as error:
        raise LedgerError(
            "a ledger in PostgreSQL needs its driver; install it: pip install 'communique[postgres]'"
        ) from error

    @event.listens_for(engine, "before_cursor_execute", retval=True)
    def ask(
        connection: Connection, _cursor: object, question: str, given: Any, _context: object, _many: bool
    ) -> tuple[str, Any]:
        # Nothing stored holds a NUL, so who asks for one is to find nothing, and not an error.
        writing = connection.get_execution_options().get("writing", False)
        if isinstance(given, dict) and not writing:
            given = {k: v.replace("\0", "\ufffd") if isinstance(v, str) else v for k, v in given.items()}
        return question, given

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get("writing", False):
            # Not REPEATABLE READ: what others stored while this one waited must be seen.
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = {int(PATIENCE * 1000)}")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK}, hashtext(current_schema()))")
        else:
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")

    return engine
