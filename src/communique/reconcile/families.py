"""Documents that carry the same text: copies, reprints, trimmed, extended and lightly edited ones."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

from rapidfuzz.distance import LCSseq

from communique.model import Family, content_id
from communique.reconcile.graph import TOLD, Bounds, update
from communique.reconcile.near_copies import copy_words, may_be_copies, shingles, text_keys
from communique.reconcile.standing import Graph, Node, Remembered

CONTAINED = 0.5
"""Share of the shorter text's shingles that make it a copy by themselves."""

REWRITTEN = 0.25
"""Share that makes it one when its words also run in the same order."""

IN_ORDER = 0.66
"""Share of the shorter text's words that must stand in the longer in the same order."""

ENOUGH = 12
"""Words below which only an identical text is a copy."""

BOUNDS = Bounds(most=12, large=0, levels=())

Bodies: TypeAlias = Callable[[Collection[str]], Mapping[str, str]]
"""Gives the body texts of documents."""


def families(documents: Iterable[tuple[str, str]]) -> list[Family]:
    """The families of documents given as identifier and body text; one alone is a family of one.

    Two texts are copies if the shorter is largely contained in the longer (Broder 1997), word for word
    or lightly rewritten; what shares a quotation or a background paragraph is not a copy. The answer
    does not depend on the order of the input.

    >>> body = "The two ministers signed the accord by the lake on Monday after a day of talks on the ice."
    >>> [f.doc_ids for f in families([("b", body), ("a", body + " They go home today."), ("c", "No.")])]
    [('a', 'b'), ('c',)]
    """
    bodies = dict(documents)
    return regrouped(Remembered(), bodies, lambda _: bodies)


def regrouped(graph: Graph, new: Mapping[str, str], bodies: Bodies) -> list[Family]:
    """Adds documents to those of the graph; the families that are new or have changed, in order."""
    nodes = {
        doc_id: Node(doc_id, text_keys(copy_words(body)), str(len(body))) for doc_id, body in new.items()
    }
    parts = update(graph, (), nodes, lambda pairs: _weights(pairs, bodies), BOUNDS)
    known = graph.nodes({doc_id for part in parts for doc_id in part})
    return [_family([known[doc_id] for doc_id in part]) for part in parts]


def _family(nodes: Sequence[Node]) -> Family:
    fullest = min(nodes, key=lambda node: (-int(node.note), node.item))
    ids = tuple(node.item for node in nodes)
    return Family(content_id("family", ids[0]), ids, fullest.item)


def _weights(pairs: Sequence[tuple[Node, Node]], bodies: Bodies) -> Iterator[int]:
    # The first key is that of the whole text: of one printed many times nothing needs to be read.
    asked = [
        (a.item, b.item) for a, b in pairs if a.keys[0] != b.keys[0] and may_be_copies(a.keys, b.keys)
    ]
    read = bodies({item for pair in asked for item in pair})
    worded = {item: tuple(copy_words(read[item])) for pair in asked for item in pair}
    textures = {item: shingles(words) for item, words in worded.items()}
    copies = {
        (one, other)
        for one, other in asked
        if _are_copies(worded[one], worded[other], textures[one], textures[other])
    }
    for a, b in pairs:
        yield TOLD if a.keys[0] == b.keys[0] or (a.item, b.item) in copies else 0


def _are_copies(
    a: tuple[str, ...], b: tuple[str, ...], shingles_a: frozenset[int], shingles_b: frozenset[int]
) -> bool:
    shorter = min(len(a), len(b))
    if shorter < ENOUGH:
        return False
    contained = len(shingles_a & shingles_b) / min(len(shingles_a), len(shingles_b))
    if contained >= CONTAINED:
        return True
    return contained >= REWRITTEN and LCSseq.similarity(a, b) / shorter >= IN_ORDER
