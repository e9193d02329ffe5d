"""Whom a word for one comes back to: "he", "it", "the country", "the alliance".

Prefers the subject of the sentence, then of the one before, as the centering literature does (Grosz,
Joshi and Weinstein 1995). Nouns that name nobody are in mind too: where one of them may be meant, or
the text does not support a choice, none is made.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal, TypeAlias

from communique.model import Actor
from communique.resolve.memory import SUBJECTS, Fits, Memory, Seen

if TYPE_CHECKING:
    from spacy.tokens import Token

Wanted: TypeAlias = Literal["person", "state", "thing", "body"]
Pair: TypeAlias = tuple[Seen, tuple[Actor, ...]]

REACH = 3
"""Sentences a word for one looks back."""


def one(memory: Memory, token: Token, wanted: Wanted, fits: Fits) -> tuple[Actor, ...]:
    """A subject before it in the sentence, another named there, then back in the text."""
    if wanted == "thing":
        return _thing(memory, token, fits)
    barred = memory.own_clause(token)
    relative = _fit(memory, _relative(memory, token), wanted, fits)
    if relative and relative[0].id not in barred:
        return relative
    main = _main_subject(memory, token)
    ahead = _fit(memory, main, wanted, fits) if main is not None and main.token > token.i else ()
    if ahead and wanted in ("state", "body"):
        barred |= {a.id for a in ahead}
    before = _fitting(memory, (s for s in memory.here if s.token < token.i), wanted, fits, barred)
    subjects = [pair for pair in before if pair[0].subject and not _is_guest(memory, token, pair[0], wanted)]
    rivals = [s for s in memory.here if s.token < token.i and s.subject and _rivals(memory, s, wanted)]
    if wanted == "state" and len({a[0].id for s, a in before if not (s.place or s.goal or s.modifier)}) > 1:
        return ()
    if subjects or rivals:
        return _subject(memory, token, subjects, rivals)
    if ahead and wanted not in ("state", "body") and main is not None and not main.joint:
        return ahead
    if wanted != "state" and (chain := [pair for pair in before if pair[0].pronoun]):
        return chain[-1][1]
    standing = [pair for pair in before if not pair[0].place]
    if standing:
        return _standing(memory, token, wanted, fits, standing)
    barred |= {a.id for a in ahead}
    return _earlier(memory, token, wanted, fits, barred) or (before[-1][1] if len(before) == 1 else ())


def _thing(memory: Memory, token: Token, fits: Fits) -> tuple[Actor, ...]:
    """Whom "it" or "its" means: agreements, plans and weapons are "it" as often, and bar a guess."""
    barred = memory.own_clause(token)
    owned = token.dep_ == "poss"
    if (relative := _fit(memory, _relative(memory, token), "thing", fits)) and relative[0].id not in barred:
        return relative
    before = _fitting(memory, (s for s in memory.here if s.token < token.i), "thing", fits, barred)
    if beside := _beside(memory, token, before):
        return beside
    standing = [p for p in before if not p[0].place and not p[0].modifier and (owned or not p[0].owner)]
    unnamed = [s for s in memory.here if s.token < token.i and _rivals(memory, s, "thing")]
    subjects = [pair for pair in standing if pair[0].subject]
    rivals = [s for s in unnamed if s.subject]
    if owned and rivals and not subjects:
        return _owner_of(memory, rivals[-1], standing)
    if subjects or rivals:
        found = _subject(memory, token, subjects, rivals)
        if token.dep_ == "nsubjpass" and unnamed:
            return ()
        between = {a[0].id for s, a in standing if subjects and s.token > subjects[-1][0].token}
        others = between - {a.id for a in found}
        if _in_aside(token) and (others or unnamed):
            return ()
        return () if owned and (others or _is_caused(memory, subjects)) else found
    main = _main_subject(memory, token)
    ahead = _fit(memory, main, "thing", fits) if main is not None and main.token > token.i else ()
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
    return _earlier(memory, token, "thing", fits, barred) if parallel else ()


def _is_caused(memory: Memory, subjects: list[Pair]) -> bool:
    """Whether the last of several subjects only does what another lets it: "let Russia use its bases"."""
    last = subjects[-1][0] if subjects else None
    return last is not None and last.bare and len({a[0].id for _, a in subjects}) > 1


def _owner_of(memory: Memory, noun: Seen, standing: list[Pair]) -> tuple[Actor, ...]:
    """Whose a noun in the subject is: "Japan's constitution has limited its military"."""
    owners = {a for s, a in standing if s.owner and 0 < noun.token - s.token < 6}
    others = {a for s, a in standing if s.token > noun.token}
    return next(iter(owners)) if len(owners) == 1 and not others - owners else ()


def _fitting(
    memory: Memory, seen: Iterable[Seen], wanted: Wanted, fits: Fits, barred: set[str]
) -> list[Pair]:
    return [(s, a) for s in seen if (a := _fit(memory, s, wanted, fits)) and a[0].id not in barred]


def _subject(memory: Memory, token: Token, subjects: list[Pair], rivals: list[Seen]) -> tuple[Actor, ...]:
    """The first subject for a subject, the nearest for another word, unless a noun is as near."""
    first = token.dep_ in SUBJECTS
    places = sorted([s.token for s, _ in subjects] + [s.token for s in rivals])
    chosen = places[0] if first else places[-1]
    pair = next((pair for pair in subjects if pair[0].token == chosen), None)
    return _alone(memory, pair, subjects) if pair is not None else ()


def _standing(
    memory: Memory, token: Token, wanted: Wanted, fits: Fits, standing: list[Pair]
) -> tuple[Actor, ...]:
    """The only other one named in the sentence, if no other noun and no subject before competes."""
    if len({a[0].id for _, a in standing}) > 1:
        return ()
    chosen = standing[-1]
    if wanted == "state":
        last = [s for s in memory.past if s.sentence == memory.number - 1 and s.subject]
        others = {a[0].id for s in last if (a := _fit(memory, s, wanted, fits))}
        if others - {chosen[1][0].id}:
            return ()
    return chosen[1]


def _earlier(memory: Memory, token: Token, wanted: Wanted, fits: Fits, barred: set[str]) -> tuple[Actor, ...]:
    parallel = token.dep_ in SUBJECTS or (token.dep_ == "poss" and token.head.dep_ in SUBJECTS)
    reach = min(REACH, memory.in_passage) if wanted == "thing" else REACH
    for number in range(memory.number - 1, memory.number - 1 - reach, -1):
        sentence = [s for s in memory.past if s.sentence == number]
        there = [
            pair
            for pair in _fitting(memory, sentence, wanted, fits, barred)
            if not _is_guest(memory, token, pair[0], wanted)
        ]
        rivals = [s for s in sentence if s.subject and _rivals(memory, s, wanted)]
        subjects = [pair for pair in there if pair[0].subject]
        several = len({a[0].id for s, a in there if not s.place}) > 1
        if subjects:
            if (several and (wanted == "state" or (wanted == "thing" and not parallel))) or (
                rivals and not (subjects[0][0].main and subjects[0][0].token < rivals[0].token)
            ):
                return ()
            return _alone(memory, subjects[0], subjects)
        if rivals:
            return ()
        firm = [pair for pair in there if not pair[0].place] or (there if wanted == "state" else [])
        if firm:
            return firm[-1][1] if len({a[0].id for _, a in firm}) == 1 else ()
    return ()


def _alone(memory: Memory, chosen: Pair, others: list[Pair]) -> tuple[Actor, ...]:
    """The one chosen, unless others that would do as well are named along with it."""
    seen, actors = chosen
    joint = {a[0].id for s, a in others if s.token in seen.joint and s.sentence == seen.sentence}
    return () if joint - {actors[0].id} else actors


def _fit(memory: Memory, seen: Seen | None, wanted: Wanted, fits: Fits) -> tuple[Actor, ...]:
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
            return (memory.state(actor),) if acts and actor.state else ()
        case "thing":
            acts = actor.kind in ("state", "body", "organ") and not seen.plural and not seen.human
            return seen.actors if acts else ()


def _rivals(memory: Memory, seen: Seen, wanted: Wanted) -> bool:
    """Whether a noun that names nobody of the wanted kind may be meant instead."""
    if seen.plural:
        return False
    named = any(a.kind == "person" for a in seen.actors)
    if wanted == "person":
        return seen.human and not named
    return wanted == "thing" and not seen.human and not seen.actors


def _is_guest(memory: Memory, token: Token, seen: Seen, wanted: Wanted) -> bool:
    """ "German soldiers will be in the country": forces are not in the country they come from."""
    return wanted == "state" and seen.guest and token.dep_ == "pobj"


def _main_subject(memory: Memory, token: Token) -> Seen | None:
    for child in token.sent.root.children:
        if child.dep_ in SUBJECTS and (seen := memory.at(child.i)):
            return seen
    return None


def _relative(memory: Memory, token: Token) -> Seen | None:
    """Whom the relative clause a word stands in is about: "China, which fears it may lose"."""
    for above in token.ancestors:
        if above.dep_ == "relcl":
            subject = next((c for c in above.children if c.dep_ in SUBJECTS), None)
            relative = subject is not None and subject.tag_ in ("WDT", "WP") and subject.i < token.i
            return memory.at(above.head.i) if relative else None
    return None


def _beside(memory: Memory, token: Token, before: list[Pair]) -> tuple[Actor, ...]:
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


def _in_aside(token: Token) -> bool:
    """ "..., saying it had made progress": what is said in an aside may be said of anybody.

    Not so of a clause that tells which thing is meant ("allowing sales of the jet it is building").
    """
    verb = token.head
    if token.i and token.nbor(-1).pos_ == "NOUN":
        return False
    return token.dep_ in SUBJECTS and verb.dep_ == "ccomp" and verb.head.tag_ == "VBG"
