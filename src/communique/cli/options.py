"""Options that several commands share, and how their values are read."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from communique.domain.load import Domain


class Format(StrEnum):
    """How a view is told."""

    text = "text"
    json = "json"
    markdown = "markdown"
    html = "html"


LedgerFile = Annotated[
    str,
    typer.Option(
        "--ledger",
        "-l",
        metavar="FILE",
        help="The ledger: a file, or postgresql://USER@HOST/DATABASE.",
        envvar="COMMUNIQUE_LEDGER",
    ),
]
DataFolders = Annotated[
    list[Path] | None,
    typer.Option("--data", metavar="DIR", help="A folder of domain data of one's own; may be repeated."),
]
Output = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="PATH", help="Write here instead of standard output.")
]
ViewFormat = Annotated[Format, typer.Option("--format", "-f", help="How it is told.")]
Since = Annotated[
    str | None, typer.Option("--since", metavar="DAY", help="From this day on: 2023, 2023-01 or 2023-01-13.")
]
Until = Annotated[str | None, typer.Option("--until", metavar="DAY", help="To this day, included.")]
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of", metavar="DAY", help="Only what pages surely published by this day say. Default: all pages."
    ),
]
All = Annotated[bool, typer.Option("--all", help="Leave nothing out.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no summary.")]


def domain(folders: list[Path] | None) -> Domain:
    """The domain data, with folders of one's own. Raises `UsageError` for one that is none."""
    from communique.domain.load import data_folders, load_domain
    from communique.errors import UsageError

    for folder in folders or ():
        if not folder.is_dir():
            raise UsageError(f"--data {folder}: is not a folder")
    return load_domain(data_folders(folders or ()))
