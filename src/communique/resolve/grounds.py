"""Places a text names that are neither states nor their seats: each stands for the ground of its state."""

from __future__ import annotations

from collections.abc import Mapping

from communique.domain.places import Places
from communique.domain.schema import State
from communique.model import Actor, Cast, Mention, Parsed

_LABELS = frozenset(("GPE", "LOC", "FAC"))


def with_grounds(parsed: Parsed, cast: Cast, places: Places, states: Mapping[str, State]) -> Cast:
    """The cast with a mention of form `place` for every city or region whose state is beyond doubt."""
    added: list[Mention] = []
    for number, passage in enumerate(parsed.passages):
        for entity in passage.doc.ents:
            if entity.label_ not in _LABELS or any(cast.at(number, t.i) for t in entity):
                continue
            place = places.named(entity.text)
            state = place.country if place is not None else None
            if state is None or state not in states:
                continue
            span = passage.span(entity)
            actor = Actor(state, states[state].name, "state", state)
            added.append(
                Mention(
                    number,
                    entity.start,
                    entity.end,
                    entity.root.i,
                    span.start,
                    span.end,
                    (actor,),
                    "place",
                    f"lies in {states[state].name}",
                )
            )
    if not added:
        return cast
    mentions = sorted((*cast.mentions, *added), key=lambda m: (m.passage, m.first, m.last))
    return Cast(tuple(mentions), cast.titles)
