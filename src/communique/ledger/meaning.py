"""Keeps what sentences mean as vectors, and finds those that mean most alike.

A vector is kept for each span of a statement, made once by a model that the caller brings. The table is made
when it is first needed, and no copy to another kind of database takes it along: it can be made again.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Protocol

from sqlalchemy import (
    Column,
    Connection,
    Integer,
    LargeBinary,
    MetaData,
    Select,
    Table,
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

MOST = 1000
"""Sentences ranked by their meaning: those beyond add nothing to a ranking that words share in."""

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
    connection: Connection, model: Model, text: str, most: int, among: Select[Any] | None = None
) -> dict[int, float]:
    """The stretches (of those a query gives the numbers of) that mean most like a text, with the cosines."""
    import numpy as np

    if not _there(connection):
        return {}
    query = select(_VECTOR.stretch_id, _VECTOR.vector).where(_VECTOR.model == model.name)
    # Joined in one question, the planners of the databases go astray: they cannot tell what filters leave.
    fitting = None if among is None else np.unique(np.array(list(connection.scalars(among)), dtype=np.int64))
    if fitting is not None and len(fitting) <= MOST:
        query, fitting = query.where(_VECTOR.stretch_id.in_(fitting.tolist())), None
    wanted, found = model.vector(text), list[tuple[float, int]]()
    with connection.execute(query.execution_options(yield_per=FETCHED)) as rows:
        for some in rows.partitions():
            numbers, packed = zip(*some, strict=True)
            kept = np.frombuffer(b"".join(packed), dtype="<f2").reshape(len(some), -1).astype(np.float32)
            # Row by row, not as a matrix: so the sum of one hangs on no other, in whatever order they come.
            # The numbers kept are rounded, so the cosine is: that none is beyond 1, and equals are equal.
            cosines = np.minimum((kept * wanted).sum(axis=1).astype(np.float64).round(3), 1.0)
            fits = np.isin(numbers, fitting) if fitting is not None else True
            at = np.flatnonzero((cosines >= ALIKE) & fits)
            found += (
                (-float(cosines[n]), numbers[n]) for n in at[np.argsort(-cosines[at], kind="stable")][:most]
            )
    return {number: -less for less, number in sorted(found)[:most]}
