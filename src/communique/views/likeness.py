"""Which actors may be one: names that are alike, and whose they are."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from communique.domain.load import Domain
from communique.model import ActorKind

ALIKE = 84.0
"""How much alike, of 100, two names must be for their actors to be proposed as one."""

BY_PART = 88.0
"""How alike a short form is taken to be: a family name alone, initials."""

_PERSON = "person"
_OTHER = "other"


@dataclass(frozen=True, slots=True)
class Named:
    """An actor with the names it may be found by."""

    id: str
    name: str
    kind: ActorKind
    state: str | None
    names: tuple[str, ...]
    known: bool


@dataclass(frozen=True, slots=True)
class Likeness:
    """An actor that may be the one asked about, and how much alike the names are, of 100."""

    actor: Named
    points: float


def named_in(domain: Domain) -> list[Named]:
    """The people, organs, bodies and publishers of the domain data, with their names."""
    found = [Named(i, p.name, "person", p.state, (p.name, *p.also), True) for i, p in domain.people.items()]
    found += [Named(i, o.name, "organ", o.state, (*o.names, *o.weak), True) for i, o in domain.organs.items()]
    found += [Named(i, b.name, "body", None, (*b.names, *b.weak), True) for i, b in domain.bodies.items()]
    found += [
        Named(i, p.name, "organisation", None, (p.name, *p.also), True) for i, p in domain.publishers.items()
    ]
    return found


class Likenesses:
    """Finds who may be whom among some actors; people are only compared with people."""

    def __init__(self, actors: Iterable[Named], apart: Iterable[tuple[str, str]] = ()) -> None:
        self._apart = frozenset(frozenset(pair) for pair in apart)
        self._names: dict[str, list[str]] = {_PERSON: [], _OTHER: []}
        self._owners: dict[str, list[Named]] = {_PERSON: [], _OTHER: []}
        for actor in actors:
            sort = _sort(actor)
            for name in dict.fromkeys(folded(name) for name in actor.names):
                self._names[sort].append(name)
                self._owners[sort].append(actor)

    def of(self, actor: Named, most: int = 3) -> list[Likeness]:
        """The likeliest, none of them judged different from the actor."""
        sort, best = _sort(actor), dict[str, Likeness]()
        names, owners = self._names[sort], self._owners[sort]
        for own in dict.fromkeys(folded(name) for name in actor.names):
            points = process.cdist([own], names, scorer=fuzz.token_sort_ratio, score_cutoff=ALIKE)[0]
            for name, owner, alike in zip(names, owners, points, strict=True):
                much = max(float(alike), _by_part(own, name, sort))
                if much < ALIKE or owner.id == actor.id or frozenset((owner.id, actor.id)) in self._apart:
                    continue
                if owner.id not in best or much > best[owner.id].points:
                    best[owner.id] = Likeness(owner, much)
        return sorted(best.values(), key=lambda one: (-one.points, not one.actor.known, one.actor.id))[:most]


def _sort(actor: Named) -> str:
    return _PERSON if actor.kind == "person" else _OTHER


def folded(name: str) -> str:
    """A name as it is compared: without accents, case, points and hyphens.

    >>> folded("José-María  O’Neill")
    'jose maria o neill'
    """
    bare = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return " ".join(re.findall(r"\w+", bare.casefold()))


def _by_part(one: str, other: str, sort: str) -> float:
    """Whether one name is a person's family name in the other, or the initials of its words."""
    short, long = sorted((one.split(), other.split()), key=len)
    if len(short) != 1 or len(long) < 2:
        return 0.0
    if sort == _PERSON:
        return BY_PART if len(short[0]) > 2 and short[0] in (long[0], long[-1]) else 0.0
    # Initials skip "of", and mostly "and" and "the" too.
    initials = {"".join(word[0] for word in long if len(word) > least) for least in (0, 2, 3)}
    return BY_PART if len(short[0]) > 2 and short[0] in initials else 0.0
