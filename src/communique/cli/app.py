"""The commands, gathered; each module adds its own."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from typer.core import TyperGroup

import communique
from communique.cli.output import silence, tell

STOPPED = 130
"""The exit code after an interruption, as shells have it."""


class Commands(TyperGroup):
    """The commands; one that is cut short ends without a traceback."""

    def invoke(self, ctx: Any) -> Any:
        """Runs the command that was called."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:  # who reads standard output has enough
            silence()
            raise typer.Exit(0) from None
        except KeyboardInterrupt:
            tell("communique: stopped")
            raise typer.Exit(STOPPED) from None


app = typer.Typer(
    name="communique",
    cls=Commands,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Example: communique build pages/ -l pages.ledger && communique brief NATO -l pages.ledger",
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
    from communique.cli import asking, building, comparing, judging, keeping, serving, tagging

    for module in (building, judging, keeping, asking, comparing, serving, tagging):
        module.add(app)


_gather()
