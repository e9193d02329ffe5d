"""What a number counts or measures, told from the noun phrase and the clause it stands in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from communique.domain.lexicon.quantities import quantity_lexicon

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_NOUNS = ("NOUN", "PROPN")
_JOINING = ("VBN", "VBG", "HYPH", "POS")
_INSIDE = ("ADJ", "NOUN", "PROPN", "ADV", "NUM", "X")


def counted_noun(doc: Doc, first: int, last: int) -> int | None:
    """The noun that a number in tokens `first` to `last` (both included) counts, as a token position.

    "24 long-range missiles" count missiles, "hundreds of planes" planes, "one of the bases" bases.
    """
    token = doc[last]
    node: Token = token
    for _ in range(4):
        if (
            node.dep_ not in ("nummod", "quantmod", "compound", "amod", "nmod", "npadvmod")
            or node.head.i <= node.i
        ):
            break
        node = node.head
        if node.i > last and node.pos_ in _NOUNS and node.i - last <= 9 and not _broken(doc, last, node.i):
            while node.dep_ == "compound" and node.head.i > node.i and node.head.pos_ in _NOUNS:
                node = node.head
            at = node.i + 1
            # "24 F-35B jets": the name before the noun is not what is counted
            return at if node.pos_ == "PROPN" and at < len(doc) and doc[at].tag_ == "NNS" else node.i
    at = last + 1
    if at < len(doc) and doc[at].lower_ == "of":
        at += 1
        while at < len(doc) and doc[at].pos_ in ("DET", "PRON", "ADV"):
            at += 1
    return _run(doc, at)


def _broken(doc: Doc, last: int, noun: int) -> bool:
    return any(
        doc[i].pos_ in ("VERB", "AUX", "ADP", "SCONJ") and doc[i].tag_ not in ("VBN", "VBG")
        for i in range(last + 1, noun)
    )


def _run(doc: Doc, at: int) -> int | None:
    """The last noun of the row of adjectives and nouns that begins at a token."""
    noun = None
    while at < len(doc):
        token = doc[at]
        if token.pos_ in _NOUNS:
            noun = at
        elif noun is not None:
            if token.text not in ("-", "’s", "'s"):
                break
        elif token.pos_ not in _INSIDE and token.tag_ not in _JOINING and token.text not in ("-", '"', "“"):
            break
        at += 1
    return noun


def lemma(token: Token) -> str:
    """The lemma of a word in small letters, names as they stand."""
    if token.pos_ == "PROPN":
        return token.text
    return quantity_lexicon().lemmas.get(token.lower_) or token.lemma_.lower()


def phrase_of(noun: Token) -> str:
    """A noun with the words before it that belong to it, in reading order, the noun as its lemma.

    Numbers, articles, pronouns and marks are left out, so that the same thing reads the same elsewhere.
    """
    factors = quantity_lexicon().factors
    kept = [
        child.text if child.pos_ == "PROPN" else child.lower_
        for left in noun.lefts
        if _belongs(left)
        for child in (*(c for c in left.lefts if c.dep_ in ("compound", "amod") and c.pos_ != "NUM"), left)
        if child.lower_ not in factors
    ]
    return " ".join((*kept, lemma(noun)))


def _belongs(token: Token) -> bool:
    return token.dep_ in ("compound", "amod", "nmod", "poss") and token.pos_ not in (
        "NUM",
        "PRON",
        "DET",
        "SYM",
    )


def concept_token(doc: Doc, first: int, last: int, *, counted: bool, money: bool = False) -> Token:
    """The noun that is counted (at `last`), or the word for what a measure in these tokens measures."""
    token = doc[last]
    if counted:
        return token
    generic = quantity_lexicon().generic
    node = doc[first : last + 1].root
    vague = token
    if node.pos_ == "VERB" and (own := _object(node, first, last)):
        return own
    if (own := _use(node, ("of", "in", "for", "toward", "towards", "on"), last)) is not None:
        return own
    for _ in range(8):
        head = node.head
        if head.i == node.i:
            break
        if head.pos_ in _NOUNS and not first <= head.i <= last:
            if head.lemma_ not in generic:
                return head
            if (told := _told_after(head, first, last)) is not None:
                return told
            vague = head
        elif head.pos_ in ("VERB", "AUX"):
            if money and (used := _use(head, ("on", "for", "toward", "towards"), last)) is not None:
                return used
            verb = head
            while (
                verb.dep_ == "conj" and not _object(verb, first, last) and verb.head.pos_ in ("VERB", "AUX")
            ):
                verb = verb.head
            found = _object(verb, first, last)
            if found is not None and (found.lemma_ in generic or found.i == vague.i):
                return _subject(verb) or found
            return found or head
        node = head
    return vague


def _use(head: Token, prepositions: tuple[str, ...], last: int) -> Token | None:
    """What a sum or measure is of or for: "$3 billion in aid", "spent it on submarines"."""
    gdp = quantity_lexicon().gdp
    for child in head.rights:
        if child.dep_ == "prep" and child.lower_ in prepositions and child.i >= last:
            for object_ in child.children:
                measured = (
                    _numbered(object_)
                    or object_.lower_ in gdp
                    or object_.ent_type_ in ("DATE", "TIME", "GPE")
                )
                if (
                    object_.dep_ == "pobj"
                    and object_.pos_ == "NOUN"
                    and not measured
                    and object_.lemma_ != "product"
                ):
                    return object_
    return None


def _told_after(generic: Token, first: int, last: int) -> Token | None:
    """What a generic noun is of or for: "the cost of the fleet", "a commitment to raise defense spending"."""
    for child in generic.rights:
        if child.dep_ == "prep":
            for object_ in child.children:
                outside = not first <= object_.i <= last
                if object_.dep_ == "pobj" and object_.pos_ in _NOUNS and outside and not _numbered(object_):
                    return object_
        elif child.dep_ in ("acl", "relcl") and (found := _object(child, first, last)) is not None:
            return found
    return None


def _numbered(token: Token) -> bool:
    return any(child.pos_ == "NUM" for child in token.children)


def _subject(verb: Token) -> Token | None:
    return next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass") and c.pos_ in _NOUNS), None)


def _object(verb: Token, first: int, last: int) -> Token | None:
    """What a verb is done to, else who does it, outside the quantity itself."""
    for wanted in ("dobj", "nsubjpass", "nsubj", "attr"):
        for child in verb.children:
            if child.dep_ == wanted and child.pos_ in _NOUNS and not first <= child.i <= last:
                return child
    return None


def words_for(concept: Token) -> str:
    """What is counted or measured, in words."""
    return phrase_of(concept) if concept.pos_ in _NOUNS else lemma(concept)
