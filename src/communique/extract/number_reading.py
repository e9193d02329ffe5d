"""Reading numbers: figures and words, magnitudes, fractions, vague plurals, and the units beside them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from communique.domain.lexicon.numerals import figure, number, numerals
from communique.domain.lexicon.quantities import QuantityLexicon, quantity_lexicon
from communique.extract.phrases import Word

if TYPE_CHECKING:
    from spacy.tokens import Doc

_FIGURES = ("#to_12", "#to_24", "#to_31", "#to_99", "#four", "#figure")


_OF_SO_MANY = frozenset({3, 4, 5, 6, 7, 8, 9, 10, 12, 20, 100, 1000})
"""What shares are told of: "nine in ten"."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number in words `first` to `last` (half-open).

    `vague` if it is a plural such as "hundreds", `factor` if a multiple ("double"), `share` if a fraction.
    """

    first: int
    last: int
    value: float
    vague: bool = False
    factor: bool = False
    share: bool = False


@cache
def _symbol() -> re.Pattern[str]:
    symbols = sorted(quantity_lexicon().symbols, key=len, reverse=True)
    return re.compile(rf"(?<![^\W\d_])(?:{'|'.join(map(re.escape, symbols))})\s?$", re.IGNORECASE)


@cache
def _starters() -> frozenset[str]:
    table = numerals()
    words = {*table.cardinals, *table.vague, *table.fractions, *table.magnitudes, *quantity_lexicon().factors}
    return frozenset({word for word in words if word.isalpha()} | {"a", "an", "tens"})


class NumberReader:
    """Reads the numbers of one passage; places are positions in `words` unless they are called tokens."""

    def __init__(self, text: str, words: Sequence[Word], doc: Doc) -> None:
        self.text, self.words, self.doc = text, words, doc
        self.lexicon: QuantityLexicon = quantity_lexicon()
        self.starts: list[int] = doc.to_array("IDX").tolist()

    def token(self, word: int) -> int:
        """The token that holds a word."""
        return bisect_right(self.starts, self.words[word].start) - 1

    def lower(self, word: int) -> str:
        """A word in small letters; empty beyond the ends."""
        return self.words[word].lower if 0 <= word < len(self.words) else ""

    def glued(self, word: int) -> bool:
        """Whether a word stands without space after the one before."""
        return 0 < word < len(self.words) and self.words[word].start == self.words[word - 1].end

    def currency_before(self, i: int) -> tuple[str, int] | None:
        """The currency whose symbol stands before a word, and where the symbol starts."""
        start = self.words[i].start
        found = _symbol().search(self.text, max(0, start - 6), start)
        return (self.lexicon.symbols[found[0].strip().lower()], found.start()) if found else None

    def unit_after(self, i: int) -> tuple[str, int] | None:
        """The measure or currency that begins at a word (or after a hyphen), and the word after it."""
        if self.lower(i) in ("-", "‑") and self.glued(i):
            i += 1
        currency = None
        if self.lower(i) in self.lexicon.adjectives and i + 1 < len(self.words):
            currency, i = self.lexicon.adjectives[self.lower(i)], i + 1
        elif self.lower(i) in ("us", "new") and self.lower(i + 1) in ("dollars", "dollar", "zealand"):
            i += 1
        for length in range(self.lexicon.longest_unit, 0, -1):
            words = tuple(self.lower(k) for k in range(i, i + length))
            if unit := self.lexicon.unit_words.get(words):
                if currency is not None and unit not in self.lexicon.currencies:
                    return None
                return currency or unit, i + length
        return None

    def number_at(self, i: int) -> Number | None:
        """The number that begins at a word."""
        word = self.words[i]
        if word.shape in _FIGURES or (not word.shape and word.lower[0].isdigit() and self.currency_before(i)):
            return self._of_figures(i)
        if word.shape == "#fraction":
            value = number([word.lower])
            return Number(i, i + 1, value) if value is not None and value < 1 else None
        if word.lower not in _starters():
            return None
        return self._of_words(i)

    def _magnitude(self, i: int, value: float) -> tuple[int, float]:
        table = numerals()
        while True:
            j = i + 1 if self.lower(i) == "-" and self.glued(i) else i
            lower = self.lower(j)
            if lower in table.magnitudes and (len(lower) > 1):
                i, value = j + 1, value * table.magnitudes[lower]
            elif self.glued(j) and lower in table.short_magnitudes and not self.glued(j + 1):
                short = self.text[self.words[j].start]
                if lower == "m" and not self._millions(j):
                    return i, value
                if short == "K" or lower != "t":
                    i, value = j + 1, value * table.short_magnitudes[lower]
                else:
                    return i, value
            else:
                return i, value

    def _millions(self, i: int) -> bool:
        """Whether the letter m after a number is for millions: with money, or before what is counted."""
        if self.currency_before(i - 1) or self.unit_after(i + 1):
            return True
        return (
            i + 1 < len(self.words)
            and self.doc[self.token(i + 1)].tag_ in ("NNS", "NNPS")
            and not self.glued(i + 1)
        )

    def _of_figures(self, i: int) -> Number:
        value = figure(self.words[i].lower) or 0.0
        j = i + 1
        if j < len(self.words) and self.words[j].shape == "#fraction":
            part = number([self.lower(j)])
            if part is not None and part < 1:
                value, j = value + part, j + 1
        j, value = self._magnitude(j, value)
        if self.lower(i - 1) == "minus" or (self.lower(i - 2) == "minus" and self.lower(i - 1) == "-"):
            value = -value
        return (self._ratio(i, j, value) if j == i + 1 else None) or Number(i, j, value)

    def _ratio(self, i: int, j: int, value: float) -> Number | None:
        """ "one in three", "nine in 10", "two out of five"; but two killed "in three days" are two."""
        k = j + 1
        if self.lower(j) == "out" and self.lower(k) == "of":
            k += 1
        elif self.lower(j) != "in":
            return None
        other = self.number_at(k) if k < len(self.words) else None
        if other is None or other.vague or other.share or not 0 < value < other.value:
            return None
        if (
            self.lower(j) == "in"
            and value > 1
            and (other.value not in _OF_SO_MANY or self.unit_after(other.last))
        ):
            return None
        return Number(i, other.last, value / other.value, share=True)

    def _of_words(self, i: int) -> Number | None:
        table, lower = numerals(), self.lower(i)
        if (factor := self.lexicon.factors.get(lower)) is not None and self.lower(i + 1) != "-":
            return Number(i, i + 1, factor, factor=True)
        if lower in table.vague or lower == "tens":
            j, value = i + 1, 2 * table.vague.get(lower, 10)
            while self.lower(j) == "of" and self.lower(j + 1) in table.vague:
                value, j = value * table.vague[self.lower(j + 1)], j + 2
            return Number(i, j, value, vague=True) if lower != "tens" or j > i + 1 else None
        if lower in ("a", "an"):
            if self.lower(i + 1) == "couple" and self.lower(i + 2) == "of":
                return Number(i, i + 3, 2)
            if self.lower(i + 1) in ("third", "quarter", "fifth", "tenth") and self.lower(i + 2) == "of":
                return Number(i, i + 2, table.fractions[self.lower(i + 1)], share=True)
            if self.lower(i + 1) not in table.magnitudes or self.lower(i + 1) == "score":
                return None
            j, value = self._magnitude(i + 1, 1)
            return Number(i, j, value)
        if lower in table.fractions:
            if lower == "half" and self.lower(i + 1) in ("a", "an") and self.lower(i + 2) in table.magnitudes:
                j, value = self._magnitude(i + 2, 0.5)
                return Number(i, j, value)
            return (
                Number(i, i + 1, 0.5, share=True) if lower == "half" and self.lower(i + 1) == "of" else None
            )
        j = i
        row: list[str] = []
        while j < len(self.words):
            lower = self.lower(j)
            step = 1
            if lower in ("-", "and") and row:
                following = self.lower(j + 1)
                if following == "a" and self.lower(j + 2) == "half":
                    return Number(i, j + 3, (number(row) or 0) + 0.5)
                fits = following in table.cardinals or following in table.magnitudes
                if (
                    not fits
                    or (lower == "and" and row[-1] not in table.magnitudes)
                    or (lower == "-" and not self.glued(j))
                ):
                    break
                if (
                    lower == "-"
                    and table.cardinals.get(row[-1], 0) < 20
                    and following not in table.magnitudes
                ):
                    break
                step, lower = 2, following
            if lower in table.cardinals or lower in table.magnitudes:
                if (
                    row
                    and lower in table.cardinals
                    and row[-1] in table.cardinals
                    and table.cardinals[row[-1]] < 20
                ):
                    break
                row.append(lower)
                j += step
            else:
                break
        k = j + 1 if self.lower(j) == "-" else j
        if row and self.lower(k) in table.fractions and (k > j or self.lower(k + 1) == "of"):
            return Number(i, k + 1, (number(row) or 0) * table.fractions[self.lower(k)], share=True)
        total = number(row)
        if total is None or (len(row) == 1 and row[0] in table.magnitudes):
            return None
        j, total = self._magnitude(j, total)
        return self._ratio(i, j, total) or Number(i, j, total)
