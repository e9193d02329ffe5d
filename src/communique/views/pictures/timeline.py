"""The timeline as a picture: a row for each kind of event, what is done filled, what is not hollow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, TypeAlias

from markupsafe import Markup

from communique.model import Factuality, Interval
from communique.views.links import Links
from communique.views.pictures.days import Axis, window
from communique.views.pictures.svg import Picture, element, group, link
from communique.views.selection import Material, Told
from communique.views.wording import counted, days, what

By: TypeAlias = Literal["type", "factuality", "actor"]

WIDTH = 1080.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 150.0, 1064.0, 74.0, 30.0
_TRACK = 13.0
_DEEPEST = 9
"""Tracks of a row; what does not fit is counted at the end of it."""

_MOST_ROWS = 14
_WIDE = 400
"""Days from which an interval says too little to be drawn."""

_BUCKETS = 60


@dataclass(frozen=True, slots=True)
class Mark:
    """An event on the axis."""

    told: Told
    when: Interval
    row: str


def timeline_picture(material: Material, links: Links, *, by: By = "type", name: str = "timeline") -> Picture:
    """Events by time; a mark of a day is a dot, one of several days a bar as long as the doubt.

    Filled: reported as done. Hollow with a dashed edge: planned, pledged or proposed. Crossed: denied.
    """
    events = [
        told
        for told in material.told["event"]
        if told.fact.when and told.fact.factuality != "hypothetical" and told.fact.when.days <= _WIDE
    ]
    selection = material.selection
    shown = window([t.fact.when for t in events if t.fact.when], selection.since, selection.until)
    if shown is None:
        return Picture(
            name, "Timeline: nothing dated", WIDTH, 40, element("text", "nothing dated", x=10, y=24)
        )
    axis = Axis(*shown, _LEFT, _RIGHT)
    row_of = _rows(by)
    marks = [
        Mark(told, told.fact.when, row)
        for told in events
        if told.fact.when and axis.shows(told.fact.when)
        for row in row_of(told)
    ]
    before = [t.fact.when for t in events if t.fact.when and t.fact.when.latest < axis.first]
    parts, bottom = _drawn_rows(marks, axis, links)
    as_of = _as_of(material.as_of, "as of" if selection.as_of else "newest page", axis, bottom)
    height = bottom + _BOTTOM
    content = Markup("").join(
        [_grid(axis, bottom), as_of, _density(marks, axis, links), *parts, _before(before, axis, links)]
    )
    drawn = {mark.told.fact.fact_id for mark in marks}
    title = f"Timeline of {counted(len(drawn), 'event')}, {days(Interval(*shown, 'range'))}"
    return Picture(name, title, WIDTH, height, content, shown)


def _rows(by: By) -> Callable[[Told], Iterable[str]]:
    if by == "factuality":
        return lambda told: (told.fact.factuality,)
    if by == "actor":
        return lambda told: tuple(dict.fromkeys(a.name for a in told.best.actors))[:2] or ("nobody named",)
    return lambda told: (told.fact.type or "event",)


def _drawn_rows(marks: list[Mark], axis: Axis, links: Links) -> tuple[list[Markup], float]:
    rows: defaultdict[str, list[Mark]] = defaultdict(list)
    for mark in marks:
        rows[mark.row].append(mark)
    ordered = sorted(rows, key=lambda row: (-len(rows[row]), row))
    parts, y = [], _TOP
    for row in ordered[:_MOST_ROWS]:
        part, y = _row(row, rows[row], axis, y, links)
        parts.append(part)
    if left := ordered[_MOST_ROWS:]:
        told = f"{counted(len(left), 'row')} more with {counted(sum(len(rows[r]) for r in left), 'event')}"
        parts.append(element("text", told, x=_LEFT, y=y + 14, class_="label soft"))
        y += 20
    return parts, y


def _row(name: str, marks: list[Mark], axis: Axis, top: float, links: Links) -> tuple[Markup, float]:
    """The marks of a row in tracks that do not overlap, the first free one each."""
    ends: list[float] = []
    drawn, left = [], 0
    for mark in sorted(marks, key=lambda m: (m.when.earliest, m.when.latest, m.told.fact.fact_id)):
        start, end = axis.stretch(mark.when)
        if mark.when.days == 1:
            middle = (start + end) / 2
            start, end = middle - 5, middle + 5
        end = max(end, start + 10)
        track = next((n for n, taken in enumerate(ends) if taken <= start), len(ends))
        if track >= _DEEPEST:
            left += 1
            continue
        if track == len(ends):
            ends.append(end + 1)
        else:
            ends[track] = end + 1
        drawn.append(_mark(mark, start, end, top + 6 + track * _TRACK, links))
    height = max(len(ends), 1) * _TRACK + 12
    label = f"{name} ({len(marks)})" if not left else f"{name} ({len(marks)}, {left} not drawn)"
    parts = [
        element("line", x1=0, x2=WIDTH, y1=top + height, y2=top + height, class_="rule"),
        element("text", _short(label), x=8, y=top + 17, class_="label"),
        *drawn,
    ]
    return group(parts), top + height


def _short(label: str, most: int = 24) -> str:
    return label if len(label) <= most else label[: most - 1] + "…"


def _mark(mark: Mark, start: float, end: float, y: float, links: Links) -> Markup:
    fact = mark.told.fact
    sort = _sort(fact.factuality)
    told = f"{days(mark.when)}: {what(fact, mark.told.best)}"
    if fact.factuality != "actual":
        told += f" ({fact.factuality})"
    told += (
        f", {counted(len(fact.origins), 'origin')}. “{_short(' '.join(mark.told.best.quote.split()), 160)}”"
    )
    radius = 4.6 if len(fact.origins) > 1 else 3.8
    if mark.when.days == 1:
        shape = element("circle", cx=(start + end) / 2, cy=y + 5, r=radius, class_=f"mark {sort}")
    else:
        shape = element(
            "rect", x=start + 1, y=y + 5 - radius, width=max(end - start - 2, 6), height=2 * radius,
            rx=radius, class_=f"mark span {sort}",
        )  # fmt: skip
    extra = []
    if sort == "denied":
        x = (start + end) / 2
        extra.append(element("path", d=f"M{x - 4:.1f} {y + 1:.1f}l8 8m0-8l-8 8", class_="strike"))
    return link(links.fact(fact.fact_id), told, shape, *extra)


def _sort(factuality: Factuality) -> str:
    return {"actual": "done", "denied": "denied"}.get(factuality, "ahead")


def _grid(axis: Axis, bottom: float) -> Markup:
    parts = []
    for at, label in axis.ticks():
        x = axis.at(at)
        parts.append(element("line", x1=x, x2=x, y1=_TOP - 6, y2=bottom, class_="grid"))
        if x < _RIGHT - 20:
            parts.append(element("text", label, x=x + 3, y=bottom + 18, class_="tick"))
    return group(parts, aria_hidden="true")


def _as_of(day: date | None, label: str, axis: Axis, bottom: float) -> Markup:
    """The day from which on things lie ahead."""
    if day is None or not axis.first <= day <= axis.last:
        return Markup("")
    x = axis.at(day)
    anchor = "end" if x > _RIGHT - 120 else "start"
    shift = -4 if anchor == "end" else 4
    return group(
        [
            element("line", x1=x, x2=x, y1=14, y2=bottom, class_="as-of"),
            element("text", label, x=x + shift, y=22, class_="tick", text_anchor=anchor),
        ]
    )


def _density(marks: list[Mark], axis: Axis, links: Links) -> Markup:
    """How many events lie where; each bar leads to its stretch of the axis."""
    step = max(axis.days // _BUCKETS, 1)
    done: defaultdict[int, int] = defaultdict(int)
    ahead: defaultdict[int, int] = defaultdict(int)
    for mark in {m.told.fact.fact_id: m for m in marks}.values():
        middle = (mark.when.earliest.toordinal() + mark.when.latest.toordinal()) // 2
        number = (
            min(max(middle, axis.first.toordinal()), axis.last.toordinal()) - axis.first.toordinal()
        ) // step
        (done if mark.told.fact.factuality == "actual" else ahead)[number] += 1
    most = max([done[n] + ahead[n] for n in {*done, *ahead}], default=1)
    parts = []
    for number in sorted({*done, *ahead}):
        first = axis.first + timedelta(days=number * step)
        last = min(first + timedelta(days=step - 1), axis.last)
        left, right = axis.stretch(Interval(first, last, "range"))
        y, bars = _TOP - 10, []
        for sort, count in (("done", done[number]), ("ahead", ahead[number])):
            height = 42 * count / most
            if count:
                bars.append(
                    element("rect", x=left + 0.5, y=y - height, width=max(right - left - 1, 2), height=height,
                            class_=f"bar {sort}")
                )  # fmt: skip
                y -= height
        told = f"{days(Interval(first, last, 'range'))}: {done[number]} done, {ahead[number]} not done"
        parts.append(link(links.period(first, last) if axis.days > 14 else None, told, *bars))
    return group(parts)


def _before(earlier: list[Interval], axis: Axis, links: Links) -> Markup:
    if not earlier:
        return Markup("")
    told = f"{counted(len(earlier), 'event')} before"
    address = links.period(min(i.earliest for i in earlier), axis.last)
    sort = "label linked" if address else "label soft"
    return link(address, f"Show also {told}", element("text", f"← {told}", x=8, y=_TOP - 14, class_=sort))
