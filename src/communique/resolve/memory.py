"""What a reader has in mind of those a text named: who, as what, how far back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from communique.domain.schema import State
from communique.model import Actor

if TYPE_CHECKING:
    from spacy.tokens import Token

Fits: TypeAlias = Callable[[Actor], bool]

SUBJECTS = frozenset(("nsubj", "nsubjpass"))
MEMORY = 10
"""Sentences kept in mind at all; those named together stay so to the end."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Someone or something named: in which sentence, at which token, how; `joint` are tokens named along.

    Of a noun that names nobody `actors` is empty. `main`: the subject of a whole sentence; `place`: the
    ground; `goal`: where someone goes; `owner`: a possessive; `human`: a noun for a person ("the official");
    `guest`: forces; `modifier`: a name that only tells of a noun ("the [NATO] summit"); `bare`: the subject
    of a bare infinitive.
    """

    sentence: int
    token: int
    actors: tuple[Actor, ...]
    subject: bool
    main: bool = False
    place: bool = False
    owner: bool = False
    plural: bool = False
    human: bool = False
    pronoun: bool = False
    guest: bool = False
    modifier: bool = False
    goal: bool = False
    bare: bool = False
    joint: frozenset[int] = frozenset()


class Memory:
    """Those named in the sentences before, and in this one so far."""

    def __init__(self, states: Mapping[str, State]) -> None:
        self.states = states
        self.number = 0
        self.in_passage = 0
        self.past: list[Seen] = []
        self.here: list[Seen] = []
        self.together_once: dict[int, tuple[Actor, ...]] = {}
        self.company: tuple[Actor, ...] = ()

    def begin(self, number: int, in_passage: int, seen: Iterable[Seen]) -> None:
        """A new sentence, the `in_passage`-th of its paragraph from 0, with those it names outright."""
        self.in_passage = in_passage
        self.past += self.here
        for one in self.here:
            if len(one.actors) > 1:
                self.together_once[len(one.actors)] = one.actors
            joint = [one, *(s for s in self.here if s.token in one.joint)]
            people = dict.fromkeys(a for s in joint for a in s.actors if a.kind == "person")
            if len(people) > 2:
                self.company = tuple(sorted(people, key=lambda a: a.id))
        self.past = [s for s in self.past if number - s.sentence <= MEMORY]
        self.number, self.here = number, sorted(seen, key=lambda s: s.token)

    def add(self, seen: Seen) -> None:
        """Somebody the sentence is found to come back to."""
        self.here = sorted([s for s in self.here if s.token != seen.token] + [seen], key=lambda s: s.token)

    def at(self, token: int) -> Seen | None:
        """Who is named at a token of this sentence."""
        return next((s for s in self.here if s.token == token and s.actors), None)

    def history(self, token: Token, reach: int) -> list[Seen]:
        """Those named before a word, in reading order, from so many sentences back."""
        earlier = [s for s in self.past if self.number - s.sentence <= reach and s.actors]
        return earlier + [s for s in self.here if s.token < token.i and s.actors]

    def state(self, actor: Actor) -> Actor:
        """The state an actor acts for, or the actor."""
        code = actor.state or actor.id
        return Actor(code, self.states[code].name, "state", code) if code in self.states else actor

    def own_clause(self, token: Token) -> set[str]:
        """Who a plain pronoun in the object cannot be: the subject of its own verb ("Biden praised him")."""
        if token.dep_ not in ("dobj", "dative", "pobj") or token.pos_ != "PRON":
            return set()
        verb = token.head
        while verb.head != verb and (
            verb.pos_ not in ("VERB", "AUX") or not any(c.dep_ in SUBJECTS for c in verb.children)
        ):
            verb = verb.head
        subjects = [t for c in verb.children if c.dep_ in SUBJECTS for t in (c, *c.conjuncts)]
        if verb.dep_ == "relcl" and any(t.tag_ in ("WDT", "WP") for t in subjects):
            subjects.append(verb.head)
        seen = [self.at(t.i) for t in subjects]
        return {a.id for s in seen if s is not None for a in s.actors}

    def people(self, token: Token, reach: int) -> Iterator[Actor]:
        """The people named before a word, the last first, each once."""
        seen = [s for s in reversed(self.history(token, reach)) if not s.place]
        yield from dict.fromkeys(a for s in seen for a in s.actors if a.kind == "person")

    def acting_states(self, token: Token, reach: int) -> list[Actor]:
        """The states that those named before a word are or act for, each once."""
        seen = [s for s in self.history(token, reach) if not s.place]
        return list(dict.fromkeys(self.state(a) for s in seen for a in s.actors if a.state))
