"""Time expressions: TempEval-3 training (TimeBank, AQUAINT) and WikiWars, as TempEval-3 scores them."""

from benchmarks.tags import Benchmark, tagged

SHOWN = ("strict", "relaxed", "type", "value")

BENCHMARKS = (
    Benchmark(
        "times_timebank_aquaint.jsonl", "times", "TempEval-3", SHOWN,
        "HeidelTime, test part: strict 81.8, relaxed 90.7, value 78.1", 64, tagged("times"),
    ),
    Benchmark(
        "times_wikiwars.jsonl", "times", "WikiWars 1.04", SHOWN,
        "HeidelTime, other part: strict 85.4, relaxed 91.5, value 78.1", 4, tagged("times"),
    ),
)  # fmt: skip
