"""The nouns as plain values (dicts, lists, text, numbers) and back, losing nothing.

The plain form is that of the export contract: days ISO 8601, offsets in code points, lists for
tuples. It carries no identifier that follows from the content (`statement_id`) or that reconciling
gives (`fact_id`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any, TypeAlias

from communique.model import (
    Disagreement,
    Fact,
    Family,
    Ground,
    Interval,
    Judgement,
    Object,
    Participant,
    Place,
    Publication,
    Quantity,
    Side,
    Source,
    Statement,
    Story,
)
from communique.text import Region

Plain: TypeAlias = dict[str, Any]


def to_json(value: Any) -> str:
    """Canonical JSON text: compact, characters as they are. Raises `ValueError` for NaN and infinity."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def from_json(text: str) -> Any:
    """The value of a JSON text."""
    return json.loads(text)


# --- parts ---------------------------------------------------------------------------------------


def interval_out(value: Interval | None) -> Plain | None:
    """An interval as `{earliest, latest, precision, text}`."""
    if value is None:
        return None
    return {
        "earliest": value.earliest.isoformat(),
        "latest": value.latest.isoformat(),
        "precision": value.precision,
        "text": value.text,
    }


def interval_in(value: Plain | None) -> Interval | None:
    """The interval that `interval_out` wrote."""
    if value is None:
        return None
    return Interval(
        date.fromisoformat(value["earliest"]),
        date.fromisoformat(value["latest"]),
        value["precision"],
        value["text"],
    )


def publication_out(value: Publication | None) -> Plain | None:
    """A publication as `{earliest, latest, best, precision, grounds}`."""
    if value is None:
        return None
    return {
        "earliest": value.earliest.isoformat(),
        "latest": value.latest.isoformat(),
        "best": value.best.isoformat() if value.best else None,
        "precision": value.precision,
        "grounds": [{"rule": g.rule, "text": g.text, "start": g.start, "end": g.end} for g in value.grounds],
    }


def publication_in(value: Plain | None) -> Publication | None:
    """The publication that `publication_out` wrote."""
    if value is None:
        return None
    return Publication(
        date.fromisoformat(value["earliest"]),
        date.fromisoformat(value["latest"]),
        date.fromisoformat(value["best"]) if value["best"] else None,
        value["precision"],
        tuple(Ground(g["rule"], g["text"], g["start"], g["end"]) for g in value["grounds"]),
    )


def regions_out(regions: Iterable[Region]) -> list[Plain]:
    """Regions as `[{start, end, label}]`."""
    return [{"start": r.start, "end": r.end, "label": r.label} for r in regions]


def regions_in(values: Iterable[Plain]) -> tuple[Region, ...]:
    """The regions that `regions_out` wrote."""
    return tuple(Region(v["start"], v["end"], v["label"]) for v in values)


# --- statements ----------------------------------------------------------------------------------


def statement_out(statement: Statement) -> Plain:
    """A statement as the export contract has it, less `statement_id` and `fact_id`."""
    s, quantity = statement, statement.quantity
    return {
        "doc_id": s.doc_id,
        "kind": s.kind,
        "start": s.start,
        "end": s.end,
        "quote": s.quote,
        "type": s.type,
        "mode": s.mode,
        "contexts": list(s.contexts),
        "actors": [
            {
                "role": a.role,
                "id": a.id,
                "name": a.name,
                "kind": a.kind,
                "state": a.state,
                "start": a.start,
                "end": a.end,
                **({"found_as": a.found_as} if a.found_as is not None else {}),
            }
            for a in s.actors
        ],
        "mutual": s.mutual,
        "when": interval_out(s.when),
        "where": s.where
        and {
            "name": s.where.name,
            "country": s.where.country,
            "latitude": s.where.latitude,
            "longitude": s.where.longitude,
            "geoname_id": s.where.geoname_id,
        },
        "factuality": s.factuality,
        "object": s.object and {"text": s.object.text, "id": s.object.id},
        "quantity": quantity
        and {
            "value": quantity.value,
            "upper": quantity.upper,
            "unit": quantity.unit,
            "bound": quantity.bound,
            "measure": quantity.measure,
            "period": interval_out(quantity.period),
        },
        "words": s.words,
        "direct": s.direct,
        "office": s.office,
        "attributed_to": s.attributed_to and {"id": s.attributed_to.id, "name": s.attributed_to.name},
        "origin": s.origin,
        "rule": s.rule,
        "score": s.score,
    }


def statement_in(value: Mapping[str, Any]) -> Statement:
    """The statement that `statement_out` wrote."""
    where, thing, quantity, source = (value[k] for k in ("where", "object", "quantity", "attributed_to"))
    return Statement(
        doc_id=value["doc_id"],
        kind=value["kind"],
        start=value["start"],
        end=value["end"],
        quote=value["quote"],
        type=value["type"],
        mode=value["mode"],
        contexts=tuple(value["contexts"]),
        actors=tuple(
            Participant(
                a["role"], a["id"], a["name"], a["kind"], a["state"], a["start"], a["end"], a.get("found_as")
            )
            for a in value["actors"]
        ),
        mutual=value["mutual"],
        when=interval_in(value["when"]),
        where=where
        and Place(
            where["name"], where["country"], where["latitude"], where["longitude"], where["geoname_id"]
        ),
        factuality=value["factuality"],
        object=thing and Object(thing["text"], thing["id"]),
        quantity=quantity
        and Quantity(
            quantity["value"],
            quantity["upper"],
            quantity["unit"],
            quantity["bound"],
            quantity["measure"],
            interval_in(quantity["period"]),
        ),
        words=value["words"],
        direct=value["direct"],
        office=value["office"],
        attributed_to=source and Source(source["id"], source["name"]),
        origin=value["origin"],
        rule=value["rule"],
        score=value["score"],
    )


_BLANK = statement_out(Statement("", "event", 0, 0, ""))
_COLUMNS = ("doc_id", "quote")


def statement_spare(statement: Statement) -> Plain:
    """A statement less what its columns say and what is as in a blank one: half as long to store."""
    plain = statement_out(statement)
    return {k: v for k, v in plain.items() if k not in _COLUMNS and v != _BLANK[k]}


def statement_whole(spare: Plain, doc_id: str, quote: str) -> Statement:
    """The statement of which `statement_spare` wrote the rest."""
    return statement_in({**_BLANK, **spare, "doc_id": doc_id, "quote": quote})


# --- across pages --------------------------------------------------------------------------------


def family_out(family: Family) -> Plain:
    """A family as plain values."""
    return {"family_id": family.family_id, "doc_ids": list(family.doc_ids), "fullest": family.fullest}


def family_in(value: Plain) -> Family:
    """The family that `family_out` wrote."""
    return Family(value["family_id"], tuple(value["doc_ids"]), value["fullest"])


def story_out(story: Story) -> Plain:
    """A story as plain values."""
    return {"story_id": story.story_id, "doc_ids": list(story.doc_ids), "title": story.title}


def story_in(value: Plain) -> Story:
    """The story that `story_out` wrote."""
    return Story(value["story_id"], tuple(value["doc_ids"]), value["title"])


def fact_out(fact: Fact) -> Plain:
    """A fact as plain values."""
    return {
        "fact_id": fact.fact_id,
        "kind": fact.kind,
        "type": fact.type,
        "about": fact.about,
        "statement_ids": list(fact.statement_ids),
        "origins": list(fact.origins),
        "when": interval_out(fact.when),
        "factuality": fact.factuality,
    }


def fact_in(value: Plain) -> Fact:
    """The fact that `fact_out` wrote."""
    return Fact(
        value["fact_id"],
        value["kind"],
        value["type"],
        value["about"],
        tuple(value["statement_ids"]),
        tuple(value["origins"]),
        interval_in(value["when"]),
        value["factuality"],
    )


def disagreement_out(disagreement: Disagreement) -> Plain:
    """A disagreement as the export contract has it."""
    return {
        "fact_id": disagreement.fact_id,
        "about": disagreement.about,
        "reason": disagreement.reason,
        "sides": [
            {"value": s.value, "statement_ids": list(s.statement_ids), "origins": list(s.origins)}
            for s in disagreement.sides
        ],
    }


def disagreement_in(value: Plain) -> Disagreement:
    """The disagreement that `disagreement_out` wrote."""
    return Disagreement(
        value["fact_id"],
        value["about"],
        value["reason"],
        tuple(Side(s["value"], tuple(s["statement_ids"]), tuple(s["origins"])) for s in value["sides"]),
    )


def judgement_out(judgement: Judgement) -> Plain:
    """A judgement as plain values."""
    return {**asdict(judgement), "about": list(judgement.about), "at": judgement.at.isoformat()}


def judgement_in(value: Plain) -> Judgement:
    """The judgement that `judgement_out` wrote."""
    at = datetime.fromisoformat(value["at"])
    return Judgement(**{**value, "about": tuple(value["about"]), "at": at})
