"""Words that say whether something happened, is planned, pledged, proposed, denied or hypothetical."""

from __future__ import annotations

from functools import cached_property

from communique.domain.load import Domain
from communique.domain.schema import Entry
from communique.model import Factuality


class FactualityWords(Entry):
    """The content of `factuality.yaml`: lemmas by what they make of what they govern."""

    verbs: dict[Factuality, tuple[str, ...]]
    nouns: dict[Factuality, tuple[str, ...]]
    adjectives: dict[Factuality, tuple[str, ...]]
    modals: dict[Factuality, tuple[str, ...]]
    prepositions: dict[Factuality, tuple[str, ...]]
    markers: dict[Factuality, tuple[str, ...]]
    announcing: tuple[str, ...]

    @cached_property
    def of_verb(self) -> dict[str, Factuality]:
        """Factuality by governing verb."""
        return {word: f for f, words in self.verbs.items() for word in words}

    @cached_property
    def of_noun(self) -> dict[str, Factuality]:
        """Factuality by governing noun."""
        return {word: f for f, words in self.nouns.items() for word in words}

    @cached_property
    def of_adjective(self) -> dict[str, Factuality]:
        """Factuality by governing adjective or participle."""
        return {word: f for f, words in self.adjectives.items() for word in words}

    @cached_property
    def of_modal(self) -> dict[str, Factuality]:
        """Factuality by modal verb."""
        return {word: f for f, words in self.modals.items() for word in words}

    @cached_property
    def of_preposition(self) -> dict[str, Factuality]:
        """Factuality by the preposition before a noun ("ahead of a visit")."""
        return {word: f for f, words in self.prepositions.items() for word in words}

    @cached_property
    def of_marker(self) -> dict[str, Factuality]:
        """Factuality by the conjunction that opens a clause."""
        return {word: f for f, words in self.markers.items() for word in words}


def load(domain: Domain) -> FactualityWords:
    """The factuality words of the domain data."""
    words: FactualityWords = domain.single("factuality.yaml", FactualityWords)
    return words
