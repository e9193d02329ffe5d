"""Which origin tells which fact."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from communique.views.lines import line, weight
from communique.views.page import Line, Section, View
from communique.views.selection import Material
from communique.views.wording import counted

_MOST = 12
"""Origins that get a column of their own."""


def coverage(material: Material) -> View:
    """A matrix of facts by origins, the most told first; then which origins stand alone how often."""
    every = [told for kind in ("event", "tie", "quantity") for told in material.told[kind]]
    every.sort(key=lambda t: (-len(t.fact.origins), -weight(t, material), t.fact.fact_id))
    told_by = Counter(origin for told in every for origin in told.fact.origins)
    alone = Counter(told.fact.origins[0] for told in every if len(told.fact.origins) == 1)
    origins = sorted(told_by, key=lambda name: (-told_by[name], name))
    columns = origins[:_MOST]
    limit = material.selection.limit
    kept = every if limit is None else every[: 2 * limit]
    lines = []
    for told in kept:
        cells = tuple("●" if name in told.fact.origins else "" for name in columns)
        one = line(told, material)
        lines.append(replace(one, what=one.what or one.value, value="", cells=cells))
    matrix = Section(
        "Facts by origin",
        tuple(lines),
        len(every) - len(kept),
        columns=tuple(material.origin(name) for name in columns),
        empty="none",
    )
    voices = Section(
        "Origins",
        tuple(
            Line(
                what=material.origin(name),
                value=counted(told_by[name], "fact"),
                note=f"{alone[name]:,} told by no other",
            )
            for name in origins
        ),
    )
    return View("coverage", f"Coverage: {material.selection.title}", (), (matrix, voices)).citing(
        material.references
    )
