"""A view as HTML: one page that needs nothing from anywhere else, runs nothing and asks for nothing."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from communique.views.page import View, Words
from communique.views.terminal import credit, plain
from communique.views.wording import counted

TEMPLATES = Path(__file__).parent / "templates"


def as_html(
    view: View,
    *,
    link: Callable[[Words], str | None] = lambda words: None,
    page_link: Callable[[str], str | None] = lambda doc_id: None,
    contents: Sequence[tuple[str, str]] = (),
) -> str:
    """The view as one HTML page.

    `link` gives the address of some words, `page_link` that of a page, where there are such;
    `contents` are titles and addresses of the pages beside this one. Page text is always escaped.
    """
    return rendered("view.html", view=view, link=link, page_link=page_link, contents=contents)


def rendered(template: str, *, rules: str = "", **values: Any) -> str:
    """A template filled, with its style and the policy that allows this style alone."""
    style = Markup(_style() + rules)
    digest = b64encode(hashlib.sha256(str(style).encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return _environment().get_template(template).render(style=style, policy=policy, **values)


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
def _style() -> str:
    return (TEMPLATES / "style.css").read_text("utf-8")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["plain"] = plain
    environment.globals.update(counted=counted, credit=credit, parts=parts)
    return environment
