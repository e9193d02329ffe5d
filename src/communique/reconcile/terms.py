"""The words by which documents and statements are compared: stems, and words that mean the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from communique.domain.lexicon.reconcile import reconciling

LIGHT = 0.3
"""Weight of a word that most pages share; any other weighs one."""

_WORD = re.compile(r"[^\W_]+(?:[.,'’-][^\W_]+)*")
_SUM = re.compile(r"(\d[\d.,]*)(bn|tn|mn|m|k)")
_SHORT = {"bn": "billion", "tn": "trillion", "mn": "million", "m": "million", "k": "thousand"}
_ENDINGS = ("ingly", "edly", "ings", "ing", "ies", "ied", "ed", "es", "s", "ly", "y")
_STEM = 4  # letters that must be left when an ending is cut off


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """A word in small letters without a possessive and its commonest endings.

    >>> [stem(w) for w in ("missiles", "Tested", "treaties", "navy’s")]
    ['missil', 'test', 'treat', 'navy']
    """
    word = word.casefold().replace("’", "'").removesuffix("'s")
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _STEM:
            return word[: -len(ending)]
    return word.removesuffix("e") if len(word) > _STEM else word


def words(text: str) -> Iterator[str]:
    """The words of a text as they stand, without stop words and single letters."""
    for word in _WORD.findall(text):
        yield from _heard(word)


@lru_cache(maxsize=50_000)
def _heard(word: str) -> tuple[str, ...]:
    if short := _SUM.fullmatch(word):
        # "£5bn" says "5 billion".
        return short[1], _SHORT[short[2]]
    tells = (len(word) > 1 or word.isdigit()) and word.casefold() not in reconciling().stop_words
    return (word,) if tells else ()


@lru_cache(maxsize=1)
def _meanings() -> dict[str, str]:
    """Every word and phrase of the groups that mean the same, to the name of its group."""
    return {
        form: name
        for name, forms in reconciling().same_words.items()
        for form in (name, *(form.casefold() for form in forms))
    }


@lru_cache(maxsize=1)
def _beginnings() -> frozenset[str]:
    return frozenset(form.split()[0] for form in _meanings() if " " in form)


@lru_cache(maxsize=50_000)
def _begins_phrase(word: str) -> bool:
    return word.casefold() in _beginnings()


@lru_cache(maxsize=1)
def _light() -> frozenset[str]:
    return frozenset(_term(word) for word in reconciling().light_words)


@lru_cache(maxsize=50_000)
def _term(word: str) -> str:
    folded = word.casefold().replace("’", "'").removesuffix("'s")
    return _meanings().get(folded) or stem(word)


@lru_cache(maxsize=4_000)
def terms(text: str) -> frozenset[str]:
    """What a text says, as a set of meanings: stems, with words that mean the same made one.

    >>> sorted(terms("The island has 54,000 military personnel"))
    ['54,000', 'island', 'troops']
    """
    found: set[str] = set()
    held = ""
    for word in words(text):
        phrase = _meanings().get(f"{held} {word}".casefold()) if held else None
        if phrase:
            found.discard(_term(held))
            found.add(phrase)
            held = ""
        else:
            found.add(_term(word))
            held = word if _begins_phrase(word) else ""
    return frozenset(found)


def is_meaning(term: str) -> bool:
    """Whether a term is the head of several words that mean the same."""
    return term in reconciling().same_words


def weight(term: str) -> float:
    """How much a term of `terms` tells."""
    return LIGHT if term in _light() else 1.0


def same_terms(a: frozenset[str], b: frozenset[str], chance: float = 0.5) -> float:
    """How far two sets of terms say the same, 0 to 1: what is shared, of the smaller and of both.

    A single shared word is never taken for full agreement: `chance` is the weight that may agree by chance.

    >>> round(same_terms(terms("double defence spending"), terms("to double its military outlays")), 2)
    0.91
    """
    if not a or not b:
        return 0.0
    shared = mass(a & b)
    if not shared:
        return 0.0
    small, large = sorted((mass(a), mass(b)))
    return shared / (small + chance) / 2 + shared / (small + large - shared) / 2


def mass(found: frozenset[str]) -> float:
    """The weight of a set of terms."""
    return len(found) - (1 - LIGHT) * len(found & _light())
