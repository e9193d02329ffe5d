"""Commands that look after a ledger: rebuild, verify."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from communique.cli.building import progressing, told
from communique.cli.options import DataFolders, LedgerFile, Quiet, domain
from communique.cli.output import tell

if TYPE_CHECKING:
    from communique.model import Judgement

KEPT = ".before-rebuild"
"""What the copy of a ledger that was rebuilt is called, behind its own name."""


def add(app: typer.Typer) -> None:
    """Adds the commands."""
    app.command("rebuild", epilog="Example: communique rebuild --ledger pages.ledger")(rebuild)
    app.command("verify", epilog="Example: communique verify --ledger pages.ledger")(verify)


def rebuild(
    ledger: LedgerFile,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="NEW", help=f"Write a new ledger. Default: in place, FILE{KEPT} kept."
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
    from communique.ledger.exchange import exchangeable
    from communique.ledger.store import Ledger
    from communique.parse.spacy import DEFAULT_MODEL

    world = domain(data)
    target = output or _unused(ledger)
    if target.exists():
        raise LedgerError(f"{target}: exists already; name a new file")
    with Ledger.open(ledger) as old, _folder_beside(target) as folder, ExitStack() as stack:
        fresh = folder / "fresh.ledger"
        exchange = stack.enter_context(exchangeable(old)) if output is None else None
        try:
            with progressing(quiet) as progress, Ledger.open(fresh, create=True) as new:
                summary = pipeline.rebuild(
                    old, new, domain=world, model=model or DEFAULT_MODEL, jobs=jobs, progress=progress
                )
                left = pipeline.unfitting(new, world)
                if exchange is None:
                    new.backup(target)
            if exchange is not None:
                old.backup(target)
                try:
                    exchange(fresh)
                except BaseException:
                    target.unlink()
                    raise
        except KeyboardInterrupt:
            tell(f"communique: stopped; {ledger} is as it was")
            raise typer.Exit(130) from None
    for problem in summary.problems:
        tell(str(problem))
    for judgement, gone in left:
        tell(f"{ledger}: {_described(judgement)} no longer fits: {', '.join(gone)} is not there any more")
    if not quiet:
        tell(told(summary))
        tell(f"written: {output}" if output else f"the ledger as it was is kept: {target}")
    if strict and (left or summary.problems):
        raise typer.Exit(1)


def _unused(ledger: Path) -> Path:
    """A name for the copy of a ledger; an earlier copy is never replaced."""
    first = ledger.with_name(ledger.name + KEPT)
    numbered = (first.with_name(f"{first.name}-{number}") for number in count(2))
    return next(path for path in chain([first], numbered) if not path.exists())


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


def _described(judgement: Judgement) -> str:
    about = " ".join(judgement.about)
    return f"judgement {judgement.judgement_id} ({judgement.verdict} {about}, by {judgement.by})"


def verify(ledger: LedgerFile, quiet: Quiet = False) -> None:
    """Check every page, span and reference of a ledger, and say what is wrong with what."""
    from communique.ledger.store import Ledger
    from communique.ledger.verify import verify as problems_of
    from communique.views.terminal import plain
    from communique.views.wording import counted

    wrong = 0
    with Ledger.open(ledger) as opened:
        for problem in problems_of(opened):
            typer.echo(plain(str(problem)))
            wrong += 1
        counts = opened.counts()
    if wrong:
        tell(f"{counted(wrong, 'problem')}; restore a copy, or: communique rebuild --ledger {ledger}")
        raise typer.Exit(1)
    if not quiet:
        held = (("pages", "page"), ("statements", "statement"), ("facts", "fact"))
        tell(f"{', '.join(counted(counts[name], noun) for name, noun in held)}: everything is sound")
