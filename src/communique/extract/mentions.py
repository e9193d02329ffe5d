"""Finds the stretches of a text that may name an actor: names of the domain data, and names it lacks.

What each stands for on this page is decided later, by `resolve`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from communique.domain.lexicon import names as names_lexicon
from communique.domain.load import Domain
from communique.domain.places import places
from communique.extract.name_forms import CAPITALS, domain_names, forms, in_capitals
from communique.model import Candidate, Naming, Parsed, Title

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.matcher import PhraseMatcher
    from spacy.tokens import Doc, Token

PREFERENCE: tuple[Naming, ...] = ("full", "name", "demonym", "weak", "seat", "found", "family")
"""Of readings of the same words the first wins; a reading of more words wins over all of them."""

_TABLES = ("states", "bodies", "organs", "together", "people", "publishers", "none", "thing")
_UNSURE = frozenset(("weak", "seat", "found", "family"))
"""Readings that give way where the name is part of that of an agreement or weapon ("Minsk agreements")."""

_PARTING = frozenset(("--", "–", "—", ":", ";", "_", "|"))
_STANDING = frozenset(("nsubj", "nsubjpass", "poss", "conj", "appos", "dobj", "ROOT"))
_LINKS = frozenset(("of", "for", "and", "&", "the", "a"))


_Entry: TypeAlias = tuple[str, str, Naming]
_WORD = re.compile(r"\w+")


class Gazetteer:
    """The names of the domain data, compiled for one spaCy pipeline."""

    def __init__(self, domain: Domain, nlp: Language) -> None:
        from spacy.matcher import PhraseMatcher

        self.names = names_lexicon.load(domain)
        misleading = self.names.misleading
        tokenize = partial(_tokenized, nlp)
        self._keys: dict[str, tuple[str, tuple[str, ...], Naming]] = {}
        self._nlp = nlp
        self._matcher: PhraseMatcher = PhraseMatcher(nlp.vocab)
        self._capitals: PhraseMatcher = PhraseMatcher(nlp.vocab)
        named = tuple(domain_names(domain, self.names))
        self._compile(self._matcher, ((form, (t, e, n)) for name, t, e, n in named for form in forms(name)))
        self._in_capitals: dict[str, list[tuple[str, _Entry]]] = {}
        for name, table, entry, naming in named:
            for form in in_capitals(name):
                longest = max(_WORD.findall(form), key=len)
                self._in_capitals.setdefault(longest, []).append((form, (table, entry, naming)))
        self._titles: PhraseMatcher = PhraseMatcher(nlp.vocab, attr="LOWER")
        for title in sorted(self.names.role_of_title):
            shapes = dict.fromkeys((title, f"{title}s", title.title()))
            self._titles.add(title, tokenize(shapes))
        self._institutions: PhraseMatcher = PhraseMatcher(nlp.vocab)
        self._institutions.add("institution", tokenize(misleading.institutions))
        self._title_words = frozenset(w for title in self.names.role_of_title for w in title.split())
        self._former = frozenset(self.names.former)
        self._designate = frozenset(self.names.designate)
        self._no_organisations = frozenset(misleading.no_organisations)
        self._naming = frozenset(misleading.naming)
        self._ships = frozenset(misleading.ships)

    # --- names ---------------------------------------------------------------------------------

    def candidates(self, parsed: Parsed) -> list[Candidate]:
        """Every stretch that may name an actor, longest first where they overlap, in reading order."""
        found: list[Candidate] = []
        for number, passage in enumerate(parsed.passages):
            found += self._in_passage(number, passage.doc)
        return sorted(_with_returns(parsed, found), key=lambda c: (c.passage, c.first))

    def _compile(self, matcher: PhraseMatcher, spelt: Iterable[tuple[str, _Entry]]) -> None:
        """Adds names as they are spelt; where several are spelt alike, the surest counts."""
        entries: dict[str, set[_Entry]] = {}
        for form, entry in spelt:
            if form not in self._keys:
                entries.setdefault(form, set()).add(entry)
        for form, pattern in zip(sorted(entries), _tokenized(self._nlp, sorted(entries)), strict=True):
            best = min(entries[form], key=lambda e: (PREFERENCE.index(e[2]), _TABLES.index(e[0]), e[1]))
            ids = tuple(sorted(e[1] for e in entries[form] if e[0] == best[0] and e[2] == best[2]))
            self._keys[form] = (best[0], ids, best[2])
            matcher.add(form, [pattern])

    def _shouted(self, doc: Doc) -> list[tuple[int, int, int]]:
        """Names in capitals; each is compiled when a text first has its longest word so."""
        if not any(token.is_upper and len(token) > CAPITALS for token in doc):
            return []
        for word in sorted(set(_WORD.findall(doc.text)) & self._in_capitals.keys()):
            self._compile(self._capitals, self._in_capitals.pop(word))
        matches: list[tuple[int, int, int]] = self._capitals(doc)
        return matches

    def _in_passage(self, number: int, doc: Doc) -> list[Candidate]:
        spans = []
        for key, first, last in [*self._matcher(doc), *self._shouted(doc)]:
            table, ids, naming = self._keys[doc.vocab.strings[key]]
            spans.append(Candidate(number, first, last, table, ids, naming))
        spans += self._institution_names(number, doc, spans)
        spans += self._entities(number, doc, spans)
        spans += self._people_beside_titles(number, doc, spans)
        kept = list(_longest(c for c in spans if c.table != "thing"))
        things = {t for c in spans if c.table == "thing" for t in range(c.first, c.last)}
        return [
            c
            for c in kept
            if c.table != "none"
            and not (c.naming in _UNSURE and c.first in things)
            and not self._is_ship(doc, c)
        ]

    def _is_ship(self, doc: Doc, c: Candidate) -> bool:
        """A name behind the prefix or the kind of a ship names the ship: "USS George Washington"."""
        first = c.first
        while first and doc[first - 1].dep_ == "compound" and doc[first - 1].text[0].isupper():
            first -= 1
            if doc[first].text in self._ships:
                return True
        return first > 0 and doc[first - 1].text in self._ships and c.naming != "demonym"

    def _institution_names(self, number: int, doc: Doc, known: Sequence[Candidate]) -> Iterator[Candidate]:
        """Capitalised names with a word like "University" or "Bank" in them."""
        states = {c.first for c in known if c.table == "states"}
        for _, first, last in self._institutions(doc):
            start, end = first, last
            while start and _is_capital(doc[start - 1]) and not doc[start - 1].is_sent_end:
                start -= 1
            if end < len(doc) and doc[end].lower_ in ("of", "for"):
                of_state = start < first and not states.isdisjoint((end + 1, end + 2))
                end = end if of_state else _through(doc, end)
            while start < first and doc[start].pos_ == "ADJ" and first - start > 1:
                start += 1
            if start and doc[start - 1].text in ("-", "–"):
                continue
            if end - start > last - first and doc[last - 1].pos_ in ("PROPN", "NOUN", "ADJ"):
                yield Candidate(number, start, end, "organisation", (doc[start:end].text,), "found")

    def _entities(self, number: int, doc: Doc, known: Sequence[Candidate]) -> Iterator[Candidate]:
        """People and organisations the tagger sees where the domain data know nobody."""
        covering = {token: c for c in known if c.naming != "family" for token in range(c.first, c.last)}
        families = {(c.first, c.last) for c in known if c.naming == "family"}
        for entity in doc.ents:
            if entity.label_ not in ("PERSON", "ORG"):
                continue
            first, last = entity.start, entity.end
            while first < last and (doc[first].tag_ in ("DT", "PRP$") or not doc[first].text[0].isalnum()):
                first += 1
            if last > first and doc[last - 1].tag_ == "POS":
                last -= 1
            while first and self._belongs(doc[first - 1], first) and first - 1 not in covering:
                first -= 1
            while last < len(doc) and self._goes_on(doc[last - 1], doc[last]) and last not in covering:
                last += 1
            if first >= last or not doc[last - 1].text[:1].isupper() or (first, last) in families:
                continue
            if self._is_no_actor(doc, first, last):
                continue
            if any(t.pos_ == "CCONJ" for t in doc[first:last]) and (
                entity.label_ == "PERSON" or any(first <= f < last for f, _ in families)
            ):
                continue
            inside = {covering[t] for t in range(first, last) if t in covering}
            person = entity.label_ == "PERSON" or self._is_like_person(doc, first, last)
            if inside and not _is_given_or_family(inside, first, last):
                continue
            if person and not any(t.ent_type_ == "ORG" for t in doc[first : entity.start]):
                if not any(t.pos_ in ("VERB", "ADP", "DET") for t in doc[first:last]):
                    yield Candidate(number, first, last, "person", (doc[first:last].text,), "found")
            elif self._is_organisation(doc, first, last):
                yield Candidate(number, first, last, "organisation", (doc[first:last].text,), "found")

    def _people_beside_titles(self, number: int, doc: Doc, known: Sequence[Candidate]) -> Iterator[Candidate]:
        """People the tagger overlooks: two or three capitalised names beside a title or before ", who"."""
        covered = {t for c in known if c.naming != "family" for t in range(c.first, c.last)}
        first = 0
        while first < len(doc):
            last = first
            while last < len(doc) and last not in covered and self._may_be_of_person(doc[last]):
                last += 1
            if 2 <= last - first <= 3 and self._is_like_person(doc, first, last):
                yield Candidate(number, first, last, "person", (doc[first:last].text,), "found")
            first = max(last, first + 1)

    def _may_be_of_person(self, token: Token) -> bool:
        return (
            token.pos_ == "PROPN"
            and token.ent_type_ in ("", "PERSON", "ORG")
            and token.is_title
            and token.lower_ not in self._title_words
        )

    def _is_like_person(self, doc: Doc, first: int, last: int) -> bool:
        """Whether a name is somebody's, whatever the tagger says: before ", who", or beside a title."""
        if not 2 <= last - first <= 3 or not all(t.is_title for t in doc[first:last]):
            return False
        if last + 1 < len(doc) and doc[last].text == "," and doc[last + 1].lower_ in ("who", "whose"):
            return True
        head = doc[last - 1]
        if head.dep_ == "appos":
            noun = head.head.head.head if head.head.dep_ == "pobj" else head.head
            return noun.lemma_.lower() in self.names.person_nouns
        return first > 0 and doc[first - 1].lemma_.lower() in self.names.person_nouns

    def _is_no_actor(self, doc: Doc, first: int, last: int) -> bool:
        """Whether a name is a title, a place, or that of an exercise or a programme."""
        if all(t.lower_ in self._title_words for t in doc[first:last]):
            return True
        if any(t.text in _PARTING or "/" in t.text or "(" in t.text for t in doc[first:last]):
            return True
        if first and doc[first - 1].lower_ in self._naming:
            return True
        if last - first > 1:
            return False
        inside = first > 0 and doc[first - 1].lower_ in self.names.ground.inside
        name = doc[first].text.title() if len(doc[first].text) > 4 else doc[first].text
        place = places().named(name)
        return inside or (place is not None and place.name == name)

    def _is_organisation(self, doc: Doc, first: int, last: int) -> bool:
        """Whether a name the tagger calls an organisation is one of its own."""
        head = doc[last - 1]
        if any(not t.is_alpha and any(c.isdigit() for c in t.text) for t in doc[first:last]):
            return False
        if head.lower_ in self._no_organisations or head.lemma_.lower() in self.names.agent_nouns:
            return False
        if last - first == 1 and not head.text.isupper() and head.dep_ not in _STANDING:
            return False
        return any(len(t) > 1 and t.pos_ == "PROPN" for t in doc[first:last])

    def _belongs(self, token: Token, first: int) -> bool:
        """Whether a word belongs to the name that begins right behind it, and is no title."""
        joined = token.dep_ == "compound" and token.pos_ == "PROPN" and token.head.i >= first
        named = token.ent_type_ in ("PERSON", "ORG") or token.doc[first].ent_type_ != "PERSON"
        return joined and named and token.is_alpha and token.lower_ not in self._title_words

    def _goes_on(self, token: Token, behind: Token) -> bool:
        """Whether a name goes on with the next word, on which its last word depends."""
        joined = token.dep_ == "compound" and token.head.i >= behind.i
        return (
            joined and behind.pos_ == "PROPN" and behind.is_title and behind.lower_ not in self._title_words
        )

    # --- titles --------------------------------------------------------------------------------

    def titles(self, parsed: Parsed) -> list[Title]:
        """Every title of office, rank and form of address, longest match, in reading order."""
        found: list[Title] = []
        for number, passage in enumerate(parsed.passages):
            doc, end = passage.doc, -1
            for key, first, last in sorted(self._titles(doc), key=lambda m: (m[1], -m[2])):
                if first < end:
                    continue
                role = self.names.role_of_title[doc.vocab.strings[key]]
                if role in ("rank", "honorific"):
                    named = last < len(doc) and doc[first].is_title and doc[last].text[0].isupper()
                    if not named or (first and doc[first - 1].text == "-"):
                        continue
                elif doc[last - 1].pos_ not in ("NOUN", "PROPN", "ADJ"):
                    continue
                if (designate := self._designated(doc, last)) > last:
                    role, last = "other", designate
                end = last
                found.append(Title(number, first, last, role, self._is_former(doc, first, last)))
        return found

    def _designated(self, doc: Doc, last: int) -> int:
        """ "President-elect", "prime minister designate": where the title of one not yet in office ends."""
        at = last + 1 if last < len(doc) and doc[last].text in ("-", "–") else last
        return at + 1 if at < len(doc) and doc[at].lower_ in self._designate else last

    def _is_former(self, doc: Doc, first: int, last: int) -> bool:
        before = {t.lower_ for t in doc[max(0, first - 4) : first] if not t.is_punct}
        return bool(before & self._former) or doc[last : last + 3].text.lower() == "at the time"


def _tokenized(nlp: Language, names: Iterable[str]) -> list[Doc]:
    return [nlp.make_doc(name) for name in names]


def _longest(spans: Iterable[Candidate]) -> Iterator[Candidate]:
    """The longest readings that do not overlap."""
    used: set[int] = set()
    for span in sorted(spans, key=lambda c: (c.first - c.last, PREFERENCE.index(c.naming), c.first)):
        tokens = range(span.first, span.last)
        if used.isdisjoint(tokens):
            used.update(tokens)
            yield span


def _with_returns(parsed: Parsed, found: Sequence[Candidate]) -> Iterator[Candidate]:
    """The candidates, and the family names and acronyms by which a text comes back to those it found."""
    short: dict[str, tuple[str, str]] = {}
    for c in found:
        doc = parsed.passages[c.passage].doc
        if c.table == "person" and c.last - c.first > 1:
            short.setdefault(doc[c.last - 1].text, ("person", doc[c.last - 1].text))
        elif c.table == "organisation" and doc[c.last : c.last + 1].text == "(" and c.last + 2 < len(doc):
            acronym, closing = doc[c.last + 1], doc[c.last + 2]
            if acronym.text.isupper() and len(acronym) > 1 and closing.text == ")":
                short.setdefault(acronym.text, ("organisation", c.ids[0]))
    taken = {(c.passage, t) for c in found for t in range(c.first, c.last)}
    for c in found:
        alone = c.table == "organisation" and c.last - c.first == 1
        known = short.get(c.ids[0]) if alone and c.naming == "found" else None
        yield replace(c, table=known[0], ids=(known[1],)) if known is not None else c
    for number, passage in enumerate(parsed.passages) if short else ():
        for token in passage.doc:
            if (known := short.get(token.text)) and (number, token.i) not in taken:
                yield Candidate(number, token.i, token.i + 1, known[0], (known[1],), "found")


def _is_capital(token: Token) -> bool:
    return (
        token.pos_ in ("PROPN", "ADJ") and token.text[0].isupper() and token.is_alpha
    ) or token.text == "&"


def _through(doc: Doc, at: int) -> int:
    """Where a name ends that goes on behind "of" or "for"."""
    end = at
    while at < len(doc) and (doc[at].text in _LINKS or (doc[at].text[0].isupper() and doc[at].is_alpha)):
        at += 1
        if doc[at - 1].text not in _LINKS:
            end = at
        elif at - end > 2:
            break
    return end


def _is_given_or_family(inside: set[Candidate], first: int, last: int) -> bool:
    """Whether the one known name inside a longer one may be part of somebody's: "Chad Miller"."""
    if len(inside) != 1 or last - first > 3:
        return False
    (known,) = inside
    if known.table != "states" or known.last - known.first > 1 or last - first == 1:
        return False
    at_end = known.last == last
    return (known.naming in ("weak", "seat") and (at_end or known.first == first)) or (
        known.naming == "name" and at_end
    )
