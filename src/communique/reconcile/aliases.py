"""Who is who where a person has judged: the actor that each merged identifier stands for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from communique.domain.load import Domain
from communique.model import Actor, Judgement, Statement
from communique.reconcile.judgements import latest, pairs


def aliases(
    judgements: Iterable[Judgement], statements: Iterable[Statement], domain: Domain
) -> dict[str, Actor]:
    """The actor that stands for each identifier judged the same as another's.

    `statements` are as they were read, nobody merged. Kept is the actor of the domain data, else the one
    the judgement names. A pair judged different stays apart, also through a third.
    """
    held = [judgement for judgement in latest(judgements) if judgement.of_actors]
    groups = _groups(held)
    if not groups:
        return {}
    named = _named(statements, {identifier for group in groups for identifier in group.members})
    found: dict[str, Actor] = {}
    for group in groups:
        ordered = [group.head, *sorted(group.members - {group.head})]
        kept = next((one for one in ordered if known_actor(one, domain)), group.head)
        actor = known_actor(kept, domain) or _named_in(kept, ordered, named)
        if actor is not None:
            found |= {identifier: actor for identifier in ordered if identifier != kept}
    return found


def known_actor(identifier: str, domain: Domain) -> Actor | None:
    """The actor of the domain data with an identifier.

    >>> from communique.domain.load import load_domain
    >>> known_actor("NATO", load_domain()).kind, known_actor("nobody-at-all", load_domain())
    ('body', None)
    """
    if state := domain.states.get(identifier):
        return Actor(identifier, state.name, "state", identifier)
    if body := domain.bodies.get(identifier):
        return Actor(identifier, body.name, "body")
    if person := domain.people.get(identifier):
        return Actor(identifier, person.name, "person", person.state)
    if organ := domain.organs.get(identifier):
        return Actor(identifier, organ.name, "organ", organ.state)
    if publisher := domain.publishers.get(identifier):
        return Actor(identifier, publisher.name, "organisation")
    return None


@dataclass
class _Group:
    """Identifiers of one actor, and the one that is to be kept."""

    members: set[str]
    head: str


def known_actors(domain: Domain) -> frozenset[str]:
    """The identifiers of all actors of the domain data."""
    tables = (domain.states, domain.bodies, domain.people, domain.organs, domain.publishers)
    return frozenset(identifier for table in tables for identifier in table)


def _groups(held: Sequence[Judgement]) -> list[_Group]:
    same, apart = pairs(held, "same"), set(pairs(held, "different"))
    wanted = {pair: j.value for j in held for pair in same if j.verdict == "same" and {*pair} <= {*j.about}}
    group_of: dict[str, _Group] = {}
    for one, other in same:
        a = group_of.setdefault(one, _Group({one}, one))
        b = group_of.setdefault(other, _Group({other}, other))
        if a is b or any((min(x, y), max(x, y)) in apart for x, y in product(a.members, b.members)):
            continue
        a.members |= b.members
        head = wanted[one, other]
        if head in a.members:
            a.head = head
        group_of |= dict.fromkeys(b.members, a)
    return [g for one, g in sorted(group_of.items()) if len(g.members) > 1 and one == min(g.members)]


def _named(statements: Iterable[Statement], wanted: set[str]) -> dict[str, Actor]:
    """The actors as the statements most often have them."""
    seen: dict[str, Counter[tuple[str, str, str]]] = {}
    actors: dict[tuple[str, tuple[str, str, str]], Actor] = {}
    for statement in statements:
        for a in statement.actors:
            if a.id in wanted:
                told = (a.name, a.kind, a.state or "")
                seen.setdefault(a.id, Counter())[told] += 1
                actors[a.id, told] = Actor(a.id, a.name, a.kind, a.state)
    return {
        identifier: actors[identifier, min(counted, key=lambda told: (-counted[told], told))]
        for identifier, counted in seen.items()
    }


def _named_in(kept: str, ordered: Sequence[str], named: Mapping[str, Actor]) -> Actor | None:
    """The kept actor as the pages have it; its state, where they do not tell it, as that of another."""
    told = [named[identifier] for identifier in ordered if identifier in named]
    if not told:
        return None
    return replace(told[0], id=kept, state=next((actor.state for actor in told if actor.state), None))
