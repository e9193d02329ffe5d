"""The network as a picture: actors on a circle, chords for what joins them, as wide as there are facts."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from markupsafe import Markup

from communique.exports.graph import edge_ends
from communique.views.links import Links
from communique.views.pictures.svg import Picture, element, group, link
from communique.views.selection import Material
from communique.views.wording import counted, listed

WIDTH, HEIGHT = 1080.0, 650.0
_CENTRE = (540.0, 325.0)
_RADIUS = 270.0
MOST = 28
"""Actors that are drawn, those with most facts."""


@dataclass
class _Edge:
    facts: set[str] = field(default_factory=set)
    kinds: Counter[str] = field(default_factory=Counter)
    undone: int = 0


def network_picture(material: Material, links: Links) -> Picture:
    """States, bodies and people that deal with each other; a chord opens what joins its two ends."""
    edges, names = _edges(material)
    weight: Counter[str] = Counter()
    for (one, other), edge in edges.items():
        weight[one] += len(edge.facts)
        weight[other] += len(edge.facts)
    kept = sorted(weight, key=lambda i: (-weight[i], i))[:MOST]
    if not kept:
        empty = element("text", "nobody deals with anybody", x=10, y=24)
        return Picture("network", "Network: nobody deals with anybody", WIDTH, 40, empty)
    inside = {ends: edge for ends, edge in edges.items() if set(ends) <= set(kept)}
    order = _order(kept, inside)
    places = {
        identifier: 2 * math.pi * number / len(order) - math.pi / 2 for number, identifier in enumerate(order)
    }
    chords = [
        _chord(ends, edge, places, names, links)
        for ends, edge in sorted(inside.items(), key=lambda item: (len(item[1].facts), item[0]))
    ]
    most = max(weight[i] for i in kept)
    nodes = [_node(i, names[i], places[i], weight[i], most, links) for i in order]
    left = len(weight) - len(kept)
    title = f"Network of {counted(len(kept), 'actor')} and {counted(len(inside), 'pair')}"
    if left:
        title += f"; {left} more actors are in the list"
    return Picture("network", title, WIDTH, HEIGHT, group(chords) + group(nodes))


def _edges(material: Material) -> tuple[dict[tuple[str, str], _Edge], dict[str, str]]:
    edges: defaultdict[tuple[str, str], _Edge] = defaultdict(_Edge)
    names: dict[str, str] = {}
    for told in (*material.told["event"], *material.told["tie"]):
        if told.fact.factuality in ("denied", "hypothetical"):
            continue
        acting = {}
        for actor in told.best.actors:
            identifier = actor.state or actor.id
            acting[actor.id] = identifier
            state = material.domain.states.get(identifier)
            names.setdefault(identifier, state.name if state else actor.name)
        pairs, _ = edge_ends(told.best)
        for a, b in pairs:
            one, other = sorted((acting[a], acting[b]))
            if one != other:
                edge = edges[one, other]
                edge.facts.add(told.fact.fact_id)
                edge.kinds[(told.fact.type or "event").replace("_", " ")] += 1
                edge.undone += told.fact.factuality != "actual"
    return dict(edges), names


def _order(kept: list[str], edges: dict[tuple[str, str], _Edge]) -> list[str]:
    """Those who deal most with each other side by side: each next one is the likeliest neighbour."""
    strength: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for (one, other), edge in edges.items():
        strength[one][other] += len(edge.facts)
        strength[other][one] += len(edge.facts)
    order, left = [kept[0]], kept[1:]
    while left:
        at = order[-1]
        following = max(left, key=lambda i: (strength[at][i], -left.index(i)))
        order.append(following)
        left.remove(following)
    return order


def _at(angle: float, radius: float) -> tuple[float, float]:
    return _CENTRE[0] + radius * 1.25 * math.cos(angle), _CENTRE[1] + radius * math.sin(angle)


def _chord(
    ends: tuple[str, str], edge: _Edge, places: dict[str, float], names: dict[str, str], links: Links
) -> Markup:
    (x1, y1), (x2, y2) = (_at(places[i], _RADIUS) for i in ends)
    far = math.dist((x1, y1), (x2, y2)) / (2 * _RADIUS)
    pull = 0.75 * min(far, 1.0) + 0.1
    cx = (x1 + x2) / 2 + ((_CENTRE[0]) - (x1 + x2) / 2) * pull
    cy = (y1 + y2) / 2 + ((_CENTRE[1]) - (y1 + y2) / 2) * pull
    kinds = listed([f"{kind} {count}" for kind, count in edge.kinds.most_common(5)], 5)
    told = f"{names[ends[0]]} and {names[ends[1]]}: {counted(len(edge.facts), 'fact')} ({kinds})"
    width = min(1.2 + 1.1 * math.sqrt(len(edge.facts)), 12.0)
    shape = f"M{x1:.1f} {y1:.1f}Q{cx:.1f} {cy:.1f} {x2:.1f} {y2:.1f}"
    sort = "ahead" if edge.undone * 2 > sum(edge.kinds.values()) else "done"
    return link(
        links.pair(*ends),
        told,
        element("path", d=shape, class_="chord-target"),
        element("path", d=shape, class_=f"chord {sort}", stroke_width=width),
    )


def _node(identifier: str, name: str, angle: float, weight: int, most: int, links: Links) -> Markup:
    x, y = _at(angle, _RADIUS)
    tx, ty = _at(angle, _RADIUS + 22)
    anchor = "middle" if abs(math.cos(angle)) < 0.15 else "start" if math.cos(angle) > 0 else "end"
    if anchor == "middle":
        ty += 8 if math.sin(angle) > 0 else -4
    shown = name if len(name) <= 24 else name[:23] + "…"
    return link(
        links.opens("actor", identifier),
        f"{name}: {counted(weight, 'dealing')}",
        element("circle", cx=x, cy=y, r=5 + 11 * math.sqrt(weight / most), class_="node"),
        element("text", shown, x=tx, y=ty + 4, text_anchor=anchor, class_="label"),
    )
