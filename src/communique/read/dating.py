"""When a page was published: an interval and its grounds, from what the page says and nothing else.

Surest first: what the page's data say, its address, a date line, its dateline; then what the text
itself shows. Each rule that reads the text allows some days and excludes the rest; the days that all
allow are the answer. A rule that would leave no day contradicts surer ones and is dropped, which its
ground says. Today's date is never used, and no day is guessed: without bounds the answer is None.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from email.utils import parsedate_to_datetime

import numpy as np

from communique.domain.lexicon.dating import STRETCHES, Dating, dating
from communique.domain.lexicon.layout import Layout, layout
from communique.domain.load import Domain
from communique.model import Ground, Precision, Publication
from communique.read.calendar_days import CALENDAR
from communique.read.clues import Clue, Opening, clues, days_named, sentences
from communique.read.happenings import happenings
from communique.read.incumbents import incumbents
from communique.read.memberships import memberships
from communique.text import Region, Span, labelled, trimmed

_ISO = re.compile(r"((?:19|20)\d\d)-(\d\d)-(\d\d)")
_URL_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)[/_-]?(0[1-9]|1[0-2])[/_-]?(0[1-9]|[12]\d|3[01])(?!\d)")
_URL_MONTH = re.compile(r"/((?:19|20)\d\d)/(0?[1-9]|1[0-2])/")
_LIKE_A_DATELINE = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ .,’'/-]{2,60}, [^\n]{3,60}?(?:-{1,2}|–|—|:) (?=[A-Z“\"])")
_APART = 60  # days between parts of a window that are told one by one
_MANY_PARTS = 12
_WIDEST = 3653  # days: a window of more than ten years says nothing
_WIDEST_OPEN = 1096  # days, where only the end of the data bounds it above


def publication(
    text: str,
    regions: Sequence[Region],
    meta: Mapping[str, str],
    url: str | None,
    domain: Domain,
) -> Publication | None:
    """When a page was published, or None where nothing bounds it on both sides.

    `meta["published"]` is what the carrier says; `meta["marked"]` what the markup says.
    """
    found = _judged(text, regions, meta, url, domain)
    return found if isinstance(found, Publication) else None


def why_undated(
    text: str, regions: Sequence[Region], meta: Mapping[str, str], url: str | None, domain: Domain
) -> str | None:
    """Why `publication` has no answer for a page, for a person to read; None if it has one."""
    found = _judged(text, regions, meta, url, domain)
    return found if isinstance(found, str) else None


def _judged(
    text: str, regions: Sequence[Region], meta: Mapping[str, str], url: str | None, domain: Domain
) -> Publication | str:
    """When a page was published, or why that cannot be said."""
    words = dating(domain)
    if stated := _stated(text, regions, meta, url, words, layout(domain)):
        day, ground = stated
        return Publication(day, day, day, "day", (ground,))
    dated_day, dated = _dateline(text, regions, words)
    if dated and dated_day:
        return Publication(dated_day, dated_day + timedelta(days=1), dated_day, "day", (dated.ground,))
    read = sentences(text, regions)
    opening = Opening.of(text, regions, read)
    found = [
        *clues(read, words, dated is not None),
        *incumbents(read, domain, words, dated is not None),
        *memberships(read, opening, domain, words),
        *happenings(read, opening, domain, words),
    ]
    if month := _url_month(url):
        found.insert(0, month)
    return _settled(dated, found)


def _settled(dated: Clue | None, found: Sequence[Clue]) -> Publication | str:
    """The days on which the heaviest set of clues holds together; what contradicts them is dropped."""
    if dated:
        found = [dated, *found]
    unlike: dict[tuple[bytes, str], Clue] = {}
    for clue in sorted(found, key=lambda clue: -clue.weight):
        unlike.setdefault((np.packbits(clue.days).tobytes(), clue.ground.rule), clue)
    score = np.zeros(CALENDAR.size, dtype=np.int16)
    for clue in unlike.values():
        score += clue.days * np.int16(clue.weight)
    days = score == score.max()
    grounds: list[Ground] = []
    still, left = CALENDAR.all(), CALENDAR.size
    kept: list[Clue] = []
    for clue in unlike.values():
        if not (days & clue.days).any():
            grounds.append(_dropped(clue, kept))
            continue
        still = still & clue.days
        if (now := int(np.count_nonzero(still))) < left:
            grounds.append(clue.ground)
            left = now
        kept.append(clue)
    bounds = CALENDAR.bounds(days)
    if bounds is None:
        told = ", ".join(sorted({clue.ground.rule for clue in found}))
        return (
            f"nothing bounds it below (it shows only: {told})" if told else "nothing in it tells of its time"
        )
    earliest, latest = bounds
    parts = CALENDAR.stretches(days, _APART)
    if 1 < len(parts) <= _MANY_PARTS:
        grounds.append(Ground(STRETCHES, ", ".join(f"{first}..{last}" for first, last in parts)))
    best = None
    if dated:
        best = earliest if earliest == latest else None
        latest += timedelta(days=1)  # a wire story is often printed the day after its dateline
    elif (latest - earliest).days < 3:
        best = earliest
    width = (latest - earliest).days + 1
    if width > (_WIDEST if latest < CALENDAR.last else _WIDEST_OPEN):
        above = "" if latest < CALENDAR.last else ", and nothing bounds it above"
        return f"what it tells leaves {width // 365} years open, from {earliest}{above}"
    if latest >= CALENDAR.last:
        grounds.append(Ground("no later day is known to the domain data", CALENDAR.last.isoformat()))
    return Publication(earliest, latest, best, _precision(width), tuple(grounds))


def _dropped(clue: Clue, kept: Sequence[Clue]) -> Ground:
    """The ground of a clue that does not hold, with the surer one that speaks against it."""
    against = next((one for one in kept if not (one.days & clue.days).any()), None)
    why = (
        f"contradicts {against.ground.rule} “{against.ground.text}”"
        if against
        else "contradicts surer grounds"
    )
    ground = clue.ground
    return Ground(f"{ground.rule} (dropped: {why})", ground.text, ground.start, ground.end)


def _precision(width: int) -> Precision:
    for limit, precision in ((2, "day"), (7, "week"), (31, "month"), (92, "quarter"), (366, "year")):
        if width <= limit:
            return precision  # type: ignore[return-value]
    return "range"


# --- dates that are stated ---------------------------------------------------------------------


def _stated(
    text: str,
    regions: Sequence[Region],
    meta: Mapping[str, str],
    url: str | None,
    words: Dating,
    cues: Layout,
) -> tuple[date, Ground] | None:
    if (given := meta.get("published")) and (day := read_day(given, words)):
        return day, Ground("metadata", given)
    if url and (match := _URL_DAY.search(url)) and (day := _day(*match.groups())):
        return day, Ground("date in the address", match[0])
    if (given := meta.get("marked")) and (day := read_day(given, words)):
        return day, Ground("date in the markup", given)
    title = next((region.start for region in labelled(regions, "title")), 0)

    # Above the title stands the day on which the page was saved as often as that of publication, and a
    # line that also names the place may tell of what the page is about.
    def rank(region: Region) -> tuple[bool, bool]:
        return region.start < title, cues.placed_line.match(text[region.start : region.end])

    for region in sorted(labelled(regions, "dateline"), key=rank):
        line = text[region.start : region.end]
        if (day := read_day(line, words)) and "(" not in line and "/" not in line.split(",")[-1][:2]:
            return day, Ground("date line", line, region.start, region.end)
    return None


def read_day(words: str, dating_words: Dating) -> date | None:
    """The day that some words state in full, year included.

    ISO 8601, RFC 822 (feeds) and English; days that may be read two ways ("03/04/2023") are not read.
    """
    if match := _ISO.search(words):
        return _day(*match.groups())
    for match in dating_words.month_day.finditer(words):
        year = match["year1"] or match["year2"]
        if year:
            month = dating_words.months[(match["month1"] or match["month2"]).lower()]
            return _day(year, month, re.sub(r"\D", "", match["day1"] or match["day2"]))
    try:
        return parsedate_to_datetime(words).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        pass
    if match := re.search(r"(?<!\d)(\d{1,2})[/.](\d{1,2})[/.]((?:19|20)\d\d)(?!\d)", words):
        first, second, year = (int(part) for part in match.groups())
        if first > 12 or "." in match[0]:
            return _day(year, second, first)
        if second > 12 or first == second:
            return _day(year, first, second)
    return None


def _day(year: str | int, month: str | int, day: str | int) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _url_month(url: str | None) -> Clue | None:
    if not url or not (match := _URL_MONTH.search(url)):
        return None
    year, month = int(match[1]), int(match[2])
    days = CALENDAR.month(year, month)
    return Clue(days, Ground("month in the address", match[0]), 1000) if days.any() else None


def _dateline(text: str, regions: Sequence[Region], words: Dating) -> tuple[date | None, Clue | None]:
    """The day in the dateline, if it has the year; and the days it may be, that day of any year if not."""
    for span in _datelines(text, regions):
        line = span.of(text)
        for named in days_named(line, words):
            days = named.centres(None)
            day = _day(named.year, named.month, named.day) if named.year else None
            if day or days.any():
                return day, Clue(days, Ground("dateline", line, span.start, span.end), 1000)
    return None, None


def _datelines(text: str, regions: Sequence[Region]) -> Iterator[Span]:
    """The stretches labelled as datelines, else what looks like one before the first sentence."""
    marked = [trimmed(text, region.start, region.end) for region in labelled(regions, "dateline")]
    yield from marked
    for region in labelled(regions, "body")[:1] if not marked else ():
        if match := _LIKE_A_DATELINE.match(text, region.start, region.end):
            yield trimmed(text, *match.span())
