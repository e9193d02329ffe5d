"""How often English words occur in print (`data/word_frequency.yaml`)."""

from __future__ import annotations

from functools import lru_cache

from pydantic import Field

from communique.domain.schema import Entry
from communique.domain.source import DATA, read_yaml


class WordFrequency(Entry):
    """Words by the power of two nearest to their occurrences in a million words."""

    reference: str
    powers: dict[int, str] = Field(description="words in small letters, separated by spaces")


@lru_cache(maxsize=1)
def occurrences() -> dict[str, float]:
    """Occurrences of each listed word in a million words of print.

    >>> occurrences()["treaty"] < occurrences()["street"], "nonesuchword" in occurrences()
    (True, False)
    """
    read: WordFrequency = read_yaml(DATA / "word_frequency.yaml", WordFrequency)
    return {word: 2.0**power for power, words in read.powers.items() for word in words.split()}
