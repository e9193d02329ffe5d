"""The pages a person reads, drawn from the same views and templates as the report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup

from communique.errors import LedgerError
from communique.views.facets import facets
from communique.views.html import environment
from communique.views.page import View
from communique.views.pictures.catalogue import PICTURES, picture
from communique.views.pictures.days import zoomed
from communique.views.pictures.svg import Picture
from communique.views.reader import outside, pieces, said_row
from communique.web import assets
from communique.web.addresses import CONTENTS, Addresses, page
from communique.web.asked import FACTUALITIES, PAGE, ROWS, Asked
from communique.web.shelf import Shelf
from communique.web.shown import FOUND, MOST_FOUND, NotHereError, material_of, section_of, shown

FILTERED = frozenset(
    {
        "brief",
        "timeline",
        "network",
        "map",
        "figures",
        "quotes",
        "pledges",
        "disagreements",
        "coverage",
        "tie",
        "actor",
    }
)
"""Views with a form of filters."""

LONG = 60
"""Lines from which a section is shown page by page."""

_HEAD = Markup('<link rel="stylesheet" href="{}">\n<script src="{}" defer></script>')


@dataclass(frozen=True, slots=True)
class Site:
    """What stands at the head of every page."""

    ledger: str
    query: str = ""


@dataclass(frozen=True, slots=True)
class Tools:
    """What a person can do with a view: open a section, zoom, take it away as a file."""

    path: str
    asked: Asked
    zoom: tuple[tuple[str, str], ...] = ()
    axis: tuple[str, str] | None = None

    def section(self, number: int) -> str:
        """The address of all of a section."""
        return self.asked.address(self.path, section=number, page="")

    def file(self, form: str) -> str:
        """The address of the view in another form."""
        path = "/overview" if self.path == "/" else self.path
        return self.asked.address(f"{path}.{form}", section="", page="", at="", n="")


def view_page(shelf: Shelf, name: str, identifier: str, one: Asked) -> str:
    """A view as a page. Raises `NotHereError`, `UsageError`, `LedgerError`."""
    path = _path(name, identifier)
    if name == "tie" and len(one.actors) != 2:
        return _choosing(shelf, one)
    if one.section is not None:
        view, count = section_of(shelf, name, identifier, one)
        return rendered(shelf, "section.html", path, one, view=view, count=count, picture=None, name_of=name)
    view = shown(shelf, name, identifier, one)
    view = _opened(_titled(view))
    links = Addresses(path, one)
    drawn = _picture(shelf, name, identifier, one, links)
    template = "overview.html" if name == "overview" else "filtered.html"
    return rendered(
        shelf, template, path, one, view=view, picture=drawn, links=links, name_of=name,
        counts=shelf.snapshot().counts() if name == "overview" else {},
    )  # fmt: skip


def _titled(view: View) -> View:
    """Grounds under what they are the grounds of, where that has a heading; a brief under its own name."""
    if view.name == "brief":
        return replace(view, title=f"Brief: {view.title}")
    if view.name != "why" or not view.sections:
        return view
    heading = next((line.what for line in view.sections[0].lines if line.fact_id and line.what), "")
    return replace(view, title=f"Why: {heading}", about=(view.title, *view.about)) if heading else view


def _opened(view: View) -> View:
    """The view with its longest lists cut to a page; the rest is opened section by section."""
    sections = []
    for section in view.sections:
        if len(section.lines) > LONG:
            more = section.more + len(section.lines) - PAGE
            section = replace(section, lines=section.lines[:PAGE], more=more)
        sections.append(section)
    return replace(view, sections=tuple(sections)).citing(view.pages)


def _path(name: str, identifier: str) -> str:
    if name == "overview":
        return "/"
    return Addresses().opens(name, identifier) or "" if identifier else f"/{name}"


def _picture(shelf: Shelf, name: str, identifier: str, one: Asked, links: Addresses) -> Picture | None:
    if name not in PICTURES:
        return None
    material = material_of(shelf, name, identifier, one)
    if name in ("timeline", "tie", "actor"):
        from communique.views.pictures.timeline import timeline_picture

        return timeline_picture(material, links, by=one.by, name=name)  # type: ignore[arg-type]
    return picture(name, material, links)


def picture_file(shelf: Shelf, name: str, identifier: str, one: Asked) -> Picture:
    """The picture of a view, without links. Raises `NotHereError` where a view has none."""
    from communique.views.links import Nowhere

    if name not in PICTURES:
        raise NotHereError(f"{name} has no picture")
    material = material_of(shelf, name, identifier, one)
    if name in ("timeline", "tie", "actor"):
        from communique.views.pictures.timeline import timeline_picture

        return timeline_picture(material, Nowhere(), by=one.by, name=name)  # type: ignore[arg-type]
    drawn = picture(name, material, Nowhere())
    assert drawn
    return drawn


def _zoom(
    drawn: Picture | None, path: str, one: Asked
) -> tuple[tuple[tuple[str, str], ...], tuple[str, str] | None]:
    if drawn is None or drawn.span is None:
        return (), None
    first, last = drawn.span
    steps = [
        (step, one.address(path, since=a.isoformat(), until=b.isoformat(), page="", section=""))
        for step, (a, b) in zoomed(first, last).items()
    ]
    if one.since or one.until:
        steps.append(("whole", one.address(path, since="", until="", page="", section="")))
    return tuple(steps), (first.isoformat(), last.isoformat())


def rendered(shelf: Shelf, template: str, path: str, one: Asked, **values: Any) -> str:
    """A template of the app filled with what stands on every page."""
    zoom, axis = _zoom(values.get("picture"), path, one)
    name = values.pop("name_of", "")
    known = {
        "head": _HEAD.format(assets.address("style.css"), assets.address("app.js")),
        "site": Site(shelf.title, one.words if path == "/search" else ""),
        "tools": Tools(path, one, zoom, axis),
        "contents": CONTENTS,
        "current": path if path in dict(map(reversed, CONTENTS)) else _home(name),  # type: ignore[arg-type]
        "links": Addresses(path, one),
        "asked": one,
        "name": name,
        "filtered": name in FILTERED,
        "actors": _names(shelf) if name in FILTERED else [],
        "types": _types(shelf) if name in FILTERED else [],
        "factualities": FACTUALITIES,
        "rows": ROWS,
        "has_picture": name in PICTURES,
        "has_files": name not in ("", "page"),
    }
    return environment().get_template(template).render(**{**known, **values})


def _home(name: str) -> str:
    return {"actor": "/actors", "story": "/stories", "page": "/pages"}.get(name, "")


def _names(shelf: Shelf) -> Sequence[tuple[str, str]]:
    """The actors that can be chosen, by name."""

    def make() -> list[tuple[str, str]]:
        names = shelf.snapshot().names
        states = shelf.domain.states
        every = {i: states[i].name if i in states else name for i, name in names.items()}
        return sorted(((name, i) for i, name in every.items()), key=lambda pair: pair[0].casefold())[:1500]

    return shelf.made.get("names", make)  # type: ignore[no-any-return]


def _types(shelf: Shelf) -> Sequence[str]:
    def make() -> list[str]:
        return sorted({fact.type for fact, _ in shelf.snapshot().evidence() if fact.type})

    return shelf.made.get("types", make)  # type: ignore[no-any-return]


# --- pages of their own --------------------------------------------------------------------------


def _choosing(shelf: Shelf, one: Asked) -> str:
    """Asks for the two actors of a tie."""
    return rendered(shelf, "choosing.html", "/tie", one, name_of="tie", picture=None)


def document_page(shelf: Shelf, doc_id: str, one: Asked) -> str:
    """A page with its statements set off. Raises `NotHereError`."""
    material = shelf.material(Asked())
    if doc_id not in material.documents:
        raise NotHereError(f"there is no page {doc_id}; see the list of pages")
    document = material.documents[doc_id]
    placed = list(shelf.snapshot().placed_statements(doc_id=doc_id))
    links = Addresses()
    facts = {said.statement_id: links.fact(fact) for said, fact in placed if fact}
    rows = [
        said_row(said, material, page(doc_id, said.statement_id), facts.get(said.statement_id))
        for said, _ in placed
    ]
    return rendered(
        shelf, "document.html", f"/page/{doc_id}", one, name_of="page", picture=None, document=document,
        reference=material.references[material.numbers[doc_id] - 1],
        pieces=list(pieces(document, [said for said, _ in placed], facts.get, one.at)), statements=rows,
        outside=outside, why=links.opens("why", doc_id), at=one.at,
    )  # fmt: skip


def search_page(shelf: Shelf, one: Asked) -> str:
    """What a search finds, a page of it, with ways to narrow it. Raises `UsageError`."""
    every = shown(shelf, "search", "", one, all=True) if one.words else None
    lines = every.sections[0].lines if every else ()
    start = (one.page - 1) * FOUND
    if start and start >= len(lines):
        raise NotHereError("there are not so many pages of this")
    view = None
    if every:
        found = tuple(replace(line, note="") for line in lines[start : start + FOUND])
        section = replace(every.sections[0], lines=found, note="")
        view = replace(every, sections=(section,))
    return rendered(
        shelf, "search.html", "/search", one, name_of="search", picture=None, view=view, total=len(lines),
        ways=facets(shelf.snapshot(), one.words, lines, shelf.domain) if every else (),
        most=MOST_FOUND, count=max(-(-len(lines) // FOUND), 1),
    )  # fmt: skip


def message_page(shelf: Shelf, title: str, message: str) -> str:
    """A page that says what is wrong, in one line."""
    try:
        return rendered(shelf, "message.html", "", Asked(), title=title, message=message, picture=None)
    except LedgerError:
        return environment().get_template("message.html").render(
            head="", site=None, tools=None, contents=(), current="", title=title, message=message
        )  # fmt: skip
