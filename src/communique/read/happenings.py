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
from communique.read.calendar_days import CALENDAR, Days
from communique.read.clues import TOP, Clue, Sentence
from communique.read.naming import named

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_WORD = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NEWS = timedelta(days=8)  # a signature is news for so many days
_MANY = 3  # parties of which it is enough that so many are named
_SPOKEN_OF = timedelta(days=365)  # a summit without its year is the last or the next one


def happenings(found: Sequence[Sentence], domain: Domain, words: Dating) -> Iterator[Clue]:
    """Every clue of what has known days."""
    yield from _landmarks(found, domain, words)
    yield from _chronicled(found[:TOP], domain, words)
    top = {one.code for sentence in found[:TOP] for one in named(sentence.text, domain)}
    for sentence in found:
        if sentence.is_caption:
            continue
        if words.signs.regex.search(sentence.text) and not _YEAR.search(sentence.text):
            yield from _signatures(sentence, top, domain, words)
        if words.gathering.regex.search(sentence.text):
            yield from _gatherings(sentence, domain, words)


# --- names -------------------------------------------------------------------------------------


def _landmarks(found: Sequence[Sentence], domain: Domain, words: Dating) -> Iterator[Clue]:
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


def _chronicled(opening: Sequence[Sentence], domain: Domain, words: Dating) -> Iterator[Clue]:
    """A happening of the chronicle that the opening reports, on the weekday on which it happened."""
    told = [
        (sentence, match, words.weekdays[match[0].lower()])
        for sentence in opening
        if not sentence.is_caption
        for match in words.weekday_name.finditer(sentence.text)
        if sentence.tense_at(match.start(), match.end(), words) == "gone"
    ]
    if not told:
        return
    text = levelled(" ".join(sentence.text for sentence in opening))
    days, grounds = CALENDAR.none(), []
    for happening in chronicle(domain):
        at = [(s, m) for s, m, weekday in told if weekday == happening.day.weekday()]
        if at and happening.is_told(text):
            days |= CALENDAR.between(happening.day, happening.day + _NEWS)
            grounds.append(at[0])
    if grounds:
        sentence, match = grounds[0]
        yield Clue(days, sentence.ground("a known happening", match.start(), match.end()), 40)


# --- agreements --------------------------------------------------------------------------------


def _signatures(sentence: Sentence, top: set[str], domain: Domain, words: Dating) -> Iterator[Clue]:
    """An agreement told as just signed dates the page; "last year" beside it, to the year after."""
    weekday = words.weekday_name.search(sentence.text)
    last_year = sentence.text.find("last year")
    if last_year < 0 and (weekday is None or sentence.number >= TOP):
        return
    present = set(_WORD.findall(sentence.text.lower()))
    days, name = CALENDAR.none(), ""
    for agreement in _signed(domain):
        if agreement.signed is None or not _speaks_of(agreement, sentence.text, present, top):
            continue
        if last_year >= 0:
            days |= CALENDAR.year(agreement.signed.year + 1)
            name = agreement.name
        elif weekday and (agreement.signed.weekday() == words.weekdays[weekday[0].lower()]):
            days |= CALENDAR.between(agreement.signed, agreement.signed + _NEWS)
            name = agreement.name
    if not days.any():
        return
    if last_year >= 0:
        ground = sentence.ground(f"the year after {name}", last_year, last_year + len("last year"))
        yield Clue(days, ground, 55)
    elif weekday:
        yield Clue(days, sentence.ground(f"just signed: {name}", weekday.start(), weekday.end()), 40)


@lru_cache(maxsize=8)
def _signed(domain: Domain) -> tuple[Agreement, ...]:
    """The agreements signed within the days that a page may have."""
    return tuple(a for a in domain.agreements.values() if a.signed and a.signed >= CALENDAR.first)


def _speaks_of(agreement: Agreement, text: str, present: set[str], top: set[str]) -> bool:
    """Whether a sentence names an agreement, or its parties and the words about it."""
    if any(name in text for name in agreement.names):
        return True
    parties = set(agreement.parties)
    if not parties or not (parties <= top if len(parties) < _MANY else len(parties & top) >= _MANY):
        return False
    return any(set(map(str.lower, phrase)) <= present for phrase in agreement.about)


# --- summits -----------------------------------------------------------------------------------


def _gatherings(sentence: Sentence, domain: Domain, words: Dating) -> Iterator[Clue]:
    """A summit told of by its place: the page precedes it, or follows it by a year at most."""
    text = sentence.text
    year = _YEAR.search(text)
    codes: set[str] | None = None
    for place, (pattern, held) in _by_place(domain).items():
        if place not in text or (match := pattern.search(text)) is None:
            continue
        codes = {one.code for one in named(text, domain)} if codes is None else codes
        meant = [one for one in held if codes & set(one.bodies)]
        if not meant and not any(one.crowded for one in held):
            meant = list(held)
        if year:
            meant = [one for one in meant if one.first.year == int(year[0])]
        days, ahead = CALENDAR.none(), sentence.tense_at(match.start(), match.end(), words) == "ahead"
        for one in meant:
            days |= _around(one, ahead, words.since.regex.search(text, 0, match.start()) is not None)
        if days.any():
            rule = "before a summit" if ahead else "after a summit"
            yield Clue(days, sentence.ground(rule, match.start(), match.end()), 30)


def _around(gathering: Gathering, ahead: bool, since: bool) -> Days:
    if ahead:
        return CALENDAR.between(gathering.first - _SPOKEN_OF, gathering.last)
    return CALENDAR.between(gathering.first, None if since else gathering.last + _SPOKEN_OF)


@lru_cache(maxsize=8)
def _by_place(domain: Domain) -> Mapping[str, tuple[re.Pattern[str], tuple[Gathering, ...]]]:
    """The gatherings of each place, and how they are named by it."""
    found: dict[str, list[Gathering]] = {}
    for gathering in gatherings(domain):
        found.setdefault(gathering.place, []).append(gathering)
    return {place: (_at(place, held), tuple(held)) for place, held in found.items()}


def _at(place: str, held: Sequence[Gathering]) -> re.Pattern[str]:
    called = "|".join(sorted({re.escape(one.called) for one in held}))
    name = re.escape(place)
    return re.compile(
        rf"\b{name}(?:[’']s)? (?:[\w-]+ )?(?:{called})\b|"
        rf"\b(?:{called})(?: of [\w ]{{3,30}})? (?:in|at|near) (?:the )?{name}\b"
    )
