"""Comes back to those a text named before: pronouns, "the country", "the two leaders", "the minister"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from communique.model import Actor, Mention, Title
from communique.resolve import plural, singular
from communique.resolve.anaphor_grammar import (
    BOTH,
    Phrase,
    in_purpose,
    is_bare,
    is_both,
    is_expletive,
    is_subject,
    noun_phrase,
)
from communique.resolve.bearers import Bearers
from communique.resolve.memory import SUBJECTS, Memory, Seen
from communique.resolve.page import Page
from communique.resolve.titles import Joined

if TYPE_CHECKING:
    from spacy.tokens import Span as TokenSpan
    from spacy.tokens import Token

_HE = frozenset(("he", "him", "his"))
_SHE = frozenset(("she", "her", "hers"))
_THING = frozenset(("it", "its"))
_PLURAL = frozenset(("they", "them", "their", "theirs"))
_MEASURES = frozenset(("DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "CARDINAL"))


def anaphora(page: Page, named: Sequence[Mention], joined: Joined) -> list[Mention]:
    """Mentions of form `pronoun`, `nominal` and `title` for words that come back to those in `named`."""
    reading = _Reading(page, joined)
    by_head: dict[tuple[int, int], Mention] = {}
    for mention in named:
        held = by_head.get((mention.passage, mention.head))
        if held is None or mention.last - mention.first > held.last - held.first:
            by_head[(mention.passage, mention.head)] = mention
    covered = {(m.passage, t) for m in named for t in range(m.first, m.last)}
    found: list[Mention] = []
    last, in_passage = -1, 0
    for number, (passage, sentence) in enumerate(page.parsed.sentences()):
        in_passage = in_passage + 1 if passage == last else 0
        last = passage
        heads = {t.i: m for t in sentence if (m := by_head.get((passage, t.i)))}
        reading.begin(number, in_passage, passage, sentence, heads, covered)
        for token in sentence:
            if (passage, token.i) in covered:
                continue
            if token.pos_ not in ("PRON", "NOUN", "PROPN") and not is_both(token):
                continue
            actors, first = reading.antecedents(passage, token)
            if not actors:
                continue
            form: Literal["pronoun", "nominal"] = "pronoun" if token.pos_ == "PRON" else "nominal"
            span = page.parsed.passages[passage].span(sentence.doc[first : token.i + 1])
            mention = Mention(
                passage, first, token.i + 1, token.i, span.start, span.end, actors, form, "comes back to"
            )
            found.append(mention)
            reading.memory.add(reading.seen(number, token, mention, heads))
    return found


class _Reading:
    """Reads word after word, and asks the memory whom each may mean."""

    def __init__(self, page: Page, joined: Joined) -> None:
        self.page, self.pronouns = page, joined.pronouns
        self.anaphora = page.names.anaphora
        self.memory = Memory(page.domain.states)
        self.humans = page.names.person_nouns
        self.bilateral: dict[str, int] = {}
        self.bearers = Bearers(page, joined, self.memory)
        self.title_at = {(t.passage, t.last - 1): t for t in page.titles}

    def begin(
        self,
        number: int,
        in_passage: int,
        passage: int,
        sentence: TokenSpan,
        heads: dict[int, Mention],
        covered: set[tuple[int, int]],
    ) -> None:
        """A new sentence: those it names, and the nouns that name nobody."""
        seen = [self.seen(number, sentence.doc[i], mention, heads) for i, mention in heads.items()]
        for token in sentence:
            if (passage, token.i) in covered or token.pos_ != "NOUN" or token.ent_type_ in _MEASURES:
                continue
            apposed = token.dep_ == "appos" or any(c.dep_ == "appos" and c.i in heads for c in token.children)
            if not apposed:
                seen.append(
                    Seen(
                        number,
                        token.i,
                        (),
                        is_subject(token),
                        plural=token.tag_ == "NNS",
                        human=token.lemma_.lower() in self.humans,
                    )
                )
        self.memory.begin(number, in_passage, seen)

    def seen(self, number: int, token: Token, mention: Mention, heads: dict[int, Mention]) -> Seen:
        """A mention as it is kept in mind."""
        ground = mention.form == "demonym" or (mention.form == "place" and mention.grounds != "goal")
        lemma = token.lemma_.lower()
        nominal = mention.form in ("nominal", "title") or mention.grounds == "demonym"
        return Seen(
            number,
            token.i,
            mention.actors,
            is_subject(token),
            main=token.dep_ in SUBJECTS and token.head.dep_ == "ROOT",
            place=ground,
            owner=token.dep_ == "poss",
            plural=nominal and token.tag_ in ("NNS", "NNPS"),
            human=mention.form in ("nominal", "title")
            and lemma in self.humans
            and not any(c.dep_ == "appos" and c.i in heads for c in token.children),
            pronoun=mention.form == "pronoun",
            guest=mention.form == "nominal" and lemma in self.page.names.agents.forces,
            goal=mention.grounds == "goal",
            modifier=token.dep_ in ("compound", "amod", "nmod"),
            bare=is_bare(token),
            joint=frozenset(t.i for t in token.conjuncts if t.i in heads),
        )

    def antecedents(self, passage: int, token: Token) -> tuple[tuple[Actor, ...], int]:
        """Whom a word comes back to, and the first token of its noun phrase."""
        if token.pos_ == "PRON" or is_both(token):
            return self._of_pronoun(token), token.i
        title = self.title_at.get((passage, token.i))
        lemma = token.lemma_.lower()
        if lemma in self.page.names.counterparts:
            return self.bearers.counterpart(token), token.i
        if title is not None and title.role not in ("rank", "honorific") and token.tag_ in ("NN", "NNP"):
            if actor := self.bearers.bearer(title, token):
                return (actor,), title.first
            return (), token.i
        if token.pos_ == "PROPN":
            return (), token.i
        return self._of_noun(token, lemma, title)

    # --- pronouns ------------------------------------------------------------------------------

    def _of_pronoun(self, token: Token) -> tuple[Actor, ...]:
        lower = token.lower_
        if lower in _HE or lower in _SHE:
            wanted = "he" if lower in _HE else "she"
            return singular.one(
                self.memory, token, "person", lambda actor: self._pronoun(actor) in (wanted, None)
            )
        if lower in _THING and not (is_expletive(token) or in_purpose(token) or self._is_thing(token)):
            return singular.one(self.memory, token, "thing", lambda _: True)
        if lower == BOTH:
            return plural.several(self.memory, token, 2, set(), False, lambda _: True)
        if lower in _PLURAL and not self._other_plural(token):
            return plural.together(self.memory, token) or plural.pair_nearby(self.memory, token, alone=True)
        return ()

    def _is_thing(self, token: Token) -> bool:
        """Whether what is said of "it" is said of agreements, plans or weapons: "it enters into force"."""
        verb = token.head
        if token.dep_ == "nsubjpass":
            return verb.lemma_.lower() in self.anaphora.things
        return token.dep_ == "nsubj" and any(
            t.lower_ in self.anaphora.entered for t in verb.subtree if verb.i < t.i < verb.i + 4
        )

    def _pronoun(self, actor: Actor) -> str | None:
        """`he` or `she`, as the domain data or a title on the page tell."""
        if person := self.page.domain.people.get(actor.id):
            return person.pronoun
        return self.pronouns.get(actor.id)

    def _other_plural(self, token: Token) -> bool:
        """Whether "they" may be things or people without a name that the text spoke of last."""
        before = [t for t in token.sent if t.i < token.i and t.dep_ in SUBJECTS]
        if not before and token.sent.start:
            before = [t for t in token.doc[token.sent.start - 1].sent.root.children if t.dep_ in SUBJECTS]
        if not before or before[-1].tag_ != "NNS":
            return False
        return not any(s.token == before[-1].i for s in (*self.memory.here, *self.memory.past))

    # --- nouns ---------------------------------------------------------------------------------

    def _of_noun(self, token: Token, lemma: str, title: Title | None) -> tuple[tuple[Actor, ...], int]:
        words = self.anaphora
        if actors := self._owned(token, lemma):
            return actors, token.i
        if lemma not in words.counted and lemma not in words.state and lemma not in words.body:
            if lemma in words.partner:
                return self._partner(token), token.i
            return (), token.i
        phrase = noun_phrase(token)
        if phrase.count and lemma in words.counted:
            return self._counted(token, phrase, lemma, title), phrase.first
        if lemma in words.partner and phrase.owner is not None:
            return self._partner(token), phrase.first
        by_name = any(s.token in phrase.modifiers and s.actors[0].kind == "body" for s in self._named_here())
        if lemma in words.body and (phrase.modifiers or not phrase.definite) and not by_name:
            self.bilateral[lemma] = self.memory.number
        if not phrase.definite or phrase.modifiers:
            return (), token.i
        if token.tag_ == "NN" and lemma in words.state:
            return singular.one(self.memory, token, "state", lambda _: True), phrase.first
        if token.tag_ == "NN" and lemma in words.body:
            return self._body(token, lemma), phrase.first
        if token.tag_ == "NNS" and lemma in words.counted:
            return self._plural(token, lemma, title), phrase.first
        return (), token.i

    def _named_here(self) -> list[Seen]:
        return [s for s in self.memory.here if s.actors]

    def _owned(self, token: Token, lemma: str) -> tuple[Actor, ...]:
        """ "Its forces": a noun that acts for the one whose it is stands for the state."""
        owner = next((c for c in token.lefts if c.dep_ == "poss" and c.tag_ == "PRP$"), None)
        seen = self.memory.at(owner.i) if owner is not None else None
        acts = lemma in self.page.names.agents.government or lemma in self.page.names.agents.forces
        if seen is None or not acts or len(seen.actors) != 1 or not seen.actors[0].state:
            return ()
        if seen.actors[0].kind == "person" and not (
            is_subject(token) and lemma in self.page.names.agents.government
        ):
            return ()
        return (self.memory.state(seen.actors[0]),)

    def _counted(self, token: Token, phrase: Phrase, lemma: str, title: Title | None) -> tuple[Actor, ...]:
        barred = {a.state or a.id for s in self.memory.here if s.token in phrase.modifiers for a in s.actors}
        if phrase.modifiers and not barred:
            return ()
        if token.dep_ == "dobj":
            # "China accused the three countries": who does it is none of them.
            doers = {c.i for c in token.head.children if c.dep_ in SUBJECTS}
            barred |= {a.state or a.id for s in self.memory.here if s.token in doers for a in s.actors}
        persons = lemma in self.anaphora.persons or title is not None
        if barred and not phrase.modifiers and not persons:
            return plural.named_alone(self.memory, token, phrase.count, barred)
        return plural.several(
            self.memory, token, phrase.count, barred, persons, self.bearers.bearing(lemma, title)
        )

    def _plural(self, token: Token, lemma: str, title: Title | None) -> tuple[Actor, ...]:
        """ "The ministers", "the countries": those named together, or the only two."""
        if lemma in self.anaphora.persons or title is not None:
            return plural.leaders(self.memory, token, self.bearers.bearing(lemma, title))
        return plural.together(self.memory, token) or plural.pair_nearby(self.memory, token)

    def _body(self, token: Token, lemma: str) -> tuple[Actor, ...]:
        """The body of the kind named last, unless the text speaks of two states' own alliance since."""
        bodies, kinds = self.page.domain.bodies, self.anaphora.body[lemma]
        found = singular.one(
            self.memory, token, "body", lambda a: a.id in bodies and bodies[a.id].kind in kinds
        )
        if found and lemma in self.bilateral:
            seen = (*self.memory.past, *self.memory.here)
            last = max((s.sentence for s in seen if found[0] in s.actors), default=0)
            return found if self.bilateral[lemma] < last else ()
        return found

    def _partner(self, token: Token) -> tuple[Actor, ...]:
        """ "Its ally": the other one, where just two states are spoken of."""
        owner = next((c for c in token.lefts if c.dep_ == "poss"), None)
        seen = self.memory.at(owner.i) if owner is not None else None
        if seen is None or len(seen.actors) != 1 or token.tag_ != "NN":
            return ()
        if any(c.dep_ in ("appos", "compound") for c in token.children):
            return ()
        mine = self.memory.state(seen.actors[0])
        others = [a for a in self.memory.acting_states(token, 1) if a != mine]
        return (others[0],) if len(others) == 1 else ()
