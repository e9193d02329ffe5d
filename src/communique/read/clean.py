"""What each line of a flattened page is: title, byline, dateline, caption, body or residue.

Nothing is altered: the answer is a list of regions that tile all that is not blank. A line is judged
by cues (`layout.yaml`), by its length, its final stop and its share of function words (as jusText
does), by whether it is repeated, and by what stands around it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, TypeAlias

from communique.domain.lexicon.layout import Layout
from communique.read.headlines import cut, find_title, is_headline, same_headline
from communique.read.lines import Line, fold, lines
from communique.text import Label, Region

Cue: TypeAlias = Literal["end", "tail", "residue", "dateline", "byline", "caption"]
Looks: TypeAlias = Cue | Literal["placed"]

_CUE_LENGTH = 400  # characters; longer lines are somebody's sentences
_RESIDUE_LENGTH = 220
_EARLY = 3  # paragraphs
_ENOUGH = 60  # words of body above a comment heading that make it the end of the article
_DATELINE_MARK = re.compile(r"[(/:–—―]|--| - |\d\. [A-Z“\"]")  # without one of these there is no dateline
_AGENCY = re.compile(r"[(/][A-Z]")
_ELLIPSIS = re.compile(r"(?:\.{3}|…)[\])]?$")


def regions(text: str, layout: Layout, title: str | None = None, english: bool = True) -> tuple[Region, ...]:
    """The labelled regions of a page's text, in order; together they cover everything but white space.

    `title` is what the page's own data call it, if they do. Without `english` no use is made of
    English function words.
    """
    found = _stretches(text, layout)
    tiled: list[Region] = []
    paragraphs = 0
    introduced = False
    for line, label in zip(found, _labels(found, layout, title, english), strict=True):
        sentence = line.start
        if label == "body":
            # What a colon leads to is another text, whose place and day are not those of the page.
            if length := _dateline_length(line, layout, paragraphs < _EARLY and not introduced):
                place = line.part(0, length)
                tiled.append(Region(place.start, place.end, "dateline"))
                sentence = line.part(length, len(line.text)).start
            paragraphs += 1
        if label in ("body", "caption"):
            introduced = line.text[-1] == ":"
        tiled.append(Region(sentence, line.end, label))
    return tuple(tiled)


def _stretches(text: str, layout: Layout) -> list[Line]:
    """The paragraphs, cut where headlines, subheads or cues were run into them."""
    whole = lines(text)
    known = {
        line.folded: line
        for line in whole
        if is_headline(line) and 4 <= line.length <= 25 and len(line.text) >= 20
    }
    longest = sorted(known.values(), key=lambda line: (-len(line.text), line.start))[:40]
    found = [piece for line in whole for piece in cut(line, longest, layout)]
    return [piece for line in found for piece in _cut_at_dateline(line, layout)]


def _cut_at_dateline(line: Line, layout: Layout) -> list[Line]:
    """A headline or byline from the dateline that was run into one line with it."""
    if not _AGENCY.search(line.text, 8, 400) or line.length < 15:
        return [line]
    for pattern in layout.dateline_start:
        if not {"place", "date", "agency"} <= set(pattern.groupindex):
            continue  # only datelines that name all three are sure enough
        match = pattern.search(line.text, 0, 400)
        if not match:
            continue
        start = match.start() + _place_in_capitals(match["place"])
        if start > 8 and not line.part(0, start).text.endswith((",", "in", "from")):
            above = line.part(0, start)
            by = layout.byline_end.search(above.text)
            parts = [above.part(0, by.start()), above.part(by.start(), len(above.text))] if by else [above]
            return [*(part for part in parts if part.text), line.part(start, len(line.text))]
    return [line]


def _place_in_capitals(place: str) -> int:
    """Where in "Ann Lee MANILA" the place begins: at the first word in capitals, if there is one."""
    match = re.search(r"(?<!\S)[A-Z][A-Z.'’-]+(?=[\s,]|$)", place)
    return match.start() if match else 0


# --- labels ------------------------------------------------------------------------------------


def _labels(found: Sequence[Line], layout: Layout, known: str | None, english: bool) -> list[Label]:
    looks = [_cue(line, layout) for line in found]
    prose = [cue is None and _is_prose(line, english) for line, cue in zip(found, looks, strict=True)]
    sentences = [n for n, is_prose in enumerate(prose) if is_prose]
    if not sentences:
        return _without_prose(found, _placed_settled(found, looks, len(found)), known)
    # The body begins with a full sentence; a headline may be nearly as long but has no stop.
    first = next((n for n in sentences if found[n].stops or found[n].length >= 30), sentences[0])
    last = sentences[-1]
    cues = _placed_settled(found, looks, first)
    title = find_title(_head(found[:first], cues[:first], known), found[first:], known)
    repeated = _repeated(found, title)
    labels: list[Label] = []
    state = _Below()
    unstopped = sum(found[n].stops for n in sentences) < 0.6 * len(sentences)
    for number, (line, cue) in enumerate(zip(found, cues, strict=True)):
        if line is title:
            label: Label = "title"
        elif state.ended or line.folded in repeated or _repeats(line, title):
            label = "residue"
        elif cue == "tail" or cue == "end":
            label = "residue"
            state.open(cue)
        elif cue is not None:
            label = cue
        elif state.boxed and not _resumes(number, found, prose, state):
            label = "residue"
        elif prose[number] and number >= first:
            state.boxed = False
            state.words += line.length
            label = "body"
        elif first < number < last:
            label = "body" if _is_loose(line, unstopped, english) else "caption"
        elif number > first and unstopped and labels[-1] == "body" and _is_loose(line, True, english):
            label = "body"
        else:
            label = _at_the_edge(line, number < first, english)
        labels.append(label)
    return _credits_settled(found, labels, layout)


def _placed_settled(found: Sequence[Line], looks: Sequence[Looks | None], first: int) -> list[Cue | None]:
    """The cues, lines of place and day made datelines above the body if all of them say the same.

    Anywhere else, where several differ, and after a colon, they are of other texts or happenings.
    """
    own = {
        n: line.folded
        for n, (line, look) in enumerate(zip(found[:first], looks[:first], strict=True))
        if look == "placed" and not (n and found[n - 1].text[-1] == ":")
    }
    alike = len(set(own.values())) == 1
    return [
        look if look != "placed" else "dateline" if alike and n in own else None
        for n, look in enumerate(looks)
    ]


class _Below:
    """How far the reading has gone: inside a box of links, below the article, how much body it has had."""

    def __init__(self) -> None:
        self.boxed = self.ended = False
        self.words = 0

    def open(self, cue: Cue) -> None:
        self.boxed = True
        self.ended = cue == "end" and self.words >= _ENOUGH


def _cue(line: Line, layout: Layout) -> Looks | None:
    if len(line.text) > _CUE_LENGTH:
        return None
    flat = line.text.replace("\n", " ").replace("\r", " ")
    for pattern in layout.dateline_start if _DATELINE_MARK.search(flat, 0, 90) else ():
        if "agency" in pattern.groupindex and (match := pattern.match(flat + " A")):
            return "dateline" if match.end() >= len(flat) else None
    if len(flat) <= _RESIDUE_LENGTH:
        if layout.end_line.match(flat):
            return "end"
        if layout.tail_line.match(flat):
            return "tail"
        if layout.residue_line.match(flat):
            return "residue"
        if _DATELINE_MARK.search(flat, 0, 90) and any(
            (match := pattern.match(flat + " A")) and match.end() >= len(flat)
            for pattern in layout.dateline_start
        ):
            return "dateline"
    if layout.dated_line.match(flat):
        return "dateline"
    if layout.placed_line.match(flat):
        return "placed"
    if layout.byline_line.match(flat):
        return "byline"
    if layout.caption_line.match(flat):
        return "caption"
    return None


def _is_prose(line: Line, english: bool) -> bool:
    """Whether a line reads as a sentence or more of running text."""
    words, stops = line.length, line.stops
    if not english:
        return (words >= 5 and stops) or words >= 25
    if _ELLIPSIS.search(line.text[-6:]) and words < 40 and is_headline(line) and line.capitals > 0.6:
        return False
    if stops and words >= 4:
        as_headline = line.text[-1] in "?!" and (words < 8 or (words < 14 and line.capitals > 0.75))
        return not as_headline and (line.density > 0.1 or words >= 8 or line.text[0] in '“"')
    return (words >= 22 and line.density >= 0.25) or (words >= 12 and line.density >= 0.4)


def _is_loose(line: Line, unstopped: bool, english: bool) -> bool:
    """Whether a line without a stop is of the running text all the same: an item of a list, a sentence.

    On a page whose sentences have mostly lost their stops less is asked of it.
    """
    if line.is_bullet or line.text[-1] == ";":
        return line.length >= 3
    if unstopped:
        return line.length >= 4 and line.capitals < 0.8 and (not english or line.density > 0.1)
    return line.length >= 7 and line.capitals < 0.6 and (not english or line.density >= 0.3)


def _head(above: Sequence[Line], cues: Sequence[Cue | None], known: str | None) -> list[Line]:
    """The lines above the body among which the title is, outside boxes of links if possible.

    No cue tells them, except that the title the page gives may begin as a cue does ("Watch: ...").
    """
    wanted = fold(known) if known else None
    head = [
        line
        for line, cue in zip(above, cues, strict=True)
        if cue is None or (wanted and same_headline(line.folded, wanted))
    ]
    box = next((line.start for line, cue in zip(above, cues, strict=True) if cue == "tail"), None)
    return [line for line in head if box is None or line.start < box] or head


def _repeated(found: Sequence[Line], title: Line | None) -> set[str]:
    """Short lines, no sentences, that stand on the page more than once: boxes, buttons, counters."""
    seen: dict[str, int] = {}
    for line in found:
        if line is not title and not line.stops and line.length <= 32:
            seen[line.folded] = seen.get(line.folded, 0) + 1
    return {folded for folded, times in seen.items() if times > 1}


def _repeats(line: Line, title: Line | None) -> bool:
    if title is None or line.length > 40:
        return False
    if same_headline(line.folded, title.folded):
        return line.length < title.length + 12
    # a path of links that ends in the headline
    return len(title.text) > 20 and line.folded.endswith(title.folded) and line.length <= title.length + 12


def _resumes(number: int, found: Sequence[Line], prose: Sequence[bool], state: _Below) -> bool:
    """Whether the article goes on after a box of links.

    It does with a long paragraph or with two in a row; a single short one is a teaser.
    """
    line = found[number]
    if not prose[number] or _ELLIPSIS.search(line.text[-6:]):
        return False
    if state.words == 0:
        return True
    following = (
        number + 1 < len(found) and prose[number + 1] and not _ELLIPSIS.search(found[number + 1].text[-6:])
    )
    return line.length >= 30 or (following and line.length + found[number + 1].length >= 30)


def _at_the_edge(line: Line, above: bool, english: bool) -> Label:
    """A line above or below the body that no cue tells: a standfirst is a caption, the rest residue."""
    if above and line.length >= 7 and (not english or (line.density >= 0.2 and line.capitals < 0.75)):
        return "caption"
    return "residue"


def _without_prose(found: Sequence[Line], cues: Sequence[Cue | None], known: str | None) -> list[Label]:
    """A page without a sentence: what no cue tells is body, so that nothing is lost."""
    title = find_title([line for line, cue in zip(found, cues, strict=True) if cue is None], [], known)
    alone = sum(cue is None for cue in cues) == 1
    labels: list[Label] = []
    for line, cue in zip(found, cues, strict=True):
        if line is title and not alone:
            labels.append("title")
        elif cue in ("byline", "dateline", "caption"):
            labels.append(cue)
        else:
            labels.append("body" if cue is None and line.length >= 3 else "residue")
    return labels


def _credits_settled(found: Sequence[Line], labels: list[Label], layout: Layout) -> list[Label]:
    """What ends in an agency's name in brackets is a caption, unless it is the last paragraph."""
    bodies = [n for n, label in enumerate(labels) if label == "body"]
    for n in bodies[:-1]:
        if found[n].length <= 60 and layout.credited_line.match(found[n].text.replace("\n", " ")):
            labels[n] = "caption"
    return labels


def _dateline_length(line: Line, layout: Layout, early: bool) -> int:
    """How long the dateline is that a paragraph begins with, 0 if there is none.

    A place alone ("BRUSSELS — ") is believed only near the top, one with an agency anywhere.
    """
    for pattern in layout.dateline_start if _DATELINE_MARK.search(line.text, 0, 90) else ():
        match = pattern.match(line.text)
        if match and match.end() < len(line.text) and (early or "agency" in match.re.groupindex):
            return match.end()
    return 0
