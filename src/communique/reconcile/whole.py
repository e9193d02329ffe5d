"""All of reconcile in its order: copies, voices, stories, facts, disagreements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

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
from communique.reconcile.disagreements import disagreements
from communique.reconcile.facts import facts
from communique.reconcile.families import families
from communique.reconcile.judgements import corrected, latest
from communique.reconcile.origins import origins, voiced
from communique.reconcile.publication_days import narrowed
from communique.reconcile.sisters import dated_by_sisters
from communique.reconcile.stories import StoryInput, stories
from communique.text import labelled


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


def reconcile(
    documents: Sequence[Document],
    statements: Sequence[Statement],
    publishers: Mapping[str, str | None],
    judgements: Sequence[Judgement] = (),
    words: Dating | None = None,
) -> Reconciled:
    """Families, stories, facts and disagreements of all documents and their statements.

    `publishers` gives the group of each publisher that belongs to one; with the `words` of dating, pages
    of a story bound each other's day of publication. The answer is the same for any
    order of the input.
    """
    known = {document.doc_id: document for document in sorted(documents, key=lambda d: d.doc_id)}
    bodies = {doc_id: body(document) for doc_id, document in known.items()}
    copies = families(bodies.items())
    voices = origins(list(known.values()), copies, publishers)
    said = voiced(corrected(in_order(statements), judgements), voices)
    of: defaultdict[str, list[Statement]] = defaultdict(list)
    for statement in said:
        of[statement.doc_id].append(statement)
    told = stories([_input(d, bodies[i], of[i]) for i, d in known.items()], copies)
    windows = narrowed(known.values(), copies, told, said, words) if words is not None else {}
    known = {i: replace(d, published=windows.get(i, d.published)) for i, d in known.items()}
    dated = dated_by_sisters(known, told, said)
    found = facts(said, dated, copies, [j for j in latest(judgements) if j.verdict in ("same", "different")])
    by_id = {statement.statement_id: statement for statement in said}
    return Reconciled(
        families=tuple(copies),
        stories=tuple(told),
        facts=tuple(found),
        disagreements=tuple(disagreements(found, by_id, dated)),
        statements=tuple(said),
        origins=voices,
        narrowed=windows,
    )


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
