"""How rare a word is in print at large, whatever the ledger holds: a page more changes no other's weight."""

from __future__ import annotations

import math
from collections import defaultdict
from functools import lru_cache

from communique.domain.lexicon.word_frequency import occurrences
from communique.reconcile.terms import stem

_PAGES = 200  # pages among which a word is thought of
_LENGTH = 300  # words of a page


@lru_cache(maxsize=1)
def _stems() -> dict[str, float]:
    counted: defaultdict[str, float] = defaultdict(float)
    for word, count in occurrences().items():
        counted[stem(word)] += count / 1e6
    return dict(counted)


@lru_cache(maxsize=100_000)
def rarity(term: str) -> float:
    """The inverse document frequency of a stem among pages of all kinds; a stem that is not known is rarest.

    >>> rarity("the") < rarity("treat") < rarity("missil") < rarity("aurorabay") == rarity("borealis")
    True
    """
    pages = _PAGES * (1 - (1 - _stems().get(term, 0.0)) ** _LENGTH)
    return max(0.0, math.log(_PAGES / (pages + 1)))
