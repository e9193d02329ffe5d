"""Who holds which office, and who presides over which body, in a text: clues to when it was written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from communique.domain.lexicon.dating import Dating
from communique.domain.load import Domain, Tenure
from communique.domain.schema import Membership, Person
from communique.read.calendar_days import CALENDAR, Days
from communique.read.clues import Clue, Sentence

_WORD = re.compile(r"[A-ZÀ-ÞĀ-ž][\w’'-]*")
_BEFORE = 70  # characters before a name in which its title is looked for
_HEIRS = timedelta(days=60)  # a presidency is spoken of some weeks before it begins


@dataclass(frozen=True)
class Known:
    """A person with the names and the titles (in lower case) he is found by."""

    person_id: str
    person: Person
    names: tuple[str, ...]
    tenures: tuple[tuple[Tenure, tuple[str, ...]], ...]


@lru_cache(maxsize=8)
def known_people(domain: Domain) -> Mapping[str, tuple[Known, ...]]:
    """People by the first word of their family names."""
    found: dict[str, list[Known]] = {}
    for person_id, person in domain.people.items():
        tenures = tuple(
            (t, tuple(title.lower() for title in t.office.titles)) for t in domain.tenures_of(person_id)
        )
        names = tuple(sorted({person.name, *person.also}, key=len, reverse=True))
        if tenures or person.died:
            known = Known(person_id, person, names, tenures)
            found.setdefault(person.family.split()[0], []).append(known)
    return {word: tuple(people) for word, people in found.items()}


def incumbents(found: Sequence[Sentence], domain: Domain, words: Dating) -> Iterator[Clue]:
    """Who is named in an office, or as former or late holder of one."""
    index = known_people(domain)
    seen: set[str] = set()
    for sentence in found:
        if any(
            _is_past_year(sentence.text, m.start(), words)
            for m in re.finditer(r"\b(?:19|20)\d\d\b", sentence.text)
        ):
            yield from _late(sentence, index, words)
            continue
        for match in _WORD.finditer(sentence.text):
            people = index.get(match[0]) or index.get(re.sub(r"['’]s?$", "", match[0]), ())
            if people and (clue := _of_name(sentence, match, people, words)) and clue.ground.text not in seen:
                seen.add(clue.ground.text)
                yield clue
        yield from _late(sentence, index, words)


def _is_past_year(sentence: str, start: int, words: Dating) -> bool:
    return words.year_past.regex.search(sentence[:start]) is not None


def _of_name(sentence: Sentence, match: re.Match[str], people: Sequence[Known], words: Dating) -> Clue | None:
    """The days on which one of the people so named held the office he is given."""
    days, former = CALENDAR.none(), CALENDAR.none()
    start, end = match.start(), match.end()
    for known in people:
        place = _name_at(sentence.text, match, known)
        if place is None:
            continue
        before = sentence.text[max(0, place[0] - _BEFORE) : place[0]].lower()
        titled = before.rstrip(" ,")
        for tenure, titles in known.tenures:
            title = next(
                (t for t in titles if titled.endswith(t) and not titled[: -len(t)][-1:].isalnum()), None
            )
            if title is None or words.to_be.regex.search(lead := titled[: len(titled) - len(title)]):
                continue
            start = min(start, place[0] - len(before) + len(lead))
            end = max(end, place[1])
            if words.former.regex.search(lead) or words.late.regex.search(lead):
                former |= _after(tenure, known)
            else:
                days |= CALENDAR.between(tenure.since, tenure.until)
    if days.any():
        weight = 92 if sentence.number < 8 else 90
        return Clue(days, sentence.ground("in office", start, end), weight - sentence.is_caption)
    if former.any():
        return Clue(former, sentence.ground("no longer in office", start, end), 40)
    return None


def _after(tenure: Tenure, known: Known) -> Days:
    """The days on which somebody who held an office is its former holder."""
    if tenure.until is None:
        return CALENDAR.none()
    days = CALENDAR.between(tenure.until, None)
    for other, _ in known.tenures:
        if other.office_id == tenure.office_id and other.since > tenure.since:
            days &= ~CALENDAR.between(other.since, other.until)
    return days


def _name_at(sentence: str, match: re.Match[str], known: Known) -> tuple[int, int] | None:
    """Where the name of a person stands that holds the matched word, in full or the family name alone."""
    for name in known.names:
        reach = len(name)
        at = sentence.find(name, max(0, match.start() - reach), match.end() + reach)
        if at >= 0 and at <= match.start() < at + len(name):
            return at, at + len(name)
    family = known.person.family
    at = match.start()
    return (at, at + len(family)) if sentence.startswith(family, at) else None


def _late(sentence: Sentence, index: Mapping[str, tuple[Known, ...]], words: Dating) -> Iterator[Clue]:
    if " late " not in sentence.text:
        return
    for match in _WORD.finditer(sentence.text):
        for known in index.get(match[0], ()):
            place = _name_at(sentence.text, match, known)
            if known.person.died and place is not None and words.late.regex.search(sentence.text[: place[0]]):
                days = CALENDAR.between(known.person.died, None)
                yield Clue(days, sentence.ground("no longer alive", *place), 84)


# --- bodies ------------------------------------------------------------------------------------


def presidencies(found: Sequence[Sentence], domain: Domain, words: Dating) -> Iterator[Clue]:
    """Who presides over a body or sits in it for a term."""
    for sentence in found:
        role = (
            "elected"
            if words.elected.regex.search(sentence.text)
            else "presides"
            if words.presides.regex.search(sentence.text)
            else None
        )
        if role is None or re.search(r"\b(?:19|20)\d\d\b", sentence.text):
            continue
        for code, name in _bodies_of(domain).items():
            place = name.search(sentence.text)
            if place is None:
                continue
            for each in ("elected", "presides") if role == "elected" else ("presides",):
                spells = [spell for spell in domain.bodies[code].members if spell.role == each]
                states = {spell.state for spell in spells}
                named = {state for state in states if _is_named(sentence.text, state, domain)}
                days = _spoken_of([spell for spell in spells if spell.state in named], sentence.text)
                if days.any():
                    yield Clue(days, sentence.ground(f"{each}: {code}", place.start(), place.end()), 75)


@lru_cache(maxsize=8)
def _bodies_of(domain: Domain) -> dict[str, re.Pattern[str]]:
    """Bodies that somebody presides over or is elected to, and how they are named."""
    return {
        code: re.compile(rf"\b(?:{'|'.join(map(re.escape, (*body.names, *body.weak)))})\b")
        for code, body in domain.bodies.items()
        if any(spell.role != "member" for spell in body.members)
    }


def _is_named(sentence: str, code: str, domain: Domain) -> bool:
    state = domain.states.get(code)
    return state is not None and any(
        name in sentence and re.search(rf"\b{re.escape(name)}\b", sentence)
        for name in (state.name, *state.strong, *state.demonyms)
    )


def _spoken_of(spells: Sequence[Membership], sentence: str) -> Days:
    """The days on which some spells are spoken of as the sentence does: this year, next year, or now."""
    days, lowered = CALENDAR.none(), sentence.lower()
    for spell in spells:
        until = spell.until or CALENDAR.last
        if "this year" in lowered:
            days |= CALENDAR.between(date(spell.since.year, 1, 1), date(until.year, 12, 31))
        elif "next year" in lowered:
            days |= CALENDAR.between(date(spell.since.year - 1, 1, 1), date(spell.since.year - 1, 12, 31))
        elif "last year" in lowered:
            days |= CALENDAR.between(date(until.year + 1, 1, 1), date(until.year + 1, 12, 31))
        else:
            days |= CALENDAR.between(spell.since - _HEIRS, until)
    return days
