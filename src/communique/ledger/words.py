"""Splits text into the words it is looked up by: one splitter for every database, so that all find the same.

A word is a run of letters and digits; accents and case do not count. Each has its form ("pledged") and its
stem ("pledg", Snowball's English stemmer): words are looked up by stem, beginnings by form.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from snowballstemmer import stemmer

from communique.text import Span

MOST_WORDS = 16_000
"""Words of one stretch that can be found; PostgreSQL counts no further than 16,383."""

LONGEST = 100
"""Characters of a word that count."""

_WORD = re.compile("[^\\W_]+(?:[\u0300-\u036f]+[^\\W_]*)*")
_english = stemmer("english")


@dataclass(frozen=True, slots=True)
class Word:
    """A word and where it stands."""

    form: str
    stem: str
    span: Span


def words_in(text: str) -> Iterator[Word]:
    """The words of a text in order, at most `MOST_WORDS`.

    >>> [(word.form, word.stem) for word in words_in("Café talks: they PLEDGED 12%")]
    [('cafe', 'cafe'), ('talks', 'talk'), ('they', 'they'), ('pledged', 'pledg'), ('12', '12')]
    """
    for number, match in enumerate(_WORD.finditer(text)):
        if number == MOST_WORDS:
            return
        form = _form(match.group())
        yield Word(form, _stem(form), Span(match.start(), match.end()))


@lru_cache(maxsize=100_000)
def _form(written: str) -> str:
    """Without case and accents, of letters and digits only."""
    if written.isascii():
        return written.lower()[:LONGEST]
    plain = "".join(c for c in unicodedata.normalize("NFKD", written.casefold()) if c.isalnum())
    return (plain.casefold() or written)[:LONGEST]


@lru_cache(maxsize=100_000)
def _stem(form: str) -> str:
    return str(_english.stemWord(form)) or form


@dataclass(frozen=True, slots=True)
class Sought:
    """Words looked for side by side; with `prefix` the last is only a beginning, and all count as written."""

    words: tuple[str, ...]
    prefix: bool


def sought(words: str, prefix: bool = False) -> Sought:
    """What a term of a query looks for."""
    return Sought(tuple(word.form if prefix else word.stem for word in words_in(words)), prefix)


def marks(text: str, looked_for: Sequence[Sought]) -> tuple[Span, ...]:
    """Where any of what is looked for stands, overlaps joined.

    >>> [span.of("A treaty on missiles") for span in marks("A treaty on missiles", [sought("missile")])]
    ['missiles']
    """
    there = list(words_in(text))
    found: list[Span] = []
    for one in looked_for:
        count = len(one.words)
        for at in range(len(there) - count + 1 if count else 0):
            if all(
                _fits(word, wanted, one.prefix, last=place == count - 1)
                for place, (word, wanted) in enumerate(zip(there[at : at + count], one.words, strict=True))
            ):
                found.append(Span(there[at].span.start, there[at + count - 1].span.end))
    return tuple(_joined(found))


def _fits(word: Word, wanted: str, prefix: bool, *, last: bool) -> bool:
    if not prefix:
        return word.stem == wanted
    return word.form.startswith(wanted) if last else word.form == wanted


def _joined(spans: Sequence[Span]) -> Iterator[Span]:
    at: Span | None = None
    for span in sorted(spans):
        if at is None:
            at = span
        elif span.start < at.end:
            at = Span(at.start, max(at.end, span.end))
        else:
            yield at
            at = span
    if at is not None:
        yield at
