"""A page as it is read: its whole text, cut where regions and statements begin and end."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import urlsplit

from communique.model import Document, Statement
from communique.views.selection import Material
from communique.views.wording import amount, days, who


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a page in which nothing begins or ends; `begins` are the statements that begin with it.

    `address` leads to what the innermost statement there says.
    """

    text: str
    classes: tuple[str, ...]
    begins: tuple[str, ...]
    address: str | None = None


def pieces(
    document: Document,
    said: list[Statement],
    address: Callable[[str], str | None] = lambda statement_id: f"#r-{statement_id}",
    at: str = "",
) -> Iterator[Piece]:
    """The whole text of a page; the pieces of the statement `at` are set off.

    `address` gives where the words of a statement lead.
    """
    length = len(document.text)
    edges = {0, length}
    for start, end in [(r.start, r.end) for r in document.regions] + [(s.start, s.end) for s in said]:
        edges |= {min(start, length), min(end, length)}
    named = [(s, s.statement_id) for s in said]
    for start, end in pairwise(sorted(edges)):
        labels = [region.label for region in document.regions if region.start <= start < region.end]
        inside = [(s, i) for s, i in named if s.start <= start < s.end]
        classes = [*labels, *(["said"] if inside else []), *(f"in-{i}" for _, i in inside)]
        if any(i == at for _, i in inside):
            classes.append("at")
        begins = tuple(i for s, i in inside if s.start == start)
        innermost = min(inside, key=lambda pair: (pair[0].end - pair[0].start, pair[1]), default=None)
        leads = address(innermost[1]) if innermost else None
        yield Piece(document.text[start:end], tuple(dict.fromkeys(classes)), begins, leads)


def said_row(
    statement: Statement, material: Material, words: str, fact: str | None
) -> Mapping[str, str | None]:
    """What one statement says, for the list beside the text; `words` and `fact` are addresses."""
    quantity = statement.quantity
    told = who(statement) or " ".join(statement.quote.split())[:80]
    if statement.words:
        told += f": “{_cut(statement.words)}”"
    if quantity:
        told += f": {amount(quantity)}"
    return {
        "id": statement.statement_id,
        "kind": statement.kind,
        "type": statement.type or statement.office or (quantity.measure if quantity else ""),
        "what": told,
        "when": days(statement.when) if statement.when else "",
        "factuality": statement.factuality,
        "origin": material.origin(statement.origin) if statement.origin else "",
        "words": words,
        "fact": fact,
    }


def _cut(words: str, most: int = 90) -> str:
    told = " ".join(words.split())
    return told if len(told) <= most else told[: most - 1].rstrip() + "…"


def outside(address: str) -> bool:
    """Whether an address of a page may be made a link: only the web's own, with a host.

    >>> outside("https://example.org/a"), outside("javascript:alert(1)"), outside("https:alert")
    (True, False, False)
    """
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)
