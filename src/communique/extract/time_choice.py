"""Which year, and which of several stretches of days, an expression means."""

from __future__ import annotations

from datetime import date

from communique.domain.lexicon.numerals import number
from communique.extract.time_parts import Moment, Parts

# how much farther away a day may lie where the tense speaks for it, not at all, weakly or plainly
_AGAINST_TENSE = (1, 5, 15)
# figures of a quarter are expected after its end, so the tense tells little of which is meant
AGAINST_TENSE_OF_QUARTER = (1, 2, 2)


def year_of(parts: Parts, at: Moment) -> int | None:
    """The year a phrase gives, by figures or by "last year"."""
    if lowers := parts.lowers("year"):
        if parts.has("yy") and parts.phrase.parts["yy"][0][0] == parts.phrase.first:
            return int(lowers[0][:2] + parts.lowers("yy")[0])
        return int(lowers[0])
    if lowers := parts.lowers("shortyear"):
        year = int(lowers[0][1:]) + at.anchor.year // 100 * 100
        return year if year <= at.anchor.year + 10 else year - 100
    if parts.has("teenyear", "twothousand"):
        lowers = [
            lower for lower in (parts.lowers("teenyear") or parts.lowers("twothousand")) if lower != "-"
        ]
        if "thousand" in lowers:
            return int(number(lowers) or 0) or None
        return int(100 * (number(lowers[:1]) or 0) + (number(lowers[1:]) or 0))
    if which := parts.lowers("whichyear"):
        if "that" in which or "same" in which:
            return at.then.year
        step = {"last": -1, "next": 1, "this": 0}
        for word in which:
            if word in step:
                return at.base.year + step[word]
        return at.then.year + (1 if "following" in which else -1)
    if lowers := parts.lowers("digits"):
        return int(lowers[0]) if lowers[0].isdigit() else None
    return None


def nearest(
    options: list[tuple[date, date]], at: Moment, weights: tuple[int, int, int] = _AGAINST_TENSE
) -> int:
    """Which of several stretches of days (in order) is meant, by tense."""
    way, base = at.direction(), at.base

    against = weights[abs(way)]

    def cost(number: int) -> float:
        """Days away; the side the tense speaks against costs more, but a parse can err."""
        first, last = options[number]
        away = (first - base).days if first > base else (last - base).days if last < base else 0
        return abs(away) * (against if away * way < 0 else 1) + number / 1000

    return min(range(len(options)), key=cost)
