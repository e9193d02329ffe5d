"""Quote statements: the words of a speaker, and who vouches for what else a page says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from communique.domain.lexicon.speech import Speech, built_in
from communique.extract.quotation_marks import Quotation
from communique.extract.speakers import Speakers
from communique.model import (
    Attribution,
    Cast,
    Document,
    Parsed,
    Participant,
    Passage,
    Source,
    Statement,
    TimeExpression,
)
from communique.text import Span, trimmed

FEWEST_WORDS = 4

Key: TypeAlias = tuple[int, int]
"""Where the words of a quote begin and end."""


@dataclass(frozen=True, slots=True)
class Voice:
    """A speaker and the stretch of text that is the speaker's say-so; `origin` is who relayed it."""

    start: int
    end: int
    speaker: Source
    origin: str | None


def statements(
    document: Document,
    parsed: Parsed,
    cast: Cast,
    attributions: Sequence[Attribution],
    times: Sequence[TimeExpression],
    publishers: Mapping[str, str] | None = None,
    cues: Speech | None = None,
) -> list[Statement]:
    """One quote statement for each quotation, and for each clause of indirect speech, of a known speaker.

    `words` are verbatim, without the enclosing marks, at least four of them. `publishers` maps the
    forms in which outlets are credited to their names; one that relays the words is the `origin`. Whom
    they were said to is a recipient where known; day and place are those of the saying.
    """
    reader = Speakers(parsed, cast, publishers or {}, cues or built_in())
    found: dict[Key, Statement] = {}
    for one in attributions:
        if not reader.is_said(one):
            continue
        speakers = reader.speakers(one)
        if not speakers:
            continue
        origin = reader.origin(one, attributions)
        when, where = reader.when(one, times, attributions), reader.where(one)
        hearer = reader.hearer(one)
        actors = (*(participant for participant, _ in speakers), *((hearer,) if hearer else ()))
        for said, direct in _utterances(parsed, one, reader.quotations):
            passage = reader.passage_at(said.start)
            if passage is None:
                continue
            paragraph = parsed.passages[passage]
            # what goes on in the next paragraph is a quotation of its own
            words = _stripped(parsed.text, said.start, min(said.end, paragraph.start + len(paragraph.text)))
            if len(words.of(parsed.text).split()) < FEWEST_WORDS:
                continue
            whole = _sentences(paragraph, words, one)
            key = (words.start, words.end)
            if key in found and not direct:
                continue
            found[key] = Statement(
                doc_id=document.doc_id,
                kind="quote",
                start=whole.start,
                end=whole.end,
                quote=whole.of(parsed.text),
                actors=actors,
                when=when,
                where=where,
                words=words.of(parsed.text),
                direct=direct,
                attributed_to=speakers[0][1],
                origin=origin,
                rule="quotation" if direct else "indirect speech",
                score=1.0 if direct else 0.8,
            )
    return [found[key] for key in sorted(found) if not _only_relays(reader, key, found)]


def _only_relays(reader: Speakers, key: Key, found: Mapping[Key, Statement]) -> bool:
    """Whether an outlet tells only that another said it: the other's words are kept, with it as origin."""
    outer = found[key]
    if outer.direct or outer.attributed_to is None:
        return False
    outlet = reader.outlet(outer.attributed_to.name)
    return outlet is not None and any(
        key[0] <= first and last <= key[1] and inner.origin == outlet
        for (first, last), inner in found.items()
        if inner.attributed_to is not None and inner.attributed_to.id != outer.attributed_to.id
    )


def voices(
    document: Document,
    parsed: Parsed,
    cast: Cast,
    attributions: Sequence[Attribution],
    publishers: Mapping[str, str] | None = None,
    cues: Speech | None = None,
) -> list[Voice]:
    """Who vouches for which stretch of the text: the speakers of direct and indirect speech."""
    reader = Speakers(parsed, cast, publishers or {}, cues or built_in())
    found = []
    for one in attributions:
        if reader.is_said(one) and (speakers := reader.speakers(one)):
            origin = reader.origin(one, attributions)
            found.append(Voice(one.content.start, one.content.end, speakers[0][1], origin))
    # of two who say the same, an outlet relays the other
    return sorted(found, key=lambda v: (v.end - v.start, v.start, v.speaker.name == v.origin, v.speaker.id))


def attribute(statements: Iterable[Statement], voices: Sequence[Voice]) -> list[Statement]:
    """The statements, each with the innermost speaker whose words hold it.

    A statement is held where its span begins inside the words, or where all who act in it do. Who tells
    a figure is not whose figure it is: the speaker is no subject of a quantity.
    """
    return [
        replace(
            statement,
            attributed_to=voice.speaker,
            origin=voice.origin or statement.origin,
            actors=_without_teller(statement, voice),
        )
        if (voice := _voice_of(statement, voices)) is not None
        else statement
        for statement in statements
    ]


def _voice_of(statement: Statement, voices: Sequence[Voice]) -> Voice | None:
    for voice in sorted(voices, key=lambda v: v.end - v.start):  # stable: keeps the order of `voices`
        if voice.start <= statement.start < voice.end:
            return voice
        inside = [voice.start <= actor.start < voice.end for actor in _without_teller(statement, voice)]
        if inside and all(inside):
            return voice
    return None


def _without_teller(statement: Statement, voice: Voice) -> tuple[Participant, ...]:
    """The actors of a statement; of a quantity, without the speaker named outside the words."""
    if statement.kind != "quantity":
        return statement.actors
    kept = tuple(
        a for a in statement.actors if a.id != voice.speaker.id or voice.start <= a.start < voice.end
    )
    return kept or statement.actors


def _utterances(parsed: Parsed, one: Attribution, quotations: Sequence[Quotation]) -> list[tuple[Span, bool]]:
    """The words of an attribution: each quotation of direct speech, or the clause of indirect speech."""
    text = parsed.text
    inside = [q for q in quotations if one.content.start <= q.start and q.end <= one.content.end]
    if one.direct and inside:
        return [(_stripped(text, *q.inside), True) for q in inside]
    if one.direct:
        return [(_stripped(text, one.content.start, one.content.end), True)]
    # sentences quoted after the clause go on from it and are direct speech
    cut = one.content.end
    following: list[Quotation] = []
    limit = max(one.cue.end if one.cue else 0, one.content.start)
    for quotation in inside:
        between = text[limit : quotation.start]
        if (quotation.start > limit and re.search(r"[.!?][”\"’']?\s*$", between)) or following:
            cut = min(cut, quotation.start)
            following.append(quotation)
    start = one.content.start
    if text[start : start + 5].lower() == "that ":
        start += 5
    return [
        (_stripped(text, start, _clause_end(text, one, cut)), False),
        *((_stripped(text, *q.inside), True) for q in following),
    ]


def _clause_end(text: str, one: Attribution, cut: int) -> int:
    if cut == one.content.end or one.cue is None or not one.content.start <= one.cue.start < cut:
        return cut
    return one.cue.start


def _stripped(text: str, start: int, end: int) -> Span:
    span = trimmed(text, start, end)
    start, end = span.start, span.end
    while end > start and text[end - 1] in ",;:":
        end -= 1
    return trimmed(text, start, end)


def _sentences(passage: Passage, words: Span, one: Attribution) -> Span:
    """The sentences of one paragraph that hold the words, and the cue and speaker where they stand there."""
    low, high = passage.start, passage.start + len(passage.text)
    parts = [p for p in (words, one.cue, one.source) if p is not None and low <= p.start < high]
    first, last = min(p.start for p in parts), max(p.end for p in parts)
    covered = [passage.span(s) for s in passage.doc.sents]
    covered = [s for s in covered if s.start < last and first < s.end]
    start = min([first, *(s.start for s in covered)])
    end = max([min(last, high), *(s.end for s in covered)])
    span = trimmed(passage.text, start - low, end - low)
    return Span(span.start + low, span.end + low)
