"""Comes back to those a text named before: pronouns, "the country", "the two leaders".

Follows the order of the text with a short memory of who was named as what, and prefers subjects, as
the centering literature does (Grosz, Joshi and Weinstein 1995). Where the text does not support a
choice, it makes none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from communique.domain.lexicon.names import Names
from communique.domain.schema import State
from communique.model import Actor, Mention, Parsed

if TYPE_CHECKING:
    from spacy.tokens import Token

Wanted: TypeAlias = Literal["person", "state", "thing", "body"]

_PERSON = frozenset(("he", "she", "him", "her", "his", "hers", "himself", "herself"))
_THING = frozenset(("it", "its", "itself"))
_PLURAL = frozenset(("they", "them", "their", "theirs", "themselves"))
_NUMBERS = {"two": 2, "both": 2, "three": 3, "four": 4}
_SUBJECTS = frozenset(("nsubj", "nsubjpass"))
_REACH = 3  # sentences a pronoun looks back
_MEMORY = 6  # sentences kept in mind at all


@dataclass(frozen=True, slots=True)
class _Seen:
    """Someone named: in which sentence, at which token, as subject or as mere place."""

    sentence: int
    token: int
    actors: tuple[Actor, ...]
    subject: bool
    place: bool
    owner: bool


def anaphora(
    parsed: Parsed, named: Sequence[Mention], names: Names, states: Mapping[str, State]
) -> list[Mention]:
    """Mentions of form `pronoun` and `nominal` for words that come back to those in `named`."""
    reading = _Reading(names, states)
    by_head: dict[tuple[int, int], Mention] = {}
    for mention in named:
        held = by_head.get((mention.passage, mention.head))
        if held is None or mention.last - mention.first > held.last - held.first:
            by_head[(mention.passage, mention.head)] = mention
    covered = {(m.passage, t) for m in named for t in range(m.first, m.last)}
    found: list[Mention] = []
    for number, (passage, sentence) in enumerate(parsed.sentences()):
        doc = parsed.passages[passage].doc
        reading.begin(
            number,
            (
                _Seen(
                    number,
                    t.i,
                    m.actors,
                    _is_subject(t),
                    m.form == "place" or m.form == "demonym",
                    t.dep_ == "poss",
                )
                for t in sentence
                if (m := by_head.get((passage, t.i)))
            ),
        )
        for token in sentence:
            if (passage, token.i) in covered or token.pos_ not in ("PRON", "NOUN"):
                continue
            actors, first = reading.antecedents(token)
            if not actors:
                continue
            form: Literal["pronoun", "nominal"] = "pronoun" if token.pos_ == "PRON" else "nominal"
            span = parsed.passages[passage].span(doc[first : token.i + 1])
            found.append(
                Mention(
                    passage, first, token.i + 1, token.i, span.start, span.end, actors, form, "comes back to"
                )
            )
            reading.here.append(
                _Seen(number, token.i, actors, _is_subject(token), False, token.dep_ == "poss")
            )
    return found


def _is_subject(token: Token) -> bool:
    while token.dep_ in ("conj", "appos"):
        token = token.head
    return token.dep_ in _SUBJECTS


class _Reading:
    """Reads sentence after sentence, and remembers who was named."""

    def __init__(self, names: Names, states: Mapping[str, State]) -> None:
        self.names, self.states = names, states
        self.number = 0
        self.past: list[_Seen] = []
        self.here: list[_Seen] = []

    def begin(self, number: int, seen: Iterable[_Seen]) -> None:
        """A new sentence, with those it names outright."""
        self.past += sorted(self.here, key=lambda s: s.token)
        self.past = [s for s in self.past if number - s.sentence <= _MEMORY]
        self.number, self.here = number, list(seen)

    def antecedents(self, token: Token) -> tuple[tuple[Actor, ...], int]:
        """Whom a word comes back to, and the first token of its noun phrase."""
        lower, lemma = token.lower_, token.lemma_.lower()
        if token.pos_ == "PRON":
            if lower in _PERSON:
                return self._one(token, "person"), token.i
            if lower in _THING and not _expletive(token):
                return self._one(token, "thing"), token.i
            if lower in _PLURAL:
                return self._together(token) or self._pair_nearby(token), token.i
            return (), token.i
        anaphora = self.names.anaphora
        if lemma not in anaphora.counted and lemma not in anaphora.state and lemma not in anaphora.body:
            return (), token.i
        count, definite, modifiers, first = _noun_phrase(token)
        if count and lemma in anaphora.counted:
            barred = {a.state or a.id for s in self.here if s.token in modifiers for a in s.actors}
            return self._several(token, count, barred, lemma in anaphora.persons), first
        if definite and not modifiers and token.tag_ == "NN" and lemma in anaphora.state:
            return self._one(token, "state"), first
        if definite and not modifiers and token.tag_ == "NN" and lemma in anaphora.body:
            return self._one(token, "body"), first
        if definite and not modifiers and token.tag_ == "NNS" and lemma in anaphora.counted:
            if lemma in anaphora.persons and (pair := self._together(token, _MEMORY)):
                return pair, first
            return self._pair_nearby(token), first
        return (), token.i

    # --- one -----------------------------------------------------------------------------------

    def _one(self, token: Token, wanted: Wanted) -> tuple[Actor, ...]:
        """A subject before it in the sentence, another named there, then back in the text."""
        before = [(s, a) for s in self.here if s.token < token.i and (a := self._fit(s, wanted))]
        subjects = [pair for pair in before if pair[0].subject]
        if subjects:
            return subjects[0][1] if token.dep_ in _SUBJECTS else subjects[-1][1]
        main = self._main_subject(token)
        main_actors = self._fit(main, wanted) if main is not None and main.token > token.i else ()
        if main_actors and wanted not in ("state", "body"):
            return main_actors
        standing = [pair for pair in before if not pair[0].place]
        if standing:
            return standing[-1][1]
        barred = {a.id for a in main_actors}
        earlier = [
            (s, a)
            for s in self.past
            if self.number - s.sentence <= _REACH and (a := self._fit(s, wanted)) and a[0].id not in barred
        ]
        for sentence in sorted({s.sentence for s, _ in earlier}, reverse=True):
            there = [pair for pair in earlier if pair[0].sentence == sentence]
            for subject in (pair for pair in there if pair[0].subject):
                return subject[1]
            firm = [pair for pair in there if not pair[0].place] or there
            if wanted not in ("thing", "body") or len({a[0].id for _, a in firm}) == 1:
                return firm[-1][1]
            return ()
        return before[-1][1] if before else ()

    def _fit(self, seen: _Seen, wanted: Wanted) -> tuple[Actor, ...]:
        """The one actor meant, if it is of the wanted kind; a leader stands for the country."""
        if len(seen.actors) != 1:
            return ()
        actor = seen.actors[0]
        match wanted:
            case "person":
                return seen.actors if actor.kind == "person" else ()
            case "body":
                return seen.actors if actor.kind == "body" else ()
            case "state":
                if actor.kind in ("state", "organ") or (
                    actor.kind == "person" and (seen.subject or seen.owner)
                ):
                    return (self._state(actor),) if actor.state else ()
                return ()
            case "thing":
                return seen.actors if actor.kind in ("state", "body", "organ") else ()

    def _state(self, actor: Actor) -> Actor:
        code = actor.state or actor.id
        return Actor(code, self.states[code].name, "state", code) if code in self.states else actor

    def _main_subject(self, token: Token) -> _Seen | None:
        at = {s.token: s for s in self.here}
        for child in token.sent.root.children:
            if child.dep_ in _SUBJECTS and child.i in at:
                return at[child.i]
        return None

    # --- several -------------------------------------------------------------------------------

    def _history(self, token: Token, reach: int) -> list[_Seen]:
        earlier = [s for s in self.past if self.number - s.sentence <= reach]
        return earlier + sorted((s for s in self.here if s.token < token.i), key=lambda s: s.token)

    def _several(self, token: Token, count: int, barred: set[str], persons: bool) -> tuple[Actor, ...]:
        """The last that many who were named: together if they were, leaders before their states."""
        history = self._history(token, _MEMORY)
        if not barred:
            for seen in reversed(history):
                if len(seen.actors) == count:
                    return seen.actors
        for kinds in (
            (("person",), ("state", "organ", "person")) if persons else (("state",), ("state", "person"))
        ):
            last: dict[str, Actor] = {}
            for seen in reversed(history):
                for actor in seen.actors:
                    state = actor.state or actor.id
                    if actor.kind in kinds and actor.state and state not in barred:
                        last.setdefault(state, actor if kinds == ("person",) else self._state(actor))
                if len(last) >= count:
                    break
            if len(last) == count:
                return tuple(sorted(last.values(), key=lambda a: a.id))
        return ()

    def _together(self, token: Token, reach: int = 1) -> tuple[Actor, ...]:
        """The last who were named as several at once, or as joint subjects."""
        for seen in reversed(self._history(token, reach)):
            if len(seen.actors) > 1:
                return seen.actors
        for pool in (self.here, self.past):
            for sentence in sorted({s.sentence for s in pool}, reverse=True)[:1]:
                joint = [s for s in pool if s.sentence == sentence and s.subject and len(s.actors) == 1]
                distinct = tuple(dict.fromkeys(a for s in joint for a in s.actors))
                if len({a.state or a.id for a in distinct}) > 1 and self.number - sentence <= 1:
                    return distinct
        return ()

    def _pair_nearby(self, token: Token) -> tuple[Actor, ...]:
        """Two states, when this sentence and the one before name just two."""
        for reach in (0, 1):
            near = [s for s in self._history(token, reach) if not s.place]
            states = {a.state: self._state(a) for s in near for a in s.actors if a.state}
            if len(states) == 2:
                return tuple(sorted(states.values(), key=lambda a: a.id))
            if len(states) > 2:
                return ()
        return ()


def _noun_phrase(token: Token) -> tuple[int, bool, set[int], int]:
    """How many, whether definite, the tokens of other modifiers, and the first token."""
    count, definite, modifiers, first = 0, False, set[int](), token.i
    for child in token.lefts:
        if child.dep_ in ("det", "nummod", "predet", "amod", "compound", "poss", "nmod"):
            first = min(first, child.left_edge.i)
        if child.lower_ in _NUMBERS:
            count = _NUMBERS[child.lower_]
        elif child.dep_ == "det" and child.lower_ in ("the", "this", "that", "these", "those"):
            definite = True
        elif child.dep_ in ("amod", "compound", "poss", "nmod"):
            modifiers |= {t.i for t in child.subtree}
    if any(child.dep_ in ("relcl", "prep") and child.lower_ != "in" for child in token.rights):
        definite = False
    return count, definite, modifiers, first


def _expletive(token: Token) -> bool:
    """ "It is clear that", "it was a bomb": an "it" that stands for nobody."""
    if token.dep_ == "expl":
        return True
    verb = token.head
    return (
        token.dep_ in _SUBJECTS
        and verb.lemma_ == "be"
        and any(
            c.dep_ in ("ccomp", "acl", "advcl") or (c.dep_ == "attr" and c.tag_ == "NN") for c in verb.rights
        )
    )
