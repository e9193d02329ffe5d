"""Pages beside a ledger: the same questions, answered as if these pages were in it; nothing is written.

What pages add, repeat and contradict can so be told before they are added. Only the facts that share an
actor with them are compared anew.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import BinaryIO

from communique import pipeline
from communique.domain.load import Domain
from communique.errors import InputError, LedgerError, Problem
from communique.ledger.aliases import renamed
from communique.ledger.reading import Reader
from communique.ledger.writing import Entry
from communique.model import Disagreement, Document, Fact, Family, Kind, Page, Statement, in_order
from communique.parse.spacy import DEFAULT_MODEL
from communique.read import formats
from communique.reconcile.digests import digest
from communique.reconcile.disagreements import disagreements
from communique.reconcile.facts import facts
from communique.reconcile.families import families
from communique.reconcile.origins import origins, voiced
from communique.reconcile.whole import body
from communique.views.known import AsKnown

COPIES = 40
"""Pages of the ledger, those that share most facts, that are looked at for the same text."""


@dataclass(frozen=True, slots=True)
class Beside:
    """Pages held against a ledger.

    `reader` answers as if the ledger had the pages `doc_ids`, of which it has `stored`; `problems` is what
    was wrong with others, `left_out` what is told of pages left out.
    """

    reader: Reader
    doc_ids: frozenset[str]
    stored: frozenset[str]
    problems: tuple[Problem, ...]
    left_out: tuple[str, ...]


def alongside(
    inputs: Sequence[str],
    ledger: Reader,
    domain: Domain,
    *,
    model: str = DEFAULT_MODEL,
    stdin: BinaryIO | None = None,
    as_of: date | None = None,
) -> Beside:
    """The ledger with the pages of the inputs beside it, other pages only as known on a day where given.

    Pages that are in the ledger are not read again; an input that is no file may be the path or the
    beginning of the identifier of one. Raises `InputError` where no page is left.
    """
    problems: list[Problem] = []
    pages: dict[str, Page] = {}
    stored: set[str] = set()
    known = ledger.known()
    for name in inputs:
        if name != "-" and not Path(name).exists() and (held := _held(name, ledger)):
            stored.add(held)
            continue
        for page in formats.pages([name], stdin):
            if isinstance(page, Problem):
                problems.append(page)
            elif page.doc_id in known:
                stored.add(page.doc_id)
            else:
                pages[page.doc_id] = page
    read = pipeline.Reader(domain, model).entries(list(pages.values())) if pages else []
    entries = [entry for entry in read if isinstance(entry, Entry)]
    problems += [problem for problem in read if isinstance(problem, Problem)]
    doc_ids = frozenset(stored | {entry.document.doc_id for entry in entries})
    if not doc_ids:
        raise InputError("\n".join(map(str, problems)) or "no page was named")
    reader = AsKnown(ledger, as_of, stored) if as_of else ledger
    left_out = (reader.left_out,) if isinstance(reader, AsKnown) else ()
    if entries:
        reader = Alongside(reader, entries, domain)
    return Beside(reader, doc_ids, frozenset(stored), tuple(problems), left_out)


def _held(name: str, ledger: Reader) -> str | None:
    """The page of the ledger that is so named."""
    try:
        found = ledger.find(name)
    except LedgerError:
        return None
    return found.id if found.noun == "document" else None


class Alongside(Reader):
    """The questions of a ledger, answered with some pages beside it."""

    def __init__(self, ledger: Reader, entries: Sequence[Entry], domain: Domain) -> None:
        self.engine, self.name = ledger.engine, ledger.name
        self._ledger, self._domain = ledger, domain
        self._read = {entry.document.doc_id: entry.document for entry in entries}
        known_as = ledger.aliases()
        self._said = [renamed(statement, known_as) for entry in entries for statement in entry.statements]

    def grouped_documents(
        self, doc_ids: Collection[str] | None = None
    ) -> Iterator[tuple[Document, str | None, str | None]]:
        """As the ledger, then the pages beside it."""
        yield from self._ledger.grouped_documents(doc_ids)
        for doc_id, document in self._read.items():
            if doc_ids is None or doc_id in doc_ids:
                yield document, None, None

    def families(self) -> Iterator[Family]:
        """As the ledger, with the pages beside it."""
        mine = self._families
        joined = {i for family in mine for i in family.doc_ids}
        for family in self._ledger.families():
            if joined.isdisjoint(family.doc_ids):
                yield family
        yield from mine

    def placed_statements(
        self,
        doc_id: str | None = None,
        ids: Collection[str] | None = None,
        kind: Kind | None = None,
        actors: Collection[str] | None = None,
        since: date | None = None,
        until: date | None = None,
    ) -> Iterator[tuple[Statement, str | None]]:
        """As the ledger, then those of the pages beside it, whatever their time."""
        yield from self._ledger.placed_statements(doc_id, ids, kind, actors, since, until)
        for one in self._voiced:
            wanted = doc_id in (None, one.doc_id) and kind in (None, one.kind)
            wanted &= ids is None or one.statement_id in ids
            if wanted and {*(actors or ())} <= one.ids() | one.states():
                yield one, self._fact_ids.get(one.statement_id)

    def facts(self, kind: Kind | None = None) -> Iterator[Fact]:
        """The facts as they would be."""
        for fact, _ in self.evidence(kind):
            yield fact

    def evidence(self, kind: Kind | None = None) -> Iterator[tuple[Fact, tuple[Statement, ...]]]:
        """The facts as they would be, each with its statements, the surest first."""
        for fact, said in (*self._old, *self._new):
            if kind is None or fact.kind == kind:
                yield fact, said

    def disagreements(self) -> Iterator[Disagreement]:
        """What would be told differently."""
        old = {fact.fact_id for fact, _ in self._old}
        yield from (one for one in self._ledger.disagreements() if one.fact_id in old)
        items = {s.statement_id: digest(s, self._documents) for _, every in self._new for s in every}
        yield from disagreements([fact for fact, _ in self._new], items)

    # --- worked out once -------------------------------------------------------------------------

    @cached_property
    def _touched(self) -> list[tuple[Fact, tuple[Statement, ...]]]:
        """The facts of the ledger that share an actor with the pages, or name none."""
        parts = frozenset(part for s in self._said for part in s.ids() | s.states())
        return [
            (fact, said)
            for fact, said in self._ledger.evidence()
            if any(not s.actors or not parts.isdisjoint(s.ids() | s.states()) for s in said)
        ]

    @cached_property
    def _documents(self) -> Mapping[str, Document]:
        """The pages, and those of the ledger that tell of the same actors."""
        named = {s.doc_id for _, said in self._touched for s in said}
        return {d.doc_id: d for d in self._ledger.documents(named)} | self._read

    @cached_property
    def _families(self) -> list[Family]:
        """The families of the pages, with their copies in the ledger."""
        shared = Counter(s.doc_id for _, said in self._touched for s in said)
        likely = sorted(shared, key=lambda i: (-shared[i], i))[:COPIES]
        bodies = {i: body(self._documents[i]) for i in (*likely, *self._read)}
        return [f for f in families(bodies.items()) if not self._read.keys().isdisjoint(f.doc_ids)]

    @cached_property
    def _voiced(self) -> list[Statement]:
        """What the pages say, each with its origin."""
        groups = {p.name: p.group for p in self._domain.publishers.values() if p.group}
        placed = [self._documents[i] for family in self._families for i in family.doc_ids]
        return in_order(voiced(self._said, origins(placed, self._families, groups)))

    @cached_property
    def _compared(self) -> tuple[list[tuple[Fact, tuple[Statement, ...]]], frozenset[str]]:
        """The facts that are made anew with the pages, and those of the ledger that they replace."""
        told = [s for _, said in self._touched for s in said] + self._voiced
        by_id = {s.statement_id: s for s in told}
        found = facts(told, self._documents, self._families, list(self._ledger.judgements()))
        mine = {s.statement_id for s in self._voiced}
        joined = {i for fact in found if not mine.isdisjoint(fact.statement_ids) for i in fact.statement_ids}
        gone = {f.fact_id: f for f, said in self._touched if any(s.statement_id in joined for s in said)}
        anew = joined | {i for fact in gone.values() for i in fact.statement_ids}
        made = [
            (fact, tuple(sorted((by_id[i] for i in fact.statement_ids), key=lambda s: -s.score)))
            for fact in found
            if not anew.isdisjoint(fact.statement_ids)
        ]
        return made, frozenset(gone)

    @property
    def _new(self) -> list[tuple[Fact, tuple[Statement, ...]]]:
        return self._compared[0]

    @cached_property
    def _old(self) -> list[tuple[Fact, tuple[Statement, ...]]]:
        return [one for one in self._ledger.evidence() if one[0].fact_id not in self._compared[1]]

    @cached_property
    def _fact_ids(self) -> Mapping[str, str]:
        return {i: fact.fact_id for fact, _ in self._new for i in fact.statement_ids}
