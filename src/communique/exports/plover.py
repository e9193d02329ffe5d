"""Events as PLOVER records (openeventdata, manual of February 2024), one a fact.

What PLOVER has no place for is omitted and counted by why: a type beyond the ontology, no actor,
no day. The rule for the future is applied: a meeting, support, cooperation or aid still to come is AGREE.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, TypeAlias

from communique.domain.lexicon.plover import Plover, load_plover
from communique.domain.load import Domain, load_domain
from communique.ledger.reading import Reader
from communique.model import Document, Fact, Interval, Participant, Statement

Record: TypeAlias = dict[str, Any]


def plover_records(ledger: Reader, omitted: Counter[str], domain: Domain | None = None) -> Iterator[Record]:
    """The records by time; `omitted` gathers what was left out, by why, as they are read."""
    plover = load_plover(domain or load_domain())
    cited: dict[str, Record] = {}
    for fact, said in ledger.evidence("event"):
        best = said[0]
        coded = coded_as(plover, fact, best)
        if coded is None:
            omitted[f"type {fact.type}"] += 1
        elif not best.actors:
            omitted["no actor"] += 1
        elif fact.when is None:
            omitted["no day"] += 1
        else:
            if best.doc_id not in cited:
                cited[best.doc_id] = _citation(ledger.document(best.doc_id))
            yield _record(plover, fact, fact.when, said, coded, cited[best.doc_id])


def coded_as(plover: Plover, fact: Fact, best: Statement) -> tuple[str, list[str], list[str]] | None:
    """Type, modes and contexts of an event in PLOVER; None where it has no place for it."""
    type_, mode, contexts = fact.type or "", best.mode, list(best.contexts)
    beyond = plover.beyond.get(type_)
    if beyond is not None:
        if beyond.two_sided and len(best.states()) < 2:
            return None
        type_, mode = beyond.type, beyond.mode
        contexts = sorted({*contexts, *beyond.contexts})
    if type_ not in plover.types:
        return None
    auxiliary = plover.auxiliary.get(fact.factuality)
    modes = [mode] if mode in plover.modes.get(type_, {}) else []
    if auxiliary == "future" and type_ in plover.future:
        told = plover.future[type_]
        return told, modes if told == type_ else [], contexts
    return type_, [*modes, auxiliary] if auxiliary else modes, contexts


def _record(
    plover: Plover,
    fact: Fact,
    when: Interval,
    said: tuple[Statement, ...],
    coded: tuple[str, list[str], list[str]],
    citation: Record,
) -> Record:
    type_, modes, contexts = coded
    best = said[0]
    # PLOVER tells who acts from who is acted upon; where both do, all are actors.
    acted_upon = [] if best.mutual else [a for a in best.actors if a.role in ("recipient", "of", "subject")]
    acting = [a for a in best.actors if a not in acted_upon]
    if not acting:
        acting, acted_upon = acted_upon, []
    record: Record = {
        "id": fact.fact_id,
        "date": when.earliest.isoformat(),
        "actor": [_entity(plover, a) for a in _once(acting)],
        "recipient": [_entity(plover, a) for a in _once(acted_upon)],
        "event": [type_],
        "mode": modes,
        "context": contexts,
        "event_text": list(dict.fromkeys(statement.quote for statement in said)),
        "quad_code": plover.types[type_].quad,
        "event_scale": plover.scale(type_, modes[0] if modes else None),
        "text": best.quote,
        "text_info": {"start": best.start, "end": best.end},
        "cite_info": citation,
    }
    if when.latest != when.earliest:
        record["enddate"] = when.latest.isoformat()
    if best.where is not None:
        record["event_loc"] = {
            "resolved_place": best.where.name,
            "country_code": best.where.country,
            "lat": best.where.latitude,
            "lon": best.where.longitude,
            "geonameid": best.where.geoname_id,
        }
    if citation["url"]:
        record["link"] = citation["url"]
    return record


def _once(actors: list[Participant]) -> list[Participant]:
    return list({a.id: a for a in reversed(actors)}.values())[::-1]


def _entity(plover: Plover, actor: Participant) -> Record:
    state = actor.id if actor.kind == "state" else actor.state
    code = plover.bodies.get(actor.id, "IGO") if actor.kind == "body" else state
    return {"code": code, "entity_text": actor.name, "identifier_text": actor.id}


def _citation(document: Document) -> Record:
    return {
        "citation": document.doc_id,
        "url": document.url,
        "title": document.title,
        "language": document.language,
        "publication": document.publisher,
        "coder": "communique",
    }
