"""Keeps a graph of what is like what true while nodes come, go and change, at a cost that does not grow.

Two nodes are looked at if they share a key of which one of them is among the first `most` holders; the order
is that of their identifiers, which are hashes, so the first are a fair sample, whoever came first. So a key
that thousands hold still leads a newcomer to a few of them, and through them to all they are like. The links
that result depend on the set of nodes alone, not on the order in which they came.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from communique.reconcile.standing import Graph, Link, Node

Weigh: TypeAlias = Callable[[Sequence[tuple[Node, Node]]], Iterable[int]]
"""How alike the nodes of each pair are, in thousandths; 0: not linked. A function of the two nodes alone."""

TOLD = 1_000_000
"""Weight of a link that nothing loosens."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """`most` holders of a key that are looked at by all; a component of more than `large` nodes is parted.

    Parting leaves out the weakest links, those below the first of `levels`, then below the next, until no
    part is larger or there is no further level.
    """

    most: int
    large: int
    levels: tuple[int, ...]


def update(
    graph: Graph,
    gone: Collection[str],
    new: Mapping[str, Node],
    weigh: Weigh,
    bounds: Bounds,
    stirred: Collection[str] = (),
) -> list[tuple[str, ...]]:
    """Takes nodes out, puts new or changed ones in, and returns each part that is no longer as it was.

    A part is the nodes, in order, that are to be looked at together; those of `stirred` nodes are returned
    whether or not they changed. Together they hold every node that was in a part with one of them.
    """
    old = graph.nodes({*gone, *new})
    changed = {item: node for item, node in new.items() if old.get(item) != node}
    leaving = {item: node for item, node in old.items() if item in changed or item not in new}
    placed = graph.placed({*leaving, *stirred})
    restless = {*changed, *(item for item in placed if item not in leaving)}
    touched = {component for component, _ in placed.values()}
    lessened = {placed[item][1] for item in leaving}

    before, after = _exchange(graph, leaving, changed, bounds.most)
    stayed = {key: set(held) - leaving.keys() for key, held in before.items()}
    entered = {
        key: set(held) - stayed.get(key, set()) for key, held in after.items() if len(held) == bounds.most
    }
    left = {key: items for key, held in stayed.items() if (items := held.difference(after.get(key, ())))}
    ends = _loosened(graph, left, bounds.most)
    ends |= _tied(graph, changed, entered, after, weigh)
    restless |= ends
    touched |= {component for component, _ in graph.placed(ends).values()}
    return _parted(graph, touched, restless, lessened, bounds)


def _exchange(
    graph: Graph, leaving: Mapping[str, Node], changed: Mapping[str, Node], most: int
) -> tuple[dict[int, list[str]], dict[int, list[str]]]:
    """Puts the changed nodes in the place of those that leave; the first holders of keys then and now."""
    out: defaultdict[int, set[str]] = defaultdict(set)
    into: defaultdict[int, list[str]] = defaultdict(list)
    for item, node in leaving.items():
        for key in node.keys:
            out[key].add(item)
    for item in sorted(changed):
        for key in changed[item].keys:
            into[key].append(item)
    before = graph.first({*out, *into}, most)
    graph.drop(leaving)
    graph.put(changed.values())
    after: dict[int, list[str]] = {}
    asked = []
    for key in {*out, *into}:
        held, coming, going = before.get(key), into.get(key, []), out.get(key)
        if held is None:
            after[key] = coming[:most]
        elif going is None:
            after[key] = sorted((*held, *coming))[:most]
        elif len(held) < most or (going - {*coming}).isdisjoint(held):
            after[key] = sorted({*held} - going | {*coming})[:most]
        else:
            asked.append(key)  # someone moves up whom we do not know
    return before, after | graph.first(asked, most)


def _loosened(graph: Graph, left: Mapping[int, Collection[str]], most: int) -> set[str]:
    """Removes the links of those no longer among the first, where no other key leads to them; their ends."""
    moved = {item for items in left.values() for item in items}
    if not moved:
        return set()
    links = graph.links(moved)
    known = graph.nodes({end for a, b, _ in links for end in (a, b)})
    holds = {item: frozenset(node.keys) for item, node in known.items()}
    doubted = []
    for a, b, weight in links:
        shared = holds[a] & holds[b]
        if any(a in left.get(key, ()) or b in left.get(key, ()) for key in shared):
            doubted.append((a, b, weight, shared))
    first = graph.first({key for *_, shared in doubted for key in shared}, most)
    lost = [
        (a, b, weight)
        for a, b, weight, shared in doubted
        if not any(a in first[key] or b in first[key] for key in shared)
    ]
    graph.unlink(lost)
    return {end for a, b, _ in lost for end in (a, b)}


def _tied(
    graph: Graph,
    changed: Mapping[str, Node],
    entered: Mapping[int, Collection[str]],
    after: Mapping[int, Sequence[str]],
    weigh: Weigh,
) -> set[str]:
    """Links what may now be looked at together and is alike; the ends of the new links."""
    pairs: set[tuple[str, str]] = set()
    for item, node in changed.items():
        for key in node.keys:
            if (held := after[key]) != [item]:
                pairs.update((item, other) if item < other else (other, item) for other in held)
    # The others of a key that many hold are led to those that entered as well.
    for key, held in graph.holders([key for key, items in entered.items() if items]).items():
        pairs.update(
            (item, other) if item < other else (other, item) for item in entered[key] for other in held
        )
    pairs = {(a, b) for a, b in pairs if a != b}
    known = {**changed, **graph.nodes({end for pair in pairs for end in pair} - changed.keys())}
    # Between nodes that stay as they are a link may be there already.
    unchanged = {end for pair in pairs if changed.keys().isdisjoint(pair) for end in pair}
    there = {(a, b) for a, b, _ in graph.links(unchanged)}
    asked = sorted(pairs - there)
    weights = weigh([(known[a], known[b]) for a, b in asked])
    links = [(a, b, weight) for (a, b), weight in zip(asked, weights, strict=True) if weight > 0]
    graph.link(links)
    return {end for a, b, _ in links for end in (a, b)}


def _parted(
    graph: Graph, touched: set[str], restless: Collection[str], lessened: Collection[str], bounds: Bounds
) -> list[tuple[str, ...]]:
    """The components that were touched anew, and of their parts those that are not as they were."""
    old = graph.members(touched)
    items = old.keys() | set(restless)
    links = graph.links(items)
    sizes: defaultdict[str, int] = defaultdict(int)
    for _, name in old.values():
        sizes[name] += 1
    found: list[tuple[str, ...]] = []
    places: dict[str, tuple[str, str]] = {}
    for component, mine in _pieces(items, links):
        for part in parted(component, mine, bounds):
            places |= dict.fromkeys(part, (component[0], part[0]))
            as_it_was = (
                sizes.get(part[0]) == len(part)
                and part[0] not in lessened
                and all(item in old and old[item][1] == part[0] and item not in restless for item in part)
            )
            if not as_it_was:
                found.append(part)
    graph.place({item: place for item, place in places.items() if old.get(item) != place})
    return sorted(found)


def parted(component: Sequence[str], links: Sequence[Link], bounds: Bounds) -> list[tuple[str, ...]]:
    """A component in parts no larger than may be, as far as leaving out weak links goes."""
    parts = [(tuple(component), links)]
    for level in bounds.levels:
        if all(len(part) <= bounds.large for part, _ in parts):
            break
        parts = [
            piece
            for part, mine in parts
            for piece in ([(part, mine)] if len(part) <= bounds.large else _pieces(part, _from(level, mine)))
        ]
    return [part for part, _ in parts]


def _from(level: int, links: Iterable[Link]) -> list[Link]:
    return [link for link in links if link[2] >= level]


def _pieces(items: Iterable[str], links: Sequence[Link]) -> list[tuple[tuple[str, ...], Sequence[Link]]]:
    """The connected nodes with their links."""
    found = components(items, links)
    place = {item: number for number, piece in enumerate(found) for item in piece}
    mine: defaultdict[int, list[Link]] = defaultdict(list)
    for link in links:
        mine[place[link[0]]].append(link)
    return [(piece, mine[number]) for number, piece in enumerate(found)]


def components(items: Iterable[str], links: Iterable[Link]) -> list[tuple[str, ...]]:
    """The connected nodes, each component in order, named by its first.

    >>> components(["c", "a", "b"], [("a", "c", 7)])
    [('a', 'c'), ('b',)]
    """
    root = {item: item for item in items}

    def of(item: str) -> str:
        while root[item] != item:
            root[item] = root[root[item]]
            item = root[item]
        return item

    for a, b, _ in links:
        one, other = sorted((of(a), of(b)))
        root[other] = one
    found: defaultdict[str, list[str]] = defaultdict(list)
    for item in sorted(root):
        found[of(item)].append(item)
    return [tuple(members) for members in found.values()]
