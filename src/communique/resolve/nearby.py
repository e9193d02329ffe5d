"""Whose president somebody is whom neither the domain data nor the page say so of: by the states around."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from communique.model import Mention, Title
from communique.resolve.memory import SUBJECTS
from communique.resolve.page import Page

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

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

    earlier = _sentence_before(here, title.passage, page)
    before = [m for m in mentions if earlier and m.passage == earlier[0] and m.first in earlier[1]]
    for near in (inside, before):
        # Where they are is the likeliest; then whoever else is named.
        places = [m for m in near if m.form == "place"]
        last = [m for m in places if near is before or m.first < title.first][-1:]
        for found in (last, places, near):
            if states := fitting(found):
                return states.pop() if len(states) == 1 else None
    return None


def state_of_the_untold(mention: Mention, page: Page, mentions: Sequence[Mention]) -> str | None:
    """The state of one whom a text calls by title first and names in the next sentence, as subject of both.

    "Armenia's prime minister said on Friday ... Nikol Pashinyan spoke during a visit to Paris."
    """
    doc = page.doc(mention.passage)
    head, here = doc[mention.head], doc[mention.first].sent
    if mention.last - mention.first < 2 or head.dep_ not in SUBJECTS or head.head != here.root:
        return None
    earlier = _sentence_before(here, mention.passage, page)
    if earlier is None:
        return None
    passage, tokens = earlier
    subjects = [
        m
        for m in mentions
        if m.passage == passage and m.head in tokens and _is_main_subject(page.doc(passage)[m.head])
    ]
    titled = [m for m in subjects if m.form == "title" and m.actors[0].kind == "state"]
    return titled[0].actors[0].state if len(titled) == 1 == len(subjects) else None


def _is_main_subject(token: Token) -> bool:
    return token.dep_ in SUBJECTS and token.head.dep_ == "ROOT"


def _stands_alone(title: Title, doc: Doc) -> bool:
    """Whether a title in capitals has no word before it that says whose it is: "Club President", "Mali's"."""
    if not doc[title.first].is_title:
        return False
    before = doc[title.first - 1] if title.first else None
    return before is None or before.pos_ not in ("PROPN", "NOUN", "ADJ", "PART")


def _sentence_before(here: Span, passage: int, page: Page) -> tuple[int, range] | None:
    """The passage and the tokens of the sentence before, also across a paragraph."""
    if here.start:
        sentence = page.doc(passage)[here.start - 1].sent
        return passage, range(sentence.start, sentence.end)
    if passage:
        doc = page.doc(passage - 1)
        if len(doc):
            sentence = doc[len(doc) - 1].sent
            return passage - 1, range(sentence.start, sentence.end)
    return None
