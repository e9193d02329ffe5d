"""Who holds which office in a text: clues to when it was written."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from communique.domain.lexicon.dating import Dating
from communique.domain.load import Domain, Tenure
from communique.domain.schema import Person
from communique.read.calendar_days import CALENDAR, Days
from communique.read.clues import Clue, Sentence
from communique.read.naming import named

_WORD = re.compile(r"[A-ZÀ-ÞĀ-ž][\w’'-]*")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_BEFORE = 70  # characters before a name in which its title is looked for
_AFTER = 90  # characters after it
_AWAITED = timedelta(days=100)  # an election to an office precedes it by so many days at most
_NEW = timedelta(days=200)  # how long a holder is called new
_LEAVING = timedelta(days=200)  # how long before the end one is called outgoing
_LEADERS = ("head_of_state", "head_of_government", "secretary_general")
_UPPER = 8  # sentences that tell the news and not its history


@dataclass(frozen=True)
class Known:
    """A person with the names and the titles (in lower case) he is found by."""

    person_id: str
    person: Person
    names: tuple[str, ...]
    tenures: tuple[tuple[Tenure, tuple[str, ...]], ...]


@dataclass(frozen=True)
class _Place:
    """Where a person is named, and the words on either side."""

    start: int
    end: int
    in_full: bool
    before: str
    after: str


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


def incumbents(
    found: Sequence[Sentence], domain: Domain, words: Dating, dated: bool = False
) -> Iterator[Clue]:
    """Who is named in an office, as one of those who held it, or without it.

    On a page with a day of the month (`dated`) those named without their office help to tell the year.
    """
    index = known_people(domain)
    seen: set[str] = set()
    for sentence in found:
        years = [
            int(m[0])
            for m in _YEAR.finditer(sentence.text)
            if words.year_past.regex.search(before := sentence.text[max(0, m.start() - _BEFORE) : m.start()])
            and not words.deadline.regex.search(before)
        ]
        late = " late " in sentence.text
        for match in _WORD.finditer(sentence.text):
            people = index.get(match[0]) or index.get(re.sub(r"['’]s?$", "", match[0]), ())
            if not people:
                continue
            for clue in _of_name(sentence, match, people, years, domain, words, dated):
                told = f"{clue.ground.rule}: {clue.ground.text}"
                if told not in seen:
                    seen.add(told)
                    yield clue
            if late:
                yield from _no_longer_alive(sentence, match, people, words)


def _of_name(
    sentence: Sentence,
    match: re.Match[str],
    people: Sequence[Known],
    years: Sequence[int],
    domain: Domain,
    words: Dating,
    dated: bool,
) -> Iterator[Clue]:
    """The days on which one of the people so named held the office he is given.

    `years` are those gone by that the sentence names: it may tell of an office as it was then.
    """
    held, former, heir, untitled, serving = (CALENDAR.none() for _ in range(5))
    start, end = match.start(), match.end()
    for known in people:
        place = _place(sentence.text, match, known, words)
        if place is None:
            continue
        end = max(end, place.end)
        for tenure, titles in known.tenures:
            if any(tenure.since.year <= year <= (tenure.until or date.max).year for year in years):
                continue
            lead = _lead(place, titles, words)
            if lead is None:
                if place.in_full and not words.former_after.regex.match(place.after):
                    serving |= CALENDAR.between(tenure.since, tenure.until)
                    if tenure.office.role in _LEADERS:
                        untitled |= CALENDAR.between(tenure.since - _AWAITED, None)
                continue
            if _of_another(lead, place.after, tenure.office.of, domain):
                continue
            start = min(start, place.start - len(place.before) + len(lead))
            lowered = lead.lower()
            if words.former.regex.search(lowered) or words.late.regex.search(lowered):
                former |= _after(tenure, known)
            elif words.to_be.regex.search(lowered) or words.elect.regex.search(place.before.lower()):
                heir |= CALENDAR.between(tenure.since - _AWAITED, tenure.since)
            else:
                held |= _while_held(tenure, lead, words)
        if took := _took_office(sentence, place, known, words):
            yield took
    weight = (100 if sentence.number < _UPPER else 90) - sentence.is_caption
    if held.any():
        yield Clue(held, sentence.ground("in office", start, end), weight)
    elif heir.any():
        yield Clue(heir, sentence.ground("elected, not yet in office", start, end), weight)
    elif former.any():
        yield Clue(former, sentence.ground("no longer in office", start, end), 40)
    elif dated and serving.any() and not _is_past(sentence.text[:start], words):
        yield Clue(serving, sentence.ground("named while in an office", start, end), 5)
    if untitled.any() and not held.any():
        yield Clue(untitled, sentence.ground("a leader named", start, end), 25)


def _while_held(tenure: Tenure, lead: str, words: Dating) -> Days:
    """The days of a tenure, its first for one called new, its last for one called outgoing."""
    since, until = tenure.since, tenure.until
    new = words.new.regex.search(lead)
    if new and lead[new.start()].islower():  # not New Zealand
        until = min(until or date.max, since + _NEW)
    elif until and words.outgoing.regex.search(lead):
        since = max(since, until - _LEAVING)
    return CALENDAR.between(since, until)


def _place(sentence: str, match: re.Match[str], known: Known, words: Dating) -> _Place | None:
    """Where the name of a person stands that holds the matched word, in full or the family name alone."""
    found, in_full = None, False
    for name in known.names:
        reach = len(name)
        at = sentence.find(name, max(0, match.start() - reach), match.end() + reach)
        if at >= 0 and at <= match.start() < at + len(name):
            found, in_full = (at, at + len(name)), " " in name
            break
    if found is None:
        family, at = known.person.family, match.start()
        if not sentence.startswith(family, at) or words.other_name.match(sentence, at + len(family)):
            return None
        found = at, at + len(family)
    before = sentence[max(0, found[0] - _BEFORE) : found[0]]
    return _Place(*found, in_full, before, sentence[found[1] : found[1] + _AFTER])


def _lead(place: _Place, titles: Sequence[str], words: Dating) -> str | None:
    """What stands before the title that a name bears; None if it bears none of these."""
    titled = words.elect.regex.sub("", place.before.lower().rstrip(" ,"))
    for title in titles:
        if titled.endswith(title) and not titled[: -len(title)][-1:].isalnum():
            return place.before[: len(titled) - len(title)]
        # "Presidents Joe Biden and Emmanuel Macron"
        plural = f"{title}s "
        at = titled.rfind(plural) if not titled.endswith(f"{title}s") else len(titled) - len(title) - 1
        if at >= 0 and _IN_A_ROW.fullmatch(place.before[at + len(plural) :]):
            return place.before[:at]
        if _after_name(place.after, title):
            return ""
    return None


_IN_A_ROW = re.compile(r"(?:(?:[A-ZÀ-Þ][\w.'’-]*\s+){1,4}(?:of\s+\w+\s+)?(?:,\s*|and\s+))*")


def _after_name(after: str, title: str) -> bool:
    """Whether a title follows its name: "Mark Rutte, the alliance's secretary general"."""
    lowered = after.lower()
    at = lowered.find(title)
    return at > 1 and re.fullmatch(r",(?: (?!former|ex)[\w'’.-]+){0,4} ", lowered[:at]) is not None


def _of_another(lead: str, after: str, of: str, domain: Domain) -> bool:
    """Whether the words beside a title say that it is an office of some other state or body."""
    if (match := re.match(r"\s+of\s+(?:the\s+)?(?=[A-Z])", after)) is not None:
        beside = next(named(after[match.end() :], domain), None)
        if beside is not None and beside.start == 0:
            return beside.code != of
    owner = None
    for found in named(lead[-40:], domain):
        owner = found
    if owner is None or not re.fullmatch(r"(?:['’]s?)?\s*(?:new\s+|acting\s+)?", lead[-40:][owner.end :]):
        return False
    return owner.code != of


def _after(tenure: Tenure, known: Known) -> Days:
    """The days on which somebody who held an office is its former holder."""
    if tenure.until is None:
        return CALENDAR.none()
    days = CALENDAR.between(tenure.until, None)
    for other, _ in known.tenures:
        if other.office_id == tenure.office_id and other.since > tenure.since:
            days &= ~CALENDAR.between(other.since, other.until)
    return days


def _is_past(lead: str, words: Dating) -> bool:
    lowered = lead[-_BEFORE:].lower()
    return words.former.regex.search(lowered) is not None or words.late.regex.search(lowered) is not None


def _took_office(sentence: Sentence, place: _Place, known: Known, words: Dating) -> Clue | None:
    """ "who took office in March", "elected last month": the months after the beginning of a tenure."""
    match = words.took_office.regex.search(place.after)
    if match is None or _YEAR.search(place.after[match.start() :]):
        return None
    month, which = match["month"], (match["which"] or "").lower()
    days = CALENDAR.none()
    for tenure, _ in known.tenures:
        begun = tenure.since
        if month:
            number = words.months[month.lower()]
            late = (begun.month - number) % 12
            if late == 0 or (late <= 3 and "elect" in match[0].lower()):
                days |= CALENDAR.between(begun, begun + timedelta(days=330))
        else:
            first = begun.replace(day=1)
            last = first + timedelta(days=31 if which == "last" else 0)
            until = last.replace(day=calendar.monthrange(last.year, last.month)[1])
            days |= CALENDAR.between(begun, until)
    if not days.any():
        return None
    at = place.end + match.start()
    return Clue(days, sentence.ground("in office since lately", at, place.end + match.end()), 35)


def _no_longer_alive(
    sentence: Sentence, match: re.Match[str], people: Sequence[Known], words: Dating
) -> Iterator[Clue]:
    for known in people:
        place = _place(sentence.text, match, known, words)
        if known.person.died and place and words.late.regex.search(sentence.text[: place.start]):
            days = CALENDAR.between(known.person.died, None)
            yield Clue(days, sentence.ground("no longer alive", place.start, place.end), 84)
