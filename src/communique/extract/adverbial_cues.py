"""Adverbs and prepositions as cues of their clause: "reportedly", "according to", "in her view"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from communique.domain.lexicon.speech import Speech
from communique.extract import cue_grammar as grammar
from communique.extract.cue_grammar import Found, Stretch, child


def read_adverb(word: Token, cues: Speech) -> Iterator[Found]:
    if word.lower_ in cues.adverbs and word.head.pos_ in {"VERB", "AUX"}:
        yield Found(word.i, (word.i, word.i + 1), None, grammar.clause(word.head), "whole")


def read_preposition(word: Token, cues: Speech) -> Iterator[Found]:
    for entry in cues.prepositions.get(word.lower_, ()):
        if "readings" in entry.takes:
            noun = child(word, "pobj")
            if noun is None or noun.lower_ != entry.rest[0] or noun.left_edge == noun:
                continue
            content = _around(word)
            if content[0] < content[1] and not content[0] <= word.i < content[1]:
                yield Found(word.i, (word.i, word.i + 1), grammar.phrase(noun), content, "whole")
            return
        if "owner" in entry.takes:
            noun = child(word, "pobj")
            if noun is None or noun.lemma_ != entry.rest[0] or (possessor := child(noun, "poss")) is None:
                continue
            yield Found(word.i, (word.i, noun.i + 1), grammar.phrase(possessor), _around(word), "whole")
            return
        last = word
        if entry.rest:
            following = child(word, "prep")
            if following is None or following.lower_ != entry.rest[0]:
                continue
            last = following
        named = child(last, "pobj")
        if named is None or named.pos_ not in {"PROPN", "PRON", "NOUN"} or _is_measure(named):
            continue
        content = _around(word)
        first, end = grammar.phrase(named)
        # "According to the newspaper Dawn, ...": a name that the parse gave to the clause
        while content[0] == end and end < content[1] and word.doc[end].pos_ == "PROPN":
            end += 1
            content = end, content[1]
        if content[0] < content[1]:
            yield Found(word.i, (word.i, last.i + 1), (first, end), content, "whole")
        return


def _is_measure(noun: Token) -> bool:
    """Whether a bare singular noun stands after "according to": "according to size" names no source."""
    return noun.tag_ == "NN" and not noun.ent_type_ and noun.left_edge == noun


def _around(word: Token) -> Stretch:
    """The clause a sentence adverbial stands in, without the adverbial where it stands at an end."""
    first, last = word.left_edge.i, word.right_edge.i + 1
    sentence = word.sent
    start, end = sentence.start, sentence.end
    doc = word.doc
    while end > start and doc[end - 1].is_punct:
        end -= 1
    head = word.head
    while head.dep_ not in {"ROOT", "conj", "ccomp", "advcl", "parataxis", "relcl"} or head.pos_ not in {
        "VERB",
        "AUX",
    }:
        if head.head == head:
            break
        head = head.head
    if last >= end:
        if (
            head.dep_ == "conj"
            and head.pos_ in {"VERB", "AUX"}
            and child(head, *grammar.SUBJECTS, *grammar.PASSIVE_SUBJECTS)
        ):
            start = max(start, head.left_edge.i)
        return start, first
    if first <= start + 1:
        return last, end
    inner = head.left_edge.i, head.right_edge.i + 1
    return (last, inner[1]) if inner[0] >= first - 2 else (inner[0], max(inner[1], last))
