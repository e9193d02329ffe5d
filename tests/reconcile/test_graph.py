from __future__ import annotations

import random
from collections.abc import Iterable, Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from communique.reconcile.graph import Bounds, update
from communique.reconcile.keys import is_strong, key, met_by
from communique.reconcile.parting import Parting, components, leaders, parted
from communique.reconcile.standing import Link, Node, Remembered

BOUNDS = Bounds(most=2, several=2, parting=Parting(large=5, levels=(3, 5), small=3, strong=4))

KEYS = (
    key("plain"),
    key("other"),
    key("third"),
    key("strong", strong=True),
    *(key("one", opens=(is_open,)) for is_open in (True, False)),
    *(key("two", opens=(a, b), strong=True) for a in (True, False) for b in (True, False)),
)
NODES = st.dictionaries(
    st.sampled_from("abcdefghijklmnop"),
    st.tuples(st.frozensets(st.sampled_from(KEYS), max_size=4), st.sampled_from("xyz")),
    max_size=12,
)


def weigh(pairs: Sequence[tuple[Node, Node]]) -> Iterable[int]:
    return [len(set(a.keys) & set(b.keys)) + 2 * (a.note == b.note) - 1 for a, b in pairs]


def made(drawn: dict[str, tuple[frozenset[int], str]]) -> dict[str, Node]:
    return {item: Node(item, tuple(sorted(keys)), note) for item, (keys, note) in drawn.items()}


def by_hand(nodes: dict[str, Node]) -> list[Link]:
    """The links as the rule has them: a strong key, or several, by which one leads to the other."""
    first = {
        one: sorted(item for item, node in nodes.items() if one in node.keys)[: BOUNDS.most] for one in KEYS
    }
    found = []
    for a, one in sorted(nodes.items()):
        for b, other in sorted(nodes.items()):
            leads = [
                is_strong(x)
                for x in one.keys
                for y in other.keys
                if y in met_by(x) and (a in first[x] or b in first[y])
            ]
            if a < b and (any(leads) or len(leads) >= BOUNDS.several):
                (weight,) = weigh([(one, other)])
                found += [(a, b, weight)] if weight > 0 else []
    return found


def parts_by_hand(nodes: dict[str, Node]) -> list[tuple[str, ...]]:
    links = by_hand(nodes)
    return sorted(
        part
        for component in components(nodes, links)
        for part in parted(component, [link for link in links if link[0] in component], BOUNDS.parting)
    )


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(NODES, st.sets(st.sampled_from("abcdefghijklmnop")))), st.randoms())
def test_links_and_parts_are_those_of_the_nodes_whatever_came_before(
    steps: list[tuple[dict[str, tuple[frozenset[int], str]], set[str]]], rng: random.Random
) -> None:
    graph, now = Remembered(), dict[str, Node]()
    told: set[tuple[str, ...]] = set()
    for drawn, gone in steps:
        new = made(drawn)
        stirred = rng.sample(sorted(now), len(now) // 3)
        found = update(graph, gone - new.keys(), new, weigh, BOUNDS, stirred)
        now = {item: node for item, node in now.items() if item not in gone} | new
        parts = parts_by_hand(now)
        assert sorted(graph.links(now)) == by_hand(now)
        # What was not told of is as it was before, and nothing stays that is no more.
        told = {part for part in told if set(part) <= now.keys() and part in parts} | set(found)
        assert sorted(told) == parts
        changed = {item for part in found for item in part}
        assert {item for item in stirred if item in now} <= changed


def test_a_crowded_key_still_leads_to_what_is_alike() -> None:
    crowd = {f"{n:04}": Node(f"{n:04}", (key("full", strong=True),), "x") for n in range(200)}
    graph = Remembered()
    (part,) = update(graph, (), crowd, weigh, Bounds(3, 1, Parting(1000)))
    assert len(part) == 200
    assert len(graph.links(crowd)) < 3 * 200


def test_a_large_component_is_parted_where_it_is_weakest() -> None:
    links = [("a", "b", 9), ("b", "c", 9), ("c", "d", 1), ("d", "e", 9), ("e", "f", 9)]
    assert parted(tuple("abcdef"), links, Parting(4, (2,))) == [("a", "b", "c"), ("d", "e", "f")]
    assert parted(tuple("abcdef"), links, Parting(6, (2,))) == [tuple("abcdef")]


def test_in_a_large_component_each_goes_with_the_likest_leader() -> None:
    links = [("a", "b", 9), ("b", "c", 9), ("c", "d", 8), ("a", "d", 7), ("d", "e", 2)]
    assert leaders("abcde", links, 5) == {"a": "a", "b": "a", "c": "c", "d": "c", "e": "e"}
    by_leaders = Parting(large=9, small=4, strong=5)
    assert parted(tuple("abcde"), links, by_leaders) == [("a", "b"), ("c", "d"), ("e",)]
    tied = [*links, ("a", "c", 2)]
    assert parted(tuple("abcde"), tied, by_leaders) == [("a", "b", "c", "d"), ("e",)]
