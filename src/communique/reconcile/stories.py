"""Documents about one happening, found by words, names, actors, days and when they were published."""

from __future__ import annotations

import heapq
import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, TypeAlias

from communique.model import Family, Story, content_id
from communique.reconcile.graph import Bounds, update
from communique.reconcile.keys import key
from communique.reconcile.parting import Parting
from communique.reconcile.rarity import rarity
from communique.reconcile.standing import Graph, Node, Remembered
from communique.reconcile.terms import stem, weight, words

JOINED = 0.165
"""Mean likeness of two groups of documents of one part from which they are one story."""

ALIKE = 0.22
"""Likeness, by words that are rare at large, from which two documents are looked at together."""

APART = 10
"""Days between two publication windows beyond which two documents are not of one happening."""

BOUNDS = Bounds(most=8, several=2, parting=Parting(large=150, levels=(260, 300, 350, 400, 500, 600)))

_NAME = 2.0  # a capitalised word tells more than another
_ACTOR = 1.0
_DAY = 2.0
_RARITY = 2.25  # power of the inverse document frequency: happenings differ by their rare words
_RARE = 2.0  # power of the rarity at large
_PRIOR = 800  # pages that a part is thought to have besides its own, so that rarity means something
_FLOOR = 0.03  # likeness below which a pair is not kept
_COMMON = (0.1, 40, 150)  # a term in more than this share of documents (within bounds) blocks nothing
_TELLING = 16  # terms by which a document is found, the weightiest

Bag: TypeAlias = dict[str, float]
Window: TypeAlias = tuple[date, date]


@dataclass(frozen=True, slots=True)
class StoryInput:
    """What is known of one document when stories are made.

    `published` is its publication window; `actors` whom it names (identifiers), `days` the single days
    on which its events happen. All but the words may be empty.
    """

    doc_id: str
    title: str | None
    body: str
    published: Window | None = None
    actors: frozenset[str] = frozenset()
    days: frozenset[date] = field(default=frozenset())


def stories(documents: Sequence[StoryInput], families: Sequence[Family] = ()) -> list[Story]:
    """The stories of the documents; every document is in exactly one.

    Two steps. Documents alike by the words that are rare in print at large, and not published further apart
    than `APART` days, are looked at together. Among those, average-linkage clustering of tf-idf vectors
    (words, names, actors and event days are terms alike). Copies of one text count once. The answer does
    not depend on the order of the input.

    >>> a = StoryInput("a", "Frigate leaves", "The frigate Aurore left the yard for the bay.")
    >>> b = StoryInput("b", None, "The yard waved as the frigate Aurore sailed for the bay.")
    >>> c = StoryInput("c", None, "Ministers discussed copper prices.")
    >>> [story.doc_ids for story in stories([c, b, a])]
    [('a', 'b'), ('c',)]
    """
    known = {document.doc_id: document for document in documents}
    placed = {doc_id for family in families for doc_id in family.doc_ids}
    alone = [Family(doc_id, (doc_id,), doc_id) for doc_id in known if doc_id not in placed]
    new = [
        node(family, known) for family in (*families, *alone) if not known.keys().isdisjoint(family.doc_ids)
    ]
    return retold(Remembered(), (), new)


def retold(
    graph: Graph, gone: Iterable[str], new: Iterable[Node], stirred: Iterable[str] = ()
) -> list[Story]:
    """Takes families out of the graph and puts others in; the stories that are new or may have changed.

    With those of the families in `stirred`, in order. They hold every document that was in a story with one
    of them.
    """
    nodes = {one.item: one for one in new}
    parts = update(graph, {*gone} - nodes.keys(), nodes, _weights, BOUNDS, {*stirred})
    known = graph.nodes({item for part in parts for item in part})
    found = [story for part in parts for story in _of_part([_Told.of(known[item]) for item in part])]
    return sorted(found, key=lambda story: story.doc_ids)


def node(family: Family, documents: Mapping[str, StoryInput]) -> Node:
    """A family as what stories are made of."""
    members = [documents[i] for i in sorted(family.doc_ids) if i in documents]
    fullest = documents.get(family.fullest, members[0])
    bag = _bag(fullest, members)
    window = _window(members)
    first = _titled(members)
    told = {
        "ids": [member.doc_id for member in members],
        "window": window and [day.isoformat() for day in window],
        "title": first and first.title,
        "first": first and _moment(first),
        "bag": {term: round(value, 4) for term, value in sorted(bag.items())},
    }
    heaviest = sorted(bag, key=lambda term: (-bag[term] * _rare(term), term))[:_TELLING]
    spells = list(_spells(window))
    keys = {key("story", term, spell) for term in heaviest for spell in spells}
    keys |= {key("story", term, opens=(not spells,)) for term in heaviest}
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return Node(family.family_id, tuple(sorted(keys)), text)


def _spells(window: Window | None) -> Iterator[int]:
    """The spells, each of twice as many days as may lie between two pages, that a dated page falls into."""
    if window and (window[1] - window[0]).days <= APART:
        first, last = (day.toordinal() // APART for day in window)
        yield from range(first - 1, last + 1)


def _bag(fullest: StoryInput, members: Iterable[StoryInput]) -> Bag:
    counted: Counter[str] = Counter()
    named: Counter[str] = Counter()
    for word in words(f"{fullest.title or ''}\n{fullest.body}"):
        term = stem(word)
        counted[term] += 1
        named[term] += word[0].isupper()
    bag = {
        term: weight(term) * (1 + math.log(count + named[term] * (_NAME - 1)))
        for term, count in counted.items()
    }
    for member in members:
        bag.update((f"actor {actor}", _ACTOR) for actor in member.actors)
        bag.update((f"day {day}", _DAY) for day in member.days)
    return bag


# --- what may be one story ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Told:
    """A node read back: `ids` of its copies, when it appeared, its first title, its terms."""

    ids: tuple[str, ...]
    window: Window | None
    title: str | None
    first: Any
    bag: Bag

    @classmethod
    def of(cls, node: Node) -> _Told:
        told = json.loads(node.note)
        window = told["window"] and tuple(date.fromisoformat(day) for day in told["window"])
        return cls(tuple(told["ids"]), window, told["title"], told["first"], told["bag"])


@lru_cache(maxsize=50_000)
def _rare(term: str) -> float:
    return math.pow(rarity(term), _RARE)


def _weights(pairs: Sequence[tuple[Node, Node]]) -> Iterator[int]:
    told = {item: _Told.of(node) for item, node in {n.item: n for pair in pairs for n in pair}.items()}
    vectors = {
        item: _even({term: value * _rare(term) for term, value in one.bag.items()})
        for item, one in told.items()
    }
    for a, b in pairs:
        if _apart(told[a.item].window, told[b.item].window):
            yield 0
            continue
        small, large = sorted((vectors[a.item], vectors[b.item]), key=len)
        # Summed in one order whoever comes first: the last digit may decide.
        cosine = math.fsum(value * large[term] for term, value in small.items() if term in large)
        yield round(1000 * cosine) if cosine >= ALIKE else 0


def _even(vector: Bag) -> Bag:
    length = math.sqrt(math.fsum(value * value for value in vector.values())) or 1.0
    return {term: value / length for term, value in vector.items()}


# --- what is one story ----------------------------------------------------------------------------


def _of_part(told: Sequence[_Told]) -> Iterator[Story]:
    told = sorted(told, key=lambda one: one.ids)
    likeness = {
        (a, b): -1.0 if _apart(told[a].window, told[b].window) else value
        for (a, b), value in _alike(_vectors([one.bag for one in told])).items()
    }
    for cluster in _linked(len(told), likeness):
        ids = tuple(sorted(i for number in cluster for i in told[number].ids))
        titled = [told[number] for number in cluster if told[number].title]
        first = min(titled, key=lambda one: tuple(one.first), default=None)
        yield Story(content_id("story", ids[0]), ids, first.title if first else None)


def _vectors(bags: Sequence[dict[str, float]]) -> list[dict[str, float]]:
    frequency = Counter(term for bag in bags for term in bag)
    total = len(bags) + _PRIOR
    vectors = []
    for bag in bags:
        vector = {
            term: value * math.log(total / (frequency[term] + 0.5)) ** _RARITY
            for term, value in sorted(bag.items())
            if frequency[term] > 1  # what one document alone says makes it no less like the others
        }
        length = math.sqrt(sum(value * value for value in vector.values())) or 1.0
        vectors.append({term: value / length for term, value in vector.items()})
    return vectors


def _alike(vectors: Sequence[dict[str, float]]) -> dict[tuple[int, int], float]:
    """Cosines of the pairs that share a term that is not common."""
    postings: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    for position, vector in enumerate(vectors):
        for term, value in vector.items():
            postings[term].append((position, value))
    share, least, most = _COMMON
    limit = max(least, min(most, share * len(vectors)))
    likeness: defaultdict[tuple[int, int], float] = defaultdict(float)
    for term in sorted(postings):
        holders = postings[term]
        if 1 < len(holders) <= limit:
            for index, (a, value) in enumerate(holders):
                for b, other in holders[index + 1 :]:
                    likeness[a, b] += value * other
    return {pair: value for pair, value in likeness.items() if value >= _FLOOR}


def _window(members: Iterable[StoryInput]) -> tuple[date, date] | None:
    """The narrowest publication window among copies, the earliest of equals."""
    known = [member.published for member in members if member.published]
    return min(known, key=lambda window: (window[1] - window[0], window), default=None)


def _apart(a: tuple[date, date] | None, b: tuple[date, date] | None) -> bool:
    if a is None or b is None:
        return False
    return max((b[0] - a[1]).days, (a[0] - b[1]).days) > APART


def _linked(count: int, likeness: dict[tuple[int, int], float]) -> list[list[int]]:
    """Average-linkage clusters over sparse likenesses; a pair without one counts as nothing alike."""
    near: list[dict[int, float]] = [{} for _ in range(count)]
    for (a, b), value in likeness.items():
        near[a][b] = near[b][a] = value
    members = [[position] for position in range(count)]
    # Ties are broken by the smallest member, so that the answer is the same for any input order.
    heap = [(-value, a, b, 1, 1) for (a, b), value in likeness.items() if value >= JOINED]
    heapq.heapify(heap)
    while heap:
        _, a, b, size_a, size_b = heapq.heappop(heap)
        if len(members[a]) != size_a or len(members[b]) != size_b:
            continue  # one of the two has grown or gone since
        members[a] += members[b]
        members[b] = []
        del near[a][b]
        del near[b][a]
        for other, total in sorted(near[b].items()):
            near[a][other] = near[a].get(other, 0.0) + total
            near[other][a] = near[a][other]
            del near[other][b]
        near[b] = {}
        for other, total in near[a].items():
            mean = total / (len(members[a]) * len(members[other]))
            if mean >= JOINED:
                one, two = min(a, other), max(a, other)
                heapq.heappush(heap, (-mean, one, two, len(members[one]), len(members[two])))
    return [cluster for cluster in members if cluster]


def _moment(member: StoryInput) -> list[str]:
    """When it appeared and its identifier, in the order of time; the undated last."""
    days = [day.isoformat() for day in member.published] if member.published else ["9999-12-31"] * 2
    return ["~" if member.published is None else "", *days, member.doc_id]


def _titled(members: Iterable[StoryInput]) -> StoryInput | None:
    """The earliest document that has a title (of undated ones, the first by identifier)."""
    return min((member for member in members if member.title), key=_moment, default=None)
