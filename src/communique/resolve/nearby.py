"""Whose president somebody is whom neither the domain data nor the page say so of: by the states around."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from communique.model import Mention, Title
from communique.resolve.page import Page

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

NATIONAL = frozenset(("head_of_state", "head_of_government", "deputy", "foreign", "defence"))
"""Roles of offices that only states have, if the title stands by itself before a name."""


def state_nearby(title: Title, page: Page, mentions: Sequence[Mention]) -> str | None:
    """The one state around a title that may be its bearer's: of this sentence, then of the one before.

    Not those whose people are named in the sentence (a leader meets those of other states), nor those in
    which the data know another in that office on the day.
    """
    doc = page.doc(title.passage)
    if title.role not in NATIONAL or title.former or not _stands_alone(title, doc):
        return None
    here = doc[title.first].sent
    inside = [m for m in mentions if m.passage == title.passage and here.start <= m.first < here.end]
    others = {a.state for m in inside for a in m.actors if a.kind == "person" and a.state}
    words = page.title_words(title)

    def fitting(found: Iterable[Mention]) -> set[str]:
        states = {a.state for m in found for a in m.actors if a.state} - others
        return {s for s in states if not page.offices.holder(words, title.role, s, page.published)}

    earlier = _sentence_before(here, title, page)
    before = [m for m in mentions if earlier and m.passage == earlier[0] and m.first in earlier[1]]
    for near in (inside, before):
        # Where they are is the likeliest; then whoever else is named.
        places = [m for m in near if m.form == "place"]
        last = [m for m in places if near is before or m.first < title.first][-1:]
        for found in (last, places, near):
            if states := fitting(found):
                return states.pop() if len(states) == 1 else None
    return None


def _stands_alone(title: Title, doc: Doc) -> bool:
    """Whether a title in capitals has no word before it that says whose it is: "Club President", "Mali's"."""
    if not doc[title.first].is_title:
        return False
    before = doc[title.first - 1] if title.first else None
    return before is None or before.pos_ not in ("PROPN", "NOUN", "ADJ", "PART")


def _sentence_before(here: Span, title: Title, page: Page) -> tuple[int, range] | None:
    """The passage and the tokens of the sentence before, also across a paragraph."""
    if here.start:
        sentence = page.doc(title.passage)[here.start - 1].sent
        return title.passage, range(sentence.start, sentence.end)
    if title.passage:
        doc = page.doc(title.passage - 1)
        if len(doc):
            sentence = doc[len(doc) - 1].sent
            return title.passage - 1, range(sentence.start, sentence.end)
    return None
