"""Summits and conferences with known days, as `data/gatherings.yaml` has them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from pydantic import Field, model_validator

from communique.domain.load import Domain
from communique.domain.schema import BodyCode, Entry, FirstDay, Slug


class Held(Entry):
    """One gathering: the places it is known by, its first and its last day."""

    at: tuple[str, ...] = Field(min_length=1)
    first: FirstDay
    last: FirstDay

    @model_validator(mode="after")
    def _in_order(self) -> Held:
        if self.last < self.first:
            raise ValueError("ends before it begins")
        return self


class Series(Entry):
    """Gatherings of the same bodies, with the words news has for them."""

    bodies: tuple[BodyCode, ...]
    called: tuple[str, ...] = Field(min_length=1)
    reference: str
    held: tuple[Held, ...] = Field(min_length=1)


class Gatherings(Entry):
    """The whole file."""

    crowded: frozenset[str]
    series: dict[Slug, Series]


@dataclass(frozen=True, slots=True)
class Gathering:
    """One gathering as it may be found in a text: "the Vilnius summit", "the NATO summit in Vilnius"."""

    place: str
    called: str
    bodies: tuple[str, ...]
    first: date
    last: date
    crowded: bool


@lru_cache(maxsize=8)
def gatherings(domain: Domain) -> tuple[Gathering, ...]:
    """Every gathering under each of its places and words. Raises `DomainError`.

    >>> from communique.domain.load import load_domain
    >>> {g.first.year for g in gatherings(load_domain()) if g.place == "Vilnius"}
    {2023}
    """
    found: Gatherings = domain.single("gatherings.yaml", Gatherings)
    return tuple(
        Gathering(place, called, series.bodies, held.first, held.last, place in found.crowded)
        for series in found.series.values()
        for held in series.held
        for place in held.at
        for called in series.called
    )
