"""Figures as a picture: a small field for each measure that changes or differs, its values by time."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from communique.model import Interval, Statement
from communique.views.links import Links
from communique.views.pictures.days import Axis, window
from communique.views.pictures.svg import Picture, element, group, link
from communique.views.selection import Material, Told
from communique.views.wording import amount, counted, days, listed

WIDTH = 1080.0
_ACROSS, _GAP, _HIGH = 3, 16.0, 200.0
MOST = 12
"""Measures that are drawn, the disputed ones first."""


@dataclass(frozen=True, slots=True)
class Value:
    """A figure as one page gives it."""

    statement: Statement
    fact_id: str
    when: Interval | None

    @property
    def ends(self) -> tuple[float, float]:
        """The value, and its upper end."""
        quantity = self.statement.quantity
        assert quantity
        return quantity.value, quantity.value if quantity.upper is None else quantity.upper


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure of one bearer in one unit, with every value that pages give."""

    title: str
    unit: str
    values: tuple[Value, ...]
    disputed: bool


def measures(material: Material) -> list[Measure]:
    """The measures of which pages give several values, the disputed first, then those told of most.

    What all pages give alike needs no picture: the list says how many say so.
    """
    groups: defaultdict[tuple[object, ...], list[tuple[Told, Statement]]] = defaultdict(list)
    for told in material.told["quantity"]:
        facts_measure = told.best.quantity.measure if told.best.quantity else ""
        bearers = tuple(sorted(told.best.states()))
        for said in told.said:
            if said.quantity and facts_measure:
                groups[bearers, facts_measure, said.quantity.unit].append((told, said))
    found = []
    for (_, measure, unit), every in groups.items():
        if len(every) < 2:
            continue
        names = listed(dict.fromkeys(a.name for a in every[0][0].best.actors), 2)
        disputed = any(told.fact.fact_id in material.disputed for told, _ in every)
        if not disputed and len({amount(s.quantity) for _, s in every if s.quantity}) < 2:
            continue
        values = tuple(Value(said, told.fact.fact_id, _when(said, material)) for told, said in every)
        title = ": ".join(part for part in (names, str(measure)) if part)
        found.append(Measure(title, str(unit), values, disputed))
    return sorted(found, key=lambda m: (not m.disputed, -len(m.values), m.title))


def _when(said: Statement, material: Material) -> Interval | None:
    published = material.documents[said.doc_id].published
    period = said.quantity.period if said.quantity else None
    return period or said.when or (published.interval if published else None)


def figures_picture(material: Material, links: Links) -> Picture:
    """The same measure across pages and time; values that sources dispute stand out."""
    every = measures(material)
    kept = every[:MOST]
    if not kept:
        empty = element("text", "no measure has several values", x=10, y=24)
        return Picture("figures", "Figures: no measure has several values", WIDTH, 40, empty)
    width = (WIDTH - (_ACROSS + 1) * _GAP) / _ACROSS
    fields = []
    for number, measure in enumerate(kept):
        row, column = divmod(number, _ACROSS)
        x, y = _GAP + column * (width + _GAP), _GAP + row * (_HIGH + _GAP)
        field = _field(measure, width, links, material)
        fields.append(element("g", field, transform=f"translate({x:.1f} {y:.1f})"))
    rows = -(-len(kept) // _ACROSS)
    disputed = sum(one.disputed for one in every)
    title = f"{counted(len(every), 'measure')} of several values, {disputed} of them disputed"
    if len(every) > len(kept):
        title += f"; {len(kept)} drawn"
    return Picture("figures", title, WIDTH, _GAP + rows * (_HIGH + _GAP), Markup("").join(fields))


def _field(measure: Measure, width: float, links: Links, material: Material) -> Markup:
    known = [value.when for value in measure.values if value.when]
    span = window(known, None, None) or (date(2000, 1, 1), date(2000, 12, 31))
    axis = Axis(*span, 14, width - 14)
    low = min(value.ends[0] for value in measure.values)
    high = max(value.ends[1] for value in measure.values)
    top, bottom = 70.0, _HIGH - 40

    def y(number: float) -> float:
        return (top + bottom) / 2 if high == low else bottom - (bottom - top) * (number - low) / (high - low)

    parts = [
        element("rect", x=0, y=0, width=width, height=_HIGH, rx=6, class_="field"),
        element("text", _cut(measure.title, 42), x=12, y=20, class_="label strong"),
        element(
            "text", _sides(measure), x=12, y=38, class_="label disputed" if measure.disputed else "label soft"
        ),
        element("line", x1=10, x2=width - 10, y1=bottom + 12, y2=bottom + 12, class_="rule"),
    ]
    if known:
        parts.append(
            element("text", days(min(known, key=lambda w: w.earliest)), x=12, y=_HIGH - 7, class_="tick")
        )
        last = max(known, key=lambda w: w.latest)
        if last != min(known, key=lambda w: w.earliest):
            parts.append(
                element("text", days(last), x=width - 12, y=_HIGH - 7, text_anchor="end", class_="tick")
            )
    told: set[str] = set()
    for value in measure.values:
        assert value.statement.quantity
        label = amount(value.statement.quantity)
        shapes = _shapes(value, axis, y(value.ends[0]), y(value.ends[1]), measure.disputed)
        if label not in told:
            shapes.append(_label(label, value, axis, y(value.ends[0])))
            told.add(label)
        parts.append(link(links.fact(value.fact_id), _told(value, label, material), *shapes))
    return group(parts)


def _told(value: Value, label: str, material: Material) -> str:
    said = value.statement
    undone = "" if said.factuality == "actual" else f" ({said.factuality})"
    return f"{label}, page {material.numbers[said.doc_id]}, {days(value.when)}{undone}"


def _ends(value: Value, axis: Axis) -> tuple[float, float]:
    """From where to where a value is drawn; in the middle, if it is of no known time."""
    if value.when and axis.shows(value.when):
        return axis.stretch(value.when)
    middle = (axis.left + axis.right) / 2
    return middle, middle


def _shapes(value: Value, axis: Axis, y: float, upper: float, disputed: bool) -> list[Markup]:
    sort = ("disputed" if disputed else "done") if value.statement.factuality == "actual" else "ahead"
    left, right = _ends(value, axis)
    middle = (left + right) / 2
    shapes = []
    if right - left > 8:
        shapes.append(element("line", x1=left, x2=right, y1=y, y2=y, class_=f"doubt {sort}"))
    if upper != y:
        shapes.append(element("line", x1=middle, x2=middle, y1=y, y2=upper, class_=f"doubt {sort}"))
    shapes.append(element("circle", cx=middle, cy=y, r=4.6, class_=f"mark {sort}"))
    return shapes


def _label(text: str, value: Value, axis: Axis, y: float) -> Markup:
    middle = sum(_ends(value, axis)) / 2
    early = middle < (axis.left + axis.right) / 2
    anchor, x = ("start", middle + 9) if early else ("end", middle - 9)
    return element("text", text, x=x, y=y - 7, text_anchor=anchor, class_="tick halo")


def _sides(measure: Measure) -> str:
    amounts = dict.fromkeys(amount(v.statement.quantity) for v in measure.values if v.statement.quantity)
    return _cut(" / ".join(list(amounts)[:3]) + (" …" if len(amounts) > 3 else ""), 50)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
