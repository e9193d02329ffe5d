"""One actor: what it is said to do, with whom, promise, spend and say; without one, who is in the ledger."""

from __future__ import annotations

from communique.errors import UsageError
from communique.views.brief import is_coming
from communique.views.disagreements import differing
from communique.views.figures import figure_lines
from communique.views.lines import parted, ranked, timed
from communique.views.network import network
from communique.views.overview import actor_lines, listing
from communique.views.page import Lines, View, section
from communique.views.pledges import is_pledge, pledge_lines
from communique.views.quotes import quote_lines
from communique.views.selection import Material
from communique.views.wording import counted


def actor(material: Material) -> View:
    """What concerns one actor; without a chosen one, the roll of all. Raises `UsageError` for several."""
    chosen = material.selection.actors
    if not chosen:
        return listing("actor", "Actors", actor_lines(material), material)
    if len(chosen) > 1:
        raise UsageError("this is about one actor; for two there is the tie")
    limit = material.selection.limit
    coming, left = parted(material.told["event"], lambda told: is_coming(told, material))
    done = [told for told in left if told.fact.factuality == "actual"]
    pledged = [told for told in left if is_pledge(told)]
    shown = (
        section("Offices", _offices(material), limit=limit and 6),
        timed("What happened", done, material, newest_first=True, empty="nothing reported as done"),
        timed("Coming", coming, material, empty="nothing dated ahead"),
        section("Pledges", pledge_lines(pledged, material), limit=limit, empty="none"),
        section("Standing ties", ranked(material.told["tie"], material), limit=limit, empty="none"),
        section("With whom", network(material).sections[0].lines, limit=limit, empty="nobody"),
        section("Figures", figure_lines(material), limit=limit, empty="none"),
        section("Quotations", quote_lines(material, direct=True), limit=limit, empty="none"),
        section("Where they differ", differing(material), limit=limit, empty="nowhere found"),
    )
    kept = tuple(one for one in shown if one.lines or one.empty)
    total = counted(sum(len(every) for every in material.told.values()), "fact")
    return View("actor", chosen[0].name, (f"{chosen[0].id}: {total}",), kept).citing(material.references)


def _offices(material: Material) -> Lines:
    """Who holds which office, in the words of the pages; those of the chosen or of its people."""
    return ranked(material.told["role"], material)
