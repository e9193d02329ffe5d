"""The lines of a flattened page: paragraphs put together from wrapped lines, and what each looks like."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

import justext

_BREAK = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_IDEOGRAPHS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af\u0e00-\u0e7f]")
_TERMINAL = re.compile(r"[.!?。！？؟।…:;][\"'”’»)\]）」』]*$|[.!?,][\"”’»]$")
_FULL_STOP = re.compile(r"(?<!\.)[.!?。！？؟।][\"'”’»)\]）」』]*(?:\s*\([^()]{2,30}\))?$|[.!?,][\"”’»]$")
_LEADS_ON = frozenset(
    "the a an of to in on at by for with from and or that as than into his her their its".split()  # noqa: SIM905
)
_BULLET = re.compile(r"\s*(?:[•·▪●◦‣*■□–—-]|\d{1,2}[.)]|\([a-z\d]{1,3}\))\s+\S")
_CURLED = str.maketrans("‘’`´“”«»" + "–—―‐‑" + "\u00a0\n\r\t", "''''" + '""""' + "-----" + "    ")


@dataclass(frozen=True)
class Line:
    """A stretch of the page without white space at its ends; `text` is `page[start:end]`."""

    start: int
    end: int
    text: str

    @cached_property
    def words(self) -> list[str]:
        """Its words."""
        return words(self.text)

    @cached_property
    def length(self) -> int:
        """How many words; two ideographs count as one."""
        return max(len(self.words), len(_IDEOGRAPHS.findall(self.text)) // 2)

    @cached_property
    def density(self) -> float:
        """Share of English function words among its words (0 to 1)."""
        known = function_words()
        return sum(word.lower() in known for word in self.words) / len(self.words) if self.words else 0.0

    @cached_property
    def capitals(self) -> float:
        """Share of words with a capital among those that are no function words."""
        known = function_words()
        rest = [word for word in self.words if word.lower() not in known]
        return sum(not word[0].islower() for word in rest) / len(rest) if rest else 0.0

    @cached_property
    def folded(self) -> str:
        """Its text, character for character, in lower case with plain quotes and dashes."""
        return fold(self.text)

    @property
    def stops(self) -> bool:
        """Whether it ends as a sentence does."""
        return _FULL_STOP.search(self.text[-40:]) is not None

    @property
    def is_bullet(self) -> bool:
        """Whether it is an item of a list."""
        return _BULLET.match(self.text) is not None

    def part(self, start: int, end: int) -> Line:
        """A stretch of it, `start` and `end` counted from its own start, without white space at its ends."""
        piece = self.text[start:end]
        first = start + len(piece) - len(piece.lstrip())
        return Line(self.start + first, self.start + first + len(piece.strip()), piece.strip())


def words(text: str) -> list[str]:
    """The words of a text.

    >>> words("the two-year pact")
    ['the', 'two-year', 'pact']
    """
    return _WORD.findall(text)


def fold(text: str) -> str:
    """Lower case, plain quotes and dashes; as long as `text`.

    >>> fold("“Navy’s”")
    '"navy\\'s"'
    """
    plain = text.translate(_CURLED)
    lowered = plain.lower()
    return lowered if len(lowered) == len(plain) else plain


@lru_cache(maxsize=1)
def function_words() -> frozenset[str]:
    """The English function words that jusText goes by."""
    return frozenset(word.lower() for word in justext.get_stoplist("English"))


def lines(text: str) -> list[Line]:
    """The paragraphs of a page: its lines, those wrapped or broken within a sentence put together."""
    return list(_joined(text, list(_raw(text))))


def _raw(text: str) -> Iterator[tuple[int, int, int]]:
    """Start, end and block number of every line that is not blank; blank lines end a block."""
    block = start = 0
    for match in [*_BREAK.finditer(text), None]:
        end = match.start() if match else len(text)
        piece = text[start:end]
        if stripped := piece.strip():
            first = start + len(piece) - len(piece.lstrip())
            yield first, first + len(stripped), block
        else:
            block += 1
        start = match.end() if match else end


def _joined(text: str, raw: list[tuple[int, int, int]]) -> Iterator[Line]:
    width = _wrap_width(text, raw)
    held: tuple[int, int] | None = None
    for number, (start, end, block) in enumerate(raw):
        if held is None:
            held = (start, end)
        else:
            _, last_end, last_block = raw[number - 1]
            last = text[raw[number - 1][0] : last_end]
            if block == last_block and (
                _runs_on(last, text[start:end])
                or (width and len(last) + 1 + _first_word(text, start) > width)
            ):
                held = (held[0], end)
            else:
                yield Line(held[0], held[1], text[held[0] : held[1]])
                held = (start, end)
    if held is not None:
        yield Line(held[0], held[1], text[held[0] : held[1]])


def _wrap_width(text: str, raw: list[tuple[int, int, int]]) -> int:
    """The width at which the page was wrapped, or 0 where it was not.

    A line was broken by wrapping if the first word of the next would not have fitted into the width.
    """
    lengths = sorted(end - start for start, end, _ in raw)
    if len(lengths) < 4:
        return 0
    width = lengths[int(0.95 * (len(lengths) - 1))]
    if not 45 <= width <= 110 or lengths[-1] > 1.4 * width:
        return 0
    width -= 4
    breaks = wrapped = open_ended = 0
    for (start, end, block), (following, _, next_block) in itertools.pairwise(raw):
        if block == next_block:
            breaks += 1
            wrapped += end - start + 1 + _first_word(text, following) > width
            open_ended += not _TERMINAL.search(text[max(start, end - 12) : end])
    return width if breaks >= 3 and wrapped >= 0.6 * breaks and open_ended >= 0.5 * breaks else 0


def _first_word(text: str, start: int) -> int:
    end = start
    while end < len(text) and not text[end].isspace():
        end += 1
    return end - start


def _runs_on(last: str, this: str) -> bool:
    """Whether a link or another mark-up broke one sentence into two lines."""
    if _TERMINAL.search(last[-12:]) or len(last) < 2 or _BULLET.match(this):
        return False
    if this[0] in ",;)" or (this[0] == "." and len(this) > 1 and this[1] == " "):
        return True
    before = words(last[-60:])
    open_ended = bool(before) and (before[-1] in _LEADS_ON or last[-1] == ",")
    return open_ended and len(before) > 2 and (this[0].islower() or last[-1] != ",")
