"""Our extractors over benchmark lines, scored by the scorer that comes with the benchmarks.

A line is `{"id", "text", ..., "gold"}`. A sample takes lines at a fixed stride, so it is the same each
time and spread over the whole file.
"""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any, TypeAlias

from benchmarks.prepared import reader
from communique.tagging import Given, Tagger

Line: TypeAlias = dict[str, Any]
Scores: TypeAlias = dict[str, float]


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A file of lines, who made it, what answers it, and what others reached on it.

    `sample` is how many lines are taken unless all are asked for (None: always all).
    """

    file: str
    what: str
    origin: str
    shown: tuple[str, ...]
    others: str
    sample: int | None
    answers: Callable[[Sequence[Line]], dict[str, Line]]

    @property
    def name(self) -> str:
        """The name in tables and floors."""
        return self.file.removesuffix(".jsonl")

    def measure(self, folder: Path, *, full: bool = False, sample: int | None = None) -> Scores:
        """The scores of a sample (of `sample` lines, or the usual number), or of all lines."""
        lines = read(folder / "bench" / self.file)
        wanted = None if full else sample or self.sample
        chosen = strided(lines, wanted) if wanted else lines
        scores = scorer(folder).__dict__[self.what](chosen, self.answers(chosen), lambda miss: None)
        return {key: value for key, value in scores.items() if isinstance(value, int | float)}


def read(path: Path) -> list[Line]:
    """The lines of a file, their identifiers as text."""
    with path.open(encoding="utf-8") as file:
        lines = [json.loads(line) for line in file if line.strip()]
    return [{**line, "id": str(line["id"])} for line in lines]


def strided(lines: Sequence[Line], count: int) -> list[Line]:
    """At most `count` lines at equal distances.

    >>> [line["id"] for line in strided([{"id": n} for n in range(10)], 3)]
    [0, 3, 6]
    """
    step = max(1, len(lines) // count)
    return list(lines[::step][:count])


@lru_cache(maxsize=1)
def scorer(folder: Path) -> ModuleType:
    """The scorer that lies with the benchmarks."""
    path = folder / "tools" / "score_tags.py"
    spec = importlib.util.spec_from_file_location("score_tags", path)
    if spec is None or spec.loader is None or not path.is_file():
        raise SystemExit(f"{path}: is missing; point COMMUNIQUE_BENCH to the folder of benchmarks")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def tagged(what: str) -> Callable[[Sequence[Line]], dict[str, Line]]:
    """What answers lines with one of the extractors, as the command `tag` does."""

    def answers(lines: Iterable[Line]) -> dict[str, Line]:
        prepared = Tagger(reader())
        given = (
            Given.of({key: line.get(key) for key in ("id", "text", "date", "source", "target")})
            for line in lines
        )
        return {line.id: {"id": line.id, "items": items} for line, items in prepared.tag(what, given)}

    return answers
