"""RSS and Atom: each entry is a page."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator
from typing import Any

from communique.errors import Problem
from communique.model import Page

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    import feedparser

_MARKUP = re.compile(r"<[a-zA-Z][^>]*>")


def from_feed(content: bytes, path: str) -> Iterator[Page | Problem]:
    """The entries of a feed, with the feed's title as their publisher."""
    try:
        feed: Any = feedparser.parse(io.BytesIO(content))  # a stream: text could be taken for an address
    except Exception as error:  # a parser of broken markup may fail in any way
        yield Problem(path, "", f"is not a feed that can be read ({type(error).__name__}); save it again")
        return
    if not feed.entries:
        yield Problem(path, "", "is a feed without entries, or a broken one; save it again")
        return
    for number, entry in enumerate(feed.entries, 1):
        text = _text(entry)
        if not text.strip():
            yield Problem(path, f"entry {number}", "has no text; the feed only links to the page")
            continue
        found = {
            "title": _MARKUP.sub("", entry.get("title", "")),
            "published": entry.get("published") or entry.get("updated") or "",
            "publisher": (entry.get("source") or {}).get("title") or feed.feed.get("title", ""),
            "language": feed.feed.get("language", ""),
        }
        meta = {key: value.strip() for key, value in found.items() if value and value.strip()}
        kind = "text/html" if _MARKUP.search(text) else "text/plain"
        yield Page(
            f"{path}#{number}",
            text.replace("\0", "").encode("utf-8", "replace"),
            kind,
            entry.get("link") or None,
            meta | {"charset": "utf-8"},
        )


def _text(entry: Any) -> str:
    """The fullest of what the entry gives of the page."""
    texts = [str(part.get("value") or "") for part in entry.get("content", [])]
    texts.append(str(entry.get("summary") or ""))
    return max(texts, key=len)
