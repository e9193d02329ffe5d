"""By what a statement is found when others that may say the same are looked for.

What bars two statements from being one (other parties, another deed, a figure of another size, other days)
is in the keys, so that of the many that share a word only those are looked at that nothing bars. Where one
of two leaves such a thing open, a sided key leads from one to the other.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import TypeAlias

from communique.domain.lexicon.reconcile import reconciling
from communique.reconcile.days import Window
from communique.reconcile.digests import Digest
from communique.reconcile.figures import TOO_FAR, digits
from communique.reconcile.keys import key
from communique.reconcile.rarity import rarity
from communique.reconcile.terms import LIGHT, weight

_EVENT = 10  # words by which an event is found for each of its parties, the rarest
_MEASURE, _CLAUSE = 5, 4  # words by which a figure is: of what it measures, and of the rest of its clause
_FEW = 2  # words of the clause where nobody's name narrows the search
_QUOTED = 24  # words by which a quotation is
_PARTIES = 4  # parties, and pairs of them, by which it is
_OFTEN = 6  # occasions above which the days of a statement are no key
_NARROW = 31  # days up to which a window of publication tells when what has no day was
_WEEK = 7
_YEAR = 365
_SEASON = 46  # days by which the narrow windows of one figure may each be off
_LONG = 3 * _YEAR  # days above which the period of a figure tells nothing
_PLACE = 120  # letters of a page that are one place
_CLOSE = 2**0.15  # times that two figures differ of which one page does not say whose it is

Parties: TypeAlias = tuple[str, ...]


def fact_keys(item: Digest) -> tuple[int, ...]:
    """The keys of a statement, first the one that tells it is the same as another without comparing."""
    twin = key("twin", *_plain(twin_of(item)), strong=True)
    match item.statement.kind:
        case "role":
            # A role without its office may be that of another page, so holder and state are the key.
            return (key(*_plain(item.block[:-1]), strong=True),)
        case "tie":
            return (key(*_plain(item.block), strong=True),)
        case "quote":
            found = {key(item.block, term, strong=True) for term in _rarest(item.said, _QUOTED)}
        case "quantity":
            found = {*_figure(item)}
        case _:
            found = {*_event(item), *_places(item)}
    return twin, *sorted(found)


def twin_of(item: Digest) -> tuple[object, ...]:
    """What copies of one sentence have in common."""
    statement = item.statement
    quantity = statement.quantity
    if statement.kind in ("role", "tie"):
        return *item.block, statement.object.id if statement.object else None
    return (
        statement.kind,
        item.block,
        statement.type,
        item.page,
        item.windows,
        statement.quote,
        statement.words,
        item.doers,
        item.receivers,
        statement.factuality,
        (quantity.value, quantity.upper, quantity.bound, quantity.measure) if quantity else None,
        statement.object.text if statement.object else None,
    )


def _plain(parts: Iterable[object]) -> Iterator[object]:
    """Sets in order, so that they are told alike by every process; days as text."""
    for part in parts:
        if isinstance(part, frozenset):
            yield tuple(sorted(part))
        elif isinstance(part, tuple):
            yield tuple(_plain(part))
        else:
            yield part if part is None or isinstance(part, (int, float, str)) else str(part)


def _rarest(terms: Iterable[str], most: int) -> list[str]:
    return sorted(terms, key=lambda term: (-weight(term) * rarity(term), term))[:most]


def _some(of: Iterable[Parties]) -> list[Parties]:
    """A few, the same ones wherever they are among many."""
    return sorted(of, key=lambda parties: key("party", parties))[:_PARTIES]


# --- figures --------------------------------------------------------------------------------------


def _figure(item: Digest) -> Iterator[int]:
    """Whose a figure is and when it was, a page may leave to its reader."""
    quantity = item.statement.quantity
    if quantity is None:
        return
    measure = _rarest(item.said, _MEASURE)
    clause = [term for term in _rarest(item.told - item.said, _CLAUSE) if weight(term) > LIGHT]
    owners = _some((party,) for party in item.everyone)
    ends = {quantity.value, quantity.value if quantity.upper is None else quantity.upper}
    for size in {size for value in ends for size in _sizes(value, TOO_FAR)}:
        for owner in owners:
            for term in (*measure, *clause):
                yield from _of_a_year(item, owner, term, size)
    for size in {size for value in ends for size in _sizes(value, _CLOSE)}:
        for term in (*measure, *clause[:_FEW]):
            yield from _of_a_year(item, None, term, size)
    if digits(quantity.value) > 1:
        yield from _of_a_year(item, None, float(quantity.value))
        for owner in owners:
            yield from _of_a_year(item, owner, float(quantity.value), strong=True)


def _of_a_year(item: Digest, owner: Parties | None, *what: object, strong: bool = False) -> Iterator[int]:
    """The keys of what is measured: of every year it may be of, and of none."""
    years = _years(item)
    ownerless = (not item.everyone,) if owner is None else ()
    yield key(item.block, owner, *what, opens=(*ownerless, years is None), strong=strong)
    for year in years or ():
        yield key(item.block, owner, *what, "year", year, opens=ownerless, strong=strong)


def _sizes(value: float, times: float) -> Iterator[tuple[int, int]]:
    """The steps on two ladders a figure stands on, so that any two that differ by less share one."""
    width = 2 * math.log2(times)
    height = math.log2(value) if value > 0 else -1.0
    for ladder in (0, 1):
        yield ladder, math.floor(height / width + ladder / 2)


def _years(item: Digest) -> range | None:
    """The years that a figure may be of; none if its page does not tell."""
    windows = item.windows
    if not windows or len(windows) >= _OFTEN:
        return None
    off = _SEASON if item.narrow else 0
    first = min(window[0].toordinal() for window in windows) - off
    last = max(window[1].toordinal() for window in windows) + off
    return range(first // _YEAR, last // _YEAR + 1) if last - first <= _LONG else None


# --- events ---------------------------------------------------------------------------------------


def _event(item: Digest) -> Iterator[int]:
    lists = reconciling()
    statement = item.statement
    terms = _rarest((term for term in item.told | item.said | item.object if weight(term) > LIGHT), _EVENT)
    spells = list(_spells(item))
    # Of what is decided, and what goes on, pages tell again long after.
    retold = item.deed in lists.decisions | lists.lasting
    undated = retold or not item.windows or not spells
    for deeds, parties, alone in _deeds(item):
        for term in terms:
            yield key("event", deeds, parties, term, opens=(alone, undated))
        for spell in spells:
            yield key("deed", deeds, parties, spell, opens=(alone,), strong=True)
        if not item.windows:
            for term in terms[:2]:
                yield key("deed", deeds, parties, term, opens=(alone,), strong=True)
            yield key("deed", deeds, parties, opens=(alone,), strong=len(parties) > 1)
    if statement.object and statement.object.id:
        for parties, alone in (*_apart(item), *_together(item)):
            yield key("object", statement.object.id, parties, opens=(alone,), strong=True)
    if _is_told_with_a_meeting(item):
        for spell in spells:
            yield key("announced", sorted(item.people), spell, strong=True)


def _deeds(item: Digest) -> Iterator[tuple[Parties, Parties, bool]]:
    """The deeds two pages may make of it, with those who do it, and whether they may have done it alone.

    Of what is done together or to one another all parties are the same, except where pages name those they
    write about: of a meeting, or of what is done to many.
    """
    lists = reconciling()
    groups = {group for group in lists.near_types if item.deed in group} or {frozenset({item.deed})}
    if item.deed == lists.meeting.type:
        groups.add(frozenset({item.deed}))
    for group in sorted(tuple(sorted(group)) for group in groups):
        loose = lists.directed.issuperset(group) or group == (lists.meeting.type,)
        for parties, alone in _apart(item):
            yield group, parties, alone
        for parties, alone in _together(item) if loose else _all(item):
            yield group, parties, alone


def _apart(item: Digest) -> Iterator[tuple[Parties, bool]]:
    """Each that does it, and whether the event may be one that a page gives to that one alone."""
    alone = not _has_sides(item)
    for parties in _some((doer,) for doer in _doers(item)):
        yield parties, alone


def _together(item: Digest) -> Iterator[tuple[Parties, bool]]:
    """Pairs of those who take part, one of them a doer."""
    if _has_sides(item):
        doers = _doers(item)
        pairs = (pair for pair in combinations(sorted(item.everyone), 2) if not doers.isdisjoint(pair))
        yield from ((pair, True) for pair in _some(pairs))


def _all(item: Digest) -> Iterator[tuple[Parties, bool]]:
    if _has_sides(item):
        yield tuple(sorted(item.everyone)), True


def _doers(item: Digest) -> frozenset[str]:
    """Who must have a part in it on every page: who does it, where that matters."""
    lists = reconciling()
    by_itself = item.deed in lists.directed | lists.one_sided and not item.statement.mutual
    return item.doers if by_itself else item.everyone


def _has_sides(item: Digest) -> bool:
    lists = reconciling()
    return len(item.everyone) > 1 and (item.deed not in lists.one_sided or item.statement.mutual)


def _is_told_with_a_meeting(item: Digest) -> bool:
    """Whether it is a meeting of persons of several states, or what such persons are to announce."""
    meeting = reconciling().meeting
    several = len(set(item.people.values()) - {""}) > 1
    return several and item.deed in (meeting.type, meeting.announced)


def _spells(item: Digest) -> Iterator[tuple[int, int]]:
    """The weeks of its days, those that begin on a Monday and on a Thursday, so that neighbours share one."""
    windows: tuple[Window, ...] = item.windows if item.narrow and len(item.windows) < _OFTEN else ()
    if not item.windows and item.published and (item.published[1] - item.published[0]).days <= _NARROW:
        windows = (item.published,)
    for first, last in windows:
        for shift in (0, _WEEK // 2):
            begun, ended = ((day.toordinal() + shift) // _WEEK for day in (first, last))
            for week in range(begun, ended + 1):
                yield shift, week


def _places(item: Digest) -> Iterator[int]:
    statement = item.statement
    for place in range(statement.start // _PLACE, statement.end // _PLACE + 1):
        yield key("place", statement.doc_id, place, strong=True)
