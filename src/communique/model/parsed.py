"""What the parse gives, and whom it names: passages, mentions, the cast of a document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

from communique.text import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as TokenSpan

ActorKind: TypeAlias = Literal["state", "person", "body", "organ", "organisation", "group"]


@dataclass(frozen=True, slots=True)
class Passage:
    """One parsed paragraph of the body; `start` is where it begins in the document's text."""

    start: int
    doc: Doc
    text: str = field(init=False, repr=False)

    def __post_init__(self) -> None:
        # A Doc joins its text anew at each call; every extractor asks for it.
        object.__setattr__(self, "text", self.doc.text)

    def span(self, tokens: TokenSpan | Token) -> Span:
        """Offsets of a token or token span in the document's text."""
        if hasattr(tokens, "idx"):
            return Span(self.start + tokens.idx, self.start + tokens.idx + len(tokens))
        return Span(self.start + tokens.start_char, self.start + tokens.end_char)


@dataclass(frozen=True, slots=True)
class Parsed:
    """A document's body, parsed, paragraph by paragraph in reading order."""

    text: str
    passages: tuple[Passage, ...]

    def sentences(self) -> Iterator[tuple[int, TokenSpan]]:
        """Every sentence with the number of its passage."""
        for number, passage in enumerate(self.passages):
            for sentence in passage.doc.sents:
                yield number, sentence


@dataclass(frozen=True, slots=True)
class Actor:
    """A state, person, body, organ, organisation or group.

    `id` is ISO 3166 alpha-3 for a state, an upper-case short name for a body, else a slug;
    `state` is the code of the state it acts for.
    """

    id: str
    name: str
    kind: ActorKind
    state: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of text that names one actor or, as in "the two leaders", several.

    `first` and `last` are token positions in the passage (half-open), `head` the token other words
    depend on. `form` says how it is named; a `place` mention names a state or seat as the ground
    things stand on ("in Tokyo"), not as one who acts.
    """

    passage: int
    first: int
    last: int
    head: int
    start: int
    end: int
    actors: tuple[Actor, ...]
    form: Literal["name", "title", "demonym", "metonym", "pronoun", "nominal", "place"]
    grounds: str = ""


Naming: TypeAlias = Literal["name", "demonym", "seat", "weak", "full", "family", "found"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Tokens `first` to `last` of a passage and what they may name, before it is decided.

    `table` is the part of the domain data (`states`, `organs`, `bodies`, `people`, `publishers`), or
    `person` or `organisation` for a name the data lack; `ids` are entries there (or the name itself).
    """

    passage: int
    first: int
    last: int
    table: str
    ids: tuple[str, ...]
    naming: Naming


@dataclass(frozen=True, slots=True)
class Title:
    """A title of office as it stands: its tokens, the office's role, whether it is past."""

    passage: int
    first: int
    last: int
    role: str
    former: bool


@dataclass(frozen=True, slots=True)
class HeldTitle:
    """A title joined to the person who bears it and, where the text or the data tell, whose office it is."""

    title: Title
    holder: Mention
    of: Actor | None


@dataclass(frozen=True)
class Cast:
    """The resolved mentions of one document, findable by passage and token, and the titles they bear.

    `serves` gives the international body a person acts for, by the person's identifier.
    """

    mentions: tuple[Mention, ...]
    titles: tuple[HeldTitle, ...] = ()
    serves: Mapping[str, Actor] = field(default_factory=dict)
    _index: dict[tuple[int, int], Mention] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        index: dict[tuple[int, int], Mention] = {}
        for mention in sorted(self.mentions, key=lambda m: m.last - m.first, reverse=True):
            for token in range(mention.first, mention.last):
                index[(mention.passage, token)] = mention
        object.__setattr__(self, "_index", index)

    def at(self, passage: int, token: int) -> Mention | None:
        """The innermost mention that covers a token."""
        return self._index.get((passage, token))

    def between(self, passage: int, first: int, last: int) -> list[Mention]:
        """The mentions inside tokens `first` to `last` (half-open) of a passage, in order."""
        return [m for m in self.mentions if m.passage == passage and m.first >= first and m.last <= last]
