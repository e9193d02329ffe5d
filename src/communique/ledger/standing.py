"""Keeps in the ledger what reconciling needs to take up a new page, and what it makes of it.

All of one round happens in one transaction in which no one else writes, so whoever reads sees what was made
before the round or after it; a crash leaves what was before, and the documents that have no context yet tell
the next build what is still to be taken up.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from struct import pack, unpack
from typing import Any, TypeAlias, TypeVar

from sqlalchemy import Connection, Executable, Select, Table, bindparam, delete, func, insert, select, update
from sqlalchemy.sql.compiler import SQLCompiler

from communique.ledger import changes, codec, tables
from communique.ledger import standing_tables as kept
from communique.ledger.aliases import aliases_in, set_aliases
from communique.ledger.narrowing import change_narrowed
from communique.ledger.store import Ledger
from communique.ledger.writing import reconciled_rows
from communique.model import Actor, Disagreement, Fact, Family, Publication, Story
from communique.model.standing import Context, Link, Node

T = TypeVar("T", int, str)
Rows: TypeAlias = list[dict[str, Any]]

AT_ONCE = 400
"""Identifiers or keys in one question."""

COPIES, TOLD, SAID = 1, 2, 3
"""The graphs of documents, of families and of statements."""

_UNDER = "standing"  # of what is kept in `meta`


@contextmanager
def standing(ledger: Ledger) -> Iterator[Standing]:
    """What reconciling made so far, to be changed by nobody else until the end, when all of it is stored."""
    with ledger._writing() as connection:
        yield Standing(connection)


class Standing:
    """What reconciling made so far, in the transaction of a connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.copies, self.told, self.said = (KeptGraph(connection, one) for one in (COPIES, TOLD, SAID))

    # --- what is still to be done ------------------------------------------------------------------

    def to_take_up(self, most: int) -> list[str]:
        """Documents that were stored but not reconciled, at most so many, in order."""
        d, c = tables.documents.c, kept.contexts.c
        query = select(d.doc_id).outerjoin(kept.contexts, c.doc_id == d.doc_id).where(c.doc_id.is_(None))
        return list(self._connection.scalars(query.order_by(d.doc_id).limit(most)))

    def rules(self) -> str:
        """By which rules and judgements was reconciled last, as `ruled` was told."""
        m = tables.meta.c
        return self._connection.scalar(select(m.value).where(m.key == _UNDER)) or ""

    def ruled(self, rules: str, done: bool) -> None:
        """Remembers by which rules was reconciled, and whether all there is was."""
        self._connection.execute(delete(tables.meta).where(tables.meta.c.key == _UNDER))
        self._connection.execute(insert(tables.meta), [{"key": _UNDER, "value": rules}])
        if done:
            changes.reconciled(self._connection)

    def forget(self) -> None:
        """Forgets everything that was made, so that all documents are to be taken up again."""
        for table in (*tables.RECONCILED, *kept.STANDING, kept.narrowed):
            self._connection.execute(delete(table))

    def aliases(self) -> dict[str, Actor]:
        """The actor for each identifier that is another's, as last reconciled."""
        return aliases_in(self._connection)

    def set_aliases(self, known_as: Mapping[str, Actor]) -> None:
        """Replaces them."""
        set_aliases(self._connection, known_as)

    def said_of(self, actors: Collection[str]) -> set[str]:
        """The statements in which any of these identifiers takes part."""
        p = tables.participants.c
        return {row.statement_id for row in self._ask(select(p.statement_id), p.actor_id, actors)}

    def documents_of(self, statement_ids: Collection[str]) -> set[str]:
        """The documents of statements."""
        s = tables.statements.c
        return {row.doc_id for row in self._ask(select(s.doc_id), s.statement_id, statement_ids)}

    # --- what was made -----------------------------------------------------------------------------

    def families(self, doc_ids: Collection[str]) -> list[Family]:
        """The families that hold any of the documents."""
        f, d = tables.families, tables.family_documents
        query = select(f.c.family_id, f.c.whole).join(d, d.c.family_id == f.c.family_id)
        found = {row.family_id: row.whole for row in self._ask(query, d.c.doc_id, doc_ids)}
        return [codec.family_in(codec.from_json(whole)) for _, whole in sorted(found.items())]

    def stories(self, doc_ids: Collection[str]) -> list[Story]:
        """The stories that hold any of the documents."""
        s, d = tables.stories, tables.story_documents
        query = select(s.c.story_id, s.c.whole).join(d, d.c.story_id == s.c.story_id)
        found = {row.story_id: row.whole for row in self._ask(query, d.c.doc_id, doc_ids)}
        return [codec.story_in(codec.from_json(whole)) for _, whole in sorted(found.items())]

    def contexts(self, doc_ids: Collection[str]) -> dict[str, Context]:
        """The context of each document that has one."""
        c = kept.contexts.c
        return {
            row.doc_id: Context(
                row.family_id, row.origin, (row.earliest, row.latest) if row.earliest else None
            )
            for row in self._ask(select(kept.contexts), c.doc_id, doc_ids)
        }

    def facts(self, statement_ids: Collection[str]) -> list[Fact]:
        """The facts that hold any of the statements."""
        f, s = tables.facts, tables.fact_statements
        asked = self._ask(select(s.c.fact_id).distinct(), s.c.statement_id, statement_ids)
        ids = {row.fact_id for row in asked}
        rows = self._ask(select(f.c.whole), f.c.fact_id, ids)
        return [codec.fact_in(codec.from_json(row.whole)) for row in rows]

    def disagreements(self, fact_ids: Collection[str]) -> list[Disagreement]:
        """The disagreements of the facts, in the order in which they were made."""
        c = tables.disagreements.c
        rows = self._ask(select(c.number, c.whole), c.fact_id, fact_ids)
        return [
            codec.disagreement_in(codec.from_json(row.whole)) for row in sorted(rows, key=lambda r: r.number)
        ]

    # --- what is made now --------------------------------------------------------------------------

    def regroup(
        self, families_gone: Collection[str], families: Iterable[Family],
        stories_gone: Collection[str], stories: Iterable[Story],
    ) -> None:  # fmt: skip
        """Puts families and stories in the place of others."""
        for gone, link, table in (
            (stories_gone, tables.story_documents.c.story_id, tables.stories.c.story_id),
            (families_gone, tables.family_documents.c.family_id, tables.families.c.family_id),
        ):
            self._delete(link, gone)
            self._delete(table, gone)
        self._insert(reconciled_rows(families, stories, (), ()))

    def restate(
        self, facts_gone: Collection[str], facts: Iterable[Fact], disagreements: Iterable[Disagreement]
    ) -> None:
        """Puts facts in the place of others."""
        d = tables.disagreements.c
        for column in (d.fact_id, tables.fact_statements.c.fact_id, tables.facts.c.fact_id):
            self._delete(column, facts_gone)
        rows = reconciled_rows((), (), facts, disagreements)
        last = self._connection.scalar(select(func.max(d.number)))
        for row in rows[tables.disagreements]:
            row["number"] += 0 if last is None else last + 1
        self._insert(rows)

    def place(
        self,
        contexts: Mapping[str, Context],
        narrowed: Mapping[str, Publication | None],
        origins: Mapping[str, str],
    ) -> None:
        """Sets the contexts and the narrower days of documents, and whose voice statements are."""
        self._delete(kept.contexts.c.doc_id, contexts)
        rows = [
            {
                "doc_id": doc_id,
                "family_id": one.family_id,
                "origin": one.origin,
                "earliest": one.window and one.window[0],
                "latest": one.window and one.window[1],
            }
            for doc_id, one in contexts.items()
        ]
        self._insert({kept.contexts: rows})
        change_narrowed(self._connection, narrowed)
        s = tables.statements
        change = (
            update(s)
            .where(s.c.statement_id == bindparam("said"), s.c.origin.is_distinct_from(bindparam("voice")))
            .values(origin=bindparam("voice"))
        )
        if origins:
            _each(self._connection, change, [{"said": i, "voice": voice} for i, voice in origins.items()])

    def _ask(self, query: Select[Any], column: Any, values: Collection[Any]) -> Iterator[Any]:
        for some in _some(values):
            yield from self._connection.execute(query.where(column.in_(some))).all()

    def _delete(self, column: Any, values: Collection[Any]) -> None:
        for some in _some(values):
            self._connection.execute(delete(column.table).where(column.in_(some)))

    def _insert(self, filled: Mapping[Table, Rows]) -> None:
        for table, rows in filled.items():
            if rows:
                self._connection.execute(insert(table), rows)


class KeptGraph:
    """One of the graphs of what is like what."""

    def __init__(self, connection: Connection, layer: int) -> None:
        self._connection, self._layer = connection, layer

    def nodes(self, items: Collection[str]) -> dict[str, Node]:
        """Those of the nodes that are there."""
        n = kept.nodes.c
        query = select(n.item, n["keys"], n.note).where(n.layer == self._layer)
        return {
            row[0]: Node(row[0], _numbers(row[1]), row[2])
            for some in _some(items)
            for row in self._connection.execute(query.where(n.item.in_(some))).all()
        }

    def placed(self, items: Collection[str]) -> dict[str, tuple[str, str]]:
        """The component and the part of each of the nodes that are there."""
        n = kept.nodes.c
        query = select(n.item, n.component, n.part).where(n.layer == self._layer)
        return {
            row[0]: (row[1], row[2])
            for some in _some(items)
            for row in self._connection.execute(query.where(n.item.in_(some))).all()
            if row[1] is not None  # asked of SQLite, it would read every node
        }

    def members(self, components: Collection[str]) -> dict[str, tuple[str, str]]:
        """Every node of these components, with its component and its part."""
        n = kept.nodes.c
        query = select(n.item, n.component, n.part).where(n.layer == self._layer)
        return {
            row[0]: (row[1], row[2])
            for some in _some(components)
            for row in self._connection.execute(query.where(n.component.in_(some))).all()
        }

    def first(self, keys: Collection[int], most: int) -> dict[int, list[str]]:
        """The holders of each key, in order, at most so many."""
        found: dict[int, list[str]] = {}
        for some in _some(keys):
            # Written out, for no more than the first may be read of a key that thousands hold.
            asked = ", ".join(f"({int(one)})" for one in some)
            query = (
                f"WITH asked(one) AS (VALUES {asked}) "
                'SELECT h."key", h.item FROM asked JOIN standing_holders h '
                'ON h."key" = asked.one AND h.item <= coalesce((SELECT r.item FROM standing_holders r '
                f"WHERE r.\"key\" = asked.one ORDER BY r.item LIMIT 1 OFFSET {int(most) - 1}), '~')"
            )
            for one, item in self._connection.exec_driver_sql(query).all():
                found.setdefault(one, []).append(item)
        return {one: sorted(items) for one, items in found.items()}

    def holders(self, keys: Collection[int]) -> dict[int, list[str]]:
        """All holders of each key, in order."""
        h = kept.holders.c
        found: dict[int, list[str]] = {}
        for some in _some(keys):
            query = select(h.key, h.item).where(h.key.in_(some))
            for one, item in self._connection.execute(query).all():
                found.setdefault(one, []).append(item)
        return {one: sorted(items) for one, items in found.items()}

    def linked(self, items: Collection[str]) -> list[tuple[str, str]]:
        """The pairs that are linked and of which one of these nodes is either end, each once."""
        c = kept.links.c
        query = select(c.a, c.b).where(c.layer == self._layer)
        # By itself SQLite reads every link to find those that end in one of many nodes. What is not in the
        # index, the weight, is not asked for: that would be another look for every link.
        by_end = query.with_hint(kept.links, "INDEXED BY standing_links_b", "sqlite")
        return list(
            {
                (row[0], row[1]): None
                for some in _some(items)
                for asked in (query.where(c.a.in_(some)), by_end.where(c.b.in_(some)))
                for row in self._connection.execute(asked).all()
            }
        )

    def links(self, items: Collection[str]) -> list[Link]:
        """The links of which one of these nodes is the first end."""
        c = kept.links.c
        query = select(c.a, c.b, c.weight).where(c.layer == self._layer)
        return [
            (row[0], row[1], row[2])
            for some in _some(items)
            for row in self._connection.execute(query.where(c.a.in_(some))).all()
        ]

    def drop(self, items: Collection[str]) -> None:
        """Forgets nodes with their keys and links."""
        held = [{"one": key, "by": node.item} for node in self.nodes(items).values() for key in node.keys]
        h, n = kept.holders, kept.nodes
        self.unlink(self.linked(items))
        if held:
            one = delete(h).where(h.c.key == bindparam("one"), h.c.item == bindparam("by"))
            _each(self._connection, one, held)
        for some in _some(items):
            self._connection.execute(delete(n).where(n.c.layer == self._layer, n.c.item.in_(some)))

    def put(self, nodes: Iterable[Node]) -> None:
        """Adds nodes that are not there."""
        new = list(nodes)
        rows = [
            {
                "layer": self._layer,
                "item": one.item,
                "keys": pack(f"<{len(one.keys)}q", *one.keys),
                "note": one.note,
            }
            for one in new
        ]
        held = sorted({(key, one.item) for one in new for key in one.keys})
        if rows:
            _each(self._connection, insert(kept.nodes), rows)
        if held:
            _each(self._connection, insert(kept.holders), [{"key": key, "item": i} for key, i in held])

    def place(self, places: Mapping[str, tuple[str, str]]) -> None:
        """Sets the component and the part of nodes."""
        n = kept.nodes
        change = (
            update(n)
            .where(n.c.layer == self._layer, n.c.item == bindparam("one"))
            .values(component=bindparam("of"), part=bindparam("within"))
        )
        rows = [{"one": item, "of": of, "within": part} for item, (of, part) in places.items()]
        if rows:
            _each(self._connection, change, rows)

    def link(self, links: Iterable[Link]) -> None:
        """Adds links that are not there."""
        rows = [{"layer": self._layer, "a": a, "b": b, "weight": weight} for a, b, weight in sorted(links)]
        if rows:
            _each(self._connection, insert(kept.links), rows)

    def unlink(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Removes the links of pairs."""
        c = kept.links.c
        one = delete(kept.links).where(
            c.layer == self._layer, c.a == bindparam("one"), c.b == bindparam("other")
        )
        rows = [{"one": a, "other": b} for a, b in pairs]
        if rows:
            _each(self._connection, one, rows)


def _each(connection: Connection, statement: Executable, rows: Rows) -> None:
    """Executes a statement for each row of text, numbers and bytes.

    Where the driver takes values by their place it gets them as they are, which is twice as quick as letting
    SQLAlchemy look at each.
    """
    compiled = statement.compile(dialect=connection.dialect, column_keys=list(rows[0]))  # type: ignore[attr-defined]
    assert isinstance(compiled, SQLCompiler)
    if not compiled.positional or compiled.positiontup is None:
        connection.execute(statement, rows)
        return
    places, fixed = compiled.positiontup, compiled.params
    told = [tuple(row[name] if name in row else fixed[name] for name in places) for row in rows]
    connection.exec_driver_sql(str(compiled), told)


def _some(values: Iterable[T]) -> Iterator[list[T]]:
    """The values in order, so many at once."""
    ordered = iter(sorted(set(values)))
    while some := list(islice(ordered, AT_ONCE)):
        yield some


def _numbers(packed: bytes) -> tuple[int, ...]:
    return unpack(f"<{len(packed) // 8}q", packed)
