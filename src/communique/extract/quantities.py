"""Quantities: numbers with their unit, how they are bounded, and what they count or measure.

A number is read from figures or words, with its magnitude ("$7 billion", "two dozen", "hundreds of"); its
unit is a currency, a measure, or the noun it counts. Numbers that are part of a date or a name ("April 5",
"F-35", "Article 9") are left out.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from communique.domain.lexicon.numerals import figure, number
from communique.domain.lexicon.quantities import quantity_lexicon
from communique.extract.counted import concept_token, counted_noun, lemma, words_for
from communique.extract.number_reading import Number, NumberReader
from communique.extract.phrases import Word, split
from communique.model import Bound, Parsed, QuantityMention, TimeExpression

if TYPE_CHECKING:
    from spacy.tokens import Doc

_RANGE = ("-", "–", "—", "to", "and")


def find(parsed: Parsed, times: Sequence[TimeExpression]) -> tuple[QuantityMention, ...]:
    """The quantities of a document in reading order, offsets into its text.

    Numbers inside a date or time of day (of `times`) are none; those of durations are.
    """
    dates: dict[int, list[tuple[int, int]]] = {}
    for time in times:
        if time.type in ("DATE", "TIME"):
            dates.setdefault(time.passage, []).append((time.start, time.end))
    found: list[QuantityMention] = []
    for number_, passage in enumerate(parsed.passages):
        text = passage.text
        words = split(text)
        blocked = [(start - passage.start, end - passage.start) for start, end in dates.get(number_, [])]
        reader = _Reader(text, words, passage.doc, blocked)
        for first, last, start, end, value, upper, unit, bound, concept in reader.quantities():
            at = passage.start
            found.append(
                QuantityMention(
                    number_, first, last, at + start, at + end, value, upper, unit, bound, concept
                )
            )
    for place in conversions(parsed, found):
        # "more than 1,000 km (621 miles)": more than 621 miles, too
        one = found[place - 1]
        found[place] = replace(found[place], bound=one.bound, concept=one.concept)
    return tuple(found)


def conversions(parsed: Parsed, quantities: Sequence[QuantityMention]) -> frozenset[int]:
    """Which of `quantities` (by place) only repeat the one before in another unit: "1,000 km (621 miles)"."""
    measures = quantity_lexicon().measures
    repeated = set()
    for place, (one, other) in enumerate(pairwise(quantities), 1):
        if one.passage != other.passage or not 0 <= other.start - one.end <= 12:
            continue
        between = parsed.text[one.end : other.start].strip().lower()
        if between[:1] not in ("(", ",", "/", "o", "["):
            continue
        if one.unit in measures and other.unit in measures:
            left, right = measures[one.unit], measures[other.unit]
            same = left.dimension == right.dimension and one.unit != other.unit
            near = same and abs(one.value * left.base / (other.value * right.base or 1) - 1) < 0.05
        else:
            codes = quantity_lexicon().currencies
            near = one.unit in codes and other.unit in codes and one.unit != other.unit and between[:1] == "("
        if near:
            repeated.add(place)
    return frozenset(repeated)


class _Reader(NumberReader):
    """Reads the quantities of one passage; numbers inside `dates` (offsets) are left out."""

    def __init__(self, text: str, words: Sequence[Word], doc: Doc, dates: Sequence[tuple[int, int]]) -> None:
        super().__init__(text, words, doc)
        self.dates = dates

    def dated(self, found: Number) -> bool:
        """Whether the number stands in a date, and is not a count of units of time ("two days later")."""
        start, end = self.words[found.first].start, self.words[found.last - 1].end
        if not any(start < e and s < end for s, e in self.dates):
            return False
        unit = self.unit_after(found.last)
        return (
            unit is None
            or (self.lexicon.measures.get(unit[0]) or self.lexicon.measures["year"]).dimension != "time"
        )

    def bound(self, first: int, last: int, vague: bool) -> Bound:
        """How the words before and after a number bound it."""
        i = first
        for _ in range(3):
            for length in (5, 4, 3, 2, 1):
                if i - length < 0:
                    continue
                words = tuple(self.lower(k) for k in range(i - length, i))
                if (bound := self.lexicon.bounds_before.get(words)) and not (
                    length == 1 and self._idle(i - 1)
                ):
                    return bound
            if self.lower(i - 1) not in self.lexicon.between:
                break
            i -= 1
        last += self.lower(last) == "-" and self.glued(last)
        for length in (3, 2, 1):
            words = tuple(self.lower(k) for k in range(last, last + length))
            if bound := self.lexicon.bounds_behind.get(words):
                return bound
        return "at_least" if vague else "exact"

    def _idle(self, i: int) -> bool:
        """Whether a bound word does not bound here: "over" after a verb of moving, "some" before "of"."""
        if self.lower(i) == "over" and (unit := self.unit_after(i + 2)):
            # "spread over five years" lasts five, "for over five years" more
            measure = self.lexicon.measures.get(unit[0])
            return (
                measure is not None
                and measure.dimension == "time"
                and self.lower(i - 1) not in ("for", "well", "just")
            )
        return self.lower(i) in ("under", "over", "within", "around", "above", "below") and self.lower(
            i + 1
        ) in ("the", "one")

    def named(self, found: Number) -> bool:
        """Whether the number is part of a name, a label, a score or a list rather than a quantity."""
        i, j = found.first, found.last
        word, before = self.words[i], self.lower(i - 1)
        figures = word.lower[0].isdigit()
        joined = self.glued(i) and before in ("-", "‑", "–", "/", ".", ":", "#", "_", "@")
        if joined and i >= 2 and (self.glued(i - 1) or before in "#_@"):
            earlier = self.lower(i - 2)
            if (
                earlier
                and (earlier[-1].isalnum() or before in "#_@:")
                and earlier not in self.lexicon.prefixes
            ):
                return True
        if figures and self.glued(j) and self.lower(j)[:1].isalpha() and not self.unit_after(j):
            letters = self.text[self.words[j].start : self.words[j].end]
            return (
                letters.lower() in ("am", "pm", "a.m.", "p.m.")
                or len(letters) > 5
                or (len(letters) == 1 and letters.isupper())
            )
        if figures and self.glued(j) and self.lower(j) in (":", "/") and self.glued(j + 1):
            return True
        if figures and self._telephone(j):
            return True
        if before in self.lexicon.labels and self.unit_after(j) is None:
            # "Article 9", "phase 2"; but "under 20 tanks"
            capital = self.text[self.words[i - 1].start].isupper()
            if capital or counted_noun(self.doc, self.token(i), self.token(j - 1)) is None:
                return True
        if before == "of" and i >= 3 and self.text[self.words[i - 2].start].isupper() and not found.share:
            # "the Group of 20"
            title = self.doc[self.token(i - 2)]
            counted = counted_noun(self.doc, self.token(i), self.token(j - 1))
            known = counted is not None and lemma(self.doc[counted]).lower() in self.lexicon.counts_as
            if not (title.is_sent_start or known or self.unit_after(j)) and title.is_alpha:
                return True
        if not figures and found.last - i == 1 and word.lower == "one":
            return self._pronoun(i)
        if not figures or self.unit_after(j) is not None or self.currency_before(i):
            return False
        token = self.doc[self.token(i)]
        if i and token.i and not self.glued_mark(i - 1):
            previous = self.doc[token.i - 1]
            counts = token.dep_ == "nummod" and token.head.i > token.i
            if previous.pos_ == "PROPN" and previous.text[:1].isupper() and not counts:
                return True
        head = counted_noun(self.doc, token.i, self.token(j - 1))
        named = head is not None and self.doc[head].tag_ == "NNP" and head == self.token(j - 1) + 1
        if named and token.i and self.doc[token.i - 1].pos_ in ("DET", "PROPN", "ADJ"):
            return True
        return (i == 0 or before in (".", "|", "•")) and self.lower(j) in (".", ")", "|")

    def _telephone(self, i: int) -> bool:
        """Whether what follows a number makes it part of a telephone number: "555-0134", "202-555-0134"."""
        if not (self.glued(i) and self.lower(i) == "-" and self.lower(i + 1).isdigit()):
            return False
        return self.lower(i + 1)[0] == "0" or (self.lower(i + 2) == "-" and self.lower(i + 3).isdigit())

    def glued_mark(self, i: int) -> bool:
        """Whether a word is a mark."""
        return not self.lower(i)[:1].isalnum()

    def _pronoun(self, i: int) -> bool:
        """Whether "one" stands for a thing instead of counting: "no one", "the one", "one another"."""
        token = self.doc[self.token(i)]
        if self.lower(i + 1) in ("another", "day", "'s", "of") and self.lower(i + 1) != "of":
            return True
        if self.lower(i - 1) in self.lexicon.pronoun_ones and self.lower(i + 1) != "of":
            return True
        if self.lower(i + 1) == "of":
            return False
        return not (token.dep_ == "nummod" or token.tag_ == "CD") or token.dep_ in (
            "nsubj",
            "dobj",
            "pobj",
            "attr",
            "conj",
        )

    # --- whole quantities ------------------------------------------------------------------------

    def quantities(self) -> Iterator[tuple[int, int, int, int, float, float | None, str, Bound, str]]:
        """Token range, offsets, value, upper, unit, bound and concept of every quantity."""
        i, counted = 0, -1
        while i < len(self.words):
            found = self.number_at(i)
            if found is None:
                i += 1
                continue
            if self.dated(found) or self.named(found):
                i = found.last
                continue
            if found.factor:
                yield from self._told(found, None)
                i = found.last
                continue
            upper = self._upper(found)
            for told in self._told(found, upper):
                # a second number before one noun names it: "two new 737 Max jets"
                if (
                    told[1] - 1 != counted
                    or told[6] in self.lexicon.measures
                    or told[6] in self.lexicon.currencies
                ):
                    yield told
                counted = told[1] - 1
            i = upper.last if upper else found.last

    def _upper(self, found: Number) -> Number | None:
        """The upper end of a range that begins with a number; both ends in one unit, which may stand last."""
        currency, unit = self.currency_before(found.first), self.unit_after(found.last)
        j = unit[1] if unit else found.last
        join = self.lower(j)
        if join not in _RANGE or self.lower(found.first - 1) == "by":
            return None
        if join == "and" and "between" not in (self.lower(found.first - 1), self.lower(found.first - 2)):
            return None
        k = j + 1
        while k < len(self.words) and self.currency_mark(k):
            k += 1
        other = self.number_at(k) if k < len(self.words) else None
        if other is None or other.factor or other.vague or self.dated(other):
            return None
        if join in ("-", "–", "—") and self.lower(other.last) == join and self.glued(other.last):
            return None
        other_currency, other_unit = self.currency_before(other.first), self.unit_after(other.last)
        if unit and other_unit and unit[0] != other_unit[0]:
            return None
        if currency and other_currency and currency[0] != other_currency[0]:
            return None
        if (other_currency and not currency) or (unit and not other_unit and not currency and join != "to"):
            return None
        return None if unit and unit[0] == "percent" and not other_unit else other

    def currency_mark(self, i: int) -> bool:
        """Whether a word is the sign of a currency."""
        return self.lower(i) in self.lexicon.symbols

    def _told(
        self, found: Number, upper: Number | None
    ) -> Iterator[tuple[int, int, int, int, float, float | None, str, Bound, str]]:
        last = upper or found
        value, top = found.value, upper.value if upper else None
        if upper and value < upper.value / 1000 and upper.value >= 1000:
            # "two to three million": the magnitude stands once
            scale = upper.value / (
                figure(self.words[upper.first].lower) or number([self.lower(upper.first)]) or 1
            )
            value *= scale
        currency = self.currency_before(found.first)
        start = currency[1] if currency else self.words[found.first].start
        end_word = last.last
        head: int | None = None
        after = self.unit_after(end_word)
        if after is None and self.lower(end_word) == "or" and end_word + 1 < len(self.words):
            # "eight or nine euros"
            other = self.number_at(end_word + 1)
            if other and (shared := self.unit_after(other.last)):
                after = (shared[0], end_word)
        if found.factor:
            unit = "times"
        elif currency:
            unit = currency[0]
            if after and after[0] in self.lexicon.currencies:
                unit, end_word = after
        elif after and not (after[0] == "times" and self.lower(end_word) == "-"):
            unit, end_word = after
            if unit == "percent" and self._of_gdp(end_word):
                unit = "percent_gdp"
        elif found.vague and self.lower(end_word) == "of" and (after := self.unit_after(end_word + 1)):
            unit, end_word = after
        elif self.lower(end_word) == "-" and self.lower(end_word + 1) == "fold":
            unit, end_word = "times", end_word + 2
        elif (
            self.glued(end_word)
            and self.lower(end_word).isalpha()
            and self.words[found.first].lower[0].isdigit()
        ):
            unit, end_word = self.text[self.words[end_word].start : self.words[end_word].end], end_word + 1
        else:
            head = counted_noun(self.doc, self.token(found.first), self.token(last.last - 1))
            unit = "share" if found.share else self._counts(head)
        if unit in self.lexicon.multiples:
            scale, unit = self.lexicon.multiples[unit]
            value, top = value * scale, None if top is None else top * scale
        first_token, last_token = self.token(found.first), self.token(end_word - 1)
        about = head if head is not None else last_token
        money = unit in self.lexicon.currencies or unit == "percent_gdp"
        concept_at = concept_token(self.doc, first_token, about, counted=head is not None, money=money)
        if unit == "number" and concept_at.pos_ in ("NOUN", "PROPN"):
            # "casualties have passed 3,000", "a crew of 130"
            unit = self.lexicon.counts_as.get(lemma(concept_at), unit)
        concept = words_for(concept_at)
        if head is not None:
            last_token = max(last_token, head)
        end = max(
            self.words[end_word - 1].end, self.starts[head] + len(self.doc[head]) if head is not None else 0
        )
        bound = self.bound(self._begins(found.first, start), end_word, found.vague)
        if self.lower(found.first - 1) == "-" and self.lower(found.first - 2) in self.lexicon.prefixes:
            bound = self.lexicon.prefixes[self.lower(found.first - 2)]
        token_start = bisect_right(self.starts, start) - 1
        yield token_start, last_token + 1, start, end, value, top, unit, bound, concept

    def _begins(self, word: int, start: int) -> int:
        """The first word of a quantity with its currency sign."""
        while word and self.words[word - 1].start >= start:
            word -= 1
        return word

    def _of_gdp(self, i: int) -> bool:
        if self.lower(i) not in ("of", "gdp"):
            return False
        after = " ".join(self.lower(k) for k in range(i, i + 7))
        return bool(
            re.match(
                rf"(?:of (?:[\w.']+ ){{0,3}}?)?(?:{'|'.join(self.lexicon.gdp)})\b", after.replace(" 's", "'s")
            )
        )

    def _counts(self, head: int | None) -> str:
        if head is None:
            return "number"
        token = self.doc[head]
        noun = lemma(token).lower()
        if head:
            two = f"{self.doc[head - 1].lower_} {noun}"
            if two in self.lexicon.counts_as:
                return self.lexicon.counts_as[two]
        return self.lexicon.counts_as.get(noun) or self.lexicon.counts_as.get(token.lower_) or noun
