"""What one document says: what extraction finds in it, and the statements it becomes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

from communique.model.pages import Interval, content_id
from communique.model.parsed import ActorKind
from communique.text import Span

Kind: TypeAlias = Literal["event", "quantity", "quote", "role", "tie"]
Factuality: TypeAlias = Literal["actual", "planned", "pledged", "proposed", "denied", "hypothetical"]
Bound: TypeAlias = Literal["exact", "about", "at_least", "at_most", "more_than", "less_than"]
Role: TypeAlias = Literal["actor", "recipient", "party", "speaker", "holder", "of", "subject"]


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time expression after TIMEX3, with the interval it stands for where that is known."""

    passage: int
    first: int
    last: int
    start: int
    end: int
    type: Literal["DATE", "TIME", "DURATION", "SET"]
    value: str
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class QuantityMention:
    """A number with a unit as it stands in the text; `concept` is what it counts or measures."""

    passage: int
    first: int
    last: int
    start: int
    end: int
    value: float
    upper: float | None
    unit: str
    bound: Bound
    concept: str


@dataclass(frozen=True, slots=True)
class Attribution:
    """Source, cue and content after PolNeAR, as spans; `passage` is where the content begins."""

    passage: int
    source: Span | None
    cue: Span | None
    content: Span
    direct: bool
    relay: Span | None = None


@dataclass(frozen=True, slots=True)
class Participant:
    """An actor in a role of one statement, with the words that name it (offsets in the document).

    `found_as` is the identifier it was read under, where a person judged that to be another's.
    """

    role: Role
    id: str
    name: str
    kind: ActorKind
    state: str | None
    start: int
    end: int
    found_as: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where: a place of the gazetteer."""

    name: str
    country: str | None
    latitude: float | None
    longitude: float | None
    geoname_id: int | None


@dataclass(frozen=True, slots=True)
class Object:
    """The agreement, capability, programme or policy concerned; `id` where the domain data know it."""

    text: str
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure: value (and upper end of a range), unit, bound, what it measures, over which period."""

    value: float
    upper: float | None
    unit: str
    bound: Bound
    measure: str
    period: Interval | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Who vouches for a statement in the text."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing one document says; `quote` is `text[start:end]`, the words that say it."""

    doc_id: str
    kind: Kind
    start: int
    end: int
    quote: str
    type: str | None = None
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    actors: tuple[Participant, ...] = ()
    mutual: bool = False
    when: Interval | None = None
    where: Place | None = None
    factuality: Factuality = "actual"
    object: Object | None = None
    quantity: Quantity | None = None
    words: str | None = None
    direct: bool | None = None
    office: str | None = None
    attributed_to: Source | None = None
    origin: str | None = None
    rule: str = ""
    score: float = 1.0
    _id: str = field(default="", init=False, repr=False, compare=False)

    @property
    def statement_id(self) -> str:
        """Identifier from what is said and where, the same on every machine."""
        if not self._id:
            self.identified(
                content_id(
                    self.doc_id,
                    self.kind,
                    self.start,
                    self.end,
                    self.type,
                    sorted((a.role, a.found_as or a.id) for a in self.actors),
                    (self.quantity.value, self.quantity.unit, self.quantity.measure)
                    if self.quantity
                    else None,
                    self.words,
                    self.office,
                    self.object.text if self.object else None,
                )
            )
        return self._id

    def identified(self, statement_id: str) -> Statement:
        """The statement itself, once its identifier is known; it is asked for again and again."""
        object.__setattr__(self, "_id", statement_id)
        return self

    def said_by(self, origin: str | None) -> Statement:
        """The same statement with another origin, which is no part of its identity."""
        return replace(self, origin=origin).identified(self._id)

    def ids(self, *roles: Role) -> frozenset[str]:
        """The actors in the given roles (in any role if none is given), by identifier."""
        return frozenset(a.id for a in self.actors if not roles or a.role in roles)

    def states(self, *roles: Role) -> frozenset[str]:
        """The states that act or are meant in the given roles, and the bodies that act as one."""
        return frozenset(a.state or a.id for a in self.actors if not roles or a.role in roles)


def in_order(statements: Iterable[Statement]) -> list[Statement]:
    """Statements by document and place, the order every export uses."""
    return sorted(statements, key=lambda s: (s.doc_id, s.start, s.end, s.kind, s.type or "", s.statement_id))
