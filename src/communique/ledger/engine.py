"""Opens the file a ledger is kept in, and says plainly what is wrong when it cannot be used."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import metadata as installed
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, insert, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from communique.errors import LedgerError, LedgerFullError, LedgerVersionError
from communique.ledger import tables

APPLICATION = 0x434D5155
"""Marks an SQLite file as a ledger, in its header ("CMQU")."""

PATIENCE = 60.0
"""Seconds to wait for another writer."""

CHECKED_UP_TO = 50_000_000
"""Bytes up to which a ledger is checked for damage whenever it is opened."""

_MAGIC = b"SQLite format 3\x00"


def package_version() -> str:
    """The version of Communiqué that runs, `0` where it is not installed."""
    try:
        return installed.version("communique")
    except installed.PackageNotFoundError:
        return "0"


@contextmanager
def said_plainly(path: Path) -> Iterator[None]:
    """Turns what the database or the disk says into a one-line `LedgerError`."""
    try:
        yield
    except DBAPIError as error:
        raise _plain(path, error.orig or error) from error
    except (sqlite3.Error, OSError) as error:
        raise _plain(path, error) from error


def _plain(path: Path, error: BaseException) -> LedgerError:
    code = getattr(error, "sqlite_errorcode", None)
    primary = code & 0xFF if isinstance(code, int) else None
    number = error.errno if isinstance(error, OSError) else None
    if primary == sqlite3.SQLITE_FULL or number in (errno.ENOSPC, errno.EDQUOT) or _no_room(path, primary):
        return LedgerFullError(
            f"{path}: the disk is full; everything stored before is safe: make room and run the same again"
        )
    if primary in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH) or number in (
        errno.EACCES,
        errno.EPERM,
        errno.EROFS,
    ):
        return LedgerError(f"{path}: no permission to write; change its permissions or name another ledger")
    if primary in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return LedgerError(f"{path}: another program keeps writing to it; try again when it is done")
    if primary in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return LedgerError(f"{path}: is damaged; restore a backup or build it anew")
    if primary == sqlite3.SQLITE_CANTOPEN:
        return LedgerError(f"{path}: cannot be opened; check the permissions of it and of its folder")
    if primary == sqlite3.SQLITE_CONSTRAINT:
        return LedgerError(f"{path}: refused entries that do not fit together ({error}); nothing changed")
    return LedgerError(f"{path}: cannot be read or written: {error}; everything stored before is safe")


def _no_room(path: Path, primary: int | None) -> bool:
    """Whether a failed write is in truth a full disk: some file systems only say so on synchronising."""
    if primary != sqlite3.SQLITE_IOERR:
        return False
    try:
        return shutil.disk_usage(path.parent).free < 1_000_000
    except OSError:
        return False


def open_engine(path: Path, create: bool) -> tuple[Engine, bool]:
    """An engine on the ledger at `path`, checked and ready, and whether it may be written to.

    Raises `LedgerError` and `LedgerVersionError`; never touches a file that is not a ledger.
    """
    with said_plainly(path):
        empty = _inspect(path, create)
        writable = empty or _may_write(path)
        engine = _engine(path, writable)
        try:
            if empty or (writable and _unfinished(engine)):
                if not create:
                    raise LedgerError(f"{path}: was interrupted while it was made; build it again")
                _create(engine)
            _check(engine, path)
            if writable:
                _share(engine)
        except BaseException:
            engine.dispose()
            raise
    return engine, writable


def _inspect(path: Path, create: bool) -> bool:
    """Whether a ledger has still to be made at `path`; looks at the file without opening it as one."""
    if path.is_dir():
        raise LedgerError(f"{path}: is a folder; name a file, such as {path / 'pages.ledger'}")
    if not path.parent.is_dir():
        raise LedgerError(f"{path}: the folder {path.parent} does not exist; make it first")
    if not path.exists():
        if not create:
            raise LedgerError(f"{path}: no such ledger; make one: communique build PAGES --ledger {path}")
        if not _may_write(path.parent):
            raise LedgerError(f"{path}: no permission to write in the folder {path.parent}")
        return True
    if not path.is_file():
        raise LedgerError(f"{path}: is not an ordinary file; name another")
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except PermissionError as error:
        raise LedgerError(f"{path}: no permission to read; change its permissions") from error
    journal = path.with_name(path.name + "-journal").exists()
    if create and (not header or (journal and not header.strip(b"\x00"))):
        return True
    if not header.startswith(_MAGIC) or int.from_bytes(header[68:72], "big") != APPLICATION:
        raise LedgerError(f"{path}: is not a ledger; it was left as it is: name another file")
    return False


def _may_write(path: Path) -> bool:
    """Whether the user this process acts as may write there."""
    return os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def _engine(path: Path, writable: bool) -> Engine:
    uri = path.absolute().as_uri()
    if not writable:
        # Without the right to write beside the file, SQLite cannot share it: read it as it stands.
        alone = not _may_write(path.parent) and not path.with_name(path.name + "-wal").exists()
        uri += "?immutable=1" if alone else "?mode=ro"

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(
            uri, uri=True, timeout=PATIENCE, isolation_level=None, check_same_thread=False
        )
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA cache_size=-16000")
        return connection

    engine = create_engine("sqlite://", creator=connect, poolclass=QueuePool, pool_size=5, max_overflow=-1)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A writer says so at once: it then waits for its turn instead of failing half-way.
        writing = connection.get_execution_options().get("writing", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


def _unfinished(engine: Engine) -> bool:
    """Whether its maker was killed in the act: SQLite has by now undone the half that was written."""
    with engine.connect() as connection:
        return not connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar()


def _create(engine: Engine) -> None:
    # The whole ledger in one transaction, before WAL: a file that is killed here is empty or complete.
    with engine.connect().execution_options(writing=True) as connection, connection.begin():
        if connection.exec_driver_sql("PRAGMA application_id").scalar() == APPLICATION:
            return  # another builder was quicker
        try:
            tables.metadata.create_all(connection, checkfirst=False)
        except DBAPIError as error:
            if "no such module: fts5" in str(error):
                raise LedgerError("this Python's SQLite lacks full-text search; use another") from error
            raise
        connection.execute(
            insert(tables.meta),
            [{"key": "format", "value": str(tables.FORMAT)}, {"key": "package", "value": package_version()}],
        )
        connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION}")


def _share(engine: Engine) -> None:
    """Turns on write-ahead logging (kept in the file): readers and a writer never wait for each other."""
    deadline = time.monotonic() + PATIENCE
    raw = engine.raw_connection()
    try:
        cursor = raw.cursor()
        while cursor.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
            # SQLite does not wait here by itself while others are opening the same new ledger.
            try:
                cursor.execute("PRAGMA journal_mode=WAL")
            except sqlite3.OperationalError as error:
                busy = error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
                if not busy or time.monotonic() > deadline:
                    raise
                time.sleep(0.01)
    finally:
        raw.close()


def _check(engine: Engine, path: Path) -> None:
    with engine.connect() as connection:
        if path.stat().st_size <= CHECKED_UP_TO:
            found = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
            if found != "ok":
                raise LedgerError(f"{path}: is damaged ({found}); restore a backup or build it anew")
        known: dict[str, Any] = {row.key: row.value for row in connection.execute(select(tables.meta))}
    if known.get("format") != str(tables.FORMAT):
        raise LedgerVersionError(
            f"{path}: has ledger format {known.get('format')} (Communiqué {known.get('package')}); this "
            f"Communiqué reads format {tables.FORMAT}; use that version, or build anew from the same pages"
        )
