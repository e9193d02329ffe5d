"""Two actors: their tie, and the agreements, pledges, figures, quotations and disagreements between them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from communique.views.disagreements import differing
from communique.views.figures import figure_lines
from communique.views.lines import line
from communique.views.page import Line, View, section
from communique.views.pledges import is_pledge, pledge_lines
from communique.views.quotes import quote_lines
from communique.views.selection import Material, Told
from communique.views.tie import tie
from communique.views.wording import counted


def pair(material: Material) -> View:
    """The tie of two and what else concerns both. Raises `UsageError` unless two are chosen."""
    shown = tie(material)
    near = {t.fact.fact_id for every in material.told.values() for t in every if t.near == 2}
    limit = material.selection.limit
    pledged = [t for t in material.told["event"] if t.near == 2 and is_pledge(t)]

    def both(lines: Iterable[Line]) -> list[Line]:
        return [one for one in lines if one.fact_id in near]

    more = (
        section("Agreements and programmes", _agreements(material), limit=limit, empty="none named"),
        section("Pledges", pledge_lines(pledged, material), limit=limit, empty="none"),
        section("Figures", both(figure_lines(material)), limit=limit, empty="none"),
        section("In their own words", both(quote_lines(material, direct=True)), limit=limit, empty="none"),
        section("Where they differ", differing(material, near), limit=limit, empty="nowhere found"),
    )
    return replace(shown, sections=(*shown.sections, *more)).citing(material.references)


def _agreements(material: Material) -> list[Line]:
    """The known agreements and programmes that the facts between two are about, the most told first."""
    about: defaultdict[str, list[Told]] = defaultdict(list)
    for told in (*material.told["event"], *material.told["tie"]):
        if told.near == 2 and (
            known := next((s.object.id for s in told.said if s.object and s.object.id), None)
        ):
            about[known].append(told)
    lines = []
    for identifier, every in sorted(about.items(), key=lambda item: (-len(item[1]), item[0])):
        first = min(every, key=lambda t: (-len(t.fact.origins), t.fact.fact_id))
        entry = material.domain.agreements.get(identifier) or material.domain.capabilities.get(identifier)
        lines.append(
            replace(
                line(first, material),
                what=entry.name if entry else identifier,
                value=counted(len(every), "fact"),
                also=tuple(t.fact.fact_id for t in every if t is not first),
            )
        )
    return lines
