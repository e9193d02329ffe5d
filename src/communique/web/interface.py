"""The JSON interface: the rows of the export contract, the views, search, grounds and judgements."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from communique.errors import LedgerError, UsageError
from communique.exports.rows import ROWS, document_row, statement_row
from communique.ledger import codec
from communique.model import Judgement
from communique.views.records import record
from communique.web.asked import Asked, asked, whole
from communique.web.judging import judge
from communique.web.shelf import Shelf
from communique.web.shown import LISTS, NotHereError, shown

MOST = 1000
"""Rows of one answer at most."""

USUAL = 100
"""Rows of one answer unless more are asked for."""

VIEW_FILTERS = ("actor", "since", "until", "as_of", "type", "factuality")
VIEWS: tuple[str, ...] = tuple(LISTS)

DAY = r"^[0-9]{4}(-[0-9]{1,2}(-[0-9]{1,2})?)?$"

Pairs = list[tuple[str, str]]


def rows(shelf: Shelf, name: str, pairs: Pairs) -> dict[str, Any]:
    """Some rows of an export, and how many there are. Raises `UsageError`, `NotHereError`."""
    if name not in ROWS:
        raise NotHereError(f"there are no {name}")
    given = _only(pairs, ("limit", "offset"))
    limit = whole("limit", given.get("limit", str(USUAL)), 1, MOST)
    offset = whole("offset", given.get("offset", "0"), 0)
    snapshot = shelf.snapshot()
    counts = snapshot.counts()

    def counted() -> int:
        return counts[name] if name in counts else sum(1 for _ in ROWS[name](snapshot))

    with shelf.lock:
        total = shelf.made.get(("rows", name), counted)
    items = list(islice(ROWS[name](snapshot), offset, offset + limit))
    return {"total": total, "limit": limit, "offset": offset, "items": items}


def one_row(shelf: Shelf, noun: str, identifier: str, pairs: Pairs) -> Mapping[str, Any]:
    """One document, statement or fact by its whole identifier. Raises `UsageError`, `NotHereError`."""
    _only(pairs, ())
    snapshot = shelf.snapshot()
    found: Iterator[Mapping[str, Any]]
    match noun:
        case "documents":
            found = (document_row(*entry) for entry in snapshot.grouped_documents([identifier]))
        case "statements":
            found = (statement_row(*entry) for entry in snapshot.placed_statements(ids=[identifier]))
        case "facts":
            found = (codec.fact_out(fact) for fact, _ in snapshot.evidence() if fact.fact_id == identifier)
        case _:
            raise NotHereError(f"there are no {noun}")
    for row in found:
        return row
    raise NotHereError(f"there is no {noun[:-1]} {identifier}")


def view(shelf: Shelf, name: str, pairs: Pairs) -> dict[str, Any]:
    """A view, all of it. Raises `UsageError`, `NotHereError`."""
    if name not in LISTS:
        raise NotHereError(f"there is no view {name!r}; use one of: {', '.join(VIEWS)}")
    return record(shown(shelf, name, "", _filters(pairs, VIEW_FILTERS), all=True))


def single(shelf: Shelf, name: str, identifier: str, pairs: Pairs) -> dict[str, Any]:
    """The view of one actor, one story, or the grounds of anything. Raises `UsageError`, `NotHereError`."""
    allowed = () if name == "why" else tuple(f for f in VIEW_FILTERS if f != "actor")
    return record(shown(shelf, name, identifier, _filters(pairs, allowed), all=True))


def _filters(pairs: Pairs, allowed: tuple[str, ...]) -> Asked:
    """The filters, as strict as their description. Raises `UsageError`."""
    for key, value in pairs:
        if key in ("since", "until", "as_of") and not re.fullmatch(DAY, value):
            raise UsageError(f"{key}={value!r} is no day; write 2023, 2023-01 or 2023-01-13")
        if key == "factuality" and not value:
            raise UsageError("factuality is empty; leave it out or name one")
    return asked(pairs, allowed)


def found(shelf: Shelf, pairs: Pairs) -> dict[str, Any]:
    """What a search finds, the best first. Raises `UsageError`."""
    given = _only(pairs, ("q", "limit"))
    if not given.get("q", "").strip():
        raise UsageError("q is missing: say what to search for")
    limit = whole("limit", given.get("limit", "20"), 1, MOST)
    from communique.views.found import found as places

    return record(places(shelf.snapshot(), given["q"], shelf.domain, limit))


def judgements(shelf: Shelf, pairs: Pairs) -> dict[str, Any]:
    """What persons decided, oldest first. Raises `UsageError`."""
    _only(pairs, ())
    return {"items": [judgement_row(one) for one in shelf.snapshot().judgements()]}


def judgement_row(one: Judgement) -> dict[str, Any]:
    """A judgement as plain values."""
    return {
        "judgement_id": one.judgement_id,
        "verdict": one.verdict,
        "about": list(one.about),
        "by": one.by,
        "at": one.at.isoformat(),
        "field": one.field,
        "value": one.value,
        "note": one.note,
    }


def judged(shelf: Shelf, body: Any) -> dict[str, Any]:
    """Records a decision. Raises `UsageError` for what is none, `NotHereError` for unknown identifiers."""
    if not isinstance(body, dict):
        raise UsageError("send an object: verdict, about, by, and where needed field, value, note")
    if unknown := set(body) - {"verdict", "about", "by", "field", "value", "note"}:
        raise UsageError(f"there is nothing called {min(map(str, unknown))!r} in a judgement")
    about = body.get("about")
    if not isinstance(about, list) or not about or not all(isinstance(one, str) and one for one in about):
        raise UsageError("about is a list of identifiers")
    texts: dict[str, str | None] = {}
    for name in ("verdict", "by", "field", "value", "note"):
        value = body.get(name)
        if value is not None and not isinstance(value, str):
            raise UsageError(f"{name} is text")
        texts[name] = value
    if not texts["verdict"] or not (texts["by"] or "").strip():
        raise UsageError("a judgement needs a verdict and the name of who decides (by)")
    try:
        made = judge(
            shelf,
            texts["verdict"],
            about,
            texts["by"] or "",
            texts["note"] or "",
            texts["field"],
            texts["value"],
        )
    except LedgerError as error:
        if not shelf.ledger.writable:
            raise
        raise NotHereError(str(error).removeprefix(f"{shelf.ledger.name}: ")) from None
    return judgement_row(made)


def _only(pairs: Pairs, allowed: tuple[str, ...]) -> dict[str, str]:
    """The parameters, each once and known. Raises `UsageError`."""
    given: dict[str, str] = {}
    for key, value in pairs:
        if key not in allowed:
            raise UsageError(f"there is no parameter {key!r}; use: {', '.join(allowed) or 'none here'}")
        if key in given:
            raise UsageError(f"{key} is given twice")
        given[key] = value
    return given
