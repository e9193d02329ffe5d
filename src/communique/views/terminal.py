"""A view on the terminal."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from communique.views.page import Line, Reference, Section, View, Words
from communique.views.wording import counted

_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""What could steer a terminal or turn the order of letters round."""


def on_terminal(view: View) -> RenderableType:
    """The view as rich renders it; whatever comes from a page is text, never markup or control."""
    head: list[RenderableType] = [Text(plain(view.title), style="bold")]
    head += [Text(plain(told), style="dim") for told in view.about]
    body = [part for section in view.sections for part in _section(section)]
    return Group(*head, *body, *(_pages(view.pages) if view.pages else ()))


def show(view: View, console: Console) -> None:
    """Prints the view."""
    console.print(on_terminal(view))


def as_text(view: View, width: int = 110) -> str:
    """The view as plain text, without colour."""
    out = io.StringIO()
    console = Console(file=out, width=width, color_system=None, force_terminal=False, highlight=False)
    console.print(on_terminal(view))
    return "".join(line.rstrip() + "\n" for line in out.getvalue().splitlines())


def plain(text: str) -> str:
    """A page's words on one line, without what could steer a terminal.

    >>> plain("a\\x1b[2Jb\\nc")
    'a�[2Jb c'
    """
    return _UNSAFE.sub("\ufffd", " ".join(text.split()))


def _section(section: Section) -> Iterator[RenderableType]:
    yield Text()
    title = Text(plain(section.title).upper(), style="bold cyan")
    if section.note:
        title.append(f"  {plain(section.note)}", style="not bold dim")
    yield title
    if section.lines:
        yield (_matrix if section.columns else _table)(section)
    elif section.empty:
        yield Text(f"  {section.empty}", style="dim")
    if section.more:
        yield Text(f"  {section.more:,} more: --all", style="dim italic")


def _table(section: Section) -> Table:
    dated = any(line.when for line in section.lines)
    table = Table.grid(padding=(0, 2, 0, 0), expand=True)
    table.add_column(width=2)
    if dated:
        table.add_column(min_width=12, max_width=20, style="green")
    table.add_column(ratio=1)
    table.add_column(justify="right", max_width=28, style="dim")
    for line in section.lines:
        day = [Text(plain(line.when))] if dated else []
        table.add_row("", *day, _told(line), _support(line))
    return table


def _told(line: Line) -> RenderableType:
    head = Text()
    if line.undone:
        head.append(f"{line.undone.upper()} ", style="yellow")
    head.append(plain(line.what), style="bold")
    if line.value:
        head.append(("  " if line.what else "") + plain(line.value), style="magenta")
    parts: list[RenderableType] = [head] if head.plain.strip() else []
    if line.words:
        parts.append(_quoted(line.words))
    if line.note:
        parts.append(Text(plain(line.note), style="dim italic"))
    return Group(*parts)


def _quoted(words: Words) -> Text:
    text = Text("“")
    at = 0
    for mark in words.marks:
        text.append(plain_part(words.text[at : mark.start]), style="dim")
        text.append(plain_part(mark.of(words.text)))
        at = mark.end
    text.append(plain_part(words.text[at:]), style="dim" if words.marks else "")
    text.append("”")
    return text


def plain_part(text: str) -> str:
    """As `plain`, for a piece of a text: spaces at its ends are kept.

    >>> plain_part(" a\\nb ")
    ' a b '
    """
    return _UNSAFE.sub("\ufffd", re.sub(r"\s+", " ", text))


def _support(line: Line) -> Text:
    if not line.origins and not line.pages:
        return Text()
    text = Text(counted(len(line.origins), "origin") if line.origins else "")
    shown = list(line.pages[:8])
    more = " …" if len(line.pages) > len(shown) else ""
    if shown:
        text.append(f" [{' '.join(map(str, shown))}{more}]")
    if len(line.origins) <= 3 and line.origins:
        text.append("\n" + ", ".join(plain(name) for name in line.origins))
    return text


def _matrix(section: Section) -> RenderableType:
    letters = [chr(ord("A") + place) for place in range(len(section.columns))]
    legend = Text(
        "  " + ",  ".join(f"{a} {plain(name)}" for a, name in zip(letters, section.columns, strict=True))
    )
    table = Table.grid(padding=(0, 1, 0, 0), expand=True)
    table.add_column(width=1)
    for _ in letters:
        table.add_column(width=1)
    table.add_column(width=1)
    table.add_column(ratio=1)
    table.add_row("", *(Text(a, style="bold") for a in letters), "", "")
    for line in section.lines:
        table.add_row("", *line.cells, "", _told(line))
    return Group(legend, table)


def _pages(pages: tuple[Reference, ...]) -> Iterator[RenderableType]:
    yield Text()
    yield Text("PAGES", style="bold cyan")
    table = Table.grid(padding=(0, 2, 0, 0), expand=True)
    table.add_column(justify="right", min_width=5)
    table.add_column(min_width=11, max_width=20, style="green")
    table.add_column(ratio=1)
    for page in pages:
        table.add_row(f"[{page.number}]", page.published, _reference(page))
    yield Padding(table, 0)


def _reference(page: Reference) -> Text:
    text = Text(plain(page.title or "(no title)"))
    text.append("  " + plain(credit(page)), style="dim")
    text.append(f"\n{plain(page.path)}", style="dim")
    if page.grounds:
        text.append(f"  dated by: {plain(page.grounds)}", style="dim")
    return text


def credit(page: Reference) -> str:
    """Publisher and agency of a page."""
    agency = f"({page.agency})" if page.agency else ""
    return " ".join(part for part in (page.publisher or "", agency) if part) or "publisher unknown"
