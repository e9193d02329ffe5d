"""The PLOVER ontology as exports need it: classes, scores, and what lies beyond it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from communique.domain.load import Domain
from communique.domain.schema import Entry
from communique.model import Factuality


class EventClass(Entry):
    """Quad class (verbal or material, cooperation or conflict) and conflict-cooperation score."""

    quad: int = Field(ge=1, le=4)
    scale: float = Field(ge=-10, le=10)


class Beyond(Entry):
    """How a type beyond the ontology is told in it."""

    type: str
    mode: str | None = None
    two_sided: bool = False
    contexts: tuple[str, ...] = ()


class Plover(Entry):
    """The content of `plover.yaml`."""

    types: dict[str, EventClass]
    modes: dict[str, dict[str, float]]
    future: dict[str, str]
    beyond: dict[str, Beyond]
    auxiliary: dict[Factuality, Literal["future", "hypothetical", "negation", "historical"]]
    bodies: dict[str, str]

    @model_validator(mode="after")
    def _known(self) -> Plover:
        named = {*self.modes, *self.future, *self.future.values(), *(b.type for b in self.beyond.values())}
        if unknown := sorted(named - set(self.types)):
            raise ValueError(f"no such types: {', '.join(unknown)}")
        return self

    def scale(self, type_: str, mode: str | None) -> float:
        """The score of a type, or of its mode where that has one."""
        return self.modes.get(type_, {}).get(mode or "", self.types[type_].scale)


def load_plover(domain: Domain) -> Plover:
    """The PLOVER ontology of the domain data. Raises `DomainError`."""
    plover: Plover = domain.single("plover.yaml", Plover)
    return plover
