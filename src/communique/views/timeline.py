"""Events by time."""

from __future__ import annotations

from communique.views.lines import by_day, folded, ranked
from communique.views.page import View, section
from communique.views.selection import Material


def timeline(material: Material) -> View:
    """Dated events from the earliest to the latest, then those without a day."""
    events = [told for told in material.told["event"] if told.fact.factuality != "hypothetical"]
    dated = [told for told in events if told.fact.when]
    undated = [told for told in events if not told.fact.when]
    limit, longest = material.selection.limit, material.selection.longest
    shown = (
        section("By time", by_day(folded(dated, material), material), limit=longest, empty="nothing dated"),
        section("Undated", ranked(undated, material), limit=limit, empty="nothing"),
    )
    return View("timeline", f"Timeline: {material.selection.title}", (), shown).citing(material.references)
