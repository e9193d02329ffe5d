"""Figures: how much of what, whose, when, and on whose word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from communique.views.lines import Shown, line, place_of, place_on_line, weight
from communique.views.page import Line, Lines, View, section
from communique.views.selection import Material, Told
from communique.views.wording import listed

_MINOR = frozenset({"times", "year", "month", "week", "day", "hour"})
"""Units that say less on their own than those that count or measure."""


def figures(material: Material) -> View:
    """All figures, money and counts before lengths of time."""
    shown = section("Figures", figure_lines(material), limit=material.selection.limit, empty="none")
    return View("figures", f"Figures: {material.selection.title}", (), (shown,)).citing(material.references)


def figure_lines(material: Material, told_already: Iterable[Line] = ()) -> Lines:
    """One line a figure, the weightiest first; of minor ones, none whose words are shown or told already."""

    def place(told: Told) -> tuple[float, str]:
        minor = 3.0 if _minor(told) else 0.0
        unowned = 2.0 if not told.best.actors else 0.0
        contested = 4.0 if told.fact.fact_id in material.disputed else 0.0
        return minor + unowned - contested - weight(told, material), told.fact.fact_id

    found: list[Told] = []
    shown = Shown()
    for line_told in told_already:
        shown.add(place_on_line(line_told), -1)
    for told in sorted(material.told["quantity"], key=place):
        words = place_of(told.best, told.fact.factuality, material)
        if _minor(told) and shown.position(words) is not None:
            continue  # "within five years" beside what is to be spent in them
        shown.add(words, len(found))
        found.append(told)
    return Lines(found, lambda told: _figure(told, material))


def _figure(told: Told, material: Material) -> Line:
    quantity = told.best.quantity
    measure = quantity.measure if quantity else ""
    names = listed(dict.fromkeys(a.name for a in told.best.actors), 3)
    return replace(line(told, material), what=": ".join(part for part in (names, measure) if part))


def _minor(told: Told) -> bool:
    return bool(told.best.quantity and told.best.quantity.unit in _MINOR)
