"""The grammar around a cue: who its subject is, which words make up the cue, where its clause ends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from spacy.tokens import Token

Stretch: TypeAlias = tuple[int, int]
"""First token and the token after the last, in one passage."""


@dataclass(frozen=True, slots=True)
class Found:
    """One attribution in one passage, as token stretches; `head` is the cue's token, `by` its family."""

    head: int
    cue: Stretch
    source: Stretch | None
    content: Stretch
    by: str
    relay: Stretch | None = None


SUBJECTS = frozenset({"nsubj", "csubj"})
PASSIVE_SUBJECTS = frozenset({"nsubjpass", "csubjpass"})
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
RELATIVES = frozenset({"who", "which", "that", "whom"})
STOPS = frozenset({";", ":", "(", ")", "—", "–", "--"})
"""Marks that part a sentence more deeply than a comma."""
_ASIDES = frozenset({",", "-", "–", "—", "--", ")"})
_BEFORE_CUE = frozenset({"aux", "auxpass", "neg", "advmod"})


def child(token: Token, *relations: str) -> Token | None:
    """The first dependant of `token` in one of the given relations."""
    return next((c for c in token.children if c.dep_ in relations), None)


def is_passive(verb: Token) -> bool:
    """Whether a verb form is passive ("was told", "measures opposed by")."""
    if verb.tag_ != "VBN":
        return False
    relations = {c.dep_ for c in verb.children}
    if "auxpass" in relations or "nsubjpass" in relations:
        return True
    if verb.dep_ == "conj" and verb.head.tag_ == "VBN" and "nsubj" not in relations:
        return is_passive(verb.head)
    if verb.dep_ == "acl" and _is_verbless(verb.head) and "agent" not in relations and verb.n_rights:
        return False  # "the envoy called the raid a crime", read as a noun with a participle
    return (
        "aux" not in relations
        and "nsubj" not in relations
        and verb.dep_ in {"acl", "advcl", "ROOT", "amod", "relcl"}
    )


def _is_verbless(noun: Token) -> bool:
    """Whether a sentence is read as a mere noun phrase."""
    return noun.dep_ == "ROOT" and noun.pos_ in {"NOUN", "PROPN", "PRON"}


def is_finite(verb: Token) -> bool:
    """Whether the clause of `verb` stands in a tense."""
    return verb.tag_ in FINITE or any(
        c.tag_ in FINITE and c.dep_ in {"aux", "auxpass", "cop"} for c in verb.children
    )


def is_infinitive(verb: Token) -> bool:
    """Whether the verb is introduced by "to"."""
    return any(c.tag_ == "TO" for c in verb.lefts) or any(
        c.tag_ == "TO" for a in verb.lefts for c in a.lefts if a.dep_ in {"aux", "auxpass"}
    )


def source(verb: Token, depth: int = 0) -> Token | None:
    """The one who does the saying: the subject, the agent of a passive, or the subject of a higher verb."""
    if depth > 6:
        return None
    if is_passive(verb):
        agent = child(verb, "agent")
        return child(agent, "pobj") if agent is not None else None
    if subject := _subject(verb):
        return subject
    head, relation = verb.head, verb.dep_
    if relation == "conj" and head.dep_ == "ccomp" and verb.tag_ in {"VBD", "VBZ"} and not _is_person(head):
        # "he said it would take time but added": the speaker goes on, not the subject of what he said
        return source(head.head, depth + 1)
    if relation == "conj" and head.pos_ in {"VERB", "AUX"}:
        return passive_subject_or_source(head, depth) if not is_passive(verb) else source(head, depth + 1)
    if relation == "conj":
        return source(head, depth + 1) if head.dep_ in {"acl", "xcomp"} else None
    if relation == "xcomp" and head.pos_ in {"VERB", "AUX"}:
        hearer = child(head, "dobj")
        return hearer if hearer is not None and _can_act(hearer) else passive_subject_or_source(head, depth)
    if relation == "advcl" and verb.tag_ == "VBG" and head.dep_ == "ccomp" and verb.nbor(-1).text == ",":
        return source(head.head, depth + 1)  # "she said it was over, adding that"
    if relation in {"advcl", "ccomp", "dep", "aux"} and head.pos_ in {"VERB", "AUX"}:
        return passive_subject_or_source(head, depth)
    if relation == "acl":
        if is_infinitive(verb):
            return owner(head)
        if _is_verbless(head):
            return head
        # "made statements affirming it", "on the radio, calling it a lie": not the noun, the one who acts
        aside = verb.i > 0 and verb.nbor(-1).text == ","
        if head.dep_ in {"dobj", "pobj"} and head.ent_type_ != "PERSON" and (aside or head.dep_ == "dobj"):
            return owner(head) or head
        return head
    if relation == "pcomp":
        governor = head.head
        return (
            passive_subject_or_source(governor, depth)
            if governor.pos_ in {"VERB", "AUX"}
            else owner(governor)
        )
    return None


def _subject(verb: Token) -> Token | None:
    """The subject; of several, as misread sentences give, the one after the clause that is over."""
    subjects = [c for c in verb.children if c.dep_ in SUBJECTS]
    before = [c for c in subjects if c.i < verb.i]
    if len(before) < 2:
        return subjects[0] if subjects else None
    chosen = before[0]
    for other in before[1:]:
        between = verb.doc[chosen.i + 1 : other.left_edge.i]
        over = any(t.text in STOPS or t.tag_ in FINITE or t.tag_ == "VBN" for t in between)
        if over and other.lower_ not in RELATIVES:
            chosen = other
    return chosen


def marked(word: Token, preposition: str) -> Token | None:
    """The "for" of "a call for the fleet to sail", which the parse takes for the mark of a clause."""
    for below in word.rights:
        for mark in below.lefts:
            if mark.dep_ == "mark" and mark.lower_ == preposition and is_infinitive(below):
                return mark
    return None


def _can_act(noun: Token) -> bool:
    """Whether a noun may name who acts: a name, a pronoun, or people ("officials")."""
    return noun.pos_ in {"PROPN", "PRON"} or noun.tag_ == "NNS" or noun.ent_type_ in {"ORG", "GPE"}


def _is_person(verb: Token) -> bool:
    subject = child(verb, *SUBJECTS, *PASSIVE_SUBJECTS)
    if subject is None:
        return True
    return subject.ent_type_ in {"PERSON", "ORG", "NORP", "GPE"} or subject.lower_ in {
        "he",
        "she",
        "they",
        "we",
        "who",
    }


def passive_subject_or_source(verb: Token, depth: int) -> Token | None:
    """The grammatical subject of a higher verb, passive or not, for a lower verb without its own."""
    return child(verb, *PASSIVE_SUBJECTS) or source(verb, depth + 1)


def owner(noun: Token, depth: int = 0) -> Token | None:
    """Whose claim, plan or view it is: possessor, author, or the subject of the verb that governs it."""
    if possessor := child(noun, "poss"):
        governed = noun.dep_ == "dobj" and possessor.pos_ == "PRON" and noun.head.pos_ == "VERB"
        # "she repeated her claim": she is the source
        return source(noun.head, depth + 1) or possessor if governed else possessor
    for preposition in noun.rights:
        if (
            preposition.dep_ in {"prep", "agent"}
            and preposition.lower_ in {"by", "from"}
            and (found := child(preposition, "pobj"))
        ):
            return found
    for modifier in noun.lefts:
        if modifier.dep_ in {"amod", "compound", "nmod"} and modifier.ent_type_ in {
            "PERSON",
            "ORG",
            "NORP",
            "GPE",
        }:
            return modifier
    head = noun.head
    if noun.dep_ in {"dobj", "attr"} and head.pos_ in {"VERB", "AUX"}:
        return source(head, depth + 1)
    if noun.dep_ == "conj" and depth < 3:
        return owner(head, depth + 1)
    if noun.dep_ == "pobj" and head.dep_ == "prep" and depth < 3:  # "in a message, in reports of"
        governor = head.head
        if governor.pos_ in {"VERB", "AUX"}:
            return passive_subject_or_source(governor, depth)
        return owner(governor, depth + 1)
    return None


def beside(verb: Token) -> Token | None:
    """The noun before a finite verb for which the parse gives no subject, over what is said of it aside."""
    if verb.tag_ not in FINITE:
        return None
    first = cue(verb)[0]
    if first <= verb.sent.start:
        return None
    before = verb.doc[first - 1]
    if before.pos_ in {"NOUN", "PROPN", "PRON"}:
        return before
    return _across_aside(verb, before) if before.text in _ASIDES else None


def _across_aside(verb: Token, mark: Token) -> Token | None:
    """ "Ruiz, who leads the fleet, said", "the envoy - a former pilot - said": whom the aside tells of."""
    if mark.i == verb.sent.start:
        return None
    token, found = mark.nbor(-1), None
    while True:
        if token.pos_ in {"NOUN", "PROPN", "PRON"}:
            found = token
        elif token.pos_ in {"VERB", "AUX"} and token.dep_ not in {"relcl", "acl", "advcl"}:
            return source(token)
        if token.head == token or token.head.i >= verb.i:
            return found
        token = token.head


def relay(verb: Token) -> Token | None:
    """To whom, or through whom, it was said: "told the agency", "as quoted by it", "an interview with it"."""
    for participle in verb.rights:
        if participle.tag_ == "VBN" and any(c.lower_ == "as" for c in participle.lefts):
            agent = child(participle, "agent")
            return child(agent, "pobj") if agent is not None else None
    if (addressee := child(verb, "dative", "dobj")) is not None:
        return addressee
    for preposition in verb.rights:
        for noun in preposition.rights if preposition.dep_ == "prep" else ():
            partner = next((c for c in noun.rights if c.dep_ == "prep" and c.lower_ in {"with", "to"}), None)
            if partner is not None:
                return child(partner, "pobj")
    return None


def cue(verb: Token, last: Token | None = None) -> Stretch:
    """The cue's words: the verb with its auxiliaries and what belongs to it up to `last`."""
    first = verb.i
    for left in reversed(list(verb.lefts)):
        if left.dep_ in _BEFORE_CUE and left.i == first - 1 and left.n_lefts == left.n_rights == 0:
            first = left.i
        else:
            break
    return first, max(verb.i, last.i if last is not None else verb.i) + 1


def phrase(token: Token) -> Stretch:
    """A noun phrase with all that depends on it; a relative pronoun stands alone."""
    if token.lower_ in RELATIVES:
        return token.i, token.i + 1
    return token.left_edge.i, token.right_edge.i + 1


def clause(verb: Token) -> Stretch:
    """The clause of a verb without conjunctions before it and clauses coordinated after it."""
    first, last = verb.left_edge.i, verb.right_edge.i + 1
    for right in verb.rights:
        if (
            right.dep_ == "conj"
            and right.pos_ in {"VERB", "AUX"}
            and child(right, *SUBJECTS, *PASSIVE_SUBJECTS)
        ):
            last = right.left_edge.i
            while last > verb.i + 1 and verb.doc[last - 1].dep_ in {"cc", "punct"}:
                last -= 1
            break
    for left in verb.lefts:
        if left.i == first and left.dep_ in {"cc", "punct", "mark"}:
            first += 1
    if verb.dep_ == "conj" and not child(verb, *SUBJECTS, *PASSIVE_SUBJECTS):
        subject = passive_subject_or_source(verb.head, 0)
        if subject is not None and subject.i < first:
            first = subject.left_edge.i
    return first, last
