"""Verbs as cues of indirect speech, belief and intention, and the complements they take."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from communique.domain.lexicon.speech import Cue, Speech
from communique.extract import content_spans
from communique.extract import cue_grammar as grammar
from communique.extract.cue_grammar import Found, Stretch, child, is_finite, is_infinitive, is_passive

_STANDINGS = frozenset({"acomp", "oprd", "xcomp", "advmod"})


def read(verb: Token, cues: Speech) -> Iterator[Found]:
    entries = cues.of_verb(verb.lemma_, verb.lower_)
    if entries:
        yield from _complements(verb, entries)


def _complements(verb: Token, entries: tuple[Cue, ...]) -> Iterator[Found]:
    takes: set[str] = set()
    carries: set[str] = set()
    led = False
    for entry in entries:
        if entry.rest:
            last = _rest(verb, entry.rest)
            if last is None:
                continue
            if "preposition" in entry.takes:
                if not led and (content := _led(verb, last, entry.carries)):
                    led = True
                    if _weighs(verb, content):
                        yield _of(verb, content, "preposition", last)
                continue
        takes |= entry.takes
        carries |= entry.carries
    passive = is_passive(verb)
    if "whole" in takes and not passive:
        if (impression := _impression(verb)) is not None:
            yield Found(verb.i, grammar.cue(verb), None, impression, "whole")
        return
    if (found := _clause(verb, takes)) is not None:
        yield found
        return
    below = child(verb, "xcomp")
    if passive and verb.dep_ in {"acl", "amod"} and takes & {"predicate"}:
        return
    if passive and takes & {"infinitive", "other", "clause", "predicate"} and (below or child(verb, "oprd")):
        yield _of(verb, grammar.clause(verb), "whole")
        return
    if led:
        return
    if below is not None and is_infinitive(below):
        if (thing := child(verb, "dobj")) is not None and "other" in takes:
            yield _of(verb, (thing.left_edge.i, below.right_edge.i + 1), "other")
            return
        if thing is None and "infinitive" in takes and _asserted(verb):
            yield _of(verb, (below.left_edge.i, below.right_edge.i + 1), "infinitive")
            return
    elif below is not None and below.tag_ == "VBG" and "gerund" in takes and _asserted(verb):
        yield _of(verb, (below.left_edge.i, below.right_edge.i + 1), "gerund")
        return
    if "predicate" in takes and (content := _predicate(verb, passive)):
        yield _of(verb, content, "predicate")
        return
    reads = "readings" in takes and child(verb, "dative") is None and _is_thing(grammar.source(verb))
    if (
        ("object" in takes or reads)
        and not led
        and (content := _object(verb, passive, carries, reads))
        and _weighs(verb, content)
    ):
        yield _of(verb, content, "object")


def _is_thing(subject: Token | None) -> bool:
    """Whether a survey, document or image may be meant, and not a person."""
    if subject is None or (subject.pos_ == "PRON" and subject.lower_ not in grammar.RELATIVES):
        return False
    return subject.ent_type_ not in {"PERSON", "GPE", "NORP"}


def _weighs(verb: Token, content: Stretch) -> bool:
    """Whether a noun phrase says enough to be content: by its length, or because the verb asserts it."""
    length = content[1] - content[0]
    if length >= 6 or any(verb.doc[i].pos_ in {"VERB", "AUX"} for i in range(*content)):
        return True
    return _asserted(verb)


def _asserted(verb: Token) -> bool:
    """Whether the text itself asserts the verb, not in passing, as a wish or a possibility."""
    if is_infinitive(verb):
        return verb.dep_ in {"xcomp", "advcl"}  # "moved to oppose"
    if verb.dep_ in {"acl", "csubj", "amod"} or (verb.dep_ == "relcl" and verb.tag_ not in grammar.FINITE):
        return False
    return not any(c.tag_ == "MD" and c.lower_ != "will" for c in verb.lefts if c.dep_ == "aux")


def _of(verb: Token, content: Stretch, by: str, last: Token | None = None) -> Found:
    subject = grammar.source(verb)
    if subject is None and by not in {"whole"} and not is_passive(verb):
        subject = grammar.beside(verb)
    content = _with_gap(verb, content_spans.limited(verb, content, by), by)
    relay = grammar.relay(verb) if by == "clause" else None
    source = grammar.phrase(subject) if subject is not None else None
    cue = grammar.cue(verb, last)
    if source is not None and subject is not None and source[0] <= subject.i < cue[0] < source[1]:
        source = source[0], cue[0]  # the cue is read as a part of its subject
    return Found(verb.i, cue, source, content, by, grammar.phrase(relay) if relay is not None else None)


def _with_gap(verb: Token, content: Stretch, by: str) -> Stretch:
    """In a relative clause ("the base they hope to close") the content begins with what is related."""
    if verb.dep_ != "relcl" or by not in {"clause", "infinitive", "predicate"}:
        return content
    subject = child(verb, *grammar.SUBJECTS)
    if subject is None or subject.lower_ in grammar.RELATIVES or content[0] < verb.i:
        return content
    opening = verb.left_edge
    if opening.lower_ in {"which", "that", "what", "whom", "who"}:
        return opening.i, content[1]
    if child(verb.head, "det", "poss", "amod") is not None and opening == subject.left_edge:
        return verb.head.left_edge.i, content[1]
    return content


def _clause(verb: Token, takes: set[str]) -> Found | None:
    below = _told(verb)
    if below is None and "question" in takes:
        below = next(
            (
                c
                for c in verb.rights
                if c.dep_ in {"advcl", "acl"}
                and any(m.lower_ in {"whether", "if"} and m.dep_ == "mark" for m in c.lefts)
            ),
            None,
        )
    if below is None and "clause" in takes:
        below = _after_adverbial(verb) or (None if "gerund" in takes else _misread(verb))
    if below is None:
        return (_parenthetical(verb) or _afterthought(verb)) if "clause" in takes else None
    content = below.left_edge.i, below.right_edge.i + 1
    if content[0] <= verb.i < content[1] and below.i > verb.i and content[0] == verb.i:
        return None
    if (
        is_finite(below)
        or any(m.lower_ in {"that", "whether", "if"} for m in below.lefts if m.dep_ == "mark")
        or below.pos_ not in {"VERB", "AUX"}
    ):
        if below.pos_ not in {"VERB", "AUX"} and "predicate" in takes:
            return _of(verb, content, "predicate")
        return _of(verb, content, "clause") if takes & {"clause"} else None
    if is_infinitive(below):
        if child(below, *grammar.SUBJECTS, *grammar.PASSIVE_SUBJECTS) is not None:
            return _of(verb, content, "other") if takes & {"other", "clause"} else None
        return _of(verb, content, "infinitive") if takes & {"infinitive"} else None
    if takes & {"clause", "predicate", "other"}:
        return _of(verb, content, "clause")
    return None


def _impression(verb: Token) -> Stretch | None:
    """What seems to be so: "the talks seem to drag on" whole, or the clause after "it seems"."""
    below = child(verb, "xcomp", "acomp", "oprd", "ccomp")
    subject = child(verb, *grammar.SUBJECTS)
    if below is None or below.i < verb.i or subject is None:
        return None
    if below.dep_ == "ccomp":
        return (below.left_edge.i, below.right_edge.i + 1) if is_finite(below) else None
    _, last = content_spans.limited(verb, (subject.left_edge.i, below.right_edge.i + 1), "infinitive")
    return subject.left_edge.i, last


def _told(verb: Token) -> Token | None:
    """The clause that is said: the one after the cue, else the one before it in the same sentence.

    Of "the talks stalled; the envoy said they would go on" the parser often takes the first part too.
    """
    told = [c for c in verb.children if c.dep_ == "ccomp"]
    after = next((c for c in told if c.i > verb.i), None)
    if after is not None or not told:
        return after
    between = verb.doc[told[0].right_edge.i + 1 : verb.i]
    return None if any(t.text in grammar.STOPS for t in between) else told[0]


def _after_adverbial(verb: Token) -> Token | None:
    """The clause of "argued at the time that ..." where the parse hangs it on "time"."""
    for adverbial in verb.rights:
        noun = child(adverbial, "pobj") if adverbial.dep_ == "prep" else adverbial
        if adverbial.dep_ not in {"prep", "npadvmod"} or noun is None:
            continue
        for below in noun.rights:
            marked = any(c.lower_ == "that" and c.dep_ in {"mark", "advmod"} for c in below.lefts)
            if below.dep_ in {"acl", "relcl", "ccomp"} and marked:
                return below
    return None


def _misread(verb: Token) -> Token | None:
    """The clause that the parse takes for an adverbial or a complement in -ing, but that has a tense.

    "The envoy said after the talks the ships would sail", "the mayor said seeing so many was good".
    """
    for below in verb.rights:
        if below.dep_ == "advcl" and is_finite(below) and _stands_alone(below):
            return below
        if below.dep_ == "xcomp" and below.tag_ == "VBG" and any(is_finite(t) for t in below.subtree):
            return below
    return None


def _stands_alone(verb: Token) -> bool:
    """Whether a clause has a subject, and no word that subordinates it."""
    subject = child(verb, *grammar.SUBJECTS, *grammar.PASSIVE_SUBJECTS)
    opening = verb.left_edge
    return (
        subject is not None
        and subject.left_edge.i == opening.i
        and opening.pos_ in {"PROPN", "NOUN", "PRON", "DET", "ADJ"}
        and opening.tag_ not in {"WDT", "WP", "WRB", "IN"}
    )


def _parenthetical(verb: Token) -> Found | None:
    """ "The base, he said, would close": the cue hangs below the clause it reports."""
    head = verb.head
    if (
        head == verb
        or head.pos_ not in {"VERB", "AUX"}
        or verb.dep_ not in {"parataxis", "ccomp", "advcl", "dep", "intj"}
    ):
        return None
    marked = next((c for c in verb.lefts if c.lower_ == "as" and c.dep_ in {"mark", "advmod", "prep"}), None)
    if verb.dep_ == "advcl" and marked is None:
        return None
    if child(verb, *grammar.SUBJECTS) is None or child(verb, "ccomp", "xcomp", "dobj") is not None:
        return None
    first, last = grammar.clause(head)
    below = verb.left_edge.i, verb.right_edge.i + 1
    if below[0] <= first:
        first = below[1]
    if below[1] >= last:
        last = below[0]
    if verb.dep_ == "ccomp" and not (
        verb.doc[below[0] - 1].text in {",", "-", "—", "--"} if below[0] else False
    ):
        return None
    return _of(verb, (first, last), "clause") if first < last else None


def _afterthought(verb: Token) -> Found | None:
    """ "The base would close, the envoy told reporters": a clause, a comma, and who said so, misparsed."""
    subject = child(verb, *grammar.SUBJECTS)
    hearer = child(verb, "dobj")
    if subject is None or not is_finite(verb) or not _asserted(verb):
        return None
    if hearer is not None and hearer.tag_ not in {"NNP", "NNPS", "NNS", "PRP"}:
        return None
    doc, sentence = verb.doc, verb.sent
    end = min(subject.left_edge.i, verb.i) - 1
    told = doc[sentence.start : max(sentence.start, end)]
    if len(told) < 3 or doc[end].text != "," or told[-1].is_quote or told[0].pos_ == "SCONJ":
        return None
    if any(is_finite(t) for t in doc[verb.i + 1 : sentence.end]):
        return None
    if any(t.text in grammar.STOPS for t in told) or not any(is_finite(t) and _stands_alone(t) for t in told):
        return None
    return _of(verb, (sentence.start, end), "clause")


def _rest(verb: Token, rest: tuple[str, ...]) -> Token | None:
    """The token that is the last part of a cue of several words, if all parts are there."""
    at = verb
    for part in rest:
        found = next((c for c in verb.rights if c.lower_ == part), None) or grammar.marked(verb, part)
        if found is None and at is not verb:
            found = next((c for c in at.rights if c.lower_ == part), None)
        if found is None:
            return None
        at = found
    return at


def _led(verb: Token, preposition: Token, carries: frozenset[str]) -> Stretch | None:
    if preposition.dep_ == "mark":
        return preposition.i + 1, preposition.head.right_edge.i + 1
    led = child(preposition, "pobj", "pcomp")
    if led is None:
        if preposition.dep_ == "prt" and (thing := child(verb, "dobj")) is not None:
            return thing.left_edge.i, thing.right_edge.i + 1
        return None
    last = led.right_edge.i + 1
    for right in verb.rights:
        distance = right.left_edge.i - last
        to_do = right.dep_ in {"xcomp", "advcl"} and is_infinitive(right) and 0 <= distance <= 3
        carried = right.dep_ == "prep" and right.lower_ in carries and distance == 0
        if to_do or carried:
            last = right.right_edge.i + 1
    return led.left_edge.i, last


def _predicate(verb: Token, passive: bool) -> Stretch | None:
    named = child(verb, "oprd") or _second_object(verb)
    as_ = next((c for c in verb.rights if c.dep_ == "prep" and c.lower_ == "as"), None)
    end = as_ if as_ is not None else named
    thing = child(verb, "dobj")
    if end is None:
        # "called the raid “a disgrace”" is often read as an apposition
        second = child(thing, "appos") if thing is not None else None
        if thing is None or second is None or verb.doc[second.left_edge.i - 1].text == ",":
            return None
        return thing.left_edge.i, second.right_edge.i + 1
    last = end.right_edge.i + 1
    if passive:
        return grammar.clause(verb)
    if thing is not None:
        return min(thing.left_edge.i, end.left_edge.i), max(last, thing.right_edge.i + 1)
    return end.left_edge.i, last


def _second_object(verb: Token) -> Token | None:
    """The latter of two objects ("called him a hero"), for verbs that name one thing as another."""
    things = [c for c in verb.rights if c.dep_ in {"dobj", "dative"}]
    return things[-1] if len(things) > 1 else None


def _object(verb: Token, passive: bool, carries: set[str], reads: bool) -> Stretch | None:
    if passive:
        agent = child(verb, "agent")
        if agent is None:
            return None
        thing = child(verb, *grammar.PASSIVE_SUBJECTS)
        if thing is not None:
            return grammar.phrase(thing)
        if verb.dep_ in {"acl", "relcl"}:
            return _antecedent(verb)
        return None
    thing = child(verb, "dobj")
    if thing is None:
        return _antecedent(verb) if verb.dep_ == "relcl" and _subject_is_not_relative(verb) else None
    first, last = thing.left_edge.i, thing.right_edge.i + 1
    for right in verb.rights:
        carried = right.dep_ == "prep" and right.lower_ in carries
        # "shows the party ahead by a point"
        standing = reads and right.dep_ in _STANDINGS and right.left_edge.i == last
        if right.i > thing.i and (carried or standing):
            last = max(last, right.right_edge.i + 1)
    return first, last


def _subject_is_not_relative(verb: Token) -> bool:
    subject = child(verb, *grammar.SUBJECTS)
    return (
        subject is not None
        and subject.lower_ not in grammar.RELATIVES
        and child(verb, "prep", "xcomp", "ccomp") is None
    )


def _antecedent(verb: Token) -> Stretch | None:
    noun = verb.head
    first, last = noun.left_edge.i, verb.left_edge.i
    return (first, last) if first <= noun.i < last else None
