"""Indirect speech, belief and intention: cues and their complements in the parse, after PolNeAR."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Set

from spacy.tokens import Doc, Token

from communique.domain.lexicon.speech import Speech
from communique.extract import adverbial_cues, noun_cues, verb_cues
from communique.extract.cue_grammar import Found, Stretch, is_passive

_READERS: dict[str, Callable[[Token, Speech], Iterator[Found]]] = {
    "VERB": verb_cues.read,
    "NOUN": noun_cues.read_noun,
    "ADJ": noun_cues.read_adjective,
    "ADV": adverbial_cues.read_adverb,
}


def find(doc: Doc, cues: Speech, skipped: Set[int]) -> list[Found]:
    """The attributions of one passage that are not plain quotations.

    `skipped` are the tokens that are quoted, or cues of quotations already.
    """
    found: list[Found] = []
    for token in doc:
        reader = _READERS.get(token.pos_)
        if token.lower_ in cues.prepositions:
            reader = adverbial_cues.read_preposition
        elif token.tag_ == "VBN" and token.lower_ in cues.adjectives and is_passive(token):
            reader = noun_cues.read_adjective
        if reader is not None and token.i not in skipped:
            found.extend(reader(token, cues))
    return _composed(found)


def _composed(found: list[Found]) -> list[Found]:
    """Without cues that only lead to another ("declined to say who"), and without doubles."""
    seen: set[Stretch] = set()
    kept: list[Found] = []
    for one in found:
        first, last = one.content
        leads = one.by == "infinitive" and any(
            first <= other.head < first + 3 and other.content[1] >= last - 1 for other in found
        )
        if one.content not in seen and not leads:
            seen.add(one.content)
            kept.append(one)
    return kept
