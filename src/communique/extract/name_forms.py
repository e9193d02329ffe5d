"""The names of the domain data, and the spellings under which each is met."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

from communique.domain.lexicon.names import Names
from communique.domain.load import Domain
from communique.domain.schema import Person
from communique.model import Naming

Entry: TypeAlias = tuple[str, str, str, Naming]
"""A name, the table it is of, its entry there, and how it names it."""

_ADDED = re.compile(r"(?:(?<= )(?:[A-Z]\. ?)+|,? (?:Jr|Sr)\.?$| I{2,3}$)")
"""Initials inside a name, and what tells a son from his father."""


def domain_names(domain: Domain, names: Names) -> Iterator[Entry]:
    """Every name of the domain data; of table `none` those that only look like one, `thing` of no actor."""
    for name in names.misleading.holding:
        yield name, "none", name, "name"
    for thing in (*domain.capabilities.values(), *domain.agreements.values()):
        for name in thing.names:
            yield name, "thing", name, "name"
    for name, codes in names.together.items():
        for code in codes:
            yield name, "together", code, "name"
    yield from _states(domain)
    for table, entries in (("organs", domain.organs), ("bodies", domain.bodies)):
        for key, entry in entries.items():
            for name in entry.names:
                yield name, table, key, "name"
            for name in entry.weak:
                yield name, table, key, "weak"
    known = {name for person in domain.people.values() for name in (person.name, *person.also)}
    for key, person in domain.people.items():
        # "George Bush" may be either of two, though one of them is never so listed
        for name in {_ADDED.sub("", name) for name in (person.name, *person.also)} & known:
            yield name, "people", key, "full" if " " in name else "family"
        for name in _full_names(person):
            yield name, "people", key, "full" if " " in name else "family"
        yield person.family, "people", key, "family"
    for key, publisher in domain.publishers.items():
        if publisher.kind != "government":
            for name in (publisher.name, *publisher.also, *publisher.credit):
                if len(name) > 2 and name[0].isupper():
                    yield name, "publishers", key, "name"


def _states(domain: Domain) -> Iterator[Entry]:
    for code, state in domain.states.items():
        for name in (*state.names, state.official):
            if name not in state.weak:
                yield name, "states", code, "name"
        for name in state.weak:
            yield name, "states", code, "weak"
        for name in state.demonyms:
            yield name, "states", code, "demonym"
        for name in (state.capital, *state.seats):
            yield name, "states", code, "seat"


def _full_names(person: Person) -> Iterator[str]:
    """The names of a person, also with the family name first, in capitals or before a comma."""
    for name in (person.name, *person.also):
        yield name
        given, _, family = name.partition(" ")
        if family and " " not in family:
            yield f"{family} {given}"
            yield f"{family.upper()} {given}"
            yield f"{family}, {given}"
            yield f"{family.upper()}, {given}"
            yield f"{given} {family.upper()}"


CAPITALS = 4
"""Letters up to which a name in capitals may be an acronym."""


def forms(name: str) -> Iterator[str]:
    """The spellings of a name: apostrophes and dashes either way.

    >>> list(forms("Cote d'Ivoire"))
    ["Cote d'Ivoire", 'Cote d’Ivoire']
    """
    yield name
    for one, other in (("'", "’"), ("’", "'"), ("-", "–")):
        if one in name:
            yield name.replace(one, other)


def in_capitals(name: str) -> Iterator[str]:
    """The spellings of a name in capitals, as wires set them; short ones would be taken for acronyms.

    >>> list(in_capitals("Tokyo")), list(in_capitals("Xi"))
    (['TOKYO'], [])
    """
    return (form.upper() for form in forms(name) if len(name) > CAPITALS and name.upper() != name)
