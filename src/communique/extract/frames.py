"""Finds events and ties: matches the frames of the domain data on the clauses of a parse."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from communique.domain.lexicon.factuality import FactualityWords
from communique.domain.lexicon.frames import Frame, Frames, Part
from communique.extract import clauses
from communique.extract.factuality import factuality
from communique.extract.timing import Timing
from communique.model import (
    Actor,
    Cast,
    Document,
    Factuality,
    Interval,
    Mention,
    Object,
    Parsed,
    Participant,
    Role,
    Statement,
    TimeExpression,
)

if TYPE_CHECKING:
    from spacy.tokens import Token

_FALLBACK_PREPOSITIONS = ("in", "on", "to", "for", "into", "off", "with")
_STAND_INS = frozenset(("those", "them", "some", "these"))


@dataclass(frozen=True, slots=True)
class Match:
    """A frame found at a predicate, with the mentions that fill its parts."""

    name: str
    frame: Frame
    predicate: Token
    passage: int
    parts: dict[Part, tuple[tuple[Actor, Mention], ...]]
    theme: Token | None

    @property
    def rank(self) -> tuple[bool, int, float]:
        """More specific frames first, then those that know more of who is who."""
        known = sum(len(actors) for actors in self.parts.values())
        return (bool(self.frame.objects or self.frame.modifiers), min(known, 3), self.frame.score)


class Matcher:
    """The frames, ready to be matched."""

    def __init__(self, frames: Frames, words: FactualityWords) -> None:
        self.frames, self.words = frames, words
        self._owned = frozenset(frames.classes["owned"])

    def statements(
        self, document: Document, parsed: Parsed, cast: Cast, times: Sequence[TimeExpression]
    ) -> list[Statement]:
        """The events and ties of a document."""
        timing = Timing(parsed, times)
        published = document.published.interval if document.published else None
        found: list[Statement] = []
        for match in self.matches(parsed, cast):
            found += self._stated(match, document, parsed, timing, published)
        return list({s.statement_id: s for s in found}.values())

    def matches(self, parsed: Parsed, cast: Cast) -> list[Match]:
        """The best event and the best tie at each predicate, in reading order."""
        found: list[Match] = []
        for number, sentence in parsed.sentences():
            taken: set[int] = set()
            for token in sentence:
                if token.pos_ in ("VERB", "AUX", "ADJ") and (
                    entries := self.frames.by_verb.get(token.lemma_.lower())
                ):
                    here = clauses.particles(token)
                    options = [
                        (name, frame) for name, particle, frame in entries if not particle or particle in here
                    ]
                    for match in self._best(token, number, options, cast):
                        found.append(match)
                        if match.frame.type and match.frame.objects and match.theme is not None:
                            taken.add(match.theme.i)
            for token in sentence:
                if token.pos_ == "NOUN" and (nouns := self.frames.by_noun.get(token.lemma_.lower())):
                    for match in self._best(token, number, nouns, cast):
                        if not (match.frame.type and token.i in taken):
                            found.append(match)
        return found

    def _best(
        self, token: Token, number: int, options: Iterable[tuple[str, Frame]], cast: Cast
    ) -> list[Match]:
        filled = [
            m for name, frame in options if (m := self._fill(token, number, name, frame, cast)) is not None
        ]
        best = []
        for kind in ("type", "tie"):
            of_kind = [m for m in filled if getattr(m.frame, kind)]
            if of_kind:
                best.append(max(of_kind, key=lambda m: m.rank))
        return best

    def _fill(self, token: Token, number: int, name: str, frame: Frame, cast: Cast) -> Match | None:
        slots = Slots(token, number, cast)
        slots.owned = self._owned
        theme = None
        if frame.without and any(
            t.lemma_.lower() in self.frames.lemmas(frame.without) for t in slots.tokens("object")
        ):
            return None
        if frame.objects:
            theme = self._fitting_object(slots, frame)
            slots.about(theme)
            if theme is None and not ("@none" in frame.objects and not slots.tokens("object")):
                return None
        if frame.modifiers and not self._modified(slots, frame):
            return None
        parts: dict[Part, list[tuple[Actor, Mention]]] = {}
        for slot, part in frame.slots.items():
            if part == "theme":
                if theme is None and slot in ("object", "on", "to", "for"):
                    theme = next((t for t in slots.tokens(slot) if t.pos_ == "NOUN"), None)
                continue
            parts.setdefault(part, []).extend(slots.players(slot))
        cleaned = _cleaned(parts)
        for slot, part in frame.otherwise.items():
            if not _enough(cleaned, frame, part):
                parts.setdefault(part, []).extend(slots.players(slot))
                cleaned = _cleaned(parts)
        if not all(_enough(cleaned, frame, part) for part in frame.needs):
            return None
        if theme is None and frame.objects:
            theme = next((t for t in slots.tokens("object") if t.pos_ == "NOUN"), None)
        return Match(name, frame, token, number, cleaned, theme)

    def _fitting_object(self, slots: Slots, frame: Frame) -> Token | None:
        wanted = self.frames.lemmas(frame.objects)
        candidates = slots.tokens("object")
        if not candidates:
            candidates = [t for p in _FALLBACK_PREPOSITIONS for t in slots.tokens(p)]
        for token in candidates:
            if token.lemma_.lower() in wanted or token.lower_ in wanted:
                return token
            mention = slots.cast.at(slots.number, token.i)
            if mention is not None and any(f"@{a.kind}" in wanted for a in mention.actors):
                return token
            if mention is not None and len(mention.actors) > 1 and "@pair" in wanted:
                return token
            if token.lower_ in _STAND_INS and "recipient" in frame.needs:
                return token
        return None

    def _modified(self, slots: Slots, frame: Frame) -> bool:
        for word in frame.modifiers:
            slot, colon, rest = word.partition(":")
            if not colon:
                continue
            lemmas = frozenset(self.frames.classes[rest[1:]]) if rest.startswith("$") else frozenset((rest,))
            if any(t.lemma_.lower() in lemmas for t in slots.tokens(slot)):
                return True
        plain = self.frames.lemmas(frame.modifiers)
        return any(t.lemma_.lower() in plain or t.lower_ in plain for t in slots.tokens("mod"))

    # --- statements ----------------------------------------------------------------------------

    def _stated(
        self, match: Match, document: Document, parsed: Parsed, timing: Timing, published: Interval | None
    ) -> list[Statement]:
        verdict: Factuality = factuality(match.predicate, self.words, presupposed=match.frame.presupposed)
        frame = match.frame
        if frame.factuality and verdict == "actual":
            verdict = frame.factuality  # type: ignore[assignment]
        when = timing.of(match.passage, match.predicate)
        if verdict == "actual" and when and published and when.earliest > published.latest:
            verdict = "planned"
        mentions = [m for actors in match.parts.values() for _, m in actors]
        first, last = clauses.clause_edges(match.predicate)
        if match.predicate.pos_ == "NOUN" and match.predicate.head.pos_ in ("VERB", "AUX"):
            first, last = min(first, match.predicate.head.i), max(last, match.predicate.head.i + 1)
        first = min([first, *(m.first for m in mentions)])
        last = max([last, *(m.last for m in mentions)])
        passage = parsed.passages[match.passage]
        span = passage.span(passage.doc[first:last])
        base = Statement(
            doc_id=document.doc_id,
            kind="tie" if frame.tie else "event",
            start=span.start,
            end=span.end,
            quote=span.of(document.text),
            type=frame.tie or frame.type,
            mode=frame.mode,
            contexts=frame.contexts,
            mutual=frame.mutual,
            when=None if frame.tie else when,
            factuality=verdict,
            object=_object(match.theme) if frame.type else None,
            rule=match.name,
            score=frame.score,
        )
        return [_with(base, actors) for actors in _castings(match)]


def _with(statement: Statement, actors: tuple[Participant, ...]) -> Statement:
    from dataclasses import replace

    return replace(statement, actors=actors)


def _castings(match: Match) -> list[tuple[Participant, ...]]:
    """Who takes part: all together in an event, two by two in a tie."""
    parts = match.parts
    if match.frame.tie is None:
        everyone = [_participant(_ROLE[part], a, m) for part, actors in parts.items() for a, m in actors]
        return [tuple(dict.fromkeys(everyone))]
    firsts = parts.get("first", ())
    seconds = parts.get("second", ())
    if not firsts:
        both = parts.get("party", ())
        return [tuple(dict.fromkeys(_participant("party", a, m) for a, m in both))]
    pairs = []
    for one, m1 in firsts:
        for two, m2 in seconds:
            if (one.state or one.id) != (two.state or two.id):
                pairs.append((_participant("party", one, m1), _participant("party", two, m2)))
    return list(dict.fromkeys(pairs))


_ROLE: dict[Part, Role] = {"actor": "actor", "recipient": "recipient", "party": "party"}


def _participant(role: Role, actor: Actor, mention: Mention) -> Participant:
    return Participant(role, actor.id, actor.name, actor.kind, actor.state, mention.start, mention.end)


def _enough(parts: dict[Part, tuple[tuple[Actor, Mention], ...]], frame: Frame, part: Part) -> bool:
    """Whether a part has as many different states and bodies in it as the frame needs."""
    wanted = frame.parties if part == "party" else 0
    return len({a.state or a.id for a, _ in parts.get(part, ())}) >= max(wanted, 1)


def _cleaned(parts: dict[Part, list[tuple[Actor, Mention]]]) -> dict[Part, tuple[tuple[Actor, Mention], ...]]:
    """Each state once: an actor is no recipient of its own act, and a first party not also a second."""
    cleaned: dict[Part, tuple[tuple[Actor, Mention], ...]] = {}
    for part in ("actor", "first", "party", "recipient", "second"):
        seen: set[str] = set()
        if part == "recipient":
            seen = {a.state or a.id for a, _ in cleaned.get("actor", ())}
        if part == "second":
            seen = {a.state or a.id for a, _ in cleaned.get("first", ())}
        kept = []
        for actor, mention in parts.get(part, ()):  # type: ignore[call-overload]
            key = (
                actor.id
                if part in ("actor", "party") and actor.kind == "person"
                else (actor.state or actor.id)
            )
            state = actor.state or actor.id
            if key in seen or state in seen:
                continue
            seen |= {key, state}
            kept.append((actor, mention))
        if kept:
            cleaned[part] = tuple(kept)  # type: ignore[index]
    return cleaned


def _object(theme: Token | None) -> Object | None:
    """The noun phrase of the thing concerned, without its article."""
    if theme is None:
        return None
    first = theme.left_edge.i
    while first < theme.i and (
        theme.doc[first].dep_ in ("det", "poss", "case", "predet", "cc") or theme.doc[first].is_punct
    ):
        first += 1
    if theme.i - first > 8:
        first = theme.i
    return Object(theme.doc[first : theme.i + 1].text)


class Slots:
    """The grammatical places around one predicate."""

    def __init__(self, token: Token, number: int, cast: Cast) -> None:
        self.token, self.number, self.cast = token, number, cast
        self.theme: Token | None = None
        self.owned: frozenset[str] = frozenset()
        self._tokens: dict[str, list[Token]] = {}

    def about(self, theme: Token | None) -> None:
        """Lets what hangs on the thing concerned count as hanging on the predicate."""
        self.theme = theme
        self._tokens.clear()

    def _around(self, token: Token) -> Slots:
        return Slots(token, self.number, self.cast)

    @cached_property
    def is_verb(self) -> bool:
        """Whether the predicate is a verb."""
        return self.token.pos_ in ("VERB", "AUX", "ADJ")

    def tokens(self, slot: str) -> list[Token]:
        """The words that stand in a slot."""
        if slot not in self._tokens:
            self._tokens[slot] = self._find(slot)
        return self._tokens[slot]

    def _find(self, slot: str) -> list[Token]:
        outer, dot, inner = slot.partition(".")
        if dot:
            return [t for o in self.tokens(outer) for t in self._around(o).tokens(inner)]
        token = self.token
        match slot:
            case "subject":
                return clauses.subjects(token) if self.is_verb else _support_subjects(token)
            case "object":
                return clauses.objects(token) if self.is_verb else []
            case "poss":
                return clauses.conjuncts(c for c in token.children if c.dep_ == "poss")
            case "mod":
                return [] if self.is_verb else clauses.modifiers(token)
            case "appos":
                own = [c for c in token.children if c.dep_ == "appos"]
                return clauses.conjuncts(own) + ([token.head] if token.dep_ == "appos" else [])
            case "self":
                return [token]
            case "oprd" | "ccomp" | "acl" | "relcl" | "attr" | "acomp":
                return [c for c in token.children if c.dep_ == slot]
            case "head":
                return _noun_above(token)
            case "above":
                return self._subjects_above()
            case "before":
                mention = self.cast.at(self.number, token.i - 1) if token.i else None
                return [token.doc[mention.head]] if mention else []
            case _ if slot.startswith("after:"):
                return self._soon_after(slot.removeprefix("after:"))
            case "places":
                return [
                    t for t in token.subtree if (m := self.cast.at(self.number, t.i)) and m.form == "place"
                ]
            case _:
                at_verb_only = slot.startswith("verb:")
                slot = slot.removeprefix("verb:")
                found = list(clauses.prepositions(token).get(slot, ()))
                found += self._right_behind(slot, found)
                if at_verb_only and not self.is_verb:
                    found += clauses.prepositions(clauses.governor(token)).get(slot, ())
                if self.is_verb and not at_verb_only:
                    for noun in dict.fromkeys(
                        [*clauses.objects(token), *([self.theme] if self.theme else [])]
                    ):
                        if noun.i > token.i:
                            found += clauses.prepositions(noun).get(slot, ())
                return list(dict.fromkeys(found))

    def _right_behind(self, preposition: str, found: list[Token]) -> list[Token]:
        """A name right behind its preposition that the parse took for part of what follows it."""
        names = []
        for child in self.token.children:
            if child.dep_ == "prep" and child.lower_ == preposition and child.i + 1 < len(child.doc):
                mention = self.cast.at(self.number, child.i + 1)
                if (
                    mention is not None
                    and mention.first == child.i + 1
                    and mention.head not in {t.i for t in found}
                ):
                    names.append(child.doc[mention.head])
        return names

    def _soon_after(self, preposition: str) -> list[Token]:
        """Names after a preposition that follows soon, whatever the parse hangs it on."""
        token = self.token
        for other in token.doc[token.i + 1 : min(token.i + 9, token.sent.end)]:
            if other.lower_ == preposition:
                return [
                    n for child in other.children if child.dep_ == "pobj" for n in clauses.conjuncts([child])
                ]
        return []

    def players(self, slot: str) -> list[tuple[Actor, Mention]]:
        """The actors in a slot who can act for a state or body."""
        found: list[tuple[Actor, Mention]] = []
        for token in self.tokens(slot):
            if token.i == self.token.i and slot != "self":
                continue
            mention = self.cast.at(self.number, token.i)
            if mention is None:
                mention = self._apposed(token) or self._owner(token)
            if mention is None or (
                mention.form == "place" and slot in ("subject", "poss", "mod", "with", "between")
            ):
                continue
            if mention.form == "demonym" and slot == "subject":
                continue
            for actor in mention.actors:
                if actor.kind in ("state", "body") or actor.state is not None:
                    found.append((actor, mention))
        return found

    def _apposed(self, token: Token) -> Mention | None:
        """ "the country's leader, Fumio Kishida": the name that stands beside a noun."""
        for child in token.children:
            if child.dep_ == "appos" and (mention := self.cast.at(self.number, child.i)):
                return mention
        return None

    def _owner(self, token: Token) -> Mention | None:
        """ "Japan's strategy outlines": a paper or move speaks for the one whose it is."""
        if token.lemma_.lower() not in self.owned:
            return None
        for child in [c for c in token.children if c.dep_ == "poss"] + clauses.modifiers(token):
            if mention := self.cast.at(self.number, child.i):
                return mention
        return None

    def _subjects_above(self) -> list[Token]:
        """The subjects of the clauses a predicate lies in, from the nearest that names an actor."""
        token = self.token
        while token.head != token:
            token = token.head
            if token.pos_ in ("VERB", "AUX"):
                found = [t for t in clauses.subjects(token) if t.i != self.token.i]
                if any(self.cast.at(self.number, t.i) or self._apposed(t) for t in found):
                    return found
        return []


def _noun_above(token: Token) -> list[Token]:
    """The noun a noun hangs on through a preposition ("its term as a member")."""
    if token.dep_ == "pobj" and token.head.head.pos_ in ("NOUN", "PROPN"):
        return [token.head.head]
    return []


def _support_subjects(noun: Token) -> list[Token]:
    """The subject of the verb a noun belongs to: "Japan announced a plan", "Norway is a member"."""
    head = noun.head
    own = [child for child in noun.children if child.dep_ == "nsubj"]
    if own:
        return clauses.conjuncts(own)
    if noun.dep_ in ("dobj", "attr", "oprd") and head.pos_ in ("VERB", "AUX"):
        return clauses.subjects(head)
    if noun.dep_ == "pobj" and head.head.pos_ in ("VERB", "AUX") and head.lower_ in (
        "in", "on", "for", "to", "as", "of", "with", "after", "before",
    ):  # fmt: skip
        return clauses.subjects(head.head)
    if noun.dep_ == "pobj" and head.lower_ == "of" and head.head.head.lemma_ in ("ahead", "advance"):
        return clauses.subjects(clauses.governor(head))
    if noun.dep_ == "pobj" and head.lower_ == "of" and head.head.lower_ == "ahead":
        return clauses.subjects(clauses.governor(head))
    return []
