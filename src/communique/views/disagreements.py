"""Where sources differ: both sides, never one of them alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from communique.model import Disagreement, Side
from communique.views import stretch
from communique.views.lines import evidence, line
from communique.views.page import Line, Section, View, Words
from communique.views.selection import Material, Told


def disagreements(material: Material) -> View:
    """Each disagreement with its sides, the words of each, and who says so."""
    shown = tuple(_section(one, told, material) for one, told in _concerned(material))
    empty = Section("Where they differ", (), empty="nowhere found")
    return View("disagreements", f"Disagreements: {material.selection.title}", (), shown or (empty,)).citing(
        material.references
    )


def differing(material: Material) -> list[Line]:
    """One line a disagreement."""
    found = []
    for one, told in _concerned(material):
        sides = " / ".join(f"{side.value} {_cited(_words(side, told, material))}" for side in one.sides)
        found.append(
            replace(
                line(told, material),
                value=f"{one.reason}: {sides}",
                note="",
                evidence=evidence(told, material),
            )
        )
    return found


def _concerned(material: Material) -> Iterator[tuple[Disagreement, Told]]:
    for one in material.ledger.disagreements():
        if told := material.facts.get(one.fact_id):
            yield one, told


def _section(one: Disagreement, told: Told, material: Material) -> Section:
    heading = line(told, material)
    sides = []
    for side in one.sides:
        words = _words(side, told, material)
        best = next((s for s in told.said if s.statement_id in side.statement_ids), told.best)
        sides.append(
            Line(
                value=side.value,
                words=stretch.sentence(best, material.documents[best.doc_id], material.numbers[best.doc_id]),
                origins=tuple(material.origin(name) for name in side.origins),
                fact_id=one.fact_id,
                evidence=words,
            )
        )
    return Section(f"{one.reason.capitalize()}: {heading.what or one.about}", tuple(sides), note=one.about)


def _words(side: Side, told: Told, material: Material) -> tuple[Words, ...]:
    return tuple(
        stretch.clause(s, material.numbers[s.doc_id])
        for s in told.said
        if s.statement_id in side.statement_ids
    )


def _cited(words: tuple[Words, ...]) -> str:
    return "[" + " ".join(str(number) for number in sorted({w.number for w in words})) + "]"
