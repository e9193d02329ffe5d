"""The pictures by the name of the view they belong to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from communique.views.links import Links
from communique.views.pictures.atlas import atlas_picture
from communique.views.pictures.coverage import coverage_picture
from communique.views.pictures.figures import figures_picture
from communique.views.pictures.network import network_picture
from communique.views.pictures.svg import Picture
from communique.views.pictures.timeline import timeline_picture
from communique.views.selection import Material

PICTURES: Mapping[str, Callable[[Material, Links], Picture]] = {
    "timeline": timeline_picture,
    "tie": partial(timeline_picture, name="tie"),
    "actor": partial(timeline_picture, name="actor"),
    "network": network_picture,
    "map": atlas_picture,
    "figures": figures_picture,
    "coverage": coverage_picture,
}


def picture(name: str, material: Material, links: Links) -> Picture | None:
    """The picture of a view; None where it has none (the roll of actors is a list)."""
    if name not in PICTURES or (name == "actor" and not material.selection.actors):
        return None
    return PICTURES[name](material, links)
