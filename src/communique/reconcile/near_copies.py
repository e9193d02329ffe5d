"""Finds which texts may be copies of one another without comparing all with all.

Three ways in, each for what the others miss: resemblance of whole texts (MinHash with banding, Broder 1997);
shared sampled shingles, which also find a short text inside a long one; and names and figures in a row, which
a translation back and forth leaves as they are. What comes out is to be verified on the texts themselves.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from zlib import crc32

from rensa import RMinHash

from communique.reconcile.keys import is_strong, key, numbered

SHINGLE = 3
"""Words in a shingle."""

SHARED = 3
"""Sampled shingles, or rows of names, that two texts must share to be compared."""

_PERMUTATIONS = 96
_BANDS = 32
_SAMPLED = 6  # one shingle in so many is kept as a sample
_SHARE = 0.1  # share of those of the one that has fewer
_ROW = 3  # names and figures in a row

_WORD = re.compile(r"\w+(?:[.,'’]\w+)*")

_NAME = re.compile(r"\b(?:\d[\w.,]*\w|\d|(?<!\d)[A-Z][\w'’-]*)")
_FIRST = re.compile(r"(?:^|[.!?][\"”’]?\s+|\n)[\"“‘]?$")  # before the first word of a sentence
_BEFORE = 6  # letters in which that stands


def copy_words(text: str) -> list[str]:
    """The words of a text as copies are compared: small letters, no punctuation, figures kept whole.

    >>> copy_words("At SEA — the navy’s 5,000 sailors.")
    ['at', 'sea', 'the', "navy's", '5,000', 'sailors']
    """
    return _WORD.findall(text.casefold().replace("’", "'"))


def names_and_figures(text: str) -> list[str]:
    """The names and figures of a text in their order, in small letters: what a translation leaves as it is.

    >>> names_and_figures("On Monday the 2nd the navy of Norway sank 14 hulks. They were old.")
    ['monday', '2nd', 'norway', '14']
    """
    return [
        m[0].casefold()
        for m in _NAME.finditer(text)
        if m[0][0].isdigit() or not _FIRST.search(text, max(0, m.start() - _BEFORE), m.start())
    ]


def shingles(words: Sequence[str]) -> frozenset[int]:
    """Runs of three words, hashed (a text of fewer words is one shingle)."""
    runs = [" ".join(run) for run in _rows(words, SHINGLE)] or [" ".join(words)]
    return frozenset(crc32(run.encode("utf-8", "surrogatepass")) for run in runs)


def _rows(words: Sequence[str], length: int) -> Iterator[tuple[str, ...]]:
    return zip(*(words[at:] for at in range(length)), strict=False)


def text_keys(words: Sequence[str], names: Sequence[str] = ()) -> tuple[int, ...]:
    """What a text is found by: all of it, its bands (both strong), its sampled shingles, its rows of names.

    Those of `copy_words` and of `names_and_figures`. A text without words is found by nothing.

    >>> text_keys(["one", "two"]) == text_keys(["one", "two"]), text_keys([])
    (True, ())
    """
    if not words:
        return ()
    texture = shingles(words)
    sketch = RMinHash(num_perm=_PERMUTATIONS, seed=7)
    sketch.update([str(shingle) for shingle in sorted(texture)])
    digest = sketch.digest()
    rows = _PERMUTATIONS // _BANDS
    bands = (tuple(digest[at : at + rows]) for at in range(0, _PERMUTATIONS, rows))
    return (
        key("text", *words, strong=True),
        *(key("band", number, band, strong=True) for number, band in enumerate(bands)),
        *sorted(numbered(shingle) for shingle in _sample(texture)),
        *sorted({key("names", *row) for row in _rows(names, _ROW)}),
    )


def may_be_copies(a: Collection[int], b: Collection[int]) -> bool:
    """Whether two texts with these keys are worth a comparison."""
    shared = frozenset(a) & frozenset(b)
    if any(map(is_strong, shared)):
        return True
    least = min(sum(not is_strong(one) for one in keys) for keys in (a, b))
    return len(shared) >= max(SHARED, _SHARE * least)


def _sample(texture: Iterable[int]) -> Iterator[int]:
    """The shingles whose hash falls into the sample: the same ones in every text that has them."""
    return (shingle for shingle in texture if shingle % _SAMPLED == 0)
