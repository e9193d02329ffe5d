"""Writes the parts of README and docs that the program itself produces: `python docs/refresh.py`.

Each such part stands between `<!-- name -->` and `<!-- /name -->`. A test compares them, so that what a
page shows cannot drift from what the program does.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
COMMAND_LINE = ROOT / "docs" / "command-line.md"

# What of the brief README shows: lines of a section.
SHOWN = {
    "What happened": 4,
    "Coming": 1,
    "Pledges": 2,
    "Figures": 2,
    "Where they differ": 3,
    "In their own words": 1,
}

FIGURES = (
    ("gold", "found", "claims of five pages read by hand that the ledger holds"),
    ("gold", "full", "claims held with day, factuality and bound right"),
    ("times_timebank_aquaint", "value", "time expressions with the right value, TimeBank and AQUAINT (F1)"),
    ("times_wikiwars", "value", "time expressions with the right value, WikiWars (F1)"),
    ("quantities_newsquant", "value_bound", "quantities with value and bound, NewsQuant (F1)"),
    ("quotes_polnear", "content_chars", "words attributed to a source, PolNeAR (F1)"),
    ("quotes_polnear", "attribution_with_source", "whole attributions with the right source, PolNeAR (F1)"),
    ("stories_ecbplus", "b3_f1", "pages in the right story, ECB+ (B-cubed F1)"),
    ("events_plv", "accuracy", "type of event between two given sides, PLV (accuracy)"),
    ("speed", "ratio", "words a second beside bare spaCy with the same model, one core"),
)


def block(text: str, name: str) -> str:
    """What stands between the marks of a part."""
    match = re.search(rf"<!-- {name} -->\n(.*?)<!-- /{name} -->", text, re.DOTALL)
    if match is None:
        raise SystemExit(f"there is no part {name}")
    return match[1]


def with_block(text: str, name: str, content: str) -> str:
    """The text with a part replaced."""
    block(text, name)
    marks = rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)"
    return re.sub(marks, lambda match: match[1] + content + match[2], text, flags=re.DOTALL)


def news(readme: str) -> str:
    """The paragraph of news that README shows, as a page."""
    lines = (line.removeprefix(">").strip() for line in block(readme, "news").splitlines())
    return " ".join(line for line in lines if line) + "\n"


# --- what the parts hold -----------------------------------------------------------------------------


def rows(readme: str) -> str:
    """The statements a ledger holds of the news, a row each."""
    from communique.exports.rows import ROWS

    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "news.txt"
        page.write_text(news(readme), "utf-8")
        with _ledger(page) as (ledger, _):
            found = list(ROWS["statements"](ledger))
    table = ["| kind | who | what | when | factuality | the words that say it |", "|---|---|---|---|---|---|"]
    table += [f"| {' | '.join(_cells(row))} |" for row in found]
    return "\n".join(table) + "\n"


def _cells(row: dict[str, Any]) -> list[str]:
    who = ", ".join(f"{actor['id']} ({actor['role']})" for actor in row["actors"])
    return [row["kind"], who, _what(row), _when(row), row["factuality"], _escaped(row["quote"])]


def _what(row: dict[str, Any]) -> str:
    quantity, thing = row["quantity"], row["object"]
    if quantity:
        bound = "" if quantity["bound"] == "exact" else quantity["bound"].replace("_", " ") + " "
        return _escaped(f"{bound}{quantity['value']:g} {quantity['unit']}: {quantity['measure']}")
    if row["words"]:
        return "direct" if row["direct"] else "indirect"
    told = [part for part in (row["type"], row["mode"], row["office"]) if part]
    if thing:
        told.append(thing["id"] or f"“{thing['text']}”")
    return _escaped(": ".join(told))


def _when(row: dict[str, Any]) -> str:
    when = row["when"]
    if not when:
        return ""
    return (
        when["earliest"] if when["earliest"] == when["latest"] else f"{when['earliest']} to {when['latest']}"
    )


def _escaped(text: str) -> str:
    return re.sub(r"([|<>*_])", r"\\\1", " ".join(text.split()))


def brief(_: str = "") -> str:
    """The head of the brief that `make run` prints."""
    from communique.views.actors import choose
    from communique.views.catalogue import view
    from communique.views.selection import Selection
    from communique.views.terminal import as_text

    with _ledger(ROOT / "examples" / "pages") as (ledger, world):
        whole = view("brief", ledger, Selection(choose(["Japan", "United States"], world)), world)
    kept = [s for s in whole.sections if s.title in SHOWN and s.lines]
    sections = [replace(s, lines=s.lines[: SHOWN[s.title]], more=_more(s)) for s in kept]
    return f"```\n{as_text(replace(whole, sections=tuple(sections), pages=()), 100)}```\n"


def _more(section: Any) -> int:
    return int(section.more) + max(0, len(section.lines) - SHOWN[section.title])


def commands(_: str = "") -> str:
    """What each command does, in a line."""
    table = ["| command | what it does |", "|---|---|"]
    table += [f"| `communique {name}` | {_summary(command)} |" for name, command in _commands().items()]
    return "\n".join(table) + "\n"


def reference(_: str = "") -> str:
    """Every command with its arguments and options."""
    parts = []
    for name, command in _commands().items():
        lines = [f"## communique {name}", "", _summary(command), ""]
        for option in command.params:
            if option.name == "help":
                continue
            optional = option.param_type_name == "option"
            spelt = ", ".join(option.opts) if optional else option.metavar or str(option.name).upper()
            told = getattr(option, "help", None) or ""
            lines.append(f"- `{spelt}` {told}".rstrip())
        example = " ".join((command.epilog or "").split())
        if example:
            lead, _, line = example.partition(": ")
            lines += ["", *(f"{lead}: `{line}`" if line else example,)]
        parts.append("\n".join(lines))
    return "\n\n".join(parts) + "\n"


def _commands() -> dict[str, Any]:
    import typer

    from communique.cli.app import app

    return dict(typer.main.get_command(app).commands)  # type: ignore[attr-defined]


def _summary(command: Any) -> str:
    return " ".join((command.help or "").split())


def figures(_: str = "") -> str:
    """The floors that tests hold."""
    held = json.loads((ROOT / "benchmarks" / "floors.json").read_text("utf-8"))
    table = ["| measured on development data | at least |", "|---|---:|"]
    table += [f"| {told} | {held[name][score]:g} % |" for name, score, told in FIGURES if name in held]
    return "\n".join(table) + "\n"


@contextmanager
def _ledger(pages: Path) -> Iterator[tuple[Any, Any]]:
    """A ledger of the pages, with the domain data of the examples."""
    from communique import pipeline
    from communique.domain.load import data_folders, load_domain
    from communique.ledger.store import Ledger

    world = load_domain(data_folders([ROOT / "examples" / "data"]))
    with (
        tempfile.TemporaryDirectory() as folder,
        Ledger.open(Path(folder) / "news.ledger", create=True) as ledger,
    ):
        pipeline.build([str(pages)], ledger, domain=world, jobs=1)
        yield ledger, world


PARTS: dict[Path, dict[str, Callable[[str], str]]] = {
    README: {"rows": rows, "brief": brief, "commands": commands, "figures": figures},
    COMMAND_LINE: {"reference": reference},
}


def main() -> None:
    """Refreshes every part, or those that are named."""
    wanted = set(sys.argv[1:])
    for path, parts in PARTS.items():
        text = path.read_text("utf-8")
        for name, produce in parts.items():
            if not wanted or name in wanted:
                text = with_block(text, name, produce(text))
        path.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
