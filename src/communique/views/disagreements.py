"""Where sources differ: both sides, never one of them alone."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import replace

from communique.model import Disagreement, Side
from communique.reconcile.digests import office_family
from communique.views import stretch, wording
from communique.views.lines import evidence, line
from communique.views.page import Line, Lines, Section, View, Words
from communique.views.selection import Material, Told


def disagreements(material: Material) -> View:
    """Each disagreement with its sides, the words of each, and who says so."""
    shown = tuple(_section(one, told, material) for one, told in _concerned(material))
    empty = Section("Where they differ", (), empty="nowhere found")
    return View("disagreements", f"Disagreements: {material.selection.title}", (), shown or (empty,)).citing(
        material.references
    )


def differing(material: Material, facts: Container[str] | None = None) -> Lines:
    """One line a disagreement (on `facts`, where given)."""

    def write(of: tuple[Disagreement, Told]) -> Line:
        one, told = of
        sides = " / ".join(
            f"{_value(side, told)} {_cited(_words(side, told, material))}" for side in one.sides
        )
        return replace(
            line(told, material),
            value=f"{one.reason}: {sides}",
            note="",
            evidence=evidence(told, material),
        )

    found = [of for of in _concerned(material) if facts is None or of[0].fact_id in facts]
    return Lines(found, write)


def _concerned(material: Material) -> Iterator[tuple[Disagreement, Told]]:
    for one in material.ledger.disagreements():
        if told := material.facts.get(one.fact_id):
            yield one, told


def _section(one: Disagreement, told: Told, material: Material) -> Section:
    heading = line(told, material)
    title = f"{one.reason.capitalize()}: {heading.what or one.about}"
    return Section(title, tuple(side_lines(one, told, material)), note=one.about)


def side_lines(one: Disagreement, told: Told, material: Material) -> Iterator[Line]:
    """One line a side: what it says, its words and voices; of the record, who holds the office by it."""
    for side in one.sides:
        best = next((s for s in told.said if s.statement_id in side.statement_ids), None)
        if best is None:
            yield _of_the_record(side, told, material)
            continue
        document, number = material.documents[best.doc_id], material.numbers[best.doc_id]
        yield Line(
            value=_value(side, told),
            words=stretch.sentence(best, document, number),
            origins=tuple(material.origin(name) for name in side.origins),
            fact_id=one.fact_id,
            evidence=_words(side, told, material),
        )


def _of_the_record(side: Side, told: Told, material: Material) -> Line:
    """What the domain data say against a page: who held the office, and since when."""
    domain, state = material.domain, next((a.id for a in told.best.actors if a.role == "of"), None)
    family, when = office_family(told.best.office), told.best.when
    held = []
    for tenure in domain.tenures:
        titles = {office_family(title) for title in tenure.office.titles}
        if when and tenure.office.of == state and family in titles and tenure.holds_on(when.earliest):
            until = f" to {wording.day(tenure.until)}" if tenure.until else ""
            name = domain.people[tenure.person_id].name
            held.append(f"{name}, {wording.day(tenure.since)}{until}")
    return Line(
        value="; ".join(held) or side.value,
        note="by the record of offices in the domain data",
        origins=side.origins,
        fact_id=told.fact.fact_id,
    )


def _value(side: Side, told: Told) -> str:
    """What a side says; figures as they are read elsewhere."""
    said = [s.quantity for s in told.said if s.statement_id in side.statement_ids]
    amounts = dict.fromkeys(wording.amount(quantity) for quantity in said if quantity)
    return " / ".join(amounts) or side.value


def _words(side: Side, told: Told, material: Material) -> tuple[Words, ...]:
    return tuple(
        stretch.clause(s, material.numbers[s.doc_id])
        for s in told.said
        if s.statement_id in side.statement_ids
    )


def _cited(words: tuple[Words, ...]) -> str:
    return "[" + " ".join(str(number) for number in sorted({w.number for w in words})) + "]"
