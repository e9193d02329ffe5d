"""The ledger at a glance: how much is in it, what is newest, what differs, what falls due, and who."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from communique.model import Disagreement, Statement
from communique.views.brief import about, is_coming, not_read
from communique.views.disagreements import differing
from communique.views.lines import folded
from communique.views.page import Line, Lines, Section, View
from communique.views.selection import Material, Told
from communique.views.wording import counted, window

FEW = 6
"""Lines of a section: what fits on one screen."""

ACTORS = 16
"""Actors that are named at a glance."""


def overview(material: Material) -> View:
    """The first page: what one looks at before asking anything."""
    sections = (
        _few("Newest", _newest(material), material, "nothing reported as done on a known day"),
        _few("Falling due", _due(material), material, "nothing dated ahead"),
        _contested(material),
        Section("Who is in it", tuple(actor_lines(material, ACTORS)), empty="nobody"),
        Section("Stories", tuple(story_lines(material, FEW)), empty="none"),
        Section("Pages, newest first", tuple(page_lines(material, FEW)), empty="none"),
        not_read(material),
    )
    return View("overview", "Overview", tuple(about(material)), sections).citing(material.references)


def _few(title: str, told: list[Told], material: Material, empty: str) -> Section:
    lines = folded(told[: 5 * FEW], material)
    more = max(0, len(lines) - FEW) + max(0, len(told) - 5 * FEW)
    return Section(title, tuple(lines[:FEW]), more, empty=empty)


def _newest(material: Material) -> list[Told]:
    """Events that were done on days known to the month, the latest first."""
    as_of = material.as_of or date.max
    done = [
        told
        for told in material.told["event"]
        if told.fact.factuality == "actual"
        and told.fact.when
        and told.fact.when.days <= 31
        and told.fact.when.earliest <= as_of
    ]

    def place(told: Told) -> tuple[int, int, float, str]:
        assert told.fact.when
        return (
            -told.fact.when.latest.toordinal(),
            -len(told.fact.origins),
            -told.best.score,
            told.fact.fact_id,
        )

    return sorted(done, key=place)


def _due(material: Material) -> list[Told]:
    """What lies ahead, the nearest first."""
    ahead = [told for told in material.told["event"] if is_coming(told, material)]

    def place(told: Told) -> tuple[int, int, str]:
        assert told.fact.when
        return told.fact.when.latest.toordinal(), -len(told.fact.origins), told.fact.fact_id

    return sorted(ahead, key=place)


def _contested(material: Material) -> Section:
    lines = differing(material)

    def place(of: tuple[Disagreement, Told]) -> tuple[int, str]:
        return -len(of[1].fact.origins), of[1].fact.fact_id

    most = Lines(sorted(lines.entries, key=place)[:FEW], lines.write)
    return Section("Most contested", tuple(most), len(lines) - len(most), empty="nowhere found")


def actor_lines(material: Material, most: int | None = None) -> Iterator[Line]:
    """Who takes part in facts, those in most first; one who acts for a state also counts for it."""
    facts: Counter[str] = Counter()
    names: dict[str, Counter[str]] = {}
    for every in material.told.values():
        for told in every:
            for identifier, name in parties(told.best, material).items():
                facts[identifier] += 1
                names.setdefault(identifier, Counter())[name] += 1
    ordered = sorted(facts, key=lambda i: (-facts[i], i))
    for identifier in ordered[:most]:
        name = min(names[identifier], key=lambda n: (-names[identifier][n], n))
        yield Line(what=name, value=counted(facts[identifier], "fact"), opens=("actor", identifier))


def parties(statement: Statement, material: Material) -> dict[str, str]:
    """Those who take part in a statement and the states they act for, with their names."""
    found: dict[str, str] = {}
    for actor in statement.actors:
        found.setdefault(actor.id, actor.name)
        if actor.state and actor.state not in found:
            state = material.domain.states.get(actor.state)
            found[actor.state] = state.name if state else actor.state
    return found


def story_lines(material: Material, most: int | None = None) -> Iterator[Line]:
    """The stories, those of most pages first."""
    documents = material.documents
    stories = sorted(material.ledger.stories(), key=lambda s: (-len(s.doc_ids), s.story_id))
    for one in stories[:most]:
        days = sorted(
            (published.earliest, published.latest)
            for i in one.doc_ids
            if (published := documents[i].published)
        )
        voices = {documents[i].agency or documents[i].publisher or i for i in one.doc_ids}
        yield Line(
            when=window(documents[_first(one.doc_ids, material)].published) if days else "",
            what=one.title or "(no title)",
            value=counted(len(one.doc_ids), "page"),
            note=counted(len(voices), "publisher or agency", "publishers and agencies")
            if len(one.doc_ids) > 1
            else "",
            opens=("story", one.story_id),
        )


def _first(doc_ids: tuple[str, ...], material: Material) -> str:
    def place(doc_id: str) -> tuple[date, int]:
        published = material.documents[doc_id].published
        return published.earliest if published else date.max, material.numbers[doc_id]

    return min(doc_ids, key=place)


def page_lines(material: Material, most: int | None = None) -> Iterator[Line]:
    """The pages, the newest first, those without a day last."""

    def place(doc_id: str) -> tuple[int, int]:
        published = material.documents[doc_id].published
        return -published.latest.toordinal() if published else 0, material.numbers[doc_id]

    references = {reference.doc_id: reference for reference in material.references}
    for doc_id in sorted(material.documents, key=place)[:most]:
        page = references[doc_id]
        voices = dict.fromkeys(name for name in (page.publisher, page.agency) if name)
        yield Line(
            when=page.published,
            what=f"[{page.number}] {page.title or '(no title)'}",
            note=", ".join(voices) or page.path,
            opens=("page", doc_id),
        )


def listing(name: str, title: str, lines: Iterator[Line], material: Material) -> View:
    """A view of nothing but a list."""
    every = tuple(lines)
    shown = every if material.selection.all else every[:60]
    return View(
        name, title, (), (replace(Section(title, shown, empty="none"), more=len(every) - len(shown)),)
    )
