"""Words per second of the whole pipeline beside bare spaCy, on one core, and where the time goes.

The two take turns on the same pages in the same process, after a warm-up, so that whatever slows the
machine slows both; the ratio is the median over the turns, of processor seconds. Loading the model and
the domain data is not counted for either. Bare spaCy is the same pipeline object, handed the same body
paragraphs: those of every page, and, harder to compare with, each distinct paragraph once, which is what
Communiqué parses.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.prepared import EXAMPLES, build, domain, reader
from benchmarks.timing import Spot, timed, watched
from communique import pipeline
from communique.extract import events, figures, quantities, quotes, roles, speech, times
from communique.extract.mentions import Gazetteer
from communique.ledger.standing import Standing
from communique.ledger.store import Ledger
from communique.model import Document, Page
from communique.parse.spacy import Parser, paragraphs
from communique.read import documents as reading
from communique.read import formats
from communique.reconcile import whole
from communique.resolve.objects import Objects

TURNS = 7

STAGES: tuple[Spot, ...] = (
    ("read: files", formats, "pages"),
    ("read: text, date, publisher", reading, "to_document"),
    ("parse", Parser, "parse"),
    ("extract: names", Gazetteer, "candidates"),
    ("extract: titles", Gazetteer, "titles"),
    ("resolve: actors", pipeline, "resolve"),
    ("resolve: places", pipeline, "with_grounds"),
    ("extract: times", times, "find"),
    ("extract: speech", speech, "find"),
    ("extract: quantities", quantities, "find"),
    ("extract: events and ties", events, "statements"),
    ("extract: roles", roles, "statements"),
    ("extract: figures", figures, "statements"),
    ("extract: who vouches", quotes, "voices"),
    ("extract: quotes", quotes, "statements"),
    ("resolve: objects", Objects, "identified"),
    ("reconcile", whole, "take_up"),
    ("store", Ledger, "add"),
    ("store: what was reconciled", Standing, "regroup"),
    ("store: what was reconciled", Standing, "restate"),
    ("store: what was reconciled", Standing, "place"),
)


@dataclass(frozen=True, slots=True)
class Speed:
    """`ratio` and `ratio_distinct` are pipeline over bare spaCy, in per cent of its words per second."""

    pages: int
    words: int
    pipeline: float
    bare: float
    bare_distinct: float
    ratio: float
    ratio_distinct: float
    ratio_clock: float
    stages: dict[str, float]


def measure(inputs: Sequence[str] = (str(EXAMPLES / "pages"),), turns: int = TURNS) -> Speed:
    """Speeds in words of the body per second of the processor; stages in shares of the pipeline's time."""
    documents = _documents(inputs)
    every = [s.of(d.text) for d in documents for s in paragraphs(d.text, d.regions)]
    distinct = list(dict.fromkeys(every))
    words = sum(len(paragraph.split()) for paragraph in every)
    _build(inputs)
    _parse(every)
    rounds = [
        (timed(lambda: _build(inputs)), timed(lambda: _parse(every)), timed(lambda: _parse(distinct)))
        for _ in range(turns)
    ]
    with watched(STAGES) as spent:
        whole = timed(lambda: _build(inputs))
    rest = whole.processor - sum(spent.values())
    return Speed(
        pages=len(documents),
        words=words,
        pipeline=words / median(ours.processor for ours, _, _ in rounds),
        bare=words / median(bare.processor for _, bare, _ in rounds),
        bare_distinct=sum(len(paragraph.split()) for paragraph in distinct)
        / median(bare.processor for _, _, bare in rounds),
        ratio=_ratio([(bare.processor, ours.processor) for ours, bare, _ in rounds]),
        ratio_distinct=_ratio([(bare.processor, ours.processor) for ours, _, bare in rounds]),
        ratio_clock=_ratio([(bare.clock, ours.clock) for ours, bare, _ in rounds]),
        stages={label: seconds / whole.processor for label, seconds in {**spent, "the rest": rest}.items()},
    )


def _ratio(pairs: Sequence[tuple[float, float]]) -> float:
    return 100 * median(bare / ours for bare, ours in pairs)


def _documents(inputs: Sequence[str]) -> list[Document]:
    """The documents that the pipeline parses."""
    pages = (found for found in formats.pages(inputs) if isinstance(found, Page))
    read = (reading.to_document(page, domain()) for page in pages)
    return [
        document for document in read if isinstance(document, Document) and document.language in ("en", None)
    ]


def _build(inputs: Sequence[str]) -> None:
    """A build into a new ledger in one process, with all that is loaded kept and all parses forgotten."""
    reader().parser._recent.clear()  # what it remembers of the turn before
    with (
        tempfile.TemporaryDirectory() as folder,
        Ledger.open(Path(folder) / "speed.ledger", create=True) as ledger,
    ):
        build(inputs, ledger)


def _parse(texts: Sequence[str]) -> None:
    for _ in reader().parser.nlp.pipe(texts, batch_size=128):
        pass
