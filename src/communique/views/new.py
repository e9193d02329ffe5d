"""What pages add to a ledger, what they repeat, and what they contradict."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from communique.model import Disagreement, Kind
from communique.views import stretch, wording
from communique.views.disagreements import side_lines
from communique.views.lines import Shown, line, place_on_line, weight
from communique.views.page import Line, Section, View, section
from communique.views.printings import printing_section
from communique.views.selection import Material, Told

_KINDS: tuple[Kind, ...] = ("event", "quantity", "quote", "tie", "role")
"""The kinds in the order in which they are told."""

_UNDONE = frozenset({"planned", "pledged", "proposed", "hypothetical"})


def new(material: Material, doc_ids: Collection[str], stored: Collection[str]) -> View:
    """What the pages with these identifiers say beside all others; `stored` are those the ledger holds."""
    mine = [t for kind in _KINDS for t in material.told[kind] if any(s.doc_id in doc_ids for s in t.said)]
    differing = list(_differing(material, doc_ids))
    against = {told.fact.fact_id for _, told in differing}
    added, moved, repeated = [], [], []
    for told in mine:
        others = [s for s in told.said if s.doc_id not in doc_ids]
        if not others:
            added.append(told)
        elif _reports_done(told, doc_ids):
            moved.append(told)
        elif told.fact.fact_id not in against:
            repeated.append(told)
    limit = material.selection.limit and 2 * material.selection.limit
    sections = [
        *_copies(material, doc_ids),
        section("New", _lines(added, material, doc_ids), limit=limit, empty="nothing"),
        section(
            "Now done",
            _lines(moved, material, doc_ids),
            limit=limit,
            empty="nothing",
            note="planned or promised so far",
        ),
        *(_contradiction(one, told, material) for one, told in differing),
        *([] if differing else [Section("Contradicts", (), empty="nothing")]),
        section("Repeated", _lines(repeated, material, doc_ids), limit=limit, empty="nothing"),
    ]
    title = f"What {wording.counted(len(doc_ids), 'page')} {'adds' if len(doc_ids) == 1 else 'add'}"
    shown = View("new", title, tuple(_about(material, doc_ids, stored)), tuple(sections))
    return shown.citing(material.references)


def _about(material: Material, doc_ids: Collection[str], stored: Collection[str]) -> Iterator[str]:
    for doc_id, number in material.numbers.items():
        if doc_id in doc_ids:
            one = material.references[number - 1]
            whose = " / ".join(name for name in (one.publisher, one.agency) if name) or "publisher unknown"
            held = "in the ledger" if doc_id in stored else "not in the ledger"
            yield f"[{number}] {one.title or 'no title'}, {whose}, {one.published}; {held}"


def _reports_done(told: Told, doc_ids: Collection[str]) -> bool:
    """Whether these pages report as done what all others only announce."""
    own = {s.factuality for s in told.said if s.doc_id in doc_ids}
    others = {s.factuality for s in told.said if s.doc_id not in doc_ids}
    return (
        told.fact.kind == "event"
        and told.fact.factuality == "actual"
        and "actual" in own
        and others <= _UNDONE
    )


def _lines(every: Iterable[Told], material: Material, doc_ids: Collection[str]) -> list[Line]:
    """The lines in the words of these pages, kind by kind, the weightiest first."""
    ordered = sorted(every, key=lambda t: (_KINDS.index(t.fact.kind), -weight(t, material), t.fact.fact_id))
    found: list[Line] = []
    shown = Shown()
    for told in ordered:
        made = _line(told, material, doc_ids)
        place = place_on_line(made)
        if (position := shown.position(place)) is None or told.fact.kind in ("quantity", "quote"):
            shown.add(place, len(found))
            found.append(made)
        elif made.fact_id:
            found[position] = replace(found[position], also=(*found[position].also, made.fact_id))
    return found


def _line(told: Told, material: Material, doc_ids: Collection[str]) -> Line:
    own = [s for s in told.said if s.doc_id in doc_ids]
    best = replace(told, said=tuple(own)).best
    document, number = material.documents[best.doc_id], material.numbers[best.doc_id]
    shown = stretch.utterance if told.fact.kind == "quote" else stretch.sentence
    others = {s.origin for s in told.said if s.doc_id not in doc_ids}
    notes = []
    if others and (voices := {s.origin for s in own} - others):
        names = wording.listed(sorted(material.origin(v) for v in voices if v))
        notes.append(f"adds a voice: {names}" if names else "")
    if others:
        pages = sorted({material.numbers[s.doc_id] for s in told.said if s.doc_id not in doc_ids})
        notes.append(f"also told by [{' '.join(map(str, pages))}]")
    return replace(
        line(told, material),
        factuality=best.factuality,
        words=shown(best, document, number),
        note="; ".join(note for note in notes if note),
    )


def _differing(material: Material, doc_ids: Collection[str]) -> Iterator[tuple[Disagreement, Told]]:
    """The disagreements in which these pages are on one side, and not all sides are theirs."""
    for one in material.ledger.disagreements():
        if told := material.facts.get(one.fact_id):
            own = {s.statement_id for s in told.said if s.doc_id in doc_ids}
            theirs = [not own.isdisjoint(side.statement_ids) for side in one.sides]
            if any(theirs) and not all(theirs):
                yield one, told


def _contradiction(one: Disagreement, told: Told, material: Material) -> Section:
    title = f"Contradicts, {one.reason}: {line(told, material).what or one.about}"
    return Section(title, tuple(side_lines(one, told, material)), note=one.about)


def _copies(material: Material, doc_ids: Collection[str]) -> Iterator[Section]:
    """What a page has beside the fullest other printing of its text."""
    for family in material.ledger.families():
        others = [i for i in family.doc_ids if i not in doc_ids]
        for doc_id in family.doc_ids:
            if doc_id in doc_ids and others:
                full = family.fullest if family.fullest in others else others[0]
                made = printing_section(doc_id, full, material)
                yield replace(made, title=f"The same text: {made.title[0].lower()}{made.title[1:]}")
