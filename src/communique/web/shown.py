"""The views of the app by the name in their address, and how each is worked out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from communique.errors import LedgerError, UsageError
from communique.views.actor import actor
from communique.views.atlas import atlas
from communique.views.catalogue import VIEWS
from communique.views.doubts import review
from communique.views.found import found
from communique.views.overview import listing, overview, page_lines
from communique.views.page import View
from communique.views.pair import pair
from communique.views.selection import Material
from communique.views.stories import stories, story
from communique.views.why import why
from communique.web.asked import PAGE, Asked
from communique.web.shelf import Shelf

FOUND = 20
"""Places a page of a search shows."""

MOST_FOUND = 400
"""Places a search goes through at most."""


def pages(material: Material) -> View:
    """All pages, the newest first."""
    return listing("pages", "Pages", page_lines(material), material)


LISTS: Mapping[str, Callable[[Material], View]] = {
    **VIEWS,
    "overview": overview,
    "tie": pair,
    "map": atlas,
    "stories": stories,
    "actors": actor,
    "pages": pages,
    "review": review,
}
"""Views of a selection."""

SINGLE = ("actor", "story", "why")
"""Views of one thing, whose identifier stands in the address."""


class NotHereError(UsageError):
    """What an address names is not there."""


def shown(shelf: Shelf, name: str, identifier: str, one: Asked, *, all: bool = False) -> View:
    """A view as it is asked for. Raises `NotHereError`, `UsageError`, `LedgerError`."""

    def make() -> View:
        if name == "search":
            most = MOST_FOUND if all else min(one.page * FOUND, MOST_FOUND) + 1
            return found(shelf.snapshot(), one.words, shelf.domain, most)
        if name == "why":
            return why(shelf.snapshot(), identifier, shelf.domain)
        if name == "story":
            return story(shelf.material(one, all=all), identifier)
        if name == "actor":
            return actor(shelf.material(_of_actor(shelf, identifier, one), all=all))
        if name not in LISTS:
            raise NotHereError(f"there is no view {name!r}")
        return LISTS[name](shelf.material(one if name != "actors" else replace(one, actors=()), all=all))

    key = ("view", name, identifier, one.filters, one.words, one.page if name == "search" else 0, all)
    with shelf.lock:
        shelf.snapshot()
        try:
            return shelf.made.get(key, make)  # type: ignore[no-any-return]
        except LedgerError as error:
            if name in SINGLE:
                raise NotHereError(str(error).removeprefix(f"{shelf.ledger.name}: ")) from None
            raise


def _of_actor(shelf: Shelf, identifier: str, one: Asked) -> Asked:
    known = shelf.snapshot().names
    domain = shelf.domain
    if identifier not in known and not any(
        identifier in table for table in (domain.states, domain.bodies, domain.people, domain.organs)
    ):
        raise NotHereError(f"there is no actor {identifier!r}; see the list of actors")
    return replace(one, actors=(identifier,))


def material_of(shelf: Shelf, name: str, identifier: str, one: Asked) -> Material:
    """What the picture of a view is drawn from."""
    return shelf.material(_of_actor(shelf, identifier, one) if name == "actor" else one)


def section_of(shelf: Shelf, name: str, identifier: str, one: Asked) -> tuple[View, int]:
    """One section of a view, a page of it, and how many pages it has."""
    whole = shown(shelf, name, identifier, one, all=True)
    if one.section is None or one.section >= len(whole.sections):
        raise NotHereError("there is no such section of this view")
    section = whole.sections[one.section]
    count = max(-(-len(section.lines) // PAGE), 1)
    if one.page > count:
        raise NotHereError(f"there are only {count} pages of this")
    lines = section.lines[(one.page - 1) * PAGE : one.page * PAGE]
    return replace(whole, sections=(replace(section, lines=lines, more=0),)).citing(whole.pages), count
