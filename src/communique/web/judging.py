"""A person's decisions, taken from the review page or the interface, and applied at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast, get_args

from communique import pipeline
from communique.errors import LedgerError, UsageError
from communique.model import Judgement, Verdict
from communique.reconcile.aliases import known_actors
from communique.reconcile.judgements import correct
from communique.views.doubts import Doubt, doubts
from communique.views.lines import line
from communique.web.asked import Asked, whole
from communique.web.pages import rendered
from communique.web.safety import Guard
from communique.web.shelf import Shelf

LONGEST = 400
"""Letters of a name or a note."""


def judge(
    shelf: Shelf,
    verdict: str,
    about: Sequence[str],
    by: str,
    note: str = "",
    field: str | None = None,
    value: str | None = None,
) -> Judgement:
    """Records a decision and reconciles anew. Raises `UsageError`, `LedgerError`."""
    if verdict not in get_args(Verdict):
        raise UsageError(f"{verdict!r} is no verdict; use one of: {', '.join(get_args(Verdict))}")
    if not about:
        raise UsageError("say what the judgement is about")
    if len(by) > LONGEST or len(note) > LONGEST or len(value or "") > LONGEST:
        raise UsageError(f"a name, value or note has at most {LONGEST} letters")
    if not shelf.ledger.writable:
        raise LedgerError(f"{shelf.ledger.name}: may only be read")
    with shelf.lock:
        if verdict == "corrected":
            _try(shelf, about, field or "", value or "")
        made = shelf.ledger.judge(
            cast(Verdict, verdict), about, by=by, field=field, value=value, note=note,
            known=known_actors(shelf.domain),
        )  # fmt: skip
        pipeline.reconcile(shelf.ledger, shelf.domain)
    return made


def _try(shelf: Shelf, about: Sequence[str], field: str, value: str) -> None:
    """Makes a correction without keeping it, so that one that cannot be made is never recorded."""
    for one in about:
        found = shelf.ledger.find(one)
        ids = shelf.ledger.fact(found.id).statement_ids if found.noun == "fact" else [found.id]
        for statement in shelf.ledger.statements(ids=ids):
            correct(statement, field, value)


def from_form(shelf: Shelf, guard: Guard, form: Mapping[str, Sequence[str]]) -> str:
    """Takes a form of the review page; returns where to go on. Raises `UsageError`, `LedgerError`."""

    def one(name: str) -> str:
        return form[name][0] if form.get(name) else ""

    guard.check_form(one("csrf"))
    about, verdict, note = list(form.get("about", ())), one("verdict"), one("note").strip()
    if verdict in ("wrong-1", "wrong-2"):
        about, verdict = about[int(verdict[-1]) - 1 :][:1], "wrong"
    elif verdict == "right":
        verdict, note = "note", note or "read rightly"
    made = judge(shelf, verdict, about, one("by"), note)
    number = whole("n", one("n") or "0", 0)
    done = "" if verdict == "undo" else made.judgement_id
    return Asked(number=number, at=done).address("/review")


def review_page(shelf: Shelf, guard: Guard, one: Asked, by: str) -> str:
    """One question of the queue, and what was decided last. Raises `LedgerError`."""
    material = shelf.material(Asked())

    def make() -> list[Doubt]:
        return doubts(material)

    with shelf.lock:
        every: list[Doubt] = shelf.made.get("doubts", make)
    number = min(one.number, max(len(every) - 1, 0))
    doubt = every[number] if every else None
    done = next((j for j in shelf.ledger.judgements() if one.at and j.judgement_id == one.at), None)
    return rendered(
        shelf, "review.html", "/review", one, name_of="review", picture=None,
        csrf=guard.stamp, by=done.by if done else by, total=len(every), doubt=doubt,
        lines=[line(told, material) for told in doubt.told] if doubt else [],
        done=done, writable=shelf.ledger.writable,
    )  # fmt: skip
