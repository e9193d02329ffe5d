"""Statements that say the same thing, across pages and within one, made one fact with its origins."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import TypeAlias

from communique.model import Document, Fact, Family, Judgement, Statement, content_id
from communique.reconcile.clusters import gathered
from communique.reconcile.compare import Feature, explain, likeness
from communique.reconcile.digests import Digest, digest, with_offices
from communique.reconcile.fact_keys import fact_keys
from communique.reconcile.features import SAME
from communique.reconcile.glances import Glance
from communique.reconcile.graph import TOLD, Bounds, update
from communique.reconcile.judgements import corrected, pairs
from communique.reconcile.keys import key
from communique.reconcile.parting import Parting, leaders
from communique.reconcile.same_event import one_telling, overlap
from communique.reconcile.standing import Graph, Link, Node, Remembered
from communique.reconcile.summary import Texts, about, factuality_of, when_of

__all__ = ["Feature", "explain", "facts"]

SMALL = 24
"""Statements that are linked up to which all are gathered together."""

STRONG = 1200
"""Likeness, in thousandths, from which a statement goes with another that leads, where many are alike."""

BOUNDS = Bounds(
    most=5,
    several=2,
    parting=Parting(large=300, levels=(1300, 1450, 1600, 1800, 2100), small=SMALL, strong=STRONG),
)

ID = 16
"""Letters of a `content_id`, with which the note of a node begins."""

TOGETHER = 4000
"""Pairs that are compared in one go."""

Digests: TypeAlias = Callable[[Collection[Node]], Mapping[str, Digest]]
"""Gives the digests of the statements of nodes, by identifier."""


class Decided:
    """The pairs of statements that a person judged the same, and those judged different."""

    def __init__(self, judgements: Iterable[Judgement]) -> None:
        held = list(judgements)
        self.same = frozenset(pairs(held, "same"))
        self._different = frozenset(pairs(held, "different"))
        self._with: defaultdict[str, list[tuple[str, str, bool]]] = defaultdict(list)
        for same, found in ((True, self.same), (False, self._different)):
            for pair in sorted(found):
                for one in pair:
                    self._with[one].append((*pair, same))

    def __call__(self, a: Digest, b: Digest) -> bool:
        """Whether two statements were judged different."""
        one, other = a.statement_id, b.statement_id
        return (min(one, other), max(one, other)) in self._different

    def of(self, statement_id: str) -> Sequence[tuple[str, str, bool]]:
        """The pairs a statement is in, and whether they were judged the same."""
        return self._with.get(statement_id, ())

    def concerns(self, block: Iterable[str]) -> bool:
        """Whether any of some statements was judged at all."""
        return bool(self._with) and not self._with.keys().isdisjoint(block)


def facts(
    statements: Sequence[Statement],
    documents: Mapping[str, Document],
    families: Sequence[Family] = (),
    judgements: Sequence[Judgement] = (),
) -> list[Fact]:
    """The facts; every statement that no one judged wrong is in exactly one.

    Statements are compared only with those found by what they have in common (the parties and a rare word,
    an object, a week), so a new page costs no more in a large ledger. Planned and done versions of one event
    are one fact. The answer does not depend on the order of the input.
    """
    page = {doc_id: family.family_id for family in families for doc_id in family.doc_ids}
    items = {
        said.statement_id: replace(digest(said, documents), page=page.get(said.doc_id, said.doc_id))
        for said in corrected(statements, judgements)
    }
    decided, graph = Decided(judgements), Remembered()
    new = {i: node(item, decided) for i, item in items.items()}
    found = [
        fact
        for part in restated(graph, (), new, lambda _: items, decided)
        for fact in facts_of(part, graph.links(part), items, decided, lambda i: documents[i].text)
    ]
    return sorted(found, key=lambda fact: fact.fact_id)


def node(item: Digest, decided: Decided) -> Node:
    """A statement as what facts are made of; the note changes whenever its fact may."""
    judged = decided.of(item.statement_id)
    same = (key("judged", a, b, strong=True) for a, b, same in judged if same)
    told = content_id(repr(item.statement), item.page, item.published, judged)
    keys = tuple(dict.fromkeys((*fact_keys(item), *same)))
    return Node(item.statement_id, keys, told + Glance.of(item).told)


def glance(one: Node) -> Glance:
    """What is kept of a statement with its node."""
    return Glance.read(one.note[ID:])


def restated(
    graph: Graph,
    gone: Collection[str],
    new: Mapping[str, Node],
    digests: Digests,
    decided: Decided,
    stirred: Collection[str] = (),
) -> list[tuple[str, ...]]:
    """Takes statements out of the graph and puts others in; the parts whose facts are to be made anew."""

    def weigh(compared: Sequence[tuple[Node, Node]]) -> Iterator[int]:
        pairs = iter(compared)
        while some := list(islice(pairs, TOGETHER)):
            yield from _weights(some, digests, decided)

    return update(graph, gone, new, weigh, BOUNDS, stirred)


def _weights(compared: Sequence[tuple[Node, Node]], digests: Digests, decided: Decided) -> Iterator[int]:
    nodes = {one.item: one for pair in compared for one in pair}
    glances = {item: glance(one) for item, one in nodes.items()}

    def ruled_out(a: Node, b: Node) -> bool:
        return glances[a.item].rules_out(glances[b.item]) and (a.item, b.item) not in decided.same

    twins = [a.keys[0] == b.keys[0] for a, b in compared]
    asked = [not twin and not ruled_out(a, b) for twin, (a, b) in zip(twins, compared, strict=True)]
    wanted = {one.item for pair, wants in zip(compared, asked, strict=True) if wants for one in pair}
    items = digests([nodes[item] for item in sorted(wanted)])
    for (a, b), twin, wants in zip(compared, twins, asked, strict=True):
        yield TOLD if twin else _weight(items[a.item], items[b.item], decided) if wants else 0


def _weight(a: Digest, b: Digest, decided: Decided) -> int:
    if (min(a.statement_id, b.statement_id), max(a.statement_id, b.statement_id)) in decided.same:
        return TOLD
    if a.statement.kind == b.statement.kind == "event" and overlap(a, b) and one_telling(a, b):
        return TOLD
    alike = likeness(a, b)
    return round(1000 * alike) if alike is not None and alike >= SAME else 0


def facts_of(
    part: Sequence[str], links: Iterable[Link], items: Mapping[str, Digest], decided: Decided, texts: Texts
) -> list[Fact]:
    """The facts of one part of the graph; of the links only those within it count."""
    if len(part) == 1:
        alone = items[part[0]]
        return [_fact(_fact_id(alone, set()), [alone], texts)]
    apart = decided if decided.concerns(part) else None
    inside = {*part}
    links = [link for link in links if inside.issuperset(link[:2])]
    # Of many those that lead are gathered, unless a person judged any; the others go with them.
    many = len(part) > SMALL and not apart
    following = _followers(leaders(part, links, STRONG)) if many else {}
    blocks: defaultdict[tuple[object, ...], list[Digest]] = defaultdict(list)
    for item in with_offices(items[one] for one in following or part):
        blocks[item.block].append(item)
    clusters = [
        cluster
        for _, block in sorted(blocks.items(), key=lambda pair: repr(pair[0]))
        for cluster in gathered(block, links, apart)
    ]
    if following:
        clusters = [[items[one] for lead in c for one in following[lead.statement_id]] for c in clusters]
    joined = _joined(clusters, decided) if apart else clusters
    taken: set[str] = set()
    found = []
    for cluster in sorted((sorted(c, key=lambda item: item.order) for c in joined), key=lambda c: c[0].order):
        fact_id = _fact_id(cluster[0], taken)
        taken.add(fact_id)
        found.append(_fact(fact_id, cluster, texts))
    return found


def _followers(goes_with: Mapping[str, str]) -> dict[str, list[str]]:
    """Who goes with each leader, the leader among them."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for item, leader in goes_with.items():
        found[leader].append(item)
    return dict(found)


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


def _joined(clusters: list[list[Digest]], decided: Decided) -> list[list[Digest]]:
    """The clusters, with those made one that a person judged the same."""
    place = {d.statement_id: n for n, cluster in enumerate(clusters) for d in cluster}
    merged: list[list[Digest]] = [list(cluster) for cluster in clusters]
    for one, other in sorted({(a, b) for said in place for a, b, same in decided.of(said) if same}):
        a, b = place.get(one), place.get(other)
        if a is None or b is None or a == b:
            continue
        if any(decided(x, y) for x in merged[a] for y in merged[b]):
            continue
        a, b = min(a, b), max(a, b)
        for item in merged[b]:
            place[item.statement_id] = a
        merged[a] += merged[b]
        merged[b] = []
    return [cluster for cluster in merged if cluster]


def _fact(fact_id: str, ordered: Sequence[Digest], texts: Texts) -> Fact:
    said = [item.statement for item in ordered]
    types = Counter(statement.type for statement in said if statement.type)
    when = when_of(ordered)
    return Fact(
        fact_id=fact_id,
        kind=said[0].kind,
        type=min(types, key=lambda name: (-types[name], name), default=None),
        about=about(ordered, when, texts),
        statement_ids=tuple(item.statement_id for item in ordered),
        origins=tuple(sorted({s.origin or f"page {s.doc_id[:8]}" for s in said})),
        when=when,
        factuality=factuality_of(ordered, when),
    )
