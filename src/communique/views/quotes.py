"""Who said what, word for word."""

from __future__ import annotations

from dataclasses import replace

from communique.views.lines import line, weight
from communique.views.page import Line, Lines, View, section
from communique.views.selection import Material, Told
from communique.views.wording import listed


def quotes(material: Material) -> View:
    """Quotations first, then what is reported without quotation marks."""
    limit = material.selection.limit
    shown = (
        section("In quotation marks", quote_lines(material, direct=True), limit=limit, empty="none"),
        section("Reported", quote_lines(material, direct=False), limit=limit, empty="none"),
    )
    return View("quotes", f"Quotes: {material.selection.title}", (), shown).citing(material.references)


def quote_lines(material: Material, *, direct: bool) -> Lines:
    """One line a quotation: speakers nearest to the question first, of full sentences rather than scraps."""

    def place(told: Told) -> tuple[float, str]:
        words = len((told.best.words or "").split())
        full = 2.0 if 9 <= words <= 60 else 0.0
        return -weight(told, material) - full, told.fact.fact_id

    chosen = [told for told in material.told["quote"] if bool(told.best.direct) == direct]
    return Lines(sorted(chosen, key=place), lambda told: _quoted(told, material))


def _quoted(told: Told, material: Material) -> Line:
    one, best = line(told, material), told.best
    speakers = listed(a.name for a in best.actors if a.role == "speaker")
    document = material.documents[best.doc_id]
    own = {document.publisher, document.agency}
    relayed = (
        f"relayed by {material.origin(best.origin)}" if best.origin and _relays(best.origin, own) else ""
    )
    return replace(one, what=speakers, factuality=None, note=relayed)


def _relays(origin: str, own: set[str | None]) -> bool:
    return origin not in own and not origin.startswith("page ")
