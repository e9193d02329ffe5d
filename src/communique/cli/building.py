"""Commands that fill a ledger or look after it: build, judge, check."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from communique.cli.options import DataFolders, LedgerFile, Quiet, domain
from communique.cli.output import progress_console, tell

if TYPE_CHECKING:
    from communique.pipeline import Summary


def add(app: typer.Typer) -> None:
    """Adds the commands."""
    app.command("build", epilog="Example: communique build pages/ more.rss --ledger pages.ledger --strict")(
        build
    )
    app.command("check", epilog="Example: communique check --data my-data")(check)


def build(
    inputs: Annotated[
        list[str], typer.Argument(metavar="INPUT...", help="Files, folders, globs, or - for standard input.")
    ],
    ledger: LedgerFile,
    jobs: Annotated[
        int | None, typer.Option("--jobs", "-j", min=1, help="Processes. Default: one per core.")
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Exit 1 if any page was refused.")] = False,
    quiet: Quiet = False,
    model: Annotated[str | None, typer.Option("--model", help="A spaCy pipeline for English.")] = None,
    data: DataFolders = None,
) -> None:
    """Read pages into a ledger; pages that are there already are not read again."""
    from communique import pipeline
    from communique.ledger.store import Ledger
    from communique.parse.spacy import DEFAULT_MODEL

    with Ledger.open(ledger, create=True) as opened:
        try:
            with progressing(quiet) as progress:
                summary = pipeline.build(
                    inputs,
                    opened,
                    domain=domain(data),
                    model=model or DEFAULT_MODEL,
                    jobs=jobs,
                    stdin=sys.stdin.buffer if "-" in inputs else None,
                    progress=progress,
                )
        except KeyboardInterrupt:
            tell(f"communique: stopped; what was stored is kept in {opened.name}: run it again to go on")
            raise typer.Exit(130) from None
    for problem in summary.problems:
        tell(str(problem))
    if not quiet:
        tell(told(summary))
    if strict and summary.problems:
        raise typer.Exit(1)


@contextmanager
def progressing(quiet: bool) -> Iterator[Callable[[Summary], None]]:
    """What is shown while pages are read: a moving bar, on a terminal only."""
    if quiet or not sys.stderr.isatty():
        yield lambda summary: None
        return
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=progress_console(), transient=True) as bar:
        task = bar.add_task("reading", total=None)
        yield lambda summary: bar.update(
            task,
            description=f"{summary.read:,} pages read, {summary.added:,} stored, {summary.known:,} known",
        )


def told(summary: Summary) -> str:
    """What a build or rebuild did, in a line."""
    from communique.views.wording import counted

    done = [
        f"{counted(summary.read, 'page')} read",
        f"{summary.added:,} added",
        f"{summary.known:,} known already",
        f"{counted(len(summary.problems), 'problem')}",
    ]
    holds = [
        counted(summary.documents, "document"),
        counted(summary.statements, "statement"),
        counted(summary.facts, "fact"),
        counted(summary.disagreements, "disagreement"),
    ]
    return f"{', '.join(done)}; the ledger holds {', '.join(holds)} ({summary.seconds:.1f} s)"


def check(data: DataFolders = None) -> None:
    """Check the domain data and list every problem as file:line."""
    from communique.domain.check import check as problems_of

    world = domain(data)
    problems = problems_of(world)
    for problem in problems:
        typer.echo(str(problem))
    if problems:
        raise typer.Exit(1)
    tables = (
        world.states, world.organs, world.bodies, world.agreements, world.capabilities, world.publishers,
        world.people, world.offices,
    )  # fmt: skip
    typer.echo(f"{sum(len(table) for table in tables):,} entries, no problems")
