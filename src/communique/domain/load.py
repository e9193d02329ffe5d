"""Loads the domain data an analyst wrote, the built-in folder first, then any of one's own."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, TypeVar

from communique.domain import schema
from communique.domain.source import DATA, read_yaml
from communique.errors import DomainError, Problem

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Tenure:
    """One person in one office for one spell of days."""

    person_id: str
    person: schema.Person
    office_id: str
    office: schema.Office
    since: date
    until: date | None
    reference: str

    def holds_on(self, day: date) -> bool:
        """Whether the tenure includes `day`."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Domain:
    """The world as the domain data have it; each part is read when first asked for."""

    folders: tuple[Path, ...] = (DATA,)

    def files(self, pattern: str) -> Iterator[Path]:
        """The data files that match a glob, folder by folder, in name order."""
        for folder in self.folders:
            yield from sorted(folder.glob(pattern))

    def table(self, name: str, schema_type: type[T]) -> dict[str, T]:
        """One mapping of entries, merged over all folders; a later folder adds or replaces entries.

        Raises `DomainError`.
        """
        merged: dict[str, T] = {}
        for path in self.files(name):
            entries: dict[str, T] = read_yaml(path, dict[str, schema_type])  # type: ignore[valid-type]
            merged.update(entries)
        if not merged:
            raise DomainError([Problem(str(self.folders[0] / name), "", "is missing")])
        return merged

    def single(self, name: str, schema_type: Any) -> Any:
        """The entries of one file that is not merged: the last folder that has it wins."""
        paths = list(self.files(name))
        if not paths:
            raise DomainError([Problem(str(self.folders[0] / name), "", "is missing")])
        return read_yaml(paths[-1], schema_type)

    @cached_property
    def states(self) -> dict[str, schema.State]:
        """States by ISO 3166 alpha-3."""
        return self.table("states.yaml", schema.State)

    @cached_property
    def organs(self) -> dict[str, schema.Organ]:
        """Named organs, forces, residences and parties by slug."""
        return self.table("organs.yaml", schema.Organ)

    @cached_property
    def bodies(self) -> dict[str, schema.Body]:
        """International bodies by short name."""
        return self.table("bodies.yaml", schema.Body)

    @cached_property
    def agreements(self) -> dict[str, schema.Agreement]:
        """Agreements by slug."""
        return self.table("agreements.yaml", schema.Agreement)

    @cached_property
    def capabilities(self) -> dict[str, schema.Capability]:
        """Named weapons, programmes, doctrines and policies by slug."""
        return self.table("capabilities.yaml", schema.Capability)

    @cached_property
    def publishers(self) -> dict[str, schema.Publisher]:
        """Publishers and agencies by slug."""
        return self.table("publishers.yaml", schema.Publisher)

    @cached_property
    def officeholders(self) -> tuple[schema.Officeholders, ...]:
        """The files of people and offices."""
        return tuple(read_yaml(path, schema.Officeholders) for path in self.files("people/*.yaml"))

    @cached_property
    def people(self) -> dict[str, schema.Person]:
        """People by slug."""
        return {slug: person for part in self.officeholders for slug, person in part.people.items()}

    @cached_property
    def offices(self) -> dict[str, schema.Office]:
        """Offices by slug."""
        return {slug: office for part in self.officeholders for slug, office in part.offices.items()}

    @cached_property
    def tenures(self) -> tuple[Tenure, ...]:
        """Who held which office when."""
        return tuple(
            Tenure(h.person, self.people[h.person], slug, office, h.since, h.until, h.reference)
            for slug, office in self.offices.items()
            for h in office.holders
            if h.person in self.people
        )

    def tenures_of(self, person_id: str) -> list[Tenure]:
        """The offices one person held, oldest first."""
        return self._by_person.get(person_id, [])

    @cached_property
    def _by_person(self) -> dict[str, list[Tenure]]:
        found: dict[str, list[Tenure]] = {}
        for tenure in sorted(self.tenures, key=lambda t: (t.since, t.office_id)):
            found.setdefault(tenure.person_id, []).append(tenure)
        return found

    def holders(self, of: str, role: str, day: date) -> list[Tenure]:
        """Who held the office of `role` in a state or body on `day`."""
        return [t for t in self.tenures if t.office.of == of and t.office.role == role and t.holds_on(day)]


def data_folders(own: Iterable[Path] = ()) -> tuple[Path, ...]:
    """The built-in folder, then those of `COMMUNIQUE_DATA` (as PATH is written), then `own`."""
    named = [Path(part) for part in os.environ.get("COMMUNIQUE_DATA", "").split(os.pathsep) if part]
    return (DATA, *named, *own)


@lru_cache(maxsize=4)
def load_domain(folders: tuple[Path, ...] | None = None) -> Domain:
    """The domain data of the given folders (of `data_folders()` if none are given).

    >>> load_domain().states["JPN"].name
    'Japan'
    """
    return Domain(folders or data_folders())
