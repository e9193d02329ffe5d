"""What a reader has in mind of those a text named: who, as what, how far back.

Follows the order of the text with a short memory, and prefers subjects, as the centering literature
does (Grosz, Joshi and Weinstein 1995). Where the text does not support a choice, it makes none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from communique.domain.schema import State
from communique.model import Actor

if TYPE_CHECKING:
    from spacy.tokens import Token

Wanted: TypeAlias = Literal["person", "state", "thing", "body"]
Fits: TypeAlias = Callable[[Actor], bool]

SUBJECTS = frozenset(("nsubj", "nsubjpass"))
REACH = 3
"""Sentences a word for one looks back."""
MEMORY = 6
"""Sentences kept in mind at all."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Someone named: in which sentence, at which token, how; `joint` are the tokens named along with it."""

    sentence: int
    token: int
    actors: tuple[Actor, ...]
    subject: bool
    place: bool = False
    owner: bool = False
    plural: bool = False
    joint: frozenset[int] = frozenset()
    pronoun: bool = False


class Memory:
    """Those named in the sentences before, and in this one so far."""

    def __init__(self, states: Mapping[str, State]) -> None:
        self.states = states
        self.number = 0
        self.past: list[Seen] = []
        self.here: list[Seen] = []

    def begin(self, number: int, seen: Iterable[Seen]) -> None:
        """A new sentence, with those it names outright."""
        self.past += sorted(self.here, key=lambda s: s.token)
        self.past = [s for s in self.past if number - s.sentence <= MEMORY]
        self.number, self.here = number, list(seen)

    def at(self, token: int) -> Seen | None:
        """Who is named at a token of this sentence."""
        return next((s for s in self.here if s.token == token), None)

    def history(self, token: Token, reach: int) -> list[Seen]:
        """Those named before a word, in reading order, from so many sentences back."""
        earlier = [s for s in self.past if self.number - s.sentence <= reach]
        return earlier + sorted((s for s in self.here if s.token < token.i), key=lambda s: s.token)

    def state(self, actor: Actor) -> Actor:
        """The state an actor acts for, or the actor."""
        code = actor.state or actor.id
        return Actor(code, self.states[code].name, "state", code) if code in self.states else actor

    # --- one -----------------------------------------------------------------------------------

    def one(self, token: Token, wanted: Wanted, fits: Fits) -> tuple[Actor, ...]:
        """A subject before it in the sentence, another named there, then back in the text."""
        barred = self._own_clause(token)
        relative = self._fit(self._relative(token), wanted, fits)
        if relative and relative[0].id not in barred:
            return relative
        before = [
            (s, a)
            for s in sorted(self.here, key=lambda s: s.token)
            if s.token < token.i and (a := self._fit(s, wanted, fits)) and a[0].id not in barred
        ]
        subjects = [pair for pair in before if pair[0].subject]
        if subjects:
            return self._alone(subjects[0] if token.dep_ in SUBJECTS else subjects[-1], subjects)
        main = self._main_subject(token)
        ahead = self._fit(main, wanted, fits) if main is not None and main.token > token.i else ()
        if ahead and wanted not in ("state", "body") and main is not None and not main.joint:
            return ahead
        chain = [pair for pair in before if pair[0].pronoun]
        if chain:
            return chain[-1][1]
        standing = [pair for pair in before if not pair[0].place]
        if standing:
            return standing[-1][1] if len({a[0].id for _, a in standing}) == 1 else ()
        barred |= {a.id for a in ahead}
        return self._earlier(token, wanted, fits, barred) or (before[-1][1] if len(before) == 1 else ())

    def _earlier(self, token: Token, wanted: Wanted, fits: Fits, barred: set[str]) -> tuple[Actor, ...]:
        earlier = [
            (s, a)
            for s in self.past
            if self.number - s.sentence <= REACH
            and (a := self._fit(s, wanted, fits))
            and a[0].id not in barred
        ]
        for number in sorted({s.sentence for s, _ in earlier}, reverse=True):
            there = [pair for pair in earlier if pair[0].sentence == number]
            subjects = [pair for pair in there if pair[0].subject]
            if subjects:
                several = len({a[0].id for s, a in there if not s.place}) > 1
                if several and wanted != "person" and token.dep_ not in SUBJECTS:
                    return ()
                return self._alone(subjects[0], subjects)
            firm = [pair for pair in there if not pair[0].place] or there
            return firm[-1][1] if len({a[0].id for _, a in firm}) == 1 else ()
        return ()

    def _alone(
        self, chosen: tuple[Seen, tuple[Actor, ...]], others: list[tuple[Seen, tuple[Actor, ...]]]
    ) -> tuple[Actor, ...]:
        """The one chosen, unless others that would do as well are named along with it."""
        seen, actors = chosen
        rivals = {
            a[0].id for s, a in others if s.token in seen.joint and s.sentence == seen.sentence and a != actors
        }
        return () if rivals else actors

    def _fit(self, seen: Seen | None, wanted: Wanted, fits: Fits) -> tuple[Actor, ...]:
        """The one actor meant, if it is of the wanted kind; a leader stands for the country."""
        if seen is None or len(seen.actors) != 1:
            return ()
        actor = seen.actors[0]
        match wanted:
            case "person":
                return seen.actors if actor.kind == "person" and fits(actor) else ()
            case "body":
                return seen.actors if actor.kind == "body" and fits(actor) else ()
            case "state":
                acts = actor.kind in ("state", "organ") or (
                    actor.kind == "person" and (seen.subject or seen.owner)
                )
                return (self.state(actor),) if acts and actor.state else ()
            case "thing":
                return seen.actors if actor.kind in ("state", "body", "organ") and not seen.plural else ()

    def _main_subject(self, token: Token) -> Seen | None:
        for child in token.sent.root.children:
            if child.dep_ in SUBJECTS and (seen := self.at(child.i)):
                return seen
        return None

    def _relative(self, token: Token) -> Seen | None:
        """Whom the relative clause a word stands in is about: "China, which fears it may lose"."""
        for above in token.ancestors:
            if above.dep_ == "relcl":
                subject = next((c for c in above.children if c.dep_ in SUBJECTS), None)
                relative = subject is not None and subject.tag_ in ("WDT", "WP") and subject.i < token.i
                return self.at(above.head.i) if relative else None
        return None

    def _own_clause(self, token: Token) -> set[str]:
        """Who a plain pronoun in the object cannot be: the subject of its own verb ("Biden praised him")."""
        if token.dep_ not in ("dobj", "dative", "pobj") or token.pos_ != "PRON" or "sel" in token.lower_:
            return set()
        verb = token.head
        while verb.pos_ not in ("VERB", "AUX") and verb.head != verb:
            verb = verb.head
        seen = [self.at(c.i) for c in verb.children if c.dep_ in SUBJECTS]
        return {a.id for s in seen if s is not None for a in s.actors}

    # --- several -------------------------------------------------------------------------------

    def several(self, token: Token, count: int, barred: set[str], persons: bool, fits: Fits) -> tuple[Actor, ...]:
        """So many who were named last: together if they were, people before their states."""
        history = self.history(token, MEMORY)
        if not barred:
            for seen in reversed(history):
                if len(seen.actors) == count and (not persons or all(fits(a) for a in seen.actors)):
                    return seen.actors
        if persons:
            people = self._last(history, count, barred, lambda a: a if a.kind == "person" and fits(a) else None)
            if people or any(a.kind == "person" and not fits(a) for s in history for a in s.actors):
                return people
        return self._last(history, count, barred, lambda a: self.state(a) if a.state else None)

    def _last(
        self, history: list[Seen], count: int, barred: set[str], of: Callable[[Actor], Actor | None]
    ) -> tuple[Actor, ...]:
        """Exactly so many who take part in the last sentences; nobody when there is a choice."""
        found: dict[str, Actor] = {}
        for number in sorted({s.sentence for s in history}, reverse=True):
            there = [s for s in history if s.sentence == number]
            for pool in (
                [s for s in there if not s.place],
                [s for s in there if not s.place and (s.subject or s.joint)],
            ):
                more = {a.id: a for s in pool for each in s.actors if (a := of(each)) is not None}
                more = {i: a for i, a in more.items() if (a.state or a.id) not in barred}
                if len(found | more) == count:
                    return tuple(sorted((found | more).values(), key=lambda a: a.id))
                if len(found | more) < count:
                    found |= more
                    break
            else:
                return ()
        return ()

    def together(self, token: Token, reach: int = 1) -> tuple[Actor, ...]:
        """The last who were named as several at once, or as joint subjects, or by a noun in the plural."""
        for seen in reversed(self.history(token, reach)):
            if len(seen.actors) > 1 or (seen.plural and seen.subject):
                return seen.actors
        for sentence in (self.number, self.number - 1):
            joint = [
                s
                for s in self.history(token, reach)
                if s.sentence == sentence and s.subject and len(s.actors) == 1
            ]
            distinct = tuple(dict.fromkeys(a for s in joint for a in s.actors))
            if len({a.state or a.id for a in distinct}) > 1:
                return distinct
            if joint:
                return ()
        return ()

    def pair_nearby(self, token: Token) -> tuple[Actor, ...]:
        """Two states, when this sentence and the one before name just two."""
        for reach in (0, 1):
            near = [s for s in self.history(token, reach) if not s.place]
            states = {a.state: self.state(a) for s in near for a in s.actors if a.state}
            if len(states) == 2:
                return tuple(sorted(states.values(), key=lambda a: a.id))
            if len(states) > 2:
                return ()
        return ()

    def people(self, token: Token, reach: int) -> Iterator[Actor]:
        """The people named before a word, the last first, each once."""
        seen = [s for s in reversed(self.history(token, reach)) if not s.place]
        yield from dict.fromkeys(a for s in seen for a in s.actors if a.kind == "person")

    def acting_states(self, token: Token, reach: int) -> list[Actor]:
        """The states that those named before a word are or act for, each once."""
        seen = [s for s in self.history(token, reach) if not s.place]
        return list(dict.fromkeys(self.state(a) for s in seen for a in s.actors if a.state))
