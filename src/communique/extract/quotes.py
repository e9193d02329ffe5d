"""Quote statements: the words of a speaker, and who vouches for what else a page says."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from spacy.tokens import Span as TokenSpan
from spacy.tokens import Token

from communique.domain.lexicon.speech import Speech, built_in
from communique.extract import quotation_marks
from communique.extract.quotation_marks import Quotation
from communique.model import (
    Actor,
    Attribution,
    Cast,
    Document,
    Interval,
    Mention,
    Parsed,
    Participant,
    Passage,
    Source,
    Statement,
    TimeExpression,
)
from communique.text import Span, trimmed

FEWEST_WORDS = 4
_KINDS = frozenset({"speech"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_RELATIVES = frozenset({"who", "which", "that"})


@dataclass(frozen=True, slots=True)
class Voice:
    """A speaker and the stretch of text that is the speaker's say-so; `origin` is who relayed it, if named."""

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
    forms in which outlets are credited to their names; one that relays the words is the `origin`.
    """
    reader = _Reader(parsed, cast, publishers or {}, cues or built_in())
    quotations = quotation_marks.find(parsed)
    found: dict[tuple[int, int], Statement] = {}
    for one in attributions:
        if not reader.is_said(one):
            continue
        speakers = reader.speakers(one)
        if not speakers:
            continue
        origin = reader.origin(one, attributions)
        when = reader.when(one, times)
        for words, direct in _utterances(parsed, one, quotations):
            passage = reader.passage_at(words.start)
            if passage is None or len(words.of(parsed.text).split()) < FEWEST_WORDS:
                continue
            whole = _sentences(parsed.passages[passage], words, one)
            key = (words.start, words.end)
            if key in found and not direct:
                continue
            found[key] = Statement(
                doc_id=document.doc_id,
                kind="quote",
                start=whole.start,
                end=whole.end,
                quote=whole.of(parsed.text),
                actors=tuple(participant for participant, _ in speakers),
                when=when,
                words=words.of(parsed.text),
                direct=direct,
                attributed_to=speakers[0][1],
                origin=origin,
                rule="quotation" if direct else "indirect speech",
                score=1.0 if direct else 0.8,
            )
    return [found[key] for key in sorted(found)]


def voices(
    document: Document,
    parsed: Parsed,
    cast: Cast,
    attributions: Sequence[Attribution],
    publishers: Mapping[str, str] | None = None,
    cues: Speech | None = None,
) -> list[Voice]:
    """Who vouches for which stretch of the text: the speakers of direct and indirect speech."""
    reader = _Reader(parsed, cast, publishers or {}, cues or built_in())
    found = []
    for one in attributions:
        if reader.is_said(one) and (speakers := reader.speakers(one)):
            origin = reader.origin(one, attributions)
            found.append(Voice(one.content.start, one.content.end, speakers[0][1], origin))
    return sorted(found, key=lambda v: (v.end - v.start, v.start, v.speaker.id))


def attribute(statements: Iterable[Statement], voices: Sequence[Voice]) -> list[Statement]:
    """The statements, each with the innermost speaker whose words hold it.

    A statement is held where its span begins inside the words, or where all who act in it do.
    """
    return [
        replace(statement, attributed_to=voice.speaker, origin=voice.origin or statement.origin)
        if (voice := _voice_of(statement, voices)) is not None
        else statement
        for statement in statements
    ]


def _voice_of(statement: Statement, voices: Sequence[Voice]) -> Voice | None:
    for voice in sorted(voices, key=lambda v: v.end - v.start):
        if voice.start <= statement.start < voice.end:
            return voice
        inside = [voice.start <= actor.start < voice.end for actor in statement.actors]
        if inside and all(inside):
            return voice
    return None


@dataclass(frozen=True)
class _Reader:
    parsed: Parsed
    cast: Cast
    publishers: Mapping[str, str]
    cues: Speech

    def passage_at(self, offset: int) -> int | None:
        for number, passage in enumerate(self.parsed.passages):
            if passage.start <= offset < passage.start + len(passage.doc.text):
                return number
        return None

    def tokens(self, span: Span) -> tuple[int, TokenSpan] | None:
        """The tokens of a stretch, with the number of their passage."""
        number = self.passage_at(span.start)
        if number is None:
            return None
        passage = self.parsed.passages[number]
        end = min(span.end - passage.start, len(passage.doc.text))
        tokens = passage.doc.char_span(span.start - passage.start, end, alignment_mode="expand")
        return (number, tokens) if tokens is not None and len(tokens) else None

    # --- is it speech --------------------------------------------------------------------------

    def is_said(self, one: Attribution) -> bool:
        """Whether an attribution reports words said or written, as a clause or in quotation marks."""
        if one.source is None:
            return False
        if one.direct or one.cue is None:
            return True
        located = self.tokens(one.cue)
        if located is None:
            return False
        _, cue = located
        families = [
            entry
            for token in cue
            for table in (self.cues.of_verb(token.lemma_, token.lower_), self.cues.nouns.get(token.lower_, ()),
                          self.cues.prepositions.get(token.lower_, ()))
            for entry in table
            if not {"object", "preposition", "infinitive", "gerund"} >= entry.takes
        ]  # fmt: skip
        if not any(entry.kind in _KINDS or "owner" in entry.takes for entry in families):
            return False
        content = self.tokens(one.content)
        if content is None:
            return False
        if any("predicate" in entry.takes for entry in families):
            if one.content.covers(one.cue):
                return False
            if _has_quotation(content[1]):
                return True
        return _is_clause(content[1])

    # --- who -----------------------------------------------------------------------------------

    def speakers(self, one: Attribution) -> list[tuple[Participant, Source]]:
        """The actors who say it; a name the cast does not know becomes a person or an organisation."""
        located = self.tokens(one.source) if one.source is not None else None
        if located is None:
            return []
        number, tokens = located
        passage = self.parsed.passages[number]
        mention = self._mention(number, tokens)
        if mention is not None:
            span = Span(mention.start, mention.end)
            return [_participant(actor, span) for actor in mention.actors]
        named = [e for e in tokens.ents if e.label_ == "PERSON"] or [
            e for e in tokens.ents if e.label_ == "ORG"
        ]
        if not named:
            outlet = self._publisher(tokens.text)
            return (
                [_participant(Actor(_slug(outlet), outlet, "organisation"), passage.span(tokens))]
                if outlet
                else []
            )
        entity = named[0]
        span = passage.span(entity)
        name = re.sub(r"['’]s$", "", " ".join(entity.text.split()))
        if entity.label_ == "PERSON" and " " not in name:
            return []
        actor = Actor(_slug(name), name, "person" if entity.label_ == "PERSON" else "organisation")
        return [_participant(actor, span)]

    def _mention(self, number: int, tokens: TokenSpan) -> Mention | None:
        head = tokens.root
        if head.lower_ in _RELATIVES and len(tokens) == 1:
            head = _antecedent(head)
        direct = self.cast.at(number, head.i)
        if direct is not None and any(a.kind == "person" for a in direct.actors):
            return direct
        for token in (c for c in head.children if c.dep_ == "appos"):
            mention = self.cast.at(number, token.i)
            if mention is not None and any(a.kind == "person" for a in mention.actors):
                return mention
            if token.ent_type_ == "PERSON":
                return None
        if direct is not None and direct.actors:
            return direct
        for token in _possessed(head):
            mention = self.cast.at(number, token.i)
            if mention is not None and mention.actors and mention.form != "place":
                return mention
        inside = [
            m for m in self.cast.between(number, tokens.start, tokens.end) if m.actors and m.form != "place"
        ]
        persons = [m for m in inside if any(a.kind == "person" for a in m.actors)]
        return next(iter(persons or inside), None)

    # --- through whom, when --------------------------------------------------------------------

    def origin(self, one: Attribution, others: Sequence[Attribution]) -> str | None:
        """The outlet or agency that relays the words: named beside the cue, or telling of the whole."""
        if not self.publishers:
            return None
        for part in (one.relay, one.source):
            if part is not None and (name := self._publisher(part.of(self.parsed.text))):
                return name
        for other in others:
            if other is not one and other.source is not None and other.content.covers(one.content):
                if other.content == one.content:
                    continue
                if name := self._publisher(other.source.of(self.parsed.text)):
                    return name
        beside = self._beside(one)
        return self._publisher(beside) if beside else None

    def _publisher(self, text: str) -> str | None:
        return next(
            (self.publishers[form] for form in _forms(tuple(self.publishers)) if _stands_in(form, text)), None
        )

    def _beside(self, one: Attribution) -> str | None:
        """The words of the cue's sentence that are neither content nor source."""
        anchor = one.cue or one.source
        located = self.tokens(anchor) if anchor is not None else None
        if located is None:
            return None
        number, tokens = located
        passage = self.parsed.passages[number]
        span = passage.span(tokens.sent)
        text = self.parsed.text
        taken = [part for part in (one.content, one.source) if part is not None]
        if one.direct and anchor is not None and one.content.covers(anchor):
            # the cue interrupts: only the quoted parts are content
            taken = [Span(q.start, q.end) for q in quotation_marks.find(self.parsed)] + taken[1:]
        return "".join(
            text[i] if not any(part.start <= i < part.end for part in taken) else " "
            for i in range(span.start, max(span.end, anchor.end if anchor else 0))
        )

    def when(self, one: Attribution, times: Sequence[TimeExpression]) -> Interval | None:
        """The time expression in the cue's own clause, if one is placed on the calendar."""
        located = self.tokens(one.cue) if one.cue is not None else None
        if located is None:
            return None
        number, cue = located
        sentence = self.parsed.passages[number].span(cue.sent)
        interrupts = one.cue is not None and one.content.covers(one.cue)
        quoted = [q for q in quotation_marks.find(self.parsed) if q.passage == number] if interrupts else []
        near: list[tuple[int, Interval]] = []
        for time in times:
            if time.passage != number or time.interval is None or time.type not in {"DATE", "TIME"}:
                continue
            span = Span(time.start, time.end)
            held = (
                any(Span(q.start, q.end).covers(span) for q in quoted)
                if interrupts
                else one.content.overlaps(span)
            )
            if held or (one.source is not None and one.source.covers(span)):
                continue
            if not (sentence.start <= span.start < sentence.end):
                continue
            near.append((min(abs(time.first - cue.end), abs(cue.start - time.last)), time.interval))
        return min(near, key=lambda pair: pair[0])[1] if near else None


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
    low, high = passage.start, passage.start + len(passage.doc.text)
    parts = [p for p in (words, one.cue, one.source) if p is not None and low <= p.start < high]
    first, last = min(p.start for p in parts), max(p.end for p in parts)
    covered = [passage.span(s) for s in passage.doc.sents]
    covered = [s for s in covered if s.start < last and first < s.end]
    start = min([first, *(s.start for s in covered)])
    end = max([min(last, high), *(s.end for s in covered)])
    span = trimmed(passage.doc.text, start - low, end - low)
    return Span(span.start + low, span.end + low)


def _is_clause(content: TokenSpan) -> bool:
    """Whether the content is a clause in a tense, not something to do or a thing."""
    root = content.root
    return _is_finite(root) or any(
        _is_finite(t) for t in content if t.dep_ in {"ccomp", "conj"} and t.head == root
    )


def _is_finite(verb: Token) -> bool:
    if verb.pos_ not in {"VERB", "AUX"}:
        return False
    before = list(verb.lefts)
    if verb.tag_ in _FINITE or any(c.tag_ in _FINITE for c in before if c.dep_ in {"aux", "auxpass"}):
        return True
    return any(c.dep_ in {"nsubj", "nsubjpass"} for c in before) and not any(c.tag_ == "TO" for c in before)


def _has_quotation(content: TokenSpan) -> bool:
    return any(token.is_quote for token in content)


def _antecedent(relative: Token) -> Token:
    verb = relative.head
    while verb.dep_ not in {"relcl", "ROOT"}:
        verb = verb.head
    return verb.head if verb.dep_ == "relcl" else relative


def _possessed(head: Token) -> list[Token]:
    """ "the words of the minister", "the minister's words": the one whose words they are."""
    found = [c for c in head.children if c.dep_ in {"poss", "compound"}]
    for preposition in head.children:
        if preposition.dep_ == "prep" and preposition.lower_ in {"of", "from", "by"}:
            found.extend(c for c in preposition.children if c.dep_ == "pobj")
    return found


def _participant(actor: Actor, span: Span) -> tuple[Participant, Source]:
    participant = Participant("speaker", actor.id, actor.name, actor.kind, actor.state, span.start, span.end)
    return participant, Source(actor.id, actor.name)


@lru_cache(maxsize=8)
def _forms(forms: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(forms, key=lambda form: (-len(form), form)))


def _stands_in(form: str, text: str) -> bool:
    at = text.find(form)
    while at >= 0:
        before, after = text[at - 1 : at], text[at + len(form) : at + len(form) + 1]
        if not before.isalnum() and not after.isalnum():
            return True
        at = text.find(form, at + 1)
    return False


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "unnamed"
