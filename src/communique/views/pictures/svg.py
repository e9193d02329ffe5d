"""Elements of SVG: text is always escaped, numbers are short, and a picture can stand alone as a file."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup, escape

from communique.views.terminal import plain

_INVALID = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing: what is in it, its size in its own units, and what it shows in a sentence.

    `span` are the first and last day of its axis, if it has one.
    """

    name: str
    title: str
    width: float
    height: float
    content: Markup
    span: tuple[date, date] | None = None

    def inline(self) -> Markup:
        """The picture as part of a page, to be styled by it."""
        return self._svg(Markup(""))

    def standalone(self, style: str) -> str:
        """The picture as a file of its own, with its style in it."""
        sheet = Markup("<style>{}</style>").format(Markup(style))
        return '<?xml version="1.0" encoding="UTF-8"?>\n' + str(self._svg(sheet)) + "\n"

    def _svg(self, head: Markup) -> Markup:
        return element(
            "svg",
            element("title", self.title),
            head,
            self.content,
            xmlns="http://www.w3.org/2000/svg",
            viewBox=f"0 0 {number(self.width)} {number(self.height)}",
            width=self.width,
            height=self.height,
            class_=f"picture {self.name}",
            role="group",
            aria_label=self.title,
        )


def element(name: str, *children: str | Markup, **attributes: str | float | None) -> Markup:
    """An element; names of attributes are written with `_` for `-`, and `class_` for `class`.

    >>> element("text", "a < b", x=1.25, class_="day")
    Markup('<text x="1.25" class="day">a &lt; b</text>')
    """
    told = "".join(
        f' {_attribute(key)}="{escape(_value(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    inside = "".join(
        str(escape(clean(child) if not isinstance(child, Markup) else child)) for child in children
    )
    return Markup(f"<{name}{told}>{inside}</{name}>")


def group(children: Iterable[Markup], **attributes: str | float | None) -> Markup:
    """Elements together."""
    return element("g", *children, **attributes)


def link(address: str | None, label: str, *children: Markup) -> Markup:
    """Elements that lead somewhere, under a name that is read out and shown when pointed at."""
    inside = (element("title", label), *children)
    if address is None:
        return element("g", *inside, role="img", aria_label=label)
    return element("a", *inside, href=address, aria_label=label)


def clean(text: str) -> str:
    """Text without what XML cannot hold or what could turn letters round."""
    return _INVALID.sub("\ufffd", plain(text))


def number(value: float) -> str:
    """A coordinate, no longer than it needs to be.

    >>> number(3.0), number(2.345)
    ('3', '2.35')
    """
    return f"{value:.2f}".rstrip("0").rstrip(".") or "0"


def _attribute(key: str) -> str:
    return key.rstrip("_").replace("_", "-") if key != "viewBox" else key


def _value(value: str | float | None) -> str:
    return clean(value) if isinstance(value, str) else number(float(value or 0))
