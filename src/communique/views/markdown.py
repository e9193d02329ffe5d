"""A view as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from communique.views.page import Line, Section, View
from communique.views.terminal import credit, plain
from communique.views.wording import counted

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+!|~$&-])")
_LEADING_NUMBER = re.compile(r"^(\d+)([.)])")


def as_markdown(view: View) -> str:
    """The view as Markdown; whatever comes from a page is text, never mark-up or HTML."""
    return "\n".join(_lines(view)) + "\n"


def escaped(text: str) -> str:
    """A page's words so that Markdown shows them as they are.

    >>> escaped("*a* <b>")
    '\\\\*a\\\\* \\\\<b\\\\>'
    """
    return _LEADING_NUMBER.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", plain(text)))


def _lines(view: View) -> Iterator[str]:
    yield f"# {escaped(view.title)}"
    yield ""
    for told in view.about:
        yield f"{escaped(told)}  "
    for section in view.sections:
        yield from _section(section)
    if view.pages:
        yield ""
        yield "## Pages"
        yield ""
        for page in view.pages:
            dated = f", dated by {escaped(page.grounds)}" if page.grounds else ""
            yield (
                f"- \\[{page.number}\\] {escaped(page.title or 'no title')}, {escaped(credit(page))}, "
                f"{escaped(page.published)}{dated}: {escaped(page.path)}"
            )


def _section(section: Section) -> Iterator[str]:
    yield ""
    yield f"## {escaped(section.title)}"
    yield ""
    if section.note:
        yield f"_{escaped(section.note)}_"
        yield ""
    if section.lines:
        yield from (_matrix(section) if section.columns else (_line(line) for line in section.lines))
    elif section.empty:
        yield escaped(section.empty)
    if section.more:
        yield ""
        yield f"_{section.more:,} more_"


def _line(line: Line) -> str:
    parts = []
    if line.when:
        parts.append(f"**{escaped(line.when)}**")
    if line.undone:
        parts.append(f"*{line.undone}*")
    parts += [escaped(part) for part in (line.what, line.value) if part]
    if line.words:
        parts.append(f"“{escaped(line.words.text)}”")
    if line.note:
        parts.append(f"({escaped(line.note)})")
    if line.origins:
        names = ", ".join(escaped(name) for name in line.origins)
        parts.append(f"{counted(len(line.origins), 'origin')}: {names}")
    if line.pages:
        parts.append("\\[" + " ".join(map(str, line.pages)) + "\\]")
    return "- " + " · ".join(parts)


def _matrix(section: Section) -> Iterator[str]:
    yield "| fact | " + " | ".join(escaped(name) for name in section.columns) + " |"
    yield "|---" * (len(section.columns) + 1) + "|"
    for line in section.lines:
        words = f" “{escaped(line.words.text)}”" if line.words else ""
        yield f"| {escaped(line.what)}{words} | " + " | ".join(line.cells) + " |"
