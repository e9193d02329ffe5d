"""What a text shows of the day it was written, clue by clue: each allows some days and excludes the rest."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal, TypeAlias

from communique.domain.lexicon.dating import Dating
from communique.domain.load import Domain
from communique.model import Ground
from communique.read.calendar_days import CALENDAR, Days
from communique.read.naming import Named, named
from communique.text import Region

Tense: TypeAlias = Literal["gone", "ahead"]

_SENTENCE_END = re.compile(r"(?<=[.!?])[\"”’)]*\s+(?=[\"“‘(]?[A-Z])|[\r\n]+")
_ABBREVIATED = re.compile(r"(?:\b[A-Z]|\b(?:Mr|Mrs|Ms|Dr|Gen|Col|Lt|Sgt|Sen|Rep|Gov|St|No))\.$")
_YEAR = re.compile(r"(?<![\d,.$€£¥/-])(?:19|20)\d\d(?![\d%-]|,\d|\.\d)")
_DIGIT = re.compile(r"\d")
_LONGEST = 2_000  # characters; what is longer is no sentence
_LEAD = 60  # characters before a year or weekday that tell how it is meant
TOP = 3  # sentences that tell the news itself
_MIDDLE = 7
_UPPER = 4 * TOP  # sentences whose weekdays are those of the week of the page

# How far from a page, in days, the day lies that it gives without the year.
_BEHIND = 330
_BEHIND_AT_TOP = 31
_AHEAD = 100
_AHEAD_SOON = 35
_DATED_AHEAD = 5
_WEEKDAY_AHEAD = 4  # "begins on Tuesday" stands in pages of the Friday before to that Tuesday
_WEEKDAY_BEHIND = 4  # "said on Friday" stands in pages of that Friday to the next Tuesday
_WEEKDAY_FAR_BEHIND = 5  # far down the page a weekday may lie a day farther back


@dataclass(frozen=True)
class Sentence:
    """A sentence of the body (or a line of a caption); `number` counts from the top."""

    start: int
    text: str
    number: int
    is_caption: bool = False
    _marks: list[tuple[int, Tense]] = field(default_factory=list, repr=False, compare=False)
    _named: list[list[Named]] = field(default_factory=list, repr=False, compare=False)

    def ground(self, rule: str, start: int, end: int) -> Ground:
        """A ground whose words stand at `start` to `end` of the sentence."""
        return Ground(rule, self.text[start:end], self.start + start, self.start + end)

    def named(self, domain: Domain) -> list[Named]:
        """The states and bodies it names."""
        if not self._named:
            self._named.append(list(named(self.text, domain)))
        return self._named[0]

    def tense_at(self, start: int, end: int, words: Dating) -> Tense | None:
        """Whether what stands there is told as gone by or still ahead: the nearest verb decides."""
        if not self._marks:
            ahead = [m.span() for m in words.ahead.regex.finditer(self.text)]
            self._marks.extend((at, "ahead") for at, _ in ahead)
            self._marks.extend(
                (place, "gone")
                for place in words.gone.places(self.text)
                if not _within(place, ahead)  # "was to have announced"
            )
            self._marks.append((len(self.text), "gone"))
            self._marks.sort()
        if before := bisect_left(self._marks, start, key=lambda mark: mark[0]):
            return self._marks[before - 1][1]
        at, tense = self._marks[bisect_left(self._marks, end, hi=len(self._marks) - 1, key=lambda m: m[0])]
        return tense if at < len(self.text) else None


@dataclass(frozen=True)
class Clue:
    """Days on which the page may have been written, why, and how sure that is (heavier is surer)."""

    days: Days
    ground: Ground
    weight: int


@dataclass(frozen=True)
class DayNamed:
    """A day of a month as a sentence gives it, with the weekday and year if it gives them."""

    start: int
    end: int
    month: int
    day: int
    last_day: int
    year: int | None
    weekday: int | None

    def centres(self, tense: Tense | None) -> Days:
        """The days it may be: of any year, or of its year; the last of several if still ahead."""
        days = CALENDAR.day_of_any_year(self.month, self.last_day if tense == "ahead" else self.day)
        if self.year:
            days = days & CALENDAR.year(self.year)
        if self.weekday is not None and self.last_day == self.day:
            days = days & CALENDAR.on_weekday(self.weekday)
        return days


def clues(found: Sequence[Sentence], words: Dating, has_dateline: bool = False) -> Iterator[Clue]:
    """Every clue of days, weekdays, months and years; a page with a dateline is news of the day."""
    last_gone: tuple[int, DayNamed] | None = None
    soon = any(words.imminent.regex.search(s.text) for s in found[:TOP])
    weekdays: list[tuple[Sentence, re.Match[str]]] = []
    for sentence in found:
        if sentence.is_caption:
            yield from _years(sentence, words)
            continue
        days = list(days_named(sentence.text, words))
        formal = bool(days) and _is_formal(sentence, words)
        bare = list(_bare_weekdays(sentence, days, words))
        for day in days:
            tense = sentence.tense_at(day.start, day.end, words)
            if tense == "gone":
                last_gone = sentence.number, day
            begins = _weekday_ahead(sentence, day, bare, words)
            if clue := _of_day(sentence, day, tense, soon, begins):
                yield clue
            if tense == "ahead" and not day.year and day.weekday is None:
                yield _not_of_the_week(sentence, day)
            if formal and tense == "gone" and not day.year and day.weekday is None:
                yield _on_a_working_day(sentence, day)
        if sentence.number < _UPPER:
            weekdays += ((sentence, match) for match in bare if _is_gone(sentence, match, words))
        if (
            last_gone
            and sentence.number - last_gone[0] <= 4
            and (match := words.this_week.regex.search(sentence.text))
        ):
            yield Clue(
                _same_week(last_gone[1].centres("gone")),
                sentence.ground("the week of a day gone by", match.start(), match.end()),
                50,
            )
        yield from _years(sentence, words)
        yield from _months(sentence, words)
    yield from _of_weekdays(weekdays, words, has_dateline)


@dataclass(frozen=True)
class Opening:
    """The part of a page that tells the news: from its title to its third sentence."""

    text: str
    sentences: tuple[Sentence, ...]
    dateline: str
    _named: list[list[Named]] = field(default_factory=list, repr=False, compare=False)

    def named(self, domain: Domain) -> list[Named]:
        """The states and bodies it names."""
        if not self._named:
            self._named.append(list(named(self.text, domain)))
        return self._named[0]

    @classmethod
    def of(cls, text: str, regions: Sequence[Region], found: Sequence[Sentence]) -> Opening:
        """The opening of a page with these regions and sentences."""
        top = tuple(one for one in found if one.number < TOP and not one.is_caption)
        end = top[-1].start + len(top[-1].text) if top else 0
        start = min((r.start for r in regions if r.label in ("title", "dateline", "body")), default=0)
        dateline = next((text[r.start : r.end] for r in regions if r.label == "dateline"), "")
        return cls(text[min(start, end) : end], top, dateline)


def sentences(text: str, regions: Sequence[Region]) -> list[Sentence]:
    """The sentences of body and captions, roughly."""
    found: list[Sentence] = []
    number = 0
    for region in regions:
        if region.label not in ("body", "caption"):
            continue
        start = region.start
        while start < region.end:
            end = _sentence_end(text, start, region.end)
            if text[start:end].strip():
                found.append(Sentence(start, text[start:end], number, region.label == "caption"))
                number += region.label == "body"
            start = end
    return found


def _sentence_end(text: str, start: int, limit: int) -> int:
    for match in _SENTENCE_END.finditer(text, start, limit):
        if match.start() > start and not _ABBREVIATED.search(
            text[max(start, match.start() - 6) : match.start()]
        ):
            return match.end()
    return limit


# --- days ----------------------------------------------------------------------------------------


def days_named(sentence: str, words: Dating) -> Iterator[DayNamed]:
    """The days of months that a sentence names."""
    if not _DIGIT.search(sentence):
        return
    for match in words.month_day.finditer(sentence):
        day, last = match["day1"] or match["day2"], match["to1"] or match["to2"]
        year, weekday = match["year1"] or match["year2"], match["weekday"]
        yield DayNamed(
            match.start(),
            match.end(),
            words.months[(match["month1"] or match["month2"]).lower()],
            _number(day),
            _number(last or day),
            int(year) if year else None,
            words.weekdays[weekday.lower()] if weekday else None,
        )


def _within(place: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether a place lies in one of some spans, which follow each other."""
    number = bisect_right(spans, place, key=lambda span: span[0])
    return number > 0 and place < spans[number - 1][1]


def _number(day: str) -> int:
    return int(re.sub(r"\D", "", day))


def _of_day(
    sentence: Sentence, day: DayNamed, tense: Tense | None, soon: bool, begins: int | None
) -> Clue | None:
    centres = day.centres(tense)
    positions = CALENDAR.dates(centres)
    if not positions:
        return None
    ground = sentence.ground
    if day.year:
        if tense == "gone":
            return Clue(CALENDAR.between(positions[0], None), ground("day gone by", day.start, day.end), 85)
        if tense == "ahead":
            return Clue(CALENDAR.around(centres, 730, 0), ground("day still ahead", day.start, day.end), 60)
        return None
    at_top = sentence.number < TOP
    weight = 60 if day.weekday is not None else 50
    if tense == "gone":
        days = CALENDAR.around(centres, 0, _BEHIND_AT_TOP if at_top else _BEHIND)
        return Clue(days, ground("day gone by", day.start, day.end), weight)
    if tense == "ahead":
        days = CALENDAR.around(centres, _AHEAD_SOON if soon else _AHEAD, -1)
        if begins is not None:  # the last such weekday before the day is at hand
            firsts = [one - timedelta(days=(one.weekday() - begins) % 7 or 7) for one in positions]
            days = CALENDAR.around(firsts, _WEEKDAY_AHEAD, 0)
        return Clue(days, ground("day still ahead", day.start, day.end), weight)
    return Clue(
        CALENDAR.around(centres, _AHEAD, _BEHIND), ground("day named", day.start, day.end), weight - 10
    )


def _not_of_the_week(sentence: Sentence, day: DayNamed) -> Clue:
    """A day at hand is given by its weekday, one farther off by its date (Associated Press Stylebook)."""
    days = CALENDAR.around(day.centres("ahead"), _AHEAD, -_DATED_AHEAD)
    return Clue(days, sentence.ground("a coming day told by its date", day.start, day.end), 2)


def _on_a_working_day(sentence: Sentence, day: DayNamed) -> Clue:
    """States receive and sign on working days as a rule: it decides between years that are else alike."""
    weekend = CALENDAR.on_weekday(5, 1)
    days = CALENDAR.around(day.centres("gone") & ~weekend, 0, _BEHIND_AT_TOP)
    return Clue(days, sentence.ground("a working day", day.start, day.end), 2)


def _is_formal(sentence: Sentence, words: Dating) -> bool:
    """Whether the sentence tells at the top of the page of a reception or a signing."""
    return sentence.number < TOP and words.formal.regex.search(sentence.text[:_LONGEST]) is not None


def _weekday_ahead(
    sentence: Sentence, day: DayNamed, bare: Sequence[re.Match[str]], words: Dating
) -> int | None:
    """The weekday still ahead that a sentence names before a day of a month ("from Tuesday to April 14")."""
    match = bare[0] if bare else None
    if match is None or match.start() > day.start:
        return None
    if sentence.tense_at(match.start(), match.end(), words) != "ahead":
        return None
    return words.weekdays[match[0].lower()]


def _bare_weekdays(sentence: Sentence, days: Sequence[DayNamed], words: Dating) -> Iterator[re.Match[str]]:
    """The weekdays of a sentence that have no day of a month beside them."""
    named_in = [(day.start, day.end) for day in days]
    for match in words.weekday_name.finditer(sentence.text):
        if _within(match.start(), named_in):
            continue
        if not words.other_weekday.regex.search(sentence.text, max(0, match.start() - _LEAD), match.start()):
            yield match


def _is_gone(sentence: Sentence, match: re.Match[str], words: Dating) -> bool:
    if words.onward.regex.search(sentence.text, max(0, match.start() - _LEAD), match.start()):
        return False
    return sentence.tense_at(match.start(), match.end(), words) == "gone"


def _of_weekdays(
    found: Sequence[tuple[Sentence, re.Match[str]]], words: Dating, has_dateline: bool
) -> Iterator[Clue]:
    """The page follows its weekdays by some days at most; under a dateline the last of them is its own."""
    own = CALENDAR.none()
    for sentence, match in found:
        weekday = words.weekdays[match[0].lower()]
        at_top = sentence.number < TOP
        reach = _WEEKDAY_BEHIND if sentence.number < _MIDDLE else _WEEKDAY_FAR_BEHIND
        if has_dateline and sentence.number == 0:
            reach = 1
        ground = sentence.ground("weekday gone by", match.start(), match.end())
        yield Clue(CALENDAR.on_weekday(weekday, reach), ground, 12 if at_top else 4)
        own |= CALENDAR.on_weekday(weekday)
    if found and has_dateline:
        sentence, match = found[0]
        yield Clue(own, sentence.ground("weekday of the dateline", match.start(), match.end()), 9)


def _same_week(centres: Days) -> Days:
    days = CALENDAR.none()
    for day in CALENDAR.dates(centres):
        days |= CALENDAR.around([day], 0, 6 - day.weekday())
    return days


# --- months and years ----------------------------------------------------------------------------


def _months(sentence: Sentence, words: Dating) -> Iterator[Clue]:
    """A month without a year is not the month of the page, which would be "this month"."""
    for match in words.month_alone.finditer(sentence.text):
        days = ~CALENDAR.in_month(words.months[match[1].lower()])
        yield Clue(days, sentence.ground("month without a year is another", match.start(), match.end()), 3)


def _years(sentence: Sentence, words: Dating) -> Iterator[Clue]:
    for match in _YEAR.finditer(sentence.text):
        year, before = int(match[0]), sentence.text[max(0, match.start() - _LEAD) : match.start()]
        if not CALENDAR.first.year <= year <= CALENDAR.last.year:
            continue
        ground = sentence.ground("year", match.start(), match.end())
        tense = sentence.tense_at(match.start(), match.end(), words)
        if before.lower().endswith("since "):
            tense = "gone"
        month = re.search(rf"\b({words.month})\b\.?,?\s*$", before)
        since = date(year, words.months[month[1].lower()] if month else 1, 1)
        if words.fiscal_year.regex.search(before):
            if tense == "gone":
                yield Clue(CALENDAR.between(date(year - 1, 4, 1), None), ground, 80)
        elif sentence.is_caption and month:
            yield Clue(CALENDAR.between(since, None), ground, 85)
        elif tense == "gone" and words.year_past.regex.search(before):
            if not words.deadline.regex.search(before):
                yield Clue(CALENDAR.between(since, None), ground, 85)
        elif (
            tense == "ahead"
            and words.year_ahead.regex.search(before)
            and (words.deadline.regex.search(before) or not words.year_past.regex.search(before))
        ):
            yield Clue(CALENDAR.between(None, date(year, 12, 31)), ground, 30)
