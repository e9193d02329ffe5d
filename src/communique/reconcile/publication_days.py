"""What the other pages of a story force of the day on which a page appeared.

Three rules, each of which leaves a ground: copies of one text share their day; two pages of one story that
name the same day of a month without its year mean the same year; and a page that tells as still to come what
another reports as done came first. A day that a page states itself is never moved.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from communique.domain.lexicon.dating import STRETCHES, Dating
from communique.model import Document, Family, Ground, Precision, Publication, Statement, Story
from communique.reconcile.days import Window, gap, occasions

SURE = 10
"""Days up to which a window is as good as a day to other pages."""

_REPRINT = timedelta(days=1)  # a copy is printed on the day or the next
_NEAR = 120  # days between a page and a day it names without the year
_HALF_YEAR = 183
_ROUNDS = 3  # a page that was narrowed may narrow another
_STATED = ("metadata", "date in the address", "date in the markup", "date line", "dateline")
_AHEAD = ("planned", "pledged", "proposed")


@dataclass(frozen=True)
class _Page:
    """A page with the parts of its window, and the days of months it names without their year."""

    document: Document
    parts: tuple[Window, ...]
    days: frozenset[tuple[int, int]]

    @property
    def window(self) -> Window | None:
        """From the first to the last day it may be of."""
        return (self.parts[0][0], self.parts[-1][1]) if self.parts else None

    @property
    def is_sure(self) -> bool:
        """Whether its window is as good as a day."""
        return self.window is not None and (self.window[1] - self.window[0]).days < SURE

    @property
    def is_stated(self) -> bool:
        """Whether the page states its day."""
        published = self.document.published
        return published is not None and any(
            ground.rule in _STATED and published.interval.days <= 2 for ground in published.grounds
        )


def narrowed(
    documents: Iterable[Document],
    families: Iterable[Family],
    stories: Iterable[Story],
    statements: Iterable[Statement],
    words: Dating,
) -> dict[str, Publication]:
    """The pages whose day other pages bound more closely than they do themselves, with all grounds.

    Only pages that change are in the answer. It is the same for any order of the input; what would leave a
    page no day is not applied.
    """
    known = {d.doc_id: _page(d, words) for d in sorted(documents, key=lambda d: d.doc_id)}
    grounds: defaultdict[str, list[Ground]] = defaultdict(list)
    events: defaultdict[str, list[Statement]] = defaultdict(list)
    for statement in sorted(statements, key=lambda s: s.statement_id):
        if statement.kind == "event" and statement.when:
            events[statement.doc_id].append(statement)
    copies = [sorted(family.doc_ids) for family in families]
    told = [sorted(story.doc_ids) for story in stories]
    for _ in range(_ROUNDS):
        before = {doc_id: page.parts for doc_id, page in known.items()}
        for ids in copies:
            _share_their_day([i for i in ids if i in known], known, grounds)
        for ids in told:
            _share_their_year([i for i in ids if i in known], known, grounds)
            _come_in_order([i for i in ids if i in known], known, events, grounds)
        if before == {doc_id: page.parts for doc_id, page in known.items()}:
            break
    return {doc_id: _publication(known[doc_id], found) for doc_id, found in sorted(grounds.items()) if found}


def _page(document: Document, words: Dating) -> _Page:
    published = document.published
    parts: tuple[Window, ...] = ()
    if published:
        parts = ((published.earliest, published.latest),)
        listed = next((ground.text for ground in published.grounds if ground.rule == STRETCHES), None)
        if listed:
            ends = [part.split("..") for part in listed.split(", ")]
            parts = tuple((date.fromisoformat(a), date.fromisoformat(b)) for a, b in ends)
            parts = (*parts[:-1], (parts[-1][0], max(parts[-1][1], published.latest)))
    return _Page(document, parts, frozenset(_days_without_year(document, words)))


def _days_without_year(document: Document, words: Dating) -> Iterable[tuple[int, int]]:
    told = [region for region in document.regions if region.label in ("body", "caption", "dateline")]
    whole = [(region.start, region.end) for region in told] or [(0, len(document.text))]
    for start, end in whole:
        for match in words.month_day.finditer(document.text, start, end):
            if match["year1"] or match["year2"]:
                continue
            month = words.months[(match["month1"] or match["month2"]).lower()]
            for day in (match["day1"] or match["day2"], match["to1"] or match["to2"]):
                if day:
                    yield month, int("".join(filter(str.isdigit, day)))


# --- the rules ---------------------------------------------------------------------------------


def _share_their_day(
    ids: Sequence[str], known: dict[str, _Page], grounds: Mapping[str, list[Ground]]
) -> None:
    """Copies of one text: those that do not state their day have that of the one that is surest."""
    dated = [known[i] for i in ids if known[i].window]
    if len(ids) < 2 or not dated:
        return
    surest = min(dated, key=lambda page: (not page.is_stated, _width(page), page.document.doc_id))
    if not surest.is_sure or surest.window is None:
        return
    first, last = surest.window
    for doc_id in ids:
        if doc_id != surest.document.doc_id and not known[doc_id].is_stated:
            _keep(doc_id, (first, last + _REPRINT), "a copy of a dated page", surest, known, grounds)


def _share_their_year(
    ids: Sequence[str], known: dict[str, _Page], grounds: Mapping[str, list[Ground]]
) -> None:
    """A day that a sure page of the story names binds the year of one that names it too."""
    for doc_id in ids:
        page = known[doc_id]
        if page.is_sure or page.is_stated or not page.days:
            continue
        for sister in (known[i] for i in ids):
            shared = sorted(page.days & sister.days)
            if sister is page or not sister.is_sure or sister.window is None or not shared:
                continue
            near = [day for named in shared if (day := _nearest(named, sister.window))]
            if near:
                reach = timedelta(days=_NEAR)
                window = (min(near) - reach, max(near) + reach)
                _keep(doc_id, window, "names a day that a dated page names", sister, known, grounds)


def _nearest(named: tuple[int, int], window: Window) -> date | None:
    """The day of that name within half a year of a window."""
    found = []
    for year in range(window[0].year - 1, window[1].year + 2):
        try:
            found.append(date(year, *named))
        except ValueError:
            continue
    near = min(found, key=lambda day: gap((day, day), window), default=None)
    return near if near and gap((near, near), window) <= _HALF_YEAR else None


def _come_in_order(
    ids: Sequence[str],
    known: dict[str, _Page],
    events: Mapping[str, Sequence[Statement]],
    grounds: Mapping[str, list[Ground]],
) -> None:
    """What one page tells as still to come and another, of known day, as done lies between the two."""
    for doc_id in ids:
        if known[doc_id].is_sure or known[doc_id].is_stated:
            continue
        for sister_id in ids:
            sister = known[sister_id]
            if sister_id == doc_id or not sister.is_sure:
                continue
            for own in events.get(doc_id, ()):
                day = _same_day(own, events.get(sister_id, ()))
                if day is None:
                    continue
                if own.factuality in _AHEAD:
                    bound = (day[1] - timedelta(days=_NEAR), day[1])
                    _keep(doc_id, bound, "looks ahead to what a dated page tells of", sister, known, grounds)
                elif own.factuality == "actual":
                    bound = (day[0], day[0] + timedelta(days=_NEAR))
                    _keep(doc_id, bound, "reports what a dated page tells of", sister, known, grounds)


def _same_day(own: Statement, theirs: Iterable[Statement]) -> Window | None:
    """The known day of what another page tells of the same states, if the statement may mean that day."""
    for other in theirs:
        if other.when is None or own.when is None or other.when.days > 3:
            continue
        if other.type != own.type or len(own.states() & other.states()) < 2:
            continue
        window = (other.when.earliest, other.when.latest)
        if any(gap(one, window) <= 0 and (one[1] - one[0]).days <= SURE for one in occasions(own.when)):
            return window
    return None


# --- what is left ------------------------------------------------------------------------------


def _keep(
    doc_id: str,
    allowed: Window,
    rule: str,
    sister: _Page,
    known: dict[str, _Page],
    grounds: Mapping[str, list[Ground]],
) -> None:
    """Keeps of a page's window what is allowed, and the ground, if that leaves it some days but fewer."""
    page = known[doc_id]
    parts = tuple(
        (max(first, allowed[0]), min(last, allowed[1]))
        for first, last in page.parts or (allowed,)
        if first <= allowed[1] and allowed[0] <= last
    )
    if not parts or parts == page.parts:
        return
    known[doc_id] = replace(page, parts=parts)
    title = sister.document.title or sister.document.path
    window = f"{sister.window[0]} to {sister.window[1]}" if sister.window else ""
    grounds[doc_id].append(Ground(rule, f"{title} ({window})"))


def _width(page: _Page) -> int:
    return (page.window[1] - page.window[0]).days if page.window else _HALF_YEAR


def _publication(page: _Page, found: Sequence[Ground]) -> Publication:
    published = page.document.published
    first, last = page.window or (date.min, date.max)
    kept = tuple(g for g in published.grounds if g.rule != STRETCHES) if published else ()
    if len(page.parts) > 1:
        kept += (Ground(STRETCHES, ", ".join(f"{a}..{b}" for a, b in page.parts)),)
    best = published.best if published and published.best and first <= published.best <= last else None
    return Publication(first, last, best, _precision((last - first).days + 1), (*kept, *found))


def _precision(width: int) -> Precision:
    if width <= 2:
        return "day"
    return "week" if width <= 7 else "month" if width <= 31 else "range"
