"""The parts of a time expression, and the moment from which it is read."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal, TypeAlias

from communique.domain.lexicon.numerals import number, ordinal
from communique.domain.lexicon.times import TimeLexicon
from communique.extract.phrases import Phrase, Word
from communique.extract.tense import Direction
from communique.extract.time_values import interval_of
from communique.model import Interval

TimexType: TypeAlias = Literal["DATE", "TIME", "DURATION", "SET"]


@dataclass(frozen=True, slots=True)
class Reading:
    """Type, TIMEX3 value, and the days it stands for where they are known."""

    type: TimexType
    value: str
    interval: Interval | None


@dataclass
class Moment:
    """Where the telling stands: the page's day, the last date told of, and how to ask for past or ahead."""

    anchor: date
    narrative: bool
    told: Interval | None = None
    told_value: str = ""
    direction: Callable[[], Direction] = lambda: 0
    near: str = ""
    position: int = 0
    lead: str = ""
    told_just_before: bool = False
    year_after: int | None = None

    @property
    def base(self) -> date:
        """The day from which "this" and "last" count: in a history the day told of."""
        return self.told.earliest if self.narrative and self.told else self.anchor

    @property
    def then(self) -> date:
        """The day told of, the page's own where none was."""
        return self.told.earliest if self.told else self.anchor


def led_by(lead: str, words: Collection[str]) -> bool:
    """Whether the words before a phrase end in one of some others."""
    return any(lead == one or lead.endswith(f" {one}") for one in words)


@dataclass(frozen=True)
class Parts:
    """The words of one phrase, asked for by class or piece."""

    phrase: Phrase
    words: Sequence[Word]
    lexicon: TimeLexicon

    def lowers(self, name: str) -> list[str]:
        """The words of the last stretch that matched a class or piece."""
        spans = self.phrase.parts.get(name)
        return [word.lower for word in self.words[spans[-1][0] : spans[-1][1]]] if spans else []

    def has(self, *names: str) -> bool:
        """Whether any of the classes or pieces matched."""
        return any(name in self.phrase.parts for name in names)

    def value(self, name: str) -> str | None:
        """What the word of a class means."""
        lowers = self.lowers(name)
        return self.lexicon.words[name].get(lowers[0]) if lowers else None

    @cached_property
    def all(self) -> list[str]:
        """Every word of the phrase."""
        return [word.lower for word in self.words[self.phrase.first : self.phrase.last]]

    @property
    def next_word(self) -> str:
        """The word after the phrase; empty at the end."""
        return self.words[self.phrase.last].lower if self.phrase.last < len(self.words) else ""

    @property
    def part(self) -> str:
        """START, MID or END where the phrase says early, middle or late."""
        if (part := self.value("part")) in ("START", "MID", "END"):
            return part
        return "START" if "early" in self.all else "END" if "late" in self.all or "latter" in self.all else ""

    @property
    def day(self) -> int | None:
        """The day of the month."""
        if lowers := self.lowers("day"):
            return int(lowers[0])
        return ordinal(self.lowers("dayth") or self.lowers("daynth"))

    @property
    def month(self) -> int | None:
        """The month."""
        return int(found) if (found := self.value("month")) else None

    @property
    def unit(self) -> str:
        """The unit of time."""
        for name in ("unit", "units", "bare_units", "calendar_unit"):
            if spans := self.phrase.parts.get(name):
                return self.lexicon.words[name][self.words[spans[0][0]].lower]
        return "Y" if "year" in self.all else ""

    @property
    def shift(self) -> int:
        """How many units away."""
        if "past" in self.all and not self.has("anaphoric"):
            return -1
        if "coming" in self.all:
            return 1
        return int(self.value("shift") or self.value("anaphoric") or 0)

    @property
    def count(self) -> float | None:
        """How many; None for "a few"."""
        lowers = self.lowers("count1") if self.has("count1") else ["a"]
        if self.has("count"):
            first, _ = self.phrase.parts["count1"][0]
            lowers = [word.lower for word in self.words[first : self.phrase.parts["count1"][0][1]]]
        if "couple" in lowers:
            return 2
        if set(lowers) & {"few", "several", "many"}:
            return None
        if "half" in self.all and self.has("unit") and not self.has("count1"):
            return 1.5 if "and" in self.all else 0.5
        if lowers in (["a"], ["an"]):
            return 1
        return number(lowers)


def dated(value: str, part: str = "", type_: TimexType = "DATE") -> Reading:
    return Reading(type_, value, interval_of(value, part))
