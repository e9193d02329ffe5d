"""The language a person searches in.

    words              must all occur, in any form of theirs: `pledge` finds "pledged"
    "a phrase"         words side by side
    prefix*            words that begin so
    one OR another     either of two neighbours
    -not               without this word, phrase or filter
    actor:JPN          a filter; `actor:JPN,KOR` either, `actor:JPN actor:KOR` both
    since:2023-01      days, months or years, the last included: `until:2023`

Filters: `actor`, `kind`, `type`, `factuality` (of statements), `publisher` (or agency), `since`, `until`.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias, get_args

from communique.errors import UsageError
from communique.model import Factuality, Kind

Field: TypeAlias = Literal["actor", "kind", "type", "factuality", "publisher", "since", "until"]

MOST_TERMS = 64
"""How many terms a query may have."""

_ALLOWED: dict[str, tuple[str, ...]] = {"kind": get_args(Kind), "factuality": get_args(Factuality)}

_TOKEN = re.compile(
    r"""
    (?P<without>-?)
    (?:(?P<field>[A-Za-z_]+):)?
    (?:"(?P<phrase>[^"]*)"(?P<after>\*?) | (?P<open>"[^"]*$) | (?P<word>[^\s"]+))
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase; `prefix` where its last word is only a beginning."""

    words: str
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Filter:
    """A condition on a field: any of `values`, or none of them."""

    field: Field
    values: tuple[str, ...]
    without: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for: of each group of terms at least one, none of `without`, and every filter."""

    groups: tuple[tuple[Term, ...], ...] = ()
    without: tuple[Term, ...] = ()
    filters: tuple[Filter, ...] = ()
    since: date | None = None
    until: date | None = None


def parse_query(text: str) -> Query:
    """The query a person wrote. Raises `UsageError` with one line that says what to change.

    >>> parse_query('tank OR jet -"cold war" kind:quote').groups
    ((Term(words='tank', prefix=False), Term(words='jet', prefix=False)),)
    """
    groups: list[tuple[Term, ...]] = []
    without: list[Term] = []
    filters: list[Filter] = []
    days: dict[str, date] = {}
    joining = False  # an OR was read and waits for its right side
    after_words = False  # the last thing read can be the left side of an OR
    for token in _tokens(text):
        if token["word"] == "OR" and not token["field"] and not token["without"]:
            if joining or not after_words:
                raise UsageError('OR needs a word or phrase on either side; to look for the word, write "OR"')
            joining = True
            continue
        if token["word"] == "AND" and not token["field"] and not token["without"] and not joining:
            continue
        if token["field"]:
            after_words = False
            if joining:
                raise UsageError("OR joins words, not filters; give a filter several values: actor:JPN,KOR")
            _filter(token, filters, days)
            continue
        term = _term(token)
        if token["without"]:
            if joining:
                raise UsageError("OR and - cannot be joined; write the word to leave out on its own")
            without.append(term)
            after_words = False
        elif joining:
            groups[-1] = (*groups[-1], term)
            joining = False
        else:
            groups.append((term,))
            after_words = True
    if joining:
        raise UsageError("OR needs a word or phrase on either side; nothing follows the last one")
    if not groups and not filters and not days:
        raise UsageError("nothing to look for; write words or filters: missile kind:quote since:2023")
    if sum(len(group) for group in groups) + len(without) + len(filters) > MOST_TERMS:
        raise UsageError(f"too much to look for at once; write at most {MOST_TERMS} words and filters")
    if "since" in days and "until" in days and days["until"] < days["since"]:
        raise UsageError("until: lies before since:; exchange them")
    return Query(tuple(groups), tuple(without), tuple(filters), days.get("since"), days.get("until"))


def _tokens(text: str) -> list[dict[str, str]]:
    # Curly quotation marks are what a word processor makes of straight ones; half a surrogate
    # pair is what a shell makes of bytes that are no Unicode.
    text = re.sub("[“”„«»]", '"', re.sub(r"[\x00-\x1f\x7f\ud800-\udfff]", " ", text))
    found: list[dict[str, str]] = []
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        match = _TOKEN.match(text, at)
        if match is None:
            raise UsageError(f"cannot make sense of {text[at : at + 20]!r}; a filter is written actor:JPN")
        if match["open"]:
            raise UsageError(f"a quotation mark is not closed: {match['open'][:40]}")
        found.append({key: value or "" for key, value in match.groupdict().items()})
        found[-1]["raw"] = match.group()
        at = match.end()
    return found


def _term(token: dict[str, str]) -> Term:
    quoted = not token["word"]
    words = token["phrase"] if quoted else token["word"]
    prefix = bool(token["after"])
    if not quoted:
        if set("()") & set(words):
            raise UsageError(
                f"brackets are not understood in {words!r}; OR joins its two neighbours: put other text "
                "in quotation marks"
            )
        if words.endswith("*"):
            words, prefix = words[:-1], True
        if "*" in words:
            raise UsageError(f"a * may only stand at the end of a word: {token['word']!r}")
        if words.endswith(":") and words[:-1].lower() in get_args(Field):
            raise UsageError(f"the filter {words} has no value; write {words}VALUE")
        if ":" in words:
            raise UsageError(f"cannot make sense of {words!r}; put it in quotation marks")
    if not any(character.isalnum() for character in words):
        raise UsageError(f"there is no word in {token['raw']!r}; write letters or digits")
    if prefix and not words[-1].isalnum():
        raise UsageError(f"a * must follow a letter or digit: {token['raw']!r}")
    return Term(words, prefix)


def _filter(token: dict[str, str], filters: list[Filter], days: dict[str, date]) -> None:
    field = token["field"].lower()
    value = token["phrase"] if not token["word"] else token["word"]
    if field not in get_args(Field):
        raise UsageError(
            f"there is no filter {field!r}; use {', '.join(get_args(Field))}, or put the words in quotation "
            "marks"
        )
    parts = token["word"].split(",") if token["word"] else [value]
    values = tuple(part.strip() for part in parts if part.strip())
    if not values:
        raise UsageError(f"the filter {field}: has no value; write it without a space, such as {field}:VALUE")
    if field in ("since", "until"):
        if token["without"] or len(values) > 1 or field in days:
            raise UsageError(f"{field}: takes one day, month or year, once")
        days[field] = _day(field, values[0])
        return
    for one in values:
        if field in _ALLOWED and one.lower() not in _ALLOWED[field]:
            raise UsageError(f"there is no {field} {one!r}; use one of: {', '.join(_ALLOWED[field])}")
    if field in _ALLOWED:
        values = tuple(one.lower() for one in values)
    filters.append(Filter(field, values, bool(token["without"])))  # type: ignore[arg-type]


def _day(field: str, value: str) -> date:
    """The first day of a day, month or year for `since`, the last for `until`."""
    match = re.fullmatch(r"([0-9]{4})(?:-([0-9]{1,2}))?(?:-([0-9]{1,2}))?", value)
    try:
        if match is None:
            raise ValueError
        year, month, day = (int(part) if part else None for part in match.groups())
        assert year is not None
        if field == "since":
            return date(year, month or 1, day or 1)
        last_month = month or 12
        return date(year, last_month, day or calendar.monthrange(year, last_month)[1])
    except ValueError:
        raise UsageError(f"{field}:{value} is no day; write 2023, 2023-01 or 2023-01-13") from None
