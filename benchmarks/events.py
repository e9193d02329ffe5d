"""Event types: PLV (Hu and others, ACL 2024), source and target given, the sixteen PLOVER types."""

from benchmarks.tags import Benchmark, tagged

BENCHMARKS = (
    Benchmark(
        "events_plv.jsonl", "events", "PLV", ("accuracy", "macro_f1", "quad_macro_f1"),
        "a zero-shot model of 355M parameters: accuracy 76.0, macro F1 74.3, four classes 86.7", None,
        tagged("events"),
    ),
)  # fmt: skip
