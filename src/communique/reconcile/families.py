"""Documents that carry the same text: copies, reprints, trimmed, extended and lightly edited ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from rapidfuzz.distance import LCSseq

from communique.model import Family, content_id
from communique.reconcile.near_copies import candidate_pairs, copy_words, shingles

CONTAINED = 0.5
"""Share of the shorter text's shingles that make it a copy by themselves."""

REWRITTEN = 0.25
"""Share that makes it one when its words also run in the same order."""

IN_ORDER = 0.66
"""Share of the shorter text's words that must stand in the longer in the same order."""

ENOUGH = 12
"""Words below which only an identical text is a copy."""


def families(documents: Iterable[tuple[str, str]]) -> list[Family]:
    """The families of documents given as identifier and body text; one alone is a family of one.

    Two texts are copies if the shorter is largely contained in the longer (Broder 1997), word for word
    or lightly rewritten; what shares a quotation or a background paragraph is not a copy. The answer
    does not depend on the order of the input.

    >>> body = "The two ministers signed the accord by the lake on Monday after a day of talks on the ice."
    >>> [f.doc_ids for f in families([("b", body), ("a", body + " They go home today."), ("c", "No.")])]
    [('a', 'b'), ('c',)]
    """
    known = sorted(dict(documents).items())
    worded = [copy_words(body) for _, body in known]
    # A text printed many times over is compared once.
    distinct: dict[tuple[str, ...], int] = {}
    stands_for = [distinct.setdefault(tuple(words), len(distinct)) for words in worded]
    texts = list(distinct)
    shingled = [shingles(words) for words in texts]
    linked = list(range(len(texts)))
    for a, b in candidate_pairs(shingled):
        one, other = _root(linked, a), _root(linked, b)
        if one != other and _are_copies(texts[a], texts[b], shingled[a], shingled[b]):
            linked[max(one, other)] = min(one, other)
    members: defaultdict[int, list[int]] = defaultdict(list)
    for position, text in enumerate(stands_for):
        # An empty body is nobody's copy.
        key = _root(linked, text) if worded[position] else -1 - position
        members[key].append(position)
    found = []
    for positions in members.values():
        ids = tuple(known[p][0] for p in positions)
        fullest = min(positions, key=lambda p: (-len(known[p][1]), known[p][0]))
        found.append(Family(content_id("family", ids[0]), ids, known[fullest][0]))
    return sorted(found, key=lambda family: family.doc_ids)


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


def _root(linked: list[int], position: int) -> int:
    while linked[position] != position:
        linked[position] = linked[linked[position]]
        position = linked[position]
    return position
