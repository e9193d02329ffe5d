"""A person's decisions, which always win over what the program thinks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, TypeAlias, get_args

from communique.model import Factuality, Interval, Statement

Verdict: TypeAlias = Literal["same", "different", "wrong", "corrected", "note"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person decided, when and why.

    `subject` and `other` are identifiers of statements. `same` and `different` take both; `wrong` strikes
    the subject out; `corrected` gives one of its fields another value, as `value` says
    ("factuality: planned", "when: 2023-01-13", "when: 2023-01-09/2023-01-15", "origin: Reuters"); a
    `note` changes nothing.
    """

    judgement_id: str
    verdict: Verdict
    subject: str
    other: str | None = None
    value: str | None = None
    by: str = ""
    at: str = ""
    text: str = ""


def latest(judgements: Iterable[Judgement]) -> list[Judgement]:
    """The judgements that hold: of two on the same thing, the later."""
    held: dict[tuple[object, ...], Judgement] = {}
    for judgement in sorted(judgements, key=lambda j: (j.at, j.judgement_id)):
        held[_matter(judgement)] = judgement
    return sorted(held.values(), key=lambda j: (j.at, j.judgement_id))


def _matter(judgement: Judgement) -> tuple[object, ...]:
    match judgement.verdict:
        case "same" | "different":
            return "pair", *sorted((judgement.subject, judgement.other or ""))
        case "corrected":
            return "field", judgement.subject, (judgement.value or "").partition(":")[0].strip()
        case verdict:
            return verdict, judgement.subject, judgement.judgement_id if verdict == "note" else ""


def corrected(statements: Sequence[Statement], judgements: Iterable[Judgement]) -> list[Statement]:
    """The statements as people corrected them, without those they judged wrong.

    Only fields that are no part of a statement's identity can be corrected, so that what refers to it
    stays true. Raises `ValueError` for a correction that cannot be read.
    """
    held = latest(judgements)
    wrong = {j.subject for j in held if j.verdict == "wrong"}
    changes: dict[str, list[str]] = {}
    for judgement in held:
        if judgement.verdict == "corrected":
            changes.setdefault(judgement.subject, []).append(judgement.value or "")
    if not wrong and not changes:
        return list(statements)
    found = []
    for statement in statements:
        statement_id = statement.statement_id
        if statement_id not in wrong:
            for change in changes.get(statement_id, ()):
                statement = correct(statement, change)
            found.append(statement)
    return found


def correct(statement: Statement, change: str) -> Statement:
    """The statement with one field changed, as `Judgement.value` says it. Raises `ValueError`."""
    name, _, value = (part.strip() for part in change.partition(":"))
    match name:
        case "factuality":
            known: tuple[Factuality, ...] = get_args(Factuality)
            for factuality in known:
                if value == factuality:
                    return replace(statement, factuality=factuality)
        case "origin" if value:
            return replace(statement, origin=value)
        case "when" if not value:
            return replace(statement, when=None)
        case "when":
            first, _, last = value.partition("/")
            earliest, latest_ = date.fromisoformat(first), date.fromisoformat(last or first)
            if earliest <= latest_:
                precision: Literal["day", "range"] = "day" if earliest == latest_ else "range"
                return replace(statement, when=Interval(earliest, latest_, precision, value))
    raise ValueError(f"{change!r} corrects nothing; write factuality, when or origin, a colon, and the value")


def pairs(judgements: Iterable[Judgement], verdict: Verdict) -> list[tuple[str, str]]:
    """The pairs of identifiers judged `same` or `different`, each in order."""
    return [
        (min(j.subject, j.other), max(j.subject, j.other))
        for j in latest(judgements)
        if j.verdict == verdict and j.other
    ]
