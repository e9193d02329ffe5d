"""What a view is asked for, and the facts of a ledger that answer to it."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from communique.domain.load import Domain
from communique.errors import UsageError
from communique.ledger.reading import Reader
from communique.model import Document, Fact, Interval, Kind, Statement
from communique.reconcile.judgements import latest
from communique.views.actors import Chosen
from communique.views.known import AsKnown
from communique.views.page import SHOWN, Reference
from communique.views.wording import window

_DECIDED = {"same": "judged the same", "different": "judged different", "note": "noted"}

_SAME_STRETCH = 0.6
"""Share of two stretches together that must be in both for them to tell one thing."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Whom and when a view is about; `as_of` is the day on which it is known what it says.

    Pages that may be later are left out, and what lies after it is ahead. Without `as_of` all pages count,
    and it is the day of the newest. `since` and `until` are about when things happen. `all` leaves nothing
    out; `longest` is how many lines there may be of what is else shown whole.
    """

    actors: tuple[Chosen, ...] = ()
    since: date | None = None
    until: date | None = None
    as_of: date | None = None
    all: bool = False
    longest: int | None = None

    @property
    def limit(self) -> int | None:
        """How many lines a section may have."""
        return None if self.all else SHOWN

    @property
    def title(self) -> str:
        """Whom the view is about."""
        return " and ".join(actor.name for actor in self.actors) or "All actors"


@dataclass(frozen=True)
class Told:
    """A fact with its statements, the surest first.

    `near` says how closely it concerns the chosen actors: 2 all of them (or two), 1 the own acts of
    one, 0 one of them and others.
    """

    fact: Fact
    said: tuple[Statement, ...]
    near: int

    @cached_property
    def best(self) -> Statement:
        """The statement that tells it best: as sure as the fact, of its time, then the surest and fullest."""
        fitting = [s for s in self.said if s.factuality == self.fact.factuality] or list(self.said)
        return min(
            fitting,
            key=lambda s: (self._of_another_time(s), -s.score, not 40 <= len(s.quote) <= 240, -len(s.quote)),
        )

    def _of_another_time(self, statement: Statement) -> bool:
        when, told = self.fact.when, statement.when
        return when is not None and told is not None and not when.overlaps(told)


def read_day(text: str, *, last: bool = False) -> date:
    """A day, or the first (or last) day of a month or year. Raises `UsageError`.

    >>> read_day("2023-02", last=True), read_day("2023")
    (datetime.date(2023, 2, 28), datetime.date(2023, 1, 1))
    """
    match = re.fullmatch(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?", text.strip())
    try:
        if match is None:
            raise ValueError
        year, month, day = (int(part) if part else None for part in match.groups())
        assert year is not None
        if not last:
            return date(year, month or 1, day or 1)
        return date(year, month or 12, day or calendar.monthrange(year, month or 12)[1])
    except ValueError:
        raise UsageError(f"{text!r} is no day; write 2023, 2023-01 or 2023-01-13") from None


class Material:
    """The part of a ledger that a view draws on, read once; nothing in it changes."""

    def __init__(self, ledger: Reader, selection: Selection, domain: Domain) -> None:
        self.selection, self.domain = selection, domain
        self.ledger = AsKnown(ledger, selection.as_of) if selection.as_of else ledger

    # --- pages -----------------------------------------------------------------------------------

    @cached_property
    def documents(self) -> Mapping[str, Document]:
        """All documents, by the path they were read from."""
        return {
            d.doc_id: d for d in sorted(self.ledger.documents(), key=lambda d: (_natural(d.path), d.doc_id))
        }

    @cached_property
    def published(self) -> Mapping[str, Interval | None]:
        """The days on which each page appeared, or among which it did."""
        return {i: d.published.interval if d.published else None for i, d in self.documents.items()}

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The number of each page: its place among all pages of the ledger, by path."""
        return {doc_id: number for number, doc_id in enumerate(self.documents, start=1)}

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        """The list of pages."""
        return tuple(self._reference(number, d) for number, d in enumerate(self.documents.values(), start=1))

    def _reference(self, number: int, document: Document) -> Reference:
        published = document.published
        names = self.domain.publishers
        named = [names[p].name if p in names else p for p in (document.publisher, document.agency) if p]
        return Reference(
            number,
            document.doc_id,
            document.title,
            named[0] if document.publisher else None,
            named[-1] if document.agency else None,
            window(published),
            ", ".join(dict.fromkeys(ground.rule for ground in published.grounds)) if published else "",
            document.path,
            document.url,
        )

    def origin(self, name: str) -> str:
        """An origin as a reader is told it: a page without a publisher by its number."""
        if name in self._unnamed:
            return f"page {self._unnamed[name]}"
        return self.domain.publishers[name].name if name in self.domain.publishers else name

    @cached_property
    def _unnamed(self) -> Mapping[str, int]:
        """What reconciling calls a page without a publisher, with its number."""
        return {f"page {doc_id[:8]}": number for doc_id, number in self.numbers.items()}

    @cached_property
    def as_of(self) -> date | None:
        """The day from which on things lie ahead: that of the newest page."""
        if self.selection.as_of:
            return self.selection.as_of
        known = [d.published.best or d.published.earliest for d in self.documents.values() if d.published]
        return max(known, default=None)

    @property
    def left_out(self) -> tuple[str, ...]:
        """One line on the pages that are left out because they are or may be later than `as_of`."""
        return (self.ledger.left_out,) if isinstance(self.ledger, AsKnown) else ()

    # --- facts -----------------------------------------------------------------------------------

    @cached_property
    def told(self) -> Mapping[Kind, tuple[Told, ...]]:
        """The facts that answer to the selection, by kind, in order of time."""
        found: dict[Kind, list[Told]] = {"event": [], "quantity": [], "quote": [], "role": [], "tie": []}
        for fact, said in self.ledger.evidence():
            near = self._near(said)
            if near is not None and self._in_time(fact, said):
                found[fact.kind].append(Told(fact, said, near))
        return {kind: tuple(told) for kind, told in found.items()}

    @cached_property
    def disputed(self) -> Mapping[str, tuple[str, ...]]:
        """In what sources differ, by fact."""
        found: dict[str, tuple[str, ...]] = {}
        for one in self.ledger.disagreements():
            found[one.fact_id] = (*found.get(one.fact_id, ()), one.reason)
        return found

    @cached_property
    def judged(self) -> Mapping[str, tuple[str, ...]]:
        """What people decided, as it holds, in a few words for each entry it is about."""
        found: dict[str, tuple[str, ...]] = {}
        for one in latest(self.ledger.judgements()):
            how = _DECIDED.get(one.verdict, one.verdict)
            for identifier in one.about:
                found[identifier] = (*found.get(identifier, ()), f"{how} by {one.by}")
        return found

    @cached_property
    def facts(self) -> Mapping[str, Told]:
        """The same facts by identifier."""
        return {told.fact.fact_id: told for every in self.told.values() for told in every}

    def figures_in(self, doc_id: str, start: int, end: int) -> tuple[Statement, ...]:
        """The figures told in mostly the same stretch of a page, in their order."""

        def shared(one: Statement) -> float:
            both = min(one.end, end) - max(one.start, start)
            return both / (max(one.end, end) - min(one.start, start))

        return tuple(s for s in self._figures.get(doc_id, ()) if shared(s) >= _SAME_STRETCH)

    @cached_property
    def _figures(self) -> Mapping[str, list[Statement]]:
        found: dict[str, list[Statement]] = {}
        for statement in self.ledger.statements(kind="quantity"):
            found.setdefault(statement.doc_id, []).append(statement)
        return found

    def _near(self, said: Sequence[Statement]) -> int | None:
        chosen = self.selection.actors
        if not chosen:
            return 2
        parts = {part for s in said for actor in s.actors for part in (actor.id, actor.state) if part}
        there = [actor for actor in chosen if actor.id in parts]
        if not there:
            return None
        wanted = min(len(chosen), 2)
        if len(there) >= wanted:
            return 2
        if said[0].kind in ("quote", "quantity") and self._names_another(said, there):
            return 2
        ids = {actor.id for actor in there}
        others = {a.state or a.id for s in said for a in s.actors} - ids
        return 0 if others - ids and not _of(said, ids) else 1

    def _names_another(self, said: Sequence[Statement], there: Iterable[Chosen]) -> bool:
        present = set(there)
        return any(
            pattern.search(statement.words or statement.quote)
            for actor, pattern in self._patterns.items()
            if actor not in present
            for statement in said[:3]
        )

    @cached_property
    def _patterns(self) -> Mapping[Chosen, re.Pattern[str]]:
        return {
            actor: re.compile("|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in actor.words) or "(?!)")
            for actor in self.selection.actors
        }

    def _in_time(self, fact: Fact, said: Sequence[Statement]) -> bool:
        since, until = self.selection.since, self.selection.until
        if since is None and until is None:
            return True
        spans = [fact.when] if fact.when else [self.published[s.doc_id] for s in said]
        return any(
            span is not None
            and (since is None or span.latest >= since)
            and (until is None or span.earliest <= until)
            for span in spans
        )


def _of(said: Sequence[Statement], ids: set[str]) -> bool:
    """Whether nobody but the chosen and those who act for them takes part in some statement."""
    return any(all((a.state or a.id) in ids for a in s.actors) for s in said)


def _natural(path: str) -> tuple[tuple[int, int | str], ...]:
    """A path so that page 9 comes before page 10."""
    return tuple((0, int(p)) if p.isdigit() else (1, p) for p in re.split(r"(\d+)", path) if p)
