"""Cues of attribution: the words that tell that somebody says, thinks, wants or is said to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal, TypeAlias

from pydantic import Field

from communique.domain.load import Domain, load_domain
from communique.domain.schema import Entry
from communique.errors import Problem

FILE = "speech.yaml"

CueKind: TypeAlias = Literal["speech", "document", "belief", "intention", "inference"]
PartOfSpeech: TypeAlias = Literal["verb", "noun", "adjective", "adverb", "preposition"]
Complement: TypeAlias = Literal[
    "quote", "clause", "infinitive", "gerund", "object", "other", "predicate", "preposition", "whole",
    "holder", "owner", "readings", "question",
]  # fmt: skip


class Example(Entry):
    """A sentence with the source, cue and content it must give, each as words of the sentence."""

    text: str
    source: str | None = None
    cue: str
    content: str


class Family(Entry):
    """Words that take their content in the same ways; `words` may have a second and third part."""

    pos: PartOfSpeech
    kind: CueKind
    takes: tuple[Complement, ...] = Field(min_length=1)
    words: tuple[str, ...] = Field(min_length=1)
    carries: tuple[str, ...] = ()
    examples: tuple[Example, ...] = Field(min_length=1)
    counter_examples: tuple[str, ...] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class Cue:
    """One word in one family: what must follow it (`rest`) and what it takes."""

    rest: tuple[str, ...]
    kind: CueKind
    takes: frozenset[Complement]
    carries: frozenset[str]
    family: str


Table: TypeAlias = Mapping[str, tuple[Cue, ...]]


@dataclass(frozen=True)
class Speech:
    """The cue families, findable by part of speech and first word."""

    families: Mapping[str, Family]

    def _table(self, pos: PartOfSpeech) -> dict[str, tuple[Cue, ...]]:
        found: dict[str, list[Cue]] = {}
        for name, family in self.families.items():
            if family.pos != pos:
                continue
            for word in dict.fromkeys(family.words):
                first, *rest = word.split()
                cue = Cue(tuple(rest), family.kind, frozenset(family.takes), frozenset(family.carries), name)
                found.setdefault(first, []).append(cue)
        return {word: tuple(sorted(cues, key=lambda c: -len(c.rest))) for word, cues in found.items()}

    @cached_property
    def verbs(self) -> Table:
        """Cues by the lemma of their verb."""
        return self._table("verb")

    def of_verb(self, lemma: str, form: str) -> tuple[Cue, ...]:
        """The cues of a verb; a lemma cut too short ("hop" for "hoped", "hopes") is tried with its -e."""
        lemma = lemma.lower()
        found = self.verbs.get(lemma, ())
        if not found and form.endswith(("ed", "es", "ing")):
            found = self.verbs.get(lemma + "e", ())
        return found

    def of_any(self, lemma: str, form: str) -> tuple[Cue, ...]:
        """The cues a word may be, whatever its part of speech."""
        return (
            *self.of_verb(lemma, form),
            *self.nouns.get(lemma.lower(), ()),
            *self.prepositions.get(form, ()),
        )

    @cached_property
    def nouns(self) -> Table:
        """Cues by the lemma of their noun."""
        return self._table("noun")

    @cached_property
    def adjectives(self) -> Table:
        """Cues by their adjective."""
        return self._table("adjective")

    @cached_property
    def adverbs(self) -> Table:
        """Cues by their adverb."""
        return self._table("adverb")

    @cached_property
    def prepositions(self) -> Table:
        """Cues by their first word: "according to", "in view"."""
        return self._table("preposition")


def load(domain: Domain) -> Speech:
    """The cues of the domain data; raises `DomainError`."""
    return Speech(domain.table(FILE, Family))


@lru_cache(maxsize=1)
def built_in() -> Speech:
    """The cues of the default domain data."""
    return load(load_domain())


def problems(domain: Domain) -> list[Problem]:
    """What is wrong with the cues beyond their form: words without their parts, examples that do not fit."""
    families = load(domain).families
    return [
        Problem(FILE, name, message) for name, family in families.items() for message in _mistakes(family)
    ]


def _mistakes(family: Family) -> Iterable[str]:
    for word in family.words:
        if {"preposition", "holder"} & set(family.takes) and " " not in word:
            yield f"{word!r} lacks its preposition; write it as 'call for'"
    for example in family.examples:
        for part in (example.source, example.cue, example.content):
            if part is not None and part not in example.text:
                yield f"the example has no {part!r}: {example.text}"
