"""Time expressions: spans, TIMEX3 values and intervals.

Expressions are found by the patterns of `data/times.yaml` over classes of words, and read from the day of
publication, or from the date told of last ("two days later"). In a history, a text whose years lie well
before the day it was published, the telling itself carries the year. Where the day of publication is an
interval, each expression is read from both its ends: what they share is the value, what they span is the
interval.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache, partial
from statistics import median
from typing import TYPE_CHECKING

from communique.domain.lexicon.numerals import numerals
from communique.domain.lexicon.times import time_lexicon
from communique.extract.phrases import Grammar, Phrase, Word
from communique.extract.tense import Direction, direction
from communique.extract.time_calendar import CALENDAR
from communique.extract.time_named import gatherings_at
from communique.extract.time_parts import Moment, Parts, Reading, led_by
from communique.extract.time_relative import RELATIVE
from communique.extract.time_senses import Tokens, fits
from communique.extract.time_values import interval_of, masked, plus_months
from communique.model import Interval, Parsed, TimeExpression

if TYPE_CHECKING:
    pass

READINGS = {**CALENDAR, **RELATIVE}
# a text is a history if most of its years lie more than this many years before its publication
_HISTORY_YEARS = 3
# ... or, if it names so many, more than one year before
_MANY_YEARS = 20
# a window of publication no wider than this counts as one day, its middle, for the value
_NARROW_DAYS = 10
# characters between a day and the same by another clock: "Wednesday (Thursday in Tokyo)"
_BESIDE = 12
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
    position: int
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
    holidays = " | ".join(_quoted(name) for name in sorted(lexicon.holidays, key=len, reverse=True))
    gatherings = " | ".join(
        f"{words} 'summit' | 'summit' 'in' {words}"
        for words in (_quoted(place) for place in sorted(gatherings_at(), key=len, reverse=True))
    )
    return Grammar(
        classes,
        {**lexicon.pieces, "holiday": holidays, "gathering": gatherings},
        {pattern.name: pattern.pattern for pattern in lexicon.patterns},
    )


def _quoted(words: str) -> str:
    """Words as a pattern has them."""
    return " ".join(f'"{word}"' if "'" in word else f"'{word}'" for word in words.split())


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
        places = Tokens(passage.doc)

        def is_time(phrase: Phrase, words: Sequence[Word] = words, places: Tokens = places) -> bool:
            return fits(phrase, words, places)

        for phrase in patterns.find(words, is_time):
            for piece in _pieces(phrase, words):
                start, end = words[piece.first].start, words[piece.last - 1].end
                first, last = places.tokens(start, end)
                parts = Parts(piece, words, lexicon)
                lead = " ".join(word.lower for word in words[max(0, piece.first - 4) : piece.first])
                kind = reads[piece.name]
                near = text.lower() if kind == "fiscal" or "fiscal" in parts.all else ""
                yield _Found(
                    number,
                    first,
                    last,
                    passage.start + start,
                    passage.start + end,
                    parts,
                    kind,
                    near,
                    start,
                    lead,
                )


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
        at.direction, at.near, at.position = partial(toward, number), item.near, item.position
        at.lead = item.lead
        at.told_just_before = number > 0 and 0 < item.start - found[number - 1].end <= _BESIDE
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
        if reading is not None and reading.interval is None and reading.value == "P1Y":
            yield _year_ending(parsed, found, readings, number)
            continue
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
            if joined in tense.range_words or (joined == "and" and led_by(item.lead, ("between",))):
                interval = _through(interval, after.interval)
        if published is not None and reading.type == "DATE":
            if led_by(item.lead, tense.since) and interval.earliest <= published.latest:
                interval = replace(interval, latest=max(interval.latest, published.latest), precision="range")
            elif led_by(item.lead, tense.until) and interval.latest >= published.earliest:
                interval = replace(
                    interval, earliest=min(interval.earliest, published.earliest), precision="range"
                )
        yield interval


def _year_ending(
    parsed: Parsed, found: Sequence[_Found], readings: Sequence[Reading | None], number: int
) -> Interval | None:
    """The twelve months up to a day: "the year ended March 31"."""
    item, tense = found[number], time_lexicon().tense
    if item.reads != "definite" or number + 1 == len(found):
        return None
    after = readings[number + 1]
    between = parsed.text[item.end : found[number + 1].start].strip().lower()
    if between not in tense.ending or after is None or after.interval is None:
        return None
    last = after.interval.latest
    text = parsed.text[item.start : item.end]
    return Interval(plus_months(last, -12) + timedelta(days=1), last, "year", text)


def _through(first: Interval, last: Interval) -> Interval:
    """From the beginning of one to the end of the other, which is taken a year on where they would cross."""
    latest = last.latest
    if first.earliest > latest:
        latest = plus_months(latest, 12)
    if first.earliest > latest:
        return first
    return replace(first, latest=latest, precision="range")
