"""Patterns over classes of words: one symbol for each word, regular expressions over the symbols.

A text becomes a string with one character for each word, which says what classes the word stands in; a
pattern such as `month day (',' year)?` becomes a regular expression over those characters. So a pattern
reads like a grammar, runs at the speed of `re`, and never looks at the words that are in no class.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

_WORD = re.compile(
    r"""(?P<iso>\d{4}-(?:0[1-9]|1[0-2])(?:-\d\d)?(?![\d-]))
      | (?P<slashed>\d{1,2}(?P<between>[/.])\d{1,2}(?P=between)(?:\d{4}|\d\d)(?![./]?\d))
      | (?P<clock>(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?(?![:.]?\d))
      | (?P<fraction>\d{1,2}/\d{1,2}(?![\d/])|[½¼¾⅓⅔])
      | (?P<decade>(?<![\w.,])(?:\d{2,3}|['’‘`]\d)0['’]?s\b)
      | (?P<shortyear>(?<!\w)['’‘`]\d\d\b(?!['’]))
      | (?P<nth_digits>\d+(?:st|nd|rd|th)\b)
      | (?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?|(?<![\w.])\.\d+)
      | (?P<word>(?:[apb]\.?[mc]|b\.c\.e|a\.d)\.(?=\W|$)|[^\W\d_]+\.?)
      | (?P<mark>['’]s\b|[^\s\w])""",
    re.VERBOSE | re.IGNORECASE,
)
_GLUED = ("q", "fy", "h")
_PATTERN = re.compile(
    r"""\s*(?:<(?P<piece>\w+)>|'(?P<single>[^']+)'|"(?P<double>[^"]+)"|(?P<name>\w+)|(?P<mark>[()|?*+]))"""
)


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text: where it stands, its form in small letters, and its shape if it has figures."""

    start: int
    end: int
    lower: str
    shape: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """A pattern found: words `first` to `last` (half-open) and what each class or piece of it matched."""

    name: str
    order: int
    first: int
    last: int
    parts: Mapping[str, tuple[tuple[int, int], ...]]


@dataclass(frozen=True)
class Grammar:
    """Patterns compiled over classes of words.

    `classes` maps class → words in small letters (a word that ends in a full stop is an abbreviation);
    `pieces` and `patterns` are written over class names, `<pieces>` and quoted words.

    >>> grammar = Grammar({"month": {"april"}}, {"day": "digits"}, {"date": "month <day> (',' digits)?"})
    >>> words = grammar.words("on April 5, 2024.")
    >>> [(p.name, p.first, p.last) for p in grammar.find(words)]
    [('date', 1, 5)]
    """

    classes: Mapping[str, set[str]]
    pieces: Mapping[str, str]
    patterns: Mapping[str, str]
    _symbols: dict[str, str] = field(default_factory=dict, init=False, repr=False, compare=False)
    _classes: dict[str, list[str]] = field(default_factory=dict, init=False, repr=False, compare=False)
    _compiled: list[tuple[str, re.Pattern[str], list[str], list[frozenset[str]]]] = field(
        default_factory=list, init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        standing: dict[str, set[str]] = {}
        for name, words in self.classes.items():
            for word in words:
                standing.setdefault(word, set()).add(name)
        for pattern in (*self.pieces.values(), *self.patterns.values()):
            for found in _PATTERN.finditer(pattern):
                if literal := found["single"] or found["double"]:
                    standing.setdefault(literal, set()).add(f"'{literal}'")
        by_standing: dict[frozenset[str], str] = {}
        for word, names in sorted(standing.items()):
            key = frozenset(names)
            symbol = by_standing.setdefault(key, chr(0xE000 + len(by_standing)))
            self._symbols[word] = symbol
        for shape, classes in _SHAPE_CLASSES.items():
            self._symbols[shape] = by_standing.setdefault(classes | {shape}, chr(0xE000 + len(by_standing)))
        for key, symbol in by_standing.items():
            for name in sorted(key):
                self._classes.setdefault(name, []).append(symbol)
        for name, pattern in self.patterns.items():
            groups: list[str] = []
            regex = re.compile(self._translate(pattern, groups))
            needed = [frozenset(symbols) for symbols in self._needed(list(_PATTERN.finditer(pattern)))]
            self._compiled.append((name, regex, groups, needed))

    def _translate(self, pattern: str, groups: list[str]) -> str:
        out: list[str] = []
        at = 0
        while at < len(pattern.rstrip()):
            found = _PATTERN.match(pattern, at)
            if found is None:
                raise ValueError(f"cannot read the pattern from here: {pattern[at:]!r}")
            at = found.end()
            if found["piece"]:
                if found["piece"] not in self.pieces:
                    raise ValueError(f"no piece is called {found['piece']!r}")
                groups.append(found["piece"])
                out.append(f"({self._translate(self.pieces[found['piece']], groups)})")
            elif literal := found["single"] or found["double"]:
                out.append(self._charset(f"'{literal}'"))
            elif found["name"]:
                groups.append(found["name"])
                out.append(f"({self._charset(found['name'])})")
            else:
                out.append("(?:" if found["mark"] == "(" else found["mark"])
        return "".join(out)

    def _needed(self, marks: list[re.Match[str]]) -> list[str]:
        """Sets of symbols of which a text must have one each if a pattern is to be in it at all.

        Reads, and takes from `marks`, up to the bracket that closes what it stands in.
        """
        options: list[list[str]] = [[]]
        while marks:
            found = marks.pop(0)
            if found["mark"] == ")":
                break
            if found["mark"] == "|":
                options.append([])
                continue
            if found["mark"] == "(":
                item = self._needed(marks)
            elif found["piece"]:
                item = self._needed(list(_PATTERN.finditer(self.pieces[found["piece"]])))
            else:
                literal = found["single"] or found["double"]
                item = ["".join(self._classes[f"'{literal}'" if literal else found["name"]])]
            if marks and marks[0]["mark"] in ("?", "*", "+"):
                item = item if marks.pop(0)["mark"] == "+" else []
            options[-1] += item
        if len(options) == 1:
            return options[0]
        return ["".join(min(one, key=len) for one in options)] if all(options) else []

    def _charset(self, name: str) -> str:
        if name not in self._classes:
            raise ValueError(f"no class is called {name!r}")
        return "[" + "".join(self._classes[name]) + "]"

    def words(self, text: str) -> list[Word]:
        """The words of a text; a full stop belongs to the word only in a known abbreviation."""
        return split(text, self._symbols)

    def find(self, words: Sequence[Word], fits: Callable[[Phrase], bool] = lambda _: True) -> list[Phrase]:
        """The phrases in a text, in order, none overlapping: the longest first, then the earlier pattern.

        One that does not fit gives way to the next longest.
        """
        known = self._symbols
        line = "".join([known.get(word.shape or word.lower, ".") for word in words])
        found = sorted(
            self._all(line), key=lambda phrase: (phrase.first - phrase.last, phrase.order, phrase.first)
        )
        taken = bytearray(len(words))
        kept: list[Phrase] = []
        for phrase in found:
            if not any(taken[phrase.first : phrase.last]) and fits(phrase):
                taken[phrase.first : phrase.last] = b"\1" * (phrase.last - phrase.first)
                kept.append(phrase)
        kept.sort(key=lambda phrase: phrase.first)
        return kept

    def _all(self, line: str) -> Iterator[Phrase]:
        present = frozenset(line)
        for order, (name, pattern, groups, needed) in enumerate(self._compiled):
            if any(symbols.isdisjoint(present) for symbols in needed):
                continue
            for found in pattern.finditer(line):
                parts: dict[str, tuple[tuple[int, int], ...]] = {}
                for number, group in enumerate(groups, 1):
                    span = found.span(number)
                    if span[0] >= 0:
                        parts[group] = (*parts.get(group, ()), span)
                yield Phrase(name, order, found.start(), found.end(), parts)


def split(text: str, abbreviations: Container[str] = ()) -> list[Word]:
    """The words, numbers and marks of a text, numbers with their shape.

    A number glued to letters before it (F35, MH370) has no shape, save after a few (Q3, FY2023).

    >>> [(word.lower, word.shape) for word in split("On April 5th, 54,000")]
    [('on', ''), ('april', ''), ('5th', '#nth_day'), (',', ''), ('54,000', '#figure')]
    """
    words: list[Word] = []
    for found in _WORD.finditer(text):
        shape = found.lastgroup or ""
        start, end = found.span()
        if shape == "word":
            lower = found[0].lower()
            if lower[-1] == "." and lower not in abbreviations:
                words.append(Word(start, end - 1, lower[:-1], ""))
                words.append(Word(end - 1, end, ".", ""))
            else:
                words.append(Word(start, end, lower, ""))
        elif shape == "mark":
            words.append(Word(start, end, found[0].replace("’", "'").lower(), ""))
        else:
            glued = start and text[start - 1].isalpha() and words and words[-1].lower not in _GLUED
            words.append(Word(start, end, found[0].lower(), "" if glued else _shape(shape, found[0])))
    return words


_SHAPE_CLASSES: Mapping[str, frozenset[str]] = {
    "#iso": frozenset({"iso"}),
    "#slashed": frozenset({"slashed"}),
    "#clock": frozenset({"clock"}),
    "#fraction": frozenset({"fraction"}),
    "#decade": frozenset({"decade"}),
    "#shortyear": frozenset({"shortyear"}),
    "#nth_day": frozenset({"nth", "dayth", "daynth"}),
    "#nth_more": frozenset({"nth"}),
    "#to_12": frozenset({"digits", "amount", "hour", "day", "yy"}),
    "#to_24": frozenset({"digits", "amount", "hour", "day", "yy"}),
    "#to_31": frozenset({"digits", "amount", "day", "yy"}),
    "#to_99": frozenset({"digits", "amount", "yy"}),
    "#four": frozenset({"digits", "year"}),
    "#figure": frozenset({"digits", "amount"}),
}


def _shape(shape: str, text: str) -> str:
    """The shape a number has for patterns: what day, hour or year it may be."""
    if shape == "nth_digits":
        return "#nth_day" if 1 <= int(text[:-2]) <= 31 else "#nth_more"
    if shape != "digits":
        return f"#{shape}"
    if not text.isascii() or not text.isdigit():
        return "#figure"
    value = int(text)
    if len(text) <= 2:
        return (
            "#to_12"
            if 1 <= value <= 12
            else "#to_24"
            if value <= 24 and value
            else "#to_31"
            if 1 <= value <= 31
            else "#to_99"
        )
    return "#four" if len(text) == 4 and 1000 <= value <= 2199 else "#figure"
