"""HTML to reading text: body and metadata by trafilatura, mended encodings, one paragraph a line."""

from __future__ import annotations

import html
import logging
import re
from collections.abc import Iterator
from configparser import ConfigParser
from dataclasses import dataclass
from typing import Any

import ftfy
import trafilatura
from ftfy.badness import is_bad
from trafilatura.settings import use_config

for _name in ("trafilatura", "htmldate", "courlan"):  # what they have to say is told as a `Problem`
    logging.getLogger(_name).setLevel(logging.CRITICAL + 1)

_PAGE = re.compile(r"<(?:html|body)[\s>]", re.IGNORECASE)
_PARAGRAPHS = frozenset(("p", "head", "item", "quote", "cell", "code", "ab"))
# fmt: off
_SKIPPED = frozenset((
    "script", "style", "noscript", "template", "svg", "nav", "footer", "aside", "form", "button", "iframe",
    "head", "select", "figcaption",
))
_BLOCKS = frozenset((
    "p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "tr", "br", "blockquote", "section",
    "article", "header", "main", "pre", "dd", "dt", "ul", "ol", "table", "body",
))
# fmt: on
_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff\u200b\ufeff\u00ad]"
)
_DATES = {
    "extensive_search": False,
    "original_date": True,
    "min_date": "1990-01-01",
    "max_date": "2099-12-31",
}
"""Only dates the markup states; an end far off, so that the answer does not hang on the day it is asked."""
_SHORT = 150  # characters of body below which a second, plainer reading is tried


@dataclass(frozen=True, slots=True)
class Reading:
    """What a marked-up page says: paragraphs of its article and its data about itself, as text."""

    paragraphs: tuple[str, ...]
    title: str | None
    author: str | None
    publisher: str | None
    published: str | None
    url: str | None
    language: str | None


def read_markup(source: str, url: str | None) -> Reading:
    """The article of an HTML page or fragment; without paragraphs if it holds no text. Never raises."""
    if not _PAGE.search(source):
        source = f"<html><body><article>{source}</article></body></html>"
    try:
        tree = trafilatura.load_html(source)
    except Exception:  # parsers of broken markup may fail in any way
        tree = None
    if tree is None:
        plain = html.unescape(re.sub(r"<[^>]*>", "\n", source))
        return Reading(tuple(_mended(plain.splitlines())), None, None, None, None, None, None)
    language = (tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or "")[:2].lower()
    plainly = list(_mended(_blocks(tree)))
    found = _extracted(tree, url)
    paragraphs = list(_mended(_body(found.body))) if found is not None and found.body is not None else []
    if sum(map(len, paragraphs)) < _SHORT or (len(paragraphs) == 1 and len(plainly) > 2):
        paragraphs = plainly
    return Reading(
        tuple(paragraphs),
        _one(getattr(found, "title", None)),
        _one(getattr(found, "author", None)),
        _one(getattr(found, "sitename", None)),
        _one(getattr(found, "date", None)),
        _one(getattr(found, "url", None)),
        language or None,
    )


def _extracted(tree: Any, url: str | None) -> Any:
    try:
        return trafilatura.bare_extraction(
            tree,
            url=url,
            include_comments=False,
            include_tables=True,
            with_metadata=True,
            date_extraction_params=dict(_DATES),
            config=_config(),
        )
    except Exception:  # as above
        return None


def _config() -> ConfigParser:
    config = use_config()
    config.set("DEFAULT", "MIN_EXTRACTED_SIZE", "100")
    return config


def _body(body: Any) -> Iterator[str]:
    """The text of each paragraph of trafilatura's tree, whatever lies between paragraphs included."""
    yield from _split(body, _PARAGRAPHS, frozenset())


def _blocks(tree: Any) -> Iterator[str]:
    """The text of each block of a page, without what is plainly no article."""
    yield from _split(tree, _BLOCKS, _SKIPPED)


def _split(root: Any, blocks: frozenset[str], skipped: frozenset[str]) -> Iterator[str]:
    held: list[str] = []
    breaks = object()
    stack: list[Any] = [root]
    while stack:
        node = stack.pop()
        if node is breaks:
            yield "".join(held)
            held.clear()
        elif isinstance(node, str):
            held.append(node)
        else:
            tail = node.tail if node is not root else None
            if not isinstance(node.tag, str) or node.tag in skipped:
                stack.extend([tail] if tail else [])
                continue
            is_block = node.tag in blocks or node.tag == "lb"
            parts = [node.text, *node]
            inner = [part for part in parts if part is not None]
            around = [breaks, *inner, breaks] if is_block else inner
            stack.extend(reversed([*around, *([tail] if tail else [])]))
    yield "".join(held)


def _mended(texts: Any) -> Iterator[str]:
    for text in texts:
        plain = str(text)
        if is_bad(plain):
            plain = ftfy.fix_encoding(plain)
        if kept := " ".join(_CONTROL.sub("", plain).split()):
            yield kept


def _one(value: object) -> str | None:
    return next(_mended([value]), None) if isinstance(value, str) else None
