"""Attribution after PolNeAR: source, cue and content of what a document's texts say others say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from communique.domain.lexicon.speech import Speech, built_in
from communique.extract import cue_grammar as grammar
from communique.extract import direct, indirect, quotation_marks
from communique.extract.cue_grammar import Stretch
from communique.extract.quotation_marks import Quotation
from communique.model import Attribution, Parsed, Passage
from communique.text import Span, trimmed

_TRAILING = frozenset(",;:.-–—")


def find(parsed: Parsed, cues: Speech | None = None) -> tuple[Attribution, ...]:
    """Every attribution of a document, in reading order of the content.

    Spans are offsets in `parsed.text`. Content of direct speech includes the marks and runs from the
    first to the last quotation of a turn, over the cue where it interrupts. Cues inside quotations
    are the quoted speaker's own and are not followed.
    """
    cues = cues or built_in()
    quotations = quotation_marks.find(parsed)
    turns = direct.turns(parsed, quotations, cues)
    found: list[Attribution] = []
    for number, passage in enumerate(parsed.passages):
        here = [q for q in quotations if q.passage == number]
        heads = {t.head.i for t in turns if t.passage == number and t.head is not None}
        skipped = _quoted_tokens(passage, here) | heads
        for one in indirect.find(passage.doc, cues, skipped):
            content = _content(parsed.text, passage, one.content, here)
            if content is not None:
                found.append(
                    Attribution(
                        number,
                        _span(parsed.text, passage, one.source),
                        _span(parsed.text, passage, one.cue),
                        content,
                        False,
                        _span(parsed.text, passage, one.relay),
                    )
                )
    for turn in turns:
        passage = parsed.passages[turn.passage]
        if turn.head is None and turn.source is None:
            position = _continued(found, turn, parsed)
            if position is not None:
                before = found[position]
                found[position] = replace(before, content=Span(before.content.start, turn.end))
            continue
        found.append(
            Attribution(
                turn.passage,
                _span(parsed.text, passage, turn.source),
                _span(parsed.text, passage, turn.cue),
                Span(turn.start, turn.end),
                True,
                _span(parsed.text, passage, _relay(turn)),
            )
        )
    return tuple(sorted(found, key=lambda a: (a.content, a.cue or Span(0, 0), not a.direct)))


def outermost(found: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """The attributions that no other reports: PolNeAR marks "A said that B hopes to" once, as A's.

    What stands between the parts of a quotation ("...," she said, adding that) is not inside it.
    """
    return tuple(one for one in found if not any(_reports(other, one) for other in found))


def _reports(outer: Attribution, inner: Attribution) -> bool:
    if outer is inner or outer.direct or inner.cue is None or not outer.content.covers(inner.cue):
        return False
    if outer.content == inner.content:
        return outer.cue is not None and not outer.content.covers(outer.cue)
    return outer.content.covers(inner.content)


def _continued(found: Sequence[Attribution], turn: direct.Turn, parsed: Parsed) -> int | None:
    """The attribution that a quotation without a cue goes on: the one that ends just before it."""
    best: int | None = None
    for position, one in enumerate(found):
        if one.cue is None or one.content.start >= turn.start:
            continue
        end = max(one.content.end, one.cue.end)
        if end <= turn.start and (best is None or end > max(found[best].content.end, _cue_end(found[best]))):
            best = position
    if best is None:
        return None
    one = found[best]
    if one.direct:
        return None
    between = parsed.text[max(one.content.end, _cue_end(one)) : turn.start]
    return best if len(between.strip()) <= _GAP else None


_GAP = 60


def _cue_end(one: Attribution) -> int:
    return one.cue.end if one.cue is not None else one.content.end


def _relay(turn: direct.Turn) -> Stretch | None:
    token = grammar.relay(turn.head) if turn.head is not None else None
    if token is None or (turn.source is not None and turn.source[0] <= token.i < turn.source[1]):
        return None
    return grammar.phrase(token)


def _quoted_tokens(passage: Passage, quotations: Sequence[Quotation]) -> set[int]:
    quoted: set[int] = set()
    for quotation in quotations:
        first, last = quotation.start - passage.start, quotation.end - passage.start
        span = passage.doc.char_span(first, last, alignment_mode="expand")
        if span is not None:
            quoted.update(range(span.start, span.end))
    return quoted


def _span(text: str, passage: Passage, stretch: Stretch | None) -> Span | None:
    if stretch is None or stretch[0] >= stretch[1]:
        return None
    span = passage.span(passage.doc[stretch[0] : stretch[1]])
    span = trimmed(text, span.start, span.end)
    return span if span.start < span.end else None


def _content(text: str, passage: Passage, stretch: Stretch, quotations: Sequence[Quotation]) -> Span | None:
    """The content without loose punctuation, and with every quotation it touches whole."""
    span = passage.span(passage.doc[stretch[0] : stretch[1]])
    start, end = span.start, span.end
    for quotation in quotations:
        if quotation.start < start < quotation.end or start == quotation.end:
            start = quotation.start if start < quotation.end else start
        if quotation.start < end < quotation.end or end == quotation.end - quotation.closer:
            end = quotation.end
        if end == quotation.start + quotation.opener:
            end = quotation.start
    closes = {q.end for q in quotations}
    while end > start and end not in closes and (text[end - 1] in _TRAILING or text[end - 1].isspace()):
        end -= 1
    while start < end and (text[start] in _TRAILING or text[start].isspace()):
        start += 1
    return Span(start, end) if start < end else None
