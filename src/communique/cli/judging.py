"""Commands that record what persons decide: judge, judgements."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from communique.cli.options import DataFolders, LedgerFile, Output, Quiet, domain
from communique.cli.output import tell

if TYPE_CHECKING:
    from communique.ledger.store import Ledger
    from communique.model import Judgement


def add(app: typer.Typer) -> None:
    """Adds the commands."""
    app.command(
        "judge",
        epilog="Examples: communique judge same 3f2a 91bc --ledger pages.ledger --by Ada; "
        "communique judge corrected 3f2a --field when --value 2023-01-13 --ledger pages.ledger; "
        "communique judge same ada-virta ada-k-virta --ledger pages.ledger",
    )(judge)
    app.command(
        "judgements",
        epilog="Examples: communique judgements --ledger pages.ledger --output judgements.jsonl; "
        "communique judgements --import ours.jsonl --import theirs.jsonl --ledger pages.ledger",
    )(judgements)


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
    with Ledger.open(ledger, upgrade=True) as opened, opened.alone():
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


def judgements(
    ledger: LedgerFile,
    files: Annotated[
        list[Path] | None,
        typer.Option("--import", metavar="FILE", help="Take over those of a file; may be repeated."),
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit 1 if one that is taken over does not fit.")
    ] = False,
    output: Output = None,
    quiet: Quiet = False,
    data: DataFolders = None,
) -> None:
    """Write every judgement as text, one a line with the words it is about; or take over those of files."""
    from communique.cli.output import write
    from communique.ledger.judgements import as_text
    from communique.ledger.store import Ledger
    from communique.views.wording import counted

    if files:
        _take_over(ledger, files, strict, quiet, data)
        return
    with Ledger.open(ledger) as opened:
        text = as_text(opened)
    write(text, output)
    if output is not None and not quiet:
        tell(f"{counted(text.count(chr(10)), 'judgement')} written to {output}")


def _take_over(location: str, files: list[Path], strict: bool, quiet: bool, data: list[Path] | None) -> None:
    """Adds the judgements of files; those that are there already change nothing."""
    from communique import pipeline
    from communique.ledger.judgements import from_files
    from communique.ledger.store import Ledger
    from communique.views.wording import counted

    world = domain(data)
    found = from_files(files)
    with Ledger.open(location, upgrade=True) as opened:
        with opened.alone():
            new = opened.record(found)
            if new:
                pipeline.reconcile(opened, world)
        taken = {judgement.judgement_id for judgement in found}
        left = [one for one in pipeline.unfitting(opened, world) if one[0].judgement_id in taken]
        name = opened.name
    for judgement, gone in left:
        tell(f"{name}: {described(judgement)} does not fit: {', '.join(gone)} is not there")
    if not quiet:
        tell(f"{counted(new, 'judgement')} added, {len(taken) - new:,} known already")
    if strict and left:
        raise typer.Exit(1)


def described(judgement: Judgement) -> str:
    """A judgement in a few words."""
    about = " ".join(judgement.about)
    return f"judgement {judgement.judgement_id} ({judgement.verdict} {about}, by {judgement.by})"
