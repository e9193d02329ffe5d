"""Commands that look after a ledger: rebuild, verify, backup, upgrade."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from communique.cli.building import progressing, told
from communique.cli.judging import described
from communique.cli.options import DataFolders, LedgerFile, Quiet, domain
from communique.cli.output import tell

if TYPE_CHECKING:
    from communique.ledger.store import Ledger


class Told(StrEnum):
    """How problems are told: a line, or an object a line."""

    text = "text"
    json = "json"


KEPT = ".before-rebuild"
"""What the copy of a ledger that was rebuilt is called, behind its own name."""


def add(app: typer.Typer) -> None:
    """Adds the commands."""
    app.command("rebuild", epilog="Example: communique rebuild --ledger pages.ledger")(rebuild)
    app.command("verify", epilog="Example: communique verify --ledger pages.ledger")(verify)
    app.command(
        "backup",
        epilog="Examples: communique backup --ledger pages.ledger --output copy.ledger; "
        "communique backup --ledger pages.ledger --output postgresql://ada@host/pages",
    )(backup)
    app.command("upgrade", epilog="Example: communique upgrade --ledger pages.ledger")(upgrade)


def rebuild(
    ledger: LedgerFile,
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="NEW",
            help=f"Write a new ledger, a file or postgresql://... Default: in place, FILE{KEPT} kept.",
        ),
    ] = None,
    jobs: Annotated[
        int | None, typer.Option("--jobs", "-j", min=1, help="Processes. Default: one per core.")
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit 1 if a page was refused or a judgement no longer fits.")
    ] = False,
    quiet: Quiet = False,
    model: Annotated[str | None, typer.Option("--model", help="A spaCy pipeline for English.")] = None,
    data: DataFolders = None,
) -> None:
    """Read the pages of a ledger again with this version and data, and apply every judgement anew."""
    from communique import pipeline
    from communique.errors import LedgerError
    from communique.ledger.exchange import backup, exchangeable
    from communique.ledger.postgresql import is_address
    from communique.ledger.sqlite import unused
    from communique.ledger.store import Ledger
    from communique.parse.spacy import DEFAULT_MODEL

    world = domain(data)
    with Ledger.open(ledger, upgrade=output is None) as old, ExitStack() as stack:
        target = output or str(unused(_place(old), KEPT))
        if not is_address(target) and Path(target).exists():
            raise LedgerError(f"{target}: exists already; name a new file")
        folder = stack.enter_context(_folder_beside(Path() / "x" if is_address(target) else Path(target)))
        fresh = folder / "fresh.ledger"
        exchange = stack.enter_context(exchangeable(old)) if output is None else None
        try:
            with progressing(quiet) as progress, Ledger.open(fresh, create=True) as new:
                summary = pipeline.rebuild(
                    old, new, domain=world, model=model or DEFAULT_MODEL, jobs=jobs, progress=progress
                )
                left = pipeline.unfitting(new, world)
                if exchange is None:
                    backup(new, target)
            if exchange is not None:
                backup(old, target)
                try:
                    exchange(fresh)
                except BaseException:
                    Path(target).unlink()
                    raise
        except KeyboardInterrupt:
            tell(f"communique: stopped; {old.name} is as it was")
            raise typer.Exit(130) from None
        for problem in summary.problems:
            tell(str(problem))
        for judgement, gone in left:
            tell(
                f"{old.name}: {described(judgement)} no longer fits: {', '.join(gone)} is not there any more"
            )
    if not quiet:
        tell(told(summary))
        tell(f"written: {target}" if output else f"the ledger as it was is kept: {target}")
    if strict and (left or summary.problems):
        raise typer.Exit(1)


def _place(ledger: Ledger) -> Path:
    """The file of a ledger, or what a copy of a database is called in the current folder."""
    return ledger.store.path or Path(f"{ledger.engine.url.database or 'database'}.ledger")


@contextmanager
def _folder_beside(path: Path) -> Iterator[Path]:
    """A folder on the same disk, gone afterwards whatever happens."""
    from communique.errors import LedgerError

    try:
        folder = tempfile.TemporaryDirectory(prefix=".communique-", dir=path.parent)
    except OSError as error:
        raise LedgerError(f"{path}: cannot be made: {error.strerror}; name another") from error
    with folder:
        yield Path(folder.name)


def verify(
    ledger: LedgerFile,
    format: Annotated[Told, typer.Option("--format", "-f", help="How it is told.")] = Told.text,
    quiet: Quiet = False,
) -> None:
    """Check every page, span and reference of a ledger, and say what is wrong with what."""
    from communique.ledger.store import Ledger
    from communique.ledger.verify import verify as problems_of
    from communique.views.terminal import plain
    from communique.views.wording import counted

    wrong = 0
    with Ledger.open(ledger) as opened:
        for problem in problems_of(opened):
            typer.echo(json.dumps(asdict(problem)) if format == Told.json else plain(str(problem)))
            wrong += 1
        counts, name = opened.counts(), opened.name
    if wrong:
        tell(f"{counted(wrong, 'problem')}; restore a copy, or: communique rebuild --ledger {name}")
        raise typer.Exit(1)
    if not quiet:
        held = (("pages", "page"), ("statements", "statement"), ("facts", "fact"))
        tell(f"{', '.join(counted(counts[name], noun) for name, noun in held)}: everything is sound")


def backup(
    ledger: LedgerFile,
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="COPY", help="A new file, or postgresql://...")
    ],
    quiet: Quiet = False,
) -> None:
    """Copy a ledger, also while others write to it: file or database, to file or database."""
    from communique.ledger.exchange import backup as copy
    from communique.ledger.store import Ledger
    from communique.views.wording import counted

    with Ledger.open(ledger) as opened:
        copy(opened, output)
    if not quiet:
        with Ledger.open(output) as copied:
            tell(f"written: {copied.name}, {counted(copied.counts()['pages'], 'page')}")


def upgrade(ledger: LedgerFile, quiet: Quiet = False) -> None:
    """Bring a ledger of an older Communiqué up to date; of a file a copy is kept beside it."""
    from communique.ledger.store import Ledger
    from communique.ledger.tables import FORMAT

    with Ledger.open(ledger, upgrade=True) as opened:
        if not quiet:
            tell(f"{opened.name}: has format {FORMAT}")
