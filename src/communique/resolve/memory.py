"""What a reader has in mind of those a text named: who, as what, how far back.

Follows the order of the text with a short memory, and prefers subjects, as the centering literature
does (Grosz, Joshi and Weinstein 1995). Nouns that name nobody are kept in mind too: where one of them
may be meant, or the text does not support a choice, none is made.
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
MEMORY = 10
"""Sentences kept in mind at all; those named together stay so to the end."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Someone or something named: in which sentence, at which token, how; `joint` are tokens named along.

    `main` marks the subject of a whole sentence; `human` a noun for a person ("the official"); `guest` forces;
    `modifier` a name that only tells of a noun ("the [NATO] summit"); `bare` the subject of a bare infinitive.
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
    bare: bool = False
    joint: frozenset[int] = frozenset()


Pair: TypeAlias = tuple[Seen, tuple[Actor, ...]]


class Memory:
    """Those named in the sentences before, and in this one so far."""

    def __init__(self, states: Mapping[str, State]) -> None:
        self.states = states
        self.number = 0
        self.in_passage = 0
        self.past: list[Seen] = []
        self.here: list[Seen] = []
        self.together_once: dict[int, tuple[Actor, ...]] = {}

    def begin(self, number: int, in_passage: int, seen: Iterable[Seen]) -> None:
        """A new sentence, the `in_passage`-th of its paragraph from 0, with those it names outright."""
        self.in_passage = in_passage
        self.past += self.here
        for one in self.here:
            if len(one.actors) > 1:
                self.together_once[len(one.actors)] = one.actors
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

    # --- one -----------------------------------------------------------------------------------

    def one(self, token: Token, wanted: Wanted, fits: Fits) -> tuple[Actor, ...]:
        """A subject before it in the sentence, another named there, then back in the text."""
        if wanted == "thing":
            return self._thing(token, fits)
        barred = self._own_clause(token)
        relative = self._fit(self._relative(token), wanted, fits)
        if relative and relative[0].id not in barred:
            return relative
        main = self._main_subject(token)
        ahead = self._fit(main, wanted, fits) if main is not None and main.token > token.i else ()
        if ahead and wanted in ("state", "body"):
            barred |= {a.id for a in ahead}
        before = self._fitting((s for s in self.here if s.token < token.i), wanted, fits, barred)
        subjects = [pair for pair in before if pair[0].subject and not self._is_guest(token, pair[0], wanted)]
        rivals = [s for s in self.here if s.token < token.i and s.subject and self._rivals(s, wanted)]
        if subjects or rivals:
            return self._subject(token, subjects, rivals)
        if ahead and wanted not in ("state", "body") and main is not None and not main.joint:
            return ahead
        if wanted != "state" and (chain := [pair for pair in before if pair[0].pronoun]):
            return chain[-1][1]
        standing = [pair for pair in before if not pair[0].place]
        if standing:
            return self._standing(token, wanted, fits, standing)
        barred |= {a.id for a in ahead}
        return self._earlier(token, wanted, fits, barred) or (before[-1][1] if len(before) == 1 else ())

    def _thing(self, token: Token, fits: Fits) -> tuple[Actor, ...]:
        """Whom "it" or "its" means: agreements, plans and weapons are "it" as often, and bar a guess."""
        barred = self._own_clause(token)
        owned = token.dep_ == "poss"
        if (relative := self._fit(self._relative(token), "thing", fits)) and relative[0].id not in barred:
            return relative
        before = self._fitting((s for s in self.here if s.token < token.i), "thing", fits, barred)
        if beside := self._beside(token, before):
            return beside
        standing = [p for p in before if not p[0].place and not p[0].modifier and (owned or not p[0].owner)]
        unnamed = [s for s in self.here if s.token < token.i and self._rivals(s, "thing")]
        subjects = [pair for pair in standing if pair[0].subject]
        rivals = [s for s in unnamed if s.subject]
        if owned and rivals and not subjects:
            return self._owner_of(rivals[-1], standing)
        if subjects or rivals:
            found = self._subject(token, subjects, rivals)
            between = {a[0].id for s, a in standing if subjects and s.token > subjects[-1][0].token}
            return () if owned and (between - {a.id for a in found} or self._is_caused(subjects)) else found
        main = self._main_subject(token)
        ahead = self._fit(main, "thing", fits) if main is not None and main.token > token.i else ()
        if ahead and main is not None and not main.joint:
            return ahead
        if chain := [pair for pair in before if pair[0].pronoun]:
            return chain[-1][1]
        if standing:
            sure = len({a[0].id for _, a in standing}) == 1 and (owned or not unnamed)
            return standing[-1][1] if sure else ()
        if any(t.dep_ in SUBJECTS for t in token.sent if t.i < token.i):
            return ()
        parallel = token.dep_ in SUBJECTS or (owned and token.head.dep_ in SUBJECTS)
        return self._earlier(token, "thing", fits, barred) if parallel else ()

    def _is_caused(self, subjects: list[Pair]) -> bool:
        """Whether the last of several subjects only does what another lets it: "let Russia use its bases"."""
        last = subjects[-1][0] if subjects else None
        return last is not None and last.bare and len({a[0].id for _, a in subjects}) > 1

    def _owner_of(self, noun: Seen, standing: list[Pair]) -> tuple[Actor, ...]:
        """Whose a noun in the subject is: "Japan's constitution has limited its military"."""
        owners = {a for s, a in standing if s.owner and 0 < noun.token - s.token < 6}
        others = {a for s, a in standing if s.token > noun.token}
        return next(iter(owners)) if len(owners) == 1 and not others - owners else ()

    def _fitting(self, seen: Iterable[Seen], wanted: Wanted, fits: Fits, barred: set[str]) -> list[Pair]:
        return [(s, a) for s in seen if (a := self._fit(s, wanted, fits)) and a[0].id not in barred]

    def _subject(self, token: Token, subjects: list[Pair], rivals: list[Seen]) -> tuple[Actor, ...]:
        """The first subject for a subject, the nearest for another word, unless a noun is as near."""
        first = token.dep_ in SUBJECTS
        places = sorted([s.token for s, _ in subjects] + [s.token for s in rivals])
        chosen = places[0] if first else places[-1]
        pair = next((pair for pair in subjects if pair[0].token == chosen), None)
        return self._alone(pair, subjects) if pair is not None else ()

    def _standing(self, token: Token, wanted: Wanted, fits: Fits, standing: list[Pair]) -> tuple[Actor, ...]:
        """The only other one named in the sentence, if no other noun and no subject before competes."""
        if len({a[0].id for _, a in standing}) > 1:
            return ()
        chosen = standing[-1]
        if wanted == "state":
            last = [s for s in self.past if s.sentence == self.number - 1 and s.subject]
            others = {a[0].id for s in last if (a := self._fit(s, wanted, fits))}
            if others - {chosen[1][0].id}:
                return ()
        return chosen[1]

    def _earlier(self, token: Token, wanted: Wanted, fits: Fits, barred: set[str]) -> tuple[Actor, ...]:
        parallel = token.dep_ in SUBJECTS or (token.dep_ == "poss" and token.head.dep_ in SUBJECTS)
        reach = min(REACH, self.in_passage) if wanted == "thing" else REACH
        for number in range(self.number - 1, self.number - 1 - reach, -1):
            sentence = [s for s in self.past if s.sentence == number]
            there = [
                pair
                for pair in self._fitting(sentence, wanted, fits, barred)
                if not self._is_guest(token, pair[0], wanted)
            ]
            rivals = [s for s in sentence if s.subject and self._rivals(s, wanted)]
            subjects = [pair for pair in there if pair[0].subject]
            several = len({a[0].id for s, a in there if not s.place}) > 1
            if subjects:
                if (several and (wanted == "state" or (wanted == "thing" and not parallel))) or (
                    rivals and not (subjects[0][0].main and subjects[0][0].token < rivals[0].token)
                ):
                    return ()
                return self._alone(subjects[0], subjects)
            if rivals:
                return ()
            firm = [pair for pair in there if not pair[0].place] or (there if wanted == "state" else [])
            if firm:
                return firm[-1][1] if len({a[0].id for _, a in firm}) == 1 else ()
        return ()

    def _alone(self, chosen: Pair, others: list[Pair]) -> tuple[Actor, ...]:
        """The one chosen, unless others that would do as well are named along with it."""
        seen, actors = chosen
        joint = {a[0].id for s, a in others if s.token in seen.joint and s.sentence == seen.sentence}
        return () if joint - {actors[0].id} else actors

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
                acts = actor.kind in ("state", "body", "organ") and not seen.plural and not seen.human
                return seen.actors if acts else ()

    def _rivals(self, seen: Seen, wanted: Wanted) -> bool:
        """Whether a noun that names nobody of the wanted kind may be meant instead."""
        if seen.plural:
            return False
        named = any(a.kind == "person" for a in seen.actors)
        if wanted == "person":
            return seen.human and not named
        return wanted == "thing" and not seen.human and not seen.actors

    def _is_guest(self, token: Token, seen: Seen, wanted: Wanted) -> bool:
        """ "German soldiers will be in the country": forces are not in the country they come from."""
        return wanted == "state" and seen.guest and token.dep_ == "pobj"

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

    def _beside(self, token: Token, before: list[Pair]) -> tuple[Actor, ...]:
        """Who stands right before the phrase a possessive opens: "thanked Poland for its help"."""
        preposition = token.head.head
        if token.dep_ != "poss" or token.head.dep_ != "pobj" or token.i - preposition.i > 2:
            return ()
        for seen, actors in before:
            noun = token.doc[seen.token]
            near = seen.token == preposition.i - 1
            if near and (noun.dep_ == "dobj" or (noun.dep_ == "pobj" and noun.head.lower_ == "with")):
                return actors
        return ()

    def _own_clause(self, token: Token) -> set[str]:
        """Who a plain pronoun in the object cannot be: the subject of its own verb ("Biden praised him")."""
        if token.dep_ not in ("dobj", "dative", "pobj") or token.pos_ != "PRON" or "sel" in token.lower_:
            return set()
        verb = token.head
        while verb.pos_ not in ("VERB", "AUX") and verb.head != verb:
            verb = verb.head
        while verb.dep_ in ("conj", "xcomp") and not any(c.dep_ in SUBJECTS for c in verb.children):
            verb = verb.head
        subjects = [t for c in verb.children if c.dep_ in SUBJECTS for t in (c, *c.conjuncts)]
        if verb.dep_ == "relcl" and any(t.tag_ in ("WDT", "WP") for t in subjects):
            subjects.append(verb.head)
        seen = [self.at(t.i) for t in subjects]
        return {a.id for s in seen if s is not None for a in s.actors}

    # --- several -------------------------------------------------------------------------------

    def several(
        self, token: Token, count: int, barred: set[str], persons: bool, fits: Fits
    ) -> tuple[Actor, ...]:
        """So many who were named last: people if people are meant; else together if they were, as states."""
        history = self.history(token, MEMORY)
        if persons:
            people = self._last(history, count, barred, lambda a: a if a.kind == "person" and fits(a) else None)
            if people or any(a.kind == "person" and not fits(a) for s in history[-3:] for a in s.actors):
                return people
        if not barred:
            near = next((s.actors for s in reversed(history) if len(s.actors) == count), None)
            for actors in (near, self._only_states(self.history(token, 1), count), self.together_once.get(count)):
                if actors:
                    states = tuple(dict.fromkeys(self.state(a) for a in actors))
                    return states if len(states) == count else ()
        return self._last(history, count, barred, lambda a: self.state(a) if a.state else None)

    def _only_states(self, history: list[Seen], count: int) -> tuple[Actor, ...]:
        """The states of this sentence and the one before, if they are just so many."""
        states = dict.fromkeys(self.state(a) for s in history if not s.place for a in s.actors if a.state)
        return tuple(sorted(states, key=lambda a: a.id)) if len(states) == count else ()

    def leaders(self, token: Token, fits: Fits) -> tuple[Actor, ...]:
        """ "The ministers": the people who fit of the last sentence that names two or more, up to six."""
        history = self.history(token, MEMORY)
        for number in sorted({s.sentence for s in history}, reverse=True):
            there = [s for s in history if s.sentence == number and not s.place]
            people = dict.fromkeys(a for s in there for a in s.actors if a.kind == "person" and fits(a))
            if 1 < len(people) <= 6:
                return tuple(sorted(people, key=lambda a: a.id))
            together = next((s.actors for s in reversed(there) if len(s.actors) > 1), ())
            if together and not any(a.kind == "person" for a in together):
                return together
        return ()

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
        subject = token.dep_ in SUBJECTS or token.dep_ == "poss"
        barred = self._own_clause(token)
        unnamed = [
            s
            for s in (*self.past, *self.here)
            if self.number - s.sentence <= reach
            and s.plural
            and not s.actors
            and (s.sentence < self.number or s.token < token.i)
        ]
        for seen in reversed(self.history(token, reach)):
            if subject and seen.main and len(seen.actors) > 1:
                return seen.actors
            after = [s for s in unnamed if (s.sentence, s.token) > (seen.sentence, seen.token)]
            if any(s.subject or not subject for s in after) or barred & {a.id for a in seen.actors}:
                return ()
            if len(seen.actors) > 1 or (seen.plural and seen.subject and (subject or not unnamed)):
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

    def pair_nearby(self, token: Token, alone: bool = False) -> tuple[Actor, ...]:
        """Two states, when this sentence and the one before name just two; `alone`: and no other plural."""
        near = [s for s in (*self.past, *self.here) if self.number - s.sentence <= 1]
        if alone and any(
            s.plural and not s.actors and (s.sentence < self.number or s.token < token.i) for s in near
        ):
            return ()
        for reach in (0, 1):
            acting = [s for s in self.history(token, reach) if not s.place]
            states = {a.state: self.state(a) for s in acting for a in s.actors if a.state}
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
