"""Attribution: PolNeAR (Newell and others, LREC 2018), content by characters and whole attributions."""

from benchmarks.tags import Benchmark, tagged

BENCHMARKS = (
    Benchmark(
        "quotes_polnear.jsonl", "quotes", "PolNeAR",
        ("content_chars", "attribution", "attribution_with_source"),
        "Gender Gap Tracker, test part: content 62.6, attribution 45.0, with source 39.7", 40,
        tagged("quotes"),
    ),
)  # fmt: skip
