"""What reconciling keeps between builds, and how it is asked: the graphs of what is like what.

Reconciling never looks at all there is. Whatever may be joined (documents, families, statements) is a node
of a graph, found by its keys; this is all that is remembered of it besides its links and its part. The ledger
keeps it in tables; `Remembered` keeps it in memory, for whoever reconciles once.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Protocol

from communique.model import Disagreement, Fact, Family, Story
from communique.model.standing import Context, Link, Node

__all__ = ["Graph", "Link", "Node", "Remembered", "Standing"]


class Graph(Protocol):
    """The nodes of one kind with their links. A node is of one component, and of one part of it."""

    def nodes(self, items: Collection[str]) -> dict[str, Node]:
        """Those of the nodes that are there."""

    def placed(self, items: Collection[str]) -> dict[str, tuple[str, str]]:
        """The component and the part of each of the nodes that are there."""

    def members(self, components: Collection[str]) -> dict[str, tuple[str, str]]:
        """Every node of these components, with its component and its part."""

    def first(self, keys: Collection[int], most: int) -> dict[int, list[str]]:
        """The holders of each key, in order, at most so many."""

    def holders(self, keys: Collection[int]) -> dict[int, list[str]]:
        """All holders of each key, in order."""

    def linked(self, items: Collection[str]) -> list[tuple[str, str]]:
        """The pairs that are linked and of which one of these nodes is either end, each once."""

    def links(self, items: Collection[str]) -> list[Link]:
        """The links of which one of these nodes is the first end."""

    def drop(self, items: Collection[str]) -> None:
        """Forgets nodes with their keys and links."""

    def put(self, nodes: Iterable[Node]) -> None:
        """Adds nodes that are not there."""

    def place(self, places: Mapping[str, tuple[str, str]]) -> None:
        """Sets the component and the part of nodes."""

    def link(self, links: Iterable[Link]) -> None:
        """Adds links that are not there."""

    def unlink(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Removes the links of pairs."""


class Standing(Protocol):
    """What reconciling made of all pages so far."""

    @property
    def copies(self) -> Graph:
        """The documents, linked where one is a copy of the other."""

    @property
    def told(self) -> Graph:
        """The families, linked where they may tell of one happening."""

    @property
    def said(self) -> Graph:
        """The statements, linked where they may say the same."""

    def families(self, doc_ids: Collection[str]) -> list[Family]:
        """The families that hold any of the documents."""

    def stories(self, doc_ids: Collection[str]) -> list[Story]:
        """The stories that hold any of the documents."""

    def contexts(self, doc_ids: Collection[str]) -> dict[str, Context]:
        """The context of each document that has one."""

    def facts(self, statement_ids: Collection[str]) -> list[Fact]:
        """The facts that hold any of the statements."""

    def disagreements(self, fact_ids: Collection[str]) -> list[Disagreement]:
        """The disagreements of the facts, in the order in which they were made."""


class Remembered:
    """A graph in memory."""

    def __init__(self) -> None:
        self._nodes: dict[str, Node] = {}
        self._places: dict[str, tuple[str, str]] = {}
        self._members: defaultdict[str, set[str]] = defaultdict(set)
        self._holders: defaultdict[int, list[str]] = defaultdict(list)
        self._links: defaultdict[str, dict[str, int]] = defaultdict(dict)

    def nodes(self, items: Collection[str]) -> dict[str, Node]:
        return {item: self._nodes[item] for item in items if item in self._nodes}

    def placed(self, items: Collection[str]) -> dict[str, tuple[str, str]]:
        return {item: self._places[item] for item in items if item in self._places}

    def members(self, components: Collection[str]) -> dict[str, tuple[str, str]]:
        return {item: self._places[item] for one in components for item in self._members.get(one, ())}

    def first(self, keys: Collection[int], most: int) -> dict[int, list[str]]:
        return {one: self._holders[one][:most] for one in keys if one in self._holders}

    def holders(self, keys: Collection[int]) -> dict[int, list[str]]:
        return {one: list(self._holders[one]) for one in keys if one in self._holders}

    def linked(self, items: Collection[str]) -> list[tuple[str, str]]:
        ends = ((item, other) for item in items for other in self._links.get(item, ()))
        return list({(min(pair), max(pair)): None for pair in ends})

    def links(self, items: Collection[str]) -> list[Link]:
        return [
            (item, other, weight)
            for item in items
            for other, weight in self._links.get(item, {}).items()
            if item < other
        ]

    def drop(self, items: Collection[str]) -> None:
        self.unlink(self.linked(items))
        for item in items:
            for one in self._nodes.pop(item).keys:
                held = self._holders[one]
                del held[bisect_left(held, item)]
                if not held:
                    del self._holders[one]
            self._leave(item)

    def put(self, nodes: Iterable[Node]) -> None:
        for node in nodes:
            self._nodes[node.item] = node
            for one in node.keys:
                insort(self._holders[one], node.item)

    def place(self, places: Mapping[str, tuple[str, str]]) -> None:
        for item, place in places.items():
            self._leave(item)
            self._places[item] = place
            self._members[place[0]].add(item)

    def link(self, links: Iterable[Link]) -> None:
        for a, b, weight in links:
            self._links[a][b] = self._links[b][a] = weight

    def unlink(self, pairs: Iterable[tuple[str, str]]) -> None:
        for a, b in pairs:
            self._links[a].pop(b, None)
            self._links[b].pop(a, None)

    def _leave(self, item: str) -> None:
        place = self._places.pop(item, None)
        if place is not None:
            self._members[place[0]].discard(item)
            if not self._members[place[0]]:
                del self._members[place[0]]
