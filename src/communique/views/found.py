"""What a search finds: the places that fit, best first, with the words that fit set off."""

from __future__ import annotations

from communique.domain.load import Domain
from communique.ledger.reading import Reader
from communique.ledger.search import Hit, search
from communique.views import wording
from communique.views.page import Line, Section, View, Words
from communique.views.selection import Material, Selection


def found(ledger: Reader, query: str, domain: Domain, limit: int = 20) -> View:
    """The places that fit a query (see `communique.ledger.query`). Raises `UsageError`, `LedgerError`."""
    hits = search(ledger, query, limit)
    material = Material(ledger, Selection(), domain)
    lines = tuple(_line(hit, material) for hit in hits)
    shown = Section("Found", lines, note=wording.counted(len(lines), "place"), empty="nothing")
    return View("search", query, (), (shown,)).citing(material.references)


def _line(hit: Hit, material: Material) -> Line:
    document, number = material.documents[hit.doc_id], material.numbers[hit.doc_id]
    start = hit.span.start if hit.span else 0
    words = Words(
        hit.snippet, hit.doc_id, number, start, start + len(hit.snippet), hit.statement_id, marks=hit.marks
    )
    fact = material.facts.get(hit.fact_id or "")
    return Line(
        when=wording.days(fact.fact.when) if fact and fact.fact.when else "",
        what=wording.what(fact.fact, fact.best)
        if fact
        else f"page {number}: {document.title or '(no title)'}",
        factuality=fact.fact.factuality if fact else None,
        words=words if hit.span else None,
        value="" if hit.span else hit.snippet,
        origins=tuple(material.origin(name) for name in fact.fact.origins) if fact else (),
        fact_id=hit.fact_id,
        evidence=(words,) if hit.span else (),
        note=f"statement {hit.statement_id}" if hit.statement_id else "",
    )
