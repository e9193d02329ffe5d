"""Says in one line what is wrong when a database or a disk refuses."""

from __future__ import annotations

import errno
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from communique.errors import LedgerError, LedgerFullError

FULL = "the disk is full; everything stored before is safe: make room and run the same again"
FORBIDDEN = "no permission to write; change its permissions or name another ledger"
BUSY = "another program keeps writing to it; try again when it is done"
MISFIT = "refused entries that do not fit together ({}); nothing changed"
SAFE = "cannot be read or written: {}; everything stored before is safe"


@contextmanager
def said_plainly(name: str | Path) -> Iterator[None]:
    """Turns what the database or the disk says of the ledger `name` into a one-line `LedgerError`."""
    try:
        yield
    except DBAPIError as error:
        raise _plain(str(name), error.orig or error) from error
    except (sqlite3.Error, OSError, SQLAlchemyError) as error:
        raise _plain(str(name), error) from error


def _plain(name: str, error: BaseException) -> LedgerError:
    if hasattr(error, "sqlstate"):
        return _of_postgresql(name, error)
    return _of_sqlite(name, error)


def _of_sqlite(name: str, error: BaseException) -> LedgerError:
    code = getattr(error, "sqlite_errorcode", None)
    primary = code & 0xFF if isinstance(code, int) else None
    number = error.errno if isinstance(error, OSError) else None
    if primary == sqlite3.SQLITE_FULL or number in (errno.ENOSPC, errno.EDQUOT) or _no_room(name, primary):
        return LedgerFullError(f"{name}: {FULL}")
    if primary in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH) or number in (
        errno.EACCES,
        errno.EPERM,
        errno.EROFS,
    ):
        return LedgerError(f"{name}: {FORBIDDEN}")
    if primary in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return LedgerError(f"{name}: {BUSY}")
    if primary in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return LedgerError(f"{name}: is damaged; restore a backup or build it anew")
    if primary == sqlite3.SQLITE_CANTOPEN:
        return LedgerError(f"{name}: cannot be opened; check the permissions of it and of its folder")
    if primary == sqlite3.SQLITE_CONSTRAINT:
        return LedgerError(f"{name}: {MISFIT.format(error)}")
    return LedgerError(f"{name}: {SAFE.format(error)}")


def _no_room(name: str, primary: int | None) -> bool:
    """Whether a failed write is in truth a full disk: some file systems only say so on synchronising."""
    if primary != sqlite3.SQLITE_IOERR:
        return False
    try:
        return shutil.disk_usage(Path(name).parent).free < 1_000_000
    except OSError:
        return False


_STATES = {
    "42501": FORBIDDEN,
    "25006": FORBIDDEN,
    "53100": FULL,
    "53200": "the server has no memory left; everything stored before is safe: try again",
    "53300": "the server has no connection left; try again when others are done",
    "55P03": BUSY,
    "57014": BUSY,
    "57P03": "the server is starting or stopping; try again in a moment",
    "XX001": "is damaged; restore a backup or build it anew",
    "XX002": "is damaged; restore a backup or build it anew",
}
"""What states of PostgreSQL mean to a person, by the code or its class."""


def _of_postgresql(name: str, error: BaseException) -> LedgerError:
    state = str(getattr(error, "sqlstate", None) or "")
    said = " ".join(str(error).split()) or type(error).__name__
    if state == "53100":
        return LedgerFullError(f"{name}: {FULL}")
    for code in (state, state[:2]):
        if code in _STATES:
            return LedgerError(f"{name}: {_STATES[code]}")
    if state.startswith("23"):
        return LedgerError(f"{name}: {MISFIT.format(said)}")
    if not state or state[:2] in ("08", "57"):
        said = said.rpartition("failed: ")[2]
        return LedgerError(f"{name}: the server cannot be reached ({said}); everything stored before is safe")
    return LedgerError(f"{name}: {SAFE.format(said)}")
