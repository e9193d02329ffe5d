"""Finds the stretches of a text that may name an actor: names of the domain data, and names it lacks.

What each stands for on this page is decided later, by `resolve`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from communique.domain.lexicon import names as names_lexicon
from communique.domain.load import Domain
from communique.model import Candidate, Naming, Parsed, Title

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.matcher import PhraseMatcher
    from spacy.tokens import Doc


class Gazetteer:
    """The names of the domain data, compiled for one spaCy pipeline."""

    def __init__(self, domain: Domain, nlp: Language) -> None:
        from spacy.matcher import PhraseMatcher

        self.names = names_lexicon.load(domain)
        self._keys: dict[str, tuple[str, tuple[str, ...], Naming]] = {}
        entries: dict[str, set[tuple[str, str, Naming]]] = {}
        things = [c for c in domain.capabilities.values() if c.kind not in ("policy", "programme")]
        holding: Iterator[tuple[str, str, str, Naming]] = (
            (name, "none", name, "name")
            for name in (*self.names.holding, *(name for thing in things for name in thing.names))
        )
        for name, table, entry, naming in (*holding, *_domain_names(domain)):
            for form in _forms(name):
                entries.setdefault(form, set()).add((table, entry, naming))
        self._matcher: PhraseMatcher = PhraseMatcher(nlp.vocab)
        tokenize = nlp.tokenizer.pipe
        forms = sorted(entries)
        for form, pattern in zip(forms, tokenize(forms), strict=True):
            best = min(entries[form], key=lambda e: (_PREFERENCE.index(e[2]), _TABLES.index(e[0]), e[1]))
            ids = tuple(sorted(e[1] for e in entries[form] if e[0] == best[0] and e[2] == best[2]))
            self._keys[form] = (best[0], ids, best[2])
            self._matcher.add(form, [pattern])
        self._titles: PhraseMatcher = PhraseMatcher(nlp.vocab, attr="LOWER")
        titles = sorted(self.names.role_of_title)
        plurals = [f"{title}s" for title in titles]
        for title, pattern, plural in zip(titles, tokenize(titles), tokenize(plurals), strict=True):
            self._titles.add(title, [pattern, plural])
        self._former = frozenset(self.names.former)
        self._no_organisations = frozenset(self.names.no_organisations)

    def candidates(self, parsed: Parsed) -> list[Candidate]:
        """Every stretch that may name an actor, longest first where they overlap, in reading order."""
        found: list[Candidate] = []
        for number, passage in enumerate(parsed.passages):
            found += self._in_passage(number, passage.doc)
        return found

    def _in_passage(self, number: int, doc: Doc) -> list[Candidate]:
        spans = []
        for key, first, last in self._matcher(doc):
            table, ids, naming = self._keys[doc.vocab.strings[key]]
            if naming == "family" and doc[first].pos_ not in ("PROPN", "NOUN"):
                continue
            spans.append(Candidate(number, first, last, table, ids, naming))
        taken = {token for span in spans for token in range(span.first, span.last) if span.naming != "family"}
        for entity in doc.ents:
            if entity.label_ not in ("PERSON", "ORG"):
                continue
            first, last = entity.start, entity.end
            while first < last and (
                doc[first].lower_ in ("the", "a", "an") or not doc[first].text[0].isalnum()
            ):
                first += 1
            if last - first and doc[last - 1].tag_ == "POS":
                last -= 1
            if first >= last or taken & set(range(first, last)) or not doc[last - 1].text[:1].isupper():
                continue
            table = "person" if entity.label_ == "PERSON" else "organisation"
            if last - first == 1 and any(s.first == first and s.last == last for s in spans):
                continue
            if table == "person" and any(t.pos_ in ("VERB", "ADP", "DET") for t in doc[first:last]):
                continue
            if table == "organisation" and (
                doc[last - 1].lower_ in self._no_organisations
                or not any(len(t) > 1 and t.pos_ == "PROPN" for t in doc[first:last])
            ):
                continue
            spans.append(Candidate(number, first, last, table, (doc[first:last].text,), "found"))
        spans.sort(key=lambda c: (-(c.last - c.first), _PREFERENCE.index(c.naming), c.first))
        used: set[int] = set()
        kept = []
        for span in spans:
            tokens = set(range(span.first, span.last))
            if not tokens & used:
                kept.append(span)
                used |= tokens
        return sorted((c for c in kept if c.table != "none"), key=lambda c: c.first)

    def titles(self, parsed: Parsed) -> list[Title]:
        """Every title of office, longest match, in reading order."""
        found: list[Title] = []
        for number, passage in enumerate(parsed.passages):
            doc, end = passage.doc, -1
            matches = sorted(self._titles(doc), key=lambda m: (m[1], -m[2]))
            for key, first, last in matches:
                if first < end or doc[last - 1].pos_ not in ("NOUN", "PROPN", "ADJ"):
                    continue
                end = last
                role = self.names.role_of_title[doc.vocab.strings[key]]
                found.append(Title(number, first, last, role, self._is_former(doc, first, last)))
        return found

    def _is_former(self, doc: Doc, first: int, last: int) -> bool:
        before = {t.lower_ for t in doc[max(0, first - 4) : first] if not t.is_punct}
        after = doc[last : last + 3].text.lower()
        return bool(before & self._former) or after == "at the time"


_PREFERENCE: tuple[Naming, ...] = ("full", "name", "demonym", "weak", "seat", "found", "family")
_TABLES = ("none", "states", "bodies", "organs", "people", "publishers", "person", "organisation")


def _domain_names(domain: Domain) -> Iterator[tuple[str, str, str, Naming]]:
    for code, state in domain.states.items():
        for name in (*state.names, state.official):
            yield name, "states", code, "name"
        for name in state.weak:
            yield name, "states", code, "weak"
        for name in state.demonyms:
            yield name, "states", code, "demonym"
        for name in (state.capital, *state.seats):
            yield name, "states", code, "seat"
    for table, entries in (("organs", domain.organs), ("bodies", domain.bodies)):
        for key, entry in entries.items():
            for name in entry.names:
                yield name, table, key, "name"
            for name in entry.weak:
                yield name, table, key, "weak"
    for key, person in domain.people.items():
        for name in (person.name, *person.also):
            yield name, "people", key, "full" if " " in name else "family"
            given, _, family = name.partition(" ")
            if family and " " not in family:
                yield f"{family} {given}", "people", key, "full"
                yield f"{family.upper()} {given}", "people", key, "full"
                yield f"{family}, {given}", "people", key, "full"
        yield person.family, "people", key, "family"
    for key, publisher in domain.publishers.items():
        if publisher.kind == "government":
            continue
        for name in (publisher.name, *publisher.also, *publisher.credit):
            if len(name) > 2 and name[0].isupper():
                yield name, "publishers", key, "name"


def _forms(name: str) -> Iterator[str]:
    """The spellings under which a name is met: apostrophes either way, capitals as wires set them."""
    yield name
    for one, other in (("'", "’"), ("’", "'"), ("-", "–")):
        if one in name:
            yield name.replace(one, other)
    if len(name) > 4 and name.upper() != name:
        yield name.upper()
