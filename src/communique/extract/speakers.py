"""Who says it: sources resolved through the cast, who relays the words, and when they were said."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from spacy.tokens import Span as TokenSpan
from spacy.tokens import Token

from communique.domain.lexicon.speech import Speech
from communique.domain.places import places
from communique.extract import clauses, quotation_marks
from communique.extract.quotation_marks import Quotation
from communique.model import (
    Actor,
    Attribution,
    Cast,
    Interval,
    Mention,
    Parsed,
    Participant,
    Place,
    Source,
    TimeExpression,
)
from communique.text import Span, slug

_WORD = re.compile(r"\w+")
_CLAUSES = frozenset({"clause", "whole"})
_SAID = frozenset({"speech"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_RELATIVES = frozenset({"who", "which", "that"})
_AT = frozenset({"in", "at", "near", "outside", "aboard"})


@dataclass(frozen=True)
class Speakers:
    """Who says what in one document: resolves sources through the cast, finds relays and days."""

    parsed: Parsed
    cast: Cast
    publishers: Mapping[str, str]
    cues: Speech

    @cached_property
    def quotations(self) -> list[Quotation]:
        """The quotations of the document."""
        return quotation_marks.find(self.parsed)

    @cached_property
    def _bounds(self) -> list[Span]:
        return [Span(p.start, p.start + len(p.text)) for p in self.parsed.passages]

    def passage_at(self, offset: int) -> int | None:
        """The number of the passage that holds an offset."""
        number = bisect_right(self._bounds, offset, key=lambda span: span.start) - 1
        return number if number >= 0 and offset < self._bounds[number].end else None

    def tokens(self, span: Span) -> tuple[int, TokenSpan] | None:
        """The tokens of a stretch, with the number of their passage."""
        number = self.passage_at(span.start)
        if number is None:
            return None
        passage = self.parsed.passages[number]
        end = min(span.end, self._bounds[number].end) - passage.start
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
        content = self.tokens(one.content)
        if content is None:
            return False
        entries = [entry for token in cue for entry in self.cues.of_any(token.lemma_, token.lower_)]
        if any("predicate" in entry.takes for entry in entries) and _has_quotation(content[1]):
            return not one.content.covers(one.cue)
        saying = any(
            "owner" in entry.takes or (entry.kind in _SAID and entry.takes & _CLAUSES) for entry in entries
        )
        return saying and _is_clause(content[1])

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
        entity = _named(tokens)
        if entity is None:
            outlet = self.outlet(tokens.text)
            if outlet is None:
                return []
            return [_participant(Actor(slug(outlet), outlet, "organisation"), passage.span(tokens))]
        span = passage.span(entity)
        name = re.sub(r"['’]s$", "", " ".join(entity.text.split()))
        if entity.label_ == "PERSON" and " " not in name:
            return []
        actor = Actor(slug(name), name, "person" if entity.label_ == "PERSON" else "organisation")
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
        for token in _authors(head, owned=self._is_words(head)):
            mention = self.cast.at(number, token.i)
            if mention is not None and mention.actors and mention.form != "place":
                return mention
        return None

    def _is_words(self, noun: Token) -> bool:
        return any("clause" in cue.takes for cue in self.cues.nouns.get(noun.lemma_.lower(), ()))

    # --- through whom, when --------------------------------------------------------------------

    def origin(self, one: Attribution, others: Sequence[Attribution]) -> str | None:
        """The outlet or agency that relays the words: named beside the cue, or telling of the whole."""
        if not self.publishers:
            return None
        for part in (one.relay, one.source):
            if part is not None and (name := self.outlet(part.of(self.parsed.text))):
                return name
        for other in others:
            if other is one or other.source is None or not other.content.covers(one.content):
                continue
            if name := self.outlet(other.source.of(self.parsed.text)):
                return name
        beside = self._beside(one)
        return self.outlet(beside) if beside else None

    @cached_property
    def _outlets(self) -> Mapping[str, tuple[str, ...]]:
        return _by_first_word(tuple(self.publishers))

    def outlet(self, text: str) -> str | None:
        """The first outlet named in a text."""
        for word in _WORD.finditer(text):
            for form in self._outlets.get(word.group(), ()):
                end = word.start() + len(form)
                if text.startswith(form, word.start()) and not text[end : end + 1].isalnum():
                    return self.publishers[form]
        return None

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
            taken = [Span(q.start, q.end) for q in self.quotations if q.passage == number] + taken[1:]
        end = max(span.end, anchor.end if anchor else 0)
        beside = list(text[span.start : end])
        for part in taken:
            for i in range(max(part.start, span.start), min(part.end, end)):
                beside[i - span.start] = " "
        return "".join(beside)

    def hearer(self, one: Attribution) -> Participant | None:
        """To whom it was said, if that is an actor of the cast and no outlet: "told the minister"."""
        if one.relay is None or self.outlet(one.relay.of(self.parsed.text)):
            return None
        located = self.tokens(one.relay)
        if located is None:
            return None
        number, tokens = located
        mention = self._mention(number, tokens)
        if mention is None or len(mention.actors) != 1 or mention.form == "place":
            return None
        actor = mention.actors[0]
        return Participant(
            "recipient", actor.id, actor.name, actor.kind, actor.state, mention.start, mention.end
        )

    def where(self, one: Attribution) -> Place | None:
        """The place the cue's clause stands on: "said in Oslo", "speaking in Seoul, she said"."""
        located = self.tokens(one.cue) if one.cue is not None else None
        if located is None:
            return None
        number, cue = located
        heads = [cue.root, *(c for c in cue.root.children if c.dep_ == "advcl" and c.tag_ == "VBG")]
        for head in heads:
            led = clauses.prepositions(head)
            # "at a meeting in Oslo", "in an interview in Paris"
            nearer = [clauses.prepositions(noun) for nouns in led.values() for noun in nouns]
            for preposition, nouns in ((p, n) for found in (led, *nearer) for p, n in found.items()):
                for noun in nouns if preposition in _AT else ():
                    if (place := self._ground(number, noun)) and not self._is_said(one, number, noun):
                        return place
        return None

    def _ground(self, number: int, noun: Token) -> Place | None:
        mention = self.cast.at(number, noun.i)
        if mention is None or mention.form != "place" or len(mention.actors) != 1:
            return None
        name, state = self.parsed.text[mention.start : mention.end], mention.actors[0].state
        return places().named(name, state) or Place(name, state, None, None, None)

    def _is_said(self, one: Attribution, number: int, token: Token) -> bool:
        """Whether a token is part of the words said, and not of what stands around and between them."""
        start = self.parsed.passages[number].start + token.idx
        if one.direct:
            return any(q.passage == number and q.start <= start < q.end for q in self.quotations)
        return one.content.start <= start < one.content.end

    def when(
        self, one: Attribution, times: Sequence[TimeExpression], others: Sequence[Attribution] = ()
    ) -> Interval | None:
        """The time expression in the cue's own clause, if one is placed on the calendar.

        Where another reports it ("the paper wrote on Friday that she had said"), the day is the other's.
        """
        located = self.tokens(one.cue) if one.cue is not None else None
        if located is None or one.cue is None:
            return None
        number, cue = located
        sentence = self.parsed.passages[number].span(cue.sent)
        interrupts = one.content.covers(one.cue)
        quoted = [q for q in self.quotations if q.passage == number] if interrupts else []
        reports = [o.content for o in others if o is not one and not o.direct]
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
            if any(reporting.covers(one.cue) and not reporting.covers(span) for reporting in reports):
                continue
            near.append((min(abs(time.first - cue.end), abs(cue.start - time.last)), time.interval))
        return min(near, key=lambda pair: pair[0])[1] if near else None


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


def _authors(head: Token, owned: bool) -> list[Token]:
    """Whose words they are: "officials from the ministry"; where `owned`, "the claim of the ministry"."""
    found = [c for c in head.children if c.dep_ == "compound" or (owned and c.dep_ == "poss")]
    linking = {"from", "by", "of"} if owned else {"from", "by"}
    for preposition in head.children:
        if preposition.dep_ == "prep" and preposition.lower_ in linking:
            found.extend(c for c in preposition.children if c.dep_ == "pobj")
    return found


def _named(tokens: TokenSpan) -> TokenSpan | None:
    """The person or organisation that heads a noun phrase or stands in apposition to its head."""
    heads = [tokens.root.i, *(c.i for c in tokens.root.children if c.dep_ == "appos")]
    for label in ("PERSON", "ORG"):
        for entity in tokens.ents:
            closes = entity.end == tokens.end and tokens.doc[entity.start - 1].text == ","
            if entity.label_ == label and (closes or any(entity.start <= i < entity.end for i in heads)):
                return entity
    return None


def _participant(actor: Actor, span: Span) -> tuple[Participant, Source]:
    participant = Participant("speaker", actor.id, actor.name, actor.kind, actor.state, span.start, span.end)
    return participant, Source(actor.id, actor.name)


@lru_cache(maxsize=8)
def _by_first_word(forms: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    """Names by their first word, the longest first."""
    found: dict[str, list[str]] = {}
    for form in sorted(forms, key=lambda form: (-len(form), form)):
        if word := _WORD.match(form):
            found.setdefault(word.group(), []).append(form)
    return {word: tuple(names) for word, names in found.items()}
