"""The commands, gathered; each module adds its own."""

from __future__ import annotations

from typing import Annotated

import typer

import communique

app = typer.Typer(
    name="communique",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Example: communique build pages/ --ledger pages.ledger && communique brief Japan --ledger pages.ledger",
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"communique {communique.__version__}")
        raise typer.Exit


@app.callback()
def communique_(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Reads press pages and keeps a ledger of what states do, promise, say and spend, word for word."""


def _gather() -> None:
    from communique.cli import asking, building, tagging

    for module in (building, asking, tagging):
        module.add(app)


_gather()
