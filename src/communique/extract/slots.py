"""The grammatical places around a predicate, and who stands in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from communique.extract import clauses
from communique.model import Actor, Cast, Mention

if TYPE_CHECKING:
    from spacy.tokens import Token

_BESIDE = frozenset(("in", "on", "for", "to", "as", "of", "with", "after", "before"))
# What one asks for or warns of is another's doing.
_ASKING = (
    "ask",
    "call",
    "appeal",
    "press",
    "push",
    "blame",
    "condemn",
    "accuse",
    "warn",
    "criticise",
    "criticize",
)
_STAND_INS = ("that", "those")
_NEVER_PLACES = ("subject", "poss", "mod", "with", "between")


_OF_ITSELF = frozenset(
    ("subject", "object", "poss", "mod", "appos", "self", "above", "head", "relcl", "xcomp")
)


@dataclass(frozen=True, slots=True)
class Lexis:
    """Nouns that speak for their owner, verbs that lend a noun theirs, what is signed, how one goes."""

    owned: frozenset[str]
    support: frozenset[str]
    documents: frozenset[str] = frozenset()
    journeys: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Setting:
    """What the words of one passage are read with; `known` is what was found in slots, by token and slot."""

    number: int
    cast: Cast
    lexis: Lexis
    known: dict[tuple[int, str], list[Token]] = field(default_factory=dict)


class Slots:
    """The grammatical places around one predicate."""

    def __init__(self, token: Token, setting: Setting) -> None:
        self.token, self.setting = token, setting
        self.number, self.cast, self.lexis = setting.number, setting.cast, setting.lexis
        self.theme: Token | None = None
        self._tokens: dict[str, list[Token]] = {}

    def about(self, theme: Token | None) -> None:
        """Lets what hangs on the thing concerned count as hanging on the predicate."""
        self.theme = theme
        self._tokens.clear()

    def _around(self, token: Token) -> Slots:
        return Slots(token, self.setting)

    @cached_property
    def is_verb(self) -> bool:
        """Whether the predicate is a verb."""
        return self.token.pos_ in ("VERB", "AUX", "ADJ")

    def tokens(self, slot: str) -> list[Token]:
        """The words that stand in a slot; found once for all frames, but where they depend on the theme."""
        if self.theme is not None and slot.partition(".")[0] not in _OF_ITSELF:
            if slot not in self._tokens:
                self._tokens[slot] = self._find(slot)
            return self._tokens[slot]
        key = (self.token.i, slot)
        known = self.setting.known
        if key not in known:
            known[key] = self._find(slot)
        return known[key]

    def _find(self, slot: str) -> list[Token]:
        outer, dot, inner = slot.partition(".")
        if dot:
            return [t for o in self.tokens(outer) for t in self._around(o).tokens(inner)]
        token = self.token
        match slot:
            case "subject":
                if self.is_verb:
                    return clauses.subjects(token)
                within = token.dep_ == "pobj" and token.head.lower_ in ("in", "under")
                if within and token.lemma_.lower() in self.lexis.documents:
                    # "In a joint statement they agreed": what it says is told by the verb.
                    return []
                return _support_subjects(token, self.lexis.support)
            case "object":
                return clauses.objects(token) if self.is_verb else []
            case "poss":
                return clauses.conjuncts(c for c in token.children if c.dep_ == "poss")
            case "mod":
                return [] if self.is_verb else clauses.modifiers(token)
            case "appos":
                own = [c for c in token.children if c.dep_ == "appos"]
                return clauses.conjuncts(own) + ([token.head] if token.dep_ == "appos" else [])
            case "self":
                return [token]
            case "dative":
                return clauses.conjuncts(
                    [*(c for c in token.children if c.dep_ == slot), *self._swallowed_datives()]
                )
            case "oprd" | "xcomp" | "ccomp" | "acl" | "relcl" | "attr" | "acomp":
                return [c for c in token.children if c.dep_ == slot]
            case "trio":
                return self.named(3) if any(t.lower_ == "trilateral" for t in self.tokens("mod")) else []
            case "goal":
                return self._gone_to()
            case "teller":
                return self._tellers()
            case "head":
                return _noun_above(token)
            case "above":
                return self._subjects_above()
            case "copula":
                return self._copula()
            case "beside":
                return [c for c in token.conjuncts if c.i < token.i]
            case "pair":
                return self.named(2)
            case "before":
                mention = self.cast.at(self.number, token.i - 1) if token.i else None
                return [token.doc[mention.head]] if mention else []
            case _ if slot.startswith("after:"):
                return self._soon_after(slot.removeprefix("after:"))
            case "places":
                return self._where() + [
                    t for t in token.subtree if (m := self.cast.at(self.number, t.i)) and m.form == "place"
                ]
            case _:
                at_verb_only = slot.startswith("verb:")
                slot = slot.removeprefix("verb:")
                found = list(clauses.prepositions(token).get(slot, ()))
                found += self._right_behind(slot, found)
                if at_verb_only and not self.is_verb:
                    found += clauses.prepositions(clauses.governor(token)).get(slot, ())
                if self.is_verb and not at_verb_only:
                    for noun in dict.fromkeys(
                        [*clauses.objects(token), *([self.theme] if self.theme else [])]
                    ):
                        if noun.i > token.i:
                            # "A contract worth a billion with Chad": also of what is said of it behind it.
                            told = [c for c in noun.rights if c.dep_ == "amod"]
                            found += [
                                t for one in (noun, *told) for t in clauses.prepositions(one).get(slot, ())
                            ]
                return list(dict.fromkeys(found))

    def is_region(self, token: Token) -> bool:
        """Whether a word names a part of the world that is no state ("Europe", "the Middle East")."""
        return token.ent_type_ == "LOC" and self.cast.at(self.number, token.i) is None

    def _gone_to(self) -> list[Token]:
        """Whom one visits or meets to do it ("flew to Oslo to deepen ties"), unless it says with whom."""
        above = self.token.head
        hangs = self.token.dep_
        if hangs == "acl" and above.dep_ == "pobj" and above.lower_ in ("order", "part"):
            # "In order to", "in part to": no nouns of their own.
            above, hangs = above.head.head, "advcl"
        purpose = hangs in ("advcl", "xcomp") and self.token.tag_ == "VB" and above.pos_ == "VERB"
        if not purpose or self.tokens("with") or self.tokens("between"):
            return []
        if above.lemma_ in self.lexis.journeys:
            return clauses.objects(above) or clauses.prepositions(above).get("to", [])
        if above.lemma_ in self.lexis.support:
            return [t for noun in clauses.objects(above) for t in clauses.prepositions(noun).get("to", [])]
        return []

    def _swallowed_datives(self) -> list[Token]:
        """Who gets it, where the parse takes the name for part of the thing: "sold Peru three radars"."""
        found = []
        for thing in clauses.objects(self.token) if self.is_verb else ():
            for child in thing.lefts:
                mention = self.cast.at(self.number, child.i)
                counted = any(t.like_num or t.dep_ == "det" for t in thing.doc[child.i + 1 : thing.i])
                if mention is not None and mention.form in ("name", "metonym") and counted:
                    found += [child] if child.dep_ in ("nmod", "compound", "npadvmod") else []
        return found

    def _tellers(self) -> list[Token]:
        """Who says the clause that a verb is joined to: "Spain said that Mali had, and called on Mali to"."""
        clause = self.token.head
        if self.token.dep_ != "conj" or clause.dep_ != "ccomp" or clause.head.pos_ != "VERB":
            return []
        return clauses.subjects(clause.head)

    def _where(self) -> list[Token]:
        """The place a clause with "where" is about: "Chad, where France has troops"."""
        for clause in (self.token, self.token.head):
            if clause.dep_ == "relcl" and any(c.lower_ == "where" for c in clause.children):
                return [clause.head]
        return []

    def named(self, count: int) -> list[Token]:
        """Those the sentence names, if they are of so many states or bodies and no more."""
        named = [
            m for t in self.token.sent if (m := self.cast.at(self.number, t.i)) is not None and m.head == t.i
        ]
        acting = [m for m in named if m.form != "place"]
        sides = {a.state or a.id for m in named for a in m.actors}
        return [self.token.doc[m.head] for m in acting] if len(sides) == count else []

    def _right_behind(self, preposition: str, found: list[Token]) -> list[Token]:
        """A name right behind its preposition that the parse took for part of what follows it."""
        names = []
        for child in self.token.children:
            if child.dep_ == "prep" and child.lower_ == preposition and child.i + 1 < len(child.doc):
                mention = self.cast.at(self.number, child.i + 1)
                if (
                    mention is not None
                    and mention.first == child.i + 1
                    and child.doc[mention.head].dep_ != "poss"
                    and mention.head not in {t.i for t in found}
                ):
                    names.append(child.doc[mention.head])
        return names

    def _soon_after(self, preposition: str) -> list[Token]:
        """Names after a preposition that follows soon, whatever the parse hangs it on."""
        token = self.token
        for other in token.doc[token.i + 1 : min(token.i + 9, token.sent.end)]:
            if other.lower_ == preposition:
                return [
                    n for child in other.children if child.dep_ == "pobj" for n in clauses.conjuncts([child])
                ]
        return []

    def players(self, slot: str) -> list[tuple[Actor, Mention]]:
        """The actors in a slot who can act for a state or body."""
        found: list[tuple[Actor, Mention]] = []
        tokens = self.tokens(slot)
        for token in tokens:
            if token.i == self.token.i and slot != "self":
                continue
            for mention in self._meant(token):
                if mention.form == "place" and slot in _NEVER_PLACES:
                    continue
                if mention.form == "demonym" and slot == "subject":
                    continue
                # "The Madrid summit" met there; "Tokyo-Washington talks" are theirs.
                if mention.form == "metonym" and slot == "mod" and not self._joined(tokens, mention):
                    continue
                actors = [self.cast.serves.get(actor.id, actor) for actor in mention.actors]
                found += [(a, mention) for a in actors if a.kind in ("state", "body") or a.state is not None]
        return found

    def _joined(self, tokens: list[Token], mention: Mention) -> bool:
        others = [m for t in tokens if (m := self.cast.at(self.number, t.i)) is not None and m != mention]
        return any(m.form in ("metonym", "name") for m in others)

    def _meant(self, token: Token) -> list[Mention]:
        """Whom a word names: itself, the name beside it, its owner, its examples ("allies like Poland")."""
        if token.lower_ in _STAND_INS:
            token = next((t for t in clauses.prepositions(token).get("of", ())), token)
        named = self.cast.at(self.number, token.i) or self._apposed(token) or self._owner(token)
        if named is not None:
            return [named]
        examples = [
            example
            for child in token.children
            if child.dep_ == "prep"
            and (child.lower_ in ("including", "like") or any(c.lower_ == "such" for c in child.children))
            for noun in child.children
            if noun.dep_ == "pobj"
            for example in clauses.conjuncts([noun])
        ]
        return [mention for example in examples if (mention := self.cast.at(self.number, example.i))]

    def _apposed(self, token: Token) -> Mention | None:
        """ "the country's leader, Fumio Kishida": the name that stands beside a noun."""
        for child in token.children:
            if child.dep_ == "appos" and (mention := self.cast.at(self.number, child.i)):
                return mention
        return None

    def _owner(self, token: Token) -> Mention | None:
        """ "Japan's strategy outlines": a paper or move speaks for the one whose it is."""
        if token.lemma_.lower() not in self.lexis.owned:
            return None
        for child in [c for c in token.children if c.dep_ == "poss"] + clauses.modifiers(token):
            if mention := self.cast.at(self.number, child.i):
                return mention
        return None

    def _copula(self) -> list[Token]:
        """What stands after the "is" of an inverted sentence ("At the top of the list is Russia")."""
        verb = clauses.governor(self.token)
        return clauses.conjuncts(c for c in verb.children if c.dep_ == "attr") if verb.lemma_ == "be" else []

    def _subjects_above(self) -> list[Token]:
        """The subjects of the clauses a predicate lies in, from the nearest that names an actor."""
        token = self.token
        if token.dep_ in ("dobj", "conj") and clauses.governor(token).lemma_ in clauses.ANOTHERS:
            return []
        while token.head != token:
            token = token.head
            if token.pos_ in ("VERB", "AUX"):
                found = [t for t in clauses.subjects(token) if t.i != self.token.i]
                if any(self.cast.at(self.number, t.i) or self._apposed(t) for t in found):
                    return found
        return []


def _noun_above(token: Token) -> list[Token]:
    """The noun a noun hangs on through a preposition ("its term as a member")."""
    if token.dep_ == "pobj" and token.head.head.pos_ in ("NOUN", "PROPN"):
        return [token.head.head]
    return []


def _support_subjects(noun: Token, support: frozenset[str]) -> list[Token]:
    """The subject of the verb that lends it to a noun: "Japan announced a plan", "Norway is a member"."""
    own = [child for child in noun.children if child.dep_ == "nsubj"]
    if own:
        return clauses.conjuncts(own)
    head = noun.head
    if noun.dep_ in ("dobj", "attr", "oprd") and head.lemma_ in support:
        return clauses.subjects(head)
    if noun.dep_ == "pobj" and head.head.pos_ in ("VERB", "AUX") and head.lower_ in _BESIDE:
        return [] if head.head.lemma_ in _ASKING else clauses.subjects(head.head)
    if noun.dep_ == "pobj" and head.lower_ == "of" and head.head.lower_ == "one":
        return _support_subjects(head.head, support)
    if noun.dep_ == "pobj" and head.lower_ == "of" and head.head.lower_ in ("ahead", "advance"):
        return clauses.subjects(clauses.governor(head))
    return []
