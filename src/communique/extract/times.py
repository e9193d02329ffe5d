"""Time expressions: spans, TIMEX3 values and intervals.

Expressions are found by the patterns of `data/times.yaml` over classes of words, and read from the day of
publication, or from the date told of last ("two days later"). In a history, a text whose years lie well
before the day it was published, the telling itself carries the year. Where the day of publication is an
interval, each expression is read from both its ends: what they share is the value, what they span is the
interval.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache, partial
from statistics import median
from typing import TYPE_CHECKING

from communique.domain.lexicon.numerals import numerals
from communique.domain.lexicon.quantities import quantity_lexicon
from communique.domain.lexicon.times import time_lexicon
from communique.extract.phrases import Grammar, Phrase, Word
from communique.extract.tense import Direction, direction
from communique.extract.time_calendar import CALENDAR
from communique.extract.time_parts import Moment, Parts, Reading
from communique.extract.time_relative import RELATIVE
from communique.extract.time_values import interval_of, masked, plus_months
from communique.model import Interval, Parsed, TimeExpression

if TYPE_CHECKING:
    from spacy.tokens import Doc

READINGS = {**CALENDAR, **RELATIVE}
# a text is a history if most of its years lie more than this many years before its publication
_HISTORY_YEARS = 3
# ... or, if it names so many, more than one year before
_MANY_YEARS = 20
# a window of publication no wider than this counts as one day, its middle, for the value
_NARROW_DAYS = 10
_DURATIONS = ("duration", "duration of one", "bare units")
_STAND_INS = (date(1905, 3, 9), date(2094, 10, 22))


@dataclass(frozen=True, slots=True)
class _Found:
    """A phrase with its place in the document and its tokens."""

    passage: int
    first: int
    last: int
    start: int
    end: int
    parts: Parts
    reads: str
    near: str
    lead: str


@cache
def grammar() -> Grammar:
    """The patterns of time expressions, compiled."""
    lexicon, words = time_lexicon(), numerals()
    classes = {name: set(entries) for name, entries in lexicon.words.items()}
    classes["numeral"] = {*words.cardinals, *(m for m in words.magnitudes if len(m) > 3)}
    classes["magnitude"] = {word for word, scale in words.magnitudes.items() if scale >= 12 and len(word) > 3}
    classes["nth"] = set(words.ordinals)
    classes["dayth"] = {word for word, rank in words.ordinals.items() if rank <= 30}
    holidays = " | ".join(
        " ".join(f'"{word}"' if "'" in word else f"'{word}'" for word in name.split())
        for name in sorted(lexicon.holidays, key=len, reverse=True)
    )
    return Grammar(
        classes,
        {**lexicon.pieces, "holiday": holidays},
        {pattern.name: pattern.pattern for pattern in lexicon.patterns},
    )


def find(parsed: Parsed, published: Interval | None) -> tuple[TimeExpression, ...]:
    """The time expressions of a document in reading order, offsets into its text.

    `published` is the day or window of publication; without it only what stands by itself has an interval.
    """
    found = list(_found(parsed))
    tenses: dict[int, Direction] = {}

    def toward(number: int) -> Direction:
        if number not in tenses:
            tenses[number] = _direction(parsed, found[number])
        return tenses[number]

    if published is None:
        # two days far apart stand in for the unknown one: what they agree on is certain
        early, late = (_read(found, day, toward, _is_history(found, None)) for day in _STAND_INS)
        readings = [_certain(reading) for reading in map(_common, early, late)]
    else:
        middle = published.earliest + timedelta(days=(published.days - 1) // 2)
        history = _is_history(found, middle)
        early = _read(found, published.earliest, toward, history)
        if published.days == 1:
            readings = early
        else:
            late = _read(found, published.latest, toward, history)
            readings = list(map(_common, early, late))
        if 1 < published.days <= _NARROW_DAYS:
            best = _read(found, middle, toward, history)
            readings = [
                b and r and Reading(b.type, b.value, r.interval) for r, b in zip(readings, best, strict=True)
            ]
    return tuple(
        TimeExpression(f.passage, f.first, f.last, f.start, f.end, r.type, r.value, interval)
        for f, r, interval in zip(
            found, readings, _stretched(parsed, found, readings, published), strict=True
        )
        if r is not None
    )


def _certain(reading: Reading | None) -> Reading | None:
    """A reading without an interval that hangs on the day of publication."""
    if reading and reading.interval and interval_of(reading.value) is None:
        return replace(reading, interval=None)
    return reading


def _common(one: Reading | None, other: Reading | None) -> Reading | None:
    """What two readings of the same words share, and all the days they may mean."""
    if one is None or other is None or one == other:
        return one and other
    value = masked(one.value, other.value)
    if one.interval is None or other.interval is None:
        return Reading(one.type, value, None)
    earliest = min(one.interval.earliest, other.interval.earliest)
    return Reading(
        one.type, value, Interval(earliest, max(one.interval.latest, other.interval.latest), "range")
    )


def _found(parsed: Parsed) -> Iterator[_Found]:
    lexicon, patterns = time_lexicon(), grammar()
    reads = {pattern.name: pattern.reads for pattern in lexicon.patterns}
    for number, passage in enumerate(parsed.passages):
        text = passage.text
        words = patterns.words(text)
        places = _Places(passage.doc)

        def fits(phrase: Phrase, words: Sequence[Word] = words, places: _Places = places) -> bool:
            return _fits(phrase, words, places)

        for phrase in patterns.find(words, fits):
            for piece in _pieces(phrase, words):
                start, end = words[piece.first].start, words[piece.last - 1].end
                first, last = places.tokens(start, end)
                parts = Parts(piece, words, lexicon)
                near = text.lower() if reads[piece.name] == "fiscal" else ""
                start, end = passage.start + start, passage.start + end
                lead = words[piece.first - 1].lower if piece.first else ""
                yield _Found(number, first, last, start, end, parts, reads[piece.name], near, lead)


def _pieces(phrase: Phrase, words: Sequence[Word]) -> list[Phrase]:
    """A phrase of two days or years ("May 3-9", "1939-45") as two."""
    if phrase.name == "days of a month":
        days = sorted((*phrase.parts.get("day", ()), *phrase.parts.get("dayth", ())))
        names = [
            "dayth" if words[day[0]].shape == "#nth_day" or words[day[0]].lower.isalpha() else "day"
            for day in days
        ]
        rest = {name: spans for name, spans in phrase.parts.items() if name not in ("day", "dayth")}
        return [
            replace(phrase, last=days[0][1], parts={**rest, names[0]: (days[0],)}),
            replace(phrase, first=days[1][0], parts={**rest, names[1]: (days[1],)}),
        ]
    if phrase.name == "years":
        year, tail = phrase.parts["year"][0], phrase.parts["yy"][0]
        return [replace(phrase, last=year[1], parts={"year": (year,)}), replace(phrase, first=tail[0])]
    return [phrase]


class _Places:
    """Which tokens stand at which offsets of one passage."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.starts: list[int] = []

    def tokens(self, start: int, end: int) -> tuple[int, int]:
        """The tokens (half-open) that cover an offset range."""
        if not self.starts:
            self.starts = self.doc.to_array("IDX").tolist()
        return bisect_right(self.starts, start) - 1, bisect_right(self.starts, end - 1)

    def tag(self, word: Word) -> str:
        """The part of speech of a word."""
        return self.doc[self.tokens(word.start, word.end)[0]].pos_


def _fits(phrase: Phrase, words: Sequence[Word], places: _Places) -> bool:
    """Whether the words mean a time here: not "may", "march on", "2000 troops", "the 11th Brigade"."""
    doubtful = time_lexicon().doubtful
    inside = words[phrase.first : phrase.last]
    month = phrase.parts.get("month") or phrase.parts.get("weekday")
    if month and not places.doc.text[words[month[0][0]].start].isupper():
        return False
    if _is_homonym(phrase, words, places):
        return False
    after = words[phrase.last] if phrase.last < len(words) else None
    if (
        phrase.name == "units before"
        and after is not None
        and (after.lower[0].isalnum() or after.lower in "\"'“‘(")
    ):
        return False
    if phrase.name in _DURATIONS and not _is_stretch(phrase, words, places):
        return False
    if len(inside) == 1:
        word = inside[0]
        if word.lower in doubtful:
            return places.tag(word) in doubtful[word.lower]
        if phrase.name == "year":
            unit = after is not None and (after.lower,) in quantity_lexicon().unit_words
            return not unit and not _counted(places.tokens(word.start, word.end)[0], places.doc)
    elif phrase.name == "year" and "approx" in phrase.parts and "part" not in phrase.parts:
        # "about 1000", "some 2,500" count; "around 1990" is a year
        return "year" in phrase.parts and int(words[phrase.parts["year"][0][0]].lower) % 100 != 0
    elif phrase.name == "ordinal day" and after is not None:
        return places.tag(after) not in ("NOUN", "PROPN", "ADJ", "NUM") and after.lower not in ("-", "'s")
    return True


def _is_homonym(phrase: Phrase, words: Sequence[Word], places: _Places) -> bool:
    """Whether the last word of a phrase without a year means something else: "the fall of the city"."""
    homonym = time_lexicon().homonyms.get(words[phrase.last - 1].lower)
    if homonym is None or "shift" in phrase.parts or "day" in phrase.parts:
        return False
    if phrase.last < len(words):
        after = words[phrase.last]
        if after.lower in homonym.then or (homonym.then_tags and places.tag(after) in homonym.then_tags):
            return True
    if phrase.last - phrase.first > 2:
        return False
    first = phrase.first + (
        words[phrase.first].lower in ("the", "a", "an") and phrase.last - phrase.first > 1
    )
    before = words[first - 1] if first else None
    if before is None:
        return False
    return before.lower in homonym.after or places.tag(before) in homonym.after_tags


def _is_stretch(phrase: Phrase, words: Sequence[Word], places: _Places) -> bool:
    """Whether units are a stretch of time: not an age ("a 6-year-old"), not a rate ("20 barrels a day")."""
    following = [word.lower for word in words[phrase.last : phrase.last + 2]]
    if following[:1] == ["old"] or following in (["-", "old"], ["-", "olds"], ["of", "age"]):
        return False
    inside = words[phrase.first : phrase.last]
    if len(inside) == 2 and inside[0].lower in ("a", "an") and phrase.first:
        before = words[phrase.first - 1]
        rated = places.tag(before) in ("NOUN", "NUM", "SYM")
        return not rated and before.lower not in ("%", "times", "percent")
    return True


def _counted(position: int, doc: Doc) -> bool:
    """Whether a four-digit number counts what follows ("2000 troops") instead of naming a year."""
    token = doc[position]
    before = doc[position - 1] if position else None
    if before is not None and (
        before.tag_ == "$" or before.lower_ in (*quantity_lexicon().symbols, "#", "+")
    ):
        return True
    after = doc[position + 1] if position + 1 < len(doc) else None
    if after is not None and (after.text in ("%",) or after.lower_ in ("percent", "per")):
        return True
    head = token.head
    if token.dep_ == "nummod" and head.i > position and head.tag_ in ("NNS", "NNPS"):
        value = int(token.text) if token.text.isdigit() else 0
        return value % 100 == 0 or not 1700 <= value <= 2100 or head.i == position + 1
    return False


def _direction(parsed: Parsed, found: _Found) -> Direction:
    doc = parsed.passages[found.passage].doc
    span = doc[found.first : found.last]
    tense = time_lexicon().tense
    told = direction(span.root, tense)
    if told == 0:
        root = span.root.sent.root
        tags = {root.tag_, *(child.tag_ for child in root.children if child.dep_ in ("aux", "auxpass"))}
        told = -1 if tags & {"VBD"} else 0
    return told


def _read(
    found: Sequence[_Found], anchor: date, toward: Callable[[int], Direction], history: bool
) -> list[Reading | None]:
    """Every expression read in order, from one day of publication."""
    at = Moment(anchor, history)
    readings: list[Reading | None] = []
    for number, item in enumerate(found):
        at.direction, at.near, at.lead = partial(toward, number), item.near, item.lead
        at.year_after = _year_after(item, found[number + 1]) if number + 1 < len(found) else None
        try:
            reading = READINGS[item.reads](item.parts, at)
        except (ValueError, OverflowError):  # 31 June, the year 10000
            reading = None
        readings.append(reading)
        told = reading and reading.type in ("DATE", "TIME") and not reading.value.endswith("REF")
        if reading and told and reading.interval and len(reading.value) > 2 and not _backward(item):
            at.told, at.told_value = reading.interval, reading.value
    return readings


def _year_after(item: _Found, following: _Found) -> int | None:
    """The year a range or pair gives once, at its end: "between May and July 2023"."""
    joined = item.passage == following.passage and 1 <= following.start - item.end <= 9
    if not joined or item.reads != "calendar" or following.reads != "calendar" or item.parts.has("year"):
        return None
    between = item.parts.words[item.parts.phrase.last : following.parts.phrase.first]
    if len(between) != 1 or between[0].lower not in time_lexicon().tense.pair_words:
        return None
    lowers = following.parts.lowers("year")
    month, last = item.parts.month, following.parts.month
    if not lowers or month is None or last is None:
        return None
    return int(lowers[0]) - (month > last)


def _backward(item: _Found) -> bool:
    """Whether the phrase only compares with an earlier time ("than a year ago") and tells nothing of it."""
    if item.reads == "away_told":
        way = item.parts.value("adverb_then") or item.parts.value("since_then")
        return way == "-1" and item.parts.unit in ("Y", "Q")
    return item.reads in ("away", "period") or {"ago", "earlier"} <= set(item.parts.all)


def _is_history(found: Sequence[_Found], anchor: date | None) -> bool:
    """Whether a text tells of years past; news counts from its own day ("on Friday"), history hardly."""
    years = [
        int(lowers[0])
        for item in found
        if item.reads == "calendar" and (lowers := item.parts.lowers("year")) and not item.parts.has("era")
    ]
    deictic = sum(
        item.reads in ("deictic", "weekday", "shifted", "clock", "tonight", "away") for item in found
    )
    if len(years) < 4 or len(years) <= 2 * deictic:
        return False
    if anchor is None:
        return not deictic
    ago = anchor.year - median(years)
    return ago > _HISTORY_YEARS or (ago > 1 and len(years) >= _MANY_YEARS and len(years) > 4 * deictic)


def _stretched(
    parsed: Parsed, found: Sequence[_Found], readings: Sequence[Reading | None], published: Interval | None
) -> Iterator[Interval | None]:
    """The intervals, from "since" and until "until", and from the first to the last day of a range."""
    for number, (item, reading) in enumerate(zip(found, readings, strict=True)):
        if reading is None or reading.interval is None:
            yield None
            continue
        interval = replace(reading.interval, text=parsed.text[item.start : item.end])
        tense = time_lexicon().tense
        following = found[number + 1] if number + 1 < len(found) else None
        after = readings[number + 1] if following is not None else None
        if (
            following is not None
            and after is not None
            and after.interval
            and following.passage == item.passage
        ):
            joined = parsed.text[item.end : following.start].strip().lower()
            if joined in tense.range_words or (joined == "and" and item.lead == "between"):
                interval = _through(interval, after.interval)
        if published is not None and reading.type == "DATE":
            if item.lead in tense.since and interval.earliest <= published.latest:
                interval = replace(interval, latest=max(interval.latest, published.latest), precision="range")
            elif item.lead in tense.until and interval.latest >= published.earliest:
                interval = replace(
                    interval, earliest=min(interval.earliest, published.earliest), precision="range"
                )
        yield interval


def _through(first: Interval, last: Interval) -> Interval:
    """From the beginning of one to the end of the other; a year is taken back where they would cross."""
    earliest = first.earliest
    if earliest > last.latest and plus_months(earliest, -12) <= last.latest:
        earliest = plus_months(earliest, -12)
    return (
        first
        if earliest > last.latest
        else replace(first, earliest=earliest, latest=last.latest, precision="range")
    )
