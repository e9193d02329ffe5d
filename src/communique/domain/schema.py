"""What an analyst writes about the world: states, organs, bodies, people, offices, agreements, publishers.

Every model is strict: an unknown key is refused. Days may be written `2010`, `2010-06` or `2010-06-08`;
a spell includes its first and its last day, and a missing `until` means that it still holds.
"""

from __future__ import annotations

import calendar
import re
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator


class Entry(BaseModel):
    """One strict, frozen entry."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _first_day(value: object) -> object:
    if isinstance(value, str) and (match := re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", value)):
        year, month, day = (int(part) if part else 1 for part in match.groups())
        return date(year, month, day)
    return value


def _last_day(value: object) -> object:
    if isinstance(value, str) and (match := re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", value)):
        year, month, day = match.groups()
        months = int(month) if month else 12
        return date(int(year), months, int(day) if day else calendar.monthrange(int(year), months)[1])
    return value


FirstDay = Annotated[date, BeforeValidator(_first_day)]
LastDay = Annotated[date, BeforeValidator(_last_day)]
StateCode = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$")]
BodyCode = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9-]*$")]


class Spell(Entry):
    """A stretch of days in which something holds, with the public record that says so."""

    since: FirstDay
    until: LastDay | None = None
    reference: str

    @model_validator(mode="after")
    def _in_order(self) -> Spell:
        if self.until and self.until < self.since:
            raise ValueError("ends before it begins")
        return self

    def holds_on(self, day: date) -> bool:
        """Whether `day` lies in the spell."""
        return self.since <= day and (self.until is None or day <= self.until)


class Named(Entry):
    """`strong` names stand alone; `weak` ones need context ("US" in capitals, "Washington")."""

    name: str
    strong: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Every name by which it can be found alone, the usual one first."""
        return tuple(name for name in (self.name, *self.strong) if name not in self.weak)


class State(Named):
    """A state. `seats` are metonyms of its government; `demonyms` its adjectives and people."""

    official: str
    demonyms: tuple[str, ...]
    capital: str
    seats: tuple[str, ...] = ()
    name_order: Literal["given-first", "family-first"] = "given-first"
    currency: str | None = None
    un_member: bool = True


class Organ(Named):
    """A named organ, force, residence or party of a state."""

    state: StateCode
    kind: Literal[
        "government", "residence", "ministry", "military", "legislature", "court", "party", "agency"
    ]


class Membership(Spell):
    """A state in a body; `as_` says how (member, presides, elected)."""

    state: StateCode
    role: Literal["member", "presides", "elected"] = "member"


class Body(Named):
    """An international organisation, alliance or group of states."""

    kind: Literal["organisation", "alliance", "group", "court", "command"]
    members: tuple[Membership, ...] = ()


class Person(Entry):
    """A person: the usual name, the family name as news uses it alone, other spellings, the pronoun."""

    name: str
    family: str
    also: tuple[str, ...] = ()
    state: StateCode | None = None
    born: str | None = None
    died: FirstDay | None = None
    pronoun: Literal["he", "she"] = "he"


class Holding(Spell):
    """A person in an office; `acting` where in the place of a holder."""

    person: Slug
    acting: bool = False


class Office(Entry):
    """An office, the titles news gives it, and who held it when."""

    of: str
    role: Literal[
        "head_of_state",
        "head_of_government",
        "deputy",
        "foreign",
        "defence",
        "security_adviser",
        "commander",
        "secretary_general",
        "spokesperson",
    ]
    titles: tuple[str, ...] = Field(min_length=1)
    holders: tuple[Holding, ...]


class Officeholders(Entry):
    """One file of people and the offices they held."""

    people: dict[Slug, Person]
    offices: dict[Slug, Office]


class Agreement(Named):
    """An agreement between states; `about` are words that point to it when it is paraphrased."""

    kind: Literal[
        "alliance", "access", "forces", "acquisition", "logistics", "intelligence", "arms-control",
        "cooperation", "development", "peace", "declaration",
    ]  # fmt: skip
    parties: tuple[str, ...]
    signed: FirstDay | None = None
    in_force: FirstDay | None = None
    ended: LastDay | None = None
    about: tuple[tuple[str, ...], ...] = ()
    reference: str


class Capability(Named):
    """A named weapon, programme, doctrine or policy; `unit` is what it is counted in, if it is."""

    kind: Literal[
        "missile", "aircraft", "ship", "submarine", "vehicle", "air-defence", "programme", "policy",
        "facility",
    ]  # fmt: skip
    unit: str | None = None
    states: tuple[str, ...] = ()
    about: tuple[tuple[str, ...], ...] = ()


class Publisher(Entry):
    """A publisher or agency; publishers of one `group` are one voice."""

    name: str
    kind: Literal["agency", "newspaper", "broadcaster", "magazine", "site", "government", "institute"]
    country: StateCode | None = None
    domains: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    group: str | None = None
    credit: tuple[str, ...] = ()
