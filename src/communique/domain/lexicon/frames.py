"""Frames: which words say that something happens or stands between actors, and who is who in them."""

from __future__ import annotations

from functools import cached_property
from typing import Literal

from pydantic import Field

from communique.domain.load import Domain
from communique.domain.schema import Entry
from communique.domain.source import read_yaml
from communique.model import Factuality

Part = Literal["actor", "recipient", "party", "first", "second", "theme"]
EventType = Literal[
    "AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT", "REQUEST", "ACCUSE", "REJECT",
    "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT", "ADOPT", "ACQUIRE", "DEPLOY", "TEST",
]  # fmt: skip
TieType = Literal[
    "ally", "treaty", "hosts_forces_of", "member_of", "presides_over", "considers_threat", "partner", "rival"
]


class Example(Entry):
    """A sentence and what the frame must find in it (a counter-example: nothing)."""

    text: str
    actor: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()
    party: tuple[str, ...] = ()
    first: tuple[str, ...] = ()
    second: tuple[str, ...] = ()
    factuality: str | None = None


class Frame(Entry):
    """One way of saying that something happens, or holds.

    `verbs` and `nouns` are lemmas (a verb may name a particle or preposition: `call on`). `objects` and
    `modifiers` are conditions: the direct object, or a modifier, must be one of these lemmas or classes
    (`$weapon`); `without` are objects that rule the frame out. `slots` says which part each grammatical
    place plays: `subject`, `object`, `poss`, `mod` or a preposition, and with dots what stands in places
    of those (`object.poss`); `otherwise` is used for parts that stay empty. `needs` are the parts that
    must be filled by a known actor, `parties` how many there must be of that part. What is `presupposed`
    holds whatever is said of it, if it is definite ("they discussed Russia's war"). A frame of the
    `field` needs one of its words in the sentence, unless two states take part; what a state does
    `alone` it does not do together with another, and what it does to its `own` not to another's. What is
    done `about` an object leaves it to be told of by itself ("condemned the invasion of"). Whoever stands
    in the `owner` place is the actor, whoever the subject is ("welcomed Japan's new strategy").
    """

    type: EventType | None = None
    tie: TieType | None = None
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()
    modifiers: tuple[str, ...] = ()
    slots: dict[str, Part] = Field(default_factory=dict)
    otherwise: dict[str, Part] = Field(default_factory=dict)
    without: tuple[str, ...] = ()
    needs: tuple[Part, ...] = ()
    parties: int = 0
    mutual: bool = False
    presupposed: bool = False
    field: bool = False
    alone: bool = False
    own: bool = False
    about: bool = False
    owner: str | None = None
    factuality: Factuality | None = None
    score: float = 0.8
    examples: tuple[Example, ...] = Field(min_length=1)
    counter: tuple[str, ...] = ()


class Frames(Entry):
    """All frames and the classes of nouns they speak of."""

    classes: dict[str, tuple[str, ...]]
    frames: dict[str, Frame]

    def lemmas(self, words: tuple[str, ...]) -> frozenset[str]:
        """The words with each `$class` replaced by its members."""
        return self._expanded[words]

    @cached_property
    def _expanded(self) -> dict[tuple[str, ...], frozenset[str]]:
        return {
            words: frozenset(
                lemma
                for word in words
                for lemma in (self.classes[word[1:]] if word.startswith("$") else (word,))
            )
            for frame in self.frames.values()
            for words in (frame.objects, frame.nouns, frame.modifiers, frame.without)
        }

    @cached_property
    def by_verb(self) -> dict[str, list[tuple[str, str | None, Frame]]]:
        """(frame name, particle, frame) by verb lemma."""
        index: dict[str, list[tuple[str, str | None, Frame]]] = {}
        for name, frame in self.frames.items():
            for verb in frame.verbs:
                lemma, _, particle = verb.partition(" ")
                index.setdefault(lemma, []).append((name, particle or None, frame))
        return index

    @cached_property
    def by_noun(self) -> dict[str, list[tuple[str, Frame]]]:
        """(frame name, frame) by noun lemma."""
        index: dict[str, list[tuple[str, Frame]]] = {}
        for name, frame in self.frames.items():
            for lemma in sorted(self.lemmas(frame.nouns)):
                index.setdefault(lemma, []).append((name, frame))
        return index


class FramesFile(Entry):
    """One file of `frames/`."""

    classes: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    frames: dict[str, Frame] = Field(default_factory=dict)


def load(domain: Domain) -> Frames:
    """All frames of the domain data."""
    classes: dict[str, tuple[str, ...]] = {}
    frames: dict[str, Frame] = {}
    for path in domain.files("frames/*.yaml"):
        part: FramesFile = read_yaml(path, FramesFile)
        classes.update(part.classes)
        frames.update(part.frames)
    return Frames(classes=classes, frames=frames)
