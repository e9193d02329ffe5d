"""A ledger as it stood at one moment, held in memory so that every page of it is quick."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cached_property

from communique.ledger.reading import Reader
from communique.model import (
    Actor,
    Disagreement,
    Document,
    Fact,
    Family,
    Judgement,
    Kind,
    Statement,
    Story,
)


class Snapshot(Reader):
    """Answers what views ask most from memory, and the rest from the ledger it was taken of."""

    def __init__(self, ledger: Reader) -> None:
        self.name, self.engine = ledger.name, ledger.engine

    @cached_property
    def _grouped(self) -> dict[str, tuple[Document, str | None, str | None]]:
        return {entry[0].doc_id: entry for entry in super().grouped_documents()}

    @cached_property
    def _told(self) -> tuple[tuple[Fact, tuple[Statement, ...]], ...]:
        return tuple(super().evidence())

    @cached_property
    def _facts(self) -> dict[str, Fact]:
        return {fact.fact_id: fact for fact, _ in self._told}

    @cached_property
    def _disagreements(self) -> tuple[Disagreement, ...]:
        return tuple(super().disagreements())

    @cached_property
    def _families(self) -> tuple[Family, ...]:
        return tuple(super().families())

    @cached_property
    def _stories(self) -> tuple[Story, ...]:
        return tuple(super().stories())

    @cached_property
    def _judgements(self) -> tuple[Judgement, ...]:
        return tuple(super().judgements())

    @cached_property
    def _aliases(self) -> dict[str, Actor]:
        return super().aliases()

    @cached_property
    def _counts(self) -> dict[str, int]:
        return super().counts()

    @cached_property
    def names(self) -> dict[str, str]:
        """The actors of the facts by identifier, with a name of each."""
        return {a.id: a.name for _, said in self._told for s in said for a in s.actors}

    def grouped_documents(
        self, doc_ids: Collection[str] | None = None
    ) -> Iterator[tuple[Document, str | None, str | None]]:
        """The documents (of `doc_ids`, where given), each with its family and its story."""
        for doc_id, entry in self._grouped.items():
            if doc_ids is None or doc_id in doc_ids:
                yield entry

    def evidence(self, kind: Kind | None = None) -> Iterator[tuple[Fact, tuple[Statement, ...]]]:
        """The facts by their time, each with its statements."""
        return (entry for entry in self._told if kind is None or entry[0].kind == kind)

    def disagreements(self) -> Iterator[Disagreement]:
        """What sources say differently."""
        return iter(self._disagreements)

    def families(self) -> Iterator[Family]:
        """Documents that carry the same text."""
        return iter(self._families)

    def stories(self) -> Iterator[Story]:
        """Documents about the same happening."""
        return iter(self._stories)

    def judgements(self) -> Iterator[Judgement]:
        """What persons decided, oldest first."""
        return iter(self._judgements)

    def aliases(self) -> dict[str, Actor]:
        """The actor that stands for each identifier that a person judged another's."""
        return self._aliases

    def counts(self) -> dict[str, int]:
        """How many there are of each noun."""
        return self._counts

    def fact(self, fact_id: str) -> Fact:
        """One fact. Raises `LedgerError` where there is none."""
        return self._facts[fact_id] if fact_id in self._facts else super().fact(fact_id)
