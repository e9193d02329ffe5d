"""The map as a picture: places by how much is told of them, who hosts whom, and how far weapons reach."""

from __future__ import annotations

import math
from dataclasses import dataclass

from markupsafe import Markup

from communique.views.atlas import PLACES, Hosting, Reach, Spot, hostings, reaches, spots
from communique.views.links import Links
from communique.views.pictures.svg import Picture, element, link
from communique.views.pictures.world import Ring, central_meridian, circle, near, outlines, projected
from communique.views.selection import Material
from communique.views.wording import counted, listed

WIDTH = 1080.0
_TALLEST, _LOWEST = 760.0, 380.0
_MARGIN = 0.14
"""Share of the map that is left about what is drawn on it."""

_SMALLEST = 0.35
"""Width of the map at least, in radians at the equator."""

_LABELLED = 18


@dataclass(frozen=True, slots=True)
class Frame:
    """The part of the world that is drawn, in projected units."""

    centre: float
    left: float
    top: float
    scale: float
    height: float

    def place(self, longitude: float, latitude: float) -> tuple[float, float]:
        """A point of the picture."""
        x, y = projected(longitude, latitude, self.centre)
        return (x - self.left) * self.scale, (self.top - y) * self.scale

    def spot(self, spot: Spot) -> tuple[float, float]:
        """Where a place is drawn."""
        return self.place(near(spot.longitude, self.centre), spot.latitude)


def atlas_picture(material: Material, links: Links) -> Picture:
    """Places as circles (squares where only the state is told), hosts as lines, ranges as dashed rings."""
    found, hosting, reach = spots(material), hostings(material), reaches(material)
    every = [*found, *(s for one in hosting for s in (one.host, one.guest)), *(one.centre for one in reach)]
    rings = [
        circle(r.centre.longitude, r.centre.latitude, r.kilometres) for r in reach if r.kilometres < 15_000
    ]
    frame = _frame(every, rings)
    parts = [
        element("rect", x=0, y=0, width=WIDTH, height=frame.height, class_="sea"),
        _graticule(frame),
        _land(frame),
        *(_reach(one, ring, frame, links) for one, ring in zip(reach, rings, strict=False)),
        *(_hosting(one, frame, links) for one in hosting),
        *_spots(found, frame, links, material.selection.limit),
    ]
    shown = (counted(len(found), "place"), counted(len(hosting), "host"), counted(len(reach), "range"))
    title = f"Map of {listed(shown)}"
    return Picture("map", title, WIDTH, frame.height, Markup("").join(parts))


def _frame(every: list[Spot], rings: list[Ring]) -> Frame:
    centre = central_meridian([spot.longitude for spot in every])
    points = [projected(near(s.longitude, centre), s.latitude, centre) for s in every]
    points += [projected(near(lon, centre), lat, centre) for ring in rings for lon, lat in ring]
    points = points or [projected(-170, -50, 0), projected(170, 75, 0)]
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    low, high = min(y for _, y in points), max(y for _, y in points)
    width = max((right - left) * (1 + 2 * _MARGIN), _SMALLEST)
    height = max((high - low) * (1 + 2 * _MARGIN), width * _LOWEST / WIDTH)
    width = max(width, height * WIDTH / _TALLEST)
    limit = 2 * projected(180, 0, 0)[0]
    width, height = min(width, limit), min(height, 2.6)
    scale = WIDTH / width
    top = min((low + high) / 2 + height / 2, 1.32)
    return Frame(centre, (left + right) / 2 - width / 2, top, scale, min(height * scale, _TALLEST))


def _path(ring: Ring, frame: Frame, shift: float) -> str:
    """The outline as a path, if some of it lies inside the picture."""
    points = [frame.place(longitude + shift, latitude) for longitude, latitude in ring]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    if max(xs) < 0 or min(xs) > WIDTH or max(ys) < 0 or min(ys) > frame.height:
        return ""
    if max(xs) - min(xs) < 1 and max(ys) - min(ys) < 1:
        return ""
    kept, last = [], (math.inf, math.inf)
    for x, y in points:
        if abs(x - last[0]) + abs(y - last[1]) >= 1.4:
            kept.append(f"{x:.1f} {y:.1f}")
            last = (x, y)
    return "M" + "L".join(kept) + "Z" if len(kept) > 2 else ""


def _land(frame: Frame) -> Markup:
    paths = []
    for outline in outlines():
        for ring in outline.rings:
            middle = sum(lon for lon, _ in ring) / len(ring)
            shift = near(middle, frame.centre) - middle
            wide = max(lon for lon, _ in ring) - min(lon for lon, _ in ring)
            turns = (shift - 360, shift, shift + 360) if wide > 20 else (shift,)
            paths += [path for turn in turns if (path := _path(ring, frame, turn))]
    return element("path", d="".join(paths), class_="land", aria_hidden="true")


def _graticule(frame: Frame) -> Markup:
    lines = []
    for latitude in range(-60, 90, 15):
        ends = [frame.place(frame.centre + shift, latitude) for shift in (-180, 180)]
        if 0 <= ends[0][1] <= frame.height:
            lines.append(f"M{ends[0][0]:.1f} {ends[0][1]:.1f}L{ends[1][0]:.1f} {ends[1][1]:.1f}")
    start = math.floor((frame.centre - 180) / 15) * 15
    for longitude in range(start, start + 375, 15):
        points = [frame.place(longitude, latitude) for latitude in range(-80, 85, 5)]
        lines.append("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points))
    return element("path", d="".join(lines), class_="graticule", aria_hidden="true")


def _spots(found: list[Spot], frame: Frame, links: Links, limit: int | None) -> list[Markup]:
    listed_ = len(found) if limit is None else PLACES * limit
    drawn = []
    placed = [(*frame.spot(spot), min(4 + 2.5 * math.sqrt(len(spot.told)), 18)) for spot in found]
    taken = [(x - size, y - size, x + size, y + size) for x, y, size in placed]
    for number, (spot, (x, y, size)) in enumerate(zip(found, placed, strict=True)):
        undone = sum(told.fact.factuality != "actual" for told in spot.told)
        sort = "ahead" if undone == len(spot.told) else "done"
        told = f"{spot.name}: {counted(len(spot.told), 'event')}"
        if undone:
            told += f", {undone} not done"
        if not spot.exact:
            told += " (only the state is told)"
        if spot.exact:
            shape = element("circle", cx=x, cy=y, r=size, class_=f"spot {sort}")
        else:
            shape = element("rect", x=x - size, y=y - size, width=2 * size, height=2 * size, rx=3,
                            class_=f"spot {sort}")  # fmt: skip
        parts = [shape]
        if number < _LABELLED and (label := _label(f"{spot.name} {len(spot.told)}", x, y, size, taken)):
            parts.append(label)
        address = links.fact(spot.told[0].fact.fact_id)
        if len(spot.told) > 1 and address and number < listed_:
            address = f"#place-{number}"
        drawn.append(link(address, told, *parts))
    return list(reversed(drawn))


def _label(
    text: str, x: float, y: float, size: float, taken: list[tuple[float, float, float, float]]
) -> Markup | None:
    """A label beside its mark where no other stands: right, left, above or below."""
    width = 7.2 * len(text)
    for dx, dy, anchor in (
        (size + 4, 4, "start"), (-size - 4, 4, "end"), (0, -size - 5, "middle"), (0, size + 14, "middle"),
    ):  # fmt: skip
        left = x + dx - (width if anchor == "end" else width / 2 if anchor == "middle" else 0)
        box = (left, y + dy - 12, left + width, y + dy + 4)
        if left < 2 or left + width > WIDTH - 2:
            continue
        if all(box[2] < t[0] or t[2] < box[0] or box[3] < t[1] or t[3] < box[1] for t in taken):
            taken.append(box)
            return element("text", text, x=x + dx, y=y + dy, text_anchor=anchor, class_="label halo")
    return None


def _hosting(one: Hosting, frame: Frame, links: Links) -> Markup:
    (x1, y1), (x2, y2) = frame.spot(one.guest), frame.spot(one.host)
    lift = 0.18 * math.dist((x1, y1), (x2, y2))
    shape = f"M{x1:.1f} {y1:.1f}Q{(x1 + x2) / 2:.1f} {(y1 + y2) / 2 - lift:.1f} {x2:.1f} {y2:.1f}"
    told = f"{one.host.name} hosts forces of {one.guest.name}: {counted(len(one.told), 'fact')}"
    return link(
        links.fact(one.told[0].fact.fact_id),
        told,
        element("path", d=shape, class_="chord-target"),
        element("path", d=shape, class_="hosting", stroke_width=min(1.5 + len(one.told), 6)),
        element("circle", cx=x2, cy=y2, r=4, class_="hosting-end"),
    )


def _reach(one: Reach, ring: Ring, frame: Frame, links: Links) -> Markup:
    points = [
        frame.place(near(one.centre.longitude, frame.centre) + lon - one.centre.longitude, lat)
        for lon, lat in ring
    ]
    shape = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + "Z"
    sort = "done" if one.told.fact.factuality == "actual" else "ahead"
    told = (
        f"{one.centre.name}: {one.kilometres:,.0f} km, drawn about the capital ({one.told.fact.factuality})"
    )
    return link(
        links.fact(one.told.fact.fact_id),
        told,
        element("path", d=shape, class_="chord-target"),
        element("path", d=shape, class_=f"reach {sort}"),
    )
