"""Narrows when a page appeared by the pages that tell the same story."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from communique.model import Document, Ground, Publication, Statement, Story
from communique.reconcile.days import NARROW, Window, gap, occasions

REACH = timedelta(days=10)
"""How long before or after its sisters a page of one happening appears."""


def dated_by_sisters(
    documents: Mapping[str, Document], stories: Iterable[Story], statements: Iterable[Statement]
) -> dict[str, Document]:
    """The documents, those of uncertain date with the part of their window that lies near their sisters'.

    A sister is a dated page of the same story that tells of an event of the same kind between the same
    states on a day that the other may mean as well ("on Thursday").
    """
    events: defaultdict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        if statement.kind == "event" and statement.when and len(statement.states()) > 1:
            events[statement.doc_id].append(statement)
    found = dict(documents)
    for story in stories:
        told = [documents[i] for i in story.doc_ids if i in documents]
        windows = {d.doc_id: (d.published.earliest, d.published.latest) for d in told if d.published}
        sure = [i for i, window in windows.items() if (window[1] - window[0]).days < NARROW]
        for document in told:
            own = windows.get(document.doc_id, (date.min, date.max))
            if document.doc_id in sure:
                continue
            sisters = [windows[i] for i in sure if _one_day(events[document.doc_id], events[i])]
            if not sisters:
                continue
            first, last = min(w[0] for w in sisters), max(w[1] for w in sisters)
            near = max(own[0], first - REACH), min(own[1], last + REACH)
            if near[0] <= near[1] and last - first <= 3 * REACH:
                found[document.doc_id] = _dated(document, near)
    return found


def _one_day(uncertain: Iterable[Statement], certain: Iterable[Statement]) -> bool:
    known = [(s, s.when) for s in certain if s.when and s.when.days <= REACH.days]
    return any(
        one.type == other.type
        and len(one.states() & other.states()) > 1
        and any(gap(window, (when.earliest, when.latest)) <= 0 for window in occasions(one.when))
        for one in uncertain
        if one.when
        for other, when in known
    )


def _dated(document: Document, near: Window) -> Document:
    grounds = document.published.grounds if document.published else ()
    ground = Ground("sister pages", "what other pages of its story say")
    return replace(document, published=Publication(near[0], near[1], None, "range", (*grounds, ground)))
