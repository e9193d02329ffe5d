"""Places a text names that are neither states nor their seats: each stands for the ground of its state."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from communique.domain.places import Places
from communique.domain.schema import State
from communique.model import Actor, Cast, Mention, Parsed

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.tokens import Span as TokenSpan

_LABELS = frozenset(("GPE", "LOC", "FAC"))
_BEFORE = frozenset(("in", "near", "around", "off", "outside", "on"))


def with_grounds(parsed: Parsed, cast: Cast, places: Places, states: Mapping[str, State]) -> Cast:
    """The cast with a mention of form `place` for every city or region whose state is beyond doubt."""
    added: list[Mention] = []
    for number, passage in enumerate(parsed.passages):
        for named in _place_names(passage.doc):
            if any(cast.at(number, token.i) for token in named):
                continue
            place = places.named(named.text)
            state = place.country if place is not None else None
            if state is None or state not in states:
                continue
            span = passage.span(named)
            actor = Actor(state, states[state].name, "state", state)
            grounds = f"lies in {states[state].name}"
            added.append(
                Mention(
                    number,
                    named.start,
                    named.end,
                    named.root.i,
                    span.start,
                    span.end,
                    (actor,),
                    "place",
                    grounds,
                )
            )
    if not added:
        return cast
    mentions = sorted((*cast.mentions, *added), key=lambda m: (m.passage, m.first, m.last))
    return Cast(tuple(mentions), cast.titles, cast.serves)


def _place_names(doc: Doc) -> Iterator[TokenSpan]:
    """What the tagger takes for a place, and other names right after "in", "near" and the like."""
    seen: set[int] = set()
    for entity in doc.ents:
        if entity.label_ in _LABELS:
            seen |= {token.i for token in entity}
            yield entity
    for token in doc:
        if (
            token.dep_ == "pobj"
            and token.pos_ == "PROPN"
            and token.i not in seen
            and token.head.lower_ in _BEFORE
        ):
            yield doc[token.left_edge.i : token.i + 1]
