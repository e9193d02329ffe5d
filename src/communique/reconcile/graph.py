"""Keeps a graph of what is like what true while nodes come, go and change, at a cost that does not grow.

One of two nodes is led to the other by a key that they share if it is among the first `most` holders; the
order is that of their identifiers, which are hashes, so the first are a fair sample, whoever came first. So a
key that thousands hold still leads a newcomer to a few of them, and through them to all they are like. Two
are looked at if a strong key leads to one of them, or several weak ones do. The links that result depend on
the set of nodes alone, not on the order in which they came.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from communique.reconcile.keys import is_strong, met_by
from communique.reconcile.parting import Parting, parted, pieces
from communique.reconcile.standing import Graph, Node

Weigh: TypeAlias = Callable[[Sequence[tuple[Node, Node]]], Iterable[int]]
"""How alike the nodes of each pair are, in thousandths; 0: not linked. A function of the two nodes alone."""

TOLD = 1_000_000
"""Weight of a link that nothing loosens."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """`most` holders of a key lead to it; it takes a strong key or `several` weak ones to look at a pair."""

    most: int
    several: int
    parting: Parting


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
    left = {key: items for key, held in stayed.items() if (items := held.difference(after.get(key, ())))}
    entered = {item for key, held in after.items() for item in set(held) - stayed.get(key, set())}
    leads = _Leads(graph, bounds, after)
    ends = _loosened(graph, left, leads)
    ends |= _tied(graph, changed, graph.nodes(entered - changed.keys()), leads, weigh)
    restless |= ends
    touched |= {component for component, _ in graph.placed(ends).values()}
    return _parted(graph, touched, restless, lessened, bounds.parting)


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


class _Leads:
    """Who is led to whom by the keys they hold, once all nodes are in their place."""

    def __init__(self, graph: Graph, bounds: Bounds, first: Mapping[int, Sequence[str]]) -> None:
        self._graph, self._bounds = graph, bounds
        self._first: dict[int, frozenset[str]] = {one: frozenset(held) for one, held in first.items()}

    def know(self, keys: Iterable[int]) -> None:
        """Asks for the first holders of keys."""
        missing = {*keys} - self._first.keys()
        self._first |= dict.fromkeys(missing, frozenset())
        self._first |= {
            one: frozenset(held) for one, held in self._graph.first(missing, self._bounds.most).items()
        }

    def enough(self, pairs: Iterable[tuple[Node, Node]]) -> list[bool]:
        """Whether the keys of each pair lead from one to the other."""
        meeting = []
        for a, b in pairs:
            theirs = frozenset(b.keys)
            shared = [(one, other) for one in a.keys for other in met_by(one) if other in theirs]
            meeting.append((a.item, b.item, shared))
        self.know(key for *_, shared in meeting for both in shared for key in both)
        return [
            self._bounds.several
            <= sum(self._worth(x) for x, y in shared if a in self._first[x] or b in self._first[y])
            for a, b, shared in meeting
        ]

    def pairs(self, nodes: Mapping[str, Node]) -> set[tuple[str, str]]:
        """The pairs that are to be looked at and of which one is among these nodes, each in order."""
        self.know(key for node in nodes.values() for one in node.keys for key in (one, *met_by(one)))
        crowded = {
            other
            for node in nodes.values()
            for one in node.keys
            if node.item in self._first[one]
            for other in met_by(one)
            if len(self._first[other]) == self._bounds.most
        }
        every = self._graph.holders(crowded)
        found = set()
        for node in nodes.values():
            count: Counter[str] = Counter()
            for one in node.keys:
                worth, leading = self._worth(one), node.item in self._first[one]
                for other in met_by(one):
                    for item in every[other] if leading and other in crowded else self._first[other]:
                        count[item] += worth
            del count[node.item]
            found |= {
                (node.item, item) if node.item < item else (item, node.item)
                for item, leads in count.items()
                if leads >= self._bounds.several
            }
        return found

    def _worth(self, one: int) -> int:
        return self._bounds.several if is_strong(one) else 1


def _loosened(graph: Graph, left: Mapping[int, Collection[str]], leads: _Leads) -> set[str]:
    """Removes the links of those no longer among the first, where other keys do not do; their ends."""
    moved = {item for items in left.values() for item in items}
    if not moved:
        return set()
    linked = graph.linked(moved)
    known = graph.nodes({end for pair in linked for end in pair})
    holds = {item: frozenset(node.keys) for item, node in known.items()}
    doubted = [
        (one, other)
        for one, other in linked
        if any(
            key in left and item in left[key] and not holds[end].isdisjoint(met_by(key))
            for item, end in ((one, other), (other, one))
            if item in moved
            for key in known[item].keys
        )
    ]
    held = leads.enough([(known[one], known[other]) for one, other in doubted])
    lost = [pair for pair, holding in zip(doubted, held, strict=True) if not holding]
    graph.unlink(lost)
    return {end for pair in lost for end in pair}


def _tied(
    graph: Graph, changed: Mapping[str, Node], entered: Mapping[str, Node], leads: _Leads, weigh: Weigh
) -> set[str]:
    """Links what may now be looked at together and is alike; the ends of the new links."""
    pairs = leads.pairs({**changed, **entered})
    known = {**changed, **graph.nodes({end for pair in pairs for end in pair} - changed.keys())}
    # Between nodes that stay as they are a link may be there already.
    there = {(a, b) for a, b, _ in graph.links({p[0] for p in pairs if changed.keys().isdisjoint(p)})}
    asked = sorted(pairs - there)
    weights = weigh([(known[a], known[b]) for a, b in asked])
    links = [(a, b, weight) for (a, b), weight in zip(asked, weights, strict=True) if weight > 0]
    graph.link(links)
    return {end for a, b, _ in links for end in (a, b)}


def _parted(
    graph: Graph, touched: set[str], restless: Collection[str], lessened: Collection[str], parting: Parting
) -> list[tuple[str, ...]]:
    """The components that were touched anew, and of their parts those that are not as they were."""
    old = graph.members(touched)
    items = old.keys() | set(restless)
    links = graph.links(items)  # none leads out of them
    sizes: defaultdict[str, int] = defaultdict(int)
    for _, name in old.values():
        sizes[name] += 1
    found: list[tuple[str, ...]] = []
    places: dict[str, tuple[str, str]] = {}
    for component, mine in pieces(items, links):
        for part in parted(component, mine, parting):
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
