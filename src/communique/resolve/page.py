"""What a page has to say about who is meant: its names, its titles, its day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from communique.domain.lexicon.names import Names
from communique.domain.load import Domain
from communique.model import Actor, Candidate, Interval, Mention, Parsed, Title
from communique.resolve.offices import Offices, offices_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


@dataclass(frozen=True)
class Page:
    """One page: its parse, what may be names and titles in it, and when it was published."""

    parsed: Parsed
    candidates: tuple[Candidate, ...]
    titles: tuple[Title, ...]
    published: Interval | None
    domain: Domain
    names: Names

    @cached_property
    def offices(self) -> Offices:
        """Who held which office when."""
        return offices_of(self.domain)

    def doc(self, passage: int) -> Doc:
        """The parse of one passage."""
        return self.parsed.passages[passage].doc

    def words(self, part: Candidate | Title) -> str:
        """A name or title as it stands."""
        return self.doc(part.passage)[part.first : part.last].text

    def title_words(self, title: Title) -> str:
        """A title in small letters and for one person."""
        words = self.words(title).lower()
        return words[:-1] if self.is_plural(title) else words

    def is_plural(self, title: Title) -> bool:
        """Whether a title is that of several people ("Presidents")."""
        words = self.words(title).lower()
        return words not in self.names.role_of_title and words.endswith("s")

    def shouted(self, token: Token) -> bool:
        """Whether a word stands in a line of capitals."""
        letters = [t.text for t in token.sent if t.is_alpha]
        return len(letters) > 3 and sum(word.isupper() for word in letters) > 0.6 * len(letters)

    # --- where things are ----------------------------------------------------------------------

    @cached_property
    def title_before(self) -> Mapping[tuple[int, int], Title]:
        """Titles by passage and the token behind them."""
        return {(t.passage, t.last): t for t in self.titles}

    @cached_property
    def title_from(self) -> Mapping[tuple[int, int], Title]:
        """Titles by passage and their first token."""
        return {(t.passage, t.first): t for t in self.titles}

    @cached_property
    def candidate_at(self) -> Mapping[tuple[int, int], Candidate]:
        """Candidates by passage and token."""
        return {(c.passage, t): c for c in self.candidates for t in range(c.first, c.last)}

    @cached_property
    def title_tokens(self) -> frozenset[tuple[int, int]]:
        """Passage and token of every word of a title."""
        return frozenset((t.passage, i) for t in self.titles for i in range(t.first, t.last))

    def in_longer_name(self, c: Candidate) -> bool:
        """Whether a name is part of a longer one: "Park Avenue", "George Washington", "Camp David"."""
        doc = self.doc(c.passage)
        head = doc[c.last - 1]
        if c.last < len(doc) and head.dep_ in ("compound", "nmod") and head.head.i >= c.last:
            after, beyond = doc[c.last], self.candidate_at.get((c.passage, c.last))
            known = beyond is not None and beyond.table not in ("person", "organisation")
            acting = (
                c.passage,
                c.last,
            ) in self.title_tokens or after.lemma_.lower() in self.names.agent_nouns
            if after.pos_ == "PROPN" and after.text[0].isupper() and not known and not acting:
                return True
        if not c.first or (c.passage, c.first) in self.title_before:
            return False
        before = doc[c.first - 1]
        joined = before.dep_ == "compound" and c.first <= before.head.i < c.last
        named = before.pos_ == "PROPN" and before.text[0].isupper() and before.is_alpha
        return joined and named and (c.passage, c.first - 1) not in self.candidate_at

    # --- what it names outright ----------------------------------------------------------------

    @cached_property
    def states(self) -> frozenset[str]:
        """The states the page names by a name, a demonym, a seat, an organ or a person in full."""
        found: set[str] = set()
        for c in self.candidates:
            if code := self.state_of(c):
                found.add(code)
        return frozenset(found)

    def state_of(self, c: Candidate) -> str | None:
        """The state a candidate points to without any doubt of its own."""
        match c.table:
            case "states" if c.naming in ("name", "demonym", "seat") and len(c.ids) == 1:
                misled = c.naming == "seat" and self.words(c) in self.names.misleading.namesakes
                return None if misled else c.ids[0]
            case "organs" if c.naming == "name":
                return self.domain.organs[c.ids[0]].state
            case "people" if c.naming == "full":
                return self.known(c.ids[0]).state
        return None

    @cached_property
    def bodies(self) -> frozenset[str]:
        """The bodies the page names by a strong name."""
        return frozenset(c.ids[0] for c in self.candidates if c.table == "bodies" and c.naming == "name")

    @cached_property
    def full(self) -> Mapping[str, frozenset[str]]:
        """People of the domain data named in full, by family name in small letters."""
        found: dict[str, set[str]] = defaultdict(set)
        for c in self.candidates:
            if c.table == "people" and c.naming == "full":
                for person_id in c.ids:
                    found[self.domain.people[person_id].family.lower()].add(person_id)
        return {family: frozenset(ids) for family, ids in found.items()}

    @cached_property
    def found(self) -> Mapping[str, frozenset[str]]:
        """People the domain data lack, named in full, by the last word of their names."""
        found: dict[str, set[str]] = defaultdict(set)
        for c in self.candidates:
            if c.table == "person" and c.last - c.first > 1:
                words = self.words(c)
                found[words.split()[-1].lower()].add(words)
        return {family: frozenset(names) for family, names in found.items()}

    @cached_property
    def given(self) -> frozenset[str]:
        """The first words of the names of people the domain data lack."""
        return frozenset(name.split()[0].lower() for names in self.found.values() for name in names)

    # --- making mentions -----------------------------------------------------------------------

    def known(self, person_id: str) -> Actor:
        """A person of the domain data; one who holds office in a body acts for no state."""
        person = self.domain.people[person_id]
        state = None if self.offices.body_served(person_id, self.published) else person.state
        return Actor(person_id, person.name, "person", state)

    def state(self, code: str) -> Actor:
        """A state."""
        name = self.domain.states[code].name if code in self.domain.states else code
        return Actor(code, name, "state", code)

    def mention(
        self, passage: int, first: int, last: int, actors: tuple[Actor, ...], form: str, grounds: str
    ) -> Mention:
        """A mention of tokens `first` to `last` of a passage."""
        tokens = self.doc(passage)[first:last]
        span = self.parsed.passages[passage].span(tokens)
        return Mention(passage, first, last, tokens.root.i, span.start, span.end, actors, form, grounds)  # type: ignore[arg-type]
