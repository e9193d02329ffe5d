"""Whether what a predicate says happened, is planned, pledged, proposed, denied or hypothetical.

Reads outward from the predicate: its own modals, tense and negation, then each word that governs it,
until a finite clause that stands on its own (FactBank's sources and scopes, Saurí and Pustejovsky 2009).
The outermost qualifier that bears on it wins over the inner ones, except that a denial stays a denial.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from communique.domain.lexicon.factuality import FactualityWords
from communique.model import Factuality

if TYPE_CHECKING:
    from spacy.tokens import Token

_STEP = frozenset(
    ("xcomp", "ccomp", "acl", "pcomp", "advcl", "conj", "dobj", "pobj", "attr", "oprd", "nsubj",
     "nsubjpass", "relcl", "prep", "agent", "dative", "csubj", "appos", "poss", "compound")
)  # fmt: skip
_TAKES_TO = frozenset(
    ("agree", "plan", "prepare", "hope", "call", "push", "look", "aim", "pledge", "commit", "promise",
     "ask", "press", "appeal", "accuse", "suspect", "wish", "apply", "opt")
)  # fmt: skip
_TO = frozenset(("for", "to", "on", "of", "towards", "toward"))
_WISHES = frozenset(("like", "prefer", "love"))
_UNTIL = frozenset(("before", "until", "once"))
# "The first country to have": who is counted has done it.
_ORDINAL = frozenset(("first", "second", "third", "last", "latest", "only"))
_STRENGTH: dict[Factuality, int] = {
    "actual": 0, "planned": 1, "pledged": 2, "proposed": 3, "hypothetical": 4, "denied": 5,
}  # fmt: skip


def factuality(
    predicate: Token, words: FactualityWords, *, presupposed: bool = False, standing: bool = False
) -> Factuality:
    """The factuality of what a verb or noun says.

    A `presupposed` noun that is definite keeps its own, whatever verb governs it ("Russia's war"); what is
    `standing`, that of what it hangs on through a preposition, but not of the clause ("will spend more than
    any other member").
    """
    verdict = _own(predicate, words)
    if (
        presupposed
        and _definite(predicate)
        and not _is_asked_for(predicate, words)
        and not _in_event_of(predicate, words)
    ):
        return verdict
    token, inner = predicate, predicate
    for _ in range(8):
        head = token.head
        if head == token or token.dep_ not in _STEP:
            break
        if token.dep_ in ("pobj", "pcomp") and words.of_preposition.get(head.lower_) == "actual":
            break
        if standing and token.dep_ == "prep" and head.pos_ in ("VERB", "AUX", "ADJ", "ADV"):
            break
        found = _from_head(token, head, inner, words)
        open_still = found == "denied" and _negated(head)
        if found is not None:
            verdict = _combine(verdict, "hypothetical" if open_still else found)
        if token.dep_ in ("ccomp", "relcl", "advcl") and _finite(token):
            break
        if token.dep_ == "acl" and token.tag_ == "VBN" and not _infinitive(token):
            # "Will discuss the pact signed in May": what a participle tells of a thing is done.
            break
        if token.dep_ in ("nsubj", "nsubjpass"):
            if predicate.pos_ == "NOUN" and token in (predicate, _lead(predicate)):
                verdict = _combine(verdict, _of_subject(token, head, words))
            break
        if (
            token.dep_ == "conj"
            and (_finite(token) or _has_own_modal(token))
            and not _infinitive(token)
            and token.pos_ in ("VERB", "AUX")
        ):
            break
        if head.pos_ in ("VERB", "AUX"):
            if not open_still:
                verdict = _combine(verdict, _own(head, words, governing=True))
            inner = head
        token = head
    return verdict


def _lead(noun: Token) -> Token:
    """The first of the nouns one is coordinated with."""
    while noun.dep_ == "conj" and noun.head.pos_ == "NOUN":
        noun = noun.head
    return noun


def _of_subject(noun: Token, verb: Token, words: FactualityWords) -> Factuality:
    """What a verb makes of its subject: "talks will resume", "a pact is expected", "a visit is possible"."""
    verdict = _own(verb, words)
    if noun.dep_ == "nsubjpass":
        verdict = _combine(verdict, words.of_verb.get(verb.lemma_, "actual"))
    if verb.lemma_ == "be" and verb.tag_ in ("VBZ", "VBP") and not _definite(noun) and _single(noun):
        verdict = _combine(verdict, "hypothetical")
    for child in verb.children:
        if child.dep_ in ("acomp", "advmod", "prt") and verb.lemma_ == "be":
            verdict = _combine(verdict, words.of_adjective.get(child.lower_, "actual"))
    return verdict


def _single(noun: Token) -> bool:
    """ "An attack on them is unacceptable": one of a kind, of which something holds in general."""
    return any(c.lower_ in ("a", "an") for c in noun.lefts)


def _negated(verb: Token) -> bool:
    """ "Did not rule out", "never refused"."""
    return any(c.dep_ == "neg" for c in verb.children)


def _definite(noun: Token) -> bool:
    indefinite = any(c.lower_ in ("a", "an", "any", "another", "no") for c in noun.lefts)
    owned = any(
        c.dep_ in ("poss", "amod", "compound") and c.pos_ in ("PROPN", "PRON", "ADJ") for c in noun.lefts
    )
    return noun.pos_ == "NOUN" and not indefinite and (owned or any(c.lower_ == "the" for c in noun.lefts))


def _is_asked_for(noun: Token, words: FactualityWords) -> bool:
    """ "Asked for EU sanctions": what is asked for is not yet, however definite."""
    head = noun.head
    return noun.dep_ == "pobj" and head.lower_ == "for" and words.of_verb.get(head.head.lemma_) == "proposed"


def _in_event_of(noun: Token, words: FactualityWords) -> bool:
    """ "In the event of", "the possibility of": the noun above makes a supposition of it."""
    head = noun.head
    return (
        noun.dep_ == "pobj" and head.lower_ == "of" and words.of_noun.get(head.head.lemma_) == "hypothetical"
    )


def _combine(one: Factuality, other: Factuality) -> Factuality:
    """What both together make of it: a plan that was pledged is pledged, a pledge that may be is a maybe."""
    return one if _STRENGTH[one] >= _STRENGTH[other] else other


def _finite(verb: Token) -> bool:
    if verb.tag_ in ("VBD", "VBZ", "VBP", "MD"):
        return True
    return any(
        c.dep_ in ("aux", "auxpass") and c.tag_ in ("VBD", "VBZ", "VBP", "MD") and c.i < verb.i
        for c in verb.children
    )


def _infinitive(verb: Token) -> bool:
    return verb.tag_ in ("VB", "VBN") and any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)


def _told(clause: Token, found: Factuality) -> bool:
    """Whether a that-clause tells what is, whatever verb it hangs on.

    After a verb of proposing, one in the present is no telling but the wish ("proposed that they sign").
    """
    if found == "proposed" and clause.tag_ in ("VB", "VBP"):
        return False
    # Nobody pledges what was: "the ship sailed, the second delivery agreed in May, he said" is misread.
    return _finite(clause) and (
        found in ("planned", "proposed") or (found == "pledged" and clause.tag_ == "VBD")
    )


def _inverted(verb: Token, auxiliary: Token) -> bool:
    """ "Had they tested it", "should they attack": a supposition without an "if"."""
    subject = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    fronted = verb.dep_ in ("advcl", "ccomp") and verb.i < verb.head.i
    return fronted and subject is not None and auxiliary.i < subject.i < verb.i


def _has_own_modal(verb: Token) -> bool:
    return any(c.tag_ == "MD" or c.lower_ == "to" for c in verb.children if c.dep_ == "aux")


def _own(token: Token, words: FactualityWords, governing: bool = False) -> Factuality:
    """What a token says of itself: modal, negation, conjunction; of a noun, its adjectives."""
    verdict: Factuality = "actual"
    if token.pos_ in ("VERB", "AUX"):
        for child in token.children:
            lower = child.lower_
            if child.dep_ == "aux" and lower in words.of_modal:
                modal = words.of_modal[lower]
                if lower in ("would", "'d", "’d") and (token.lemma_ in _WISHES or _reported(token, words)):
                    modal = "planned"
                elif lower == "should" and _inverted(token, child):
                    modal = "hypothetical"
                verdict = _combine(verdict, modal)
            elif _supposed(token, child, words, verdict):
                verdict = "hypothetical"
            elif child.dep_ == "neg" and not governing:
                verdict = "denied" if verdict in ("actual", "planned") else verdict
            elif child.dep_ == "neg":
                verdict = _combine(verdict, "denied")
            elif child.dep_ == "mark" and lower in words.of_marker:
                verdict = _combine(verdict, words.of_marker[lower])
            elif child.dep_ == "mark" and lower in _UNTIL and token.tag_ in ("VBZ", "VBP"):
                verdict = _combine(verdict, "planned")
            elif _undone(token, child, governing):
                verdict = "denied"
        if (
            not governing
            and token.dep_ == "advcl"
            and token.tag_ == "VB"
            and any(c.dep_ == "aux" and c.lower_ == "to" for c in token.children)
        ):
            verdict = _combine(verdict, "planned")
        return verdict
    for child in token.lefts:
        if child.dep_ in ("amod", "compound") and child.lower_ in words.of_adjective:
            verdict = _combine(verdict, words.of_adjective[child.lower_])
        elif child.dep_ == "det" and child.lower_ in ("no", "neither"):
            verdict = "denied"
        elif (
            child.dep_ == "det"
            and child.lower_ == "any"
            and not any(c.lower_ == "other" for c in token.lefts)
        ):
            verdict = _combine(verdict, "hypothetical")
    for child in token.rights:
        if child.dep_ in ("acl", "relcl") and child.tag_ in ("VBN", "VBD"):
            verdict = _combine(verdict, words.of_verb.get(child.lemma_, "actual"))
    return verdict


def _supposed(verb: Token, child: Token, words: FactualityWords, verdict: Factuality) -> bool:
    """Whether a word under a verb makes a supposition of it ("had they", "would ... if")."""
    if child.dep_ == "aux":
        return child.lower_ in ("had", "were") and _inverted(verb, child)
    return child.dep_ == "advcl" and verdict != "actual" and _conditional(child, words)


def _undone(verb: Token, child: Token, governing: bool) -> bool:
    """Whether a word under a verb says that it is not so ("no carrier is", "never", "has yet to")."""
    if child.dep_ in ("nsubj", "nsubjpass", "dobj"):
        return any(c.lower_ == "no" for c in child.lefts)
    if child.dep_ != "advmod":
        return False
    awaited = child.lower_ == "yet" and governing and verb.lemma_ in ("have", "be")
    return child.lower_ == "never" or awaited


def _conditional(clause: Token, words: FactualityWords) -> bool:
    return any(words.of_marker.get(c.lower_) == "hypothetical" for c in clause.children if c.dep_ == "mark")


def _reported(verb: Token, words: FactualityWords) -> bool:
    """Whether "would" is the past of a "will" that somebody announced."""
    head, token = verb.head, verb
    while token.dep_ in ("conj", "xcomp") and head != token:
        token, head = head, head.head
    if token.dep_ == "relcl":
        return True
    return token.dep_ == "ccomp" and head.lemma_ in words.announcing and head.tag_ in ("VBD", "VBN")


def _of_readiness(adjective: Token, words: FactualityWords) -> Factuality | None:
    """ "Willing and able to", "ready and capable of": who is willing is more than able."""
    pair = (adjective, adjective.head) if adjective.dep_ == "conj" else (adjective,)
    told = [words.of_adjective[t.lower_] for t in pair if t.lower_ in words.of_adjective]
    return min(told, key=_STRENGTH.__getitem__, default=None)


def _from_head(token: Token, head: Token, inner: Token, words: FactualityWords) -> Factuality | None:
    """What the governing word makes of what it governs."""
    if token.dep_ == "pobj":
        for word in (head, head.head) if head.lower_ == "of" else (head,):
            if word.lower_ in words.of_preposition:
                return words.of_preposition[word.lower_]
        if head.lower_ == "of" and head.head.lemma_ in words.of_noun:
            return words.of_noun[head.head.lemma_]
        return None
    if token.dep_ == "pcomp":
        if words.of_verb.get(head.head.lemma_) == "hypothetical":
            # "Accused them of shelling", "warned against sending": said to be so, or feared.
            return "hypothetical"
        if head.head.pos_ == "ADJ":
            return _of_readiness(head.head, words)
        if head.head.pos_ == "NOUN" and head.head.lemma_ in words.of_noun:
            return words.of_noun[head.head.lemma_]
        return "planned" if head.lower_ == "before" else words.of_preposition.get(head.lower_)
    if head.pos_ in ("VERB", "AUX") and token.dep_ in ("xcomp", "ccomp", "dobj", "attr", "oprd", "prep"):
        named = token.dep_ == "oprd" or (token.dep_ == "dobj" and head.lemma_ == "call")
        found = None if named else words.of_verb.get(head.lemma_)
        if head.lemma_ == "be" and token.dep_ in ("xcomp", "ccomp", "attr") and _infinitive(token):
            counted = any(
                c.dep_ == "attr" and any(o.lower_ in _ORDINAL for o in c.lefts) for c in head.children
            )
            return None if counted else "planned"
        if found is None or (token.dep_ == "ccomp" and _told(token, found)):
            return None
        if token.dep_ == "dobj" and found in ("proposed", "pledged", "denied", "planned", "hypothetical"):
            return found if token.pos_ == "NOUN" else None
        if token.dep_ == "prep":
            aimed = token.lower_ in _TO or (head.lemma_, token.lower_) == ("aim", "at")
            return found if head.lemma_ in _TAKES_TO and aimed else None
        return found
    if head.pos_ == "ADJ" and token.dep_ in ("xcomp", "ccomp"):
        return _of_readiness(head, words)
    if head.pos_ in ("NOUN", "PROPN") and token.dep_ in ("acl", "relcl") and _infinitive(token):
        if any(c.lower_ in _ORDINAL for c in head.lefts):
            return None
        if token.tag_ != "VB" or token.dep_ != "acl":
            return words.of_noun.get(head.lemma_)
        return words.of_noun.get(head.lemma_, "planned")
    if head.pos_ in ("NOUN",) and token.dep_ in ("acl", "prep") and token.tag_ != "VBN":
        if token.dep_ == "prep" and token.lower_ not in ("of", "for", "to"):
            return None
        return words.of_noun.get(head.lemma_)
    return None
