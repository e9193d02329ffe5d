"""What is kept of a statement with its node: enough to tell, reading neither, that two are not the same.

Of the statements that share a key most are of another deed or give another figure. So much is kept with each,
that only those are read and compared of which it does not rule out that they are one.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Self

from communique.domain.lexicon.reconcile import reconciling
from communique.reconcile.digests import Digest
from communique.reconcile.figures import TOO_FAR, Figure, spread, stated


@dataclass(frozen=True, slots=True)
class Glance:
    """A statement seen from afar: its page, kind and deed; of a figure also whose and how much it is.

    `surfaces` is all that comparing it needs of the text of its page.
    """

    doc_id: str
    kind: str
    deed: str
    doers: frozenset[str]
    figure: Figure | None
    surfaces: tuple[str, ...] | None

    @classmethod
    def of(cls, item: Digest) -> Self:
        """The glance at a statement made ready for comparison."""
        statement = item.statement
        doers = item.doers if statement.kind == "quantity" else frozenset[str]()
        return cls(statement.doc_id, statement.kind, item.deed, doers, stated(statement), item.surfaces)

    @classmethod
    def read(cls, text: str) -> Self:
        """The glance that `told` wrote."""
        doc_id, kind, deed, doers, figure, surfaces = json.loads(text)
        named = None if surfaces is None else tuple(surfaces)
        return cls(doc_id, kind, deed, frozenset(doers), figure and Figure(*figure), named)

    @property
    def told(self) -> str:
        """The glance as text."""
        figure = self.figure and (self.figure.low, self.figure.high, self.figure.open_ended)
        told = (self.doc_id, self.kind, self.deed, sorted(self.doers), figure, self.surfaces)
        return json.dumps(told, ensure_ascii=False, separators=(",", ":"))

    def rules_out(self, other: Glance) -> bool:
        """Whether the two are certainly not the same: what bars them from it shows."""
        if self.doc_id == other.doc_id:
            return False
        if self.kind != other.kind:
            return True
        if self.kind == "event":
            return self.deed != other.deed and not _near({self.deed, other.deed})
        if self.kind == "quantity":
            if self.figure is None or other.figure is None:
                return True
            if self.doers and other.doers and self.doers.isdisjoint(other.doers):
                return True
            apart = spread(self.figure, other.figure)
            return apart is not None and apart > TOO_FAR
        return False


def _near(deeds: set[str]) -> bool:
    lists = reconciling()
    return deeds == {lists.meeting.type, lists.meeting.announced} or any(
        deeds <= group for group in lists.near_types
    )
