"""The network of who acts with or toward whom, as nodes and edges, and as GEXF for Gephi."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations, product
from typing import Any, TypeAlias
from xml.sax.saxutils import quoteattr

from communique.ledger.reading import Reader
from communique.model import Fact, Factuality, Interval, Kind, Participant, Statement

Row: TypeAlias = dict[str, Any]
EdgeKey: TypeAlias = tuple[str, str, bool, Kind, str, Factuality]


@dataclass
class _Node:
    names: Counter[str] = field(default_factory=Counter)
    kinds: Counter[tuple[str, str]] = field(default_factory=Counter)
    facts: int = 0


def edge_ends(statement: Statement) -> tuple[list[tuple[str, str]], bool]:
    """The pairs of actors an event or tie joins, and whether it runs from the first to the second.

    Where a side is done something to, it runs from actor to recipient; else all parties are joined.
    """
    doers = {a.id for a in statement.actors if a.role in ("actor", "party")}
    others = {a.id for a in statement.actors if a.role in ("recipient", "of", "subject")}
    if statement.mutual or not others:
        return list(combinations(sorted(doers | others), 2)), False
    return [(one, other) for one, other in product(sorted(doers), sorted(others)) if one != other], True


def _connecting(ledger: Reader) -> Iterator[tuple[Fact, Statement]]:
    kinds: tuple[Kind, ...] = ("event", "tie")
    for kind in kinds:
        for fact, said in ledger.evidence(kind):
            yield fact, said[0]


def nodes(ledger: Reader) -> Iterator[Row]:
    """The actors of events and ties, by identifier; `facts` counts those they take part in."""
    found: dict[str, _Node] = {}
    for _, statement in _connecting(ledger):
        for actor in _once(statement):
            node = found.setdefault(actor.id, _Node())
            node.names[actor.name] += 1
            node.kinds[actor.kind, actor.state or ""] += 1
            node.facts += 1
    for actor_id, node in sorted(found.items()):
        kind, state = _usual(node.kinds)
        label = _usual(node.names)
        yield {"id": actor_id, "label": label, "kind": kind, "state": state or None, "facts": node.facts}


def _once(statement: Statement) -> list[Participant]:
    return list({a.id: a for a in reversed(statement.actors)}.values())


def _usual(counted: Counter[Any]) -> Any:
    return min(counted, key=lambda value: (-counted[value], value))


def edges(ledger: Reader) -> Iterator[Row]:
    """Who is joined by what; `weight` counts facts of one type and factuality."""
    facts: dict[EdgeKey, list[str]] = {}
    spans: dict[EdgeKey, Interval] = {}
    for fact, statement in _connecting(ledger):
        pairs, directed = edge_ends(statement)
        for one, other in pairs:
            key = (one, other, directed, fact.kind, fact.type or "", fact.factuality)
            facts.setdefault(key, []).append(fact.fact_id)
            if fact.when:
                known = spans.get(key, fact.when)
                spans[key] = Interval(
                    min(known.earliest, fact.when.earliest), max(known.latest, fact.when.latest), "range"
                )
    for key, fact_ids in sorted(facts.items()):
        source, target, directed, connection, type_, factuality = key
        span = spans.get(key)
        yield {
            "source": source,
            "target": target,
            "directed": directed,
            "kind": connection,
            "type": type_ or None,
            "factuality": factuality,
            "weight": len(fact_ids),
            "earliest": span and span.earliest.isoformat(),
            "latest": span and span.latest.isoformat(),
            "fact_ids": sorted(fact_ids),
        }


_NODE_VALUES = ("kind", "state", "facts")
_EDGE_VALUES = ("kind", "factuality", "earliest", "latest")


def gexf(ledger: Reader) -> Iterator[str]:
    """The network as GEXF 1.3, line by line."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield '<gexf xmlns="http://gexf.net/1.3" version="1.3">\n'
    yield '<graph defaultedgetype="undirected">\n'
    for owner, values in (("node", _NODE_VALUES), ("edge", _EDGE_VALUES)):
        yield f'<attributes class="{owner}">\n'
        for number, value in enumerate(values):
            kind = "integer" if value == "facts" else "string"
            yield f'<attribute id="{number}" title="{value}" type="{kind}"/>\n'
        yield "</attributes>\n"
    yield "<nodes>\n"
    for row in nodes(ledger):
        yield f"<node id={_attribute(row['id'])} label={_attribute(row['label'])}>"
        yield f"{_values(row, _NODE_VALUES)}</node>\n"
    yield "</nodes>\n<edges>\n"
    for number, row in enumerate(edges(ledger)):
        kind = "directed" if row["directed"] else "undirected"
        yield f'<edge id="{number}" source={_attribute(row["source"])} target={_attribute(row["target"])} '
        yield f'type="{kind}" weight="{row["weight"]}" label={_attribute(row["type"] or "")}>'
        yield f"{_values(row, _EDGE_VALUES)}</edge>\n"
    yield "</edges>\n</graph>\n</gexf>\n"


def _values(row: Row, names: tuple[str, ...]) -> str:
    values = "".join(
        f'<attvalue for="{number}" value={_attribute(str(row[name]))}/>'
        for number, name in enumerate(names)
        if row[name] is not None
    )
    return f"<attvalues>{values}</attvalues>"


def _attribute(value: str) -> str:
    """Quoted for XML, without the characters XML cannot hold."""
    return quoteattr(re.sub("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd", value))
