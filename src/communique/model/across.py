"""What holds across documents: families, stories, facts, disagreements, and what people decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from communique.model.pages import Interval, content_id
from communique.model.statements import Factuality, Kind

Reason: TypeAlias = Literal["figure", "date", "scope", "actor", "factuality"]
Verdict: TypeAlias = Literal["same", "different", "wrong", "corrected", "note", "undo"]

ACTOR = "actor"
"""The field of a judgement that says who is who."""


@dataclass(frozen=True, slots=True)
class Family:
    """Documents that carry the same text; `fullest` is the one that carries most of it."""

    family_id: str
    doc_ids: tuple[str, ...]
    fullest: str


@dataclass(frozen=True, slots=True)
class Story:
    """Documents about the same happening."""

    story_id: str
    doc_ids: tuple[str, ...]
    title: str | None


@dataclass(frozen=True, slots=True)
class Fact:
    """Statements, in one document or many, that say the same thing; support counts `origins`."""

    fact_id: str
    kind: Kind
    type: str | None
    about: str
    statement_ids: tuple[str, ...]
    origins: tuple[str, ...]
    when: Interval | None
    factuality: Factuality


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a disagreement: what is said, by which statements, on which origins."""

    value: str
    statement_ids: tuple[str, ...]
    origins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """What sources say differently of one fact; never averaged, never newest-wins."""

    fact_id: str
    about: str
    reason: Reason
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """`verdict` on the entries `about` (identifiers of any kind), by whom and when (UTC).

    `same` and `different` are about two or more statements, facts or documents; `corrected` gives
    the `field` and its right `value`; `undo` is about the judgement it takes back. `same` and
    `different` of actors have the `field` "actor", and `same` as `value` the actor that is kept.
    """

    verdict: Verdict
    about: tuple[str, ...]
    by: str
    at: datetime
    field: str | None = None
    value: str | None = None
    note: str = ""

    @property
    def of_actors(self) -> bool:
        """Whether it says who is who."""
        return self.field == ACTOR and self.verdict in ("same", "different")

    @property
    def judgement_id(self) -> str:
        """Identifier of the whole decision, the same on every machine."""
        return content_id(
            self.verdict, self.about, self.by, self.at.isoformat(), self.field, self.value, self.note
        )
