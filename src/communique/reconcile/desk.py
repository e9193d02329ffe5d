"""Reconciles pages that are in memory, all at once or round by round; what is made of them is kept there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from communique.domain.lexicon.dating import Dating
from communique.model import (
    Disagreement,
    Document,
    Fact,
    Family,
    Judgement,
    Publication,
    Statement,
    Story,
    in_order,
)
from communique.model.standing import Context
from communique.reconcile.judgements import corrected
from communique.reconcile.origins import voiced
from communique.reconcile.standing import Remembered
from communique.reconcile.whole import Changes, Ruling, take_up


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What holds across pages; `statements` have their origin, and lack those judged wrong."""

    families: tuple[Family, ...]
    stories: tuple[Story, ...]
    facts: tuple[Fact, ...]
    disagreements: tuple[Disagreement, ...]
    statements: tuple[Statement, ...]
    origins: Mapping[str, str]
    narrowed: Mapping[str, Publication]


class Desk:
    """Pages and what was made of them, in memory; `put` adds pages, `keep` what `take_up` gave."""

    def __init__(self) -> None:
        self.copies, self.told, self.said = Remembered(), Remembered(), Remembered()
        self._pages: dict[str, Document] = {}
        self._statements: dict[str, Statement] = {}
        self._of: defaultdict[str, list[Statement]] = defaultdict(list)
        self._families: dict[str, Family] = {}
        self._stories: dict[str, Story] = {}
        self._facts: dict[str, Fact] = {}
        self._contexts: dict[str, Context] = {}
        self._narrowed: dict[str, Publication] = {}
        self._disagreements: defaultdict[str, list[Disagreement]] = defaultdict(list)

    def put(self, documents: Iterable[Document], statements: Iterable[Statement]) -> None:
        """Adds documents and what they say."""
        self._pages |= {document.doc_id: document for document in documents}
        for statement in statements:
            self._statements[statement.statement_id] = statement
            self._of[statement.doc_id].append(statement)

    def documents(self, doc_ids: Collection[str]) -> dict[str, Document]:
        return {i: self._pages[i] for i in doc_ids if i in self._pages}

    def statements_of(self, doc_ids: Collection[str]) -> list[Statement]:
        return [statement for i in doc_ids for statement in self._of.get(i, ())]

    def statements(self, statement_ids: Collection[str]) -> list[Statement]:
        return [self._statements[i] for i in statement_ids if i in self._statements]

    def families(self, doc_ids: Collection[str]) -> list[Family]:
        asked = {*doc_ids}
        return [family for family in self._families.values() if not asked.isdisjoint(family.doc_ids)]

    def stories(self, doc_ids: Collection[str]) -> list[Story]:
        asked = {*doc_ids}
        return [story for story in self._stories.values() if not asked.isdisjoint(story.doc_ids)]

    def contexts(self, doc_ids: Collection[str]) -> dict[str, Context]:
        return {i: self._contexts[i] for i in doc_ids if i in self._contexts}

    def facts(self, statement_ids: Collection[str]) -> list[Fact]:
        asked = {*statement_ids}
        return [fact for fact in self._facts.values() if not asked.isdisjoint(fact.statement_ids)]

    def disagreements(self, fact_ids: Collection[str]) -> list[Disagreement]:
        return [one for i in sorted(fact_ids) for one in self._disagreements.get(i, ())]

    def keep(self, changes: Changes) -> None:
        """Puts what comes in the place of what goes."""
        for family_id in changes.families_gone:
            del self._families[family_id]
        for story_id in changes.stories_gone:
            del self._stories[story_id]
        for fact_id in changes.facts_gone:
            del self._facts[fact_id]
            self._disagreements.pop(fact_id, None)
        self._families |= {family.family_id: family for family in changes.families}
        self._stories |= {story.story_id: story for story in changes.stories}
        self._facts |= {fact.fact_id: fact for fact in changes.facts}
        for one in changes.disagreements:
            self._disagreements[one.fact_id].append(one)
        self._contexts |= changes.contexts
        for doc_id, window in changes.narrowed.items():
            if window is None:
                self._narrowed.pop(doc_id, None)
            else:
                self._narrowed[doc_id] = window

    def reconciled(self, judgements: Sequence[Judgement]) -> Reconciled:
        """All that was made."""
        voices = {i: context.origin for i, context in sorted(self._contexts.items())}
        every = in_order(self._statements.values())
        return Reconciled(
            families=tuple(sorted(self._families.values(), key=lambda family: family.doc_ids)),
            stories=tuple(sorted(self._stories.values(), key=lambda story: story.doc_ids)),
            facts=tuple(fact for _, fact in sorted(self._facts.items())),
            disagreements=tuple(self.disagreements(self._facts)),
            statements=tuple(voiced(corrected(every, judgements), voices)),
            origins=voices,
            narrowed=dict(sorted(self._narrowed.items())),
        )


def reconcile(
    documents: Sequence[Document],
    statements: Sequence[Statement],
    publishers: Mapping[str, str | None],
    judgements: Sequence[Judgement] = (),
    words: Dating | None = None,
) -> Reconciled:
    """Families, stories, facts and disagreements of all documents and their statements, from nothing.

    The answer is the same for any order of the input, and that of any number of rounds of `take_up`.
    """
    desk = Desk()
    desk.put(documents, statements)
    ruling = Ruling(publishers, judgements, words)
    desk.keep(take_up(desk, desk, ruling, [document.doc_id for document in documents]))
    return desk.reconciled(judgements)
