"""The views by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from communique.domain.load import Domain
from communique.errors import UsageError
from communique.ledger.reading import Reader
from communique.views.brief import brief
from communique.views.coverage import coverage
from communique.views.disagreements import disagreements
from communique.views.figures import figures
from communique.views.network import network
from communique.views.page import View
from communique.views.pledges import pledges
from communique.views.quotes import quotes
from communique.views.selection import Material, Selection
from communique.views.tie import tie
from communique.views.timeline import timeline

VIEWS: Mapping[str, Callable[[Material], View]] = {
    "brief": brief,
    "timeline": timeline,
    "network": network,
    "tie": tie,
    "figures": figures,
    "quotes": quotes,
    "pledges": pledges,
    "disagreements": disagreements,
    "coverage": coverage,
}


def view(name: str, ledger: Reader, selection: Selection, domain: Domain) -> View:
    """The view of a ledger. Raises `UsageError` for an unknown view, `LedgerError`."""
    if name not in VIEWS:
        raise UsageError(f"there is no view {name!r}; use one of: {', '.join(VIEWS)}")
    material = Material(ledger, selection, domain)
    shown = VIEWS[name](material)
    return replace(shown, about=tuple(dict.fromkeys((*shown.about, *material.left_out))))
