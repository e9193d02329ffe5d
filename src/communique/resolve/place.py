"""Tells the ground things stand on or go to from one who acts: "in Tokyo", "flew to Tokyo", "Tokyo said"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from communique.domain.lexicon.names import Ground

if TYPE_CHECKING:
    from spacy.tokens import Token


def ground(token: Token, words: Ground) -> Literal["ground", "goal"] | None:
    """`ground` if things happen at the name headed by `token`, `goal` if someone goes to or from it."""
    while token.dep_ == "conj" and token.head.i < token.i:
        token = token.head
    head = token.head
    if token.dep_ == "dobj":
        return "goal" if head.lemma_.lower() in words.entering else None
    if token.dep_ == "compound" and token.head.pos_ == "NOUN":
        return "ground" if head.lemma_.lower() in words.part else None
    if token.dep_ != "pobj":
        return None
    preposition = head.lower_
    behind = token.doc[head.i + 1] if head.i + 1 < len(token.doc) else token
    if behind.ent_type_ == "DATE" and behind.i < token.i:
        return None  # "In December Japan and ...": the day, and then who acts
    if preposition in words.inside:
        return None if head.head.lemma_.lower() in words.aimed else "ground"
    while head.dep_ in ("prep", "conj") and head.head.pos_ == "ADP":
        head = head.head
    governor = head.head.lemma_.lower()
    if governor in words.path.get(preposition, ()):
        return "goal"
    if preposition in words.above and governor in words.flying:
        return "ground"
    if preposition == "of" and governor in words.part:
        return "ground"
    return None
