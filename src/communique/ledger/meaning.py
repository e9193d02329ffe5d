"""Keeps what sentences mean as vectors, and finds those that mean most alike.

A vector is kept for each span of a statement, made once by a model that the caller brings. The table is made
when it is first needed, and no copy to another kind of database takes it along: it can be made again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from heapq import nsmallest
from typing import TYPE_CHECKING, Any, Protocol

from sqlalchemy import (
    Column,
    Connection,
    Integer,
    LargeBinary,
    MetaData,
    Row,
    Select,
    Table,
    and_,
    exists,
    inspect,
    select,
)

from communique.errors import LedgerError
from communique.ledger import tables
from communique.ledger.store import Ledger
from communique.ledger.stretches import texts
from communique.ledger.writing import insert_missing

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ALIKE = 0.25
"""The cosine of two vectors from which on their sentences mean alike; those of any two lie about 0 to 0.2."""

AT_ONCE = 256
"""Sentences whose vectors are stored in one transaction."""

FETCHED = 4096
"""Vectors compared at a time."""

vectors = Table(
    "meanings",
    MetaData(),
    Column("model", tables.TEXT, primary_key=True),
    Column("stretch_id", Integer, primary_key=True, autoincrement=False),
    Column("vector", LargeBinary, nullable=False, comment="of length 1: numbers of 2 bytes, IEEE 754"),
)

_VECTOR, _STRETCH = vectors.c, tables.stretches.c


class Model(Protocol):
    """What makes the vector, of length 1, of a text; its `name` changes with the vectors it makes."""

    name: str

    def vector(self, text: str) -> NDArray[np.float32]:
        """The vector of a text."""


def keep_meanings(
    ledger: Ledger, model: Model, progress: Callable[[int, int], None] = lambda done, all: None
) -> int:
    """Makes and stores the vectors that are missing; returns how many still are.

    That is none, unless the ledger may only be read. `progress` is told how many are done, and of how many.
    Raises `LedgerError` where the ledger may only be read and has no vectors at all.
    """
    with ledger.reading() as connection:
        missing = _missing(connection, model.name)
        none = not _there(connection)
    if not missing or not ledger.writable:
        if missing and none:
            raise LedgerError(
                f"{ledger.name}: what its sentences mean was not looked at yet; let somebody who may write "
                "to it search it with --meaning first"
            )
        return len(missing)
    packed = lru_cache(maxsize=50_000)(lambda text: model.vector(text).astype("<f2").tobytes())
    for at in range(0, len(missing), AT_ONCE):
        progress(at, len(missing))
        with ledger.reading() as connection:
            some = list(texts(connection, missing[at : at + AT_ONCE]))
        # Vectors take a while: nobody has to wait for them but who asked.
        rows = [{"model": model.name, "stretch_id": n, "vector": packed(text)} for n, text in some]
        with ledger.alone(), ledger.reading() as connection:
            vectors.create(connection, checkfirst=True)
            insert_missing(connection, vectors, rows)
    progress(len(missing), len(missing))
    return 0


def _there(connection: Connection) -> bool:
    return inspect(connection).has_table(vectors.name)


def _missing(connection: Connection, model: str) -> list[int]:
    query = select(_STRETCH.stretch_id).where(_STRETCH.says).order_by(_STRETCH.stretch_id)
    if _there(connection):
        made = exists().where(_VECTOR.model == model, _VECTOR.stretch_id == _STRETCH.stretch_id)
        query = query.where(~made)
    return list(connection.scalars(query))


def alike(
    connection: Connection, query: Select[Any], model: Model, text: str, most: int
) -> list[tuple[Row[Any], float]]:
    """Of the rows of a query on `stretches` those that mean most like a text, each with the cosine.

    The query must have an order; of rows that are as alike the first ones stand first.
    """
    if not _there(connection):
        return []
    same = and_(_VECTOR.stretch_id == _STRETCH.stretch_id, _VECTOR.model == model.name)
    query = query.add_columns(_VECTOR.vector).join(vectors, same)
    wanted = model.vector(text)
    best: list[tuple[float, int, Row[Any]]] = []
    for number, (row, likeness) in enumerate(_compared(connection, query, wanted)):
        if likeness >= ALIKE:
            best.append((-likeness, number, row))
            if len(best) > 4 * most:
                best = nsmallest(most, best, key=lambda one: one[:2])
    return [(row, -less) for less, _, row in nsmallest(most, best, key=lambda one: one[:2])]


def _compared(
    connection: Connection, query: Select[Any], wanted: NDArray[np.float32]
) -> Iterator[tuple[Row[Any], float]]:
    import numpy as np

    with connection.execute(query.execution_options(yield_per=FETCHED)) as rows:
        for some in rows.partitions():
            kept = np.frombuffer(b"".join(row.vector for row in some), dtype="<f2")
            likenesses = kept.reshape(len(some), -1).astype(np.float32) @ wanted
            yield from zip(some, np.round(likenesses, 4).tolist(), strict=True)
