"""The domain data and the language model, loaded once for all measurements."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from unittest.mock import patch

from communique import pipeline
from communique.domain.load import Domain, data_folders, load_domain
from communique.ledger.store import Ledger

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples"


@lru_cache(maxsize=1)
def domain() -> Domain:
    """The built-in domain data and that of the examples."""
    return load_domain(data_folders([EXAMPLES / "data"]))


@lru_cache(maxsize=1)
def reader() -> pipeline.Reader:
    """A reader that has loaded everything it needs."""
    ready = pipeline.Reader(domain())
    for part in ("parser", "gazetteer", "matcher", "objects", "credits"):
        getattr(ready, part)
    return ready


def build(inputs: Sequence[str], ledger: Ledger) -> pipeline.Summary:
    """A build in this process with the reader that is loaded already."""
    ready = reader()
    with patch.object(pipeline, "Reader", lambda *_: ready):
        return pipeline.build(inputs, ledger, domain=domain(), jobs=1)


def bench_folder() -> Path | None:
    """The folder of benchmark data (`bench`, `gold`, `seeds`, `tools`) that COMMUNIQUE_BENCH names."""
    named = os.environ.get("COMMUNIQUE_BENCH", "")
    return Path(named) if named and Path(named).is_dir() else None
