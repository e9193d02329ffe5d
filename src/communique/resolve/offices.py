"""Who bears which title of office, of whom and when, as the domain data have it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import lru_cache

from communique.domain.load import Domain, Tenure
from communique.domain.schema import Office
from communique.model import Actor, Interval

RECENT = timedelta(days=400)
"""How long after leaving an office its holder is still named by the family name alone."""

LEADING = frozenset(("head_of_state", "head_of_government"))
"""Roles whose holders are named alone without their state being named."""


class Offices:
    """The offices of the domain data, findable by title, and the tenures of people."""

    def __init__(self, domain: Domain) -> None:
        self.domain = domain
        self._bearing: dict[str, list[tuple[str, Office]]] = defaultdict(list)
        self._held: dict[str, list[Tenure]] = defaultdict(list)
        for office_id, office in domain.offices.items():
            for words in dict.fromkeys(title.lower() for title in office.titles):
                self._bearing[words].append((office_id, office))
        for tenure in domain.tenures:
            self._held[tenure.office_id].append(tenure)

    # --- titles --------------------------------------------------------------------------------

    def is_title_of(self, words: str, role: str, office: Office) -> bool:
        """Whether a title is one the office bears; by its role only where no office bears these words."""
        if role == "other":
            return True
        bearing = self._bearing.get(words)
        if bearing is not None:
            return any(other is office for _, other in bearing)
        return role == office.role

    def titled(self, words: str, role: str, of: str) -> list[str]:
        """The offices of a state or body that a title may mean."""
        bearing = self._bearing.get(words)
        if bearing is not None:
            return [office_id for office_id, office in bearing if office.of == of]
        return [i for i, office in self.domain.offices.items() if office.of == of and office.role == role]

    def holder(self, words: str, role: str, of: str, window: Interval | None) -> str | None:
        """Who bore a title all through a stretch of days; nobody if two did, or if it is not on record."""
        if window is None:
            return None
        holders = {
            t.person_id
            for office_id in self.titled(words, role, of)
            for t in self._held[office_id]
            if t.holds_on(window.earliest) and t.holds_on(window.latest)
        }
        return holders.pop() if len(holders) == 1 else None

    def counterpart(self, person_id: str, of: str, window: Interval | None) -> str | None:
        """Who held in another state, all through some days, the office that a person held here."""
        if window is None:
            return None
        roles = {t.office.role for t in self.domain.tenures_of(person_id) if overlaps(t, window)}
        holders = {
            t.person_id
            for role in roles
            for office_id, office in self.domain.offices.items()
            if office.of == of and office.role == role
            for t in self._held[office_id]
            if t.holds_on(window.earliest) and t.holds_on(window.latest)
        }
        return holders.pop() if len(roles) == 1 and len(holders) == 1 else None

    # --- people --------------------------------------------------------------------------------

    def bears(self, person_id: str, words: str, role: str, window: Interval | None) -> bool:
        """Whether somebody held, on some of the days, an office that bears this very title."""
        return any(
            (window is None or overlaps(t, window))
            and (
                any(
                    title.lower().split()[-len(words.split()) :] == words.split() for title in t.office.titles
                )
                if role == "other"
                else self.is_title_of(words, role, t.office)
            )
            for t in self.domain.tenures_of(person_id)
        )

    def in_office(self, ids: Iterable[str], window: Interval | None) -> list[str]:
        """Those who hold an office in a stretch of days; if none does, those who left one shortly before."""
        people = list(ids)
        if window is None:
            return people if len(people) == 1 else []
        now = [i for i in people if any(overlaps(t, window) for t in self.domain.tenures_of(i))]
        if now:
            return now
        wider = Interval(max(window.earliest - RECENT, date.min), window.latest)
        return [i for i in people if any(overlaps(t, wider) for t in self.domain.tenures_of(i))]

    def titled_people(
        self, ids: Sequence[str], words: str, role: str, window: Interval | None, former: bool
    ) -> list[str]:
        """Those whom a title fits on the day; of a former title, those who held it and no longer do."""
        fitting = {
            i: [t for t in self.domain.tenures_of(i) if self.is_title_of(words, role, t.office)] for i in ids
        }
        fitting = {i: tenures for i, tenures in fitting.items() if tenures}
        if window is None:
            return list(fitting)
        if former:
            past = [
                i
                for i, tenures in fitting.items()
                if any(t.until is not None and t.until < window.latest for t in tenures)
                and not any(t.holds_on(window.earliest) and t.until != window.earliest for t in tenures)
            ]
            return past or list(fitting)
        now = [i for i, tenures in fitting.items() if any(overlaps(t, window) for t in tenures)]
        return now or self.in_office(fitting, window) or list(fitting)

    def has_role(self, person_id: str, roles: Sequence[str], window: Interval | None) -> bool:
        """Whether somebody holds an office of one of the roles on the days, as far as the data know."""
        tenures = self.domain.tenures_of(person_id)
        return not tenures or any(
            t.office.role in roles and (window is None or overlaps(t, window)) for t in tenures
        )

    def leads(self, person_id: str, window: Interval | None) -> bool:
        """Whether somebody is head of state or of government, or heads a body, in a stretch of days."""
        return any(
            t.office.role in LEADING and (window is None or overlaps(t, window))
            for t in self.domain.tenures_of(person_id)
        )

    def body_served(self, person_id: str, window: Interval | None) -> Actor | None:
        """The international body somebody acts for who holds offices of bodies alone on the days."""
        tenures = self.domain.tenures_of(person_id)
        now = [t for t in tenures if window is not None and overlaps(t, window)] or tenures
        if not now or any(t.office.of not in self.domain.bodies for t in now):
            return None
        return self.named(now[-1].office.of)

    def of(self, person_id: str, words: str, role: str, window: Interval | None) -> Actor | None:
        """Whose office it is that gives somebody a title: one that bears it, then one held on the days."""
        bearing = [office for _, office in self._bearing.get(words, ())]
        fitting = [t for t in self.domain.tenures_of(person_id) if self.is_title_of(words, role, t.office)]
        best = max(
            fitting,
            key=lambda t: (t.office in bearing, window is not None and overlaps(t, window)),
            default=None,
        )
        return self.named(best.office.of) if best is not None else None

    def named(self, identifier: str) -> Actor | None:
        """A state or body as an actor."""
        if state := self.domain.states.get(identifier):
            return Actor(identifier, state.name, "state", identifier)
        if body := self.domain.bodies.get(identifier):
            return Actor(identifier, body.name, "body")
        return None

    def against_the_record(
        self, person_id: str, words: str, role: str, of: str, window: Interval | None
    ) -> bool:
        """Whether the data name others, and not this person, in an office on all of the days."""
        if window is None:
            return False
        offices = self.titled(words, role, of) if words in self._bearing else []
        held = [t for office_id in offices for t in self._held[office_id]]
        if not held or any(t.person_id == person_id and overlaps(t, window) for t in held):
            return False
        return any(t.holds_on(window.earliest) and t.holds_on(window.latest) for t in held)

    def held_before(self, person_id: str, words: str, role: str, window: Interval | None) -> date | None:
        """The last day on which somebody had borne a title before some days, if it was before them."""
        if window is None:
            return None
        ended = [
            t.until
            for t in self.domain.tenures_of(person_id)
            if self.is_title_of(words, role, t.office) and t.until is not None and t.until < window.earliest
        ]
        return max(ended, default=None)


def overlaps(tenure: Tenure, window: Interval) -> bool:
    """Whether a tenure has a day in a stretch of days."""
    return tenure.since <= window.latest and (tenure.until is None or window.earliest <= tenure.until)


@lru_cache(maxsize=4)
def offices_of(domain: Domain) -> Offices:
    """The offices of some domain data, indexed once."""
    return Offices(domain)
