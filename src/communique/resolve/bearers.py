"""Who bears a title or an office that a text comes back to: "the minister", "the two leaders"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from communique.model import Actor, Title
from communique.resolve.anaphor_grammar import THE
from communique.resolve.memory import MEMORY, Fits, Memory
from communique.resolve.page import Page
from communique.resolve.titles import Joined

if TYPE_CHECKING:
    from spacy.tokens import Token


class Bearers:
    """Tells by the titles the page gives and the offices of the day whom of those in mind a title means."""

    def __init__(self, page: Page, joined: Joined, memory: Memory) -> None:
        self.page, self.memory = page, memory
        self.given: dict[str, set[str]] = {}
        for held in joined.held:
            if not held.title.former:
                self.given.setdefault(held.holder.actors[0].id, set()).add(page.title_words(held.title))

    def bearing(self, lemma: str, title: Title | None) -> Fits:
        """Whether somebody bears the title meant, or an office a general noun ("leaders") is said of."""
        if title is not None and title.role != "other":
            words, role = self.page.title_words(title), title.role
            return lambda actor: self._bears(actor, words, role)
        roles = self.page.names.anaphora.offices.get(lemma)
        if roles is None:
            return lambda actor: True
        return lambda actor: self.page.offices.has_role(actor.id, roles, self.page.published)

    def _bears(self, actor: Actor, words: str, role: str) -> bool:
        given = self.given.get(actor.id, ())
        if any(title == words or title.endswith(f" {words}") for title in given):
            return True
        return self.page.offices.bears(actor.id, words, role, self.page.published)

    def bearer(self, title: Title, token: Token) -> Actor | None:
        """ "The prime minister": the one named who is, else of the one state spoken of, on the day."""
        doc, words = token.doc, self.page.title_words(title)
        if title.former:
            return None
        owner = next((c for c in token.lefts if c.dep_ == "poss"), None)
        if owner is not None:
            seen = self.memory.at(owner.i)
            return self._holder(title, seen.actors[0]) if seen and len(seen.actors) == 1 else None
        before = doc[title.first - 1].lower_ if title.first else ""
        if before not in THE or any(c.dep_ == "prep" and c.lower_ == "of" for c in token.rights):
            return None
        people = [a for a in self.memory.people(token, MEMORY) if self._bears(a, words, title.role)]
        if len(people) == 1:
            return people[0]
        if people or title.role == "other":
            return None
        states = self.memory.acting_states(token, 2)
        return self._holder(title, states[0]) if len(states) == 1 else None

    def _holder(self, title: Title, of: Actor) -> Actor | None:
        words = self.page.title_words(title)
        holder = self.page.offices.holder(words, title.role, of.state or of.id, self.page.published)
        return self.page.known(holder) if holder else None

    def counterpart(self, token: Token) -> tuple[Actor, ...]:
        """ "His Japanese counterpart": who holds the same office there, else that state."""
        states = [
            a
            for c in token.lefts
            if c.dep_ in ("amod", "compound", "nmod") and (s := self.memory.at(c.i))
            for a in s.actors
            if a.state
        ]
        if len(states) != 1 or token.tag_ != "NN":
            return ()
        state = self.memory.state(states[0])
        owner = next((c for c in token.lefts if c.dep_ == "poss"), None)
        seen = self.memory.at(owner.i) if owner is not None else None
        if seen is not None and len(seen.actors) == 1 and seen.actors[0].kind == "person":
            who = self.page.offices.counterpart(seen.actors[0].id, state.id, self.page.published)
            if who is not None:
                return (self.page.known(who),)
        return (state,)
