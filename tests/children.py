"""Child processes for tests, and ledgers that several of them fill."""

from __future__ import annotations

import os
from collections.abc import Callable

from communique.ledger.store import Ledger
from communique.ledger.writing import Entry


def in_child(work: Callable[[int], None]) -> tuple[int, int]:
    """Runs `work` with the writing end of a pipe in a child; gives its id and the reading end."""
    out, into = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(out)
        try:
            work(into)
        finally:
            os._exit(0)
    os.close(into)
    return child, out


def reported(out: int) -> list[str]:
    """The lines a child wrote whole before it ended."""
    with os.fdopen(out, "rb") as pipe:
        return pipe.read().decode().rpartition("\n")[0].split()


def add_and_report(location: str, numbers: range, numbered: Callable[..., Entry]) -> Callable[[int], None]:
    """Work for a child: to store pages one by one, and to report each that is stored."""

    def work(into: int) -> None:
        with Ledger.open(location, create=True) as ledger:
            for number in numbers:
                entry = numbered(number, 8)
                ledger.add([entry])
                os.write(into, f"{entry.document.doc_id}\n".encode())

    return work
