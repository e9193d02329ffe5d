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
    from communique.ledger.store import Ledger
    from communique.pipeline import Summary


def add(app: typer.Typer) -> None:
    """Adds the commands."""
    app.command("build", epilog="Example: communique build pages/ more.rss --ledger pages.ledger --strict")(
        build
    )
    app.command(
        "judge",
        epilog="Examples: communique judge same 3f2a 91bc --ledger pages.ledger --by Ada; "
        "communique judge corrected 3f2a --field when --value 2023-01-13 --ledger pages.ledger; "
        "communique judge same ada-virta ada-k-virta --ledger pages.ledger",
    )(judge)
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
            tell(f"communique: stopped; what was stored is kept in {ledger}: run it again to go on")
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


def judge(
    verdict: Annotated[str, typer.Argument(help="same, different, wrong, corrected, note or undo.")],
    about: Annotated[
        list[str],
        typer.Argument(
            metavar="ID...",
            help="What it is about; beginnings will do. Of same and different also actors, as "
            "`communique actors` names them.",
        ),
    ],
    ledger: LedgerFile,
    by: Annotated[
        str | None, typer.Option("--by", help="Who decides. Default: the name of the user.")
    ] = None,
    field: Annotated[
        str | None, typer.Option("--field", help="Of corrected: factuality, when or origin.")
    ] = None,
    value: Annotated[str | None, typer.Option("--value", help="Of corrected: what is right.")] = None,
    note: Annotated[str, typer.Option("--note", help="Why.")] = "",
    data: DataFolders = None,
) -> None:
    """Record a person's decision; it always wins, and survives a rebuild."""
    from typing import cast

    from communique import pipeline
    from communique.ledger.store import Ledger
    from communique.model import Verdict
    from communique.reconcile.aliases import known_actors

    world = domain(data)
    with Ledger.open(ledger) as opened:
        if verdict == "corrected" and field is not None and value is not None:
            _try(opened, about, field, value)
        made = opened.judge(
            cast(Verdict, verdict),
            about,
            by=by or _user(),
            field=field,
            value=value,
            note=note,
            known=known_actors(world),
        )
        pipeline.reconcile(opened, world)
        counts = opened.counts()
    typer.echo(made.judgement_id)
    kept = f": one actor, {made.value}" if made.of_actors and made.value else ""
    tell(f"{verdict} recorded{kept}; the ledger now holds {counts['facts']:,} facts")


def _try(ledger: Ledger, about: list[str], field: str, value: str) -> None:
    """Makes the correction without keeping it, so that one that cannot be made is never recorded."""
    from communique.reconcile.judgements import correct

    for one in about:
        found = ledger.find(one)
        ids = ledger.fact(found.id).statement_ids if found.noun == "fact" else [found.id]
        for statement in ledger.statements(ids=ids):
            correct(statement, field, value)


def _user() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""


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
