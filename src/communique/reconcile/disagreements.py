"""What the statements of one fact say differently: figures, days, scope, who, whether it happened at all.

Both sides are kept with their words and voices; nothing is averaged and the newest does not win. What can
be true together is no disagreement: a figure rounded and the same told exactly, a month and a day in it,
one member of many named. Another holder of an office later is a succession, and no disagreement either.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from communique.domain.lexicon.reconcile import reconciling
from communique.model import Disagreement, Fact, Interval, Participant, Reason, Side, Statement
from communique.reconcile.digests import Digest
from communique.reconcile.doers import AGAINST_THE_RECORD, RECORD, are_two, in_office
from communique.reconcile.figures import in_words, stated
from communique.reconcile.near_copies import copy_words
from communique.reconcile.scope import alone, extents
from communique.reconcile.summary import settled

T = TypeVar("T")

_DATED = 62  # days up to which a window says when something was, not merely in what time
_DONE = frozenset({"actual"})


def disagreements(facts: Iterable[Fact], items: Mapping[str, Digest]) -> list[Disagreement]:
    """The disagreements of the facts, given what they rest on by identifier, in the order of the facts.

    A fact may have several, of different reasons.
    """
    found = []
    for fact in sorted(facts, key=lambda fact: fact.fact_id):
        if len(fact.statement_ids) < 2 and fact.kind != "role":
            continue
        digests = [items[i] for i in fact.statement_ids if i in items]
        said = [item.statement for item in digests]
        told: list[tuple[Reason, list[Side]]] = []
        if fact.kind == "quantity":
            told.append(("figure", _figures(said)))
        elif fact.kind == "event":
            dated = _settled(digests)
            told.append(("date", _days(dated)))
            if len(told[-1][1]) < 2:
                told.append(("date", _starts(dated)))
            told.append(("scope", _scope(said)))
            told.append(("actor", _doers(dated)))
            told.append(("factuality", _denials(said)))
        elif fact.kind == "role":
            told.append(("actor", _off_the_record(said)))
        found += [
            Disagreement(fact.fact_id, fact.about, reason, tuple(sides))
            for reason, sides in told
            if len(sides) > 1
        ]
    return found


def _figures(said: Sequence[Statement]) -> list[Side]:
    """Sides whose figures cannot be the same number.

    A figure open to one side ("more than 50,000") belongs to every side it allows, so it makes a side of
    its own only where it allows none.
    """
    counted = [(s, told) for s in said if (told := stated(s))]
    closed = [(s, f) for s, f in counted if not f.open_ended]
    groups = _parted(closed, lambda a, b: a[1].overlaps(b[1]))
    sides = [_side([s for s, _ in group], _figure_words) for group in groups]
    for item, open_figure in counted:
        if open_figure.open_ended and closed and not any(open_figure.overlaps(f) for _, f in closed):
            sides.append(_side([item], _figure_words))
    return _in_order(sides)


def _figure_words(statement: Statement) -> str:
    return in_words(statement.quantity) if statement.quantity else statement.quote


def _settled(said: Sequence[Digest]) -> list[Statement]:
    """The statements whose day is certain, each with that day: on an undated page many a Tuesday is none."""
    known = settled(said)
    return [replace(d.statement, when=known[d.statement_id]) for d in said if d.statement_id in known]


def _days(said: Sequence[Statement]) -> list[Side]:
    """Sides whose days cannot be the same."""
    dated = [(s, s.when) for s in said if s.when and s.when.days <= _DATED]
    groups = _parted(dated, lambda a, b: a[1].overlaps(b[1]))
    return _in_order([_side([s for s, _ in group], _day_words) for group in groups])


def _starts(said: Sequence[Statement]) -> list[Side]:
    """Sides that have one thing begin on different days: "April 8-14", and "begins on April 9"."""
    begun = [(s, s.when.earliest) for s in said if s.when and (s.when.precision == "range" or _says_start(s))]
    if not any(_says_start(s) for s, _ in begun):
        return []
    groups = _parted(begun, lambda a, b: a[1] == b[1])
    return _in_order([_side([s for s, _ in group], _day_words) for group in groups])


def _says_start(statement: Statement) -> bool:
    """Whether the words say that it begins, on a known day."""
    when = statement.when
    if when is None or when.precision not in ("day", "range"):
        return False
    return not reconciling().start_words.isdisjoint(copy_words(statement.quote))


def _denials(said: Sequence[Statement]) -> list[Side]:
    """Those who say that it happened, and those who deny it."""
    denied = [s for s in said if s.factuality == "denied"]
    done = [s for s in said if s.factuality in _DONE]
    if not denied or not done:
        return []
    return [_side(done, lambda s: s.factuality), _side(denied, lambda s: s.factuality)]


def _scope(said: Sequence[Statement]) -> list[Side]:
    """Sides that have it reach further or less far: so many places, all or some, one alone or others too."""
    told = [(s, extent) for s in said for extent in extents(s.quote)]
    for what in dict.fromkeys(extent.what for _, extent in told):
        of_it = [(s, extent) for s, extent in told if extent.what == what]
        groups = _parted(of_it, lambda a, b: not a[1].differs(b[1]))
        if _on_pages_apart([[s for s, _ in group] for group in groups]):
            return _told(groups, {s.statement_id: extent.words for s, extent in of_it})
    sole = {s.statement_id: one for s in said if (one := alone(s))}
    one = next(iter(sole.values()), None)
    if one is None or set(sole.values()) != {one}:
        return []
    others = [s for s in said if one in s.states("actor", "party") and s.states("actor", "party") - {one}]
    alone_said = [s for s in said if s.statement_id in sole]
    if not _on_pages_apart([alone_said, others]):
        return []
    return _in_order([_side(alone_said, lambda s: f"only {_doing(s)}"), _side(others, _doing)])


def _told(groups: Sequence[Sequence[tuple[Statement, object]]], words: Mapping[str, str]) -> list[Side]:
    """Sides whose values are the words given for their statements."""
    return _in_order([_side([s for s, _ in group], lambda s: words[s.statement_id]) for group in groups])


def _on_pages_apart(groups: Sequence[Sequence[Statement]]) -> bool:
    """Whether there are several sides and no page is on two: what a page counts twice may be two things."""
    pages = [{s.doc_id for s in group} for group in groups if group]
    return len(pages) > 1 and sum(map(len, pages)) == len(frozenset[str]().union(*pages))


def _doing(statement: Statement) -> str:
    return ", ".join(dict.fromkeys(a.name for a in statement.actors if a.role in ("actor", "party")))


def _doers(said: Sequence[Statement]) -> list[Side]:
    """Sides that name two people, in one office of one state, for what was done on one day."""
    named: dict[tuple[str, str], list[tuple[Statement, Participant]]] = {}
    for statement in said:
        if statement.when and statement.when.days <= _DATED:
            for office, who in in_office(statement):
                named.setdefault(office, []).append((statement, who))
    for told in named.values():
        groups = _parted(told, lambda a, b: not are_two(a[1], b[1]))
        windows = [s.when for s, _ in told if s.when]
        at_once = max(w.earliest for w in windows) <= min(w.latest for w in windows)
        if at_once and _on_pages_apart([[s for s, _ in group] for group in groups]):
            return _told(groups, {s.statement_id: who.name for s, who in told})
    return []


def _off_the_record(said: Sequence[Statement]) -> list[Side]:
    """A page that gives an office to somebody, and the record that gives it to another on those days."""
    against = [s for s in said if s.rule == AGAINST_THE_RECORD]
    if not against:
        return []
    page = _side(against, lambda s: f"{s.actors[0].name}, {s.office}")
    return [page, Side("another holder on those days", (), (RECORD,))]


def _parted(items: Sequence[T], agree: Callable[[T, T], bool]) -> list[list[T]]:
    """Groups such that no member of one agrees with any of another."""
    groups: list[list[T]] = []
    for item in items:
        near = [group for group in groups if any(agree(item, other) for other in group)]
        groups = [group for group in groups if group not in near]
        groups.append([item, *(other for group in near for other in group)])
    return groups


def _side(said: Sequence[Statement], value: Callable[[Statement], str]) -> Side:
    ordered = sorted(said, key=lambda s: (s.doc_id, s.start, s.statement_id))
    told = {value(s): None for s in ordered}
    return Side(
        value=" / ".join(told),
        statement_ids=tuple(s.statement_id for s in ordered),
        origins=tuple(sorted({s.origin or f"page {s.doc_id[:8]}" for s in ordered})),
    )


def _in_order(sides: Iterable[Side]) -> list[Side]:
    """The sides with most voices first."""
    return sorted(sides, key=lambda side: (-len(side.origins), -len(side.statement_ids), side.value))


def _day_words(statement: Statement) -> str:
    return days_in_words(statement.when) if statement.when else statement.quote


def days_in_words(when: Interval) -> str:
    """An interval as a reader is told it.

    >>> days_in_words(Interval(date(2022, 11, 1), date(2022, 11, 30), "month"))
    'November 2022'
    >>> days_in_words(Interval(date(2024, 4, 8), date(2024, 4, 14), "range"))
    '8 April 2024 – 14 April 2024'
    """
    if when.precision == "month":
        return f"{when.earliest:%B %Y}"
    if when.precision == "year":
        return f"{when.earliest:%Y}"
    first = _day(when.earliest)
    return first if when.days == 1 else f"{first} – {_day(when.latest)}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
