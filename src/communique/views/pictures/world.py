"""The base map: outlines of states from Natural Earth, as a package carries them, in Equal Earth."""

from __future__ import annotations

import json
import math
import sqlite3
import zlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from typing import TypeAlias

Ring: TypeAlias = tuple[tuple[float, float], ...]

PACKAGE = "pyworldatlas_mapdata_overview"
_COARSE = 0.15
"""Degrees that two points of an outline are apart at least."""

# Šavrič, Patterson and Jenny (2018), The Equal Earth map projection.
_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
_M = math.sqrt(3) / 2


@dataclass(frozen=True, slots=True)
class Outline:
    """A state on the map: ISO 3166 alpha-2, name, and its rings of longitude and latitude."""

    code: str
    name: str
    rings: tuple[Ring, ...]


@cache
def outlines() -> tuple[Outline, ...]:
    """All states and territories, by code, as coarse as a picture needs them."""
    with as_file(files(PACKAGE) / "data" / "maps.sqlite3") as path:
        connection = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
        try:
            rows = connection.execute(
                "SELECT alpha2, name, payload FROM country_map ORDER BY alpha2"
            ).fetchall()
        finally:
            connection.close()
    found = []
    for code, name, payload in rows:
        boundary = json.loads(zlib.decompress(payload))["boundary"]
        rings = tuple(ring for points in boundary if len(ring := coarse(points)) > 3)
        found.append(Outline(code, name, rings))
    return tuple(found)


def coarse(points: list[list[float]]) -> Ring:
    """A ring without points that lie closer than the map shows."""
    kept = [(points[0][0], points[0][1])]
    for longitude, latitude in points[1:]:
        if abs(longitude - kept[-1][0]) + abs(latitude - kept[-1][1]) >= _COARSE:
            kept.append((longitude, latitude))
    return tuple(kept)


def projected(longitude: float, latitude: float, centre: float) -> tuple[float, float]:
    """A point in Equal Earth, x to the east and y to the north, about a central meridian.

    >>> projected(10.0, 0.0, 10.0)
    (0.0, 0.0)
    """
    theta = math.asin(_M * math.sin(math.radians(latitude)))
    t2 = theta * theta
    t6 = t2 * t2 * t2
    slope = _A1 + 3 * _A2 * t2 + t6 * (7 * _A3 + 9 * _A4 * t2)
    x = math.radians(longitude - centre) * math.cos(theta) / (_M * slope)
    return x, theta * (_A1 + _A2 * t2 + t6 * (_A3 + _A4 * t2))


def central_meridian(longitudes: list[float]) -> float:
    """The meridian that leaves the widest gap between places at the edge of the map.

    >>> central_meridian([140.0, -77.0, -157.0]), central_meridian([])
    (-148.5, 0.0)
    """
    if not longitudes:
        return 0.0
    ordered = sorted({(longitude + 180) % 360 - 180 for longitude in longitudes})
    gaps = [((ordered[(n + 1) % len(ordered)] - at) % 360 or 360.0, at) for n, at in enumerate(ordered)]
    wide, at = max(gaps)
    return (at + wide / 2 + 180 + 180) % 360 - 180


def near(longitude: float, centre: float) -> float:
    """The same meridian, counted so that it lies within half a turn of the centre.

    >>> near(-170.0, 150.0)
    190.0
    """
    return centre + (longitude - centre + 180) % 360 - 180


def circle(longitude: float, latitude: float, kilometres: float, points: int = 72) -> Ring:
    """The points that lie so many kilometres from a place, on a sphere of the size of the earth."""
    angle = kilometres / 6371.0
    sin_lat, cos_lat = math.sin(math.radians(latitude)), math.cos(math.radians(latitude))
    found = []
    for number in range(points):
        bearing = 2 * math.pi * number / points
        lat = math.asin(sin_lat * math.cos(angle) + cos_lat * math.sin(angle) * math.cos(bearing))
        lon = math.atan2(
            math.sin(bearing) * math.sin(angle) * cos_lat, math.cos(angle) - sin_lat * math.sin(lat)
        )
        found.append((longitude + math.degrees(lon), math.degrees(lat)))
    return tuple(found)
