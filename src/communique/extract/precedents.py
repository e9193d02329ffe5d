"""Who did the same before: "the first premier to visit Rome since Anna Berg in 2011" tells of two visits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from communique.extract.frames import Match
from communique.model import Actor, Cast, Mention, Parsed, Participant, Statement, TimeExpression

if TYPE_CHECKING:
    from spacy.tokens import Token

RULE = "precedent"
"""Rule of a statement that another is told to be the first since."""

_SINCE = frozenset(("since", "after"))
_FIRST = frozenset(("first", "only"))
_SCORE = 0.7  # of that of the statement it is read off


def precedents(
    told: Sequence[tuple[Match, Statement]], parsed: Parsed, cast: Cast, times: Sequence[TimeExpression]
) -> Iterator[Statement]:
    """The events that others are told to be the first since, done by the one named and at the time given.

    Only where both who did it and when are said; a tie has no first.
    """
    ordinal = {n for n, p in enumerate(parsed.passages) if any(t.lower_ in _FIRST for t in p.doc)}
    for match, statement in told:
        if statement.kind != "event" or match.passage not in ordinal:
            continue
        for since in match.predicate.sent:
            if since.lower_ not in _SINCE or since.i < match.predicate.i:
                continue
            if not _is_first(match, since, [m.predicate for m, _ in told]):
                continue
            former = _named(since, match.passage, cast)
            when = _when(former, times) if former is not None else None
            if former is None or when is None:
                continue
            actors = _recast(statement, former)
            if actors is None:
                continue
            passage = parsed.passages[match.passage]
            first = min(match.predicate.i, former.first)
            span = passage.span(passage.doc[first : max(when.last, former.last)])
            text = parsed.text[span.start : span.end]
            yield replace(
                statement,
                start=span.start,
                end=span.end,
                quote=text,
                actors=actors,
                when=when.interval,
                factuality="actual",
                object=statement.object if statement.object and statement.object.text in text else None,
                rule=RULE,
                score=round(_SCORE * statement.score, 3),
            )


def _is_first(match: Match, since: Token, predicates: Sequence[Token]) -> bool:
    """Whether what the predicate tells is said to be the first since."""
    predicate = match.predicate
    above = predicate.head
    if any(noun is not None and noun.pos_ == "NOUN" and _counted(noun) for noun in (predicate, match.theme)):
        return True
    if predicate.dep_ in ("relcl", "acl") and _counted(above):
        return True
    ordinal = since.nbor(-1) if since.i else since
    if ordinal.lower_ not in _FIRST or ordinal.i < predicate.i:
        return False
    return all(
        other.i <= predicate.i or other.i > ordinal.i for other in predicates if other.doc is since.doc
    )


def _counted(noun: Token) -> bool:
    return any(child.lower_ in _FIRST for child in noun.lefts)


def _named(since: Token, passage: int, cast: Cast) -> Mention | None:
    """The one named behind "since", also by what was theirs ("since that of", "since Berg's")."""
    for noun in since.children:
        if noun.dep_ not in ("pobj", "pcomp"):
            continue
        below = [t for p in noun.children if p.dep_ == "prep" and p.lower_ == "of" for t in p.children]
        owned = [t for t in noun.children if t.dep_ == "poss"]
        options = below if noun.lower_ in ("that", "those", "the") else [noun, *owned]
        for option in options:
            for token in (option, *(c for c in option.children if c.dep_ == "appos")):
                mention = cast.at(passage, token.i)
                if (
                    mention is not None
                    and len(mention.actors) == 1
                    and mention.form not in ("place", "demonym")
                ):
                    return mention
    return None


def _when(former: Mention, times: Sequence[TimeExpression]) -> TimeExpression | None:
    """The time that stands right behind the name."""
    for time in times:
        near = former.last <= time.first <= former.last + 2
        if time.passage == former.passage and near and time.interval is not None and time.type == "DATE":
            return time
    return None


def _recast(statement: Statement, former: Mention) -> tuple[Participant, ...] | None:
    """Who took part: the one named in the place of the one who acts; none if it is the same."""
    actor: Actor = former.actors[0]
    if actor.kind not in ("person", "state") or any(p.id == actor.id for p in statement.actors):
        return None
    role = "actor" if any(p.role == "actor" for p in statement.actors) else "party"
    placed = [p for p in statement.actors if p.role == role]
    if not placed:
        return None
    doer = next((p for p in placed if p.state and p.state == actor.state), placed[0])
    rest = [p for p in statement.actors if p is not doer and p.role != "actor"]
    if any(p.state == actor.state for p in rest):
        return None
    own = Participant(doer.role, actor.id, actor.name, actor.kind, actor.state, former.start, former.end)
    return (own, *rest)
