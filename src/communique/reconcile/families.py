"""Documents that carry the same text: copies, reprints, trimmed, extended and lightly edited ones."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from struct import pack, unpack
from typing import Self, TypeAlias

from rapidfuzz.distance import LCSseq

from communique.model import Family, content_id
from communique.reconcile.graph import TOLD, Bounds, update
from communique.reconcile.near_copies import (
    SHARED,
    copy_words,
    may_be_copies,
    names_and_figures,
    shingles,
    text_keys,
)
from communique.reconcile.parting import Parting
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

BOUNDS = Bounds(most=12, several=SHARED, parting=Parting(large=0))

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
        doc_id: Node(doc_id, text_keys(words, names_and_figures(body)), _note(body, words))
        for doc_id, body in new.items()
        for words in [copy_words(body)]
    }
    parts = update(graph, (), nodes, lambda pairs: _weights(pairs, bodies), BOUNDS)
    known = graph.nodes({doc_id for part in parts for doc_id in part})
    return [_family([known[doc_id] for doc_id in part]) for part in parts]


def _family(nodes: Sequence[Node]) -> Family:
    fullest = min(nodes, key=lambda node: (-_Texture.read(node.note).letters, node.item))
    ids = tuple(node.item for node in nodes)
    return Family(content_id("family", ids[0]), ids, fullest.item)


def _weights(pairs: Sequence[tuple[Node, Node]], bodies: Bodies) -> Iterator[int]:
    # The first key is that of the whole text: of one printed many times nothing needs to be read.
    asked = [(a, b) for a, b in pairs if a.keys[0] != b.keys[0] and may_be_copies(a.keys, b.keys)]
    textures = {one.item: _Texture.read(one.note) for pair in asked for one in pair}
    shares = {(a.item, b.item): textures[a.item].contained(textures[b.item]) for a, b in asked}
    copies = {pair for pair, share in shares.items() if share >= CONTAINED}
    doubted = [
        (a, b)
        for (a, b), share in shares.items()
        if REWRITTEN <= share < CONTAINED
        or (BACK_AND_FORTH <= share < REWRITTEN and textures[a].as_long_as(textures[b]))
    ]
    texts = bodies({item for pair in doubted for item in pair})
    words = {item: copy_words(text) for item, text in texts.items()}
    for one, other in doubted:
        in_order = _in_order(words[one], words[other])
        if (shares[one, other] >= REWRITTEN and in_order >= IN_ORDER) or (
            in_order >= HALF_IN_ORDER
            and textures[one].as_long_as(textures[other])
            and _names_in_order(texts[one], texts[other])
        ):
            copies.add((one, other))
    for a, b in pairs:
        yield TOLD if a.keys[0] == b.keys[0] or (a.item, b.item) in copies else 0


@dataclass(frozen=True, slots=True)
class _Texture:
    """What is kept of a text, so that it need not be read again: its letters, its words, its shingles."""

    letters: int
    words: int
    shingles: frozenset[int]

    @classmethod
    def read(cls, note: str) -> Self:
        letters, words, packed = note.split(" ")
        raw = b64decode(packed)
        return cls(int(letters), int(words), frozenset(unpack(f"<{len(raw) // 4}I", raw)))

    def contained(self, other: _Texture) -> float:
        """Share of the shorter text's shingles that the other has; 0 where one is too short to tell."""
        if min(self.words, other.words) < ENOUGH:
            return 0.0
        return len(self.shingles & other.shingles) / min(len(self.shingles), len(other.shingles))

    def as_long_as(self, other: _Texture) -> bool:
        """Whether one is hardly shorter than the other."""
        return min(self.words, other.words) >= AS_LONG * max(self.words, other.words)


def _note(body: str, words: Sequence[str]) -> str:
    texture = sorted(shingles(words))
    return f"{len(body)} {len(words)} {b64encode(pack(f'<{len(texture)}I', *texture)).decode()}"


def _names_in_order(a: str, b: str) -> bool:
    one, other = names_and_figures(a), names_and_figures(b)
    return min(len(one), len(other)) >= NAMES_ENOUGH and _in_order(one, other) >= NAMES_IN_ORDER


def _in_order(a: Sequence[str], b: Sequence[str]) -> float:
    """Share of the shorter of two rows of words that stands in the other in the same order."""
    return LCSseq.similarity(a, b) / min(len(a), len(b))
