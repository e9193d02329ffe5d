"""Documents that carry the same text: copies, reprints, trimmed, extended and lightly edited ones."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Self, TypeAlias

from rapidfuzz.distance import LCSseq

from communique.model import Family, content_id
from communique.reconcile.graph import TOLD, Bounds, update
from communique.reconcile.near_copies import copy_words, may_be_copies, names_and_figures, shingles, text_keys
from communique.reconcile.standing import Graph, Node, Remembered

CONTAINED = 0.5
"""Share of the shorter text's shingles that make it a copy by themselves."""

REWRITTEN = 0.25
"""Share that makes it one when its words also run in the same order."""

IN_ORDER = 0.66
"""Share of the shorter text's words that must stand in the longer in the same order."""

BACK_AND_FORTH = 0.15
"""Share that makes it one when half of its words, and its names and figures, run in the same order."""

HALF_IN_ORDER = 0.5
NAMES_IN_ORDER = 0.7
AS_LONG = 0.8
"""Share of the longer that the shorter must be: a translation leaves nothing out."""

NAMES_ENOUGH = 12
"""Names and figures below which their order says nothing."""

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
    return regrouped(Remembered(), bodies, lambda ids: {doc_id: bodies[doc_id] for doc_id in ids})


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
    asked = [(a.item, b.item) for a, b in pairs if a.keys[0] != b.keys[0] and may_be_copies(a.keys, b.keys)]
    texts = {item: _Text.of(body) for item, body in bodies({i for pair in asked for i in pair}).items()}
    copies = {(one, other) for one, other in asked if _are_copies(texts[one], texts[other])}
    for a, b in pairs:
        yield TOLD if a.keys[0] == b.keys[0] or (a.item, b.item) in copies else 0


@dataclass(frozen=True, slots=True)
class _Text:
    """What of a text is compared."""

    words: tuple[str, ...]
    texture: frozenset[int]
    names: tuple[str, ...]

    @classmethod
    def of(cls, body: str) -> Self:
        words = tuple(copy_words(body))
        return cls(words, shingles(words), tuple(names_and_figures(body)))


def _are_copies(a: _Text, b: _Text) -> bool:
    if min(len(a.words), len(b.words)) < ENOUGH:
        return False
    contained = len(a.texture & b.texture) / min(len(a.texture), len(b.texture))
    if contained >= CONTAINED:
        return True
    if contained < BACK_AND_FORTH:
        return False
    in_order = _in_order(a.words, b.words)
    if contained >= REWRITTEN and in_order >= IN_ORDER:
        return True
    whole = min(len(a.words), len(b.words)) >= AS_LONG * max(len(a.words), len(b.words))
    if not whole or in_order < HALF_IN_ORDER or min(len(a.names), len(b.names)) < NAMES_ENOUGH:
        return False
    return _in_order(a.names, b.names) >= NAMES_IN_ORDER


def _in_order(a: Sequence[str], b: Sequence[str]) -> float:
    """Share of the shorter of two rows of words that stands in the other in the same order."""
    return LCSseq.similarity(a, b) / min(len(a), len(b))
