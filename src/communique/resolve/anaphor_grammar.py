"""The grammar around a word that comes back to somebody: its noun phrase, and when "it" is nobody."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from communique.resolve.memory import SUBJECTS

if TYPE_CHECKING:
    from spacy.tokens import Token

BOTH = "both"
THE = frozenset(("the", "this", "that", "these", "those"))
_NUMBERS = {"two": 2, "both": 2, "three": 3, "four": 4, "five": 5}


def is_subject(token: Token) -> bool:
    """Whether a noun is a subject, or joined to one."""
    while token.dep_ in ("conj", "appos"):
        token = token.head
    return token.dep_ in SUBJECTS


@dataclass
class Phrase:
    """A noun phrase: how many, whether definite, whose, its other modifiers, its first token."""

    first: int
    count: int = 0
    definite: bool = False
    owner: int | None = None
    modifiers: set[int] = field(default_factory=set)


def noun_phrase(token: Token) -> Phrase:
    """The noun phrase that a noun heads."""
    phrase = Phrase(token.i)
    for child in token.lefts:
        if child.dep_ in ("det", "nummod", "predet", "amod", "compound", "poss", "nmod"):
            phrase.first = min(phrase.first, child.left_edge.i)
        if child.lower_ in _NUMBERS:
            phrase.count = _NUMBERS[child.lower_]
        elif child.dep_ == "det" and child.lower_ in THE:
            phrase.definite = True
        elif child.dep_ in ("amod", "compound", "poss", "nmod"):
            phrase.modifiers |= {t.i for t in child.subtree}
            if child.dep_ == "poss":
                phrase.owner = child.i
    if any(child.dep_ in ("relcl", "prep") and child.lower_ != "in" for child in token.rights):
        phrase.definite = False
    return phrase


def is_both(token: Token) -> bool:
    """ "Where both are worried": the word alone, which the tagger takes for an article."""
    return token.lower_ == BOTH and token.dep_ in (*SUBJECTS, "dobj", "pobj")


def in_purpose(token: Token) -> bool:
    """ "... so that it can work": as likely the thing done to as the doer."""
    verb = token.head
    return token.dep_ in SUBJECTS and any(
        c.dep_ == "mark" and c.i and c.nbor(-1).lower_ == "so" for c in verb.children
    )


def is_expletive(token: Token) -> bool:
    """ "It is clear that", "it was a bomb", "makes it easier to": an "it" that stands for nobody."""
    behind = token.doc[token.i + 1 : token.i + 8]
    if token.dep_ == "expl":
        return True
    if token.lower_ == "it" and len(behind) > 2 and behind[0].pos_ == "ADJ":
        return any(t.lower_ in ("to", "for", "that") for t in behind)
    verb = token.head
    return (
        token.dep_ in SUBJECTS
        and verb.lemma_ == "be"
        and any(
            c.dep_ in ("ccomp", "acl", "advcl") or (c.dep_ == "attr" and c.tag_ == "NN") for c in verb.rights
        )
    )


def is_bare(token: Token) -> bool:
    """ "Let [Russia] use": the subject of an infinitive without an auxiliary."""
    verb = token.head
    infinitive = verb.tag_ == "VB" and verb.dep_ in ("ccomp", "xcomp")
    return (
        token.dep_ in SUBJECTS
        and infinitive
        and not any(c.dep_ == "aux" and c.tag_ == "MD" for c in verb.lefts)
    )
