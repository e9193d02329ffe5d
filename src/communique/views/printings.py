"""How the printings of one text differ: which is the earliest, which the fullest, what each adds or drops."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest

from rapidfuzz.distance import LCSseq

from communique.domain.lexicon.numerals import figure
from communique.model import Document, Family
from communique.reconcile.near_copies import copy_words
from communique.text import Span, labelled
from communique.views import stretch, wording
from communique.views.page import Line, Section, Words
from communique.views.selection import Material

REWRITTEN = 0.5
"""Share of the words of the longer of two sentences that both must have, in order, to be one sentence."""

_FIGURE = re.compile(r"\d[\d.,]*\d|\d")


@dataclass(frozen=True, slots=True)
class Printing:
    """What a printing has beside another: sentences it adds, leaves out, or tells in other words."""

    adds: tuple[Span, ...]
    drops: tuple[Span, ...]
    rewrites: tuple[tuple[Span, Span], ...]


def beside(member: Document, other: Document) -> Printing:
    """A printing compared, sentence by sentence, with another; spans of `drops` are in the other."""
    own, theirs = _worded(member), _worded(other)
    left = dict(theirs)
    adds, rewrites = [], []
    for span, words in own:
        match = _match(words, left)
        if match is None:
            adds.append(span)
        else:
            if left[match] != words:
                rewrites.append((span, match))
            del left[match]
    return Printing(tuple(adds), tuple(left), tuple(rewrites))


def earliest(family: Family, material: Material) -> tuple[str, ...]:
    """The page that surely appeared before all others, or those of one first day; none if it is not known."""
    known = {i: material.documents[i].published for i in family.doc_ids}
    windows = {i: (p.earliest, p.latest) for i, p in known.items() if p is not None}
    if len(windows) < len(known):
        return ()
    day = min(latest for _, latest in windows.values())
    first = tuple(i for i, window in windows.items() if window[1] == day)
    rest = [window for i, window in windows.items() if i not in first]
    if any(window[0] <= day for window in rest) or (
        len(first) > 1 and any(windows[i][0] < day for i in first)
    ):
        return ()
    return first


def family_sections(family: Family, material: Material) -> Iterator[Section]:
    """The pages of a family by their day, and what each has beside the fullest."""
    first = earliest(family, material)
    ordered = sorted(family.doc_ids, key=lambda i: (_day(i, material), material.numbers[i]))
    lines = []
    for doc_id in ordered:
        document = material.documents[doc_id]
        marks = []
        if doc_id in first:
            marks.append("the earliest" if len(first) == 1 else "of the first day")
        if doc_id == family.fullest:
            marks.append("the fullest")
        size = wording.counted(len(copy_words(_body(document))), "word")
        lines.append(
            Line(
                when=wording.window(document.published),
                what=f"page {material.numbers[doc_id]}: {document.title or '(no title)'}",
                value=", ".join([size, *marks]),
                note=f"{document.path}; document {doc_id}",
            )
        )
    told = "" if first else "which of them is the earliest, their days do not say"
    yield Section("Pages that carry the same text", tuple(lines), note=told)
    for doc_id in ordered:
        if doc_id != family.fullest:
            yield printing_section(doc_id, family.fullest, material)


def printing_section(doc_id: str, other: str, material: Material) -> Section:
    """What one page adds to another, leaves out, and tells in other words."""
    member, full = material.documents[doc_id], material.documents[other]
    found = beside(member, full)
    lines = [Line(what="adds", words=_words(span, member, material)) for span in found.adds]
    for span, its in found.rewrites:
        lines.append(
            Line(
                what="tells in other words",
                value=_figures(span.of(member.text), its.of(full.text)),
                words=_words(span, member, material),
                evidence=(_words(span, member, material), _words(its, full, material)),
            )
        )
    lines += [Line(what="leaves out", words=_words(span, full, material)) for span in found.drops]
    title = f"Page {material.numbers[doc_id]} beside page {material.numbers[other]}"
    return Section(title, tuple(lines), empty="the same words")


def _match(words: tuple[str, ...], left: dict[Span, tuple[str, ...]]) -> Span | None:
    for span, others in left.items():
        if others == words:
            return span
    likeness = {s: LCSseq.similarity(words, o) / max(len(words), len(o)) for s, o in left.items()}
    best = max(likeness, key=lambda s: (likeness[s], -s.start), default=None)
    return best if best is not None and likeness[best] >= REWRITTEN else None


def _worded(document: Document) -> list[tuple[Span, tuple[str, ...]]]:
    found = [(span, tuple(copy_words(span.of(document.text)))) for span in stretch.sentences(document)]
    return [(span, words) for span, words in found if words]


def _figures(own: str, other: str) -> str:
    """The figures that are not those of the other sentence.

    >>> _figures("It lost 410 men and 3 ships.", "It lost 360 men and 3 ships.")
    '410 for 360'
    """
    one, two = ([m for m in _FIGURE.findall(text) if figure(m) is not None] for text in (own, other))
    new, gone = [f for f in one if f not in two], [f for f in two if f not in one]
    return ", ".join(f"{a or 'none'} for {b or 'none'}" for a, b in zip_longest(new, gone))


def _body(document: Document) -> str:
    regions: Sequence[Span] = [Span(r.start, r.end) for r in labelled(document.regions, "body")]
    return "\n".join(span.of(document.text) for span in regions) if document.regions else document.text


def _day(doc_id: str, material: Material) -> date:
    published = material.documents[doc_id].published
    return published.earliest if published else date.max


def _words(span: Span, document: Document, material: Material) -> Words:
    number = material.numbers[document.doc_id]
    return Words(span.of(document.text), document.doc_id, number, span.start, span.end)
