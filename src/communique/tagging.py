"""One extractor over lines of text: what the `tag` command does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import islice
from typing import Any, TypeAlias

from communique import fitting
from communique.domain.lexicon.plover import Plover, load_plover
from communique.extract import quantities, speech, times
from communique.extract.encoder import encoder
from communique.ledger import codec
from communique.model import Document, Interval, Parsed, Participant, Publication, Statement
from communique.pipeline import Reader
from communique.text import Region

Item: TypeAlias = dict[str, Any]

BATCH = 64
"""Lines parsed together."""


@dataclass(frozen=True, slots=True)
class Given:
    """One line: its text, the day it is read from, and the two sides where they are given."""

    id: Any
    text: str
    date: date | None = None
    source: str | None = None
    target: str | None = None

    @property
    def sided(self) -> tuple[str, str, str] | None:
        """The text with its two sides, where both are given."""
        if self.source is None or self.target is None:
            return None
        return self.text, self.source, self.target

    @classmethod
    def of(cls, plain: object, sides: bool = False) -> Given:
        """The line a JSON value stands for. Raises `ValueError` with what is wrong with it."""
        if not isinstance(plain, Mapping):
            raise ValueError("is not a JSON object")
        if "id" not in plain:
            raise ValueError('has no "id"')
        needed = ("text", "source", "target") if sides else ("text",)
        for name in needed:
            if not isinstance(plain.get(name), str):
                raise ValueError(f'has no "{name}" (a text)')
        told = plain.get("date")
        try:
            day = date.fromisoformat(told[:10]) if told else None
        except (TypeError, ValueError):
            raise ValueError(f'has a "date" that is no day: {told!r}; write 2023-01-13') from None
        return cls(plain["id"], plain["text"], day, plain.get("source"), plain.get("target"))


@dataclass(frozen=True)
class Tagger:
    """The extractors, ready for lines."""

    reader: Reader

    def tag(self, what: str, lines: Iterable[Given]) -> Iterator[tuple[Given, list[Item]]]:
        """Each line with its items, in order. `what` is one of `TAGS`."""
        find = TAGS[what]
        source = iter(lines)
        while batch := list(islice(source, BATCH)):
            sided = [line.sided for line in batch if line.sided is not None]
            if what == "events" and len(sided) == len(batch):
                items = fitting.fitted(encoder(), sided, self.plover)
                yield from ((line, [item]) for line, item in zip(batch, items, strict=True))
                continue
            documents = [_document(line) for line in batch]
            parsed = self.reader.parser.parse(documents)
            for line, (document, one) in zip(batch, parsed, strict=True):
                yield line, find(self, line, document, one)

    def times(self, line: Given, document: Document, parsed: Parsed) -> list[Item]:
        """TIMEX3 expressions."""
        return [
            {"start": t.start, "end": t.end, "type": t.type, "value": t.value}
            for t in times.find(parsed, _published(document))
        ]

    def quantities(self, line: Given, document: Document, parsed: Parsed) -> list[Item]:
        """Numbers with their units and bounds."""
        when = times.find(parsed, _published(document))
        return [
            {
                "start": q.start,
                "end": q.end,
                "value": q.value,
                "upper": q.upper,
                "unit": q.unit,
                "bound": q.bound,
                "concept": q.concept,
            }
            for q in quantities.find(parsed, when)
        ]

    def quotes(self, line: Given, document: Document, parsed: Parsed) -> list[Item]:
        """Attributions after PolNeAR."""
        return [
            {
                "source": [a.source.start, a.source.end] if a.source else None,
                "cue": [a.cue.start, a.cue.end] if a.cue else None,
                "content": [a.content.start, a.content.end],
                "direct": a.direct,
            }
            for a in speech.outermost(speech.find(parsed))
        ]

    def actors(self, line: Given, document: Document, parsed: Parsed) -> list[Item]:
        """Whom the text names; several where one name stands for several."""
        return [
            {"start": mention.start, "end": mention.end, "id": actor.id, "kind": actor.kind}
            for mention in self.reader.cast(parsed, _published(document)).mentions
            for actor in mention.actors
        ]

    def events(self, line: Given, document: Document, parsed: Parsed) -> list[Item]:
        """Events; where both sides are given, the one that source does to target."""
        if line.sided:
            return fitting.fitted(encoder(), [line.sided], self.plover)
        published = _published(document)
        cast = self.reader.cast(parsed, published)
        found = self.reader.events(document, parsed, cast, times.find(parsed, published))
        return [
            _event(self.reader.objects.identified(one))
            for one in sorted(found, key=lambda s: (s.start, s.end, s.type or "", s.statement_id))
            if one.kind == "event"
        ]

    @cached_property
    def plover(self) -> Plover:
        """The sixteen types and what lies beyond them."""
        return load_plover(self.reader.domain)


TAGS: Mapping[str, Callable[[Tagger, Given, Document, Parsed], list[Item]]] = {
    "times": Tagger.times,
    "quantities": Tagger.quantities,
    "quotes": Tagger.quotes,
    "events": Tagger.events,
    "actors": Tagger.actors,
}


def without_sides(line: Given) -> Given:
    """The line with source and target forgotten, for tagging that is not given them."""
    return replace(line, source=None, target=None)


def _document(line: Given) -> Document:
    """A text without a page: all of it is body."""
    day = line.date
    published = Publication(day, day, day, "day", ()) if day else None
    regions = (Region(0, len(line.text), "body"),)
    return Document("", "", None, "", None, None, None, "en", published, line.text, regions)


def _published(document: Document) -> Interval | None:
    return document.published.interval if document.published else None


def _event(statement: Statement) -> Item:
    return {
        "start": statement.start,
        "end": statement.end,
        "type": statement.type,
        "mode": statement.mode,
        "actors": [_actor(a) for a in statement.actors if a.role != "recipient"],
        "recipients": [_actor(a) for a in statement.actors if a.role == "recipient"],
        "mutual": statement.mutual,
        "when": codec.interval_out(statement.when),
        "factuality": statement.factuality,
        "object": {"text": statement.object.text, "id": statement.object.id} if statement.object else None,
        "score": statement.score,
    }


def _actor(actor: Participant) -> Item:
    return {"start": actor.start, "end": actor.end, "id": actor.id, "state": actor.state}
