"""What the ledger keeps of the graphs is what memory would keep."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from communique.ledger.standing import SAID, KeptGraph, standing
from communique.ledger.store import Ledger
from communique.model.standing import Node
from communique.reconcile.standing import Remembered

ITEMS = st.sampled_from("abcdefgh")
NODES = st.dictionaries(ITEMS, st.frozensets(st.integers(-5, 5), max_size=4), max_size=6)
LINKS = st.sets(st.tuples(ITEMS, ITEMS).filter(lambda pair: pair[0] < pair[1]), max_size=5)


def seen(graph: KeptGraph | Remembered) -> object:
    items, keys = list("abcdefgh"), range(-5, 6)
    return (
        graph.nodes(items),
        graph.placed(items),
        graph.members(["a", "b"]),
        graph.first(keys, 2),
        graph.holders(keys),
        sorted(graph.links(items)),
        sorted(graph.links(["a"])),
        sorted(graph.linked(["e"])),
    )


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(NODES, LINKS, st.sets(ITEMS)), max_size=4))
def test_the_kept_graph_is_the_remembered_one(
    steps: list[tuple[dict[str, frozenset[int]], set[tuple[str, str]], set[str]]],
) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        Ledger.open(Path(folder) / "kept.ledger", create=True) as ledger,
        standing(ledger) as held,
    ):
        graphs: tuple[KeptGraph, Remembered] = (held.said, Remembered())
        for drawn, linked, gone in steps:
            for graph in graphs:
                there = graph.nodes("abcdefgh").keys()
                graph.drop(there & (gone | drawn.keys()))
                graph.put(Node(item, tuple(sorted(keys)), "note") for item, keys in drawn.items())
                there = graph.nodes("abcdefgh").keys()
                graph.place({item: (min(there), item) for item in there})
                old = {(a, b) for a, b, _ in graph.links("abcdefgh")}
                graph.link((a, b, 7) for a, b in linked - old if {a, b} <= there)
                graph.unlink([link[:2] for link in graph.links("abcdefgh") if link[0] == "c"])
            assert seen(graphs[0]) == seen(graphs[1])


def test_of_a_key_that_many_hold_only_the_first_are_told(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "kept.ledger", create=True) as ledger:
        with standing(ledger) as held:
            held.said.put(Node(f"{n:04}", (7, n + 100)) for n in range(900))
        with standing(ledger) as held:
            graph = KeptGraph(held._connection, SAID)
            assert graph.first([7, 100], 3) == {7: ["0000", "0001", "0002"], 100: ["0000"]}
            assert len(graph.holders([7])[7]) == 900
