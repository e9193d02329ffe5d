"""Happenings with known days that a text speaks of: agreements signed, summits held, names that came up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from functools import lru_cache

from communique.domain.lexicon.chronicle import chronicle, levelled
from communique.domain.lexicon.dating import Dating, Landmark, dating
from communique.domain.lexicon.gatherings import Gathering, gatherings
from communique.domain.load import Domain
from communique.domain.schema import Agreement
from communique.model import Ground
from communique.read.calendar_days import CALENDAR
from communique.read.clues import TOP, Clue, Opening, Sentence

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_WORD = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NEWS = timedelta(days=6)  # what is told by its weekday is news for so many days
_MANY = 3  # parties of which it is enough that so many are named
_SPOKEN_OF = timedelta(days=365)  # a summit still ahead is the next one


def happenings(found: Sequence[Sentence], opening: Opening, domain: Domain, words: Dating) -> Iterator[Clue]:
    """Every clue of what has known days."""
    yield from _landmarks(found, domain)
    yield from _chronicled(opening, domain, words)
    yield from _met_at(opening, domain)
    top = {one.code for one in opening.named(domain)}
    for sentence in found:
        if sentence.is_caption:
            continue
        if words.signs.regex.search(sentence.text) and not _YEAR.search(sentence.text):
            yield from _signatures(sentence, top, domain, words)
        if words.gathering.regex.search(sentence.text):
            yield from _gatherings(sentence, domain, words)


# --- names -------------------------------------------------------------------------------------


def _landmarks(found: Sequence[Sentence], domain: Domain) -> Iterator[Clue]:
    """What is named only after, or only before, a known day."""
    pattern, names = _landmark_names(domain)
    for sentence in found:
        for match in pattern.finditer(sentence.text):
            landmark = names[match[0]]
            rule = "after what it names" if landmark.since else "before what it names was renamed"
            days = CALENDAR.between(landmark.since, landmark.until)
            weight = 80 if landmark.since else 20
            yield Clue(days, sentence.ground(rule, match.start(), match.end()), weight)


@lru_cache(maxsize=8)
def _landmark_names(domain: Domain) -> tuple[re.Pattern[str], Mapping[str, Landmark]]:
    names = {name: landmark for landmark in dating(domain).landmarks.values() for name in landmark.names}
    ordered = sorted(names, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, ordered))})\b"), names


# --- the chronicle -----------------------------------------------------------------------------


def _chronicled(opening: Opening, domain: Domain, words: Dating) -> Iterator[Clue]:
    """A happening of the chronicle that the opening reports, on the weekday on which it happened."""
    told = {weekday: ground for ground, weekday in _weekdays_gone(opening, words)}
    if not told:
        return
    text = levelled(opening.text)
    days, grounds = CALENDAR.none(), []
    by_weekday = chronicle(domain)
    for weekday, ground in told.items():
        for happening in by_weekday[weekday]:
            if happening.is_told(text):
                days |= CALENDAR.between(happening.day, happening.day + _NEWS)
                grounds.append(ground)
    if grounds:
        yield Clue(days, grounds[0], 40)


def _weekdays_gone(opening: Opening, words: Dating) -> Iterator[tuple[Ground, int]]:
    """The weekdays on which the opening tells what has happened, also "a day after" on the day before."""
    for sentence in opening.sentences:
        for match in words.weekday_name.finditer(sentence.text):
            if sentence.tense_at(match.start(), match.end(), words) != "gone":
                continue
            ground = sentence.ground("a known happening", match.start(), match.end())
            weekday = words.weekdays[match[0].lower()]
            yield ground, weekday
            if words.day_after.regex.search(sentence.text):
                yield ground, (weekday - 1) % 7


# --- agreements --------------------------------------------------------------------------------


def _signatures(sentence: Sentence, top: set[str], domain: Domain, words: Dating) -> Iterator[Clue]:
    """An agreement told as just signed dates the page; "last year" beside it, to the year after."""
    weekday = words.weekday_name.search(sentence.text)
    last_year = sentence.text.find("last year")
    if last_year < 0 and (weekday is None or sentence.number >= TOP):
        return
    present = set(_WORD.findall(sentence.text.lower()))
    named_so, between_them, name = CALENDAR.none(), CALENDAR.none(), ""
    for agreement in _signed(domain):
        if agreement.signed is None or not (sure := _speaks_of(agreement, sentence.text, present, top)):
            continue
        if last_year >= 0:
            days = CALENDAR.year(agreement.signed.year + 1)
        elif weekday and agreement.signed.weekday() == words.weekdays[weekday[0].lower()]:
            days = CALENDAR.between(agreement.signed, agreement.signed + _NEWS)
        else:
            continue
        if sure > 1:
            named_so, name = named_so | days, agreement.name
        else:
            between_them |= days
    if last_year >= 0:
        if named_so.any():
            ground = sentence.ground(f"the year after {name}", last_year, last_year + len("last year"))
            yield Clue(named_so, ground, 55)
    elif weekday and named_so.any():
        yield Clue(named_so, sentence.ground(f"just signed: {name}", weekday.start(), weekday.end()), 40)
    elif weekday and between_them.any():
        ground = sentence.ground("just signed by those named", weekday.start(), weekday.end())
        yield Clue(between_them, ground, 22)


@lru_cache(maxsize=8)
def _signed(domain: Domain) -> tuple[Agreement, ...]:
    """The agreements signed within the days that a page may have."""
    return tuple(a for a in domain.agreements.values() if a.signed and a.signed >= CALENDAR.first)


def _speaks_of(agreement: Agreement, text: str, present: set[str], top: set[str]) -> int:
    """2 if a sentence names an agreement or its parties and the words about it, 1 if its parties alone."""
    if any(name in text for name in agreement.names):
        return 2
    parties = set(agreement.parties)
    if not parties or not (parties <= top if len(parties) < _MANY else len(parties & top) >= _MANY):
        return 0
    return 2 if any(set(map(str.lower, phrase)) <= present for phrase in agreement.about) else 1


# --- summits -----------------------------------------------------------------------------------


def _gatherings(sentence: Sentence, domain: Domain, words: Dating) -> Iterator[Clue]:
    """A summit told of by its place: the page precedes it, or follows it by a year at most."""
    text = sentence.text
    year = _YEAR.search(text)
    codes: set[str] | None = None
    for place, (pattern, held) in _by_place(domain).items():
        if place not in text or (match := pattern.search(text)) is None:
            continue
        codes = {one.code for one in sentence.named(domain)} if codes is None else codes
        meant = [one for one in held if codes & set(one.bodies)]
        if not meant and not any(one.crowded for one in held):
            meant = list(held)
        if year:
            meant = [one for one in meant if one.first.year == int(year[0])]
        days, ahead = CALENDAR.none(), sentence.tense_at(match.start(), match.end(), words) == "ahead"
        for one in meant:
            if ahead:
                days |= CALENDAR.between(one.first - _SPOKEN_OF, one.last)
            else:
                days |= CALENDAR.between(one.first, None)
        if days.any():
            rule = "before a summit" if ahead else "after a summit"
            yield Clue(
                days, sentence.ground(rule, match.start(), match.end()), 30 if sentence.number < TOP else 15
            )


def _met_at(opening: Opening, domain: Domain) -> Iterator[Clue]:
    """A report from the place of a summit about the body that meets there is of its days."""
    if not opening.dateline or not opening.sentences:
        return
    first = opening.sentences[0]
    codes = {one.code for one in first.named(domain)}
    days, place = CALENDAR.none(), ""
    for piece in re.split(r"[,/(]|\s[-–—]", opening.dateline.lower()):
        for one in _in_lower_case(domain).get(piece.strip(), ()):
            if codes & set(one.bodies) and not one.crowded:
                days |= CALENDAR.between(one.first - timedelta(days=1), one.last + timedelta(days=2))
                place = one.place
    if days.any():
        yield Clue(days, first.ground(f"from the summit at {place}", 0, len(first.text.rstrip())), 30)


@lru_cache(maxsize=8)
def _by_place(domain: Domain) -> Mapping[str, tuple[re.Pattern[str], tuple[Gathering, ...]]]:
    """The gatherings of each place, and how they are named by it."""
    found: dict[str, list[Gathering]] = {}
    for gathering in gatherings(domain):
        found.setdefault(gathering.place, []).append(gathering)
    return {place: (_at(place, held), tuple(held)) for place, held in found.items()}


@lru_cache(maxsize=8)
def _in_lower_case(domain: Domain) -> Mapping[str, tuple[Gathering, ...]]:
    return {place.lower(): held for place, (_, held) in _by_place(domain).items()}


def _at(place: str, held: Sequence[Gathering]) -> re.Pattern[str]:
    called = "|".join(sorted({re.escape(one.called) for one in held}))
    name = re.escape(place)
    return re.compile(
        rf"\b{name}(?:[’']s)? (?:[\w-]+ )?(?:{called})\b|"
        rf"\b(?:{called})(?: of [\w ]{{3,30}})? (?:in|at|near) (?:the )?{name}\b"
    )
