"""Roles: who holds which office of whom, as titles and appositions say it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from communique.model import Actor, Cast, Document, HeldTitle, Parsed, Participant, Statement

if TYPE_CHECKING:
    from spacy.tokens import Token

AGAINST_THE_RECORD = "title against the record"
"""Rule of a role, and grounds of its holder's mention, that the domain data do not know on the page's day."""

_BEFORE = frozenset(
    ("then", "former", "ex", "late", "-", "–", "the", "current", "new", "outgoing", "acting", "’s", "'s")
)
_MODIFIERS = frozenset(("amod", "compound", "poss", "nmod", "case"))


def statements(document: Document, parsed: Parsed, cast: Cast) -> list[Statement]:
    """One statement for every title that stands beside a person, with the words from title to name."""
    found: dict[tuple[int, str, str, str], Statement] = {}
    for held in cast.titles:
        statement = _role(document, parsed, held)
        if statement is not None:
            holder = statement.actors[0].id
            found.setdefault((statement.start, statement.quote, statement.office or "", holder), statement)
    return list(found.values())


def _role(document: Document, parsed: Parsed, held: HeldTitle) -> Statement | None:
    """The role a title gives its bearer; a general one ("head") only where the text says of whom."""
    title, holder, of = held.title, held.holder, held.of
    if of is None:
        return None
    passage = parsed.passages[title.passage]
    doc = passage.doc
    start = title.first
    while start > doc[title.first].sent.start and _belongs(doc[start - 1], title.last):
        start -= 1
    office = doc[start if of.kind == "organ" else title.first : title.last]
    while len(office) > 1 and office[0].lower_ in _BEFORE:
        office = office[1:]
    whole = passage.span(doc[min(start, holder.first) : max(title.last, holder.last)])
    words = passage.span(doc[start : title.last])
    person = holder.actors[0]
    against = holder.grounds == AGAINST_THE_RECORD
    return Statement(
        doc_id=document.doc_id,
        kind="role",
        start=whole.start,
        end=whole.end,
        quote=whole.of(document.text),
        actors=(
            Participant(
                "holder", person.id, person.name, person.kind, person.state, holder.start, holder.end
            ),
            _of(of, words.start, words.end),
        ),
        office=passage.span(office).of(document.text),
        rule="former title" if title.former else AGAINST_THE_RECORD if against else "title",
        score=0.5 if against else 0.95,
    )


def _belongs(token: Token, last: int) -> bool:
    """Whether a word before a title belongs to it: whose it is, what puts it in the past."""
    return token.lower_ in _BEFORE or (token.dep_ in _MODIFIERS and token.i < token.head.i < last)


def _of(of: Actor, start: int, end: int) -> Participant:
    return Participant("of", of.id, of.name, of.kind, of.state, start, end)


def dated(statements: list[Statement], document: Document) -> list[Statement]:
    """Present titles hold when the page was published; past ones at a time the page leaves open."""
    if document.published is None:
        return statements
    window = document.published.interval
    return [
        s if s.kind != "role" or s.rule == "former title" else replace(s, when=window) for s in statements
    ]
