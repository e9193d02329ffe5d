"""How news names those who act, beside their proper names: titles, agents, anaphora."""

from __future__ import annotations

from functools import cached_property

from communique.domain.load import Domain
from communique.domain.schema import Entry


class Agents(Entry):
    """Nouns that stand for what names them; as singular lemmas."""

    government: tuple[str, ...]
    forces: tuple[str, ...]


class Anaphora(Entry):
    """Nouns by which a text comes back to those it named before; as singular lemmas."""

    state: tuple[str, ...]
    counted: tuple[str, ...]
    body: tuple[str, ...]
    persons: tuple[str, ...]
    capital: tuple[str, ...]


class Names(Entry):
    """The content of `names.yaml`."""

    titles: dict[str, tuple[str, ...]]
    holding: tuple[str, ...]
    no_organisations: tuple[str, ...]
    former: tuple[str, ...]
    agents: Agents
    anaphora: Anaphora

    @cached_property
    def role_of_title(self) -> dict[str, str]:
        """Office role by lower-case title."""
        return {title: role for role, titles in self.titles.items() for title in titles}

    @cached_property
    def agent_nouns(self) -> frozenset[str]:
        """Every noun that stands for what names it."""
        return frozenset(self.agents.government) | frozenset(self.agents.forces)


def load(domain: Domain) -> Names:
    """The naming words of the domain data."""
    names: Names = domain.single("names.yaml", Names)
    return names
