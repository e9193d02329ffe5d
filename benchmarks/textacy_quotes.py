"""textacy beside our attribution: `python -m benchmarks.textacy_quotes [--lines N | --full]`.

Runs the direct quotation extraction of the public library textacy on the same lines, with the same parse
of the same language model, and prints the scores of both and the milliseconds per 1,000 tokens that each
takes beyond the parse. textacy is not among our dependencies; without it, this says how to get it.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from time import perf_counter
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.prepared import bench_folder, reader
from benchmarks.quotes import BENCHMARKS
from benchmarks.tags import Line, read, scorer, strided
from communique.extract import speech
from communique.model import Attribution, Parsed

LINES = 40


def missing() -> str | None:
    """What is lacking to run textacy, and what to do; None if it can run."""
    if importlib.util.find_spec("textacy") is None:
        return "textacy is not run: the package is not installed; pip install textacy"
    return None


def theirs(parsed: Parsed) -> Iterator[dict[str, Any]]:
    """What textacy finds, paragraph by paragraph; it refuses those with an odd number of marks."""
    found: Callable[[Any], Iterable[Any]] = _triples().direct_quotations
    for passage in parsed.passages:
        try:
            triples = list(found(passage.doc))
        except ValueError:
            continue
        for triple in triples:
            yield {
                "source": _around(passage.start, triple.speaker),
                "cue": _around(passage.start, triple.cue),
                "content": _around(passage.start, triple.content),
                "direct": True,
            }


def ours(parsed: Parsed) -> Iterator[dict[str, Any]]:
    """What we find, as the command `tag quotes` gives it."""
    for one in speech.outermost(speech.find(parsed)):
        yield {name: _pair(one, name) for name in ("source", "cue", "content")} | {"direct": one.direct}


def _pair(one: Attribution, name: str) -> list[int] | None:
    span = getattr(one, name)
    return [span.start, span.end] if span else None


@lru_cache(maxsize=1)
def _triples() -> Any:
    return importlib.import_module("textacy.extract.triples")


def _around(start: int, tokens: Sequence[Any]) -> list[int]:
    """The offsets from the first of some tokens to the last."""
    return [start + tokens[0].idx, start + tokens[-1].idx + len(tokens[-1].text)]


def main() -> int:
    """Measures both on the same lines and prints them beside each other."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.textacy_quotes", description=__doc__)
    parser.add_argument("--lines", type=int, default=LINES, help="how many lines, at a fixed stride")
    parser.add_argument("--full", action="store_true", help="every line")
    args = parser.parse_args()
    folder = bench_folder()
    if folder is None:
        print("COMMUNIQUE_BENCH names no folder of benchmark data: nothing is measured.")
        return 0
    if told := missing():
        print(told)
    benchmark = BENCHMARKS[0]
    lines = read(folder / "bench" / benchmark.file)
    lines = lines if args.full else strided(lines, args.lines)
    parsed = [(line, reader().parser.parse_text(line["text"])) for line in lines]
    tokens = sum(len(passage.doc) for _, page in parsed for passage in page.passages)
    table = Table(title=f"{benchmark.origin}: {len(lines)} articles, {tokens:,} tokens, one parse")
    for heading in ("", *benchmark.shown, "ms per 1,000 tokens"):
        table.add_column(heading, justify="right" if heading else "left")
    for name, find in (("communique", ours), *(() if told else (("textacy", theirs),))):
        began = perf_counter()
        answers: dict[str, Line] = {
            line["id"]: {"id": line["id"], "items": list(find(page))} for line, page in parsed
        }
        spent = perf_counter() - began
        scores = scorer(folder).quotes(lines, answers, lambda miss: None)
        table.add_row(name, *(f"{scores[key]:.1f}" for key in benchmark.shown), f"{spent * 1e6 / tokens:.0f}")
    Console(width=110, highlight=False).print(table)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
