"""What the app serves from: the ledger, the domain data, and what was worked out of them already."""

from __future__ import annotations

import gc
from collections import OrderedDict
from collections.abc import Callable
from secrets import token_hex
from threading import RLock
from typing import Any, Generic, TypeVar

from communique.domain.load import Domain
from communique.ledger.changes import count
from communique.ledger.store import Ledger
from communique.views.selection import Material
from communique.web.asked import Asked, Narrowed, selection
from communique.web.snapshot import Snapshot

T = TypeVar("T")

KEPT = 64
"""What is kept in memory unless told otherwise."""


class Recent(Generic[T]):
    """What was made last, by what it was made of."""

    def __init__(self, most: int = KEPT) -> None:
        self._most, self._held = most, OrderedDict[Any, T]()

    def get(self, key: object, make: Callable[[], T]) -> T:
        """What belongs to a key, made if it is not there."""
        if key in self._held:
            self._held.move_to_end(key)
            return self._held[key]
        made = make()
        self._held[key] = made
        while len(self._held) > self._most:
            self._held.popitem(last=False)
        return made

    def clear(self) -> None:
        """Forgets everything."""
        self._held.clear()


class Shelf:
    """A ledger that is served; all that is worked out of it is forgotten when it changes."""

    def __init__(self, ledger: Ledger, domain: Domain) -> None:
        self.ledger, self.domain = ledger, domain
        self.lock = RLock()
        self._run = token_hex(4)
        self._seen = self._now()
        self._snapshot = Snapshot(ledger)
        self._materials: Recent[Material] = Recent(16)
        self.made: Recent[Any] = Recent(96)

    @property
    def title(self) -> str:
        """What the ledger is called, in short."""
        return self.ledger.name.rstrip("/").rpartition("/")[2] or self.ledger.name

    def _now(self) -> int:
        """How often the ledger was written to."""
        with self.ledger.reading() as connection:
            return count(connection)

    def snapshot(self) -> Snapshot:
        """The ledger as it is now."""
        with self.lock:
            if (now := self._now()) != self._seen:
                self._seen = now
                self._snapshot = Snapshot(self.ledger)
                self._materials.clear()
                self.made.clear()
            return self._snapshot

    def version(self) -> str:
        """Another text whenever the ledger is another, or another run of the app serves it."""
        self.snapshot()
        return f"{self._run}-{self._seen}"

    def material(self, one: Asked, *, all: bool = False) -> Material:
        """The part of the ledger that is asked for. Raises `UsageError`."""
        with self.lock:
            snapshot = self.snapshot()

            def make() -> Material:
                return Narrowed(
                    snapshot,
                    selection(one, snapshot, self.domain, snapshot.names if one.actors else {}, all=all),
                    self.domain,
                    frozenset(one.types),
                    frozenset(one.factualities),
                )

            return self._materials.get((one.filters, all), make)

    def warm(self) -> None:
        """Reads the ledger once, so that the first page is quick."""
        with self.lock:
            material = self.material(Asked())
            len(material.facts), len(material.references)
            gc.freeze()  # a ledger in memory is no garbage, and walking it takes longer than making a page
