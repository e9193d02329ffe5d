"""Peak memory of a build of few and of many generated pages, each in a process of its own.

python -m benchmarks.memory PAGES JOBS      one build, as JSON
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter

from benchmarks import invented
from benchmarks.prepared import ROOT, domain
from communique import pipeline
from communique.ledger.store import Ledger

MEGABYTE = 1024 * 1024
_UNIT = 1 if sys.platform == "darwin" else 1024  # of ru_maxrss, in bytes


@dataclass(frozen=True, slots=True)
class Memory:
    """Peak in megabytes of the process, and of the largest of its workers; seconds by the clock."""

    pages: int
    words: int
    statements: int
    jobs: int
    peak: float
    peak_of_worker: float
    seconds: float


def measure(pages: int, jobs: int = 1) -> Memory:
    """Builds in a process of its own, so that nothing else counts."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.memory", str(pages), str(jobs)],
        cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    return Memory(**json.loads(done.stdout))


def _build(pages: int, jobs: int) -> Memory:
    with tempfile.TemporaryDirectory() as folder:
        words = invented.write(Path(folder) / "pages", pages, domain())
        start = perf_counter()
        with Ledger.open(Path(folder) / "memory.ledger", create=True) as ledger:
            summary = pipeline.build([str(Path(folder) / "pages")], ledger, domain=domain(), jobs=jobs)
        seconds = perf_counter() - start
    own, workers = (
        resource.getrusage(who).ru_maxrss * _UNIT / MEGABYTE
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return Memory(pages, words, summary.statements, jobs, own, workers, seconds)


if __name__ == "__main__":
    print(json.dumps(asdict(_build(int(sys.argv[1]), int(sys.argv[2])))))
