"""Whom a person means by the names given to a command."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from communique.domain.load import Domain
from communique.errors import UsageError

LIKENESS = 70
"""How much alike, of 100, a name must be to be suggested."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """An actor a view is about: its identifier, its name, and the words that point to it in a text."""

    id: str
    name: str
    words: tuple[str, ...] = ()


def choose(given: Iterable[str], domain: Domain, known: Iterable[tuple[str, str]] = ()) -> tuple[Chosen, ...]:
    """The actors meant by names or identifiers; `known` are (identifier, name) pairs of a ledger.

    A name is looked for among states, bodies, people, organs and publishers of the domain data,
    then among the actors of the ledger. Raises `UsageError`, with the nearest names, for one that
    fits nothing or several.
    """
    names = _Names(domain, tuple(known))
    return tuple(dict.fromkeys(names.meant(name) for name in given))


class _Names:
    def __init__(self, domain: Domain, known: tuple[tuple[str, str], ...]) -> None:
        self.domain = domain
        self.in_ledger = dict(known)
        self.tiers: list[dict[str, set[str]]] = [{} for _ in range(4)]
        self.shown: dict[str, str] = {}
        for tier, name, identifier in (*_domain_names(domain), *_ledger_names(known)):
            self.tiers[tier].setdefault(_folded(name), set()).add(identifier)
            self.shown.setdefault(_folded(name), name)

    def meant(self, given: str) -> Chosen:
        key = _folded(given)
        for tier in self.tiers:
            ids = tier.get(key, set())
            if len(ids) > 1:
                ids = ids & set(self.in_ledger) or ids
            if len(ids) == 1:
                return self._chosen(next(iter(ids)), given)
            if ids:
                some = ", ".join(sorted(ids)[:6])
                raise UsageError(f"{given!r} may be several; write one of: {some}")
        raise UsageError(f"there is no actor {given!r}{self._nearest(key)}")

    def _nearest(self, key: str) -> str:
        from rapidfuzz import fuzz, process

        near = process.extract(key, list(self.shown), scorer=fuzz.ratio, score_cutoff=LIKENESS, limit=8)
        found = dict.fromkeys(self.shown[name] for name, _, _ in near)
        some = ", ".join(list(found)[:4])
        return f"; did you mean {some}?" if some else "; name a state, person or body"

    def _chosen(self, identifier: str, given: str) -> Chosen:
        domain = self.domain
        if state := domain.states.get(identifier):
            words = (*state.names, *state.weak, *state.demonyms, *state.seats, state.capital)
            return Chosen(identifier, state.name, tuple(dict.fromkeys(words)))
        if body := domain.bodies.get(identifier):
            return Chosen(identifier, body.name, (*body.names, *body.weak))
        if person := domain.people.get(identifier):
            return Chosen(identifier, person.name, (person.name, person.family))
        if organ := domain.organs.get(identifier):
            return Chosen(identifier, organ.name, organ.names)
        name = self.in_ledger.get(identifier, given)
        return Chosen(identifier, name, (name,))


def _folded(name: str) -> str:
    """A name as it is compared: case, dots and hyphens do not matter."""
    return " ".join(name.casefold().replace(".", "").replace("-", " ").replace("’", "'").split())


def _domain_names(domain: Domain) -> Iterator[tuple[int, str, str]]:
    """(tier, name, identifier): identifiers and full names first, then what may mean several."""
    for code, state in domain.states.items():
        yield 0, code, code
        for name in (*state.names, state.official, *state.weak):
            yield 0, name, code
        for name in (*state.demonyms, *state.seats, state.capital):
            yield 2, name, code
    for code, body in domain.bodies.items():
        yield 0, code, code
        for name in (*body.names, *body.weak):
            yield 1, name, code
    for slug, person in domain.people.items():
        yield 0, slug, slug
        for name in (person.name, *person.also):
            yield 1, name, slug
        yield 2, person.family, slug
    for slug, organ in domain.organs.items():
        yield 0, slug, slug
        for name in (*organ.names, *organ.weak):
            yield 1, name, slug
    for slug, publisher in domain.publishers.items():
        yield 3, slug, slug
        for name in (publisher.name, *publisher.also):
            yield 3, name, slug


def _ledger_names(known: Iterable[tuple[str, str]]) -> Iterator[tuple[int, str, str]]:
    for identifier, name in known:
        yield 3, identifier, identifier
        yield 3, name, identifier
