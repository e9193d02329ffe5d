"""Headlines: which line is the title, where it is repeated, and where it was run into other words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from communique.domain.lexicon.layout import Layout
from communique.read.lines import Line, fold

_SUBHEAD = re.compile(
    r"(?:(?<=[a-z]{2}[.!?])|(?<=[.!?)][”\"’»])|(?<=[a-z]{2}[.!?][”\"’»)]))(?=[“‘\"']?[A-Z])"
)
_SITE = re.compile(r"\s+(?:\||[-–—»·])\s+")
_CUT = re.compile(r"\s*(?:\.{2,3}|…|\[…\]|\[\.\.\.\])$")


def is_headline(line: Line) -> bool:
    """Whether a line could be a headline: a few words, begun with a capital, not ended as a sentence.

    >>> is_headline(Line(0, 31, "Ministers sign pact on air bases"))
    True
    """
    text = line.text
    return (
        3 <= line.length <= 32
        and len(text) <= 240
        and not text[0].islower()
        and text[-1] not in ",;:"
        and (not text.endswith(".") or _CUT.search(text) is not None)
        and not line.is_bullet
    )


def same_headline(one: str, other: str) -> bool:
    """Whether two folded headlines are the same, or one the other cut short or with the site's name added.

    >>> same_headline("ministers sign pact on air bases", "ministers sign pact on air bases - example news")
    True
    """
    short, long = sorted((_CUT.sub("", one), _CUT.sub("", other)), key=len)
    if short == long:
        return bool(short)
    if long.startswith(short) and len(short) >= 20 and short.count(" ") >= 3:
        return not long[len(short)].isalnum() or len(short) >= 0.5 * len(long)
    return False


def find_title(head: Sequence[Line], following: Sequence[Line], known: str | None) -> Line | None:
    """The title among the lines above the body.

    In this order: the line that says what the page's own data call it; the first line that stands
    twice on the page; one that a path of links runs into; the first headline; what comes nearest to one.
    """
    candidates = [line for line in head if is_headline(line)]
    if known:
        wanted = " ".join(fold(known).split())
        for line in candidates:
            if same_headline(line.folded, wanted):
                return line
    repeats = [*candidates, *(line for line in following if is_headline(line))]
    for line in candidates:
        same = [other for other in repeats if line.length > 3 and same_headline(line.folded, other.folded)]
        if len(same) > 1:
            plain = [o for o in same if o in candidates and not _has_site(o, same)]
            return max(plain or [line], key=lambda o: (len(_CUT.sub("", o.text)), -o.start))
    for line in candidates:  # a path of links that runs into the headline stands above it
        if line.length >= 4 and any(o.start < line.start and o.folded.endswith(line.folded) for o in head):
            return line
    return next((line for line in candidates if line.length >= 4), candidates[0] if candidates else None)


def _has_site(line: Line, same: Sequence[Line]) -> bool:
    """Whether a line is another one with the site's name after it."""
    return any(
        o is not line
        and line.folded.startswith(o.folded)
        and _SITE.match(line.folded[len(o.folded) :]) is not None
        and not _CUT.search(o.text)
        for o in same
    )


def cut(line: Line, known: Sequence[Line], layout: Layout) -> Iterator[Line]:
    """A line at its seams: where a headline or a cue was run into other words without a space."""
    if seam := _seam(line, known, layout):
        yield from cut(line.part(0, seam), known, layout)
        yield from cut(line.part(seam, len(line.text)), known, layout)
    elif line.text:
        yield line


def _seam(line: Line, known: Sequence[Line], layout: Layout) -> int | None:
    text, folded = line.text, line.folded
    if len(text) < 12:
        return None
    if (match := layout.glued_start.match(text)) and 2 < match.end() < len(text):
        return match.end()
    tail = max(0, len(text) - 90)
    if (match := layout.glued_end.search(text, tail)) and match.start() > 0:
        return match.start()
    for headline in known:
        wanted = headline.folded
        if len(folded) <= len(wanted) or (at := folded.find(wanted)) < 0:
            continue
        after = at + len(wanted)
        if at > 0 and not text[at - 1].isspace() and text[at - 1] not in "“‘\"'([—–-":
            return at
        if at == 0 and text[after].isalpha() and text[after].isupper():
            return after
        if at == 0 and folded[after:].strip() == wanted:
            return after
    return _subhead_seam(text)


def _subhead_seam(text: str) -> int | None:
    """Where a sentence runs into a subheading at the end of its paragraph, or None."""
    for match in _SUBHEAD.finditer(text):
        rest = Line(0, len(text) - match.start(), text[match.start() :])
        if (
            rest.length <= 10
            and not rest.text[-1:].isdigit()
            and not re.search(r"[.!?,;:][”\"’»)]?$", rest.text)
        ):
            return match.start()
    return None
