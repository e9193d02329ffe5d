"""What one given side of a sentence does to the other, as one of PLOVER's sixteen types, always."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from communique.domain.lexicon.plover import Plover
from communique.extract.encoder import Encoder, Pair, Verdict
from communique.text import Span


def sides(text: str, source: str, target: str) -> Pair:
    """The nearest places at which the words of both sides stand, apart from each other.

    A side that the text does not name ("an actor"), or not apart from the other, has no place.

    >>> pair = sides("Oslo thanked Rome. Rome thanked Oslo.", "Rome", "Oslo")
    >>> pair.source, pair.target
    (Span(start=13, end=17), Span(start=0, end=4))
    >>> sides("Oslo has closed its borders.", "Oslo", "a recipient").target is None
    True
    """
    sources, targets = _places(text, source), _places(text, target)
    pairs = [(one, other) for one in sources for other in targets if not one.overlaps(other)]
    if not pairs:
        return Pair(text, sources[0] if sources else None, targets[0] if targets and not sources else None)
    one, other = min(pairs, key=lambda p: (abs(p[0].start - p[1].start), p[0].start))
    return Pair(text, one, other)


def _places(text: str, words: str) -> list[Span]:
    """Where the words stand, as whole words if they do so anywhere."""
    if not words.strip():
        return []
    pattern = r"\s+".join(map(re.escape, words.split()))
    whole, anywhere = rf"(?<!\w){pattern}(?!\w)", pattern
    for form in (whole, anywhere):
        if found := [Span(m.start(), m.end()) for m in re.finditer(form, text, re.IGNORECASE)]:
            return found
    return []


def fitted(encoder: Encoder, lines: Sequence[tuple[str, str, str]], plover: Plover) -> list[dict[str, Any]]:
    """One item for each text with its source and target, in order: the type of what one does to the other."""
    pairs = [sides(*line) for line in lines]
    return [_item(pair, verdict, plover) for pair, verdict in zip(pairs, encoder.judge(pairs), strict=True)]


def _item(pair: Pair, verdict: Verdict, plover: Plover) -> dict[str, Any]:
    type_, share = _type(verdict, plover)
    places = [side for side in (pair.source, pair.target) if side] or [Span(0, len(pair.text))]
    return {
        "start": min(side.start for side in places),
        "end": max(side.end for side in places),
        "type": type_,
        "mode": None,
        "actors": _side(pair.text, pair.source),
        "recipients": _side(pair.text, pair.target),
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


def _side(text: str, span: Span | None) -> list[dict[str, Any]]:
    if span is None:
        return []
    return [{"start": span.start, "end": span.end, "id": span.of(text), "state": None}]
