"""A page becomes a document: its reading text, labelled, dated, credited."""

from __future__ import annotations

from collections.abc import Sequence

from communique.domain.lexicon.layout import layout
from communique.domain.load import Domain
from communique.errors import Problem
from communique.model import Document, Page
from communique.read.clean import regions
from communique.read.dating import publication
from communique.read.decoding import declared_charset, decode
from communique.read.language import language
from communique.read.lines import fold
from communique.read.markup import Reading, read_markup
from communique.read.publisher import agency_of, publisher_of
from communique.read.sizes import too_long, too_marked_up
from communique.text import Region, labelled


def to_document(page: Page, domain: Domain) -> Document | Problem:
    """The document of a page, or the `Problem` that keeps it from being one. Never raises for any bytes.

    The text of a plain-text page is exactly the decoded page; that of an HTML page is title, byline
    and the paragraphs of the article, one a line.
    """
    cues = layout(domain)
    meta = dict(page.meta)
    url = page.url
    charset = meta.get("charset")
    if page.media_type == "text/html":
        source = decode(page.content, charset or declared_charset(page.content))
        if wrong := too_marked_up(source):
            return Problem(page.path, "", wrong)
        reading = read_markup(source, url)
        text = _text_of(reading, meta)
        url = url or reading.url
        found = {"publisher": reading.publisher, "author": reading.author, "marked": reading.published,
                 "title": reading.title, "language": reading.language}  # fmt: skip
        meta = {key: value for key, value in found.items() if value} | meta
    else:
        text = decode(page.content, charset)
    if not text.strip():
        return Problem(page.path, "", "holds no text; save the page again, with its text")
    if wrong := too_long(text):
        return Problem(page.path, "", wrong)
    spoken = language(text, cues) or _given_language(meta)
    labels = regions(text, cues, meta.get("title"), spoken in (None, "en"))
    return Document(
        page.doc_id,
        page.path,
        url,
        page.sha256,
        _title(text, labels, meta),
        publisher_of(text, labels, meta, url, domain),
        agency_of(text, labels, meta, url, domain, cues),
        spoken,
        publication(text, labels, meta, url, domain),
        text,
        labels,
    )


def _text_of(reading: Reading, meta: dict[str, str]) -> str:
    """Title, byline and article, one a line, nothing twice."""
    title = reading.title or meta.get("title")
    body: Sequence[str] = reading.paragraphs
    head = [title] if title and not (body and fold(body[0]) == fold(title)) else []
    if reading.author and not any(fold(reading.author) in fold(line) for line in body[:3]):
        head.append(f"By {reading.author}")
    return "\n".join([*head, *body]) if body else ""


def _given_language(meta: dict[str, str]) -> str | None:
    """What carrier or markup say, as far as it is a language code ("en-GB" → "en")."""
    code = meta.get("language", "").strip().lower().replace("_", "-").split("-")[0]
    return code if len(code) == 2 and code.isalpha() else None


def _title(text: str, labels: Sequence[Region], meta: dict[str, str]) -> str | None:
    for region in labelled(labels, "title"):
        return " ".join(text[region.start : region.end].split())
    return meta.get("title") or None
