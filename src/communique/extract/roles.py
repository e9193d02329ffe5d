"""Roles: who holds which office of whom, as titles and appositions say it."""

from __future__ import annotations

from dataclasses import replace

from communique.model import Actor, Cast, Document, HeldTitle, Parsed, Participant, Statement

_BEFORE = ("then", "former", "ex", "late", "-", "the", "current", "new", "outgoing", "acting")


def statements(document: Document, parsed: Parsed, cast: Cast) -> list[Statement]:
    """One statement for every title that stands beside a person, with the words from title to name."""
    found: dict[tuple[str, str, str], Statement] = {}
    for held in cast.titles:
        statement = _role(document, parsed, held)
        if statement is not None:
            found.setdefault((statement.quote, str(statement.start), statement.office or ""), statement)
    return list(found.values())


def _role(document: Document, parsed: Parsed, held: HeldTitle) -> Statement | None:
    title, holder = held.title, held.holder
    passage = parsed.passages[title.passage]
    doc = passage.doc
    first, last = title.first, title.last
    of = held.of
    if of is None and title.role == "other":
        return None
    start = first
    while (
        start > 0
        and doc[start - 1].i >= doc[title.first].sent.start
        and _belongs(doc[start - 1].text, doc[start - 1].dep_)
    ):
        start -= 1
    office = passage.span(doc[first:last]).of(document.text)
    if of is not None and of.kind == "organ":
        office = passage.span(doc[start:last]).of(document.text)
    whole = passage.span(doc[min(start, holder.first) : max(last, holder.last)])
    person = holder.actors[0]
    participants = [
        Participant("holder", person.id, person.name, person.kind, person.state, holder.start, holder.end)
    ]
    if of is not None:
        participants.append(_of(of, passage.span(doc[start:last]).start, passage.span(doc[start:last]).end))
    return Statement(
        doc_id=document.doc_id,
        kind="role",
        start=whole.start,
        end=whole.end,
        quote=whole.of(document.text),
        actors=tuple(participants),
        office=office,
        rule="former title" if title.former else "title",
        score=0.95 if of is not None else 0.7,
    )


def _belongs(word: str, dependency: str) -> bool:
    return (
        word.lower() in _BEFORE
        or word in ("’s", "'s", "U.S.", "U.K.")
        or dependency in ("amod", "compound", "poss")
    )


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
