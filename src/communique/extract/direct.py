"""Direct speech: which quotation is spoken by whom, from the marks and the words around them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Span as TokenSpan
from spacy.tokens import Token

from communique.domain.lexicon.speech import Speech
from communique.domain.places import places
from communique.extract import cue_grammar as grammar
from communique.extract.cue_grammar import Stretch
from communique.extract.quotation_marks import Quotation
from communique.model import Parsed, Passage

_ENDS = frozenset({".", "?", "!", ";"})
_OPEN_ENDS = (",", "?", "!", "—", "–", "-", "…", "...")
_DASH = re.compile(r"\s*(?:—|–|―|--?)\s*(?=[A-Z])")
_OPENING = frozenset({"that", "because", "if", "when", "while", "although", "since"})
_HEADLINE = 30
_BELOW = frozenset({"relcl", "acl", "amod", "compound", "nsubj", "csubj", "pcomp"})


@dataclass(frozen=True, slots=True)
class Turn:
    """One or more quotations of one speaker, from the first mark to the last, with their cue."""

    passage: int
    start: int
    end: int
    head: Token | None
    cue: Stretch | None
    source: Stretch | None
    quotations: tuple[Quotation, ...]
    follows: bool = False


def is_speech(quotation: Quotation, passage: Passage, cues: Speech) -> bool:
    """Whether a quotation is an utterance and not a fragment worked into a sentence ("a “free” sea")."""
    text = passage.text
    start, end = quotation.start - passage.start, quotation.end - passage.start
    inside = text[start + quotation.opener : end - quotation.closer].strip()
    if not any(c.isalnum() for c in inside):
        return False
    before, after = text[:start].rstrip(), text[end:].lstrip()
    words = len(inside.split())
    if 1 < words < 9 and before and before[-1] not in ":" and _is_title(inside):
        return False
    closed_off = inside.endswith((".", *_OPEN_ENDS)) or not after or (after[0] in ".,;" and words > 4)
    if not before:
        return (words > 1 and (closed_off or words > 6)) or inside.endswith((",", "?", "!", "."))
    if before[-1] in ":":
        return words > 1 or closed_off
    capital = inside[0].isupper() or inside[0].isdigit() or inside[0] in "[(.…'‘“$"
    if before[-1] in ".?!…”\"’'—–-;)":
        return (capital or words > 4) and (closed_off or words > 6)
    if before[-1] == ",":
        return (capital or inside[-1] in ",?!.") and closed_off and (words > 1 or inside[-1] in "?!,.")
    if not capital or words < 3:
        return False
    previous = _token_before(passage, quotation.start)
    return (
        previous is not None
        and closed_off
        and _takes_quotation(previous, cues)
        and previous.pos_ in {"VERB", "AUX"}
    )


def _is_title(words: str) -> bool:
    """Whether words are capitalised as titles of books and songs are."""
    parts = re.findall(r"[^\W\d_][\w’']*", words)
    long = [part for part in parts if len(part) > 3]
    return len(long) > 1 and all(part[0].isupper() for part in long) and not words.endswith(("!", "?", "."))


def turns(parsed: Parsed, quotations: Sequence[Quotation], cues: Speech) -> list[Turn]:
    """The turns of a document in reading order; quotations that go on join the turn before."""
    found: list[Turn] = []
    for number, passage in enumerate(parsed.passages):
        if (label := _labelled(passage, number)) is not None:
            found.append(label)
            continue
        here = [q for q in quotations if q.passage == number and is_speech(q, passage, cues)]
        if here:
            found = _passage_turns(parsed, number, here, cues, found)
    return found


def _passage_turns(
    parsed: Parsed, number: int, here: Sequence[Quotation], cues: Speech, found: list[Turn]
) -> list[Turn]:
    passage = parsed.passages[number]
    found = list(found)
    used: set[int] = set()
    for position, quotation in enumerate(here):
        upper = here[position + 1].start if position + 1 < len(here) else passage.start + len(passage.text)
        lower = here[position - 1].end if position else passage.start
        inside = passage.text[
            quotation.start - passage.start : quotation.end - quotation.closer - passage.start
        ]
        reach = _Reach(passage, lower, upper, quotation, cues, frozenset(used))
        if inside.rstrip().endswith(_OPEN_ENDS):
            cue = _cue_after(reach, inside) or _cue_before(reach)
        else:
            cue = _cue_before(reach) or _cue_after(reach, inside)
        previous = found[-1] if found else None
        if cue is None and previous is not None and _goes_on(parsed, number, previous, quotation):
            joined = (*previous.quotations, quotation)
            found[-1] = replace(previous, end=quotation.end, quotations=joined)
            continue
        if cue is None:
            signed = _signed(passage, number, quotation)
            mark = (signed[0] - 1, signed[0]) if signed is not None else None
            found.append(Turn(number, quotation.start, quotation.end, None, mark, signed, (quotation,)))
            continue
        used.add(cue.head.i)
        found.append(
            Turn(
                number,
                _beginning(reach, cue, inside),
                quotation.end,
                cue.head,
                cue.words,
                cue.source,
                (quotation,),
                cue.after,
            )
        )
    return found


def _beginning(reach: _Reach, cue: _Cue, inside: str) -> int:
    """Where the content begins: where the sentence does that a quotation in small letters ends.

    "The port “will stay open,” said the mayor", "she said that in her view, “it is over.”"
    """
    quotation = reach.quotation
    first = next((c for c in inside[quotation.opener :] if c.isalpha()), "")
    if not first.islower():
        return quotation.start
    before = _sentence_before(reach.passage, reach.lower, quotation.start)
    if not cue.after:
        before = [t for t in before if t.i >= cue.words[1]]
        before = before[next((n for n, t in enumerate(before) if t.lower_ in _OPENING), len(before)) :]
    elif not any(t.pos_ in {"NOUN", "PROPN", "PRON"} for t in before):
        return quotation.start
    return reach.passage.start + before[0].idx if before else quotation.start


def _sentence_before(passage: Passage, start: int, end: int) -> list[Token]:
    """The tokens of a sentence up to an offset, without spaces and marks at its front."""
    sentence: list[Token] = []
    for token in reversed(_tokens(passage, start, end)):
        if token.text in _ENDS:
            break
        sentence.insert(0, token)
    while sentence and (sentence[0].is_space or sentence[0].is_punct):
        sentence.pop(0)
    return sentence


def _labelled(passage: Passage, number: int) -> Turn | None:
    """A paragraph that opens with its speaker and a colon, as in transcripts and some headlines."""
    doc = passage.doc
    colon = next((t for t in doc[:7] if t.text == ":"), None)
    if colon is None or not 0 < colon.i < len(doc) - 2:
        return None
    name = doc[: colon.i]
    initial = len(name) == 1 and name.text in {"Q", "A"}
    named = name[-1].ent_type_ in {"PERSON", "ORG"} and all(
        t.pos_ in {"PROPN", "ADP", "DET", "PUNCT"} for t in name
    )
    # a headline or a line of a transcript: "Minister: Base to stay", "RUIZ: We shall see."
    alone = name.text.isupper() or colon.i + 4 < len(doc) < _HEADLINE
    titled = alone and all(t.text[:1].isupper() and t.pos_ in {"PROPN", "NOUN"} for t in name)
    if not (initial or named or titled) or _is_place(name):
        return None
    start, end = passage.start + doc[colon.i + 1].idx, passage.start + len(doc.text.rstrip())
    return Turn(number, start, end, None, (colon.i, colon.i + 1), (0, colon.i), ())


def _is_place(name: TokenSpan) -> bool:
    """Whether a label is a dateline ("OSLO: The minister said")."""
    return name[-1].ent_type_ in {"GPE", "LOC"} or places().named(name.text.title()) is not None


def _signed(passage: Passage, number: int, quotation: Quotation) -> Stretch | None:
    """The name after a dash that signs a quotation ("..." — A. Name)."""
    text = passage.text
    dash = _DASH.match(text, quotation.end - passage.start)
    name = _tokens(passage, passage.start + dash.end(), passage.start + len(text)) if dash is not None else []
    if not 0 < len(name) <= 20 or name[0].pos_ != "PROPN" or any(t.pos_ in {"VERB", "AUX"} for t in name):
        return None
    return name[0].i, name[-1].i + 1


def _goes_on(parsed: Parsed, number: int, previous: Turn, quotation: Quotation) -> bool:
    """Whether a quotation without a cue belongs to the turn before: only its cue stands between."""
    if not previous.quotations:
        return False
    last = previous.quotations[-1]
    passage = parsed.passages[number]
    if last.passage == number:
        return previous.cue is not None and _sentences(passage, previous.end, quotation.start) <= 1
    if last.passage != number - 1 or passage.text[: quotation.start - passage.start].strip():
        return False
    if not last.closed:
        return True
    # what was asked is answered by another; what stands after a further sentence is nobody's yet
    before = parsed.passages[last.passage]
    asked = parsed.text[last.start : last.end].rstrip("”\"’'").endswith("?")
    return not asked and _sentences(before, last.end, before.start + len(before.text)) <= 1


@dataclass(frozen=True, slots=True)
class _Reach:
    """Where the cue of a quotation may stand: between the quotations before and after it."""

    passage: Passage
    lower: int
    upper: int
    quotation: Quotation
    cues: Speech
    used: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Cue:
    head: Token
    words: Stretch
    source: Stretch | None
    after: bool


def _cue_after(reach: _Reach, inside: str) -> _Cue | None:
    passage, cues, used = reach.passage, reach.cues, reach.used
    start, end = reach.quotation.end, reach.upper
    tokens = _tokens(passage, start, end)
    clause: list[Token] = []
    for token in tokens:
        if token.text in _ENDS or "\n" in token.text:
            break
        clause.append(token)
    words = [t for t in clause if t.is_alpha]
    if not words:
        return None
    if (
        inside.rstrip().endswith((".", "?", "!"))
        and words[0].text[0].isupper()
        and len(clause) > 8
        and not _inverted(words)
    ):
        return None
    for token in clause[:8]:
        if token.lower_ == "according" and (named := _according(token)):
            return _Cue(token, (token.i, token.i + 2), named, True)
    if clause[0].text == "(":
        return None
    candidates = [
        t for t in clause[:45] if t.i not in used and t.pos_ in {"VERB", "AUX"} and _takes_quotation(t, cues)
    ]
    head = next((t for t in candidates if t.dep_ not in _BELOW and t.tag_ != "VBG"), None) or next(
        iter(candidates), None
    )
    if head is None and inside.rstrip().endswith(","):
        head = next((t for t in clause[:12] if t.pos_ == "VERB" and t.tag_ in {"VBD", "VBZ", "VBP"}), None)
    if head is None:
        return None
    source = grammar.source(head)
    stretch = grammar.phrase(source) if source is not None else None
    first, last = clause[0].i, clause[-1].i + 1
    if stretch is None or not (first <= stretch[0] < last):
        stretch = _beside(head, first, last) or stretch
    if stretch is not None and stretch[0] < first < stretch[1]:
        stretch = first, stretch[1]
    return _Cue(head, grammar.cue(head), stretch, True)


def _inverted(words: Sequence[Token]) -> bool:
    return words[0].pos_ == "VERB"


def _beside(head: Token, first: int, last: int) -> Stretch | None:
    """The noun phrase next to the cue where the parse gives no subject: before it, else after it."""
    doc = head.doc
    inverted = grammar.child(head, "dobj")
    if inverted is not None and inverted.i > head.i and inverted.left_edge.i == head.i + 1:
        return grammar.phrase(inverted)
    if head.i > first:
        start = first
        while start < head.i and (doc[start].is_punct or doc[start].pos_ in {"CCONJ", "ADV", "AUX"}):
            start += 1
        if start < head.i and any(doc[i].pos_ in {"PROPN", "NOUN", "PRON"} for i in range(start, head.i)):
            return start, head.i
    end = head.i + 1
    while end < last and not doc[end].is_punct and doc[end].pos_ not in {"VERB", "ADP", "SCONJ"}:
        end += 1
    if any(doc[i].pos_ in {"PROPN", "NOUN", "PRON"} for i in range(head.i + 1, end)):
        return head.i + 1, end
    return None


def _according(token: Token) -> Stretch | None:
    to = grammar.child(token, "prep")
    named = grammar.child(to, "pobj") if to is not None else None
    return grammar.phrase(named) if named is not None else None


def _cue_before(reach: _Reach) -> _Cue | None:
    passage, cues, used = reach.passage, reach.cues, reach.used
    start, end = reach.lower, reach.quotation.start
    tokens = _tokens(passage, start, end)
    while tokens and tokens[-1].is_space:
        tokens.pop()
    if not tokens:
        return None
    mark = tokens[-1].text
    if mark in _ENDS:
        return None
    sentence: list[Token] = []
    for token in reversed(tokens):
        if token.text in _ENDS and sentence:
            break
        sentence.insert(0, token)
    candidates = [
        t for t in sentence if t.i not in used and t.pos_ in {"VERB", "AUX"} and _takes_quotation(t, cues)
    ]
    if used and sentence[0].i == tokens[0].i:
        # still in the sentence of the quotation before: only a cue of its own counts ("..., adding")
        candidates = [t for t in candidates if t.tag_ != "VBG" or _takes_clause(t, cues)]
    if mark not in {":", ","}:
        candidates = [t for t in candidates if t.i >= tokens[-1].i - 2]
    elif mark == ",":
        candidates = [t for t in candidates if t.i >= tokens[-1].i - 14]
    head = next((t for t in reversed(candidates) if t.dep_ not in _BELOW), None) or next(
        reversed(candidates), None
    )
    if head is None and mark == ":":
        head = next(
            (t for t in reversed(sentence) if t.pos_ == "VERB" and t.dep_ in {"ROOT", "conj", "acl"}), None
        )
    if head is None:
        return None
    source = grammar.source(head)
    stretch = grammar.phrase(source) if source is not None else _beside(head, sentence[0].i, head.i + 1)
    return _Cue(head, grammar.cue(head), stretch, False)


def _takes_quotation(token: Token, cues: Speech) -> bool:
    for cue in cues.of_verb(token.lemma_, token.lower_):
        if "quote" in cue.takes and (not cue.rest or any(c.lower_ == cue.rest[0] for c in token.rights)):
            return True
    return False


def _takes_clause(token: Token, cues: Speech) -> bool:
    return any("clause" in cue.takes for cue in cues.of_verb(token.lemma_, token.lower_))


def _tokens(passage: Passage, start: int, end: int) -> list[Token]:
    doc = passage.doc
    low, high = start - passage.start, end - passage.start
    span = doc.char_span(low, high, alignment_mode="contract") if low < high else None
    return list(span) if span is not None else []


def _token_before(passage: Passage, offset: int) -> Token | None:
    tokens = [t for t in _tokens(passage, max(passage.start, offset - 40), offset) if not t.is_space]
    return tokens[-1] if tokens else None


def _sentences(passage: Passage, start: int, end: int) -> int:
    return sum(t.text in _ENDS for t in _tokens(passage, start, end)) or 1
