"""Checks all domain data at once: every problem of every file, as `file:line` where there is one."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any, Generic, TypeVar

import pycountry

from communique.domain import lexicon, schema
from communique.domain.load import Domain
from communique.domain.source import line_of, read_yaml, written
from communique.errors import DomainError, Problem

T = TypeVar("T")

_TABLES: Mapping[str, Any] = {
    "states": dict[schema.StateCode, schema.State],
    "organs": dict[schema.Slug, schema.Organ],
    "bodies": dict[schema.BodyCode, schema.Body],
    "agreements": dict[schema.Slug, schema.Agreement],
    "capabilities": dict[schema.Slug, schema.Capability],
    "publishers": dict[schema.Slug, schema.Publisher],
}


@dataclass(frozen=True, slots=True)
class _Entry(Generic[T]):
    """One entry and where it stands."""

    value: T
    path: Path
    at: tuple[str, ...]

    @property
    def key(self) -> str:
        return self.at[-1]

    def problem(self, message: str, *within: int | str) -> Problem:
        where = (*self.at, *within)
        return Problem(f"{self.path}:{line_of(self.path, *where)}", ".".join(map(str, where)), message)


_Table = dict[str, _Entry[Any]]


@dataclass(frozen=True, slots=True)
class _World:
    """Every table as far as it could be read; one with a file that could not be read is not `complete`."""

    tables: Mapping[str, _Table]
    complete: frozenset[str]
    problems: tuple[Problem, ...]

    def __getitem__(self, name: str) -> _Table:
        return self.tables[name]

    def unknown(self, key: str, *names: str) -> bool:
        """Whether none of the tables has the key, which only complete tables can tell."""
        return self.complete.issuperset(names) and not any(key in self.tables[name] for name in names)


def check(domain: Domain) -> list[Problem]:
    """Every problem of the domain data, file by file in line order; none raises.

    A file that cannot be read is reported and hides nothing of the others; what it may hold is not
    reported as unknown elsewhere. A module of `communique.domain.lexicon` that has a function
    `problems(domain) -> list[Problem]` is asked too, one that only has `load(domain)` is loaded.
    """
    world = _read(domain)
    found = [*world.problems, *_lexicon_problems(domain)]
    for rule in _RULES:
        found.extend(rule(world))
    return sorted(set(found), key=_place)


def _place(problem: Problem) -> tuple[str, int, str, str]:
    path, _, line = problem.path.rpartition(":")
    if not line.isdecimal():
        path, line = problem.path, "0"
    return path, int(line), problem.where, problem.message


# --- reading -------------------------------------------------------------------------------------


def _read(domain: Domain) -> _World:
    tables: dict[str, _Table] = {}
    broken: set[str] = set()
    problems = [
        Problem(str(folder), "", "is not a folder; check the path")
        for folder in domain.folders
        if not folder.is_dir()
    ]
    known: set[Path] = set()

    def entries(path: Path, wanted: Any, *names: str) -> Any:
        known.add(path)
        try:
            return read_yaml(path, wanted)
        except DomainError as error:
            problems.extend(error.problems)
            broken.update(names)
            return None

    def missing(pattern: str, *names: str) -> None:
        problems.append(Problem(str(domain.folders[0] / pattern), "", "is missing"))
        broken.update(names)

    for name, wanted in _TABLES.items():
        table = tables.setdefault(name, {})
        paths = list(domain.files(f"{name}.yaml"))
        if not paths:
            missing(f"{name}.yaml", name)
        for path in paths:
            for key, value in (entries(path, wanted, name) or {}).items():
                table[key] = _Entry(value, path, (key,))
    people, offices = tables.setdefault("people", {}), tables.setdefault("offices", {})
    paths = list(domain.files("people/*.yaml"))
    if not paths:
        missing("people/*.yaml", "people", "offices")
    for path in paths:
        part: schema.Officeholders | None = entries(path, schema.Officeholders, "people", "offices")
        for name, table, values in (
            ("people", people, part.people if part else {}),
            ("offices", offices, part.offices if part else {}),
        ):
            for key, value in values.items():
                entry = _Entry(value, path, (name, key))
                # A later folder may replace an entry; within one folder a second one is a mistake.
                if key in table and table[key].path.parent == path.parent:
                    problems.append(entry.problem(f"stands in {table[key].path} too; keep one"))
                table[key] = entry
    for path in domain.files("**/*.yaml"):
        if path not in known:
            entries(path, Any)
    return _World(tables, frozenset(tables) - broken, tuple(problems))


def _lexicon_problems(domain: Domain) -> Iterator[Problem]:
    for found in pkgutil.iter_modules(lexicon.__path__):
        module = importlib.import_module(f"{lexicon.__name__}.{found.name}")
        try:
            if hasattr(module, "problems"):
                yield from module.problems(domain)
            elif hasattr(module, "load"):
                module.load(domain)
        except DomainError as error:
            yield from error.problems


# --- rules ---------------------------------------------------------------------------------------


def _references(world: _World) -> Iterator[Problem]:
    """Codes and slugs that nothing answers to."""
    for entry in world["organs"].values():
        if world.unknown(entry.value.state, "states"):
            yield entry.problem(f"state {entry.value.state} is not known", "state")
    for entry in world["bodies"].values():
        for number, member in enumerate(entry.value.members):
            if world.unknown(member.state, "states"):
                yield entry.problem(f"state {member.state} is not known", "members", number, "state")
    for entry in world["people"].values():
        if entry.value.state and world.unknown(entry.value.state, "states"):
            yield entry.problem(f"state {entry.value.state} is not known", "state")
    for entry in world["publishers"].values():
        if entry.value.country and world.unknown(entry.value.country, "states"):
            yield entry.problem(f"state {entry.value.country} is not known", "country")
    for entry in world["agreements"].values():
        for number, party in enumerate(entry.value.parties):
            if world.unknown(party, "states", "bodies"):
                yield entry.problem(f"party {party} is neither a state nor a body known", "parties", number)
    for entry in world["capabilities"].values():
        for number, owner in enumerate(entry.value.states):
            if world.unknown(owner, "states", "bodies"):
                yield entry.problem(f"{owner} is neither a state nor a body known", "states", number)
    for entry in world["offices"].values():
        if world.unknown(entry.value.of, "states", "bodies", "organs"):
            yield entry.problem(f"{entry.value.of} is no state, body or organ known", "of")
        for number, holder in enumerate(entry.value.holders):
            if world.unknown(holder.person, "people"):
                yield entry.problem(f"person {holder.person} is not known", "holders", number, "person")


def _states(world: _World) -> Iterator[Problem]:
    """Codes of states and currencies, and that each state can be found by its people and its government."""
    for code, entry in world["states"].items():
        # ISO 3166 leaves the codes that begin with X to their users.
        if not code.startswith("X") and pycountry.countries.get(alpha_3=code) is None:
            yield entry.problem("is not an ISO 3166 alpha-3 code")
        currency = entry.value.currency
        if currency and pycountry.currencies.get(alpha_3=currency) is None:
            yield entry.problem(f"{currency} is not an ISO 4217 currency code", "currency")
        if not entry.value.seats:
            yield entry.problem("has no seat; name at least the seat of its government", "seats")
        if not entry.value.demonyms:
            yield entry.problem("has no demonym", "demonyms")


def _overlap(one: schema.Spell, other: schema.Spell) -> bool:
    """Whether two spells share more than the day on which one hands over to the other."""
    first, second = sorted((one, other), key=lambda spell: spell.since)
    if first.until is None:
        return second.until is None or second.until > second.since
    end = first.until if second.until is None else min(first.until, second.until)
    return end > second.since


def _hands_over(office: _Entry[Any], first: int, second: int) -> bool:
    """Whether one holder ends in the very month or year in which the next begins, the day not being known."""
    until = written(office.path, *office.at, "holders", first, "until")
    since = written(office.path, *office.at, "holders", second, "since")
    if not until or not since:
        return False
    short, long = sorted((until, since), key=len)
    return len(short) < len("2012-01-31") and long.startswith(short)


def _spells(world: _World) -> Iterator[Problem]:
    """Two in one place at once, spells out of order, and days that cannot be."""
    for entry in world["offices"].values():
        holders = list(enumerate(entry.value.holders))
        for (_, earlier), (number, later) in pairwise(holders):
            if later.since < earlier.since:
                yield entry.problem(
                    f"since {later.since} is listed after {earlier.since}; list the oldest first",
                    "holders",
                    number,
                )
        for (first, one), (number, other) in combinations([h for h in holders if not h[1].acting], 2):
            if _overlap(one, other) and not _hands_over(entry, first, number):
                yield entry.problem(
                    f"{other.person} since {other.since} overlaps {one.person} until {one.until or 'now'}",
                    "holders",
                    number,
                )
        for number, holder in holders:
            person = world["people"].get(holder.person)
            died = person.value.died if person else None
            if died and (holder.until is None or holder.until > died):
                yield entry.problem(f"{holder.person} died on {died}, before the end", "holders", number)
    for entry in world["bodies"].values():
        for (_, one), (number, other) in combinations(enumerate(entry.value.members), 2):
            same = one.role == other.role and (one.state == other.state or one.role == "presides")
            if same and _overlap(one, other):
                told = f"{other.state} since {other.since} overlaps {one.state} until {one.until or 'now'}"
                yield entry.problem(f"{told} ({one.role})", "members", number)
    for entry in world["agreements"].values():
        signed, in_force, ended = entry.value.signed, entry.value.in_force, entry.value.ended
        if signed and in_force and in_force < signed:
            yield entry.problem("is in force before it is signed", "in_force")
        if ended and any(day and ended < day for day in (signed, in_force)):
            yield entry.problem("ends before it begins", "ended")


def _strong_names(kind: str, value: Any) -> Iterable[str]:
    if kind == "people":
        # A single word is a family name, which may be anyone's.
        return {name for name in (value.name, *value.also) if " " in name}
    official = {value.official} if kind == "states" else set()
    return ({*value.names} | official) - {*value.weak}


def _told_apart(one: schema.Person, other: Any) -> bool:
    """Whether the data tell two people of the same name apart, by their state or when they were born."""
    if not isinstance(other, schema.Person):
        return False
    return one.state != other.state or bool(one.born and other.born and one.born != other.born)


def _names(world: _World) -> Iterator[Problem]:
    """Strong names that do not stand alone, because two entries share them, and names given twice."""
    owners: dict[str, _Entry[Any]] = {}
    for kind in ("states", "bodies", "organs", "people"):
        for entry in world[kind].values():
            for name in sorted(_strong_names(kind, entry.value)):
                if name in owners and not (kind == "people" and _told_apart(entry.value, owners[name].value)):
                    told = f"strong name {name!r} is also that of {owners[name].key}"
                    people = kind == "people" and isinstance(owners[name].value, schema.Person)
                    mend = "tell them apart by `born`" if people else "make it weak in one"
                    yield entry.problem(f"{told}; {mend}, or drop it")
                else:
                    owners[name] = entry
    for kind in ("states", "bodies", "organs", "agreements", "capabilities"):
        for entry in world[kind].values():
            value = entry.value
            for field, names in (
                ("strong", value.names),
                ("weak", value.weak),
                ("weak", (*value.strong, *value.weak)),
            ):
                for name in sorted({name for name in names if names.count(name) > 1}):
                    yield entry.problem(f"name {name!r} is given twice", field)


def _domains(world: _World) -> Iterator[Problem]:
    """Web domains that belong to two publishers."""
    owners: dict[str, str] = {}
    for slug, entry in world["publishers"].items():
        for number, name in enumerate(entry.value.domains):
            if (owner := owners.setdefault(name.lower(), slug)) != slug or name in entry.value.domains[
                :number
            ]:
                yield entry.problem(f"domain {name} is also that of {owner}", "domains", number)


_RULES: tuple[Callable[[_World], Iterator[Problem]], ...] = (_references, _states, _spells, _names, _domains)
