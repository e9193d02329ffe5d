"""The event that fits two given sides best: what source does to target, as one of PLOVER's types."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from communique.domain.lexicon.frames import Frame
from communique.domain.lexicon.plover import Plover
from communique.extract.factuality import factuality
from communique.extract.frames import Match
from communique.model import Actor, Cast, Factuality, Mention, Parsed
from communique.pipeline import Reader

if TYPE_CHECKING:
    from spacy.tokens import Token

DEFAULT = "CONSULT"
"""What two sides most often do where no word tells it: talk."""

SOURCE, TARGET = "source", "target"


@dataclass(frozen=True, slots=True)
class Sides:
    """Where the two sides stand in the text."""

    cast: Cast

    @classmethod
    def found(cls, parsed: Parsed, source: str, target: str) -> Sides:
        """Every place at which the words of either side stand."""
        mentions = [*_mentions(parsed, source, SOURCE), *_mentions(parsed, target, TARGET)]
        return cls(Cast(tuple(sorted(mentions, key=lambda m: (m.passage, m.first, m.last)))))


def _mentions(parsed: Parsed, words: str, side: str) -> Iterator[Mention]:
    if not words.strip():
        return
    pattern = re.compile(r"\s+".join(map(re.escape, words.split())), re.IGNORECASE)
    for number, passage in enumerate(parsed.passages):
        for match in pattern.finditer(passage.text):
            span = passage.doc.char_span(*match.span(), alignment_mode="expand")
            if span is not None and len(span):
                where = passage.span(span)
                # A side counts as a state, so that every frame takes it for one who can act.
                actor = Actor(side, words, "state", side)
                yield Mention(
                    number,
                    span.start,
                    span.end,
                    span.root.i,
                    where.start,
                    where.end,
                    (actor,),
                    "name",
                    "given",
                )


def fitting(reader: Reader, parsed: Parsed, sides: Sides, plover: Plover) -> dict[str, Any]:
    """The event as an item, always: of the frames that match, the one with both sides in their places.

    Where none has either, the predicates that govern the sides decide; where they say nothing, `DEFAULT`.
    """
    best: tuple[tuple[float, ...], Match, str] | None = None
    for match in reader.matcher.matches(parsed, sides.cast):
        if (named := _plover_type(match.frame, plover)) is not None:
            fit = (_fit(match), *map(float, match.rank))
            if best is None or fit > best[0]:
                best = (fit, match, named)
    if best is not None and best[0][0] > 0:
        _, match, type_ = best
        return _item(match.predicate, match.passage, match.frame, type_, reader, parsed, sides, plover)
    for predicate, passage, frame in _governing(reader, parsed, sides):
        if named := _plover_type(frame, plover):
            return _item(predicate, passage, frame, named, reader, parsed, sides, plover)
    if best is not None:
        _, match, type_ = best
        return _item(match.predicate, match.passage, match.frame, type_, reader, parsed, sides, plover)
    return {
        "start": 0, "end": len(parsed.text), "type": DEFAULT, "mode": None, "actors": [], "recipients": [],
        "mutual": False, "when": None, "factuality": "actual", "object": None, "score": 0.1,
    }  # fmt: skip


def _plover_type(frame: Frame, plover: Plover) -> str | None:
    if frame.type in plover.types:
        return frame.type
    beyond = plover.beyond.get(frame.type or "")
    return beyond.type if beyond else None


def _fit(match: Match) -> float:
    """How well the sides fill the parts of a frame."""
    parts = {part: {actor.id for actor, _ in actors} for part, actors in match.parts.items()}
    party = parts.get("party", set()) | parts.get("first", set())
    doing, toward = parts.get("actor", set()), parts.get("recipient", set())
    fit = 0.0
    fit += (
        2.0 * (SOURCE in doing) + 2.0 * (TARGET in toward) + 1.5 * (SOURCE in party) + 1.5 * (TARGET in party)
    )
    fit -= 1.5 * (SOURCE in toward) + 1.5 * (TARGET in doing)
    return fit


def _governing(reader: Reader, parsed: Parsed, sides: Sides) -> list[tuple[Token, int, Frame]]:
    """The frames of single words, without who is who, those of words nearest to both sides first."""
    frames = reader.matcher.frames
    found: list[tuple[float, int, Token, int, Frame]] = []
    for number, passage in enumerate(parsed.passages):
        heads = {m.actors[0].id: passage.doc[m.head] for m in sides.cast.mentions if m.passage == number}
        lemmas = {token.lemma_.lower() for token in passage.doc} | {token.lower_ for token in passage.doc}
        inside = {i for m in sides.cast.mentions if m.passage == number for i in range(m.first, m.last)}
        above = {side: {word.i for word in head.ancestors} for side, head in heads.items()}
        for word in passage.doc:
            lemma = word.lemma_.lower()
            options = []
            if word.pos_ == "VERB":
                options = [
                    (p, frame) for _, p, frame in frames.by_verb.get(lemma, []) if not p or p in lemmas
                ]
            elif word.pos_ == "NOUN":
                options = [(None, frame) for _, frame in frames.by_noun.get(lemma, [])]
            for particle, frame in options:
                if not frame.type or (frame.objects and not lemmas & frames.lemmas(frame.objects)):
                    continue
                near = 2.0 * (word.i in above.get(SOURCE, ())) + 1.0 * (word.i in above.get(TARGET, ()))
                near += 0.5 * bool(particle) + 0.5 * bool(frame.objects) + 0.3 * (word.pos_ == "VERB")
                near += frame.score - 1.5 * (word.i in inside) - 0.3 * bool(frame.modifiers)
                found.append((-near, word.i, word, number, frame))
    return [(word, number, frame) for _, _, word, number, frame in sorted(found, key=lambda f: f[:2])]


def _item(
    predicate: Token,
    number: int,
    frame: Frame,
    type_: str,
    reader: Reader,
    parsed: Parsed,
    sides: Sides,
    plover: Plover,
) -> dict[str, Any]:
    told: Factuality = factuality(predicate, reader.factuality)
    if frame.factuality and told == "actual":
        told = frame.factuality
    ahead = plover.auxiliary.get(told) == "future"
    mode = frame.mode if type_ == frame.type else None
    if ahead and type_ in plover.future:
        mode = mode if plover.future[type_] == type_ else None
        type_ = plover.future[type_]
    here = [m for m in sides.cast.mentions if m.passage == number]
    clause = parsed.passages[number].span(predicate)
    return {
        "start": min([clause.start, *(m.start for m in here)]),
        "end": max([clause.end, *(m.end for m in here)]),
        "type": type_,
        "mode": mode,
        "actors": [_actor(m) for m in here if m.actors[0].id == SOURCE],
        "recipients": [_actor(m) for m in here if m.actors[0].id == TARGET],
        "mutual": frame.mutual,
        "when": None,
        "factuality": told,
        "object": None,
        "score": frame.score,
    }


def _actor(mention: Mention) -> dict[str, Any]:
    return {"start": mention.start, "end": mention.end, "id": mention.actors[0].name, "state": None}
