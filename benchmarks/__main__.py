"""The runner: `python -m benchmarks [WHAT ...]`."""

from __future__ import annotations

import argparse
import gc
import os

os.environ.setdefault("OMP_NUM_THREADS", "1")  # before numpy is imported: everything is measured on one core

from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks import events, gold, growth, memory, quantities, quotes, speed, stories, times
from benchmarks.floors import Floors, below, floors, raised, write
from benchmarks.prepared import bench_folder
from benchmarks.tags import Scores
from communique.cli import COLLECTING

EXTERNAL = {
    benchmark.name: benchmark
    for module in (times, quantities, quotes, events, stories)
    for benchmark in module.BENCHMARKS
}
ALWAYS = ("speed", "memory", "growth")
WHAT = (*ALWAYS, "gold", *EXTERNAL)
PEAK = 1200  # megabytes that a build may take, however many pages
GROWTH = 2.0  # times as long as in the smallest ledger that adding a page to the largest may take

console = Console(width=None if os.isatty(1) else 110, highlight=False)


def main() -> int:
    """Measures and prints; 1 if something lies below its floor."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("what", nargs="*", help=f"any of {', '.join(WHAT)}; all that can be if none is named")
    parser.add_argument("--full", action="store_true", help="every line of every benchmark, not a sample")
    parser.add_argument("--sample", type=int, help="how many lines of a benchmark, at a fixed stride")
    parser.add_argument("--pages", type=int, nargs="+", default=[200, 2000], help="pages for memory")
    parser.add_argument(
        "--sizes", type=int, nargs="+", default=list(growth.SIZES), help="pages of ledgers for growth"
    )
    parser.add_argument("--jobs", type=int, default=1, help="processes for memory")
    parser.add_argument("--turns", type=int, default=speed.TURNS, help="turns for speed")
    parser.add_argument(
        "--raise", dest="raising", action="store_true", help="raise the floors to what is measured"
    )
    args = parser.parse_args()
    if unknown := set(args.what) - set(WHAT):
        parser.error(f"unknown: {', '.join(sorted(unknown))}; use any of {', '.join(WHAT)}")
    gc.set_threshold(*COLLECTING)  # as in the command
    folder = bench_folder()
    wanted = args.what or [name for name in WHAT if folder or name in ALWAYS]
    held, measured, lost = floors(), dict[str, Scores](), list[str]()
    if "speed" in wanted:
        measured["speed"] = _speed(args.turns)
    if "memory" in wanted:
        lost += _memory(args.pages, args.jobs)
    if "growth" in wanted:
        lost += _growth(args.sizes)
    external = [name for name in WHAT if name in wanted and name not in ALWAYS]
    if folder is None and (external or not args.what):
        console.print("COMMUNIQUE_BENCH names no folder of benchmark data: accuracy is not measured.")
    elif folder is not None and external:
        measured |= _accuracy(external, folder, held, args.full, args.sample)
    if args.raising:
        for name, scores in measured.items():
            if name != "speed":
                held = raised(held, name, scores)
        write(held)
    for name, scores in measured.items():
        lost += below(name, scores, held)
    for told in lost:
        console.print(told, style="bold red")
    return bool(lost)


def _speed(turns: int) -> Scores:
    found = speed.measure(turns=turns)
    table = Table(
        title=f"Speed on one core: {found.pages} pages, {found.words:,} words of body, {turns} turns"
    )
    for heading in ("", "words a second", "pipeline beside it"):
        table.add_column(heading, justify="left" if not heading else "right")
    table.add_row("whole pipeline", f"{found.pipeline:,.0f}", "")
    table.add_row("bare spaCy, the same pages", f"{found.bare:,.0f}", f"{found.ratio:.0f} %")
    table.add_row(
        "bare spaCy, each distinct paragraph once",
        f"{found.bare_distinct:,.0f}",
        f"{found.ratio_distinct:.0f} %",
    )
    console.print(table)
    console.print(
        f"Processor seconds; by the clock the pipeline reaches {found.ratio_clock:.0f} % on the same pages.\n"
    )
    stages = Table(title="Where the pipeline's time goes")
    stages.add_column("stage")
    stages.add_column("share", justify="right")
    stages.add_column("ms per 1,000 words", justify="right")
    for label, share in sorted(found.stages.items(), key=lambda pair: -pair[1]):
        stages.add_row(label, f"{100 * share:.1f} %", f"{share * 1e6 / found.pipeline:.1f}")
    console.print(stages)
    return {"ratio": round(found.ratio, 1)}


def _memory(sizes: list[int], jobs: int) -> list[str]:
    table = Table(title=f"Peak memory of a build of generated pages, {jobs} process{'es' * (jobs > 1)}")
    for heading in ("pages", "words", "statements", "peak", "of a worker", "seconds"):
        table.add_column(heading, justify="right")
    most = 0.0
    for pages in sizes:
        found = memory.measure(pages, jobs)
        most = max(most, found.peak, found.peak_of_worker)
        table.add_row(
            f"{found.pages:,}", f"{found.words:,}", f"{found.statements:,}", f"{found.peak:,.0f} MB",
            f"{found.peak_of_worker:,.0f} MB" if found.peak_of_worker else "", f"{found.seconds:,.0f}",
        )  # fmt: skip
    console.print(table)
    return [f"memory: the peak is {most:,.0f} MB, limit {PEAK:,}"] if most > PEAK else []


def _growth(sizes: list[int]) -> list[str]:
    table = Table(title=f"Adding one page, read, stored and reconciled: median of {growth.ADDED}")
    for heading in ("a ledger of", "pages", "statements", "seconds", "of which reconciling"):
        table.add_column(heading, justify="left" if heading == "a ledger of" else "right")
    found = []
    for one in growth.measure(sizes):
        console.print(f"measured: {one.what}, {one.pages:,}", style="dim")
        found.append(one)
        table.add_row(
            one.what, f"{one.pages:,}", f"{one.statements:,}", f"{one.seconds:.2f}", f"{one.reconciling:.2f}"
        )
    console.print(table)
    small, large = found[0], found[len(sizes) - 1]
    times = large.seconds / small.seconds
    console.print(
        f"Among {large.pages:,} pages it takes {times:.1f} times as long as among {small.pages:,}.\n"
    )
    return [f"growth: {times:.1f} times as long, limit {GROWTH}"] if times > GROWTH else []


def _accuracy(
    names: list[str], folder: Path, held: Floors, full: bool, sample: int | None
) -> dict[str, Scores]:
    table = Table(
        title="Accuracy, in per cent" + ("" if full else " (long benchmarks by sample; --full for all)")
    )
    for heading in ("benchmark", "measured", "score", "floor"):
        table.add_column(heading, justify="right" if heading in ("score", "floor") else "left")
    measured: dict[str, Scores] = {}
    for name in names:
        if name == "gold":
            found = gold.measure(folder)
            measured[name], shown, told = found.scores, tuple(found.scores), "five pages read by hand"
            wrong = ", ".join(f"{what} {count}" for what, count in found.wrong.items())
            note = f"must be none: {wrong}"
        else:
            benchmark = EXTERNAL[name]
            scores = benchmark.measure(folder, full=full, sample=sample)
            measured[name] = {score: scores[score] for score in benchmark.shown}
            shown, told, note = benchmark.shown, benchmark.origin, f"others: {benchmark.others}"
        for at, score in enumerate(shown):
            floor = held.get(name, {}).get(score)
            table.add_row(
                told if at == 0 else "",
                score,
                f"{measured[name][score]:.1f}",
                "" if floor is None else f"{floor:.1f}",
            )
        table.add_row("", f"[dim]{note}[/dim]", "", "", end_section=True)
    console.print(table)
    return measured


if __name__ == "__main__":
    raise SystemExit(main())
