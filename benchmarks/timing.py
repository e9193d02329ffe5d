"""Seconds, by the clock and by the processor, of whole runs and of single functions."""

from __future__ import annotations

import inspect
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from time import perf_counter, process_time
from typing import Any
from unittest.mock import patch


@dataclass(frozen=True, slots=True)
class Timing:
    """What one run took: seconds by the clock, and seconds of this process on the processor."""

    clock: float
    processor: float


def timed(run: Callable[[], object]) -> Timing:
    """The time a call takes."""
    clock, processor = perf_counter(), process_time()
    run()
    return Timing(perf_counter() - clock, process_time() - processor)


Spot = tuple[str, Any, str]
"""A label, an object (module, class or instance), and the attribute of it that is timed."""


@contextmanager
def watched(spots: Sequence[Spot]) -> Iterator[dict[str, float]]:
    """Adds up, by label, the processor seconds spent in the named functions; a generator's in its steps."""
    spent: defaultdict[str, float] = defaultdict(float)
    with ExitStack() as stack:
        for label, owner, name in spots:
            stack.enter_context(patch.object(owner, name, _counting(getattr(owner, name), label, spent)))
        yield spent


def _counting(function: Callable[..., Any], label: str, spent: dict[str, float]) -> Callable[..., Any]:
    def steps(*args: Any, **named: Any) -> Iterator[Any]:
        source = function(*args, **named)
        while True:
            before = process_time()
            try:
                item = next(source)
            except StopIteration:
                return
            finally:
                spent[label] += process_time() - before
            yield item

    def call(*args: Any, **named: Any) -> Any:
        before = process_time()
        try:
            return function(*args, **named)
        finally:
            spent[label] += process_time() - before

    return steps if inspect.isgeneratorfunction(function) else call
