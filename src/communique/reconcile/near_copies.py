"""Finds which texts may be copies of one another without comparing all with all.

Two ways in, each for what the other misses: resemblance of whole texts (MinHash with banding, Broder
1997), and shared sampled shingles, which also finds a short text inside a long one. What comes out is
to be verified on the texts themselves.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from zlib import crc32

from rensa import RMinHash, RMinHashLSH

SHINGLE = 3
"""Words in a shingle."""

_PERMUTATIONS = 96
_BANDS = 32
_SAMPLED = 6  # one shingle in so many is kept as a sample
_SHARED = 3  # samples two texts must share
_COMMON = 40  # a sample in more texts than this is boilerplate, and says nothing

_WORD = re.compile(r"\w+(?:[.,'’]\w+)*")


def copy_words(text: str) -> list[str]:
    """The words of a text as copies are compared: small letters, no punctuation, figures kept whole.

    >>> copy_words("At SEA — the navy’s 5,000 sailors.")
    ['at', 'sea', 'the', "navy's", '5,000', 'sailors']
    """
    return _WORD.findall(text.casefold().replace("’", "'"))


def shingles(words: Sequence[str]) -> frozenset[int]:
    """Runs of three words, hashed (a text of fewer words is one shingle)."""
    runs = [" ".join(words[i : i + SHINGLE]) for i in range(max(1, len(words) - SHINGLE + 1))]
    return frozenset(crc32(run.encode("utf-8", "surrogatepass")) for run in runs)


def candidate_pairs(shingled: Sequence[frozenset[int]]) -> Iterator[tuple[int, int]]:
    """Positions of texts that may be copies, each pair once, the smaller position first."""
    return iter(sorted(_resembling(shingled) | _sharing(shingled)))


def _resembling(shingled: Sequence[frozenset[int]]) -> set[tuple[int, int]]:
    index = RMinHashLSH(threshold=0.3, num_perm=_PERMUTATIONS, num_bands=_BANDS)
    found: set[tuple[int, int]] = set()
    for position, texture in enumerate(shingled):
        sketch = RMinHash(num_perm=_PERMUTATIONS, seed=7)
        sketch.update([str(shingle) for shingle in texture])
        found.update((earlier, position) for earlier in index.query(sketch) if earlier != position)
        index.insert(position, sketch)
    return found


def _sharing(shingled: Sequence[frozenset[int]]) -> set[tuple[int, int]]:
    holders: defaultdict[int, list[int]] = defaultdict(list)
    for position, texture in enumerate(shingled):
        for shingle in _sample(texture):
            holders[shingle].append(position)
    shared: defaultdict[tuple[int, int], int] = defaultdict(int)
    for positions in holders.values():
        if len(positions) <= _COMMON:
            for pair in combinations(positions, 2):
                shared[pair] += 1
    return {pair for pair, count in shared.items() if count >= _SHARED}


def _sample(texture: Iterable[int]) -> list[int]:
    """The shingles whose hash falls into the sample: the same ones in every text that has them."""
    return [shingle for shingle in texture if shingle % _SAMPLED == 0]
