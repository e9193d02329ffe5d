"""What an address asks for: filters of a view, read strictly, and written back into addresses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import get_args
from urllib.parse import quote, urlencode

from communique.domain.load import Domain
from communique.errors import UsageError
from communique.ledger.reading import Reader
from communique.model import Factuality, Kind
from communique.views.selection import Material, Selection, Told, read_day

FACTUALITIES: tuple[Factuality, ...] = get_args(Factuality)
ROWS = ("type", "actor", "factuality")
"""What the rows of a timeline may stand for."""

MOST = 8
"""How often a filter may be given that several values may fit."""

PAGE = 50
"""Lines of a page of a list."""

KNOWN = ("actor", "since", "until", "as_of", "type", "factuality", "by", "section", "page", "q", "at", "n")
"""The parameters an address may have, in the order they are written."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The filters of one address; two that ask the same are equal."""

    actors: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    as_of: str = ""
    types: tuple[str, ...] = ()
    factualities: tuple[str, ...] = ()
    by: str = "type"
    section: int | None = None
    page: int = 1
    words: str = ""
    at: str = ""
    number: int = 0

    @property
    def filters(self) -> Asked:
        """What of it decides which facts are shown."""
        return replace(self, by="type", section=None, page=1, words="", at="", number=0)

    def address(self, path: str, **changes: object) -> str:
        """The address of a path with these filters, some of them changed (None takes one out)."""
        values: dict[str, object] = {
            "actor": self.actors,
            "since": self.since,
            "until": self.until,
            "as_of": self.as_of,
            "type": self.types,
            "factuality": self.factualities,
            "by": "" if self.by == "type" else self.by,
            "section": "" if self.section is None else self.section,
            "page": "" if self.page == 1 else self.page,
            "q": self.words,
            "at": self.at,
            "n": self.number or "",
        }
        values.update(changes)
        several = {key: value if isinstance(value, tuple) else (value,) for key, value in values.items()}
        pairs = [(key, str(one)) for key in KNOWN for one in several[key] if one not in ("", None)]
        return quote(path) + (f"?{urlencode(pairs)}" if pairs else "")


def asked(pairs: Iterable[tuple[str, str]], allowed: Iterable[str] = KNOWN) -> Asked:
    """What the parameters of an address ask for. Raises `UsageError` for what is unknown or unreadable."""
    given: dict[str, list[str]] = {}
    known = tuple(allowed)
    for key, value in pairs:
        if key not in known:
            raise UsageError(f"there is no filter {key!r}; use: {', '.join(known) or 'none here'}")
        if value.strip():
            given.setdefault(key, []).append(value.strip())
    several = ("actor", "type", "factuality")
    for key, values in given.items():
        most = MOST if key in several else 1
        if len(values) > most:
            raise UsageError(f"{key} is given {len(values)} times; at most {most}")
    one = {key: values[0] for key, values in given.items()}
    for key in ("since", "until", "as_of"):
        if key in one:
            read_day(one[key])
    factualities = tuple(sorted(set(given.get("factuality", ()))))
    if wrong := set(factualities) - set(FACTUALITIES):
        raise UsageError(f"{min(wrong)!r} is no factuality; use one of: {', '.join(FACTUALITIES)}")
    by = one.get("by", "type")
    if by not in ROWS:
        raise UsageError(f"{by!r} is nothing rows stand for; use one of: {', '.join(ROWS)}")
    return Asked(
        actors=tuple(dict.fromkeys(given.get("actor", ()))),
        since=one.get("since", ""),
        until=one.get("until", ""),
        as_of=one.get("as_of", ""),
        types=tuple(sorted(set(given.get("type", ())))),
        factualities=factualities,
        by=by,
        section=whole("section", one["section"], 0) if "section" in one else None,
        page=whole("page", one.get("page", "1"), 1),
        words=one.get("q", ""),
        at=one.get("at", ""),
        number=whole("n", one.get("n", "0"), 0),
    )


def whole(name: str, text: str, least: int, most: int = 1_000_000) -> int:
    """A whole number between two ends. Raises `UsageError`."""
    if not text.isascii() or not text.isdigit() or len(text) > 7 or not least <= int(text) <= most:
        raise UsageError(f"{name}={text!r} is no whole number from {least} to {most:,}")
    return int(text)


def selection(
    one: Asked, ledger: Reader, domain: Domain, names: Mapping[str, str], *, all: bool
) -> Selection:
    """The selection asked for; `names` are the actors of the ledger by identifier. Raises `UsageError`."""
    from communique.views.actors import choose

    merged = ledger.aliases() if one.actors else {}
    actors = [merged[name].id if name in merged else name for name in one.actors]
    first = read_day(one.since) if one.since else None
    last = read_day(one.until, last=True) if one.until else None
    if first and last and last < first:
        raise UsageError("until lies before since; exchange them")
    return Selection(
        choose(actors, domain, sorted(names.items())),
        first,
        last,
        read_day(one.as_of, last=True) if one.as_of else None,
        all,
        None if all else PAGE,
    )


class Narrowed(Material):
    """The part of a ledger that also fits in type and factuality."""

    def __init__(
        self,
        ledger: Reader,
        selected: Selection,
        domain: Domain,
        types: frozenset[str] = frozenset(),
        factualities: frozenset[str] = frozenset(),
    ) -> None:
        super().__init__(ledger, selected, domain)
        self._types, self._factualities = types, factualities

    @cached_property
    def told(self) -> Mapping[Kind, tuple[Told, ...]]:
        """The facts that answer to the selection and have one of the types and factualities."""
        whole_ = super().told
        if not self._types and not self._factualities:
            return whole_
        return {
            kind: tuple(
                told
                for told in every
                if (not self._types or told.fact.type in self._types)
                and (not self._factualities or told.fact.factuality in self._factualities)
            )
            for kind, every in whole_.items()
        }
