"""Quantities: NewsQuant (Almasian and others, EMNLP 2023), by value and by value with bound."""

from benchmarks.tags import Benchmark, tagged

BENCHMARKS = (
    Benchmark(
        "quantities_newsquant.jsonl", "quantities", "NewsQuant", ("value", "value_bound"),
        "CQE, all of it: value 92.0, with bound 88.1", None, tagged("quantities"),
    ),
)  # fmt: skip
