"""Applies a person's decisions, which always win over what the program thinks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations
from typing import Literal, get_args

from communique.errors import UsageError
from communique.model import Factuality, Interval, Judgement, Statement, Verdict

CORRECTABLE = ("factuality", "when", "origin")
"""Fields that are no part of a statement's identity, so that what refers to it stays true."""


def latest(judgements: Iterable[Judgement]) -> list[Judgement]:
    """The judgements that hold: of two on the same matter the later, and none that was taken back."""
    ordered = sorted(judgements, key=lambda j: (j.at, j.judgement_id))
    undone = {identifier for j in ordered if j.verdict == "undo" for identifier in j.about}
    held: dict[tuple[object, ...], Judgement] = {}
    for judgement in ordered:
        if judgement.verdict != "undo" and judgement.judgement_id not in undone:
            held[_matter(judgement)] = judgement
    return sorted(held.values(), key=lambda j: (j.at, j.judgement_id))


def _matter(judgement: Judgement) -> tuple[object, ...]:
    match judgement.verdict:
        case "same" | "different":
            return "pair", *sorted(judgement.about)
        case "corrected":
            return "field", judgement.field, *judgement.about
        case verdict:
            return verdict, *judgement.about, judgement.judgement_id if verdict == "note" else ""


def corrected(statements: Sequence[Statement], judgements: Iterable[Judgement]) -> list[Statement]:
    """The statements as people corrected them, without those they judged wrong.

    Raises `UsageError` for a correction that cannot be read.
    """
    held = latest(judgements)
    wrong = {identifier for j in held if j.verdict == "wrong" for identifier in j.about}
    changes: dict[str, list[Judgement]] = {}
    for judgement in held:
        if judgement.verdict == "corrected":
            for identifier in judgement.about:
                changes.setdefault(identifier, []).append(judgement)
    if not wrong and not changes:
        return list(statements)
    found = []
    for statement in statements:
        statement_id = statement.statement_id
        if statement_id not in wrong:
            for change in changes.get(statement_id, ()):
                statement = correct(statement, change.field or "", change.value or "")
            found.append(statement)
    return found


def correct(statement: Statement, name: str, value: str) -> Statement:
    """The statement with one field changed: `factuality`, `origin`, or `when` (a day, or first/last day).

    Raises `UsageError` for another field or a value it cannot have.
    """
    match name:
        case "factuality":
            known: tuple[Factuality, ...] = get_args(Factuality)
            for factuality in known:
                if value == factuality:
                    return replace(statement, factuality=factuality)
            raise UsageError(f"{value!r} is no factuality; use one of: {', '.join(known)}")
        case "origin" if value:
            return replace(statement, origin=value)
        case "when" if not value:
            return replace(statement, when=None)
        case "when":
            return replace(statement, when=_interval(value))
    raise UsageError(f"{name!r} cannot be corrected; use one of: {', '.join(CORRECTABLE)}")


def _interval(value: str) -> Interval:
    first, _, last = value.partition("/")
    try:
        earliest, latest_ = date.fromisoformat(first), date.fromisoformat(last or first)
    except ValueError:
        raise UsageError(f"{value!r} is no day; write 2023-01-13 or 2023-01-09/2023-01-15") from None
    if latest_ < earliest:
        raise UsageError(f"{value!r} ends before it begins")
    precision: Literal["day", "range"] = "day" if earliest == latest_ else "range"
    return Interval(earliest, latest_, precision, value)


def pairs(judgements: Iterable[Judgement], verdict: Verdict) -> list[tuple[str, str]]:
    """The pairs of identifiers judged `same` or `different`, each in order; the later on a pair holds."""
    settled = {
        pair: judgement.verdict
        for judgement in latest(judgements)
        if judgement.verdict in ("same", "different")
        for pair in _pairs_of(judgement)
    }
    return [pair for pair, said in settled.items() if said == verdict]


def _pairs_of(judgement: Judgement) -> list[tuple[str, str]]:
    return list(combinations(sorted(set(judgement.about)), 2))
