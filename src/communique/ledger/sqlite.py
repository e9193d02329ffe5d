"""Opens the file a ledger is kept in."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections import Counter
from itertools import chain, count
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from communique.errors import LedgerError
from communique.ledger import versions
from communique.ledger.failures import said_plainly

APPLICATION = 0x434D5155
"""Marks an SQLite file as a ledger, in its header ("CMQU")."""

PATIENCE = 600.0
"""Seconds to wait for another writer: reconciling a large ledger takes a while."""

CHECKED_UP_TO = 50_000_000
"""Bytes up to which a ledger is checked for damage whenever it is opened."""

_MAGIC = b"SQLite format 3\x00"

_OPENING = threading.Lock()
_OPEN: Counter[tuple[int, int]] = Counter()
"""How often this process has a file open, by device and number. Looking into a file that is open as a
database and closing it again would take away the locks that SQLite holds on it (a rule of POSIX)."""


class File:
    """An open file, with an engine on it."""

    def __init__(self, path: Path, create: bool) -> None:
        """Raises `LedgerError`; never touches a file that is not a ledger."""
        self.path, self.name = path, str(path)
        with said_plainly(path), _OPENING:
            empty = self._inspect(create)
            self.writable = empty or _may_write(path)
            self.engine = _engine(path, self.writable)
            try:
                if empty or (self.writable and _unfinished(self.engine)):
                    if not create:
                        raise LedgerError(f"{path}: was interrupted while it was made; build it again")
                    _create(self.engine)
                self._check()
                if self.writable:
                    _share(self.engine)
                status = path.stat()
            except BaseException:
                self.engine.dispose()
                raise
            self._number = status.st_dev, status.st_ino
            _OPEN[self._number] += 1

    def close(self) -> None:
        """Closes the file."""
        with _OPENING:
            self.engine.dispose()
            _OPEN[self._number] -= 1
            if _OPEN[self._number] <= 0:
                del _OPEN[self._number]

    def copy(self, target: Path) -> None:
        """Writes a compact copy while others may read and write. Raises `LedgerError` where one is there."""
        if target.exists():
            raise LedgerError(f"{target}: exists already; name a new file for the copy")
        unfinished = target.with_name(f".{target.name}.{os.getpid()}.unfinished")
        with said_plainly(target):
            try:
                raw = self.engine.raw_connection()
                try:
                    raw.cursor().execute("VACUUM INTO ?", (str(unfinished),))
                finally:
                    raw.close()
                with unfinished.open("rb") as file:
                    os.fsync(file.fileno())
                unfinished.rename(target)
            finally:
                unfinished.unlink(missing_ok=True)

    def keep(self, behind: str) -> Path:
        """Copies the file beside itself under a name that ends in `behind`; no earlier copy is replaced."""
        target = unused(self.path, behind)
        self.copy(target)
        return target

    def _inspect(self, create: bool) -> bool:
        """Whether a ledger has still to be made; looks at the file without opening it as one."""
        path = self.path
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
        status = path.stat()
        if _OPEN[status.st_dev, status.st_ino]:
            return False
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

    def _check(self) -> None:
        with self.engine.connect() as connection:
            if connection.exec_driver_sql("PRAGMA application_id").scalar() != APPLICATION:
                raise LedgerError(f"{self.path}: is not a ledger; it was left as it is: name another file")
            if self.path.stat().st_size <= CHECKED_UP_TO:
                found = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
                if found != "ok":
                    raise LedgerError(f"{self.path}: is damaged ({found}); restore a backup or build it anew")


def unused(path: Path, behind: str) -> Path:
    """A name for a copy of a file that nothing has yet."""
    first = path.with_name(path.name + behind)
    numbered = (first.with_name(f"{first.name}-{number}") for number in count(2))
    return next(one for one in chain([first], numbered) if not one.exists())


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
            versions.make(connection)
        except DBAPIError as error:
            if "no such module: fts5" in str(error):
                raise LedgerError("this Python's SQLite lacks full-text search; use another") from error
            raise
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
