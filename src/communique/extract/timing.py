"""Which time expression dates which predicate, by the clause both stand in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from communique.extract import clauses
from communique.model import Interval, Parsed, TimeExpression

if TYPE_CHECKING:
    from spacy.tokens import Token

_SHARES_TIME = frozenset(("xcomp", "conj", "pcomp", "advcl", "acl"))

_AN_AGE = 40 * 366
"""Days that date nothing: what happened "since 1945" has no day."""
_LONGEST_NAME = 9  # words of a name with its titles, and what joins a time to it
_APART = frozenset(("before", "after", "since", "until", "following"))


class Timing:
    """The time expressions of a document, by the word they hang on."""

    def __init__(self, parsed: Parsed, times: Sequence[TimeExpression]) -> None:
        self._at: dict[tuple[int, int], list[Interval]] = {}
        ranges: set[tuple[int, int]] = set()
        for time in times:
            if time.interval is None or time.type in ("SET",):
                continue
            if time.interval.days > (400 if time.type == "DURATION" else _AN_AGE):
                continue
            root = parsed.passages[time.passage].doc[time.first : time.last].root
            if root.dep_ == "conj" and (time.passage, root.head.i) in ranges:
                continue
            if _of_another(root):
                continue
            if time.interval.precision == "range":
                ranges.add((time.passage, root.i))
            for holder in _holders(root):
                self._at.setdefault((time.passage, holder.i), []).append(time.interval)

    def of(self, passage: int, predicate: Token) -> Interval | None:
        """When what a predicate says takes place, where its clause tells; the tightest of several."""
        token = predicate
        for step in range(5):
            if found := self._at.get((passage, token.i)):
                return min(found, key=lambda interval: (interval.days, interval.earliest))
            if token.pos_ in ("VERB", "AUX"):
                if token.dep_ == "relcl" and any(c.lower_ == "where" for c in token.children):
                    # "Met in Oslo on Monday, where they agreed": the same day.
                    token = clauses.governor(token.head)
                    continue
                if token.dep_ not in _SHARES_TIME or token.head == token:
                    return None
                if (token.dep_ in ("advcl", "acl") and step > 0) or _apart(token):
                    return None
                token = token.head
            else:
                governor = clauses.governor(token)
                if governor == token or step > 1:
                    return None
                token = governor
        return None


def _of_another(time: Token) -> bool:
    """Whether a time right behind "since" and a name is theirs: "the first to visit since Abe in 2015"."""
    named = False
    for token in reversed(list(time.doc[max(0, time.i - _LONGEST_NAME) : time.i])):
        if token.nbor(1).is_sent_start:
            return False
        if token.lower_ == "since":
            return named
        if token.pos_ in ("NOUN", "VERB", "AUX", "NUM") or token.text == ",":
            return False
        named = named or (token.pos_ == "PROPN" and token.ent_type_ != "DATE")
    return False


def _apart(clause: Token) -> bool:
    """Whether a clause says itself that it is of another time than the one it hangs on."""
    marks = {c.lower_ for c in clause.children if c.dep_ in ("mark", "prep")}
    if clause.dep_ == "pcomp":
        marks = {clause.head.lower_}
    if clause.dep_ == "conj":
        here, there = _tense(clause), _tense(clause.head)
        return bool(here and there and here != there) or any(
            c.dep_ == "cc" and c.lower_ == "but" for c in clause.head.children
        )
    return clause.dep_ in ("advcl", "pcomp") and bool(marks & _APART)


def _tense(verb: Token) -> str:
    """Past, present or to come, as a finite verb tells; empty where it tells none."""
    words = [verb, *(c for c in verb.children if c.dep_ in ("aux", "auxpass"))]
    tags = {t.tag_ for t in words}
    if "MD" in tags:
        return "to come"
    return "past" if "VBD" in tags else "present" if tags & {"VBZ", "VBP"} else ""


def _holders(root: Token) -> list[Token]:
    """The nearest noun it modifies (unless that hangs right on a verb as its time), and the nearest verb."""
    found: list[Token] = []
    token = root
    while token.head != token:
        token = token.head
        if token.pos_ in ("VERB", "AUX"):
            found.append(token)
            return found
        if token.pos_ in ("NOUN", "PROPN") and not found:
            found.append(token)
            if token.dep_ == "pobj" and token.head.lower_ in _APART:
                return found
    return found or [root]
