"""Units, bounds and countable nouns, as `data/units.yaml` has them."""

from __future__ import annotations

from functools import cache, cached_property

from pydantic import Field

from communique.domain.schema import Entry
from communique.domain.source import DATA, read_yaml
from communique.model import Bound, Factuality


class Currency(Entry):
    """A currency: symbols before the number, words after it, adjectives that tell whose dollar it is."""

    symbols: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()


class Measure(Entry):
    """A unit of measure; `base` is its worth in the unit its dimension is told in."""

    dimension: str
    base: float = Field(gt=0)
    words: tuple[str, ...] = Field(min_length=1)


class Kept(Entry):
    """Which quantities become figures of the ledger, and which words tell what they measure."""

    dimensions: frozenset[str]
    durations: frozenset[str]
    counted: frozenset[str]
    plain_verbs: frozenset[str]
    lasting: frozenset[str]
    period: frozenset[str]


class QuantityLexicon(Entry):
    """The whole file, with the look-ups made from it."""

    currencies: dict[str, Currency]
    measures: dict[str, Measure]
    multiples: dict[str, tuple[float, str]]
    counted: dict[str, tuple[str, ...]]
    bounds: dict[Bound, tuple[str, ...]]
    bounds_after: dict[Bound, tuple[str, ...]]
    prefixes: dict[str, Bound]
    between: frozenset[str]
    labels: frozenset[str]
    pronoun_ones: frozenset[str]
    factors: dict[str, float]
    lemmas: dict[str, str]
    generic: frozenset[str]
    gdp: tuple[str, ...]
    kept: Kept
    factuality: dict[Factuality, frozenset[str]]

    @cached_property
    def symbols(self) -> dict[str, str]:
        """Currency by symbol."""
        return {symbol: code for code, currency in self.currencies.items() for symbol in currency.symbols}

    @cached_property
    def unit_words(self) -> dict[tuple[str, ...], str]:
        """Unit of measure or currency by the words that follow the number, plurals too."""
        table: dict[tuple[str, ...], str] = {}
        for code, currency in self.currencies.items():
            for word in currency.words:
                for form in (word, f"{word}s"):
                    table[tuple(form.split())] = code
        for unit, measure in self.measures.items():
            for word in measure.words:
                forms = (
                    {word}
                    if not word[-1].isalpha()
                    else {word, f"{word}s", f"{word}es" if word[-2:] == "ch" else word}
                )
                for form in forms:
                    table.setdefault(tuple(form.replace("-", " - ").split()), unit)
        for word in self.multiples:
            for form in (word, f"{word[:-1]}ies" if word[-1] == "y" else f"{word}s"):
                table[(form,)] = word
        return table

    @cached_property
    def longest_unit(self) -> int:
        """How many words the longest unit has."""
        return max(len(words) for words in self.unit_words)

    @cached_property
    def adjectives(self) -> dict[str, str]:
        """Currency by the adjective that names its state."""
        return {word: code for code, currency in self.currencies.items() for word in currency.adjectives}

    @cached_property
    def counts_as(self) -> dict[str, str]:
        """Unit by lemma, or two lemmas, of the noun counted."""
        return {noun: unit for unit, nouns in self.counted.items() for noun in nouns}

    @cached_property
    def bounds_before(self) -> dict[tuple[str, ...], Bound]:
        """Bound by the words before the number."""
        return {
            tuple(words.split()): bound for bound, all_words in self.bounds.items() for words in all_words
        }

    @cached_property
    def bounds_behind(self) -> dict[tuple[str, ...], Bound]:
        """Bound by the words after the number."""
        return {
            tuple(words.split()): bound
            for bound, all_words in self.bounds_after.items()
            for words in all_words
        }


@cache
def quantity_lexicon() -> QuantityLexicon:
    """The units of the built-in data. Raises `DomainError`."""
    found: QuantityLexicon = read_yaml(DATA / "units.yaml", QuantityLexicon)
    return found
