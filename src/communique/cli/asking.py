"""Commands that ask a ledger: the views, search, why, report, export."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from communique.cli.options import (
    All,
    AsOf,
    DataFolders,
    Format,
    LedgerFile,
    Output,
    Quiet,
    Since,
    Until,
    ViewFormat,
    domain,
)

if TYPE_CHECKING:
    from communique.domain.load import Domain
    from communique.extract.meaning import SentenceModel
    from communique.ledger.store import Ledger
    from communique.views.page import View
    from communique.views.selection import Selection

VIEWS = {
    "brief": ("What happened, is coming, promised, disputed, and on whose word.", "NATO EU"),
    "timeline": ("Events by time.", "NATO --since 2023"),
    "network": ("Who deals with whom, by what joins them.", "NATO"),
    "tie": ("What two actors have to do with each other.", "NATO EU"),
    "figures": ("Figures with their bearers, measures and origins.", "NATO --format json"),
    "quotes": ("Who said what, word for word.", "EU --until 2023-06"),
    "pledges": ("What is promised, by when, and what became of it.", "EU --as-of 2023-06"),
    "disagreements": ("Where sources differ, both sides.", ""),
    "coverage": ("Which origin tells which fact.", "NATO"),
}
Actors = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[ACTOR]...", help="States, people or bodies by name or identifier. Default: all."
    ),
]


def add(app: typer.Typer) -> None:
    """Adds the commands."""
    for name, (told, example) in VIEWS.items():
        line = " ".join(part for part in ("communique", name, example, "--ledger pages.ledger") if part)
        app.command(name, help=told, epilog=f"Example: {line}")(_viewing(name))
    app.command("actors", epilog="Example: communique actors --ledger pages.ledger --format json")(actors)
    app.command(
        "search",
        epilog="Example: communique search 'missile OR drone actor:NATO since:2023' --ledger pages.ledger",
    )(search)
    app.command("why", epilog="Example: communique why 3f2a91 --ledger pages.ledger")(why)
    app.command(
        "report",
        epilog="Example: communique report NATO EU --ledger pages.ledger --output report",
    )(report)
    app.command(
        "export",
        epilog="Example: communique export statements --ledger pages.ledger --format csv -o statements.csv",
    )(export)


def _viewing(name: str) -> Callable[..., None]:
    def command(
        ledger: LedgerFile,
        actors: Actors = None,
        since: Since = None,
        until: Until = None,
        as_of: AsOf = None,
        format: ViewFormat = Format.text,
        all: All = False,
        output: Output = None,
        data: DataFolders = None,
    ) -> None:
        from communique.ledger.store import Ledger
        from communique.views.catalogue import view

        world = domain(data)
        with Ledger.open(ledger) as opened:
            selection = _selection(opened, world, actors, since, until, as_of, all)
            show(view(name, opened, selection, world), format, output)

    command.__name__ = name
    return command


def actors(
    ledger: LedgerFile,
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="[NAME]...", help="Names or identifiers. Default: all that need a look."),
    ] = None,
    known: Annotated[bool, typer.Option("--known", help="Also those of the domain data.")] = False,
    as_of: AsOf = None,
    format: ViewFormat = Format.text,
    all: All = False,
    output: Output = None,
    data: DataFolders = None,
) -> None:
    """Who is named that the domain data lack or leave unsure, the weightiest first, and who it may be."""
    from communique.ledger.store import Ledger
    from communique.views.selection import Material, Selection
    from communique.views.who import who

    with Ledger.open(ledger) as opened:
        material = Material(opened, Selection(all=all, as_of=known_day(as_of)), domain(data))
        shown = who(material, names or (), known=known)
        show(replace(shown, about=(*shown.about, *material.left_out)), format, output)


def search(
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="WORDS...",
            help='Words, "phrases", prefix*, OR, -not, actor:NATO, kind:quote, since:2023.',
        ),
    ],
    ledger: LedgerFile,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, help="How many places at most.")] = 20,
    meaning: Annotated[
        bool,
        typer.Option("--meaning", help="Also what says alike in other words (with the extra 'meaning')."),
    ] = False,
    as_of: AsOf = None,
    format: ViewFormat = Format.text,
    output: Output = None,
    data: DataFolders = None,
) -> None:
    """Find titles, paragraphs and statements by their words and by filters, the best first."""
    from communique.ledger.store import Ledger
    from communique.views.found import found

    with Ledger.open(ledger) as opened:
        model = _sentence_model(opened) if meaning else None
        show(found(opened, " ".join(words), domain(data), limit, known_day(as_of), model), format, output)


def _sentence_model(ledger: Ledger) -> SentenceModel:
    """The model of meaning, when the ledger has a vector of each sentence. Raises `ModelError`."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from communique.cli.output import progress_console, tell
    from communique.extract.meaning import sentence_model
    from communique.ledger.meaning import keep_meanings
    from communique.views.wording import counted

    model = sentence_model()
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=progress_console(), transient=True) as bar:
        task = bar.add_task("looking at what sentences mean", total=None, visible=False)
        left = keep_meanings(
            ledger, model, lambda done, all: bar.update(task, completed=done, total=all, visible=True)
        )
    if left:
        tell(
            f"{counted(left, 'sentence')} left out: new since the ledger was last searched by meaning, and "
            "it may only be read"
        )
    return model


def why(
    identifier: Annotated[
        str, typer.Argument(metavar="ID", help="The beginning of an identifier, or the path of a page.")
    ],
    ledger: LedgerFile,
    as_of: AsOf = None,
    format: ViewFormat = Format.text,
    output: Output = None,
    data: DataFolders = None,
) -> None:
    """Show the evidence and every step behind a statement, fact, document, story or family."""
    from communique.ledger.store import Ledger
    from communique.views.why import why as grounds_of

    with Ledger.open(ledger) as opened:
        show(grounds_of(opened, identifier, domain(data), known_day(as_of)), format, output)


def report(
    ledger: LedgerFile,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="The folder to write.")],
    actors: Actors = None,
    since: Since = None,
    until: Until = None,
    as_of: AsOf = None,
    all: All = False,
    quiet: Quiet = False,
    data: DataFolders = None,
) -> None:
    """Write a folder of HTML pages that opens from disk, every line linked to its words."""
    from communique.cli.output import tell, write_folder
    from communique.ledger.store import Ledger
    from communique.views.report import report as report_of

    world = domain(data)
    with Ledger.open(ledger) as opened:
        selection = _selection(opened, world, actors, since, until, as_of, all)
        count = write_folder(report_of(opened, selection, world), output)
    if not quiet:
        tell(f"{count:,} pages written; open {output / 'index.html'}")


def export(
    what: Annotated[
        str,
        typer.Argument(
            help="documents, statements, facts, families, stories, disagreements, timeline, nodes, edges, "
            "plover, followthemoney, calendar or graph."
        ),
    ],
    ledger: LedgerFile,
    format: Annotated[
        str | None, typer.Option("--format", "-f", help="jsonl, csv, parquet ... Default: the usual one.")
    ] = None,
    output: Output = None,
    quiet: Quiet = False,
) -> None:
    """Write what the ledger holds as data for other programs."""
    from communique.cli.output import tell
    from communique.exports.write import export as write_export
    from communique.ledger.store import Ledger
    from communique.views.wording import counted

    with Ledger.open(ledger) as opened:
        done = write_export(what, opened, format, output)
    if not quiet and (output is not None or done.omitted):
        left = "".join(f"; {number:,} left out: {why}" for why, number in done.omitted.items())
        tell(f"{counted(done.count, 'entry', 'entries')} written{left}")


def _selection(
    ledger: Ledger,
    world: Domain,
    actors: list[str] | None,
    since: str | None,
    until: str | None,
    as_of: str | None,
    all: bool,
) -> Selection:
    from communique.errors import UsageError
    from communique.views.actors import choose
    from communique.views.selection import Selection, read_day

    first, last = read_day(since) if since else None, read_day(until, last=True) if until else None
    if first and last and last < first:
        raise UsageError("--until lies before --since; exchange them")
    known: set[tuple[str, str]] = set()
    if actors:
        merged = ledger.aliases()
        actors = [merged[name].id if name in merged else name for name in actors]
        known = {(a.id, a.name) for s in ledger.statements() for a in s.actors}
        known |= {
            (merged[a.id].id, a.name) for s in ledger.read_statements() for a in s.actors if a.id in merged
        }
    return Selection(
        choose(actors or (), world, sorted(known)),
        first,
        last,
        known_day(as_of),
        all,
    )


def known_day(text: str | None) -> date | None:
    """The day as of which something is asked, None where it is asked as of all."""
    from communique.views.selection import read_day

    return read_day(text, last=True) if text else None


def show(view: View, format: Format, output: Path | None) -> None:
    """A view in one of its forms, to a file or standard output."""
    from communique.cli.output import console, write

    match format:
        case Format.json:
            from communique.views.records import as_json

            write(as_json(view), output)
        case Format.markdown:
            from communique.views.markdown import as_markdown

            write(as_markdown(view), output)
        case Format.html:
            from communique.views.html import as_html

            write(as_html(view), output)
        case Format.text:
            from communique.views.terminal import as_text, show

            if output is None:
                show(view, console())
            else:
                write(as_text(view), output)
