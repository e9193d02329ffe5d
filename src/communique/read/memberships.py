"""Who belongs to, joins and presides over which body in a text: clues to when it was written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from communique.domain.lexicon.dating import Dating
from communique.domain.lexicon.numerals import number, ordinal
from communique.domain.load import Domain
from communique.domain.schema import Membership
from communique.read.calendar_days import CALENDAR, Days
from communique.read.clues import TOP, Clue, Opening, Sentence
from communique.read.naming import named

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_HEIRS = timedelta(days=60)  # a presidency is spoken of some weeks before it begins
_NEWS = timedelta(days=6)  # an accession told by its weekday is news for so many days
_FEW = 4  # a body with fewer members is not counted


def memberships(found: Sequence[Sentence], opening: Opening, domain: Domain, words: Dating) -> Iterator[Clue]:
    """Who presides over a body or sits in it for a term, how many members it has, who has just joined."""
    top = {one.code for one in opening.named(domain)}
    for sentence in found:
        present = sentence.named(domain)
        bodies = {one.code: (one.start, one.end) for one in present if one.code in domain.bodies}
        weak = _weakly_named(sentence.text, domain)
        if not bodies and not weak:
            continue
        yield from _counts(sentence, domain, words)
        if sentence.is_caption or _YEAR.search(sentence.text):
            continue
        elected = words.elected.regex.search(sentence.text) is not None
        if elected or words.presides.regex.search(sentence.text):
            states = {one.code for one in present if one.code in domain.states}
            for code, place in (bodies | weak).items():
                yield from _terms(sentence, code, place, states, elected, domain)
        if sentence.number < TOP and words.joins.regex.search(sentence.text):
            for code in bodies:
                yield from _accessions(sentence, code, top, domain, words)


def _weakly_named(text: str, domain: Domain) -> dict[str, tuple[int, int]]:
    """Bodies that somebody presides over or is elected to, by names that need this context."""
    found: dict[str, tuple[int, int]] = {}
    for name, code in _weak_names(domain):
        if (at := text.find(name)) >= 0:
            found.setdefault(code, (at, at + len(name)))
    return found


@lru_cache(maxsize=8)
def _weak_names(domain: Domain) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name, code)
        for code, body in domain.bodies.items()
        if any(spell.role != "member" for spell in body.members)
        for name in body.weak
    )


def _terms(
    sentence: Sentence, code: str, place: tuple[int, int], states: set[str], elected: bool, domain: Domain
) -> Iterator[Clue]:
    for role in ("elected", "presides") if elected else ("presides",):
        spells = [
            spell for spell in domain.bodies[code].members if spell.role == role and spell.state in states
        ]
        days = _spoken_of(spells, sentence.text.lower())
        if days.any():
            yield Clue(days, sentence.ground(f"{role}: {code}", *place), 75)


def _spoken_of(spells: Sequence[Membership], sentence: str) -> Days:
    """The days on which some spells are spoken of as the sentence does: this year, next year, or now."""
    days = CALENDAR.none()
    for spell in spells:
        until = spell.until or CALENDAR.last
        if "this year" in sentence:
            days |= CALENDAR.between(date(spell.since.year, 1, 1), date(until.year, 12, 31))
        elif "next year" in sentence:
            days |= CALENDAR.between(date(spell.since.year - 1, 1, 1), date(spell.since.year - 1, 12, 31))
        elif "last year" in sentence:
            days |= CALENDAR.between(date(until.year + 1, 1, 1), date(until.year + 1, 12, 31))
        else:
            days |= CALENDAR.between(spell.since - _HEIRS, until)
    return days


def _accessions(
    sentence: Sentence, code: str, states: set[str], domain: Domain, words: Dating
) -> Iterator[Clue]:
    """A state that has just become a member: the page is of those days."""
    match = words.joins.regex.search(sentence.text)
    weekday = words.weekday_name.search(sentence.text)
    if match is None or weekday is None or sentence.tense_at(weekday.start(), weekday.end(), words) != "gone":
        return
    wanted = words.weekdays[weekday[0].lower()]
    days = CALENDAR.none()
    for spell in domain.bodies[code].members:
        if spell.role == "member" and spell.state in states and spell.since.weekday() == wanted:
            days |= CALENDAR.between(spell.since, spell.since + _NEWS)
    if days.any():
        yield Clue(days, sentence.ground(f"has just joined: {code}", match.start(), weekday.end()), 40)


def _counts(sentence: Sentence, domain: Domain, words: Dating) -> Iterator[Clue]:
    """ "the 31st member of NATO", "the 27 EU states": the days on which a body has so many members."""
    for match in words.members.regex.finditer(sentence.text):
        told = match["count"] or match["rank"]
        row = re.split(r"[\s-]+", told.lower())
        value = number(row) if match["count"] else ordinal(row)
        if value is None:
            continue
        for body in named(sentence.text[match.start() : match.end() + 40], domain):
            counts = _sizes(domain).get(body.code)
            if counts is not None and (days := counts == value).any():
                rule = f"so many members: {body.code}"
                yield Clue(days, sentence.ground(rule, match.start(), match.end()), 45)
                break


@lru_cache(maxsize=8)
def _sizes(domain: Domain) -> Mapping[str, NDArray[np.int16]]:
    """How many members a body has day by day, for bodies whose members the data have."""
    found: dict[str, NDArray[np.int16]] = {}
    for code, body in domain.bodies.items():
        spells = [spell for spell in body.members if spell.role == "member"]
        if len(spells) > _FEW:
            found[code] = sum(
                (CALENDAR.between(spell.since, spell.until).astype(np.int16) for spell in spells),
                np.zeros(CALENDAR.size, np.int16),
            )
    return found
