"""Nouns that stand for what names them: "Japanese officials", "the leaders of Japan and Italy"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from communique.model import Actor, Mention
from communique.resolve.page import Page
from communique.resolve.place import ground

if TYPE_CHECKING:
    from spacy.tokens import Token


_DASHES = frozenset(("--", "–", "—"))


def read_agents(page: Page, mentions: Sequence[Mention]) -> list[Mention]:
    """A mention for every noun that stands for the states, organs or bodies named beside it."""
    heads = {(m.passage, m.head) for m in mentions}
    taken = {(m.passage, t) for m in mentions for t in range(m.first, m.last)}
    named: dict[tuple[int, int], list[tuple[Mention, Actor]]] = {}
    for mention in mentions:
        noun = _noun(mention, heads, page)
        if (
            noun is None
            or _is_past(noun, page)
            or noun.pos_ not in ("NOUN", "PROPN")
            or (mention.passage, noun.i) in taken
        ):
            continue
        actor = _stood_for(mention, noun, page)
        if actor is not None:
            named.setdefault((mention.passage, noun.i), []).append((mention, actor))
    found = []
    for (passage, head), pairs in named.items():
        noun = page.doc(passage)[head]
        first = min(head, *(m.first for m, _ in pairs))
        last = max(head + 1, *(m.last for m, _ in pairs))
        demonym = any(m.form == "demonym" for m, _ in pairs)
        stands_on = ground(noun, page.names.ground)
        if noun.lemma_.lower() in page.names.agents.lands:
            if stands_on is None:
                continue
            form = "place"
        else:
            form = "place" if stands_on == "ground" and not demonym else "nominal"
        actors = tuple(dict.fromkeys(actor for _, actor in pairs))
        mention = page.mention(passage, first, last, actors, form, "agent noun")
        found.append(replace(mention, head=head))
    return found


def _is_past(noun: Token, page: Page) -> bool:
    """ "A former Japanese minister" acts for nobody."""
    return any(c.lower_ in page.names.former for c in noun.lefts)


def _noun(mention: Mention, heads: set[tuple[int, int]], page: Page) -> Token | None:
    """The noun a name belongs to: "[Japanese] officials", "leaders of [Japan] and [Italy]"."""
    token = page.doc(mention.passage)[mention.head]
    while token.dep_ == "conj" and (mention.passage, token.head.i) in heads:
        token = token.head
    if token.dep_ == "pobj" and token.head.lower_ == "of":
        return token.head.head
    noun = token.head
    if token.dep_ == "poss":
        return noun
    # "sold Ankara 40 jets", "Algeria -- Police": the name is no part of what follows
    parted = any(t.like_num or t.text in _DASHES for t in token.doc[token.i + 1 : noun.i])
    return noun if token.dep_ in ("amod", "compound", "nmod") and not parted else None


def _stood_for(mention: Mention, noun: Token, page: Page) -> Actor | None:
    """Whom a noun stands for that a mention names; a person's "government" is the state's."""
    actor, lemma = mention.actors[0], noun.lemma_.lower()
    if len(mention.actors) > 1:
        return None
    if actor.kind == "body":
        many = noun.tag_ in ("NNS", "NNPS")
        stands = (
            lemma in page.names.staff_nouns
            or lemma in page.names.agents.forces
            or (many and lemma in page.names.agents.members)
        )
        return actor if stands else None
    if lemma in page.names.agents.lands:
        return page.state(actor.state) if actor.kind == "state" and actor.state else None
    if lemma not in page.names.agent_nouns:
        return None
    if actor.kind == "person":
        acts = actor.state is not None and lemma in page.names.agents.government
        return page.state(actor.state) if acts and actor.state else None
    return actor if actor.kind in ("state", "organ") else None
