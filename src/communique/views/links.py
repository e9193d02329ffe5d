"""Where things shown can be opened: in the app, in a folder of pages, or nowhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from communique.views.page import Words


class Links(Protocol):
    """Addresses; None where a thing cannot be opened."""

    def words(self, words: Words) -> str | None:
        """Where some words stand in their page."""

    def fact(self, fact_id: str) -> str | None:
        """The grounds of a fact."""

    def opens(self, noun: str, identifier: str) -> str | None:
        """An actor, a story or a page."""

    def pair(self, one: str, other: str) -> str | None:
        """What two actors have to do with each other."""

    def period(self, first: date, last: date) -> str | None:
        """What is shown now, between two days."""


@dataclass(frozen=True, slots=True)
class Nowhere:
    """A page on its own, without anything beside it."""

    def words(self, words: Words) -> str | None:
        """Nowhere."""
        return None

    def fact(self, fact_id: str) -> str | None:
        """Nowhere."""
        return None

    def opens(self, noun: str, identifier: str) -> str | None:
        """Nowhere."""
        return None

    def pair(self, one: str, other: str) -> str | None:
        """Nowhere."""
        return None

    def period(self, first: date, last: date) -> str | None:
        """Nowhere."""
        return None


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of pages that opens from disk; `facts` gives the words that tell each fact best.

    `files` gives the names of the files that open something, by noun and identifier.
    """

    facts: Mapping[str, tuple[str, str]]
    files: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def words(self, words: Words) -> str | None:
        """The page, at the statement."""
        return document_page(words.doc_id) + (f"#s-{words.statement_id}" if words.statement_id else "")

    def fact(self, fact_id: str) -> str | None:
        """The page that tells it best, at its statement."""
        if fact_id not in self.facts:
            return None
        doc_id, statement_id = self.facts[fact_id]
        return f"{document_page(doc_id)}#s-{statement_id}"

    def opens(self, noun: str, identifier: str) -> str | None:
        """Its file, if the folder has one."""
        return document_page(identifier) if noun == "page" else self.files.get((noun, identifier))

    def pair(self, one: str, other: str) -> str | None:
        """The file of two, if the folder has one."""
        return self.files.get(("pair", " ".join(sorted((one, other)))))

    def period(self, first: date, last: date) -> str | None:
        """Nowhere: a folder shows all."""
        return None


def document_page(doc_id: str) -> str:
    """The name of the file that shows a page."""
    return f"doc-{doc_id}.html"
