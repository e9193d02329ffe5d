"""Whom a word for several comes back to: "they", "the two leaders", "both countries", "the ministers"."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from communique.model import Actor
from communique.resolve.memory import MEMORY, SUBJECTS, Fits, Memory, Seen

if TYPE_CHECKING:
    from spacy.tokens import Token


def several(
    memory: Memory, token: Token, count: int, barred: set[str], persons: bool, fits: Fits
) -> tuple[Actor, ...]:
    """So many who were named last: people if people are meant; else together if they were, as states."""
    history = memory.history(token, MEMORY)
    if persons:
        people = _last(
            memory, history, count, barred, lambda a: a if a.kind == "person" and fits(a) else None
        )
        if people or any(a.kind == "person" and not fits(a) for s in history[-3:] for a in s.actors):
            return people
    if not barred:
        near = next((s.actors for s in reversed(history) if len(s.actors) == count), None)
        for actors in (
            _only_states(memory, memory.history(token, 0), count),
            near,
            _only_states(memory, memory.history(token, 1), count),
            memory.together_once.get(count),
        ):
            if actors:
                states = tuple(dict.fromkeys(memory.state(a) for a in actors))
                return states if len(states) == count else ()
    return _last(memory, history, count, barred, lambda a: memory.state(a) if a.state else None)


def named_alone(memory: Memory, token: Token, count: int, barred: set[str]) -> tuple[Actor, ...]:
    """So many states, and no more, that one sentence named, the last such; without those barred."""
    history = memory.history(token, MEMORY)
    for number in sorted({s.sentence for s in history}, reverse=True):
        there = [s for s in history if s.sentence == number and not s.place]
        states = dict.fromkeys(memory.state(a) for s in there for a in s.actors if a.state)
        states = {a: None for a in states if a.id not in barred}
        if len(states) == count:
            return tuple(sorted(states, key=lambda a: a.id))
    return ()


def _only_states(memory: Memory, history: list[Seen], count: int) -> tuple[Actor, ...]:
    """The states of this sentence and the one before, if they are just so many."""
    states = dict.fromkeys(memory.state(a) for s in history if not s.place for a in s.actors if a.state)
    return tuple(sorted(states, key=lambda a: a.id)) if len(states) == count else ()


def leaders(memory: Memory, token: Token, fits: Fits) -> tuple[Actor, ...]:
    """ "The ministers": the people who fit of the last sentence that names two or more, up to six."""
    history = memory.history(token, MEMORY)
    for number in sorted({s.sentence for s in history}, reverse=True):
        there = [s for s in history if s.sentence == number and not s.place]
        people = dict.fromkeys(a for s in there for a in s.actors if a.kind == "person" and fits(a))
        if 1 < len(people) < len(memory.company) and set(people) < set(memory.company):
            return memory.company
        if 1 < len(people) <= 6:
            return tuple(sorted(people, key=lambda a: a.id))
        together = next((s.actors for s in reversed(there) if len(s.actors) > 1), ())
        if together and not any(a.kind == "person" for a in together):
            return together
    return ()


def _last(
    memory: Memory, history: list[Seen], count: int, barred: set[str], of: Callable[[Actor], Actor | None]
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


def together(memory: Memory, token: Token, reach: int = 1) -> tuple[Actor, ...]:
    """The last who were named as several at once, or as joint subjects, or by a noun in the plural."""
    subject = token.dep_ in SUBJECTS or token.dep_ == "poss"
    barred = memory.own_clause(token)
    unnamed = [
        s
        for s in (*memory.past, *memory.here)
        if memory.number - s.sentence <= reach
        and s.plural
        and not s.actors
        and (s.sentence < memory.number or s.token < token.i)
    ]
    for seen in reversed(memory.history(token, reach)):
        if subject and seen.main and len(seen.actors) > 1:
            return seen.actors
        after = [s for s in unnamed if (s.sentence, s.token) > (seen.sentence, seen.token)]
        if any(s.subject or not subject for s in after) or barred & {a.id for a in seen.actors}:
            return ()
        if len(seen.actors) > 1 or (seen.plural and seen.subject and (subject or not unnamed)):
            return seen.actors
    for sentence in (memory.number, memory.number - 1):
        joint = [
            s
            for s in memory.history(token, reach)
            if s.sentence == sentence and s.subject and len(s.actors) == 1
        ]
        distinct = tuple(dict.fromkeys(a for s in joint for a in s.actors))
        if len({a.state or a.id for a in distinct}) > 1:
            return distinct
        if joint:
            return ()
    return ()


def pair_nearby(memory: Memory, token: Token, alone: bool = False) -> tuple[Actor, ...]:
    """Two states, when this sentence and the one before name just two.

    `alone`: and no other plural; the leaders of the two if two are named.
    """
    near = [s for s in (*memory.past, *memory.here) if memory.number - s.sentence <= 1]
    if alone and any(
        s.plural and not s.actors and (s.sentence < memory.number or s.token < token.i) for s in near
    ):
        return ()
    for reach in (0, 1):
        acting = [s for s in memory.history(token, reach) if not s.place]
        states = {a.state: memory.state(a) for s in acting for a in s.actors if a.state}
        people = dict.fromkeys(a for s in acting for a in s.actors if a.kind == "person")
        if len(people) == 2 == len(states) and alone:
            return tuple(sorted(people, key=lambda a: a.id))
        if len(states) == 2:
            return tuple(sorted(states.values(), key=lambda a: a.id))
        if len(states) > 2:
            return ()
    return ()
