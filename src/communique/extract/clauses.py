"""Reads a dependency parse as clauses: who is the logical subject of a predicate, what its object.

Undoes passives, relative clauses, control and raising, coordination, and participles, so that a frame
need only name its slots.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBJECTS = frozenset(("nsubj", "nsubjpass", "csubj"))
OBJECTS = frozenset(("dobj", "obj", "dative", "iobj"))
_RELATIVE = frozenset(("who", "which", "that", "whom"))
_OBJECT_CONTROL = frozenset(
    ("allow", "permit", "enable", "urge", "ask", "force", "help", "press", "invite", "order", "tell",
     "encourage", "let", "authorize", "authorise", "persuade", "require", "call", "oblige", "want", "expect",
     "compel", "task", "train", "equip", "prompt", "lead", "cause", "see", "make", "get", "need", "have")
)  # fmt: skip
# "Warned them against", "condemned them for": who is told so has done or would do it.
_WARNED = frozenset(
    (
        ("against", "warn"), ("against", "caution"), ("about", "warn"),
        *(("for", verb) for verb in ("condemn", "criticize", "criticise", "blame", "thank", "praise",
                                     "denounce", "punish", "rebuke", "fault", "commend", "sanction")),
    )
)  # fmt: skip
# What one supports or rejects is another's ("supported the decision to").
ANOTHERS = frozenset(
    ("support", "back", "welcome", "praise", "hail", "endorse", "reject", "oppose", "condemn", "criticize",
     "criticise", "applaud", "denounce", "discuss")
)  # fmt: skip


def conjuncts(tokens: Iterable[Token]) -> list[Token]:
    """The tokens with everything coordinated with them, in order."""
    found: dict[int, Token] = {}
    for token in tokens:
        found.setdefault(token.i, token)
        rights = list(token.rights)
        for name in rights:
            # "The minister, Berg, and his Saudi counterpart": the second hangs on the name.
            if name.dep_ == "appos":
                found.update((other.i, other) for other in name.conjuncts if other.i > name.i)
        for child in token.lefts if token.pos_ == "PROPN" else ():
            # "Mali and Burkina Faso", read as the name of one.
            if child.dep_ == "nmod" and child.pos_ == "PROPN" and any(c.dep_ == "cc" for c in child.children):
                found.setdefault(child.i, child)
        if token.dep_ == "conj" or any(other.dep_ == "conj" for other in rights):
            found.update((other.i, other) for other in token.conjuncts if other.i > token.i)
    return [found[i] for i in sorted(found)]


def is_passive(verb: Token) -> bool:
    """Whether a verb is in the passive, or a participle after its noun ("troops stationed in").

    So is an adjective of feeling: who is "worried" suffers it.
    """
    if verb.pos_ == "ADJ":
        return True
    if _perfect_of(verb) is not None:
        return False
    if any(c.dep_ in ("nsubjpass", "auxpass") for c in verb.children):
        return True
    if verb.tag_ != "VBN" or any(c.dep_ == "aux" and c.lemma_ == "have" for c in verb.children):
        return False
    if any(c.dep_ == "nsubj" for c in verb.children):
        return False
    if verb.dep_ in ("acl", "amod", "advcl"):
        return True
    return verb.dep_ == "conj" and is_passive(verb.head)


def _own(verb: Token, deps: frozenset[str]) -> list[Token]:
    return [child for child in verb.children if child.dep_ in deps]


def _antecedent(token: Token) -> Token:
    """The noun a relative pronoun stands for."""
    if token.lower_ in _RELATIVE and token.pos_ in ("PRON", "DET", "SCONJ"):
        verb = token.head
        while verb.dep_ in ("conj", "xcomp", "ccomp") and verb.head.pos_ in ("VERB", "AUX"):
            verb = verb.head
        if verb.dep_ == "relcl":
            return verb.head
    return token


def surface_subjects(verb: Token, depth: int = 0) -> list[Token]:
    """The grammatical subjects of a verb, found through control, coordination and participles."""
    own = _own(verb, SUBJECTS)
    if len(own) > 1 and own[0].lower_ in _RELATIVE:
        own = own[1:]
    if own:
        return conjuncts(_antecedent(token) for token in own)
    if depth > 6:
        return []
    if depth == 0 and (swallowed := _swallowed(verb)):
        return conjuncts([swallowed])
    head = verb.head
    match verb.dep_:
        case "conj" if head.pos_ in ("VERB", "AUX"):
            return surface_subjects(head, depth + 1)
        case "xcomp" | "ccomp" if head.pos_ in ("VERB", "AUX", "ADJ"):
            if head.lemma_ in _OBJECT_CONTROL and not is_passive(head):
                objects = _own(head, OBJECTS)
                if objects:
                    return conjuncts(objects)
            return surface_subjects(head, depth + 1)
        case "advcl" if head.pos_ in ("VERB", "AUX"):
            return surface_subjects(head, depth + 1)
        case "acl" if head.pos_ in ("NOUN", "PROPN", "PRON"):
            if verb.tag_ in ("VBG", "VBN"):
                return conjuncts([head])
            return holders(head, depth + 1)
        case "relcl" if any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children):
            return surface_subjects(head.head, depth + 1) if head.dep_ == "attr" else conjuncts([head])
        case "pcomp":
            governor = head.head
            if governor.pos_ in ("VERB", "AUX"):
                onto = head.lower_ in ("of", "from", "into") or (head.lower_, governor.lemma_) in _WARNED
                blamed = _own(governor, OBJECTS) if onto else []
                return conjuncts(blamed) if blamed else surface_subjects(governor, depth + 1)
            if governor.pos_ == "ADJ":
                return surface_subjects(governor, depth + 1)
            return holders(governor, depth + 1)
        case "amod" if verb.tag_ == "VBG":
            return []
        case "amod" if (auxiliary := _perfect_of(verb)) is not None:
            return surface_subjects(auxiliary, depth + 1)
        case _:
            pass
    if verb.pos_ == "ADJ" and verb.dep_ in ("acomp", "conj"):
        return surface_subjects(head, depth + 1) if head.pos_ in ("AUX", "VERB", "ADJ") else []
    return []


def _perfect_of(verb: Token) -> Token | None:
    """The "had" of a perfect that the parse took for a possession: "they had massed tanks"."""
    if verb.dep_ != "amod" or verb.tag_ != "VBN" or not verb.i:
        return None
    before = verb.nbor(-1)
    perfect = before.lemma_ == "have" and before.pos_ in ("VERB", "AUX")
    return before if perfect and verb.head.dep_ == "dobj" and verb.head.head == before else None


def _swallowed(verb: Token) -> Token | None:
    """The subject that the parse joined to the month before it ("In February Somalia signed")."""
    if verb.dep_ == "conj" or verb.tag_ not in ("VBD", "VBZ", "VBP", "VB"):
        return None
    for child in verb.lefts:
        for noun in child.children if child.dep_ == "prep" else ():
            between = [t for t in verb.doc[noun.i + 1 : verb.i] if t.dep_ not in ("aux", "neg", "advmod")]
            if noun.dep_ == "pobj" and noun.pos_ == "PROPN" and noun.i > child.i + 1 and not between:
                return noun
    return None


def holders(noun: Token, depth: int = 0) -> list[Token]:
    """Whose a noun is: its possessor, else the subject of the verb it depends on ("made a pledge to")."""
    own = [child for child in noun.children if child.dep_ == "poss"]
    if own:
        return conjuncts(own)
    head = noun.head
    if noun.dep_ in ("dobj", "attr", "oprd") and head.pos_ in ("VERB", "AUX"):
        if head.lemma_ in ANOTHERS:
            return []
        return surface_subjects(head, depth + 1)
    if noun.dep_ == "pobj" and head.head.pos_ in ("VERB", "AUX"):
        return surface_subjects(head.head, depth + 1)
    if noun.dep_ == "pobj" and head.head.pos_ == "NOUN" and depth < 6:
        return holders(head.head, depth + 1)
    if noun.dep_ == "conj" and depth < 6:
        return holders(head, depth + 1)
    return []


def agents(verb: Token) -> list[Token]:
    """Who a passive says did it."""
    return conjuncts(
        pobj
        for child in verb.children
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by")
        for pobj in child.children
        if pobj.dep_ == "pobj"
    )


def subjects(verb: Token) -> list[Token]:
    """The logical subjects of a verb, and those along with them."""
    found = agents(verb) if is_passive(verb) else surface_subjects(verb)
    along = [t for noun in found for p in ("along with", "together with") for t in _along(noun, p)]
    along += prepositions(verb).get("along with", [])
    return found + [t for t in along if t not in found]


def _along(noun: Token, preposition: str) -> list[Token]:
    """Those named beside a subject: "Spain, along with Italy, had sent"."""
    return prepositions(noun).get(preposition, []) if noun.pos_ in ("NOUN", "PROPN", "PRON") else []


def objects(verb: Token) -> list[Token]:
    """The logical objects of a verb."""
    if is_passive(verb):
        return surface_subjects(verb)
    doubled = _own(verb, SUBJECTS)
    fronted = [_antecedent(doubled[0])] if len(doubled) > 1 and doubled[0].lower_ in _RELATIVE else []
    own = fronted + [_antecedent(token) for token in _own(verb, OBJECTS | {"attr", "oprd"})]
    if verb.lemma_ == "take" and [t.lower_ for t in own] == ["part"]:
        own = prepositions(verb).get("in", []) or prepositions(own[0]).get("in", [])
    if not own and verb.dep_ == "conj" and verb.head.pos_ == "VERB" and verb.i > verb.head.i:
        return []
    if not own and verb.dep_ == "relcl" and _own(verb, SUBJECTS):
        gap = verb.head if not any(c.lower_ in ("where", "when", "why") for c in verb.children) else None
        if gap is not None and all(_antecedent(s).i != gap.i for s in _own(verb, SUBJECTS)):
            own = [gap]
    if not own and _perfect_of(verb) is not None:
        own = [verb.head]
    if not own and (contact := _in_contact(verb)) is not None:
        own = [contact]
    if not own:
        right = [c for c in verb.conjuncts if c.i > verb.i and c.pos_ == "VERB"]
        if right and verb.dep_ != "ROOT" and not _own(verb, frozenset(("prep", "prt", "xcomp", "ccomp"))):
            own = _own(right[-1], OBJECTS)
    return conjuncts(own)


def _in_contact(verb: Token) -> Token | None:
    """The noun right before a clause without "that" which it is the object of: "the jet it is building"."""
    subject = next((c for c in verb.children if c.dep_ == "nsubj" and c.tag_ == "PRP"), None)
    if subject is None or not subject.i or verb.dep_ not in ("ccomp", "relcl", "advcl"):
        return None
    before = subject.nbor(-1)
    inside = before.pos_ == "NOUN" and before.dep_ in ("dobj", "pobj", "nsubj", "nsubjpass", "conj", "attr")
    return before if inside and subject.i < verb.i and before.head != verb else None


def prepositions(token: Token) -> dict[str, list[Token]]:
    """The nouns that depend on a token through each preposition."""
    found: dict[str, list[Token]] = {}
    for child in token.children:
        if child.dep_ in ("prep", "agent", "dative", "prt") and child.pos_ in ("ADP", "SCONJ", "VERB", "ADV"):
            for noun in child.children:
                if noun.dep_ in ("pobj", "pcomp"):
                    found.setdefault(child.lower_, []).extend(conjuncts([noun]))
                elif noun.dep_ == "prep":
                    for inner in noun.children:
                        if inner.dep_ == "pobj":
                            if child.lower_ != "along":
                                found.setdefault(noun.lower_, []).extend(conjuncts([inner]))
                            found.setdefault(f"{child.lower_} {noun.lower_}", []).extend(conjuncts([inner]))
    return found


def particles(verb: Token) -> set[str]:
    """The particles and prepositions that hang on a verb."""
    return {c.lower_ for c in verb.children if c.dep_ in ("prt", "prep", "advmod", "agent", "dative")}


def modifiers(noun: Token) -> list[Token]:
    """Adjectives and compounds before a noun, and theirs ("U.S.-Japan alliance")."""
    found: list[Token] = []
    for child in noun.lefts:
        if child.dep_ in ("amod", "compound", "nmod", "appos", "npadvmod"):
            found.append(child)
            found += [
                c for c in child.subtree if c is not child and c.dep_ in ("compound", "amod", "conj", "nmod")
            ]
    return sorted(dict.fromkeys(found), key=lambda t: t.i)


def governor(token: Token) -> Token:
    """The verb (or root) a noun finally depends on, through prepositions and other nouns."""
    while token.head != token and token.pos_ not in ("VERB", "AUX"):
        token = token.head
    return token


def clause_edges(token: Token) -> tuple[int, int]:
    """First and last token (half-open) of the words a predicate governs, without what it merely reports."""
    left, right = token.left_edge.i, token.right_edge.i + 1
    for clause in token.rights:
        if clause.dep_ == "conj" and clause.pos_ in ("VERB", "AUX") and _own(clause, SUBJECTS):
            # What another does besides is another clause.
            right = min(right, clause.left_edge.i)
    while right - 1 > token.i and (token.doc[right - 1].dep_ == "cc" or token.doc[right - 1].is_punct):
        right -= 1
    while left < token.i and (
        token.doc[left].is_punct or token.doc[left].is_space or token.doc[left].dep_ in ("cc", "mark")
    ):
        left += 1
    while right - 1 > token.i and (token.doc[right - 1].is_punct or token.doc[right - 1].is_space):
        right -= 1
    return left, right
