"""The report: a folder of HTML pages that opens from disk, every line linked to its words in the page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from communique.domain.load import Domain
from communique.ledger.reading import Reader
from communique.model import Document, Statement
from communique.views.brief import brief
from communique.views.coverage import coverage
from communique.views.disagreements import disagreements
from communique.views.figures import figures
from communique.views.html import as_html, rendered
from communique.views.network import network
from communique.views.page import Words
from communique.views.quotes import quotes
from communique.views.selection import Material, Selection
from communique.views.timeline import timeline
from communique.views.wording import days, who

_CONTENTS = (
    ("Brief", "index.html", brief),
    ("Timeline", "timeline.html", timeline),
    ("Figures", "figures.html", figures),
    ("Quotes", "quotes.html", quotes),
    ("Disagreements", "disagreements.html", disagreements),
    ("Network", "network.html", network),
    ("Coverage", "coverage.html", coverage),
)


def report(ledger: Reader, selection: Selection, domain: Domain) -> Iterator[tuple[str, str]]:
    """The files of the report, name and content; the same for the same ledger and selection."""
    material = Material(ledger, selection, domain)
    contents = [(title, name) for title, name, _ in _CONTENTS]
    for _, name, make in _CONTENTS:
        view = make(material)
        yield name, as_html(view, link=_link, page_link=document_page, contents=contents)
    numbered = {reference.doc_id: reference for reference in material.references}
    for document in material.documents.values():
        said = list(ledger.statements(doc_id=document.doc_id))
        yield (
            document_page(document.doc_id),
            rendered(
                "document.html",
                rules="".join(_rules(said)),
                document=document,
                reference=numbered[document.doc_id],
                pieces=list(pieces(document, said)),
                statements=[_row(statement, material) for statement in said],
                contents=contents,
            ),
        )


def document_page(doc_id: str) -> str:
    """The name of the file that shows a page."""
    return f"doc-{doc_id}.html"


def _link(words: Words) -> str | None:
    return document_page(words.doc_id) + (f"#s-{words.statement_id}" if words.statement_id else "")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a page in which nothing begins or ends; `begins` are the statements that begin with it."""

    text: str
    classes: tuple[str, ...]
    begins: tuple[str, ...]


def pieces(document: Document, said: list[Statement]) -> Iterator[Piece]:
    """The whole text of a page, cut where regions and statements begin and end."""
    length = len(document.text)
    edges = {0, length}
    for start, end in [(r.start, r.end) for r in document.regions] + [(s.start, s.end) for s in said]:
        edges |= {min(start, length), min(end, length)}
    for start, end in pairwise(sorted(edges)):
        labels = [region.label for region in document.regions if region.start <= start < region.end]
        inside = [s for s in said if s.start <= start < s.end]
        classes = [*labels, *(["said"] if inside else []), *(f"in-{s.statement_id}" for s in inside)]
        begins = tuple(s.statement_id for s in inside if s.start == start)
        yield Piece(document.text[start:end], tuple(dict.fromkeys(classes)), begins)


def _rules(said: list[Statement]) -> Iterator[str]:
    """Style that sets off every piece of the statement that was linked to, also where statements overlap."""
    for statement_id in sorted({statement.statement_id for statement in said}):
        yield f"article:has(#s-{statement_id}:target) .in-{statement_id} {{ background: var(--mark); }}\n"


def _row(statement: Statement, material: Material) -> Mapping[str, str]:
    quantity = statement.quantity
    told = who(statement) or statement.quote[:80]
    return {
        "id": statement.statement_id,
        "kind": statement.kind,
        "type": statement.type or statement.office or (quantity.measure if quantity else ""),
        "what": told,
        "when": days(statement.when) if statement.when else "",
        "factuality": statement.factuality,
        "origin": material.origin(statement.origin) if statement.origin else "",
    }
