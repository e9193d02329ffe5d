"""The days of publication that other pages bound more closely than a page does itself.

What reconciling makes of them is kept beside the documents, and acts wherever these are read. The stored
documents keep what each says of itself, so that reconciling starts from that.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import Connection, bindparam, delete, insert, select

from communique.ledger import codec
from communique.ledger.standing_tables import narrowed
from communique.model import Publication


def narrowed_in(connection: Connection, doc_ids: Collection[str] | None = None) -> dict[str, Publication]:
    """The narrower window of each page (of these) that has one."""
    query = select(narrowed)
    if doc_ids is not None:
        query = query.where(narrowed.c.doc_id.in_(sorted(doc_ids)))
    read = {
        row.doc_id: codec.publication_in(codec.from_json(row.published)) for row in connection.execute(query)
    }
    return {doc_id: window for doc_id, window in read.items() if window is not None}


def set_narrowed(connection: Connection, windows: Mapping[str, Publication]) -> None:
    """Replaces them all."""
    connection.execute(delete(narrowed))
    change_narrowed(connection, windows)


def change_narrowed(connection: Connection, windows: Mapping[str, Publication | None]) -> None:
    """Replaces those of some pages; None: it has none any more."""
    if windows:
        gone = [{"page": doc_id} for doc_id in sorted(windows)]
        connection.execute(delete(narrowed).where(narrowed.c.doc_id == bindparam("page")), gone)
    rows = [
        {"doc_id": doc_id, "published": codec.to_json(codec.publication_out(window))}
        for doc_id, window in sorted(windows.items())
        if window is not None
    ]
    if rows:
        connection.execute(insert(narrowed), rows)
