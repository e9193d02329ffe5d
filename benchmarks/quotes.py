"""Attribution: PolNeAR (Newell and others, LREC 2018), content by characters and whole attributions."""

from benchmarks.tags import Benchmark, tagged

BENCHMARKS = (
    Benchmark(
        "quotes_polnear.jsonl", "quotes", "PolNeAR",
        ("content_chars", "attribution", "attribution_with_source"),
        "on the test part Gender Gap Tracker 62.6, 45.0, 39.7; textacy 36.6, 19.6, 16.6", 40,
        tagged("quotes"),
    ),
)  # fmt: skip
