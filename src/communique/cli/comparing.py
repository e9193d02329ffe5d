"""The command that holds pages against a ledger: new."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import Annotated

import typer

from communique.cli.asking import known_day, show
from communique.cli.options import All, AsOf, DataFolders, Format, LedgerFile, Output, ViewFormat, domain
from communique.cli.output import tell


def add(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("new", epilog="Example: communique new today.html --ledger pages.ledger --format markdown")(
        new
    )


def new(
    pages: Annotated[
        list[str],
        typer.Argument(
            metavar="PAGE...",
            help="Files or folders; - for standard input; or the path or identifier of a page of the ledger.",
        ),
    ],
    ledger: LedgerFile,
    as_of: AsOf = None,
    format: ViewFormat = Format.text,
    all: All = False,
    output: Output = None,
    data: DataFolders = None,
) -> None:
    """Tell what pages add to a ledger, repeat and contradict, before or after they are added.

    Nothing is written to the ledger. Of several pages, what only they tell is new.
    """
    from communique.alongside import alongside
    from communique.ledger.store import Ledger
    from communique.views.new import new as view
    from communique.views.selection import Material, Selection

    world = domain(data)
    day = known_day(as_of)
    with Ledger.open(ledger) as opened:
        stdin = sys.stdin.buffer if "-" in pages else None
        found = alongside(pages, opened, world, stdin=stdin, as_of=day)
        for problem in found.problems:
            tell(str(problem))
        shown = view(Material(found.reader, Selection(all=all), world), found.doc_ids, found.stored)
        shown = replace(shown, about=(*shown.about, *found.left_out))
    show(shown, format, output)
