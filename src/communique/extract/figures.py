"""Figures: the quantities with a meaning for an analyst, as statements.

A figure says how much of what, whose it is, and when: "Italy hosts 12,500 US troops" is 12,500 persons, of
the United States and Italy. What merely counts ("two leaders", "three reasons") and what only repeats a
figure in another unit is left to `quantities.find`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from communique.domain.lexicon.quantities import quantity_lexicon
from communique.extract.counted import concept_token, lemma, phrase_of
from communique.extract.quantities import conversions
from communique.model import (
    Cast,
    Document,
    Factuality,
    Interval,
    Mention,
    Parsed,
    Participant,
    Quantity,
    QuantityMention,
    Statement,
    TimeExpression,
)
from communique.text import trimmed

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as TokenSpan

_SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_CLAUSES = ("ccomp", "advcl", "relcl", "parataxis", "csubj")


def statements(
    document: Document,
    parsed: Parsed,
    cast: Cast,
    times: Sequence[TimeExpression],
    quantities: Sequence[QuantityMention],
) -> list[Statement]:
    """The figures of a document, in reading order; each quotes the clause (or sentence) that says it."""
    repeated = conversions(parsed, quantities)
    found = []
    for place, quantity in enumerate(quantities):
        doc = parsed.passages[quantity.passage].doc
        rule = _rule(quantity, doc)
        if rule is None or (place in repeated and quantity.unit not in quantity_lexicon().currencies):
            continue
        # A sum told again in another currency measures what the first does.
        told = quantities[place - 1] if place in repeated else quantity
        token = _concept(told, doc)
        anchor = doc[told.first : told.last].root
        clause = _clause(anchor)
        start = parsed.passages[quantity.passage].start
        first, last = clause.left_edge.i, clause.right_edge.i
        span = trimmed(document.text, start + doc[first].idx, start + doc[last].idx + len(doc[last]))
        actors = _subjects(told, anchor, token, cast, parsed)
        when, period = _times(told, times, first, last + 1, anchor, doc)
        found.append(
            Statement(
                doc_id=document.doc_id,
                kind="quantity",
                start=span.start,
                end=span.end,
                quote=span.of(document.text),
                actors=actors,
                when=when,
                factuality=_factuality(anchor, doc[first : last + 1].sent.root),
                quantity=Quantity(
                    quantity.value,
                    quantity.upper,
                    quantity.unit,
                    quantity.bound,
                    _measure(told, token, anchor),
                    period,
                ),
                rule=rule,
                score=0.9 if actors else 0.6,
            )
        )
    return found


def _rule(quantity: QuantityMention, doc: Doc) -> str | None:
    """What kind of figure it is; None for what no analyst keeps."""
    lexicon = quantity_lexicon()
    kept, unit = lexicon.kept, quantity.unit
    if unit in lexicon.currencies:
        return "figure: money"
    if unit == "percent_gdp":
        return "figure: share of gdp"
    if unit in kept.counted:
        return None if quantity.value == 1 and quantity.bound == "exact" else f"figure: {unit}"
    if unit in kept.durations:
        last = doc[quantity.last - 1]
        before = doc[quantity.first - 1].lower_ if quantity.first else ""
        after = [token.lower_ for token in doc[quantity.last : quantity.last + 2]]
        if {"old", "ago", "later", "earlier"} & set(after):
            return None
        modifies = last.dep_ in ("compound", "amod", "nmod", "nummod", "npadvmod") and last.head.i > last.i
        return "figure: duration" if before in kept.lasting or modifies else None
    measure = lexicon.measures.get(unit)
    if measure is None or measure.dimension not in kept.dimensions:
        return None
    return "figure: factor" if measure.dimension == "factor" else "figure: measure"


def _concept(quantity: QuantityMention, doc: Doc) -> Token:
    lexicon = quantity_lexicon()
    money = quantity.unit in lexicon.currencies or quantity.unit == "percent_gdp"
    counted = not money and quantity.unit not in lexicon.measures
    return concept_token(doc, quantity.first, quantity.last - 1, counted=counted, money=money)


def _clause(token: Token) -> Token:
    """The verb of the smallest clause with a subject of its own, or the sentence's root."""
    for node in (token, *token.ancestors):
        if node.pos_ in ("VERB", "AUX") and any(child.dep_ in _SUBJECTS for child in node.children):
            if node.dep_ == "relcl":
                continue
            return node
    return token.sent.root


def _verbs(token: Token) -> Iterator[Token]:
    """The verbs above a token within its sentence, the nearest first."""
    return (node for node in (token, *token.ancestors) if node.pos_ in ("VERB", "AUX"))


def _subjects(
    quantity: QuantityMention, anchor: Token, concept: Token, cast: Cast, parsed: Parsed
) -> tuple[Participant, ...]:
    """Whose figure it is: who stands in its noun phrase, its clause, and as subject of the verbs above it."""
    mentions: list[Mention] = []

    def take(tokens: Iterable[Token], passage: int = quantity.passage) -> None:
        for token in tokens:
            mention = cast.at(passage, token.i)
            if mention is not None and mention not in mentions:
                mentions.append(mention)

    if _unnamed(anchor, quantity, cast):
        # "That would include ...": whose it is was said in the sentence before
        passage, root = _before(anchor.sent, quantity.passage, parsed)
        if root is not None:
            take(
                (token for child in root.children if child.dep_ in _SUBJECTS for token in child.subtree),
                passage,
            )
    take(_own(concept))
    take(_own(anchor))
    for number, verb in enumerate(_verbs(anchor)):
        take(_own(verb))
        if mentions and (number > 2 or any(child.dep_ in _SUBJECTS for child in verb.children)):
            break
    if not mentions:
        take(anchor.sent)
    participants: dict[str, Participant] = {}
    for mention in mentions:
        for actor in mention.actors:
            participants.setdefault(
                actor.id,
                Participant(
                    "subject", actor.id, actor.name, actor.kind, actor.state, mention.start, mention.end
                ),
            )
    return tuple(participants.values())


def _unnamed(anchor: Token, quantity: QuantityMention, cast: Cast) -> bool:
    """Whether the clause's subject is a pronoun that stands for no known actor."""
    for verb in _verbs(anchor):
        for child in verb.children:
            if child.dep_ in _SUBJECTS:
                return child.tag_ in ("DT", "PRP") and cast.at(quantity.passage, child.i) is None
    return False


def _before(sentence: TokenSpan, passage: int, parsed: Parsed) -> tuple[int, Token | None]:
    """The root of the sentence before, in this passage or the last of the one before, with its passage."""
    if sentence.start > 0:
        return passage, sentence.doc[sentence.start - 1].sent.root
    if passage > 0 and len(parsed.passages[passage - 1].doc):
        return passage - 1, parsed.passages[passage - 1].doc[-1].sent.root
    return passage, None


def _own(head: Token) -> Iterator[Token]:
    """A word with what depends on it, short of clauses that have a subject of their own."""
    yield head
    for child in head.children:
        if child.dep_ in _CLAUSES or (child.dep_ == "conj" and child.pos_ in ("VERB", "AUX")):
            continue
        yield from _own(child)


def _times(
    quantity: QuantityMention, times: Sequence[TimeExpression], first: int, last: int, anchor: Token, doc: Doc
) -> tuple[Interval | None, Interval | None]:
    """When the figure holds and the period it covers, by the times of its clause, else of its sentence."""
    lexicon = quantity_lexicon()
    sentence = anchor.sent
    here = [
        time
        for time in times
        if time.passage == quantity.passage
        and time.interval
        and sentence.start <= time.first
        and time.last <= sentence.end
        and not (time.first < quantity.last and quantity.first < time.last)
    ]
    near = [time for time in here if first <= time.first and time.last <= last] or here
    near.sort(key=lambda time: min(abs(time.first - quantity.last), abs(quantity.first - time.last)))
    when = period = None
    for time in near:
        lead = next(
            (t.lower_ for t in reversed(doc[max(0, time.first - 2) : time.first]) if t.pos_ == "ADP"), ""
        )
        follows = 0 <= time.first - quantity.last <= 8
        if (
            period is None
            and (time.type == "DURATION" or (lead == "for" and follows))
            and lead in lexicon.kept.period
        ):
            period = time.interval
        elif when is None and time.type in ("DATE", "TIME"):
            when = time.interval
    return when, period


def _factuality(anchor: Token, root: Token) -> Factuality:
    """Actual, unless a word that governs the figure makes it planned, pledged, proposed or possible."""
    cues = quantity_lexicon().factuality
    governors: list[Token] = []
    for node in (anchor, *anchor.ancestors):
        governors.append(node)
        if node.pos_ in ("VERB", "AUX"):
            governors.extend(child for child in node.children if child.dep_ in ("aux", "mark"))
            if any(child.dep_ in _SUBJECTS for child in node.children) and node.tag_ in (
                "VBD",
                "VBZ",
                "VBP",
                "VBN",
            ):
                break
        if node.i == root.i:
            break
    lemmas = {token.lemma_.lower() for token in governors}
    told: list[Factuality] = ["pledged", "proposed", "planned", "hypothetical"]
    return next((kind for kind in told if lemmas & cues[kind]), "actual")


def _measure(quantity: QuantityMention, concept: Token, anchor: Token) -> str:
    """What is measured, in words that read the same for the same thing: verb, noun phrase, place or use."""
    plain = quantity_lexicon().kept.plain_verbs
    noun = concept.pos_ in ("NOUN", "PROPN")
    verb = next(_verbs(anchor), None)
    link = concept
    while link.dep_ == "conj":
        link = link.head
    words = [phrase_of(concept) if noun else lemma(concept)]
    if verb is not None and verb.i != concept.i and verb.lemma_ not in plain and link.head.i == verb.i:
        words.insert(0, verb.lemma_)
    if quantity.unit == "times" and anchor.pos_ == "VERB" and anchor.lemma_ not in words:
        words.insert(0, anchor.lemma_)
    if noun:
        for child in concept.rights:
            if child.dep_ == "acl" and child.tag_ == "VBN":
                words.append(child.lemma_)
                words.extend(_places(child))
        words.extend(_places(concept))
    else:
        for child in concept.rights:
            if child.dep_ in ("advcl", "xcomp", "acl", "prep"):
                goal = [phrase_of(o) for o in child.children if o.dep_ in ("dobj", "pobj") and _thing(o)]
                words.extend((child.lemma_, *goal) if goal else ())
    return " ".join(dict.fromkeys(word for word in words if word))


def _thing(token: Token) -> bool:
    """Whether a word names a thing, and not another quantity or time."""
    if token.pos_ not in ("NOUN", "PROPN") or token.lemma_ in quantity_lexicon().generic:
        return False
    return not any(child.pos_ == "NUM" for child in token.children)


def _places(head: Token) -> list[str]:
    """The prepositional phrases of a word, short: "in Japan", "of missile"."""
    return [
        f"{child.lower_} {phrase_of(object_)}"
        for child in head.rights
        if child.dep_ == "prep"
        for object_ in child.children
        if object_.dep_ == "pobj" and _thing(object_)
    ][:3]
