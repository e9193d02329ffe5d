"""Ways to narrow a search: what the places found have in common, counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from communique.domain.load import Domain
from communique.ledger.reading import Reader
from communique.model import Statement
from communique.views.page import Line

MOST = 8
"""Values of a facet."""


@dataclass(frozen=True, slots=True)
class Facet:
    """A filter of the query language, with its values: as shown, how many, and the query narrowed by it."""

    name: str
    values: tuple[tuple[str, int, str], ...]


def facets(ledger: Reader, query: str, lines: Sequence[Line], domain: Domain) -> tuple[Facet, ...]:
    """The facets of what a query found, those values left out that the query has already."""
    ids = [words.statement_id for line in lines for words in line.evidence if words.statement_id]
    said = list(ledger.statements(ids=ids)) if ids else []
    pages = {words.doc_id for line in lines for words in line.evidence}
    found: dict[str, Counter[str]] = {
        "kind": Counter(one.kind for one in said),
        "type": Counter(one.type for one in said if one.type),
        "factuality": Counter(one.factuality for one in said),
        "actor": Counter(actor for one in said for actor in sorted(one.states() | one.ids())),
        "publisher": Counter(
            name for d in ledger.documents(pages) for name in {d.publisher, d.agency} if name
        ) if pages else Counter(),
        "since": Counter(_year(one) for one in said if one.when),
    }  # fmt: skip
    made = (_facet(name, counted, query, domain) for name, counted in found.items())
    return tuple(one for one in made if len(one.values) > 1 or (one.values and one.name == "publisher"))


def _year(one: Statement) -> str:
    return str(one.when.earliest.year) if one.when else ""


def _facet(name: str, counted: Counter[str], query: str, domain: Domain) -> Facet:
    def values() -> Iterator[tuple[str, int, str]]:
        ordered = sorted(counted, key=lambda value: (-counted[value], value))
        for value in ordered[:MOST]:
            quoted = f'{name}:"{value}"' if any(c in value for c in ' ",:') else f"{name}:{value}"
            if quoted in query or '"' in value:
                continue
            more = f" until:{value}" if name == "since" else ""
            if name == "since" and ("since:" in query or "until:" in query):
                continue
            yield _shown(name, value, domain), counted[value], f"{query} {quoted}{more}".strip()

    return Facet("year" if name == "since" else name, tuple(values()))


def _shown(name: str, value: str, domain: Domain) -> str:
    if name == "actor":
        for table in (domain.states, domain.bodies, domain.people):
            if value in table:
                return table[value].name
    return value
