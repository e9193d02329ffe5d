"""Small pages of our own, and what they say, to fill ledgers with: in a file and in a database."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from communique.ledger.store import Ledger
from communique.ledger.writing import Entry
from communique.model import Document, Page, Participant, Publication, Statement
from communique.text import Region

STATES = {
    "JPN": "Japan",
    "AUS": "Australia",
    "GBR": "Britain",
    "KOR": "South Korea",
    "USA": "The United States",
}


def make_entry(
    path: str,
    body: str,
    said: list[tuple[str, dict[str, Any]]] | None = None,
    *,
    title: str = "A headline",
    publisher: str | None = "the-gazette",
    agency: str | None = None,
    published: tuple[date, date] | None = (date(2023, 1, 10), date(2023, 1, 12)),
) -> Entry:
    """A page with a title and a body; `said` are quotes of the body with fields of their statements.

    `actors` may be given as "JPN GBR": all of them parties.
    """
    text = f"{title}\n\n{body}"
    page = Page(path, text.encode(), "text/plain")
    at = len(title) + 2
    document = Document(
        doc_id=page.doc_id,
        path=path,
        url=None,
        sha256=page.sha256,
        title=title,
        publisher=publisher,
        agency=agency,
        language="en",
        published=published and Publication(*published, None, "range", ()),
        text=text,
        regions=(Region(0, len(title), "title"), Region(at, len(text), "body")),
    )
    statements = []
    for quote, given in said or []:
        start = text.index(quote)
        fields = {"kind": "event", "type": "AGREE", "rule": "test", **given}
        fields["actors"] = tuple(
            Participant("party", code, STATES[code], "state", code, start, start + 1)
            for code in fields.get("actors", "JPN GBR").split()
        )
        statements.append(Statement(page.doc_id, start=start, end=start + len(quote), quote=quote, **fields))
    return Entry(page, document, tuple(statements))


def make_numbered(number: int, statements: int = 3) -> Entry:
    """One of as many different pages as are wanted."""
    sentences = [f"Japan and Britain signed paper {number}-{k} in London." for k in range(statements)]
    said = [(sentence, {}) for sentence in sentences]
    return make_entry(f"pages/{number}.txt", "\n".join(sentences), said, title=f"Paper {number}")


@pytest.fixture(scope="session")
def entry() -> Callable[..., Entry]:
    return make_entry


@pytest.fixture(scope="session")
def numbered() -> Callable[..., Entry]:
    return make_numbered


@pytest.fixture
def ledger(place: Callable[[str], str]) -> Iterator[Ledger]:
    """An empty ledger; every test that uses it runs with a file and with a database."""
    with Ledger.open(place("pages"), create=True) as ledger:
        yield ledger


@pytest.fixture
def file_ledger(tmp_path: Path) -> Iterator[Ledger]:
    """An empty ledger in a file."""
    with Ledger.open(tmp_path / "pages.ledger", create=True) as ledger:
        yield ledger


@pytest.fixture
def humble() -> Iterator[Path]:
    """A folder of one's own, as a user whom permissions bind (root becomes nobody for the test)."""
    folder = Path(tempfile.mkdtemp())
    root = os.geteuid() == 0
    if root:
        os.chown(folder, 65534, 65534)
        os.seteuid(65534)
    try:
        yield folder
    finally:
        if root:
            os.seteuid(0)
        folder.chmod(0o700)
        shutil.rmtree(folder)
