"""Nouns and adjectives as cues: "its claim that", "criticism of", "confident that", "wary of"."""

from __future__ import annotations

from collections.abc import Iterator, Set

from spacy.tokens import Token

from communique.domain.lexicon.speech import Speech
from communique.extract import cue_grammar as grammar
from communique.extract.cue_grammar import Found, Stretch, child, is_finite, is_infinitive

_ASKING = frozenset({"if", "whether", "how", "why", "what", "who", "which", "where"})


def read_noun(noun: Token, cues: Speech) -> Iterator[Found]:
    for entry in cues.nouns.get(noun.lemma_.lower(), ()):
        if entry.rest:
            preposition = next(
                (c for c in noun.rights if c.dep_ == "prep" and c.lower_ == entry.rest[0]), None
            )
            led = child(preposition, "pobj", "pcomp") if preposition is not None else None
            if (mark := grammar.marked(noun, entry.rest[0])) is not None and "preposition" in entry.takes:
                owned = _owned(noun, (mark.i + 1, mark.head.right_edge.i + 1), "preposition", mark)
                if owned.source is not None:
                    yield owned
                return
            if preposition is None or led is None:
                continue
            content = led.left_edge.i, max(led.right_edge.i, _what_to(noun, led)) + 1
            if "holder" in entry.takes:
                yield Found(noun.i, (preposition.i, preposition.i + 1), _holder(noun), content, "holder")
            else:
                owned = _owned(noun, content, "preposition", preposition)
                if owned.source is not None:
                    yield owned
            return
        for below in noun.rights:
            if below.dep_ not in {"acl", "ccomp", "relcl", "appos", "advcl"} or below.pos_ not in {
                "VERB",
                "AUX",
            }:
                continue
            content = below.left_edge.i, below.right_edge.i + 1
            marked = any(c.dep_ == "mark" and c.lower_ in {"that", "whether", "if"} for c in below.lefts)
            if "clause" in entry.takes and marked and is_finite(below):
                yield _owned(noun, content, "clause")
                return
            if "infinitive" in entry.takes and below.dep_ in {"acl", "relcl"} and is_infinitive(below):
                yield _owned(noun, content, "infinitive")
                return
        head = noun.head
        is_ = noun.dep_ == "nsubj" and head.lemma_ == "be"
        end = child(head, "xcomp") if is_ and "infinitive" in entry.takes else None
        if end is not None and is_infinitive(end):
            owned = _owned(noun, (end.left_edge.i, end.right_edge.i + 1), "infinitive", head)
            if owned.source is not None:
                yield owned
                return
        said = child(head, "ccomp") if is_ else None
        if "clause" in entry.takes and said is not None:
            yield _owned(noun, (said.left_edge.i, said.right_edge.i + 1), "clause", head)
            return


def _what_to(noun: Token, led: Token) -> int:
    """The last token of what another is to do: "a call for the fleet to sail"."""
    for below in noun.rights:
        follows = led.i < below.i and below.left_edge.i <= led.right_edge.i + 2
        if follows and below.dep_ in {"acl", "advcl", "xcomp", "relcl"} and is_infinitive(below):
            return below.right_edge.i
    return led.right_edge.i


def _holder(noun: Token) -> Stretch:
    """Who it is that is called a supporter or critic."""
    subject = (
        grammar.source(noun.head) if noun.dep_ == "attr" else noun.head if noun.dep_ == "appos" else None
    )
    if subject is None or subject.left_edge.i <= noun.i < subject.right_edge.i + 1:
        return (noun.left_edge.i, noun.i + 1) if subject is None else (subject.left_edge.i, subject.i + 1)
    return grammar.phrase(subject)


def _owned(noun: Token, content: Stretch, by: str, last: Token | None = None) -> Found:
    possessor = grammar.owner(noun)
    source = None
    if possessor is not None:
        first, end = grammar.phrase(possessor)
        if possessor.dep_ in {"amod", "compound", "nmod"}:
            first, end = possessor.i, possessor.i + 1
        source = (first, end) if not (first <= noun.i < end) else (possessor.i, possessor.i + 1)
    return Found(noun.i, (noun.i, (last.i if last is not None else noun.i) + 1), source, content, by)


def read_adjective(word: Token, cues: Speech) -> Iterator[Found]:
    entries = cues.adjectives.get(word.lower_, ())
    if not entries or word.dep_ not in {"acomp", "oprd", "conj", "ROOT", "advcl", "xcomp", "ccomp", "amod"}:
        return
    holder = _of_adjective(word)
    for entry in entries:
        content: Stretch | None = None
        last: Token | None = None
        if entry.rest:
            last = next((c for c in word.rights if c.lower_ == entry.rest[0]), None)
            led = child(last, "pobj", "pcomp") if last is not None else None
            content = (led.left_edge.i, led.right_edge.i + 1) if led is not None else None
        else:
            below = next((c for c in word.rights if c.dep_ in {"ccomp", "xcomp", "advcl"}), None)
            if below is not None and _fits(below, entry.takes):
                content = below.left_edge.i, below.right_edge.i + 1
        if content is not None:
            source: Stretch | None = None
            if holder is not None:
                source = grammar.phrase(holder)
                if source[0] <= word.i < source[1]:
                    source = holder.i, holder.i + 1
            yield Found(
                word.i,
                (word.i, (last or word).i + 1),
                source,
                content,
                "infinitive" if "infinitive" in entry.takes else "clause",
            )
            return


def _fits(below: Token, takes: Set[str]) -> bool:
    """Whether an adjective takes this complement: "eager to", "confident that", "unsure whether"."""
    asks = below.left_edge.lower_ in _ASKING
    if is_infinitive(below):
        return "infinitive" in takes or ("clause" in takes and asks)
    return "clause" in takes and is_finite(below) and (below.dep_ == "ccomp" or asks)


def _of_adjective(word: Token) -> Token | None:
    """Who is confident or wary: the subject of the verb the adjective goes with, or its noun."""
    if word.pos_ == "VERB":
        return child(word, *grammar.PASSIVE_SUBJECTS) or grammar.source(word)
    head = word.head
    while head.dep_ == "conj" and head.pos_ == "ADJ":
        head = head.head
    if head.pos_ in {"VERB", "AUX"}:
        return grammar.source(head)
    return head if word.dep_ == "amod" and word.i > head.i else None
