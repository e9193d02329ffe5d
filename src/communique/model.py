"""The nouns, frozen. Offsets are code points into `Document.text`, half-open; days are Gregorian."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal, TypeAlias

from communique.text import Region, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as TokenSpan

Kind: TypeAlias = Literal["event", "quantity", "quote", "role", "tie"]
Factuality: TypeAlias = Literal["actual", "planned", "pledged", "proposed", "denied", "hypothetical"]
Bound: TypeAlias = Literal["exact", "about", "at_least", "at_most", "more_than", "less_than"]
Precision: TypeAlias = Literal["day", "week", "month", "season", "quarter", "year", "decade", "range"]
ActorKind: TypeAlias = Literal["state", "person", "body", "organ", "organisation", "group"]
Role: TypeAlias = Literal["actor", "recipient", "party", "speaker", "holder", "of", "subject"]
Reason: TypeAlias = Literal["figure", "date", "scope", "actor", "factuality"]


def content_id(*parts: object) -> str:
    """A stable identifier of some content: 16 hexadecimal digits of its SHA-256.

    >>> content_id("a", 1) == content_id("a", 1) != content_id("a", 2)
    True
    """
    canonical = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()[:16]


# --- pages and documents -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Page:
    """Bytes and where they came from.

    `path` is the file (with `#n` for the n-th record of a feed, JSONL, CSV or WARC file);
    `media_type` is `text/plain` or `text/html`; `meta` is what the carrier said of the page, any of
    `title`, `published`, `publisher`, `agency`, `language`, `charset`, as text.
    """

    path: str
    content: bytes
    media_type: str
    url: str | None = None
    meta: Mapping[str, str] = field(default_factory=dict)

    @property
    def sha256(self) -> str:
        """Hash of the bytes."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def doc_id(self) -> str:
        """Identifier of the page: its bytes, its address and what its carrier said, not its path."""
        return content_id(self.sha256, self.url, dict(self.meta))


@dataclass(frozen=True, slots=True)
class Interval:
    """Earliest and latest day (both included), how precise, and the words it came from.

    >>> Interval(date(2023, 1, 1), date(2023, 1, 31), "month", "in January").days
    31
    """

    earliest: date
    latest: date
    precision: Precision = "day"
    text: str | None = None

    @property
    def days(self) -> int:
        """Width in days, 1 for a single day."""
        return (self.latest - self.earliest).days + 1

    def overlaps(self, other: Interval) -> bool:
        """Whether the two share a day."""
        return self.earliest <= other.latest and other.earliest <= self.latest


@dataclass(frozen=True, slots=True)
class Ground:
    """Why something is believed: the rule, and the words (with offsets where they are in the text)."""

    rule: str
    text: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Publication:
    """When a page was published: the window, the best day if one stands out, and the grounds."""

    earliest: date
    latest: date
    best: date | None
    precision: Precision
    grounds: tuple[Ground, ...]

    @property
    def interval(self) -> Interval:
        """The window as an `Interval`."""
        return Interval(self.earliest, self.latest, self.precision)


@dataclass(frozen=True, slots=True)
class Document:
    """The reading text of a page, its regions, and who published it when.

    `text` is for a plain-text page exactly the decoded page. `publisher` and `agency` are
    identifiers of the domain data where known there, else the name as found.
    """

    doc_id: str
    path: str
    url: str | None
    sha256: str
    title: str | None
    publisher: str | None
    agency: str | None
    language: str | None
    published: Publication | None
    text: str
    regions: tuple[Region, ...]


# --- what the parse gives ------------------------------------------------------------------------


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


# --- actors --------------------------------------------------------------------------------------


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
    """The resolved mentions of one document, findable by passage and token, and the titles they bear."""

    mentions: tuple[Mention, ...]
    titles: tuple[HeldTitle, ...] = ()
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


# --- statements ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time expression after TIMEX3, with the interval it stands for where that is known."""

    passage: int
    first: int
    last: int
    start: int
    end: int
    type: Literal["DATE", "TIME", "DURATION", "SET"]
    value: str
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class QuantityMention:
    """A number with a unit as it stands in the text; `concept` is what it counts or measures."""

    passage: int
    first: int
    last: int
    start: int
    end: int
    value: float
    upper: float | None
    unit: str
    bound: Bound
    concept: str


@dataclass(frozen=True, slots=True)
class Attribution:
    """Source, cue and content after PolNeAR, as spans; `passage` is where the content begins."""

    passage: int
    source: Span | None
    cue: Span | None
    content: Span
    direct: bool
    relay: Span | None = None


@dataclass(frozen=True, slots=True)
class Participant:
    """An actor in a role of one statement, with the words that name it (offsets in the document)."""

    role: Role
    id: str
    name: str
    kind: ActorKind
    state: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where: a place of the gazetteer."""

    name: str
    country: str | None
    latitude: float | None
    longitude: float | None
    geoname_id: int | None


@dataclass(frozen=True, slots=True)
class Object:
    """The agreement, capability, programme or policy concerned; `id` where the domain data know it."""

    text: str
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure: value (and upper end of a range), unit, bound, what it measures, over which period."""

    value: float
    upper: float | None
    unit: str
    bound: Bound
    measure: str
    period: Interval | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Who vouches for a statement in the text."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing one document says; `quote` is `text[start:end]`, the words that say it."""

    doc_id: str
    kind: Kind
    start: int
    end: int
    quote: str
    type: str | None = None
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    actors: tuple[Participant, ...] = ()
    mutual: bool = False
    when: Interval | None = None
    where: Place | None = None
    factuality: Factuality = "actual"
    object: Object | None = None
    quantity: Quantity | None = None
    words: str | None = None
    direct: bool | None = None
    office: str | None = None
    attributed_to: Source | None = None
    origin: str | None = None
    rule: str = ""
    score: float = 1.0

    @property
    def statement_id(self) -> str:
        """Identifier from what is said and where, the same on every machine."""
        return content_id(
            self.doc_id,
            self.kind,
            self.start,
            self.end,
            self.type,
            sorted((a.role, a.id) for a in self.actors),
            (self.quantity.value, self.quantity.unit, self.quantity.measure) if self.quantity else None,
            self.words,
            self.office,
            self.object.text if self.object else None,
        )

    def ids(self, *roles: Role) -> frozenset[str]:
        """The actors in the given roles (in any role if none is given), by identifier."""
        return frozenset(a.id for a in self.actors if not roles or a.role in roles)

    def states(self, *roles: Role) -> frozenset[str]:
        """The states that act or are meant in the given roles, and the bodies that act as one."""
        return frozenset(a.state or a.id for a in self.actors if not roles or a.role in roles)


# --- across pages --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Family:
    """Documents that carry the same text; `fullest` is the one that carries most of it."""

    family_id: str
    doc_ids: tuple[str, ...]
    fullest: str


@dataclass(frozen=True, slots=True)
class Story:
    """Documents about the same happening."""

    story_id: str
    doc_ids: tuple[str, ...]
    title: str | None


@dataclass(frozen=True, slots=True)
class Fact:
    """Statements, in one document or many, that say the same thing; support counts `origins`."""

    fact_id: str
    kind: Kind
    type: str | None
    about: str
    statement_ids: tuple[str, ...]
    origins: tuple[str, ...]
    when: Interval | None
    factuality: Factuality


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a disagreement: what is said, by which statements, on which origins."""

    value: str
    statement_ids: tuple[str, ...]
    origins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """What sources say differently of one fact; never averaged, never newest-wins."""

    fact_id: str
    about: str
    reason: Reason
    sides: tuple[Side, ...]


# --- a person's decisions ------------------------------------------------------------------------

Verdict: TypeAlias = Literal["same", "different", "wrong", "corrected", "note", "undo"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """`verdict` on the entries `about` (identifiers of any kind), by whom and when (UTC).

    `same` and `different` are about two or more statements, facts or documents; `corrected` gives
    the `field` and its right `value`; `undo` is about the judgement it takes back.
    """

    verdict: Verdict
    about: tuple[str, ...]
    by: str
    at: datetime
    field: str | None = None
    value: str | None = None
    note: str = ""

    @property
    def judgement_id(self) -> str:
        """Identifier of the whole decision, the same on every machine."""
        return content_id(
            self.verdict, self.about, self.by, self.at.isoformat(), self.field, self.value, self.note
        )


def in_order(statements: Iterable[Statement]) -> list[Statement]:
    """Statements by document and place, the order every export uses."""
    return sorted(statements, key=lambda s: (s.doc_id, s.start, s.end, s.kind, s.type or "", s.statement_id))
