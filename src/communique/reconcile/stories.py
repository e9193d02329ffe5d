"""Documents about one happening, found by words, names, actors, days and when they were published."""

from __future__ import annotations

import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from communique.model import Family, Story, content_id
from communique.reconcile.terms import stem, weight, words

JOINED = 0.16
"""Mean likeness of two groups of documents from which they are one story."""

APART = 10
"""Days between two publication windows beyond which two documents are not of one happening."""

_NAME = 2.0  # a capitalised word tells more than another
_ACTOR = 1.0
_DAY = 2.0
_RARITY = 2.25  # power of the inverse document frequency: happenings differ by their rare words
_PRIOR = 800  # pages a small ledger is thought to have besides its own, so that rarity means something
_FLOOR = 0.03  # likeness below which a pair is not kept
_COMMON = (0.1, 40, 150)  # a term in more than this share of documents (within bounds) blocks nothing


@dataclass(frozen=True, slots=True)
class StoryInput:
    """What is known of one document when stories are made.

    `published` is its publication window; `actors` whom it names (identifiers), `days` the single days
    on which its events happen. All but the words may be empty.
    """

    doc_id: str
    title: str | None
    body: str
    published: tuple[date, date] | None = None
    actors: frozenset[str] = frozenset()
    days: frozenset[date] = field(default=frozenset())


def stories(documents: Sequence[StoryInput], families: Sequence[Family] = ()) -> list[Story]:
    """The stories of the documents; every document is in exactly one.

    Average-linkage clustering of tf-idf vectors (words, names, actors and event days are terms alike)
    over the pairs that share a rare term; documents published further apart than `APART` days repel
    each other. Copies of one text count once. The answer does not depend on the order of the input.

    >>> a = StoryInput("a", "Frigate leaves", "The frigate Aurore left the yard for the bay.")
    >>> b = StoryInput("b", None, "The yard waved as the frigate Aurore sailed for the bay.")
    >>> c = StoryInput("c", None, "Ministers discussed copper prices.")
    >>> [story.doc_ids for story in stories([c, b, a])]
    [('a', 'b'), ('c',)]
    """
    known = {document.doc_id: document for document in sorted(documents, key=lambda d: d.doc_id)}
    nodes = _nodes(known, families)
    vectors = _vectors([_bag(known[fullest], [known[i] for i in ids]) for fullest, ids in nodes])
    windows = [_window([known[i] for i in ids]) for _, ids in nodes]
    likeness = {
        (a, b): -1.0 if _apart(windows[a], windows[b]) else value for (a, b), value in _alike(vectors).items()
    }
    found = []
    for cluster in _linked(len(nodes), likeness):
        ids = tuple(sorted(i for node in cluster for i in nodes[node][1]))
        found.append(Story(content_id("story", ids[0]), ids, _title([known[i] for i in ids])))
    return sorted(found, key=lambda story: story.doc_ids)


def _nodes(known: dict[str, StoryInput], families: Sequence[Family]) -> list[tuple[str, list[str]]]:
    """Each family as (fullest member, members), and each document of no family alone."""
    placed: set[str] = set()
    nodes = []
    for family in sorted(families, key=lambda f: f.doc_ids):
        ids = [i for i in sorted(family.doc_ids) if i in known and i not in placed]
        if ids:
            placed.update(ids)
            nodes.append((family.fullest if family.fullest in ids else ids[0], ids))
    nodes.extend((i, [i]) for i in known if i not in placed)
    return sorted(nodes, key=lambda node: node[1])


def _bag(fullest: StoryInput, members: Iterable[StoryInput]) -> dict[str, float]:
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


def _title(members: Iterable[StoryInput]) -> str | None:
    """The title of the earliest document that has one (of undated ones, the first by identifier)."""
    titled = [m for m in members if m.title]
    first = min(
        titled,
        key=lambda m: (m.published is None, m.published or (date.max, date.max), m.doc_id),
        default=None,
    )
    return first.title if first else None
