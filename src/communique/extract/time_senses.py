"""Whether words that fit a pattern mean a time where they stand: not "may", "2000 troops"."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

from communique.domain.lexicon.quantities import quantity_lexicon
from communique.domain.lexicon.times import time_lexicon
from communique.extract.phrases import Phrase, Word

if TYPE_CHECKING:
    from spacy.tokens import Doc

_DURATIONS = ("duration", "duration of one", "bare units")


class Tokens:
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


def fits(phrase: Phrase, words: Sequence[Word], places: Tokens) -> bool:
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
    if phrase.name == "gathering":
        leads = time_lexicon().tense.meeting_leads
        return phrase.first == 0 or words[phrase.first - 1].lower in leads
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


def _is_homonym(phrase: Phrase, words: Sequence[Word], places: Tokens) -> bool:
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


def _is_stretch(phrase: Phrase, words: Sequence[Word], places: Tokens) -> bool:
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
