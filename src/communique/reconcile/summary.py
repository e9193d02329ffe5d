"""What a fact is summed up by: its day, whether it happened, and the words that tell it best."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

from communique.domain.lexicon.reconcile import reconciling
from communique.model import Factuality, Interval
from communique.reconcile.days import NARROW, Window, gap, meant
from communique.reconcile.digests import Digest
from communique.reconcile.near_copies import copy_words

SURE: tuple[Factuality, ...] = ("actual", "denied", "pledged", "planned", "proposed", "hypothetical")
"""The surest first."""

Texts: TypeAlias = Callable[[str], str]
"""Gives the text of a document, by identifier."""

_SPELL = 10  # days that a visit lasts
_LONG = 240  # letters up to which the words of a statement serve as a heading
_BREAK = re.compile(r"(?:(?<=[a-z0-9)][.!?])|(?<=[A-Z]{2}[.!?]))[\"”’)]?\s+(?=[\"“‘A-Z])|\n")


def settled(said: Iterable[Digest]) -> dict[str, Interval]:
    """When each statement of a fact has it happen, by statement; of several occasions the one others tell."""
    said = list(said)
    sure = [
        item.windows[0]
        for item in said
        if len(item.windows) == 1 and (item.windows[0][1] - item.windows[0][0]).days < NARROW
    ]
    found = {}
    for item in said:
        when = item.statement.when
        if when and (known := meant(when, item.published, sure)):
            found[item.statement_id] = known
    return found


def when_of(said: Sequence[Digest]) -> Interval | None:
    """The day most origins give; of equals the narrowest (of a visit its whole length), then the earliest."""
    known = settled(said)
    if not known:
        return min((s.statement.when for s in said if s.statement.when), key=lambda w: w.days, default=None)
    voices: defaultdict[Window, set[str]] = defaultdict(set)
    for item in said:
        if when := known.get(item.statement_id):
            voices[when.earliest, when.latest].add(item.statement.origin or item.statement.doc_id)
    visit = reconciling().meeting.visit
    length = -1 if any(item.statement.mode == visit for item in said) else 1

    def fitness(when: Interval) -> tuple[object, ...]:
        short = length * when.days if when.days <= _SPELL else when.days
        return when.days > NARROW, -len(voices[when.earliest, when.latest]), short, when.earliest

    return min(known.values(), key=lambda when: (*fitness(when), when.text or ""))


def factuality_of(said: Iterable[Digest], when: Interval | None) -> Factuality:
    """The surest that is told; what a page says of a day still to come is planned, whatever its tense."""
    return min((_certainty(item, when) for item in said), key=SURE.index)


def _certainty(item: Digest, when: Interval | None) -> Factuality:
    factuality = item.statement.factuality
    if factuality != "actual" or item.statement.kind != "event" or when is None or item.published is None:
        return factuality
    ahead = gap(item.published, (when.earliest, when.latest)) > 0 and item.published[1] < when.earliest
    return "planned" if ahead and when.days <= NARROW else factuality


def about(said: Sequence[Digest], when: Interval | None, texts: Texts) -> str:
    """The words that tell a fact best: of the surest ones the shortest that stand by themselves.

    Where there are none, the sentence in which the surest stand.
    """
    chosen = min(said, key=lambda item: _fitness(item, when))
    best = chosen.statement
    if best.kind == "quote" and best.words:
        return best.words
    if best.kind == "event" and chosen.surfaces is not None and _is_fragment(chosen):
        whole = _sentence(texts(best.doc_id), best.start, best.end)
        return whole if best.quote in whole and len(whole) <= _LONG else best.quote
    return best.quote


def _sentence(text: str, start: int, end: int) -> str:
    """The sentence around some words, as far as stops and line breaks tell."""
    first = max((m.end() for m in _BREAK.finditer(text, max(0, start - _LONG), start)), default=None)
    following = _BREAK.search(text, end)
    if first is None:
        first = start if start > _LONG else 0
    return text[first : following.start() + 1 if following else end + _LONG].strip()


def _fitness(item: Digest, when: Interval | None) -> tuple[object, ...]:
    statement = item.statement
    if statement.kind == "quote":
        return -len(statement.words or statement.quote), item.order
    return (
        SURE.index(_certainty(item, when)),
        _is_fragment(item),
        statement.object is not None and statement.object.text not in statement.quote,
        len(statement.quote) > _LONG,
        len(statement.actors) - _named(item),
        not statement.quote[:1].isupper(),
        statement.object is None,
        statement.object is not None and statement.object.id is None,
        len(statement.quote),
        item.order,
    )


def _named(item: Digest) -> int:
    """How many of its actors the words of a statement call by a name."""
    statement = item.statement
    return sum(
        statement.start <= actor.start < statement.end and surface[:1].isupper()
        for actor, surface in zip(statement.actors, item.surfaces or (), strict=False)
    )


def _is_fragment(item: Digest) -> bool:
    """Whether words that begin in the midst of a sentence cannot be read by themselves."""
    quote = item.statement.quote
    if quote[:1].isupper():
        return False
    first = next(iter(copy_words(quote[:40])), "")
    return first in reconciling().fragment_words or (item.surfaces is not None and not _named(item))
