"""Who did it, as its tellers have it: two holders of one office at once, or a title off the record."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from communique.domain.lexicon.reconcile import reconciling
from communique.model import Participant, Statement

AGAINST_THE_RECORD = "title against the record"
"""The rule of a role that the record of offices gives to another on the days of its page."""

RECORD = "record of offices"
"""The voice of the domain data where they contradict a page."""

_WORD = re.compile(r"[^\W_]+")


def in_office(statement: Statement) -> Iterator[tuple[tuple[str, str], Participant]]:
    """The people of a statement whom its words call by an office: ((state, office), who)."""
    for actor in statement.actors:
        if actor.kind == "person" and actor.state and statement.start <= actor.start < statement.end:
            office = title_before(statement.quote[: actor.start - statement.start])
            if office:
                yield (actor.state, office), actor


def title_before(words: str) -> str | None:
    """The office whose title ends some words, unless it is that of a deputy or a former holder.

    >>> title_before("a letter of Defence Minister "), title_before("the former prime minister ")
    ('defence', None)
    """
    lists, plain = reconciling(), " ".join(_WORD.findall(words.casefold()))
    title = _titles().search(plain)
    if title is None:
        return None
    before = plain[: title.start()].split()[-2:]
    other = lists.lesser_qualifiers | lists.dropped_qualifiers - {"the", "his", "her"}
    return None if other.intersection(before) else _families()[title[0]]


@lru_cache(maxsize=1)
def _families() -> dict[str, str]:
    return {title: family for family, titles in reconciling().offices.items() for title in titles}


@lru_cache(maxsize=1)
def _titles() -> re.Pattern[str]:
    longest_first = sorted(_families(), key=lambda title: (-len(title), title))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})$")


def are_two(one: Participant, other: Participant) -> bool:
    """Whether two people are surely not one under two spellings: their names share no word."""
    return one.id != other.id and not {*one.name.casefold().split()} & {*other.name.casefold().split()}
