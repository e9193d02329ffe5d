"""The report: a folder of HTML pages that opens from disk, every line linked to its words in the page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from communique.domain.load import Domain
from communique.ledger.reading import Reader
from communique.model import Document, Statement
from communique.views.actor import actor
from communique.views.actors import Chosen
from communique.views.atlas import atlas
from communique.views.brief import brief
from communique.views.coverage import coverage
from communique.views.disagreements import disagreements
from communique.views.figures import figures
from communique.views.html import as_html, rendered
from communique.views.links import Folder, Links, document_page
from communique.views.network import network
from communique.views.overview import actor_lines, overview
from communique.views.page import View
from communique.views.pictures.catalogue import picture
from communique.views.pledges import pledges
from communique.views.quotes import quotes
from communique.views.reader import outside, pieces, said_row
from communique.views.selection import Material, Selection
from communique.views.stories import stories, story
from communique.views.timeline import timeline

_CONTENTS: tuple[tuple[str, str, Callable[[Material], View]], ...] = (
    ("Overview", "index.html", overview),
    ("Brief", "brief.html", brief),
    ("Timeline", "timeline.html", timeline),
    ("Network", "network.html", network),
    ("Map", "map.html", atlas),
    ("Figures", "figures.html", figures),
    ("Quotes", "quotes.html", quotes),
    ("Pledges", "pledges.html", pledges),
    ("Disagreements", "disagreements.html", disagreements),
    ("Coverage", "coverage.html", coverage),
    ("Stories", "stories.html", stories),
    ("Actors", "actors.html", actor),
)

ACTORS = 24
"""Actors that have a page of their own, those in most facts."""


def report(ledger: Reader, selection: Selection, domain: Domain) -> Iterator[tuple[str, str]]:
    """The files of the report, name and content; the same for the same ledger and selection."""
    material = Material(ledger, selection, domain)
    contents = tuple((title, name) for title, name, _ in _CONTENTS)
    people = [line for line in actor_lines(material, ACTORS) if line.opens]
    told = [one for one in ledger.stories() if set(one.doc_ids) <= set(material.documents)]
    files = {line.opens: f"actor-{number}.html" for number, line in enumerate(people, 1) if line.opens}
    files |= {("story", one.story_id): f"story-{one.story_id}.html" for one in told}
    links = Folder({i: (t.best.doc_id, t.best.statement_id) for i, t in material.facts.items()}, files)

    def page(shown: View, name: str, of: Material = material) -> tuple[str, str]:
        drawn = picture(shown.name, of, links)
        return name, as_html(shown, links=links, contents=contents, current=name, picture=drawn)

    for title, name, make in _CONTENTS:
        alone = replace(selection, actors=()) if title == "Actors" else selection
        of = material if alone == selection else Material(ledger, alone, domain)
        yield page(make(of), name, of)
    for line in people:
        assert line.opens
        chosen = Chosen(line.opens[1], line.what, (line.what,))
        of = Material(ledger, replace(selection, actors=(chosen,)), domain)
        yield page(actor(of), files[line.opens], of)
    for one in told:
        yield page(story(material, one.story_id), files["story", one.story_id])
    for document in material.documents.values():
        yield document_page(document.doc_id), _document(document, ledger, material, links, contents)


def _document(
    document: Document,
    ledger: Reader,
    material: Material,
    links: Links,
    contents: tuple[tuple[str, str], ...],
) -> str:
    said = list(ledger.statements(doc_id=document.doc_id))
    reference = material.references[material.numbers[document.doc_id] - 1]
    return rendered(
        "document.html",
        rules="".join(_rules(said)),
        document=document,
        reference=reference,
        pieces=list(pieces(document, said)),
        statements=[said_row(one, material, f"#s-{one.statement_id}", None) for one in said],
        links=links,
        contents=contents,
        current="",
        outside=outside,
        why=None,
        at="",
    )


def _rules(said: list[Statement]) -> Iterator[str]:
    """Style that sets off every piece of the statement that was linked to, also where statements overlap."""
    for statement_id in sorted({statement.statement_id for statement in said}):
        yield f"article:has(#s-{statement_id}:target) .in-{statement_id} {{ background: var(--mark); }}\n"
