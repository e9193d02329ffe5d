"""Opens a ledger where it is kept, a file or a database, and sees that it has today's format."""

from __future__ import annotations

from pathlib import Path
from typing import TypeAlias

from communique.ledger import versions
from communique.ledger.failures import said_plainly
from communique.ledger.postgresql import Database, is_address
from communique.ledger.sqlite import File

Store: TypeAlias = File | Database
"""Where a ledger is kept, open: its `engine`, the `name` that messages call it by, its `path` if it is a
file, and whether it is `writable`."""

BEFORE_UPGRADE = ".format-"
"""What the copy of a ledger that was upgraded is called, behind its own name and before its old format."""


def open_store(location: str | Path, *, create: bool = False, upgrade: bool = False) -> Store:
    """The place where the ledger at `location` is kept, checked and ready.

    With `create` it is made where there is none, with `upgrade` an older one is brought up to date.
    Raises `LedgerError`; `LedgerVersionError` for one of another format.
    """
    store: Store
    if is_address(str(location)):
        store = Database(str(location), create)
    else:
        store = File(Path(location), create)
    try:
        _bring_up_to_date(store, upgrade or create)
    except BaseException:
        store.close()
        raise
    return store


def _bring_up_to_date(store: Store, upgrade: bool) -> None:
    with said_plainly(store.name):
        with store.engine.connect() as connection:
            if versions.check(connection, store.name):
                return
            if not upgrade or not store.writable:
                raise versions.older(connection, store.name)
        with store.engine.connect().execution_options(writing=True) as connection, connection.begin():
            if not versions.check(connection, store.name):  # or another program was quicker
                store.keep(f"{BEFORE_UPGRADE}{versions.held(connection)}")
                versions.upgrade(connection)
