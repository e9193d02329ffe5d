"""Events and ties as statements: what a frame found, with its factuality, its time and its place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from communique.domain.lexicon.factuality import FactualityWords
from communique.domain.lexicon.frames import Part
from communique.domain.places import Places
from communique.domain.schema import State
from communique.extract import clauses
from communique.extract.factuality import factuality
from communique.extract.frames import Match, Matcher
from communique.extract.precedents import precedents
from communique.extract.timing import Timing
from communique.model import (
    Actor,
    Cast,
    Document,
    Factuality,
    Interval,
    Mention,
    Object,
    Parsed,
    Participant,
    Place,
    Role,
    Statement,
    TimeExpression,
)

if TYPE_CHECKING:
    from spacy.tokens import Token

_ROLE: dict[Part, Role] = {"actor": "actor", "recipient": "recipient", "party": "party"}
_SAID_OF_IT = ("attr", "acomp", "advmod", "neg")
_TELLS_WHICH = ("relcl", "ccomp", "advcl")
_WITH = ("with", "between")
_AT = ("in", "at", "near", "outside", "off", "around", "aboard")


def statements(
    document: Document,
    parsed: Parsed,
    cast: Cast,
    times: Sequence[TimeExpression],
    matcher: Matcher,
    words: FactualityWords,
    places: Places,
    states: Mapping[str, State],
) -> list[Statement]:
    """The events and ties of a document, each once; a tie is between the states its leaders stand for."""
    timing = Timing(parsed, times)
    published = document.published.interval if document.published else None
    told: list[tuple[Match, Statement]] = []
    for match in matcher.matches(parsed, cast):
        base = _stated(match, document, parsed, timing, published, words)
        if match.frame.type:
            base = replace(base, where=_where(match, parsed, cast, places))
        told += [(match, replace(base, actors=actors)) for actors in _castings(match, states)]
    said = [statement for _, statement in told]
    said += precedents(told, parsed, cast, times)
    return list({statement.statement_id: statement for statement in reversed(said)}.values())[::-1]


def _stated(
    match: Match,
    document: Document,
    parsed: Parsed,
    timing: Timing,
    published: Interval | None,
    words: FactualityWords,
) -> Statement:
    frame = match.frame
    verdict: Factuality = factuality(
        match.predicate,
        words,
        presupposed=frame.presupposed or frame.tie is not None,
        standing=frame.tie is not None and match.predicate.pos_ == "NOUN",
    )
    if frame.factuality and verdict == "actual":
        verdict = frame.factuality
    when = timing.of(match.passage, match.predicate)
    if verdict == "actual" and when and published and when.earliest > published.latest:
        verdict = "planned"
    first, last = _words_of(match)
    passage = parsed.passages[match.passage]
    span = passage.span(passage.doc[first:last])
    return Statement(
        doc_id=document.doc_id,
        kind="tie" if frame.tie else "event",
        start=span.start,
        end=span.end,
        quote=span.of(document.text),
        type=frame.tie or frame.type,
        mode=frame.mode,
        contexts=frame.contexts,
        mutual=frame.mutual,
        when=None if frame.tie else when,
        factuality=verdict,
        object=_object(match) if frame.type else None,
        rule=match.name,
        score=frame.score,
    )


def _words_of(match: Match) -> tuple[int, int]:
    """First and last token (half-open) of the clause that says it, with the words that name who is in it."""
    predicate = match.predicate
    first, last = clauses.clause_edges(predicate)
    if predicate.pos_ == "NOUN" and predicate.head.pos_ in ("VERB", "AUX"):
        first, last = min(first, predicate.head.i), max(last, predicate.head.i + 1)
    theme = match.theme
    if theme is not None and theme == predicate.head:
        last = max(last, theme.right_edge.i + 1)
    if predicate.pos_ == "NOUN" and predicate.head.lemma_ == "be" and predicate.dep_ in clauses.SUBJECTS:
        # "Cooperation was over": what is said of it is half of what is told.
        last = max(
            last, *(c.right_edge.i + 1 for c in predicate.head.children if c.dep_ in _SAID_OF_IT), last
        )
    if theme is not None and predicate.sent.start <= theme.i < first and predicate.dep_ in _TELLS_WHICH:
        # "The jet it is building": a clause that tells which thing is meant is no words without it.
        first = min(first, theme.left_edge.i)
    mentions = [m for actors in match.parts.values() for _, m in actors]
    if predicate.pos_ == "NOUN":
        # Whom the sentence names elsewhere is known from there, and says nothing here.
        left, right = clauses.clause_edges(clauses.governor(predicate))
        mentions = [m for m in mentions if left <= m.first and m.last <= right]
    return min([first, *(m.first for m in mentions)]), max([last, *(m.last for m in mentions)])


def _castings(match: Match, states: Mapping[str, State]) -> list[tuple[Participant, ...]]:
    """Who takes part: all together in an event, two by two in a tie."""
    parts = match.parts
    if match.frame.tie is None:
        everyone = [(part, a, m) for part, actors in parts.items() for a, m in actors]
        return [
            tuple(dict.fromkeys(_participant(_ROLE[part], a, m) for part, a, m in together))
            for together in _apart(match, everyone)
        ]
    standing = {
        part: [_participant("party", _standing(a, states), m) for a, m in actors]
        for part, actors in parts.items()
    }
    if "first" not in standing:
        return [tuple(dict.fromkeys(standing.get("party", ())))]
    pairs = [
        (one, two) for one in standing["first"] for two in standing.get("second", ()) if one.id != two.id
    ]
    return list(dict.fromkeys(pairs))


def _apart(
    match: Match, everyone: list[tuple[Part, Actor, Mention]]
) -> list[list[tuple[Part, Actor, Mention]]]:
    """Who takes part in each event told at once: what is done with one "as well as with" another is two."""
    if {part for part, _, _ in everyone} != {"party"}:
        return [everyone]
    doc, sentence = match.predicate.doc, match.predicate.sent
    for at in range(match.predicate.i, sentence.end - 3):
        preposition = doc[at + 3].lower_
        if doc[at : at + 3].text.lower() == "as well as" and preposition in _WITH:
            first = next((t.i for t in doc[match.predicate.i : at] if t.lower_ == preposition), at)
            sides = [[x for x in everyone if x[2].head < first]]
            sides += [
                [x for x in everyone if first < x[2].head < at],
                [x for x in everyone if x[2].head > at],
            ]
            return [sides[0] + sides[1], sides[0] + sides[2]] if all(sides) else [everyone]
    return [everyone]


def _standing(actor: Actor, states: Mapping[str, State]) -> Actor:
    """The state an actor stands for in a standing relation; a body stands for itself."""
    if actor.state is None or actor.state not in states or actor.kind == "state":
        return actor
    return Actor(actor.state, states[actor.state].name, "state", actor.state)


def _participant(role: Role, actor: Actor, mention: Mention) -> Participant:
    return Participant(role, actor.id, actor.name, actor.kind, actor.state, mention.start, mention.end)


def _object(match: Match) -> Object | None:
    """The noun phrase of the thing concerned, without its article; whoever takes part is no thing."""
    theme = match.theme
    if theme is None:
        return None
    named = [m for actors in match.parts.values() for _, m in actors]
    beside = {theme.i, *(child.i for child in theme.children if child.dep_ == "appos")}
    if any(m.first <= place < m.last for m in named for place in beside):
        return None
    first = theme.left_edge.i
    while first < theme.i and (
        theme.doc[first].dep_ in ("det", "poss", "case", "predet", "cc") or theme.doc[first].is_punct
    ):
        first += 1
    number = next((t.i for t in theme.doc[first : theme.i] if t.like_num), first)
    if number > first and any(m.first <= first < m.last for m in named):
        first = number
    if theme.i - first > 8:
        first = theme.i
    return Object(theme.doc[first : theme.i + 1].text)


def _where(match: Match, parsed: Parsed, cast: Cast, places: Places) -> Place | None:
    """Where it takes place: the ground its clause stands on, a city before a state; None if not said."""
    found: list[Place] = []
    for token in _clause_heads(match):
        for preposition, nouns in clauses.prepositions(token).items():
            if preposition in _AT:
                found += _grounds(nouns, match.passage, parsed, cast, places)
    for actors in match.parts.values():
        visited = [m for _, m in actors if m.form == "place"]
        found += _grounds(
            [parsed.passages[m.passage].doc[m.head] for m in visited], match.passage, parsed, cast, places
        )
    return next((p for p in found if p.geoname_id is not None), found[0] if found else None)


def _clause_heads(match: Match) -> list[Token]:
    heads = [match.predicate, *([match.theme] if match.theme is not None else [])]
    if match.predicate.pos_ == "NOUN":
        heads.append(clauses.governor(match.predicate))
    return heads


def _grounds(nouns: Iterable[Token], number: int, parsed: Parsed, cast: Cast, places: Places) -> list[Place]:
    found = []
    for noun in nouns:
        mention = cast.at(number, noun.i)
        if mention is None or mention.form != "place" or len(mention.actors) != 1:
            continue
        actor = mention.actors[0]
        name = parsed.text[mention.start : mention.end]
        city = places.named(name, actor.state)
        # "In the Lithuanian capital": told by the state, for want of a name.
        called = actor.name if mention.grounds == "agent noun" else name
        found.append(city or Place(called, actor.state, None, None, None))
    return found
