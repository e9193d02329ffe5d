"""How far a thing reaches, as its tellers have it: how many members or places, all or some, only one.

Only what cannot be true together is a difference: "five bases" and "nine bases", not "five new bases" and
"nine bases", nor what one of them leaves open or narrows to a place.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from communique.domain.lexicon.differences import Differences, differences
from communique.domain.lexicon.numerals import number
from communique.model import Statement

_WORD = re.compile(r"[^\W_]+(?:[-'’.,][^\W_]+)*")
_BETWEEN = 2  # words that may stand between a number and what it counts
_ARTICLES = frozenset({"a", "an", "and"})
_PARTAKING = frozenset({"actor", "party"})


@dataclass(frozen=True, slots=True)
class Extent:
    """What a statement says of how many there are: of `what`, `many` (a number, "all" or "some")."""

    what: str
    many: str
    words: str

    def differs(self, other: Extent) -> bool:
        """Whether both cannot be true.

        >>> five, all_of_them = Extent("base", "5", "five bases"), Extent("base", "all", "all bases")
        >>> five.differs(Extent("base", "9", "nine bases")), five.differs(all_of_them)
        (True, False)
        """
        if self.what != other.what or self.many == other.many:
            return False
        return self.many.isdigit() == other.many.isdigit()


def extents(quote: str) -> list[Extent]:
    """The counts of members and places in some words; what is counted twice is told by neither.

    >>> [extent.words for extent in extents("agreed to open nine bases to visiting troops")]
    ['nine bases']
    >>> extents("agreed to open at least nine bases"), extents("five of the nine bases")
    ([], [])
    """
    lists, found = differences(), defaultdict(list)
    words = list(_WORD.finditer(quote))
    for extent in _counts([m[0].casefold() for m in words], lists):
        first, last, noun, many, modifiers = extent
        stretch = quote[words[first].start() : words[last].end()]
        found[noun].append(Extent(" ".join((*modifiers, noun)), many, stretch))
    return [told[0] for told in found.values() if len(told) == 1]


def _counts(words: Sequence[str], lists: Differences) -> Iterator[tuple[int, int, str, str, tuple[str, ...]]]:
    for last, word in enumerate(words):
        noun = _singular(word, lists)
        if noun is None or (last + 1 < len(words) and words[last + 1] in lists.narrowed_by):
            continue
        for first in range(last - 1, max(-1, last - 2 - _BETWEEN), -1):
            many = _many(words[first], lists)
            if many is None:
                continue
            between = words[first + 1 : last]
            start = first - 2 if words[first - 1 : first] == ["the"] else first - 1
            if between[:2] == ["of", "the"] and not many.isdigit():
                between = between[2:]
            if (start < 0 or words[start] not in lists.open_before) and "of" not in between:
                yield first, last, noun, many, tuple(w for w in between if w != "the")
            break


def _many(word: str, lists: Differences) -> str | None:
    if word in lists.whole:
        return "all"
    if word in lists.part:
        return "some"
    value = None if word in _ARTICLES else number([word])
    return f"{value:.0f}" if value and value.is_integer() and 1 < value < 1000 else None


def _singular(word: str, lists: Differences) -> str | None:
    for form in (word, word.removesuffix("s"), re.sub("ies$", "y", word), word.removesuffix("es")):
        if form in lists.counted:
            return form
    return None


def alone(statement: Statement) -> str | None:
    """The one of whom a statement says that nobody else did it ("only Hungary voted against")."""
    lists, did = differences(), [a for a in statement.actors if a.role in _PARTAKING]
    if len({a.state or a.id for a in did}) != 1 or not statement.start <= did[0].start < statement.end:
        return None
    before = [m[0].casefold() for m in _WORD.finditer(statement.quote, 0, did[0].start - statement.start)]
    if before[-1:] and before[-1] in lists.only and not lists.negated.intersection(before[-2:-1]):
        return did[0].state or did[0].id
    return None
