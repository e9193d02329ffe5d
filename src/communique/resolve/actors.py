"""Decides whom each name on a page means, right at the page's date, and joins titles to their bearers.

A name is given to an actor only on grounds the page or the domain data supply; without them it is
left open. A wrong actor is worse than none.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from communique.domain.lexicon.names import Names
from communique.domain.load import Domain
from communique.domain.schema import Office
from communique.model import Actor, Candidate, Cast, HeldTitle, Interval, Mention, Parsed, Title
from communique.resolve.coreference import anaphora

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

IN_OFFICE_SLACK = timedelta(days=400)
_INSIDE = frozenset(
    ("in", "at", "near", "across", "around", "outside", "inside", "off", "throughout", "within")
)
_DETERMINERS = frozenset(("the", "a", "an", "its", "his", "her", "their", "’s", "'s", "s"))


def slug(name: str) -> str:
    """An identifier from a name.

    >>> slug("Karine Jean-Pierre"), slug("Josep Borrell i Fontelles, Jr.")
    ('karine-jean-pierre', 'josep-borrell-i-fontelles-jr')
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "unnamed"


def resolve(
    parsed: Parsed,
    candidates: Sequence[Candidate],
    titles: Sequence[Title],
    published: Interval | None,
    domain: Domain,
    names: Names,
) -> Cast:
    """The cast of a page: who is named, by name, title, demonym, metonym or in coming back to them."""
    page = _Page(parsed, published, domain, names, tuple(candidates), tuple(titles))
    page.name_names()
    page.join_titles()
    page.read_agents()
    mentions = page.mentions + anaphora(parsed, page.mentions, names, domain.states)
    order = sorted(mentions, key=lambda m: (m.passage, m.first, m.last))
    return Cast(tuple(order), tuple(page.held))


@dataclass
class _Page:
    parsed: Parsed
    published: Interval | None
    domain: Domain
    names: Names
    candidates: tuple[Candidate, ...]
    titles: tuple[Title, ...]
    mentions: list[Mention] = field(default_factory=list)
    held: list[HeldTitle] = field(default_factory=list)

    def doc(self, passage: int) -> Doc:
        return self.parsed.passages[passage].doc

    # --- names ---------------------------------------------------------------------------------

    def name_names(self) -> None:
        """Give each candidate its actor, first those that stand alone, then those that need the page."""
        self.states_named = {
            i
            for c in self.candidates
            if c.table == "states" and c.naming in ("name", "demonym")
            for i in c.ids[:1]
        }
        self.full: dict[str, set[str]] = defaultdict(set)
        self.found: dict[str, str] = {}
        for c in self.candidates:
            if c.table == "people" and c.naming == "full":
                for person_id in c.ids:
                    person = self.domain.people[person_id]
                    self.full[person.family.lower()].add(person_id)
                    if person.state:
                        self.states_named.add(person.state)
            elif c.table == "person" and c.last - c.first > 1:
                self.found.setdefault(self._words(c).split()[-1].lower(), self._words(c))
            elif c.table == "organs" and c.naming == "name":
                self.states_named.add(self.domain.organs[c.ids[0]].state)
        for candidate in self.candidates:
            actor = self._actor(candidate)
            if actor is not None:
                self._mention(candidate, actor)

    def _actor(self, c: Candidate) -> Actor | None:
        match c.table:
            case "states":
                return self._state(c)
            case "bodies":
                return self._listed(c, Actor(c.ids[0], self.domain.bodies[c.ids[0]].name, "body"))
            case "organs":
                organ = self.domain.organs[c.ids[0]]
                if c.naming == "weak" and organ.state not in self.states_named:
                    return None
                return Actor(c.ids[0], organ.name, "organ", organ.state)
            case "publishers":
                return Actor(c.ids[0], self.domain.publishers[c.ids[0]].name, "organisation")
            case "people":
                return self._person(c)
            case "person":
                return self._found_person(c)
            case _:
                return Actor(slug(c.ids[0]), c.ids[0], "organisation")

    def _listed(self, c: Candidate, actor: Actor) -> Actor | None:
        """A body by a weak name counts only in capitals as they are written, never in a shouted line."""
        return None if c.naming == "weak" and self._shouted(c) else actor

    def _state(self, c: Candidate) -> Actor | None:
        codes = c.ids
        if len(codes) > 1:
            codes = tuple(code for code in codes if code in self.states_named) or ()
            if len(codes) != 1:
                return None
        code = codes[0]
        if c.naming == "weak" and code not in self.states_named:
            token = self.doc(c.passage)[c.first]
            acronym = token.text.isupper() and not self._shouted(c)
            if not acronym and token.ent_type_ != "GPE":
                return None
        if c.naming == "seat":
            token = self.doc(c.passage)[c.last - 1]
            if (
                token.ent_type_ in ("PERSON", "ORG")
                and self._words(c) != token.text
                and code not in self.states_named
            ):
                return None
            if c.last < len(token.doc) and token.dep_ == "compound" and token.head.ent_type_ == "PERSON":
                return None
        return Actor(code, self.domain.states[code].name, "state", code)

    def _person(self, c: Candidate) -> Actor | None:
        if c.naming == "full":
            ids = c.ids if len(c.ids) == 1 else tuple(self._in_office(c.ids)) or c.ids[:1]
            return self._known(ids[0])
        doc = self.doc(c.passage)
        if self._inside_longer_name(c):
            return None
        family = self.domain.people[c.ids[0]].family.lower()
        page = self.full.get(family, set())
        if len(page) == 1:
            return self._known(next(iter(page)))
        if family in self.found:
            return self._unknown(self.found[family])
        title = next((t for t in self.titles if t.passage == c.passage and t.last == c.first), None)
        pool = [i for i in c.ids if not page or i in page]
        if title is not None:
            pool = [
                i for i in pool if any(self._is_office(title, t.office) for t in self.domain.tenures_of(i))
            ]
            pool = pool if len(pool) == 1 or title.former else self._in_office(pool) or pool
        else:
            if doc[c.first].pos_ != "PROPN":
                return None
            states = self.states_named
            holding = self._in_office(pool)
            pool = [i for i in holding if self.domain.people[i].state in states]
            if not pool and doc[c.first].ent_type_ in ("PERSON", "ORG"):
                pool = holding
        if len(pool) == 1:
            return self._known(pool[0])
        return self._unknown(self._words(c)) if title is not None and not c.ids else None

    def _inside_longer_name(self, c: Candidate) -> bool:
        """Whether a bare family name is part of a longer name ("Abe Lincoln", "Bush Street")."""
        doc = self.doc(c.passage)
        before = doc[c.first - 1] if c.first else None
        after = doc[c.last] if c.last < len(doc) else None
        titled = any(t.passage == c.passage and t.last == c.first for t in self.titles)
        if (
            after is not None
            and after.pos_ == "PROPN"
            and after.text[0].isupper()
            and after.head.i <= after.i
        ):
            return not any(
                o.passage == c.passage and o.first == c.last for o in self.candidates if o.table != "people"
            )
        if before is None or titled or before.pos_ != "PROPN" or not before.text[0].isupper():
            return False
        return before.head.i == doc[c.first].i and before.dep_ == "compound"

    def _in_office(self, ids: Iterable[str]) -> list[str]:
        if self.published is None:
            return list(ids) if len(list(ids)) == 1 else []
        first, last = self.published.earliest - IN_OFFICE_SLACK, self.published.latest
        return [
            i
            for i in ids
            if any(t.since <= last and (t.until or date.max) >= first for t in self.domain.tenures_of(i))
        ]

    def _known(self, person_id: str) -> Actor:
        person = self.domain.people[person_id]
        return Actor(person_id, person.name, "person", person.state)

    def _found_person(self, c: Candidate) -> Actor | None:
        words = self._words(c)
        if c.last - c.first == 1:
            family = words.lower()
            if family in self.found:
                return self._unknown(self.found[family])
            if len(self.full.get(family, ())) == 1:
                return self._known(next(iter(self.full[family])))
            if not any(t.passage == c.passage and t.last == c.first for t in self.titles):
                return None
        return self._unknown(words)

    def _unknown(self, name: str) -> Actor:
        return Actor(slug(name), name, "person")

    def _words(self, c: Candidate) -> str:
        return self.doc(c.passage)[c.first : c.last].text

    def _shouted(self, c: Candidate) -> bool:
        sentence = self.doc(c.passage)[c.first].sent
        letters = [t.text for t in sentence if t.is_alpha]
        return len(letters) > 3 and sum(word.isupper() for word in letters) > 0.6 * len(letters)

    def _mention(self, c: Candidate, actor: Actor) -> None:
        doc = self.doc(c.passage)
        head = doc[c.first : c.last].root
        form: str = {"demonym": "demonym", "seat": "metonym"}.get(c.naming, "name")
        if (
            form == "demonym"
            and head.pos_ in ("NOUN", "PROPN")
            and head.dep_ not in ("compound", "amod", "nmod")
        ):
            form = "name"
        if actor.kind in ("state", "organ") and form in ("name", "metonym") and _stands_as_place(head):
            form = "place"
        span = self.parsed.passages[c.passage].span(doc[c.first : c.last])
        self.mentions.append(
            Mention(c.passage, c.first, c.last, head.i, span.start, span.end, (actor,), form, c.naming)  # type: ignore[arg-type]
        )

    # --- titles --------------------------------------------------------------------------------

    def join_titles(self) -> None:
        """Join each title to the person it stands beside, or to the holder of the office on the day."""
        persons = {
            (m.passage, token): m
            for m in self.mentions
            if m.actors[0].kind == "person"
            for token in range(m.first, m.last)
        }
        by_token = {(m.passage, t): m for m in self.mentions for t in range(m.first, m.last)}
        for title in self.titles:
            doc = self.doc(title.passage)
            of = self._of(title, doc, by_token)
            person = self._bearer(title, doc, persons)
            if person is not None:
                actor = person.actors[0]
                if actor.state is None and of is not None and of.state:
                    actor = replace(actor, state=of.state)
                    self._replace_everywhere(actor)
                of = of or self._office_of(actor, title)
                span = self.parsed.passages[title.passage].span(doc[title.first : title.last])
                if title.last == person.first:
                    wider = replace(
                        person, first=title.first, start=span.start, actors=(actor,), grounds="title and name"
                    )
                    self._swap(person, wider)
                    for token in range(wider.first, wider.last):
                        persons[(wider.passage, token)] = wider
                    person = wider
                self.held.append(HeldTitle(title, replace(person, actors=(actor,)), of))
            elif of is not None and doc[title.last - 1].tag_ in ("NN", "NNP"):
                self._title_alone(title, of, doc)

    def _bearer(self, title: Title, doc: Doc, persons: dict[tuple[int, int], Mention]) -> Mention | None:
        at = title.last
        if person := persons.get((title.passage, at)):
            return person
        if doc[title.last : title.last + 3].text.lower() == "at the time":
            at += 3
        if at < len(doc) and doc[at].text == ",":
            if person := persons.get((title.passage, at + 1)):
                apposed = doc[person.head].dep_ == "appos" or doc[title.last - 1].dep_ in (
                    "appos",
                    "nsubj",
                    "nsubjpass",
                )
                return person if apposed else None
        # "Name, [the] [Japanese] title"
        back = title.first - 1
        while back >= 0 and title.first - back <= 6 and doc[back].text != ",":
            if doc[back].pos_ in ("VERB", "AUX", "ADP", "CCONJ"):
                return None
            back -= 1
        if back > 0 and doc[back].text == ",":
            return persons.get((title.passage, back - 1))
        return None

    def _of(self, title: Title, doc: Doc, by_token: dict[tuple[int, int], Mention]) -> Actor | None:
        """Whose office: the state, organ or body named right before or, after "of", right behind."""
        at = title.first - 1
        while at >= 0 and (doc[at].lower_ in ("’s", "'s", "-") or doc[at].lower_ in self.names.former):
            at -= 1
        mention = by_token.get((title.passage, at))
        if mention is not None and mention.actors[0].kind in ("state", "organ", "body"):
            return mention.actors[0]
        at = title.last
        if at < len(doc) and doc[at].lower_ in ("of", "to", "for"):
            at += 1
            while at < len(doc) and doc[at].lower_ in _DETERMINERS:
                at += 1
            mention = by_token.get((title.passage, at))
            if mention is not None and mention.actors[0].kind in ("state", "organ", "body"):
                return mention.actors[0]
        return None

    def _office_of(self, actor: Actor, title: Title) -> Actor | None:
        """Whose office it is by the domain data, when the text leaves it out."""
        for tenure in self.domain.tenures_of(actor.id):
            if self._is_office(title, tenure.office):
                of = tenure.office.of
                if of in self.domain.states:
                    return Actor(of, self.domain.states[of].name, "state", of)
                if of in self.domain.bodies:
                    return Actor(of, self.domain.bodies[of].name, "body")
        if actor.state in self.domain.states and actor.state is not None:
            return Actor(actor.state, self.domain.states[actor.state].name, "state", actor.state)
        return None

    def _is_office(self, title: Title, office: Office) -> bool:
        """Whether a title is one the office bears; only where none of its titles match, by its role."""
        words = self.doc(title.passage)[title.first : title.last].text.lower().rstrip("s")
        if words in {t.lower() for t in office.titles}:
            return True
        return title.role == "other" or (title.role == office.role and words not in self._office_titles)

    @cached_property
    def _office_titles(self) -> frozenset[str]:
        return frozenset(t.lower() for office in self.domain.offices.values() for t in office.titles)

    def _title_alone(self, title: Title, of: Actor, doc: Doc) -> None:
        """ "The Japanese prime minister": who held the office over the whole window, else the state."""
        actor = of if of.state is None else Actor(of.state, self._state_name(of.state), "state", of.state)
        grounds = "title stands for the state"
        if self.published is not None and not title.former and of.kind in ("state", "body"):
            window = self.published
            holders = {
                t.person_id
                for t in self.domain.tenures
                if t.office.of == of.id
                and t.holds_on(window.earliest)
                and t.holds_on(window.latest)
                and self._is_office(title, t.office)
            }
            if len(holders) == 1:
                actor, grounds = self._known(holders.pop()), "holder of the office on the day"
        head = doc[title.first : title.last].root
        span = self.parsed.passages[title.passage].span(doc[title.first : title.last])
        self.mentions.append(
            Mention(
                title.passage,
                title.first,
                title.last,
                head.i,
                span.start,
                span.end,
                (actor,),
                "title",
                grounds,
            )
        )

    def _state_name(self, code: str) -> str:
        return self.domain.states[code].name if code in self.domain.states else code

    def _swap(self, old: Mention, new: Mention) -> None:
        place = (old.passage, old.head)
        self.mentions = [
            new if (m.passage, m.head) == place and m.form != "title" else m for m in self.mentions
        ]

    def _replace_everywhere(self, actor: Actor) -> None:
        self.mentions = [
            replace(m, actors=(actor,)) if m.actors[0].id == actor.id and m.actors[0].kind == "person" else m
            for m in self.mentions
        ]

    # --- agents --------------------------------------------------------------------------------

    def read_agents(self) -> None:
        """Nouns that stand for what names them: "Japanese officials", "the leaders of Japan and Italy"."""
        by_head = {(m.passage, m.head): m for m in self.mentions}
        taken = {(m.passage, t) for m in self.mentions for t in range(m.first, m.last)}
        found: dict[tuple[int, int], list[Mention]] = {}
        for mention in self.mentions:
            token = self.doc(mention.passage)[mention.head]
            while token.dep_ == "conj" and (mention.passage, token.head.i) in by_head:
                token = token.head
            noun = token.head
            if token.dep_ == "pobj" and noun.lower_ == "of":
                noun = noun.head
            elif token.dep_ not in ("amod", "compound", "poss", "nmod"):
                continue
            lemma = noun.lemma_.lower()
            stands = self.names.anaphora.body if mention.actors[0].kind == "body" else ()
            if noun.pos_ in ("NOUN", "PROPN") and (lemma in self.names.agent_nouns or lemma in stands):
                found.setdefault((mention.passage, noun.i), []).append(mention)
        for (passage, head), named in found.items():
            if (passage, head) in taken:
                continue
            noun = self.doc(passage)[head]
            actors = tuple(dict.fromkeys(a for m in named if (a := self._stood_for(m, noun)) is not None))
            if not actors:
                continue
            first = min(head, *(m.first for m in named))
            last = max(head + 1, *(m.last for m in named))
            span = self.parsed.passages[passage].span(self.doc(passage)[first:last])
            demonym = any(m.form == "demonym" for m in named)
            form = "place" if _stands_as_place(noun) and not demonym else "nominal"
            self.mentions.append(
                Mention(passage, first, last, head, span.start, span.end, actors, form, "agent noun")  # type: ignore[arg-type]
            )

    def _stood_for(self, mention: Mention, noun: Token) -> Actor | None:
        """Whom a noun stands for that `mention` names; a person's "government" is the state's."""
        actor = mention.actors[0]
        if len(mention.actors) > 1 or actor.kind not in ("state", "organ", "body", "person"):
            return None
        if actor.kind == "person":
            if actor.state is None or noun.lemma_.lower() not in self.names.agents.government:
                return None
            return Actor(actor.state, self._state_name(actor.state), "state", actor.state)
        return actor


def _stands_as_place(head: object) -> bool:
    token = head
    return token.dep_ == "pobj" and token.head.lower_ in _INSIDE  # type: ignore[attr-defined]
