"""Finds titles, paragraphs and statements by their words, their meaning and by filters, the best first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    exists,
    func,
    not_,
    or_,
    select,
    true,
)

from communique.errors import UsageError
from communique.ledger import tables
from communique.ledger.aliases import aliases_in
from communique.ledger.fulltext import FullText, Groups, full_text
from communique.ledger.fusion import fused
from communique.ledger.meaning import MOST, Model, alike
from communique.ledger.query import Filter, Query, Term, parse_query
from communique.ledger.reading import Reader, in_place
from communique.ledger.stretches import texts
from communique.ledger.words import Sought, marks, sought
from communique.model import Actor
from communique.text import Span

SNIPPET = 280
"""Code points a snippet may have."""

_STRETCH, _STATEMENT, _DOCUMENT = tables.stretches.c, tables.statements.c, tables.documents.c


@dataclass(frozen=True, slots=True)
class Hit:
    """A place that fits: `snippet` is what the document says there, `marks` the words found in it.

    `span` is where the snippet stands in the document's text (None for a title that is not in it);
    `marks` are offsets in the snippet. `rank` is that of the database's own full text, or less the fused
    score where meaning counts; lower is better, 0 where only filters were given. `likeness` is the cosine
    of what it means and what was looked for, where that is why it was found.
    """

    doc_id: str
    statement_id: str | None
    fact_id: str | None
    span: Span | None
    snippet: str
    marks: tuple[Span, ...]
    rank: float
    likeness: float | None = None


@dataclass(frozen=True, slots=True)
class _Place:
    stretch_id: int | None
    doc_id: str
    span: Span | None
    says: bool
    statement_id: str | None
    rank: float
    likeness: float | None = None


def search(ledger: Reader, query: str, limit: int = 20, meaning: Model | None = None) -> list[Hit]:
    """The places that fit a query (see `communique.ledger.query`), the best first.

    Words must stand together in one title, paragraph or statement. A filter on statements finds
    statements only, and so does a query of filters alone (the latest first); without one, a
    sentence that makes several statements is shown once.
    With `meaning`, statements that fit all but the words and mean alike are found too, from the vectors that
    are kept (see `communique.ledger.meaning`); both rankings are made one by reciprocal rank fusion.
    Raises `UsageError` where the query is not well formed.
    """
    wanted = parse_query(query)
    if meaning is not None and not wanted.groups:
        raise UsageError("only words have a meaning; write what to look for beside the filters")
    if limit < 1:
        return []
    with ledger.reading() as connection:
        asked, index = _asked(wanted, aliases_in(connection)), full_text(connection)
        statements_only = not wanted.groups or any(one.field != "publisher" for one in wanted.filters)
        # A paragraph and its sentences fit alike, and two rankings are better joined from further down: so
        # more is fetched than is shown.
        most = limit if statements_only and meaning is None else 4 * limit + 40
        question = _statements if statements_only else _stretches
        places = _places(connection, question(asked, index).limit(most))
        if not statements_only:
            places = _apart(places)
        if meaning is not None:
            places = _fused(places, _alike(connection, asked, index, question, meaning, most))
            places = places if statements_only else _apart(places)
        places = places[:limit]
        if not statements_only:
            places = [_with_statement(connection, place) for place in places]
        words, facts = _words(connection, places), _facts(connection, places)
    looked_for = [one for group in asked.groups for one in group]
    return [
        _hit(place, said, marks(said, looked_for), facts.get(place.statement_id))
        for place, said in zip(places, words, strict=True)
    ]


# --- the questions -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Asked:
    """A query with its words as they are looked up, and who stands for whom."""

    query: Query
    groups: Groups
    without: tuple[Sought, ...]
    known_as: Mapping[str, Actor]
    by_meaning: bool = False
    few: bool = False
    """Whether few statements are left for filters to look at."""

    @property
    def beside_stretches(self) -> bool:
        """Whether statements must be looked up with their stretches."""
        return bool(self.groups or self.without or self.by_meaning)


_Question: TypeAlias = Callable[[_Asked, FullText], Select[Any]]


def _asked(query: Query, known_as: Mapping[str, Actor]) -> _Asked:
    return _Asked(query, [_sought(group) for group in query.groups], _sought(query.without), known_as)


def _sought(terms: Iterable[Term]) -> tuple[Sought, ...]:
    return tuple(sought(term.words, term.prefix) for term in terms)


def _matching(query: Select[Any], asked: _Asked, index: FullText) -> Select[Any]:
    """Keeps the stretches that hold the words, and puts the best first."""
    query = index.matching(query, asked.groups, asked.without)
    for one in asked.query.filters:
        if one.field == "publisher":
            query = query.where(_published(one))
    return query


def _stretches(asked: _Asked, index: FullText) -> Select[Any]:
    query = select(tables.stretches).join(tables.documents, _DOCUMENT.doc_id == _STRETCH.doc_id)
    query = _matching(query, asked, index)
    wanted = asked.query
    if wanted.since or wanted.until:
        told = exists().where(_same_place(), *_when(wanted, _STATEMENT))
        query = query.where(or_(and_(_STRETCH.says, told), and_(not_(_STRETCH.says), *_when(wanted))))
    return query.order_by(_STRETCH.doc_id, _STRETCH.start)


def _statements(asked: _Asked, index: FullText) -> Select[Any]:
    wanted = asked.query
    said = _STATEMENT.doc_id, _STATEMENT.start, _STATEMENT.end, _STATEMENT.statement_id, true().label("says")
    query = select(*said).join(tables.documents, _DOCUMENT.doc_id == _STATEMENT.doc_id)
    if asked.beside_stretches:
        query = query.add_columns(_STRETCH.stretch_id).join(tables.stretches, _same_place())
    query = _matching(query, asked, index).where(*_when(wanted, _STATEMENT))
    query = query.where(*(_fits(one, asked) for one in wanted.filters if one.field != "publisher"))
    if not asked.groups and not asked.by_meaning:
        latest = func.coalesce(_STATEMENT.latest, _DOCUMENT.latest)
        query = query.order_by(latest.desc().nulls_last())
    return query.order_by(*in_place())


def _same_place() -> ColumnElement[bool]:
    return and_(
        _STATEMENT.doc_id == _STRETCH.doc_id,
        _STATEMENT.start == _STRETCH.start,
        _STATEMENT.end == _STRETCH.end,
    )


def _when(wanted: Query, of: Any = None) -> list[ColumnElement[bool]]:
    """The time told, where `of` has columns for it, or else that of publication, may lie between the days."""
    earliest: ColumnElement[Any] = _DOCUMENT.earliest
    latest: ColumnElement[Any] = _DOCUMENT.latest
    if of is not None:
        earliest, latest = func.coalesce(of.earliest, earliest), func.coalesce(of.latest, latest)
    between = [latest >= wanted.since] if wanted.since else []
    return between + ([earliest <= wanted.until] if wanted.until else [])


def _published(one: Filter) -> ColumnElement[bool]:
    named = (func.lower(func.coalesce(c, "")) for c in (_DOCUMENT.publisher, _DOCUMENT.agency))
    fits = or_(*(name.in_(_lower(one)) for name in named))
    return not_(fits) if one.without else fits


def _fits(one: Filter, asked: _Asked) -> ColumnElement[bool]:
    if one.field == "actor":
        p = tables.participants.c
        takes_part = _takes_part(_lower(one), asked.known_as)
        if asked.groups or asked.few:  # then each is looked at, or else all in which the actor takes part
            fits: ColumnElement[bool] = exists().where(p.statement_id == _STATEMENT.statement_id, takes_part)
        else:
            fits = _STATEMENT.statement_id.in_(select(p.statement_id).where(takes_part))
    else:
        fits = func.lower(func.coalesce(_STATEMENT[one.field], "")).in_(_lower(one))
    return not_(fits) if one.without else fits


def _lower(one: Filter) -> list[str]:
    return sorted({value.lower() for value in one.values})


def _takes_part(values: Sequence[str], known_as: Mapping[str, Actor]) -> ColumnElement[bool]:
    """Whether a participant has one of these identifiers, states or names, or was judged to be who has it."""
    p = tables.participants.c
    meant = {*values, *(known_as[old].id.lower() for old in known_as if old.lower() in values)}
    merged = [
        old
        for old, new in sorted(known_as.items())
        if meant & {part.lower() for part in (new.id, new.state, new.name) if part}
    ]
    itself = or_(func.lower(p.actor_id).in_(sorted(meant)), func.lower(p.state).in_(sorted(meant)))
    if known_as:
        itself = or_(p.actor_id.in_(merged), and_(itself, p.actor_id.not_in(sorted(known_as))))
    return or_(func.lower(p.name).in_(values), itself)


# --- the answers ---------------------------------------------------------------------------------


def _places(connection: Connection, query: Select[Any]) -> list[_Place]:
    return [
        _Place(
            row._mapping.get("stretch_id"),
            row.doc_id,
            None if row.start is None else Span(row.start, row.end),
            row.says,
            row._mapping.get("statement_id"),
            float(row._mapping.get("rank", 0.0)),
        )
        for row in connection.execute(query)
    ]


def _alike(
    connection: Connection, asked: _Asked, index: FullText, question: _Question, meaning: Model, most: int
) -> list[_Place]:
    """What fits the query but for its words, and means most like them."""
    words = " ".join(term.words for group in asked.query.groups for term in group)
    wanted = replace(asked.query, groups=())
    other = replace(asked, query=wanted, groups=(), by_meaning=True)
    number, among = _STRETCH.stretch_id, None
    if wanted != Query():
        fitting = question(other, index)
        among = fitting.with_only_columns(number, maintain_column_froms=True).order_by(None)
    near = alike(connection, meaning, words, min(most, MOST), among)
    query = question(replace(other, few=True), index).where(number.in_(sorted(near)))
    places = _places(connection, query)
    places = [replace(place, likeness=near[place.stretch_id or 0]) for place in places]
    return sorted(places, key=lambda place: -(place.likeness or 0))[:most]


def _fused(by_words: Sequence[_Place], by_meaning: Sequence[_Place]) -> list[_Place]:
    """Both rankings as one."""

    def key(place: _Place) -> tuple[str, Span | None, str | None]:
        return place.doc_id, place.span, place.statement_id

    places = {key(place): place for place in by_words}
    for place in by_meaning:
        places[key(place)] = replace(places.get(key(place), place), likeness=place.likeness)
    ranking = fused([key(place) for place in by_words], [key(place) for place in by_meaning])
    return [replace(places[one], rank=-score) for one, score in ranking]


def _apart(places: Iterable[_Place]) -> list[_Place]:
    """The places without those that share text with a better one; a statement counts over its paragraph."""
    kept: list[_Place] = []
    for place in places:
        shared = [
            at
            for at, other in enumerate(kept)
            if other.doc_id == place.doc_id and other.span and place.span and other.span.overlaps(place.span)
        ]
        if not shared:
            kept.append(place)
        elif place.says and not any(kept[at].says for at in shared):
            kept[shared[0]] = replace(place, rank=kept[shared[0]].rank)
            kept = [other for at, other in enumerate(kept) if at not in shared[1:]]
    return kept


def _with_statement(connection: Connection, place: _Place) -> _Place:
    """The place with the surest of its statements."""
    if not place.says or place.span is None:
        return place
    query = (
        select(_STATEMENT.statement_id)
        .where(
            _STATEMENT.doc_id == place.doc_id,
            _STATEMENT.start == place.span.start,
            _STATEMENT.end == place.span.end,
        )
        .order_by(_STATEMENT.score.desc(), *in_place())
        .limit(1)
    )
    return replace(place, statement_id=connection.scalar(query))


def _facts(connection: Connection, places: Iterable[_Place]) -> dict[str | None, str]:
    link = tables.fact_statements.c
    ids = sorted({place.statement_id for place in places if place.statement_id})
    rows = connection.execute(select(link.statement_id, link.fact_id).where(link.statement_id.in_(ids)))
    return {row.statement_id: row.fact_id for row in rows}


def _words(connection: Connection, places: Sequence[_Place]) -> list[str]:
    """What stands at each place: of a statement its quotation."""
    c = _STATEMENT
    ids = sorted({place.statement_id for place in places if place.statement_id})
    rows = connection.execute(select(c.statement_id, c.quote).where(c.statement_id.in_(ids)))
    quotes = {row.statement_id: row.quote for row in rows}
    numbers = {p.stretch_id for p in places if p.stretch_id is not None and p.statement_id is None}
    stretches = dict(texts(connection, numbers)) if numbers else {}
    return [
        quotes[place.statement_id] if place.statement_id else stretches[place.stretch_id or 0]
        for place in places
    ]


def _hit(place: _Place, words: str, marks: Sequence[Span], fact_id: str | None) -> Hit:
    cut = _cut(words, marks)
    kept = tuple(Span(m.start - cut.start, m.end - cut.start) for m in marks if cut.covers(m))
    span = Span(place.span.start + cut.start, place.span.start + cut.end) if place.span else None
    return Hit(
        place.doc_id, place.statement_id, fact_id, span, cut.of(words), kept, place.rank, place.likeness
    )


def _cut(words: str, marks: Sequence[Span]) -> Span:
    """What of a long stretch is shown: about the first mark, whole words."""
    if len(words) <= SNIPPET:
        return Span(0, len(words))
    start = max(0, (marks[0].start if marks else 0) - SNIPPET // 4)
    if start:
        space = words.find(" ", start)
        start = space + 1 if 0 <= space < (marks[0].start if marks else len(words)) else start
    end = min(len(words), start + SNIPPET)
    if end < len(words):
        space = words.rfind(" ", start, end)
        end = space if space > start + SNIPPET // 2 else end
    return Span(start, end)
