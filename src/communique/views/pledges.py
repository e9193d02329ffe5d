"""What was pledged or proposed, and by when."""

from __future__ import annotations

from collections.abc import Iterable

from communique.views.lines import ranked, timed
from communique.views.page import Line, Section, View, section
from communique.views.selection import Material, Told


def pledges(material: Material) -> View:
    """Pledges and proposals apart, each by how well it is supported."""
    limit = material.selection.limit
    events = material.told["event"]
    sections: list[Section] = []
    for title, factuality in (("Pledged", "pledged"), ("Proposed", "proposed")):
        some = [told for told in events if told.fact.factuality == factuality]
        sections.append(section(title, pledge_lines(some, material), limit=limit, empty="nothing"))
    planned = [told for told in events if told.fact.factuality == "planned"]
    sections.append(timed("Planned", planned, material, empty="nothing"))
    return View("pledges", f"Pledges: {material.selection.title}", (), tuple(sections)).citing(
        material.references
    )


def is_pledge(told: Told) -> bool:
    """Whether somebody has promised or proposed it, and no page says that it was done."""
    return told.fact.factuality in ("pledged", "proposed")


def pledge_lines(every: Iterable[Told], material: Material) -> list[Line]:
    """The lines, the most supported first."""
    return ranked(every, material)
