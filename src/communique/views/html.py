"""A view as HTML: one page that needs nothing from anywhere else, runs nothing and asks for nothing."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from communique.views.links import Links, Nowhere
from communique.views.page import View, Words
from communique.views.pictures.svg import Picture
from communique.views.terminal import credit, plain
from communique.views.wording import counted

TEMPLATES = Path(__file__).parent / "templates"

SHEETS = ("colours.css", "pictures.css", "style.css")
"""The style of a page, in order; a picture on its own has the first two."""


def as_html(
    view: View,
    *,
    links: Links | None = None,
    contents: Sequence[tuple[str, str]] = (),
    current: str = "",
    picture: Picture | None = None,
) -> str:
    """The view as one HTML page.

    `links` gives addresses where things can be opened; `contents` are titles and addresses of the pages
    beside this one, which is at `current`. Page text is always escaped.
    """
    return rendered(
        "view.html", view=view, links=links or Nowhere(), contents=contents, current=current, picture=picture
    )


def rendered(template: str, *, rules: str = "", **values: Any) -> str:
    """A template filled, with its style and the policy that allows this style alone."""
    style = Markup(style_sheet() + rules)
    digest = b64encode(hashlib.sha256(str(style).encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    head = Markup(
        '<meta http-equiv="Content-Security-Policy" content="{}">\n'
        '<meta name="referrer" content="no-referrer">\n<style>{}</style>'
    ).format(policy, style)
    return environment().get_template(template).render(head=head, site=None, tools=None, **values)


def parts(words: Words) -> list[tuple[str, bool]]:
    """The text of some words cut at its marks: (text, whether it is set off).

    >>> from communique.text import Span
    >>> parts(Words("a b", "d", 1, 0, 3, marks=(Span(2, 3),)))
    [('a ', False), ('b', True)]
    """
    found, at = [], 0
    for mark in words.marks:
        found += [(words.text[at : mark.start], False), (mark.of(words.text), True)]
        at = mark.end
    return [(text, on) for text, on in [*found, (words.text[at:], False)] if text]


@cache
def style_sheet(*names: str) -> str:
    """The style of all pages, or the sheets named."""
    return "".join((TEMPLATES / name).read_text("utf-8") for name in names or SHEETS)


@cache
def environment() -> Environment:
    """The templates, every value escaped."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["plain"] = plain
    made.globals.update(counted=counted, credit=credit, parts=parts)
    return made
