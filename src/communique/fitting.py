"""What one given side of a sentence does to the other, as one of PLOVER's sixteen types, always."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from communique.domain.lexicon.plover import Plover
from communique.extract.encoder import Encoder, Pair, Verdict
from communique.text import Span

DEFAULT = "CONSULT"
"""What two sides most often do where the text does not even name them: talk."""


def sides(text: str, source: str, target: str) -> Pair | None:
    """The nearest places at which the words of both sides stand, apart from each other; None if they do not.

    >>> pair = sides("Oslo thanked Rome. Rome thanked Oslo.", "Rome", "Oslo")
    >>> pair.source, pair.target
    (Span(start=13, end=17), Span(start=0, end=4))
    """
    pairs = [
        (one, other)
        for one in _places(text, source)
        for other in _places(text, target)
        if not one.overlaps(other)
    ]
    if not pairs:
        return None
    one, other = min(pairs, key=lambda p: (abs(p[0].start - p[1].start), p[0].start))
    return Pair(text, one, other)


def _places(text: str, words: str) -> list[Span]:
    if not words.strip():
        return []
    pattern = r"\s+".join(map(re.escape, words.split()))
    return [Span(m.start(), m.end()) for m in re.finditer(pattern, text, re.IGNORECASE)]


def fitted(encoder: Encoder, lines: Sequence[tuple[str, str, str]], plover: Plover) -> list[dict[str, Any]]:
    """One item for each text with its source and target, in order: the type of what one does to the other."""
    pairs = [sides(*line) for line in lines]
    verdicts = iter(encoder.judge([pair for pair in pairs if pair is not None]))
    return [
        _unknown(text) if pair is None else _item(pair, next(verdicts), plover)
        for (text, _, _), pair in zip(lines, pairs, strict=True)
    ]


def _item(pair: Pair, verdict: Verdict, plover: Plover) -> dict[str, Any]:
    type_, share = _type(verdict, plover)
    if plover.auxiliary.get(verdict.factuality) == "future":
        type_ = plover.future.get(type_, type_)
    first, last = sorted((pair.source, pair.target))
    return {
        "start": first.start,
        "end": last.end,
        "type": type_,
        "mode": None,
        "actors": [_side(pair.text, pair.source)],
        "recipients": [_side(pair.text, pair.target)],
        "mutual": type_ in ("CONSULT", "AGREE", "COOPERATE"),
        "when": None,
        "factuality": verdict.factuality,
        "object": None,
        "score": round(share, 3),
    }


def _type(verdict: Verdict, plover: Plover) -> tuple[str, float]:
    """The likeliest of the sixteen; what lies beyond them counts for the type that stands for it."""
    shares = dict.fromkeys(plover.types, 0.0)
    for name, share in verdict.types.items():
        beyond = plover.beyond.get(name)
        if stands := name if name in shares else beyond.type if beyond else None:
            shares[stands] += share
    return max(shares.items(), key=lambda pair: pair[1])


def _side(text: str, span: Span) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "id": span.of(text), "state": None}


def _unknown(text: str) -> dict[str, Any]:
    return {
        "start": 0, "end": len(text), "type": DEFAULT, "mode": None, "actors": [], "recipients": [],
        "mutual": True, "when": None, "factuality": "actual", "object": None, "score": 0.1,
    }  # fmt: skip
