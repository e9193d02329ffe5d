"""A ledger as it could be known on a day: only what pages surely published by then say."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date
from functools import cached_property

from communique.errors import LedgerError
from communique.ledger.reading import Reader
from communique.model import Disagreement, Document, Fact, Family, Kind, Statement, Story
from communique.reconcile.digests import digest
from communique.reconcile.disagreements import disagreements
from communique.reconcile.summary import about, factuality_of, when_of
from communique.views.wording import counted
from communique.views.wording import day as in_words


class AsKnown(Reader):
    """The questions of a ledger, answered as of the end of a day.

    A page counts once the last day on which it may have appeared is over: one that may be later, or is
    undated, is left out, unless it is one of `always`. Facts keep their identifiers; what they hold is
    worked out from the pages that count. What people decided holds whenever they decided it.
    """

    def __init__(self, ledger: Reader, day: date, always: Collection[str] = ()) -> None:
        self.engine, self.name = ledger.engine, ledger.name
        self._ledger, self.day, self._always = ledger, day, frozenset(always)
        self._in_part: set[str] = set()

    @cached_property
    def _documents(self) -> dict[str, Document]:
        return {
            d.doc_id: d
            for d in self._ledger.documents()
            if d.doc_id in self._always or (d.published and d.published.latest <= self.day)
        }

    @cached_property
    def later(self) -> tuple[Document, ...]:
        """The pages surely published after the day."""
        return tuple(d for d in self._others if d.published and d.published.earliest > self.day)

    @cached_property
    def unsure(self) -> tuple[Document, ...]:
        """The pages that may have been published after it, or are undated."""
        return tuple(d for d in self._others if not d.published or d.published.earliest <= self.day)

    @cached_property
    def _others(self) -> list[Document]:
        every = (d for d in self._ledger.documents() if d.doc_id not in self._documents)
        return sorted(every, key=lambda d: d.path)

    @property
    def left_out(self) -> str:
        """One line on the pages that are left out because they are or may be later."""
        parts = [f"{counted(len(self.later), 'later page')} left out"] if self.later else []
        if self.unsure:
            shown = ", ".join(d.path for d in self.unsure[:3])
            more = f" and {len(self.unsure) - 3:,} more" if len(self.unsure) > 3 else ""
            parts.append(f"{counted(len(self.unsure), 'page')} left out that may be later: {shown}{more}")
        told = "; ".join(parts) or "all pages are of that day or before"
        return f"as known on {in_words(self.day)}: {told}"

    def grouped_documents(
        self, doc_ids: Collection[str] | None = None
    ) -> Iterator[tuple[Document, str | None, str | None]]:
        """As the ledger, without pages of later."""
        for one in self._ledger.grouped_documents(doc_ids):
            if one[0].doc_id in self._documents:
                yield one

    def placed_statements(
        self,
        doc_id: str | None = None,
        ids: Collection[str] | None = None,
        kind: Kind | None = None,
        actors: Collection[str] | None = None,
        since: date | None = None,
        until: date | None = None,
    ) -> Iterator[tuple[Statement, str | None]]:
        """As the ledger, without those of later pages."""
        for one in self._ledger.placed_statements(doc_id, ids, kind, actors, since, until):
            if one[0].doc_id in self._documents:
                yield one

    def families(self) -> Iterator[Family]:
        """As the ledger, with the members known."""
        for one in self._ledger.families():
            members = tuple(i for i in one.doc_ids if i in self._documents)
            if members:
                fullest = min(members, key=lambda i: (i != one.fullest, -len(self._documents[i].text), i))
                yield replace(one, doc_ids=members, fullest=fullest)

    def stories(self) -> Iterator[Story]:
        """As the ledger, with the members known."""
        for one in self._ledger.stories():
            if members := tuple(i for i in one.doc_ids if i in self._documents):
                yield replace(one, doc_ids=members)

    def facts(self, kind: Kind | None = None) -> Iterator[Fact]:
        """As the ledger, with what was known of them."""
        for fact, _ in self.evidence(kind):
            yield fact

    def fact(self, fact_id: str) -> Fact:
        """One fact. Raises `LedgerError` where nothing was known of it."""
        if fact_id in self._evidence:
            return self._evidence[fact_id][0]
        raise LedgerError(f"{self.name}: nothing was known of fact {fact_id} on {self.day.isoformat()}")

    def fact_of(self, statement_id: str) -> Fact | None:
        """The fact a statement belongs to."""
        found = self._ledger.fact_of(statement_id)
        return self._evidence[found.fact_id][0] if found and found.fact_id in self._evidence else None

    def evidence(self, kind: Kind | None = None) -> Iterator[tuple[Fact, tuple[Statement, ...]]]:
        """The facts as far as known, each with its statements; by time."""
        for fact, said in self._evidence.values():
            if kind is None or fact.kind == kind:
                yield fact, said

    @cached_property
    def _evidence(self) -> dict[str, tuple[Fact, tuple[Statement, ...]]]:
        found = []
        for fact, said in self._ledger.evidence():
            known = tuple(s for s in said if s.doc_id in self._documents)
            if known:
                found.append((fact if len(known) == len(said) else self._part(fact, known), known))
                if len(known) < len(said):
                    self._in_part.add(fact.fact_id)
        found.sort(key=lambda one: one[0].when.earliest if one[0].when else date.max)
        return {fact.fact_id: (fact, said) for fact, said in found}

    def _part(self, fact: Fact, said: tuple[Statement, ...]) -> Fact:
        known = sorted((digest(s, self._documents) for s in said), key=lambda one: one.order)
        when = when_of(known)
        return replace(
            fact,
            about=about(known, when, lambda doc_id: self._documents[doc_id].text),
            statement_ids=tuple(one.statement_id for one in known),
            origins=tuple(sorted({s.origin or f"page {s.doc_id[:8]}" for s in said})),
            when=when,
            factuality=factuality_of(known, when),
        )

    def disagreements(self) -> Iterator[Disagreement]:
        """What was known to be told differently: as the ledger has it, anew for facts known in part."""
        for one in self._ledger.disagreements():
            if one.fact_id in self._evidence and one.fact_id not in self._in_part:
                yield one
        parts = [self._evidence[fact_id] for fact_id in sorted(self._in_part)]
        items = {s.statement_id: digest(s, self._documents) for _, said in parts for s in said}
        yield from disagreements([fact for fact, _ in parts], items)
