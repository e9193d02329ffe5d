"""Narrows when a page appeared by the pages that tell the same story."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from communique.model import Document, Ground, Publication, Story
from communique.reconcile.days import NARROW, Window

REACH = timedelta(days=10)
"""How long before or after its sisters a page of one happening appears."""


def dated_by_sisters(documents: Mapping[str, Document], stories: Iterable[Story]) -> dict[str, Document]:
    """The documents, those of uncertain date with the part of their window that lies near their sisters'.

    Sisters are the dated pages of the same story. A page that cannot have appeared near them, or whose
    sisters lie far from one another, stays as it is.
    """
    found = dict(documents)
    for story in stories:
        told = [documents[i] for i in story.doc_ids if i in documents]
        windows = {d.doc_id: (d.published.earliest, d.published.latest) for d in told if d.published}
        sure = [window for window in windows.values() if (window[1] - window[0]).days < NARROW]
        if not sure:
            continue
        first, last = min(w[0] for w in sure), max(w[1] for w in sure)
        if last - first > 2 * REACH + timedelta(days=NARROW):
            continue
        for document in told:
            own = windows.get(document.doc_id, (date.min, date.max))
            if (own[1] - own[0]).days < NARROW:
                continue
            near: Window = (max(own[0], first - REACH), min(own[1], last + REACH))
            if near[0] <= near[1]:
                found[document.doc_id] = _dated(document, near)
    return found


def _dated(document: Document, near: Window) -> Document:
    grounds = document.published.grounds if document.published else ()
    ground = Ground("sister pages", "what other pages of its story say")
    return replace(
        document, published=Publication(near[0], near[1], None, "range", (*grounds, ground))
    )
