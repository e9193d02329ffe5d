"""Statements that say the same thing, across pages and within one, made one fact with its origins."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from communique.model import Document, Fact, Family, Judgement, Statement, content_id
from communique.reconcile.clusters import gathered
from communique.reconcile.compare import Feature, explain
from communique.reconcile.digests import Digest, digest, with_offices
from communique.reconcile.judgements import corrected, pairs
from communique.reconcile.summary import about, factuality_of, when_of

__all__ = ["Feature", "explain", "facts"]


def facts(
    statements: Sequence[Statement],
    documents: Mapping[str, Document],
    families: Sequence[Family] = (),
    judgements: Sequence[Judgement] = (),
) -> list[Fact]:
    """The facts; every statement that no one judged wrong is in exactly one.

    Statements are compared only within a block (kind, and the parties, the office or the unit), so a new
    page costs what its own blocks cost. Planned and done versions of one event are one fact. The answer
    does not depend on the order of the input.
    """
    page = {doc_id: family.family_id for family in families for doc_id in family.doc_ids}
    said = corrected(statements, judgements)
    blocks: defaultdict[tuple[object, ...], dict[str, Digest]] = defaultdict(dict)
    for item in with_offices(digest(s, documents, page.get(s.doc_id)) for s in said):
        blocks[item.block][item.statement_id] = item
    apart = _Apart(pairs(judgements, "different"))
    clusters = [
        cluster
        for _, block in sorted(blocks.items(), key=lambda pair: repr(pair[0]))
        for cluster in gathered(list(block.values()), apart if apart.concerns(block) else None)
    ]
    joined = _joined(clusters, pairs(judgements, "same"), apart)
    taken: set[str] = set()
    found = []
    for cluster in sorted((sorted(c, key=lambda item: item.order) for c in joined), key=lambda c: c[0].order):
        fact_id = _fact_id(cluster[0], taken)
        taken.add(fact_id)
        found.append(_fact(fact_id, cluster, documents))
    return sorted(found, key=lambda fact: fact.fact_id)


def _fact_id(first: Digest, taken: set[str]) -> str:
    """A role or tie is named by what it is, any other fact by the statement said first.

    So pages that come later leave the name as it is.
    """
    if first.statement.kind in ("role", "tie"):
        thing = first.statement.object.id if first.statement.object else None
        fact_id = content_id("fact", first.block, thing)
        if fact_id not in taken:
            return fact_id
    return content_id("fact", first.statement_id)


class _Apart:
    """The pairs a person judged different."""

    def __init__(self, forbidden: Iterable[tuple[str, str]]) -> None:
        self._forbidden = frozenset(forbidden)
        self._named = frozenset(identifier for pair in self._forbidden for identifier in pair)

    def concerns(self, block: Iterable[str]) -> bool:
        return bool(self._named) and not self._named.isdisjoint(block)

    def __call__(self, a: Digest, b: Digest) -> bool:
        one, other = a.statement_id, b.statement_id
        return (min(one, other), max(one, other)) in self._forbidden


def _joined(
    clusters: list[list[Digest]], same: Sequence[tuple[str, str]], apart: _Apart
) -> list[list[Digest]]:
    """The clusters, with those made one that a person judged the same."""
    if not same:
        return clusters
    place = {d.statement_id: n for n, cluster in enumerate(clusters) for d in cluster}
    merged: list[list[Digest]] = [list(cluster) for cluster in clusters]
    for one, other in sorted(same):
        a, b = place.get(one), place.get(other)
        if a is None or b is None or a == b:
            continue
        if any(apart(x, y) for x in merged[a] for y in merged[b]):
            continue
        a, b = min(a, b), max(a, b)
        for item in merged[b]:
            place[item.statement_id] = a
        merged[a] += merged[b]
        merged[b] = []
    return [cluster for cluster in merged if cluster]


def _fact(fact_id: str, ordered: Sequence[Digest], documents: Mapping[str, Document]) -> Fact:
    said = [item.statement for item in ordered]
    types = Counter(statement.type for statement in said if statement.type)
    when = when_of(ordered)
    return Fact(
        fact_id=fact_id,
        kind=said[0].kind,
        type=min(types, key=lambda name: (-types[name], name), default=None),
        about=about(ordered, when, documents),
        statement_ids=tuple(item.statement_id for item in ordered),
        origins=tuple(sorted({s.origin or f"page {s.doc_id[:8]}" for s in said})),
        when=when,
        factuality=factuality_of(ordered, when),
    )
