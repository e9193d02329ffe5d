"""The connected parts of a graph, and how one that is too large is parted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from communique.reconcile.standing import Link


@dataclass(frozen=True, slots=True)
class Parting:
    """When a component is parted.

    One of more than `small` nodes by its leaders: each node goes with the likest of those before it that it
    is linked with by `strong` or more and that go with nobody; the leaders that are linked, and those that
    go with them, are one part. One of more than `large` leaves out the weakest links, those below the first
    of `levels`, then below the next, until no part is larger or there is no further level.
    """

    large: int
    levels: tuple[int, ...] = ()
    small: int = 0
    strong: int | None = None


def parted(component: Sequence[str], links: Sequence[Link], parting: Parting) -> list[tuple[str, ...]]:
    """A component in parts, each in order; `links` are those between its nodes."""
    parts = [(tuple(component), links)]
    if parting.strong is not None and len(component) > parting.small:
        parts = _led(component, links, parting.strong)
    for level in parting.levels:
        if all(len(part) <= parting.large for part, _ in parts):
            break
        parts = [
            piece
            for part, mine in parts
            for piece in ([(part, mine)] if len(part) <= parting.large else pieces(part, _from(level, mine)))
        ]
    return [part for part, _ in parts]


def leaders(items: Iterable[str], links: Iterable[Link], strong: int) -> dict[str, str]:
    """Whom each node goes with: itself, if it is a leader. The answer depends on the graph alone.

    >>> leaders("abc", [("a", "b", 9), ("b", "c", 9)], strong=5)
    {'a': 'a', 'b': 'a', 'c': 'c'}
    """
    near: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for a, b, weight in links:
        if weight >= strong:
            near[b].append((-weight, a))  # a comes before b
    goes_with: dict[str, str] = {}
    for item in sorted(items):
        chosen = min((one for one in near[item] if goes_with[one[1]] == one[1]), default=None)
        goes_with[item] = chosen[1] if chosen else item
    return goes_with


def _led(
    component: Sequence[str], links: Sequence[Link], strong: int
) -> list[tuple[tuple[str, ...], Sequence[Link]]]:
    goes_with = leaders(component, links, strong)
    among = [(a, b, weight) for a, b, weight in links if goes_with[a] == a and goes_with[b] == b]
    ties = [(leader, item, strong) for item, leader in goes_with.items() if leader != item]
    return _with_links(components(component, [*among, *ties]), links)


def _from(level: int, links: Iterable[Link]) -> list[Link]:
    return [link for link in links if link[2] >= level]


def pieces(items: Iterable[str], links: Sequence[Link]) -> list[tuple[tuple[str, ...], Sequence[Link]]]:
    """The connected nodes with their links."""
    return _with_links(components(items, links), links)


def _with_links(
    parts: Iterable[tuple[str, ...]], links: Iterable[Link]
) -> list[tuple[tuple[str, ...], Sequence[Link]]]:
    """The parts, each with the links between its nodes."""
    found: list[tuple[tuple[str, ...], list[Link]]] = [(part, []) for part in parts]
    place = {item: number for number, (part, _) in enumerate(found) for item in part}
    for link in links:
        if place[link[0]] == place[link[1]]:
            found[place[link[0]]][1].append(link)
    return list(found)


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
