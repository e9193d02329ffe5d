"""The days of publication that other pages bound more closely than a page does itself.

What reconciling makes of them is kept beside the tables (in `meta`), and acts wherever documents are read.
The stored documents keep what each says of itself, so that reconciling anew starts from that.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, delete, insert, select

from communique.ledger import codec, tables
from communique.model import Publication

KEY = "narrowed"


def narrowed_in(connection: Connection) -> dict[str, Publication]:
    """The narrower window of each page that has one."""
    stored = connection.scalar(select(tables.meta.c.value).where(tables.meta.c.key == KEY))
    read = {i: codec.publication_in(plain) for i, plain in codec.from_json(stored).items()} if stored else {}
    return {doc_id: window for doc_id, window in read.items() if window is not None}


def set_narrowed(connection: Connection, windows: Mapping[str, Publication]) -> None:
    """Replaces them all."""
    connection.execute(delete(tables.meta).where(tables.meta.c.key == KEY))
    if windows:
        plain = {doc_id: codec.publication_out(window) for doc_id, window in sorted(windows.items())}
        connection.execute(insert(tables.meta), [{"key": KEY, "value": codec.to_json(plain)}])
