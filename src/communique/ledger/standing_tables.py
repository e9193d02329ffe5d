"""The tables in which reconciling keeps what it needs to take up a new page without looking at all others.

Nothing in them is asked for by a view; emptied, they are filled again by the next build.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Date, Index, Integer, LargeBinary, Table

from communique.ledger.tables import TEXT, metadata

nodes = Table(
    "standing_nodes",
    metadata,
    Column(
        "layer", Integer, primary_key=True, autoincrement=False, comment="documents, families, statements"
    ),
    Column("item", TEXT, primary_key=True),
    Column("component", TEXT, comment="the first node of all those linked with it"),
    Column("part", TEXT, comment="the first node of the part of these that it is looked at with"),
    Column("keys", LargeBinary, nullable=False, comment="what it is found by: numbers of 8 bytes"),
    Column("note", TEXT, nullable=False, comment="what, with the keys, its likeness hangs on"),
    Index("standing_nodes_component", "layer", "component"),
)

holders = Table(
    "standing_holders",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("item", TEXT, primary_key=True),
    sqlite_with_rowid=False,
)

links = Table(
    "standing_links",
    metadata,
    Column("layer", Integer, primary_key=True, autoincrement=False),
    Column("a", TEXT, primary_key=True),
    Column("b", TEXT, primary_key=True),
    Column("weight", Integer, nullable=False),
    Index("standing_links_b", "layer", "b"),
    sqlite_with_rowid=False,
)

contexts = Table(
    "standing_contexts",
    metadata,
    Column("doc_id", TEXT, primary_key=True),
    Column("family_id", TEXT, nullable=False),
    Column("origin", TEXT, nullable=False),
    Column("earliest", Date),
    Column("latest", Date),
)

narrowed = Table(
    "narrowed",
    metadata,
    Column("doc_id", TEXT, primary_key=True),
    Column(
        "published", TEXT, nullable=False, comment="JSON: the window that other pages leave, with its grounds"
    ),
)

STANDING = (nodes, holders, links, contexts)
"""All that is emptied when everything is to be made anew; `narrowed` is replaced by what is made."""
