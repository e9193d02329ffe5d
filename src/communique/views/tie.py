"""What two actors have to do with each other, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping

from communique.errors import UsageError
from communique.exports.calendar import AHEAD
from communique.model import Kind
from communique.views.brief import about, is_coming
from communique.views.lines import parted, ranked, timed
from communique.views.page import View, section
from communique.views.selection import Material, Told


def tie(material: Material) -> View:
    """Standing ties, dealings by time, and what is ahead. Raises `UsageError` unless two are chosen."""
    if len(material.selection.actors) != 2:
        raise UsageError(
            "a tie is between two actors; name both, states in quotation marks where they have spaces"
        )
    between: Mapping[Kind, list[Told]] = {
        kind: [told for told in every if told.near == 2] for kind, every in material.told.items()
    }
    limit = material.selection.limit
    events = between["event"]
    ahead, left = parted(events, lambda told: is_coming(told, material) or told.fact.factuality in AHEAD)
    past, unsure = parted(left, lambda told: told.fact.factuality == "actual")
    shown = (
        section("Standing ties", ranked(between["tie"], material), limit=limit, empty="none"),
        timed("Dealings", past, material, newest_first=True, empty="none"),
        timed("Ahead", ahead, material, empty="nothing"),
        section("Denied, or only if", ranked(unsure, material), limit=limit, empty="nothing"),
    )
    return View("tie", material.selection.title, tuple(about(material)), shown).citing(material.references)
