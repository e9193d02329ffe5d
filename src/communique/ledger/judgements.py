"""A person's decision about what the ledger holds: it is added to, never changed or erased."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias, get_args

from communique.model import content_id

Verdict: TypeAlias = Literal["same", "different", "wrong", "corrected", "note", "undo"]
VERDICTS: tuple[str, ...] = get_args(Verdict)


@dataclass(frozen=True, slots=True)
class Judgement:
    """`verdict` on the entries `about` (identifiers of any kind), by whom and when (UTC).

    `same` and `different` are about two or more statements, facts or documents; `corrected` gives
    the `field` and its right `value`; `undo` is about the judgement it takes back.
    """

    verdict: Verdict
    about: tuple[str, ...]
    by: str
    at: datetime
    field: str | None = None
    value: str | None = None
    note: str = ""

    @property
    def judgement_id(self) -> str:
        """Identifier of the whole decision, the same on every machine."""
        return content_id(
            self.verdict, self.about, self.by, self.at.isoformat(), self.field, self.value, self.note
        )
