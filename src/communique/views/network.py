"""Who deals with whom: pairs of actors, by what joins them."""

from __future__ import annotations

from collections import defaultdict
from itertools import islice

from communique.exports.graph import edge_ends
from communique.model import Factuality, Interval
from communique.views.lines import evidence, weight
from communique.views.page import Line, View, section
from communique.views.selection import Material, Told
from communique.views.wording import counted, days


def network(material: Material) -> View:
    """One line for each pair of states, bodies or people and each type, those with most facts first."""
    edges: defaultdict[tuple[str, str, bool, str, Factuality], list[Told]] = defaultdict(list)
    names: dict[str, str] = {}
    for told in (*material.told["event"], *material.told["tie"]):
        for actor in told.best.actors:
            names.setdefault(
                actor.state or actor.id, actor.name if not actor.state else _state(actor.state, material)
            )
        acting = {a.id: a.state or a.id for a in told.best.actors}
        pairs, directed = edge_ends(told.best)
        for one, other in dict.fromkeys((acting[a], acting[b]) for a, b in pairs):
            if one != other and _chosen(one, other, material):
                ends = (one, other) if directed else tuple(sorted((one, other)))
                edges[(ends[0], ends[1], directed, told.fact.type or "", told.fact.factuality)].append(told)
    lines = []
    for (one, other, directed, kind, factuality), every in sorted(
        edges.items(), key=lambda item: (-len(item[1]), item[0])
    ):
        facts = sorted(
            {t.fact.fact_id: t for t in every}.values(), key=lambda t: (-weight(t, material), t.fact.fact_id)
        )
        origins = tuple(sorted({material.origin(o) for t in facts for o in t.fact.origins}))
        arrow = "→" if directed else "–"
        lines.append(
            Line(
                when=days(_span([t.fact.when for t in facts])),
                what=f"{names[one]} {arrow} {names[other]} · {kind.replace('_', ' ')}",
                value=counted(len(facts), "fact"),
                factuality=factuality,
                origins=origins,
                fact_id=facts[0].fact.fact_id,
                also=tuple(t.fact.fact_id for t in facts[1:]),
                evidence=tuple(islice((w for t in facts for w in evidence(t, material)), 40)),
            )
        )
    shown = section("Ties and dealings", lines, limit=material.selection.limit and 40, empty="none")
    return View("network", f"Network: {material.selection.title}", (), (shown,)).citing(material.references)


def _state(code: str, material: Material) -> str:
    state = material.domain.states.get(code)
    return state.name if state else code


def _chosen(one: str, other: str, material: Material) -> bool:
    chosen = {actor.id for actor in material.selection.actors}
    persons = {material.domain.people[a].state for a in chosen if a in material.domain.people}
    return not chosen or bool({one, other} & (chosen | persons))


def _span(intervals: list[Interval | None]) -> Interval | None:
    known = [interval for interval in intervals if interval]
    if not known:
        return None
    return Interval(min(i.earliest for i in known), max(i.latest for i in known), "range")
