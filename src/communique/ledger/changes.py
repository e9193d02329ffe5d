"""Counts the changes of a ledger, and remembers whether there are some that reconciling has not seen.

So that a build that was killed between storing and reconciling is made good by the next one, and that whoever
replaces a ledger as a whole sees that somebody wrote to it meanwhile.
"""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select, update

from communique.ledger import tables

COUNT = "changes"
UNSEEN = "unreconciled"

_KEY, _VALUE = tables.meta.c.key, tables.meta.c.value


def count(connection: Connection) -> int:
    """How often the ledger was written to; as good as any other number for one that does not count yet."""
    return int(connection.scalar(select(_VALUE).where(_KEY == COUNT)) or 0)


def counted(connection: Connection, least: int = 0) -> None:
    """Counts one change, beyond `least`."""
    number = {"value": str(max(count(connection), least) + 1)}
    if not connection.execute(update(tables.meta).where(_KEY == COUNT).values(**number)).rowcount:
        connection.execute(insert(tables.meta), [{"key": COUNT, **number}])


def to_reconcile(connection: Connection) -> None:
    """Says that something was stored or decided that facts depend on."""
    if not unreconciled(connection):
        connection.execute(insert(tables.meta), [{"key": UNSEEN, "value": "yes"}])


def unreconciled(connection: Connection) -> bool:
    """Whether something was stored or decided that reconciling has not seen."""
    return connection.scalar(select(_VALUE).where(_KEY == UNSEEN)) is not None


def reconciled(connection: Connection) -> None:
    """Says that reconciling has seen all there is."""
    connection.execute(delete(tables.meta).where(_KEY == UNSEEN))
