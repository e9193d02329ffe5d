"""Where things are found in the app; these addresses stay what they are, so that they can be shared."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import quote

from communique.views.page import Words
from communique.web.asked import Asked

NOTHING = Asked()


@dataclass(frozen=True, slots=True)
class Addresses:
    """Addresses as seen from one page, which is at `path` and shows what is `asked`."""

    path: str = "/"
    asked: Asked = NOTHING

    def words(self, words: Words) -> str | None:
        """The page, at the statement, which is set off there."""
        return page(words.doc_id, words.statement_id)

    def fact(self, fact_id: str) -> str | None:
        """The grounds of a fact."""
        return f"/why/{quote(fact_id, safe='')}"

    def opens(self, noun: str, identifier: str) -> str | None:
        """An actor, a story or a page."""
        return f"/{noun}/{quote(identifier, safe='')}"

    def pair(self, one: str, other: str) -> str | None:
        """The tie of two actors, in the same period and of the same type."""
        return replace(self.asked.filters, actors=(one, other)).address("/tie")

    def period(self, first: date, last: date) -> str | None:
        """The same between two days."""
        return self.asked.address(
            self.path, since=first.isoformat(), until=last.isoformat(), page="", section=""
        )


def page(doc_id: str, statement_id: str | None = None) -> str:
    """Where a page is read, at a statement if one is given."""
    if statement_id is None:
        return f"/page/{quote(doc_id, safe='')}"
    name = quote(statement_id, safe="")
    return f"/page/{quote(doc_id, safe='')}?at={name}#s-{name}"


CONTENTS: tuple[tuple[str, str], ...] = (
    ("Overview", "/"),
    ("Brief", "/brief"),
    ("Timeline", "/timeline"),
    ("Tie", "/tie"),
    ("Network", "/network"),
    ("Map", "/map"),
    ("Figures", "/figures"),
    ("Quotes", "/quotes"),
    ("Pledges", "/pledges"),
    ("Disagreements", "/disagreements"),
    ("Coverage", "/coverage"),
    ("Stories", "/stories"),
    ("Actors", "/actors"),
    ("Pages", "/pages"),
    ("Review", "/review"),
)
"""The views as the app lists them, with their addresses."""
