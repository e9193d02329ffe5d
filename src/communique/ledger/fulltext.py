"""The full-text index, behind one face: FTS5 in SQLite, `tsvector` in PostgreSQL.

Both are given the words that `words` finds, each as its form and its stem at one position, and are asked for
the same; so both find the same stretches. Neither keeps the text. Ranks are their own: BM25 in SQLite,
`ts_rank` over the length in PostgreSQL; lower is better in both.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, ClassVar, Protocol, TypeAlias

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    TextClause,
    cast,
    column,
    func,
    literal,
    literal_column,
    not_,
    select,
    table,
    text,
)
from sqlalchemy.dialects.postgresql import TSQUERY

from communique.ledger import tables
from communique.ledger.words import Sought, words_in

Groups: TypeAlias = Sequence[Sequence[Sought]]
"""Of each group at least one must stand in a stretch."""

MOST_PLACES = 254
"""Places of one word in one stretch that are surely kept by PostgreSQL; others are not compared."""

AT_ONCE = 5000
"""Stretches indexed in one statement."""

_STRETCH = tables.stretches.c


class FullText(Protocol):
    """What can be done with an index."""

    def add(self, connection: Connection, stretches: Iterable[tuple[int, str]]) -> None:
        """Makes the words of stretches findable; each with its number."""

    def empty(self, connection: Connection) -> None:
        """Forgets every stretch."""

    def matching(self, query: Select[Any], groups: Groups, without: Sequence[Sought]) -> Select[Any]:
        """Keeps those stretches of a query that hold the words, as `rank` adds how well they do."""

    def held(self, connection: Connection) -> Iterator[tuple[int, str, int]]:
        """All that is in the index: number of the stretch, word (a form begins with "="), position."""


def full_text(connection: Connection) -> FullText:
    """The index of the database that is connected to."""
    return Tsvector() if connection.dialect.name == "postgresql" else Fts5()


def differing(connection: Connection, stretches: Iterable[tuple[int, str]]) -> list[int]:
    """The numbers of those stretches whose words are not in the index as they should be."""
    held: defaultdict[int, int] = defaultdict(int)  # a sum for each stretch, the same in any order
    for number, word, position in full_text(connection).held(connection):
        held[number] += hash((word, position))
    for number, words in stretches:
        entries = list(_entries(words))
        difference = held.pop(number, 0) - sum(map(hash, entries))
        if difference and max(Counter(word for word, _ in entries).values(), default=0) <= MOST_PLACES:
            held[number] = difference
    return sorted(number for number, difference in held.items() if difference)


def _entries(words: str) -> Iterator[tuple[str, int]]:
    """What the index should hold of a stretch: words and positions, as `FullText.held` tells them."""
    for position, word in enumerate(words_in(words)):
        yield word.stem, position
        yield f"={word.form}", position


def _fill(connection: Connection, statement: TextClause, rows: Iterable[dict[str, Any]]) -> None:
    """Inserts the rows, a batch at a time."""
    waiting = iter(rows)
    while some := list(islice(waiting, AT_ONCE)):
        connection.execute(statement, some)


class Fts5:
    """SQLite's FTS5: two columns, the stems and the forms, told apart by the spaces between them."""

    _index: ClassVar = table("stretch_index", column("rowid"), column("rank"))

    def add(self, connection: Connection, stretches: Iterable[tuple[int, str]]) -> None:
        """Makes the words of stretches findable."""
        insert = text("INSERT INTO stretch_index(rowid, stems, forms) VALUES (:id, :stems, :forms)")
        _fill(connection, insert, (self._row(number, words) for number, words in stretches))

    def empty(self, connection: Connection) -> None:
        """Forgets every stretch."""
        connection.execute(text("INSERT INTO stretch_index(stretch_index) VALUES ('delete-all')"))

    def matching(self, query: Select[Any], groups: Groups, without: Sequence[Sought]) -> Select[Any]:
        """Keeps the stretches that hold the words, and adds the rank."""
        match = literal_column("stretch_index").op("MATCH", is_comparison=True)
        if groups:
            query = query.add_columns(self._index.c.rank.label("rank"))
            query = query.join(self._index, self._index.c.rowid == _STRETCH.stretch_id)
            query = query.where(match(self._expression(groups))).order_by(self._index.c.rank)
        if without:
            unwanted = select(self._index.c.rowid).where(match(self._expression([without])))
            query = query.where(_STRETCH.stretch_id.not_in(unwanted))
        return query

    def held(self, connection: Connection) -> Iterator[tuple[int, str, int]]:
        """All that is in the index."""
        connection.exec_driver_sql(
            "CREATE VIRTUAL TABLE temp.stretch_instances USING fts5vocab('main', 'stretch_index', 'instance')"
        )
        every = "SELECT doc, iif(col = 'forms', '=' || term, term), \"offset\" FROM temp.stretch_instances"
        try:
            with connection.exec_driver_sql(every) as rows:
                while some := rows.fetchmany(AT_ONCE):
                    yield from map(tuple, some)
        finally:
            connection.exec_driver_sql("DROP TABLE temp.stretch_instances")

    @staticmethod
    def _row(number: int, words: str) -> dict[str, Any]:
        found = list(words_in(words))
        stems, forms = " ".join(word.stem for word in found), " ".join(word.form for word in found)
        return {"id": number, "stems": stems, "forms": forms}

    @staticmethod
    def _expression(groups: Groups) -> str:
        return " AND ".join("(" + " OR ".join(map(Fts5._term, group)) + ")" for group in groups)

    @staticmethod
    def _term(one: Sought) -> str:
        words = " ".join(one.words)
        return f'forms : "{words}" *' if one.prefix else f'stems : "{words}"'


class Tsvector:
    """PostgreSQL's `tsvector`, made here and not by a text search configuration."""

    _index: ClassVar = table("stretch_index", column("stretch_id"), column("words"))

    def add(self, connection: Connection, stretches: Iterable[tuple[int, str]]) -> None:
        """Makes the words of stretches findable."""
        insert = text(
            "INSERT INTO stretch_index(stretch_id, words) VALUES (:id, CAST(:words AS text)::tsvector)"
        )
        _fill(connection, insert, (self._row(number, words) for number, words in stretches))

    @staticmethod
    def _row(number: int, words: str) -> dict[str, Any]:
        vector = " ".join(f"'{word}':{position + 1}" for word, position in _entries(words))
        return {"id": number, "words": vector}

    def empty(self, connection: Connection) -> None:
        """Forgets every stretch."""
        connection.execute(text("DELETE FROM stretch_index"))

    def matching(self, query: Select[Any], groups: Groups, without: Sequence[Sought]) -> Select[Any]:
        """Keeps the stretches that hold the words, and adds the rank."""
        index = self._index.c
        if groups:
            wanted = self._expression(groups)
            rank = (-func.ts_rank(index.words, wanted, 1)).label("rank")
            fitting = select(index.stretch_id, rank).where(self._matches(index.words, wanted)).cte("fitting")
            # First what has the words: the planner cannot tell how little filters leave of the rest.
            fitting = fitting.prefix_with("MATERIALIZED")
            query = query.add_columns(fitting.c.rank)
            query = query.join(fitting, fitting.c.stretch_id == _STRETCH.stretch_id).order_by(fitting.c.rank)
        if without:
            unwanted = select(index.stretch_id).where(self._matches(index.words, self._expression([without])))
            query = query.where(not_(_STRETCH.stretch_id.in_(unwanted)))
        return query

    def held(self, connection: Connection) -> Iterator[tuple[int, str, int]]:
        """All that is in the index."""
        every = text(
            "SELECT i.stretch_id, w.lexeme, unnest(w.positions) FROM stretch_index i, unnest(i.words) w"
        )
        with connection.execute(every.execution_options(yield_per=AT_ONCE)) as rows:
            for number, word, position in rows:
                yield number, word, position - 1

    @staticmethod
    def _matches(words: ColumnElement[Any], wanted: ColumnElement[Any]) -> ColumnElement[bool]:
        return words.op("@@", is_comparison=True)(wanted)

    @staticmethod
    def _expression(groups: Groups) -> ColumnElement[Any]:
        asked = " & ".join("(" + " | ".join(map(Tsvector._term, group)) + ")" for group in groups)
        return cast(literal(asked), TSQUERY)

    @staticmethod
    def _term(one: Sought) -> str:
        if not one.prefix:
            return "(" + " <-> ".join(f"'{word}'" for word in one.words) + ")"
        *before, last = one.words
        return "(" + " <-> ".join([*(f"'={word}'" for word in before), f"'={last}':*"]) + ")"
