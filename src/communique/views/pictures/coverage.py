"""Coverage as a picture: which origins tell how many facts, alone and together."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

from markupsafe import Markup

from communique.views.links import Links
from communique.views.pictures.svg import Picture, element, link
from communique.views.selection import Material
from communique.views.wording import counted

WIDTH = 1080.0
_LABEL, _CELL = 210.0, 54.0
MOST = 14
"""Origins that are drawn."""


def coverage_picture(material: Material, links: Links) -> Picture:
    """A square for each pair of origins, stronger the more facts both tell; on the diagonal, those alone."""
    both: Counter[tuple[str, str]] = Counter()
    told_by: Counter[str] = Counter()
    for kind in ("event", "tie", "quantity"):
        for told in material.told[kind]:
            origins = sorted(told.fact.origins)
            told_by.update(origins)
            if len(origins) == 1:
                both[origins[0], origins[0]] += 1
            both.update(combinations(origins, 2))
    order = sorted(told_by, key=lambda name: (-told_by[name], name))[:MOST]
    if not order:
        empty = element("text", "no origin tells anything", x=10, y=24)
        return Picture("coverage", "Coverage: no origin tells anything", WIDTH, 40, empty)
    most = max(both.values(), default=1)
    parts = []
    for row, one in enumerate(order):
        y = 20 + row * _CELL * 0.62
        name = material.origin(one)
        label = _cut(f"{name} ({told_by[one]})")
        parts.append(element("text", label, x=_LABEL - 10, y=y + 21, text_anchor="end", class_="label"))
        for column, other in enumerate(order[: row + 1]):
            count = both[one, other] if one <= other else both[other, one]
            shared = f"{name} alone" if one == other else f"{name} and {material.origin(other)}"
            parts.append(
                _cell(f"{shared}: {counted(count, 'fact')}", count, most, column, y, links, one == other)
            )
    height = 20 + len(order) * _CELL * 0.62 + 16
    title = f"Coverage: facts that {counted(len(told_by), 'origin')} tell alone and together"
    return Picture("coverage", title, WIDTH, height, Markup("").join(parts))


def _cell(told: str, count: int, most: int, column: int, y: float, links: Links, alone: bool) -> Markup:
    x = _LABEL + column * _CELL
    shade = 0.0 if not count else 0.1 + 0.38 * (count / most) ** 0.5  # text stays readable on it
    parts = [
        element("rect", x=x, y=y, width=_CELL - 3, height=_CELL * 0.62 - 3, rx=3, class_="cell-empty"),
        element("rect", x=x, y=y, width=_CELL - 3, height=_CELL * 0.62 - 3, rx=3, fill_opacity=shade,
                class_="cell alone" if alone else "cell"),
    ]  # fmt: skip
    if count:
        middle = x + _CELL / 2 - 2
        parts.append(element("text", f"{count}", x=middle, y=y + 20, text_anchor="middle", class_="label"))
    return link(None, told, *parts)


def _cut(text: str, most: int = 30) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
