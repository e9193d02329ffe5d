"""The files the pages of the app ask for: one style sheet and one script, named by what is in them."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from communique.views.html import style_sheet

_SCRIPT = Path(__file__).parent / "app.js"
TYPES = {"style.css": "text/css; charset=utf-8", "app.js": "text/javascript; charset=utf-8"}


@cache
def content(name: str) -> bytes:
    """A file by its name."""
    return style_sheet().encode() if name == "style.css" else _SCRIPT.read_bytes()


@cache
def address(name: str) -> str:
    """Where the app serves it: another address for another content, so that it may be kept for good."""
    return f"/assets/{hashlib.sha256(content(name)).hexdigest()[:12]}/{name}"
