"""Whose voice a document or statement is: support counts these, not pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from communique.model import Document, Family, Statement


def origins(
    documents: Sequence[Document], families: Sequence[Family], publishers: Mapping[str, str | None]
) -> dict[str, str]:
    """The independent voice of each document.

    Surest first: the agency it credits; an agency credited by a copy of it; the earliest publisher among
    its copies (by its group, where `publishers` gives one); else the text itself, named after its first
    page. A text printed by two publishers without credit is one voice, that of the earlier.
    """
    known = {document.doc_id: document for document in documents}
    placed = {i for family in families for i in family.doc_ids}
    texts = [family.doc_ids for family in families]
    texts += [(i,) for i in sorted(known) if i not in placed]
    found = {}
    for doc_ids in texts:
        copies = sorted((known[i] for i in doc_ids if i in known), key=_earliest)
        agency = next((copy.agency for copy in copies if copy.agency), None)
        publisher = next((copy.publisher for copy in copies if copy.publisher), None)
        if publisher:
            publisher = publishers.get(publisher) or publisher
        for copy in copies:
            found[copy.doc_id] = copy.agency or agency or publisher or f"page {min(doc_ids)[:8]}"
    return found


def voiced(statements: Iterable[Statement], origins: Mapping[str, str]) -> list[Statement]:
    """The statements with their origin: the one the text names ("as quoted by ..."), else their page's."""
    return [
        statement
        if statement.origin
        else statement.said_by(origins.get(statement.doc_id) or f"page {statement.doc_id[:8]}")
        for statement in statements
    ]


def _earliest(document: Document) -> tuple[date, date, str]:
    published = document.published
    if published is None:
        return date.max, date.max, document.doc_id
    return published.earliest, published.latest, document.doc_id
