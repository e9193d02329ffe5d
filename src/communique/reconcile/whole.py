"""All of reconcile in its order: copies, voices, stories, days, facts, disagreements.

New pages, and those about which a person decided anew, are taken up; what they touch is made anew, by the
same rules as if all had come at once, so that the answer is that of all pages whatever their order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

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
from communique.reconcile import facts as saying
from communique.reconcile import families as copying
from communique.reconcile import stories as telling
from communique.reconcile.digests import Digest, digested, surfaces_of
from communique.reconcile.disagreements import disagreements
from communique.reconcile.facts import Decided
from communique.reconcile.judgements import corrected
from communique.reconcile.origins import origins, voiced
from communique.reconcile.publication_days import SURE, narrowed
from communique.reconcile.sisters import dated_by_sisters
from communique.reconcile.standing import Link, Node, Standing
from communique.reconcile.stories import StoryInput
from communique.text import labelled

RULES = 4
"""To be raised with every change of the rules by which is reconciled: ledgers are then reconciled anew."""

AT_ONCE = 2000
"""Statements whose facts are made in one go."""

REMEMBERED = 20_000
"""Statements kept ready for comparison: some kilobytes each."""


class Pages(Protocol):
    """What pages say, as they were read (actors that a person judged the same by one name)."""

    def documents(self, doc_ids: Collection[str]) -> dict[str, Document]:
        """The documents with these identifiers."""

    def statements_of(self, doc_ids: Collection[str]) -> list[Statement]:
        """All that these documents say."""

    def statements(self, statement_ids: Collection[str]) -> list[Statement]:
        """The statements with these identifiers."""


@dataclass(frozen=True)
class Ruling:
    """By what is reconciled besides what pages say.

    `publishers` gives the group of each publisher that belongs to one; with the `words` of dating, pages of
    a story bound each other's day of publication.
    """

    publishers: Mapping[str, str | None]
    judgements: Sequence[Judgement] = ()
    words: Dating | None = None


@dataclass
class Changes:
    """What is to be put in the place of what: of each noun what goes, by identifier, and what comes.

    `narrowed` has the day of publication of each page looked at that others bound more closely than it does
    itself, None where none do (any more); `origins` the voice of each statement that was looked at.
    """

    families_gone: set[str] = field(default_factory=set)
    families: list[Family] = field(default_factory=list)
    stories_gone: set[str] = field(default_factory=set)
    stories: list[Story] = field(default_factory=list)
    facts_gone: set[str] = field(default_factory=set)
    facts: list[Fact] = field(default_factory=list)
    disagreements: list[Disagreement] = field(default_factory=list)
    contexts: dict[str, Context] = field(default_factory=dict)
    narrowed: dict[str, Publication | None] = field(default_factory=dict)
    origins: dict[str, str] = field(default_factory=dict)


def take_up(
    pages: Pages, standing: Standing, ruling: Ruling, new: Collection[str], stirred: Collection[str] = ()
) -> Changes:
    """Reconciles new documents, and those about whose statements a person decided anew (`stirred`).

    The graphs of `standing` are brought up to date; everything else that changes is in the answer.
    """
    return _Taken(pages, standing, ruling).up({*new}, {*stirred} - {*new})


class _Taken:
    """One round of reconciling, step by step."""

    def __init__(self, pages: Pages, standing: Standing, ruling: Ruling) -> None:
        self.pages, self.standing, self.ruling = pages, standing, ruling
        self.decided = Decided(ruling.judgements)
        self.changes = Changes()
        self._documents: dict[str, Document] = {}
        self._contexts: dict[str, Context] = {}
        self._items: dict[str, Digest] = {}
        self._told: dict[str, list[Statement]] = {}

    def up(self, new: set[str], stirred: set[str]) -> Changes:
        families = self._families(new)
        touched = {*stirred, *(i for family in families for i in family.doc_ids)}
        stories = self._stories(families, stirred)
        dated = self._windows(stories, families, touched)
        self._facts(self._in_context(families, dated, touched, new | stirred), stirred)
        return self.changes

    # --- what is read ----------------------------------------------------------------------------

    def _read(self, doc_ids: Collection[str]) -> dict[str, Document]:
        missing = {*doc_ids} - self._documents.keys()
        if missing:
            self._documents |= self.pages.documents(missing)
        return {i: self._documents[i] for i in doc_ids if i in self._documents}

    def _bodies(self, doc_ids: Collection[str]) -> dict[str, str]:
        return {i: body(document) for i, document in self._read(doc_ids).items()}

    def _as_told(self, doc_ids: Collection[str]) -> list[Statement]:
        """All that documents say, read once."""
        missing = {*doc_ids} - self._told.keys()
        if missing:
            self._told |= {i: [] for i in missing}
            for statement in self.pages.statements_of(missing):
                self._told[statement.doc_id].append(statement)
        return [statement for i in doc_ids for statement in self._told[i]]

    def _said(self, doc_ids: Collection[str]) -> list[Statement]:
        return corrected(self._as_told(doc_ids), self.ruling.judgements)

    # --- families, stories, days -----------------------------------------------------------------

    def _families(self, new: set[str]) -> list[Family]:
        made = copying.regrouped(self.standing.copies, self._bodies(new), self._bodies)
        old = {f.family_id: f for f in self.standing.families([i for f in made for i in f.doc_ids])}
        self.changes.families_gone = {f.family_id for f in old.values()}
        self.changes.families = made
        return made

    def _stories(self, made: Sequence[Family], stirred: Collection[str]) -> list[Story]:
        """The stories that changed, and those of documents that did."""
        placed = {i for family in made for i in family.doc_ids}
        restless = self.standing.families({*stirred} - placed)
        fullest = {family.fullest for family in (*made, *restless)}
        of: defaultdict[str, list[Statement]] = defaultdict(list)
        for statement in self._said(fullest):
            of[statement.doc_id].append(statement)
        nodes = []
        for family in (*made, *restless):
            inputs = {
                i: _input(document, body(document) if i == family.fullest else "", of.get(i, ()))
                for i, document in self._read(family.doc_ids).items()
            }
            nodes.append(telling.node(family, inputs))
        gone = self.changes.families_gone - {family.family_id for family in made}
        found = telling.retold(self.standing.told, gone, nodes, {one.item for one in nodes})
        old = self.standing.stories([i for story in found for i in story.doc_ids])
        kept = {*found} & {*old}
        self.changes.stories_gone = {story.story_id for story in old if story not in kept}
        self.changes.stories = [story for story in found if story not in kept]
        touched = placed | {*stirred}
        return [s for s in found if s not in kept or not touched.isdisjoint(s.doc_ids)]

    def _windows(
        self, stories: Sequence[Story], made: Sequence[Family], touched: Collection[str]
    ) -> dict[str, Document]:
        """The documents of the stories, with the days that all pages of their story leave them."""
        found: dict[str, Document] = {}
        known = {i: family for family in made for i in family.doc_ids}
        for story in stories:
            documents = self._read(story.doc_ids)
            unsure = [i for i, document in documents.items() if not _is_sure(document)]
            said = in_order(self._said(documents)) if unsure and len(documents) > 1 else []
            others = self.standing.families([i for i in documents if i not in known])
            copies = {f.family_id: f for f in (*others, *(known[i] for i in documents if i in known))}
            words = self.ruling.words
            windows = narrowed(documents.values(), copies.values(), [story], said, words) if words else {}
            self.changes.narrowed |= {i: windows.get(i) for i in documents}
            dated = {i: replace(d, published=windows.get(i, d.published)) for i, d in documents.items()}
            found |= dated_by_sisters(dated, [story], said)
        return found

    def _in_context(
        self,
        families: Sequence[Family],
        dated: Mapping[str, Document],
        touched: Collection[str],
        asked: Collection[str],
    ) -> set[str]:
        """The documents whose statements are to be looked at anew; sets their contexts."""
        of = {i: family for family in families for i in family.doc_ids}
        before = self.standing.contexts({*dated, *touched})
        voices = origins(list(self._read(of).values()), families, self.ruling.publishers)
        for doc_id, document in dated.items():
            old = before.get(doc_id)
            family_id = of[doc_id].family_id if doc_id in of else old.family_id if old else doc_id
            origin = voices.get(doc_id, old.origin if old else "")
            published = document.published
            window = (published.earliest, published.latest) if published else None
            self._contexts[doc_id] = Context(family_id, origin, window)
        changed = {i for i, context in self._contexts.items() if before.get(i) != context}
        self.changes.contexts = {i: self._contexts[i] for i in changed}
        return changed | {*asked}

    # --- facts -----------------------------------------------------------------------------------

    def _facts(self, doc_ids: Collection[str], stirred: Collection[str]) -> None:
        every = self._as_told(doc_ids)
        said = self._voiced(every)
        pages = self._read(doc_ids)
        surfaces = {s.statement_id: surfaces_of(s, pages[s.doc_id].text) for s in said}
        items = self._digested(said, surfaces)
        self._items |= items
        new = {i: saying.node(item, self.decided) for i, item in items.items()}
        voices = {i: item.statement.origin for i, item in items.items()}
        if len(said) < len(every):  # what a person judged wrong has an origin, though no fact rests on it
            voices = {s.statement_id: s.origin for s in self._with_origin(every)} | voices
        self.changes.origins = {i: origin for i, origin in voices.items() if origin}
        gone = voices.keys() - items.keys()
        parts = saying.restated(self.standing.said, gone, new, self._digests, self.decided)
        ids = {i for part in parts for i in part}
        old = {fact.fact_id: fact for fact in self.standing.facts(ids | gone)}
        differing: defaultdict[str, list[Disagreement]] = defaultdict(list)
        for one in self.standing.disagreements(old):
            differing[one.fact_id].append(one)
        kept = set()
        for some in _portions(parts, AT_ONCE):
            made, differ = self._made(some)
            for fact in made:
                if old.get(fact.fact_id) == fact and differing[fact.fact_id] == differ[fact.fact_id]:
                    kept.add(fact.fact_id)
                else:
                    self.changes.facts.append(fact)
                    self.changes.disagreements += differ[fact.fact_id]
        self.changes.facts_gone = old.keys() - kept

    def _made(
        self, parts: Sequence[tuple[str, ...]]
    ) -> tuple[list[Fact], defaultdict[str, list[Disagreement]]]:
        graph, ids = self.standing.said, [i for part in parts for i in part]
        items = self._digests(graph.nodes(ids).values())
        place = {i: number for number, part in enumerate(parts) for i in part}
        links: defaultdict[int, list[Link]] = defaultdict(list)
        for link in graph.links([i for part in parts if len(part) > 1 for i in part]):
            links[place[link[0]]].append(link)
        made = [
            fact
            for number, part in enumerate(parts)
            for fact in saying.facts_of(part, links[number], items, self.decided, self._text)
        ]
        differ: defaultdict[str, list[Disagreement]] = defaultdict(list)
        for one in disagreements(made, items):
            differ[one.fact_id].append(one)
        return made, differ

    def _digests(self, nodes: Collection[Node]) -> dict[str, Digest]:
        if len(self._items) > REMEMBERED:
            self._items.clear()
        missing = {node.item: saying.glance(node).surfaces for node in nodes if node.item not in self._items}
        said = self.pages.statements(missing.keys()) if missing else []
        self._items |= self._digested(self._voiced(said), missing)
        return {node.item: self._items[node.item] for node in nodes}

    def _digested(
        self, said: Iterable[Statement], surfaces: Mapping[str, tuple[str, ...] | None]
    ) -> dict[str, Digest]:
        found = {}
        for one in said:
            context = self._contexts[one.doc_id]
            found[one.statement_id] = digested(
                one, surfaces[one.statement_id], context.window, context.family_id
            )
        return found

    def _text(self, doc_id: str) -> str:
        return self._read([doc_id])[doc_id].text

    def _voiced(self, said: Sequence[Statement]) -> list[Statement]:
        self._know({statement.doc_id for statement in said})
        return self._with_origin(corrected(said, self.ruling.judgements))

    def _with_origin(self, said: Iterable[Statement]) -> list[Statement]:
        return voiced(said, {i: context.origin for i, context in self._contexts.items()})

    def _know(self, doc_ids: Collection[str]) -> None:
        self._contexts |= self.standing.contexts({*doc_ids} - self._contexts.keys())


def _portions(parts: Iterable[tuple[str, ...]], most: int) -> Iterable[list[tuple[str, ...]]]:
    some: list[tuple[str, ...]] = []
    count = 0
    for part in parts:
        if some and count + len(part) > most:
            yield some
            some, count = [], 0
        some.append(part)
        count += len(part)
    if some:
        yield some


def _is_sure(document: Document) -> bool:
    published = document.published
    return published is not None and (published.latest - published.earliest).days < SURE


def body(document: Document) -> str:
    """The body of a document, region by region (all of the text if it has no regions)."""
    regions = labelled(document.regions, "body")
    if not document.regions:
        return document.text
    return "\n".join(document.text[region.start : region.end] for region in regions)


def _input(document: Document, text: str, said: Sequence[Statement]) -> StoryInput:
    published = document.published
    return StoryInput(
        doc_id=document.doc_id,
        title=document.title,
        body=text,
        published=(published.earliest, published.latest) if published else None,
        actors=frozenset(actor.id for statement in said for actor in statement.actors),
        days=frozenset(
            statement.when.earliest
            for statement in said
            if statement.kind == "event" and statement.when and statement.when.days == 1
        ),
    )
