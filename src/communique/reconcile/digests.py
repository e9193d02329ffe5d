"""A statement made ready for comparison: its parties, the meanings of its words, its window of days."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import chain

from rapidfuzz import fuzz

from communique.domain.lexicon.reconcile import reconciling
from communique.domain.load import load_domain
from communique.domain.source import DATA
from communique.model import Document, Statement
from communique.reconcile.days import NARROW, Window, around, occasions
from communique.reconcile.rarity import rarity
from communique.reconcile.terms import is_meaning, terms, words

_WORD = re.compile(r"[^\W_]+")
_BEFORE, _AFTER = 7, 6  # words around an object that belong to what is said of it
_SPELT = 80  # likeness of two spellings of one name
_RARE = 4.0  # rarity of a name that few texts have
_DONE = 4  # words before it that say what is done to it


@dataclass(frozen=True, slots=True, eq=False)
class Digest:
    """What of a statement is compared.

    `deed` is its type (of a meeting announced, that of a meeting); `doers` and `receivers` are states and
    bodies (both hold all parties of a mutual event); `told` the meanings of its words without the names of
    its actors; `said` of these what it is about: of a figure what it measures, of an event what stands
    around its object; `kernel` those of its object and what is done to it; `names` those of names that few
    texts have, of things, places and people that are not its actors; `object` those of its object; `windows`
    the days it may mean, all but one of them wrong; `published` the window in which its page appeared;
    `surfaces` its actors as the text names them, one for each, None where it is not known; `block` the key
    outside which it is the same as nothing; `page` the text it stands in, one for all copies; `narrow`
    whether its day is known to about a month; `order` that in which things were said, as far as known.
    """

    statement: Statement
    statement_id: str
    block: tuple[object, ...]
    deed: str
    doers: frozenset[str]
    receivers: frozenset[str]
    people: Mapping[str, str]
    said: frozenset[str]
    told: frozenset[str]
    kernel: frozenset[str]
    names: frozenset[str]
    object: frozenset[str]
    windows: tuple[Window, ...]
    published: Window | None
    surfaces: tuple[str, ...] | None
    page: str
    narrow: bool
    order: tuple[date, str, int, str]

    @property
    def everyone(self) -> frozenset[str]:
        """All states and bodies concerned."""
        return self.doers | self.receivers


def digest(statement: Statement, documents: Mapping[str, Document]) -> Digest:
    """The digest of a statement by its document, if that is among those given."""
    document = documents.get(statement.doc_id)
    day = document.published if document else None
    surfaces = surfaces_of(statement, document.text) if document else None
    return digested(statement, surfaces, (day.earliest, day.latest) if day else None, statement.doc_id)


def surfaces_of(statement: Statement, text: str) -> tuple[str, ...]:
    """The actors of a statement as the text of its page names them."""
    return tuple(text[actor.start : actor.end] for actor in statement.actors)


def digested(
    statement: Statement, surfaces: tuple[str, ...] | None, published: Window | None, page: str
) -> Digest:
    """The digest of a statement; `page` names the family of its page."""
    doers, receivers = _sides(statement)
    shown = statement.words if statement.kind == "quote" and statement.words else statement.quote
    # Who acts is compared by itself: its names, as it is called and as the text has it, are no words.
    names = {actor.name for actor in statement.actors} | {_capitals(surface) for surface in surfaces or ()}
    named = frozenset(chain.from_iterable(_name_terms(name) for name in names))
    told = terms(shown) - named
    quantity = statement.quantity
    said = told
    if quantity and quantity.measure:
        said = terms(quantity.measure) - named
    elif statement.object:
        said = terms(_around(statement.quote, statement.object.text, _BEFORE, _AFTER)) - named
    # What a figure is of tells more than when it was told.
    when = (quantity.period if quantity else None) or statement.when
    windows = around(occasions(when), published) if when else ()
    statement_id = statement.statement_id
    return Digest(
        statement=statement,
        statement_id=statement_id,
        block=_block(statement, doers, receivers),
        deed=_deed(statement, told),
        doers=doers,
        receivers=receivers,
        people={actor.id: actor.state or "" for actor in statement.actors if actor.kind == "person"},
        said=said,
        told=told,
        kernel=_kernel(statement) - named,
        names=_names(shown) & told if statement.kind in ("event", "quantity") else frozenset(),
        object=terms(statement.object.text) - named if statement.object else frozenset(),
        windows=windows,
        published=published,
        surfaces=surfaces,
        page=page,
        narrow=bool(windows) and (windows[0][1] - windows[0][0]).days < NARROW,
        order=(published[0] if published else date.max, statement.doc_id, statement.start, statement_id),
    )


def other_names(a: Digest, b: Digest) -> tuple[frozenset[str], frozenset[str]]:
    """The names that only the one tells and those that only the other does; of two spellings neither."""
    ours, theirs = a.names - b.names, b.names - a.names
    if ours and theirs:
        same = [(x, y) for x in ours for y in theirs if fuzz.ratio(x, y) >= _SPELT]
        ours, theirs = ours - {x for x, _ in same}, theirs - {y for _, y in same}
    return ours, theirs


def _names(text: str) -> frozenset[str]:
    """The terms of words with a capital that are rare in print at large; the first word has one anyway.

    Those of states are left out: whom an act concerns is compared by itself.
    """
    _, _, rest = text.partition(" ")
    capitals = {term for word in words(rest) if word[0].isupper() for term in terms(word)}
    rare = {term for term in capitals if rarity(term) >= _RARE and not is_meaning(term)}
    return frozenset(rare - _states()) if rare else frozenset()


@lru_cache(maxsize=1)
def _states() -> frozenset[str]:
    """The terms of the names of all states, their capitals and their people."""
    known = load_domain((DATA,)).states.values()
    forms = chain.from_iterable((s.name, s.capital, *s.weak, *s.demonyms, *s.seats) for s in known)
    return frozenset(chain.from_iterable(terms(form) for form in forms))


def _kernel(statement: Statement) -> frozenset[str]:
    if statement.kind != "event" or not statement.object:
        return frozenset()
    return terms(_around(statement.quote, statement.object.text, _DONE, 0))


def _around(quote: str, thing: str, most_before: int, most_after: int) -> str:
    """The words of a quotation around those of an object (all of them if it is not there)."""
    at = quote.find(thing)
    if at < 0:
        return quote
    before, after = quote[:at].split(), quote[at + len(thing) :].split()
    return " ".join([*before[-most_before:], thing, *after[:most_after]])


@lru_cache(maxsize=20_000)
def _capitals(surface: str) -> str:
    """The words with a capital of those that name an actor: "US troops" are troops, and American."""
    return " ".join(word for word in surface.split() if word[:1].isupper())


def _deed(statement: Statement, said: frozenset[str]) -> str:
    meeting = reconciling().meeting
    to_come = statement.factuality in ("planned", "pledged", "proposed")
    if statement.type == meeting.announced and to_come and not meeting.words.isdisjoint(said):
        return meeting.type
    return statement.type or ""


def _sides(statement: Statement) -> tuple[frozenset[str], frozenset[str]]:
    if statement.kind == "event":
        parties = statement.states("party")
        doers, receivers = statement.states("actor") | parties, statement.states("recipient") | parties
        if statement.mutual:
            return doers | receivers, doers | receivers
        return doers, receivers
    if statement.kind == "role":
        holders = frozenset(actor.id for actor in statement.actors if actor.role == "holder")
        of = statement.states("of") or frozenset(
            actor.state for actor in statement.actors if actor.role == "holder" and actor.state
        )
        return holders, of
    if statement.kind == "quote":
        return statement.ids("speaker"), frozenset()
    return statement.states(), frozenset()


def _block(statement: Statement, doers: frozenset[str], receivers: frozenset[str]) -> tuple[object, ...]:
    match statement.kind:
        case "event":
            return ("event",)
        case "tie":
            return "tie", statement.type, tie_parties(statement)
        case "role":
            return "role", tuple(sorted(doers)), tuple(sorted(receivers)), office_family(statement.office)
        case "quantity":
            return "quantity", statement.quantity.unit if statement.quantity else None
        case "quote":
            return "quote", tuple(sorted(doers))


def tie_parties(statement: Statement) -> tuple[str, ...]:
    """The parties of a tie, in the order of the text where the order matters, else sorted."""
    parties = tuple(dict.fromkeys(actor.state or actor.id for actor in statement.actors))
    return parties if statement.type in reconciling().ordered_ties else tuple(sorted(parties))


@lru_cache(maxsize=10_000)
def office_family(office: str | None) -> str:
    """One name for the titles of one office; a deputy's is never that of the holder.

    >>> office_family("then-Prime Minister"), office_family("premier"), office_family("deputy premier")
    ('head_of_government', 'head_of_government', 'deputy premier')
    """
    lists = reconciling()
    told = [word for word in _WORD.findall((office or "").casefold()) if word not in lists.dropped_qualifiers]
    plain = " ".join(told)
    if lists.lesser_qualifiers.isdisjoint(told):
        # A title may carry the name of its state or house: "japanese prime minister".
        for family, titles in lists.offices.items():
            if any(plain == title or plain.endswith(f" {title}") for title in titles):
                return family
    return plain


def with_offices(items: Iterable[Digest]) -> list[Digest]:
    """The digests, with the office in those roles that name none ("his late predecessor").

    It is the one office that the same person has elsewhere; of two, neither.
    """
    items = list(items)
    held: defaultdict[tuple[object, ...], set[tuple[object, ...]]] = defaultdict(set)
    for item in items:
        if item.statement.kind == "role" and item.block[-1]:
            held[item.block[:-1]].add(item.block)
    return [
        replace(item, block=next(iter(known)))
        if item.statement.kind == "role" and not item.block[-1] and len(known := held[item.block[:-1]]) == 1
        else item
        for item in items
    ]


@lru_cache(maxsize=20_000)
def _name_terms(name: str) -> frozenset[str]:
    return terms(name)
