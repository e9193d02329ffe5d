"""Which identifiers of actors stand for others, since a person judged who is who.

What reconciling makes of those judgements is kept beside the tables (in `meta`), and acts wherever
statements are read. The stored statements stay as they are, and so do their identifiers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace

from sqlalchemy import Connection, delete, insert, select

from communique.ledger import codec, tables
from communique.model import Actor, Participant, Source, Statement

KEY = "aliases"


def aliases_in(connection: Connection) -> dict[str, Actor]:
    """The actor for each identifier that is another's."""
    stored = connection.scalar(select(tables.meta.c.value).where(tables.meta.c.key == KEY))
    return {old: Actor(**plain) for old, plain in codec.from_json(stored).items()} if stored else {}


def set_aliases(connection: Connection, known_as: Mapping[str, Actor]) -> None:
    """Replaces them all."""
    connection.execute(delete(tables.meta).where(tables.meta.c.key == KEY))
    if known_as:
        plain = {old: asdict(new) for old, new in sorted(known_as.items())}
        connection.execute(insert(tables.meta), [{"key": KEY, "value": codec.to_json(plain)}])


def renamed(statement: Statement, known_as: Mapping[str, Actor]) -> Statement:
    """The statement with the actors that are meant; its identifier stays that of what was read."""
    source = statement.attributed_to
    if source is not None and (actor := known_as.get(source.id)):
        source = Source(actor.id, actor.name)
    if source is statement.attributed_to and not any(a.id in known_as for a in statement.actors):
        return statement
    return replace(
        statement, actors=tuple(_meant(a, known_as) for a in statement.actors), attributed_to=source
    )


def _meant(found: Participant, known_as: Mapping[str, Actor]) -> Participant:
    actor = known_as.get(found.id)
    if actor is None:
        return found
    return replace(found, id=actor.id, name=actor.name, kind=actor.kind, state=actor.state, found_as=found.id)
