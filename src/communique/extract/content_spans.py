"""Where the content of a cue ends: with all that is said, without what the text adds of its own."""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache

from spacy.tokens import Doc, Token

from communique.extract import cue_grammar as grammar
from communique.extract.cue_grammar import Stretch, child

_GROUNDS = frozenset({"if", "because", "unless", "until", "when"})
_RELATIVES = frozenset({"which", "who", "whom", "whose"})
_ASIDES = frozenset({"advcl", "relcl", "appos", "conj"})
_SHORTEST_APPOSITION = 5


def limited(verb: Token, content: Stretch, by: str) -> Stretch:
    """The content as far as it goes: with grounds and a second "and that", without asides of the text.

    Asides are a participle after a comma ("..., adding that", "..., leaving open"), the cue of another
    ("..., the paper reported"), a second thing the speaker did ("... and warned that") and, after a thing
    or a purpose, a relative clause or an apposition ("the envoy, who leads the party").
    """
    first, last = content
    if last <= verb.i or by == "whole":
        return content
    last = _extended(verb, last, by)
    possible = _possible(verb.doc)
    begin = bisect_left(possible, max(first + 1, verb.i + 1), key=lambda token: token.i)
    for token in possible[begin:]:
        if token.i >= last:
            break
        edge = _aside(token, verb, first, by)
        if edge is not None and edge > max(first + 1, verb.i):
            return first, _without_marks(verb, first, edge)
    return first, last


@lru_cache(maxsize=4)
def _possible(doc: Doc) -> tuple[Token, ...]:
    """The words of a passage that may head an aside of some cue: looked for once, not for each cue."""
    return tuple(t for t in doc if t.dep_ in _ASIDES or (t.n_lefts and _told_before(t) is not None))


def _without_marks(verb: Token, first: int, end: int) -> int:
    while end > first + 1 and verb.doc[end - 1].is_punct and not verb.doc[end - 1].is_quote:
        end -= 1
    return end


def _extended(verb: Token, last: int, by: str) -> int:
    """The end with what the parse hangs on the cue, but follows its content as part of it."""
    for right in verb.rights:
        edge = right.left_edge
        grounds = right.dep_ == "advcl" and edge.i == last and edge.lower_ in _GROUNDS
        second = right.dep_ in {"conj", "ccomp"} and last <= edge.i <= last + 2 and _is_that(edge)
        if (grounds and by in {"clause", "infinitive", "other"}) or (second and by == "clause"):
            last = right.right_edge.i + 1
    return last


def _is_that(token: Token) -> bool:
    return token.lower_ == "that" and token.dep_ == "mark"


def _aside(token: Token, verb: Token, first: int, by: str) -> int | None:
    """Where an aside begins that `token` heads, if it heads one."""
    edge = token.left_edge
    if token.dep_ == "advcl":
        meanwhile = by == "infinitive" and edge.lower_ in {"as", "while"}
        if meanwhile or (token.tag_ == "VBG" and _after_comma(edge)):
            return edge.i
    elif token.dep_ == "relcl" and by != "clause" and token.head.i >= first:
        opening = token.doc[edge.i : token.i]
        if _after_comma(edge) and any(t.lower_ in _RELATIVES for t in opening):
            return edge.i
    elif token.dep_ == "appos" and by != "clause" and token.head.i >= first:
        if (
            _after_comma(edge)
            and edge.pos_ == "DET"
            and token.right_edge.i + 1 - edge.i >= _SHORTEST_APPOSITION
        ):
            return edge.i
    elif token.dep_ == "conj" and by in {"clause", "infinitive"} and _goes_on(token, verb):
        link = next((t for t in token.head.rights if t.dep_ == "cc" and t.i < token.i), None)
        return link.i if link is not None else None
    return _relayed(token, first)


def _goes_on(second: Token, verb: Token) -> bool:
    """Whether a coordinated verb is the speaker's again ("said it would sink and warned that")."""
    return (
        second.head.i > verb.i
        and second.pos_ == "VERB"
        and second.tag_ == verb.tag_ == "VBD"
        and child(second, *grammar.SUBJECTS) is None
        and child(second, "ccomp", "xcomp") is not None
    )


def _after_comma(token: Token) -> bool:
    at = token.i - 1
    while at > 0 and token.doc[at].is_quote:
        at -= 1
    return at >= 0 and token.doc[at].text in {",", "—", "–", "-", "--"}


def _relayed(verb: Token, first: int) -> int | None:
    """Where ", the paper reported" begins, said of the clause before it."""
    before = _told_before(verb)
    if before is None or before[0] < first:
        return None
    edge = before[1]
    return edge if verb.doc[edge - 1].text == "," else None


def _told_before(verb: Token) -> tuple[int, int] | None:
    """Where what is told stands, and where the subject begins that follows it before its verb."""
    subject, told = child(verb, *grammar.SUBJECTS), child(verb, "ccomp")
    if subject is None or told is None or not told.i < subject.left_edge.i < verb.i:
        return None
    return told.i, subject.left_edge.i
