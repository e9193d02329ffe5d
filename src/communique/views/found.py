"""What a search finds: the places that fit, best first, with the words that fit set off."""

from __future__ import annotations

from datetime import date

from communique.domain.load import Domain
from communique.ledger.meaning import Model
from communique.ledger.reading import Reader
from communique.ledger.search import Hit, search
from communique.views import wording
from communique.views.page import Line, Section, View, Words
from communique.views.selection import Material, Selection

MORE = 20
"""How many times as many places are looked at where later pages are left out."""


def found(
    ledger: Reader,
    query: str,
    domain: Domain,
    limit: int = 20,
    as_of: date | None = None,
    meaning: Model | None = None,
) -> View:
    """The places that fit a query (see `communique.ledger.query`), on pages known on a day where given.

    With `meaning` also those that say alike in other words.
    Raises `UsageError`, `LedgerError`.
    """
    material = Material(ledger, Selection(as_of=as_of), domain)
    hits = search(ledger, query, limit * MORE if as_of else limit, meaning)
    hits = [hit for hit in hits if hit.doc_id in material.documents][:limit]
    lines = tuple(_line(hit, material) for hit in hits)
    shown = Section("Found", lines, note=wording.counted(len(lines), "place"), empty="nothing")
    return View("search", query, material.left_out, (shown,)).citing(material.references)


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
        note=_note(hit),
    )


def _note(hit: Hit) -> str:
    statement = f"statement {hit.statement_id}" if hit.statement_id else ""
    likeness = f"alike in meaning: {hit.likeness:.2f}" if hit.likeness is not None else ""
    return ", ".join(part for part in (statement, likeness) if part)
