"""The ledger as FollowTheMoney entities: who there is, what happened, and the pages that prove it.

States and organs become `PublicBody`, people `Person`, all others `Organization`; dated and undated
events become `Event` with their documents as proof; offices become `position` of a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, TypeAlias

from communique.ledger.reading import Reader
from communique.model import ActorKind, Document, Fact, Statement

Entity: TypeAlias = dict[str, Any]

SCHEMA: dict[ActorKind, str] = {
    "state": "PublicBody",
    "organ": "PublicBody",
    "person": "Person",
    "body": "Organization",
    "organisation": "Organization",
    "group": "Organization",
}


def entities(ledger: Reader) -> Iterator[Entity]:
    """Entities as FollowTheMoney writes them, each after those it refers to."""
    yield from _actors(ledger)
    proofs: set[str] = set()
    for _, said in ledger.evidence("event"):
        proofs.update(statement.doc_id for statement in said)
    for document in ledger.documents(proofs):
        yield _document(document)
    for fact, said in ledger.evidence("event"):
        yield _event(fact, said)


def _entity(entity_id: str, schema: str, **properties: Iterable[str | None]) -> Entity:
    kept = {name: sorted({value for value in values if value}) for name, values in properties.items()}
    return {"id": entity_id, "schema": schema, "properties": {name: v for name, v in kept.items() if v}}


def _actors(ledger: Reader) -> Iterator[Entity]:
    found: dict[str, tuple[ActorKind, set[str], set[str], set[str]]] = {}
    for statement in ledger.statements():
        for actor in statement.actors:
            _, names, states, offices = found.setdefault(actor.id, (actor.kind, set(), set(), set()))
            names.add(actor.name)
            states.add(actor.state or (actor.id if actor.kind == "state" else ""))
            if statement.kind == "role" and actor.role == "holder" and statement.office:
                offices.add(statement.office)
    for actor_id, (kind, names, states, offices) in sorted(found.items()):
        countries = [country_code(state) for state in states]
        yield _entity(f"actor-{actor_id}", SCHEMA[kind], name=names, country=countries, position=offices)


def _document(document: Document) -> Entity:
    published = document.published
    return _entity(
        f"document-{document.doc_id}",
        "Document",
        title=[document.title],
        fileName=[document.path],
        sourceUrl=[document.url],
        publisher=[document.publisher],
        language=[document.language],
        publishedAt=[published.best.isoformat() if published and published.best else None],
    )


def _event(fact: Fact, said: tuple[Statement, ...]) -> Entity:
    best, when = said[0], fact.when
    days = {
        "startDate": [when.earliest.isoformat()] if when else [],
        "endDate": [when.latest.isoformat()] if when else [],
    }
    if when and when.earliest == when.latest:
        days = {"date": days["startDate"]}
    return _entity(
        f"event-{fact.fact_id}",
        "Event",
        name=[f"{fact.type or fact.kind}: {fact.about}"],
        summary=[statement.quote for statement in said],
        description=[f"{fact.factuality}; origins: {', '.join(fact.origins)}"],
        involved=[f"actor-{a.id}" for a in best.actors],
        location=[best.where.name if best.where else None],
        proof=[f"document-{statement.doc_id}" for statement in said],
        **days,
    )


@cache
def country_code(state: str) -> str | None:
    """The lower-case ISO 3166 alpha-2 code FollowTheMoney uses, of an alpha-3 code.

    >>> country_code("NOR")
    'no'
    """
    from pycountry import countries

    country = countries.get(alpha_3=state) if state else None
    return country.alpha_2.lower() if country else None
