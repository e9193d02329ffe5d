"""Communiqué reads press pages and keeps a ledger of what states do, promise, say and spend.

    import communique

    with communique.open_ledger("pages.ledger", create=True) as ledger:
        communique.build(["pages"], ledger)
        for fact, said in ledger.evidence("event"):
            print(fact.when, said[0].quote)

Names are loaded when they are first used, so importing the package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from communique.errors import CommuniqueError, Problem
    from communique.ledger.store import Ledger
    from communique.model import (
        Actor,
        Disagreement,
        Document,
        Fact,
        Family,
        Interval,
        Page,
        Statement,
        Story,
    )
    from communique.pipeline import Summary, build
    from communique.text import Span

__version__ = "0.1.0"

_HOME = {
    "Actor": "model",
    "CommuniqueError": "errors",
    "Disagreement": "model",
    "Document": "model",
    "Fact": "model",
    "Family": "model",
    "Interval": "model",
    "Ledger": "ledger.store",
    "Page": "model",
    "Problem": "errors",
    "Span": "text",
    "Statement": "model",
    "Story": "model",
    "Summary": "pipeline",
    "build": "pipeline",
}

__all__ = [
    "Actor",
    "CommuniqueError",
    "Disagreement",
    "Document",
    "Fact",
    "Family",
    "Interval",
    "Ledger",
    "Page",
    "Problem",
    "Span",
    "Statement",
    "Story",
    "Summary",
    "build",
    "open_ledger",
]


def open_ledger(location: str | Path, *, create: bool = False) -> Ledger:
    """The ledger at `location`, with `create` made where there is none; best used in a `with` statement.

    Raises `LedgerError`.
    """
    from communique.ledger.store import Ledger

    return Ledger.open(location, create=create)


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
