"""The command that runs one extractor over lines."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from communique.cli.options import DataFolders, domain
from communique.cli.output import tell
from communique.errors import InputError

if TYPE_CHECKING:
    from communique.tagging import Given


class What(StrEnum):
    """What is looked for."""

    times = "times"
    quantities = "quantities"
    quotes = "quotes"
    events = "events"
    actors = "actors"


def add(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("tag", epilog="Example: communique tag times lines.jsonl > tagged.jsonl")(tag)


def tag(
    what: Annotated[What, typer.Argument(help="What is looked for.")],
    input: Annotated[
        str,
        typer.Argument(metavar="[INPUT.jsonl]", help='Lines {"id", "text", "date"}; - for standard input.'),
    ] = "-",
    given: Annotated[
        bool,
        typer.Option("--given", help='Of events: each line has "source" and "target"; one item comes back.'),
    ] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Exit 1 if any line was refused.")] = False,
    model: Annotated[str | None, typer.Option("--model", help="A spaCy pipeline for English.")] = None,
    data: DataFolders = None,
) -> None:
    """Run one extractor over lines of text: one JSON line out for each line in, in order."""
    from communique.errors import UsageError
    from communique.parse.spacy import DEFAULT_MODEL
    from communique.pipeline import Reader
    from communique.tagging import Tagger

    if given and what is not What.events:
        raise UsageError("--given goes with events")
    refused: list[str] = []
    with ExitStack() as stack:
        lines = _lines(_opened(input, stack), input, given, refused)
        for line, items in Tagger(Reader(domain(data), model or DEFAULT_MODEL)).tag(what.value, lines):
            sys.stdout.write(json.dumps({"id": line.id, "items": items}, ensure_ascii=False) + "\n")
        sys.stdout.flush()
    if strict and refused:
        raise typer.Exit(1)


def _opened(name: str, stack: ExitStack) -> BinaryIO:
    if name == "-":
        return sys.stdin.buffer
    path = Path(name)
    if path.is_dir():
        raise InputError(f"{path}: is a folder; name a file of JSON lines")
    try:
        return stack.enter_context(path.open("rb"))
    except FileNotFoundError:
        raise InputError(
            f"{path}: does not exist; name a file of JSON lines, or - for standard input"
        ) from None
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}") from error


def _lines(stream: BinaryIO, name: str, given: bool, refused: list[str]) -> Iterator[Given]:
    """The lines that can be read; each of the others is told on standard error and kept in `refused`."""
    from communique.tagging import Given, without_sides

    for number, raw in enumerate(stream, start=1):
        if not raw.strip():
            continue
        try:
            line = Given.of(json.loads(raw), sides=given)
            yield line if given else without_sides(line)
        except (ValueError, RecursionError) as error:
            what = (
                str(error)
                if not isinstance(error, json.JSONDecodeError | UnicodeDecodeError)
                else "is not JSON"
            )
            problem = (
                f"{'standard input' if name == '-' else name}: line {number}: {what}; fix or remove the line"
            )
            refused.append(problem)
            tell(problem)
