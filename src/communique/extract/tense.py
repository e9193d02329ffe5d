"""Past or ahead: what the words around a time say of when it lies.

A weekday or a month alone may be the last or the next one. The governing verb tells: its tense, its
auxiliaries, and whether it is the kind of verb that looks ahead ("plans to meet", "a visit scheduled for").
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from spacy.tokens import Token

from communique.domain.lexicon.times import Tense

Direction: TypeAlias = Literal[-2, -1, 0, 1, 2]

_PLAIN: dict[int, Direction] = {-1: -2, 1: 2}


def direction(token: Token, tense: Tense) -> Direction:
    """-1 or -2 if what is told of at `token` lies behind, 1 or 2 if ahead, 0 if the words do not say.

    Two where it hangs on the verb itself, one where it is told by less.
    The words between the time and its verb are asked first ("the planned talks on"), then the verb.
    """
    node = token
    near = {child.lower_ for child in (token, *token.lefts)}
    if token.head.pos_ in ("ADP", "ADJ"):
        near.add(token.head.lower_)
    if near & tense.past_words:
        return -1
    if near & tense.future_words:
        # "by Wednesday all had filed": what had been done by then lies behind
        return -1 if near & tense.limits and _pluperfect(token) else 1
    if near & tense.reaching:
        # "loans through January", "in the months through September": the nearest, whatever the verb
        return 0
    if token.dep_ in ("poss", "compound", "nmod") and token.head.i > token.i:
        # "Wednesday's ruling", "the June agreement": a day that has been, unless it is called ahead
        return 1 if any(child.lower_ in tense.future_words for child in token.head.lefts) else -1
    direct = True
    for _ in range(15):
        head = node.head
        if head.i == node.i:
            return 0
        came, node = node, head
        if node.pos_ in ("VERB", "AUX"):
            # "planned a rally on Saturday", "scheduled for May": what is planned lies ahead
            finite = node.lemma_ in tense.ahead and node.tag_ in ("VBD", "VBZ", "VBP", "VBN")
            if finite and (came.dep_ in ("dobj", "xcomp") or came.lower_ == "for"):
                return -1 if _had_been(node) else 1
            if finite and node.lemma_ in tense.appoint and not _had_been(node):
                # "scheduled a briefing Thursday": the day is that of what is appointed
                return 1
            told = _of_verb(node, tense)
            if told:
                return _PLAIN[told] if direct else told
            direct = False
        elif node.pos_ in ("NOUN", "PROPN", "ADJ"):
            if node.lemma_ in tense.ahead or any(c.lower_ in tense.future_words for c in node.lefts):
                return -1 if _had_been(node.head) else 1
            direct = False
        elif node.pos_ != "ADP":
            direct = False
    return 0


def _pluperfect(token: Token) -> bool:
    """Whether the verb that governs a time is told as done before it: "had filed", "had not called"."""
    verb = next((node for node in token.ancestors if node.pos_ in ("VERB", "AUX")), None)
    return verb is not None and verb.tag_ == "VBN" and _had_been(verb)


def _had_been(verb: Token) -> bool:
    """Whether a verb stands after "had": what "had been due on Friday" is over."""
    return any(child.dep_ in ("aux", "auxpass") and child.lower_ in ("had", "'d") for child in verb.children)


def _of_verb(verb: Token, tense: Tense) -> Direction:
    auxiliaries = [child for child in verb.children if child.dep_ in ("aux", "auxpass")]
    lowers = {aux.lower_ for aux in auxiliaries}
    if lowers & tense.future_auxiliaries:
        return 1
    if lowers & tense.modal_auxiliaries:
        return -1 if lowers & {"have", "'ve"} else 1
    tags = {aux.tag_ for aux in auxiliaries}
    if verb.tag_ == "VBD":
        return -1
    if "VBD" in tags:
        return (
            1
            if verb.lemma_ in tense.ahead and verb.tag_ == "VBN" and "be" in {a.lemma_ for a in auxiliaries}
            else -1
        )
    if any(aux.lemma_ == "have" for aux in auxiliaries):
        return -1
    if verb.tag_ == "VBN":
        return 1 if verb.lemma_ in tense.ahead else (0 if tags & {"VBZ", "VBP"} else -1)
    if verb.tag_ == "VBG":
        return 1 if tags & {"VBZ", "VBP"} else 0
    if verb.tag_ == "VB":
        head = verb.head
        if head.lemma_ in tense.ahead and head.pos_ in ("VERB", "AUX", "ADJ", "NOUN"):
            return -1 if _had_been(head) or _had_been(head.head) else 1
        return 0
    if verb.tag_ in ("VBZ", "VBP"):
        return 0 if verb.lemma_ in ("say", "be", "have", "tell") else 1
    return 0
