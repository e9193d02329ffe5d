"""How days, figures, actors and pages are told to a reader."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from communique.domain.lexicon.labels import labels
from communique.domain.lexicon.reconcile import reconciling
from communique.model import Fact, Interval, Participant, Publication, Quantity, Statement

UNDATED = "undated"
_WIDE = 62
"""Days from which a span of days is told in months."""
_VERY_WIDE = 740


def day(value: date) -> str:
    """A day.

    >>> day(date(2023, 1, 3))
    '3 Jan 2023'
    """
    return f"{value.day} {value:%b %Y}"


def days(when: Interval | None) -> str:
    """An interval in plain words, no more precise than it is.

    >>> days(Interval(date(2024, 4, 8), date(2024, 4, 14), "range"))
    '8–14 Apr 2024'
    >>> days(Interval(date(2023, 10, 6), date(2024, 4, 7), "range")), days(None)
    ('Oct 2023 – Apr 2024', 'undated')
    """
    if when is None:
        return UNDATED
    first, last = when.earliest, when.latest
    whole_years = (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)
    if when.days == 1:
        return day(first)
    if whole_years and first.year == last.year:
        return f"{first.year}"
    if whole_years or when.days > _VERY_WIDE:
        return f"{first.year} – {last.year}"
    if (first.year, first.month) == (last.year, last.month):
        whole_month = first.day == 1 and (last.month == 2 or last.day >= 30) and last.day >= 28
        return f"{first:%b %Y}" if whole_month else f"{first.day}–{day(last)}"
    if when.days > _WIDE:
        return f"{first:%b %Y} – {last:%b %Y}"
    if first.year == last.year:
        return f"{first.day} {first:%b} – {day(last)}"
    return f"{day(first)} – {day(last)}"


def window(published: Publication | None) -> str:
    """When a page was published, as far as is known.

    >>> window(None)
    'undated'
    """
    if published is None:
        return UNDATED
    if published.best:
        return day(published.best)
    return days(published.interval)


_LARGE = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))


def amount(quantity: Quantity) -> str:
    """A figure as it is read.

    >>> amount(Quantity(8.6e9, None, "USD", "about", "budget"))
    'about 8.6 billion USD'
    >>> amount(Quantity(400, None, "missile", "exact", "purchase"))
    '400 missiles'
    """
    lists = reconciling()
    numbers = [quantity.value, *([] if quantity.upper is None else [quantity.upper])]
    unit = lists.unit_words.get(quantity.unit, quantity.unit)
    is_noun = unit == quantity.unit and unit.islower() and len(unit) > 3
    if is_noun and numbers != [1] and not unit.endswith(("craft", "s")):
        unit += "s"
    return f"{lists.bounds.get(quantity.bound, '')}{'–'.join(map(_number, numbers))} {unit}".strip()


def _number(value: float) -> str:
    for size, name in _LARGE:
        if abs(value) >= size:
            return f"{value / size:,.6g} {name}"
    return f"{value:,.10g}"


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun.

    >>> counted(1, "origin"), counted(2, "story", "stories")
    ('1 origin', '2 stories')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listed(names: Iterable[str], most: int = 4) -> str:
    """Names in a row, the last ones counted where there are many.

    >>> listed(["A", "B"]), listed("ABCDEF")
    ('A, B', 'A, B, C and 3 more')
    """
    every = list(dict.fromkeys(names))
    if len(every) <= most:
        return ", ".join(every)
    return f"{', '.join(every[: most - 1])} and {len(every) - most + 1} more"


def who(statement: Statement) -> str:
    """Who takes part in a statement and, where that is told, toward whom."""
    doing = _names(statement.actors, "actor", "party", "holder", "speaker", "subject")
    toward = _names(statement.actors, "recipient", "of")
    if statement.mutual:
        return listed([*doing, *toward])
    return " → ".join(part for part in (listed(doing), listed(toward)) if part)


def _names(actors: Sequence[Participant], *roles: str) -> list[str]:
    return [actor.name for actor in actors if actor.role in roles]


def tie(kind: str, names: Iterable[str]) -> str:
    """A standing tie in words.

    >>> tie("partner", ["Finland", "Sweden"]), tie("hosts_forces_of", ["Latvia", "Canada"])
    ('Finland and Sweden: partners', 'Latvia hosts forces of Canada')
    """
    every = list(dict.fromkeys(names))
    words = labels().ties.get(kind, f"{{all}}: {kind.replace('_', ' ')}")
    if len(every) < 2:
        return f"{listed(every)}: {kind.replace('_', ' ')}"
    together = " and ".join((", ".join(every[:-1]), every[-1]))
    return words.format(all=together, one=every[0], other=listed(every[1:]))


def what(fact: Fact, best: Statement, types: Sequence[str] = ()) -> str:
    """The composed heading of a fact: who, and what kind of thing it is."""
    match fact.kind:
        case "tie":
            return tie(fact.type or "", [actor.name for actor in best.actors])
        case "role":
            return ", ".join(part for part in (who(best), best.office or "") if part)
        case "event":
            kinds = list(dict.fromkeys(types or [fact.type or "event"]))
            mode = f" ({best.mode})" if best.mode and len(kinds) == 1 else ""
            return " · ".join(part for part in (who(best), ", ".join(kinds) + mode) if part)
        case _:
            return who(best)
