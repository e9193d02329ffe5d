"""What can be asked of a ledger: every question is a stream in an order that only the content decides."""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Any, Literal, TypeAlias

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Row,
    Select,
    and_,
    exists,
    func,
    literal,
    or_,
    select,
    union_all,
)

from communique.errors import LedgerError, Problem
from communique.ledger import codec, tables
from communique.ledger.aliases import aliases_in, renamed
from communique.ledger.failures import said_plainly
from communique.ledger.narrowing import narrowed_in
from communique.ledger.writing import readable
from communique.model import (
    Actor,
    Disagreement,
    Document,
    Fact,
    Family,
    Judgement,
    Kind,
    Page,
    Statement,
    Story,
)

Noun: TypeAlias = Literal["document", "statement", "fact", "story", "family"]

BATCH = 500
"""Rows fetched at a time where a whole table is gone through."""

FIND_AMONG = 2000
"""How many identifiers are looked up one by one before it is quicker to go through all."""


@dataclass(frozen=True, slots=True)
class Found:
    """What an identifier stands for."""

    noun: Noun
    id: str


_SAID = tuple(tables.statements.c[name] for name in ("statement_id", "doc_id", "quote", "origin", "whole"))
"""What a statement is read from."""

_path = (
    select(func.min(tables.sightings.c.path))
    .where(tables.sightings.c.doc_id == tables.pages.c.doc_id)
    .scalar_subquery()
)


def takes_part(actor: str, known_as: Mapping[str, Actor]) -> ColumnElement[bool]:
    """Whether an actor, or one who acts for it, takes part in a statement of the query.

    `known_as` gives the actor for each identifier that a person judged another's.
    """
    p = tables.participants.c
    merged = sorted(old for old, new in known_as.items() if actor in (new.id, new.state))
    itself = and_(or_(p.actor_id == actor, p.state == actor), p.actor_id.not_in(sorted(known_as)))
    return exists().where(
        p.statement_id == tables.statements.c.statement_id, or_(itself, p.actor_id.in_(merged))
    )


def in_place() -> tuple[ColumnElement[Any], ...]:
    """The order of statements in every list: by document and place."""
    c = tables.statements.c
    return c.doc_id, c.start, c.end, c.kind, func.coalesce(c.type, ""), c.statement_id


def _in_time() -> tuple[ColumnElement[Any], ...]:
    c = tables.facts.c
    return c.earliest.asc().nulls_last(), c.latest.asc().nulls_last(), c.fact_id


def _document(row: Row[Any]) -> Document:
    return Document(
        doc_id=row.doc_id,
        path=row.path,
        url=row.url,
        sha256=row.sha256,
        title=row.title,
        publisher=row.publisher,
        agency=row.agency,
        language=row.language,
        published=codec.publication_in(codec.from_json(row.published)),
        text=row.text,
        regions=codec.regions_in(codec.from_json(row.regions)),
    )


def _as_read(row: Row[Any]) -> Statement:
    """The statement as extraction left it, with no origin but one that the text names."""
    said = codec.statement_whole(codec.from_json(row.whole), row.doc_id, row.quote)
    return said.identified(row.statement_id)


def _statement(row: Row[Any], known_as: Mapping[str, Actor]) -> Statement:
    """The statement as reconciling left it: with its origin, and with the actors a person says are meant."""
    statement = _as_read(row).said_by(row.origin)
    return renamed(statement, known_as) if known_as else statement


def _portions(
    query: Select[Any], column: ColumnElement[str], values: Collection[str] | None
) -> Iterator[Select[Any]]:
    """The question, asked of some values of a column at a time."""
    if values is None:
        yield query
        return
    ordered = sorted(values)
    for at in range(0, len(ordered), BATCH):
        yield query.where(column.in_(ordered[at : at + BATCH]))


class Reader:
    """The questions; `Ledger` adds what changes it."""

    engine: Engine
    name: str

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees the ledger as it stands at its first question."""
        with said_plainly(self.name), self.engine.connect() as connection:
            yield connection

    def _stream(self, query: Select[Any]) -> Iterator[Row[Any]]:
        streamed = query.execution_options(yield_per=BATCH)
        with self.reading() as connection, connection.execute(streamed) as rows:
            yield from rows

    def aliases(self) -> dict[str, Actor]:
        """The actor that stands for each identifier that a person judged another's, as last reconciled."""
        with self.reading() as connection:
            return aliases_in(connection)

    def participations(self, actors: Collection[str]) -> dict[str, int]:
        """In how many statements actors take part, by the identifiers they were read under; no zeros."""
        p = tables.participants.c
        query = (
            select(p.actor_id, func.count(p.statement_id.distinct()).label("said"))
            .where(p.actor_id.in_(sorted(readable(actor) for actor in actors)))
            .group_by(p.actor_id)
        )
        return {row.actor_id: row.said for row in self._stream(query)}

    # --- pages and what they say -----------------------------------------------------------------

    def known(self) -> set[str]:
        """The identifiers of all stored documents."""
        with self.reading() as connection:
            return set(connection.execute(select(tables.pages.c.doc_id)).scalars().all())

    def problems(self) -> Iterator[Problem]:
        """Everything that was wrong with pages, by path."""
        c = tables.problems.c
        for row in self._stream(select(c.path, c.place, c.message).order_by(*c)):
            yield Problem(row.path, row.place, row.message)

    def pages(self) -> Iterator[Page]:
        """The raw pages, to build from anew."""
        query = select(tables.pages, _path.label("path")).order_by(tables.pages.c.doc_id)
        for row in self._stream(query):
            content = zlib.decompress(row.content)
            yield Page(row.path, content, row.media_type, row.url, codec.from_json(row.meta))

    def documents(self, doc_ids: Collection[str] | None = None) -> Iterator[Document]:
        """The documents (of `doc_ids`, where given); `path` is the first of all paths a page was seen at."""
        for document, _, _ in self.grouped_documents(doc_ids):
            yield document

    def grouped_documents(
        self, doc_ids: Collection[str] | None = None
    ) -> Iterator[tuple[Document, str | None, str | None]]:
        """The documents, each with the identifiers of its family and its story."""
        d, p = tables.documents, tables.pages
        family, story = tables.family_documents, tables.story_documents
        query = (
            select(d, p.c.url, p.c.sha256, _path.label("path"), family.c.family_id, story.c.story_id)
            .join(p, p.c.doc_id == d.c.doc_id)
            .outerjoin(family, family.c.doc_id == d.c.doc_id)
            .outerjoin(story, story.c.doc_id == d.c.doc_id)
            .order_by(d.c.doc_id)
        )
        few = doc_ids if doc_ids is not None and len(doc_ids) <= FIND_AMONG else None
        if few is not None:
            query = query.where(d.c.doc_id.in_(sorted(few)))
        with self.reading() as connection:
            narrowed = narrowed_in(connection, few)
        for row in self._stream(query):
            if doc_ids is None or row.doc_id in doc_ids:
                document = _document(row)
                if (published := narrowed.get(document.doc_id)) is not None:
                    document = replace(document, published=published)
                yield document, row.family_id, row.story_id

    def document(self, doc_id: str) -> Document:
        """One document. Raises `LedgerError` where there is none."""
        for document in self.documents([doc_id]):
            return document
        raise LedgerError(f"{self.name}: no document {doc_id}")

    def read_documents(self, doc_ids: Collection[str] | None = None) -> Iterator[Document]:
        """The documents (of `doc_ids`, where given) as reading left them, to reconcile."""
        d, p = tables.documents, tables.pages
        query = select(d, p.c.url, p.c.sha256, _path.label("path")).join(p, p.c.doc_id == d.c.doc_id)
        for one in _portions(query, d.c.doc_id, doc_ids):
            for row in self._stream(one.order_by(d.c.doc_id)):
                yield _document(row)

    def read_statements(
        self, doc_ids: Collection[str] | None = None, ids: Collection[str] | None = None
    ) -> Iterator[Statement]:
        """The statements (of documents, or with these identifiers) as extraction left them, to reconcile."""
        s = tables.statements.c
        column, values = (s.doc_id, doc_ids) if ids is None else (s.statement_id, ids)
        for one in _portions(select(*_SAID), column, values):
            for row in self._stream(one.order_by(*in_place())):
                yield _as_read(row)

    def statements(
        self,
        doc_id: str | None = None,
        ids: Collection[str] | None = None,
        kind: Kind | None = None,
        actors: Collection[str] | None = None,
        since: date | None = None,
        until: date | None = None,
    ) -> Iterator[Statement]:
        """The statements by document and place.

        `actors`: only those in which every one of these takes part, itself or through one who acts
        for it. `since` and `until` (both included): only those whose time, or else the time of
        publication of the page, may lie there.
        """
        for statement, _ in self.placed_statements(doc_id, ids, kind, actors, since, until):
            yield statement

    def placed_statements(
        self,
        doc_id: str | None = None,
        ids: Collection[str] | None = None,
        kind: Kind | None = None,
        actors: Collection[str] | None = None,
        since: date | None = None,
        until: date | None = None,
    ) -> Iterator[tuple[Statement, str | None]]:
        """As `statements`, each with the identifier of its fact."""
        s, d, of_fact = tables.statements, tables.documents, tables.fact_statements
        query = select(*_SAID, of_fact.c.fact_id).outerjoin(
            of_fact, of_fact.c.statement_id == s.c.statement_id
        )
        if doc_id is not None:
            query = query.where(s.c.doc_id == doc_id)
        if ids is not None and len(ids) <= FIND_AMONG:
            query = query.where(s.c.statement_id.in_(sorted(ids)))
        if kind is not None:
            query = query.where(s.c.kind == kind)
        known_as = self.aliases()
        for actor in sorted(actors or ()):
            query = query.where(takes_part(actor, known_as))
        if since is not None or until is not None:
            query = query.join(d, d.c.doc_id == s.c.doc_id)
            if since is not None:
                query = query.where(func.coalesce(s.c.latest, d.c.latest) >= since)
            if until is not None:
                query = query.where(func.coalesce(s.c.earliest, d.c.earliest) <= until)
        for row in self._stream(query.order_by(*in_place())):
            if ids is None or row.statement_id in ids:
                yield _statement(row, known_as), row.fact_id

    def families(self) -> Iterator[Family]:
        """Documents that carry the same text."""
        for row in self._stream(select(tables.families.c.whole).order_by(tables.families.c.family_id)):
            yield codec.family_in(codec.from_json(row.whole))

    def stories(self) -> Iterator[Story]:
        """Documents about the same happening."""
        for row in self._stream(select(tables.stories.c.whole).order_by(tables.stories.c.story_id)):
            yield codec.story_in(codec.from_json(row.whole))

    def facts(self, kind: Kind | None = None) -> Iterator[Fact]:
        """The facts by their time, those without one last."""
        query = select(tables.facts.c.whole).order_by(*_in_time())
        if kind is not None:
            query = query.where(tables.facts.c.kind == kind)
        for row in self._stream(query):
            yield codec.fact_in(codec.from_json(row.whole))

    def evidence(self, kind: Kind | None = None) -> Iterator[tuple[Fact, tuple[Statement, ...]]]:
        """The facts as `facts` gives them, each with its statements, the surest first."""
        f, s, link = tables.facts, tables.statements, tables.fact_statements
        query = (
            select(f.c.fact_id, f.c.whole.label("fact"), *_SAID)
            .join(link, link.c.fact_id == f.c.fact_id)
            .join(s, s.c.statement_id == link.c.statement_id)
            .order_by(*_in_time(), s.c.score.desc(), *in_place())
        )
        if kind is not None:
            query = query.where(f.c.kind == kind)
        known_as = self.aliases()
        for _, group in groupby(self._stream(query), key=lambda row: row.fact_id):
            rows = list(group)
            said = tuple(_statement(row, known_as) for row in rows)
            yield codec.fact_in(codec.from_json(rows[0].fact)), said

    def fact(self, fact_id: str) -> Fact:
        """One fact. Raises `LedgerError` where there is none."""
        with self.reading() as connection:
            whole = connection.scalar(select(tables.facts.c.whole).where(tables.facts.c.fact_id == fact_id))
        if whole is None:
            raise LedgerError(f"{self.name}: no fact {fact_id}")
        return codec.fact_in(codec.from_json(whole))

    def fact_of(self, statement_id: str) -> Fact | None:
        """The fact a statement belongs to."""
        link = tables.fact_statements.c
        with self.reading() as connection:
            fact_id = connection.scalar(select(link.fact_id).where(link.statement_id == statement_id))
        return None if fact_id is None else self.fact(fact_id)

    def disagreements(self) -> Iterator[Disagreement]:
        """What sources say differently, by fact, then in the order reconciling gave."""
        c = tables.disagreements.c
        for row in self._stream(select(c.whole).order_by(c.fact_id, c.number)):
            yield codec.disagreement_in(codec.from_json(row.whole))

    # --- judgements, counts, identifiers ---------------------------------------------------------

    def judgements(self) -> Iterator[Judgement]:
        """What persons decided, oldest first."""
        c = tables.judgements.c
        for row in self._stream(select(c.whole).order_by(c.at, c.judgement_id)):
            yield codec.judgement_in(codec.from_json(row.whole))

    def counts(self) -> dict[str, int]:
        """How many there are of each noun."""
        counted = (
            tables.pages, tables.documents, tables.statements, tables.families, tables.stories, tables.facts,
            tables.disagreements, tables.problems, tables.judgements,
        )  # fmt: skip
        with self.reading() as connection:
            return {
                table.name: connection.scalar(select(func.count()).select_from(table)) or 0
                for table in counted
            }

    def find(self, prefix: str) -> Found:
        """What an identifier, its beginning, or the path of a page stands for.

        Raises `LedgerError`: with the candidates where the beginning is not enough, or where nothing fits.
        """
        nouns: dict[Noun, ColumnElement[Any]] = {
            "document": tables.documents.c.doc_id,
            "statement": tables.statements.c.statement_id,
            "fact": tables.facts.c.fact_id,
            "story": tables.stories.c.story_id,
            "family": tables.families.c.family_id,
        }
        prefix = readable(prefix.strip())
        if not prefix:
            raise LedgerError("an identifier is empty; write at least its beginning")
        queries = [
            select(literal(noun).label("noun"), column.label("id"))
            .where(column >= prefix, column < prefix + "\U0010ffff")
            .order_by(column)
            .limit(6)
            .subquery()
            for noun, column in nouns.items()
        ]
        with self.reading() as connection:
            rows = connection.execute(union_all(*(select(query) for query in queries))).all()
            at_path = select(tables.sightings.c.doc_id).where(tables.sightings.c.path == prefix)
            paths = connection.scalars(at_path.order_by(tables.sightings.c.doc_id)).all()
        found = [Found(row.noun, row.id) for row in rows] or [Found("document", doc_id) for doc_id in paths]
        found = [one for one in found if one.id == prefix] or found
        if not found:
            raise LedgerError(f"{self.name}: nothing has the identifier or path {prefix!r}")
        if len({one.id for one in found}) > 1:
            some = ", ".join(f"{one.noun} {one.id}" for one in found[:5])
            raise LedgerError(f"{prefix!r} begins several identifiers, write more of it: {some}")
        return found[0]
