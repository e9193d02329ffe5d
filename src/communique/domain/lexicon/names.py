"""How news names those who act, beside their proper names: titles, agents, anaphora, what is no name."""

from __future__ import annotations

from functools import cached_property
from typing import Literal

from communique.domain.load import Domain
from communique.domain.schema import Entry


class Agents(Entry):
    """Nouns that stand for what names them (`lands` only as its ground); as singular lemmas."""

    government: tuple[str, ...]
    forces: tuple[str, ...]
    members: tuple[str, ...]
    staff: tuple[str, ...]
    lands: tuple[str, ...]


class Anaphora(Entry):
    """Nouns by which a text comes back to those it named before; as singular lemmas."""

    state: tuple[str, ...]
    counted: tuple[str, ...]
    body: dict[str, tuple[str, ...]]
    persons: tuple[str, ...]
    offices: dict[str, tuple[str, ...]]
    things: tuple[str, ...]
    entered: tuple[str, ...]
    partner: tuple[str, ...]


class Ground(Entry):
    """When a name is the ground things stand on or go to: prepositions, and what they must depend on."""

    inside: tuple[str, ...]
    aimed: tuple[str, ...]
    path: dict[str, tuple[str, ...]]
    entering: tuple[str, ...]
    above: tuple[str, ...]
    flying: tuple[str, ...]
    part: tuple[str, ...]


class Misleading(Entry):
    """Names that look like another: what must not be taken for a state, a body or a known person."""

    naming: tuple[str, ...]
    holding: tuple[str, ...]
    institutions: tuple[str, ...]
    no_organisations: tuple[str, ...]
    ships: tuple[str, ...]
    provinces: tuple[str, ...]
    namesakes: tuple[str, ...]
    families: tuple[str, ...]
    pronoun_before: tuple[str, ...]


class Names(Entry):
    """The content of `names.yaml`."""

    titles: dict[str, tuple[str, ...]]
    ranks: tuple[str, ...]
    honorifics: dict[str, Literal["he", "she", "any"]]
    persons: tuple[str, ...]
    she: tuple[str, ...]
    he: tuple[str, ...]
    former: tuple[str, ...]
    designate: tuple[str, ...]
    another: tuple[str, ...]
    counterparts: tuple[str, ...]
    together: dict[str, tuple[str, ...]]
    agents: Agents
    anaphora: Anaphora
    ground: Ground
    misleading: Misleading

    @cached_property
    def role_of_title(self) -> dict[str, str]:
        """Office role by lower-case title; `rank` for ranks, `honorific` for forms of address."""
        found = {title: role for role, titles in self.titles.items() for title in titles}
        found |= dict.fromkeys(self.ranks, "rank")
        return found | dict.fromkeys(self.honorifics, "honorific")

    @cached_property
    def agent_nouns(self) -> frozenset[str]:
        """Every noun that stands for the state or organ which names it."""
        return frozenset(self.agents.government) | frozenset(self.agents.forces)

    @cached_property
    def staff_nouns(self) -> frozenset[str]:
        """Nouns that stand, one or many, for the body which names them."""
        return frozenset(self.agents.staff) | frozenset(self.anaphora.body)

    @cached_property
    def person_nouns(self) -> frozenset[str]:
        """Nouns for one person: titles, by the word before "of" or their last, and others."""
        titles = {
            title.partition(" of ")[0].partition(" for ")[0].split()[-1]
            for title, role in self.role_of_title.items()
            if role != "honorific"
        }
        return frozenset(titles) | frozenset((*self.persons, *self.she, *self.he, *self.anaphora.persons))

    @cached_property
    def pronoun_of_word(self) -> dict[str, Literal["he", "she"]]:
        """Words beside a name that tell how the text will come back to it."""
        words: dict[str, Literal["he", "she"]] = dict.fromkeys(self.she, "she")
        words |= dict.fromkeys(self.he, "he")
        return words | {w: p for w, p in self.honorifics.items() if p != "any"}


def load(domain: Domain) -> Names:
    """The naming words of the domain data."""
    names: Names = domain.single("names.yaml", Names)
    return names
