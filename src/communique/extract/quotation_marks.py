"""Finds quotations by their marks: curly, straight, ``doubled'', «angled», „low“ and single ones."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from communique.model import Parsed

# Opening mark and the marks that may close it. Straight and doubled marks open and close alike.
PAIRS = {
    "“": "”“",
    "„": "“”",
    "«": "»",
    "»": "«",
    '"': '"”',
    "''": "''",
    "``": "''",
    "”": "”",
    "‘": "’",
    "'": "'",
}
_MARK = re.compile(r"''|``|’’|[“”„«»\"‘’']")
_SINGLE = {"‘", "’", "'"}


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation with its marks, as offsets in the document's text.

    `opener` and `closer` are the lengths of the marks; an unclosed one ends with its paragraph.
    """

    passage: int
    start: int
    end: int
    closed: bool
    opener: int
    closer: int

    @property
    def inside(self) -> tuple[int, int]:
        """Offsets of the words without their marks."""
        return self.start + self.opener, self.end - self.closer


def find(parsed: Parsed) -> list[Quotation]:
    """The outermost quotations of a document, in reading order.

    A mark that is never closed runs to the end of its paragraph, if the paragraph opens with it or
    the next paragraph opens with the same mark (the custom for quotations over several paragraphs);
    otherwise it is taken for a slip and left alone.
    """
    found: list[Quotation] = []
    texts = [passage.text for passage in parsed.passages]
    for number, (passage, text) in enumerate(zip(parsed.passages, texts, strict=True)):
        following = texts[number + 1].lstrip()[:2] if number + 1 < len(texts) else ""
        for start, end, opener, closer in _paired(text, following):
            first, last = passage.start + start, passage.start + end
            found.append(Quotation(number, first, last, closer > 0, opener, closer))
    return found


def _paired(text: str, following: str) -> Iterator[tuple[int, int, int, int]]:
    marks = list(_MARK.finditer(text))
    position = 0
    while position < len(marks):
        mark = marks[position]
        position += 1
        if not _opens(text, mark):
            continue
        closing = next((i for i in range(position, len(marks)) if _closes(text, mark, marks[i])), None)
        if closing is None or (mark.group() == "“" and _opened_anew(marks, position, closing)):
            closing = _mistyped(text, mark, marks, position) or closing
        if closing is not None:
            close = marks[closing]
            if close.end() - mark.end() > 1:
                yield mark.start(), close.end(), len(mark.group()), len(close.group())
            position = closing + 1
        elif mark.group() not in _SINGLE and (
            not text[: mark.start()].strip() or following.startswith(mark.group())
        ):
            yield mark.start(), len(text.rstrip()), len(mark.group()), 0
            return


def _opened_anew(marks: Sequence[re.Match[str]], first: int, closing: int) -> bool:
    return any(mark.group() == "“" for mark in marks[first:closing])


def _mistyped(text: str, opening: re.Match[str], marks: Sequence[re.Match[str]], first: int) -> int | None:
    """The straight mark that closes a curly quotation, before the next curly one opens."""
    if opening.group() != "“":
        return None
    for position, mark in enumerate(marks[first:], first):
        if mark.group() == "“":
            return None
        before, after = text[mark.start() - 1], text[mark.end() : mark.end() + 1]
        if mark.group() == '"' and not before.isspace() and not after.isalnum():
            return position
    return None


def _opens(text: str, mark: re.Match[str]) -> bool:
    sign = mark.group()
    if sign not in PAIRS:
        return False
    before, after = text[mark.start() - 1 : mark.start()], text[mark.end() : mark.end() + 1]
    if sign in _SINGLE:
        return not before.isalnum() and before not in {".", ",", "!", "?"} and after.isalpha()
    if sign in {"»", "”"}:
        return (not before or before.isspace()) and after.isalnum()
    if sign in {'"', "''"}:
        return not (before.isalnum() and (not after or after.isspace()))
    return True


def _closes(text: str, opening: re.Match[str], mark: re.Match[str]) -> bool:
    sign, opener = mark.group(), opening.group()
    if sign not in PAIRS[opener] and not (opener in {"''", "``"} and sign == '"'):
        return False
    before, after = text[mark.start() - 1 : mark.start()], text[mark.end() : mark.end() + 1]
    if sign in _SINGLE:
        # an apostrophe stands between letters, or ends a plural ("the ships' crews")
        if after.isalnum():
            return False
        return before != "s" or not re.match(r"\s[a-z]", text[mark.end() : mark.end() + 2])
    if sign == "“":
        return opener == "„" or not after.isalnum()
    if sign in {'"', "''"} and opener == sign:
        return not (before.isspace() and after.isalnum())
    return True
