"""By what a statement is found when others that may say the same are looked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from communique.domain.lexicon.reconcile import reconciling
from communique.reconcile.days import Window
from communique.reconcile.digests import Digest
from communique.reconcile.figures import digits
from communique.reconcile.rarity import rarity
from communique.reconcile.standing import key
from communique.reconcile.terms import LIGHT, weight

_TELLING = 6  # words by which an event or a figure is found for each of its parties, the rarest
_WORDS = 24  # words by which a quotation is
_PARTIES = 4  # parties for which it is
_OFTEN = 6  # occasions above which the days of a statement are no key
_NARROW = 31  # days up to which a window of publication tells when what has no day was
_WEEK = 7
_PLACE = 120  # letters of a page that are one place


def fact_keys(item: Digest) -> tuple[int, ...]:
    """The keys of a statement, first the one that tells it is the same as another without comparing.

    Strong keys (odd) are enough to compare two statements; of the others it takes two.
    """
    twin = key("twin", *_plain(twin_of(item)), strong=True)
    match item.statement.kind:
        case "role":
            # A role without its office may be that of another page, so holder and state are the key.
            return (key(*_plain(item.block[:-1]), strong=True),)
        case "tie":
            return (key(*_plain(item.block), strong=True),)
        case "quote":
            found = {key(item.block, term, strong=True) for term in _rarest(item.said, _WORDS)}
        case "quantity":
            found = {key(item.block, part, strong=_is_number(part[-1])) for part in _figure(item)}
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


def _parties(item: Digest) -> list[str]:
    return sorted(item.everyone, key=lambda party: key("party", party))[:_PARTIES]


def _figure(item: Digest) -> Iterator[tuple[object, ...]]:
    """Whose a figure is, a page may leave to its reader."""
    quantity = item.statement.quantity
    found: list[object] = list(_rarest(item.said, _TELLING))
    found += [term for term in _rarest(item.told - item.said, _TELLING) if weight(term) > LIGHT]
    if quantity and digits(quantity.value) > 1:
        found.append(float(quantity.value))
    for one in found:
        yield (one,)
        for party in _parties(item):
            yield party, one


def _is_number(part: object) -> bool:
    return isinstance(part, float)


def _event(item: Digest) -> Iterator[int]:
    lists = reconciling()
    statement = item.statement
    terms = _rarest(
        (term for term in item.told | item.said | item.object if weight(term) > LIGHT), 2 * _TELLING
    )
    deeds = [sorted(group) for group in lists.near_types if item.deed in group] or [[item.deed]]
    spells = list(_spells(item))
    for party in _parties(item):
        for term in terms:
            yield key("event", party, term)
        if statement.object and statement.object.id:
            yield key("object", party, statement.object.id, strong=True)
        for deed in deeds:
            for spell in spells:
                yield key("deed", deed, party, spell, strong=True)
            if not item.windows:
                for term in terms[:2]:
                    yield key("deed", deed, party, term, strong=True)
                yield key("deed", deed, party)


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
