"""Joins titles of office to those who bear them, and reads titles that stand alone by the day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeAlias

from communique.model import Actor, HeldTitle, Mention, Title
from communique.resolve.nearby import state_nearby, state_of_the_untold
from communique.resolve.page import Page

if TYPE_CHECKING:
    from spacy.tokens import Doc

AGAINST_THE_RECORD = "title against the record"
"""Grounds of the mention of one whom the data do not know in an office on the page's day."""

LONG_AGO_DAYS = 3650
"""A title whose bearer left the office longer ago is history, not a disagreement."""

_POSSESSIVE = frozenset(("’s", "'s", "'", "’", "-", "–"))
_DETERMINERS = frozenset(("the", "a", "an", "its", "his", "her", "their"))
_JOINING = frozenset((",", "and", "&"))
_BELONGING = frozenset(("of", "to", "for"))
_FORMS_OF_ADDRESS = frozenset(("rank", "honorific"))

ByToken: TypeAlias = dict[tuple[int, int], Mention]


@dataclass(frozen=True)
class Joined:
    """The mentions with their titles taken in, the titles borne, and how to come back to whom."""

    mentions: list[Mention]
    held: list[HeldTitle] = field(default_factory=list)
    pronouns: dict[str, str] = field(default_factory=dict)


def join_titles(page: Page, mentions: Sequence[Mention]) -> Joined:
    """Joins each title to the person it stands beside, or to the holder of the office on the day."""
    by_token: ByToken = {(m.passage, t): m for m in mentions for t in range(m.first, m.last)}
    joined = Joined(list(mentions))
    renamed: dict[str, Actor] = {}
    wider: dict[Mention, Mention] = {}
    for title in page.titles:
        doc = page.doc(title.passage)
        of = _of(title, doc, by_token, page)
        bearers = list(_bearers(title, doc, by_token, page))
        for bearer in bearers:
            actor = renamed.get(bearer.actors[0].id, bearer.actors[0])
            if actor.state is None and of is not None and of.state:
                actor = renamed[actor.id] = replace(actor, state=of.state)
            _note_pronoun(title, actor, page, joined.pronouns)
            person = replace(bearer, actors=(actor,))
            if title.last == bearer.first:
                start = page.parsed.passages[title.passage].span(doc[title.first : title.last]).start
                person = replace(person, first=title.first, start=start, grounds="title and name")
                wider[bearer] = person
            if title.role not in _FORMS_OF_ADDRESS:
                joined.held.append(_held(title, person, of, page))
        if not bearers and of is not None and doc[title.last - 1].tag_ in ("NN", "NNP"):
            alone = _alone(title, of, doc, page)
            if alone is not None:
                joined.mentions.append(alone)
    _settle_by_what_is_near(page, joined, by_token, mentions, renamed)
    joined.mentions[:] = [_renamed(wider.get(m, m), renamed) for m in joined.mentions]
    return joined


def _settle_by_what_is_near(
    page: Page,
    joined: Joined,
    by_token: ByToken,
    mentions: Sequence[Mention],
    renamed: dict[str, Actor],
) -> None:
    """Gives those still without a state the one that the words around their title leave."""
    for title in page.titles:
        for bearer in _bearers(title, page.doc(title.passage), by_token, page):
            actor = renamed.get(bearer.actors[0].id, bearer.actors[0])
            if actor.state is not None or actor.id in page.domain.people:
                continue
            if code := state_nearby(title, page, [_renamed(m, renamed) for m in mentions]):
                renamed[actor.id] = replace(actor, state=code)
    for mention in mentions:
        actor = renamed.get(mention.actors[0].id, mention.actors[0])
        if actor.kind != "person" or actor.state is not None or actor.id in page.domain.people:
            continue
        if code := state_of_the_untold(mention, page, joined.mentions):
            renamed[actor.id] = replace(actor, state=code)
    joined.held[:] = [
        replace(held, holder=_renamed(held.holder, renamed), of=held.of or _state_of(held, renamed, page))
        for held in joined.held
    ]


def _state_of(held: HeldTitle, renamed: dict[str, Actor], page: Page) -> Actor | None:
    actor = renamed.get(held.holder.actors[0].id)
    return page.state(actor.state) if actor is not None and actor.state else None


def _renamed(mention: Mention, renamed: dict[str, Actor]) -> Mention:
    if len(mention.actors) == 1 and (actor := renamed.get(mention.actors[0].id)) is not None:
        return replace(mention, actors=(actor,))
    return mention


def _note_pronoun(title: Title, actor: Actor, page: Page, pronouns: dict[str, str]) -> None:
    told = page.names.pronoun_of_word.get(page.title_words(title))
    if told:
        pronouns.setdefault(actor.id, told)


# --- who bears it ---------------------------------------------------------------------------------


def _bearers(title: Title, doc: Doc, by_token: ByToken, page: Page) -> Iterator[Mention]:
    """The person beside a title; behind a title in the plural, those joined to that person too."""
    first = _bearer(title, doc, by_token, page)
    if first is None:
        return
    yield first
    if page.is_plural(title) and first.first >= title.last:
        at = first.last
        while at < len(doc) and doc[at].text in _JOINING:
            at += 1
            other = _person(by_token.get((title.passage, at)))
            if other is not None:
                yield other
                at = other.last


def _person(mention: Mention | None) -> Mention | None:
    return mention if mention is not None and mention.actors[0].kind == "person" else None


def _bearer(title: Title, doc: Doc, by_token: ByToken, page: Page) -> Mention | None:
    at = title.last
    if person := _person(by_token.get((title.passage, at))):
        return person
    if title.role in _FORMS_OF_ADDRESS:
        return None
    address = page.title_from.get((title.passage, at))
    if address is not None and address.role in _FORMS_OF_ADDRESS:
        return _person(by_token.get((title.passage, address.last)))
    if doc[at : at + 3].text.lower() == "at the time":
        at += 3
    elif at < len(doc) and doc[at].lower_ in _BELONGING:
        at = _behind_of(title, at, doc, by_token)
    behind = doc[at].text if at < len(doc) else ""
    if behind == "," and (person := _person(by_token.get((title.passage, at + 1)))):
        standing = doc[title.last - 1].dep_ in ("appos", "nsubj", "nsubjpass")
        return person if standing or doc[person.head].dep_ == "appos" else None
    return _named_before(title, doc, by_token)


def _behind_of(title: Title, at: int, doc: Doc, by_token: ByToken) -> int:
    """Where a title goes on behind "of Japan", "of the United States"."""
    at += 1
    while at < len(doc) and doc[at].lower_ in _DETERMINERS:
        at += 1
    mention = by_token.get((title.passage, at))
    return mention.last if mention is not None else title.last


def _named_before(title: Title, doc: Doc, by_token: ByToken) -> Mention | None:
    """ "Name, [the] [Japanese] title": who stands before the comma."""
    back = title.first - 1
    while back >= 0 and title.first - back <= 6 and doc[back].text != ",":
        if doc[back].pos_ in ("VERB", "AUX", "ADP", "CCONJ"):
            return None
        back -= 1
    if back <= 0 or doc[back].text != ",":
        return None
    person = _person(by_token.get((title.passage, back - 1)))
    head = doc[title.last - 1]
    if person is not None and head.dep_ in ("nsubj", "nsubjpass", "conj", "dobj") and not _closes(title, doc):
        return None
    return person


def _closes(title: Title, doc: Doc) -> bool:
    """Whether an apposition ends soon: at a comma, a full stop or the end."""
    return any(t.text in (",", ".", ";") or t.dep_ == "prep" for t in doc[title.last : title.last + 1]) or (
        title.last >= len(doc)
    )


# --- whose office ---------------------------------------------------------------------------------


def _of(title: Title, doc: Doc, by_token: ByToken, page: Page) -> Actor | None:
    """Whose office: the state, organ or body named right before or, after "of", right behind."""
    at, head = title.first - 1, doc[title.last - 1]
    while at >= 0 and (
        doc[at].lower_ in _POSSESSIVE
        or doc[at].lower_ in page.names.former
        or (doc[at].dep_ == "amod" and doc[at].head.i == head.i and (title.passage, at) not in by_token)
    ):
        at -= 1
    if actor := _institution(by_token.get((title.passage, at))):
        return actor
    at = title.last
    if at < len(doc) and doc[at].lower_ in _BELONGING:
        at += 1
        while at < len(doc) and doc[at].lower_ in _DETERMINERS:
            at += 1
        return _institution(by_token.get((title.passage, at)))
    return None


def _institution(mention: Mention | None) -> Actor | None:
    if mention is None or len(mention.actors) != 1:
        return None
    return mention.actors[0] if mention.actors[0].kind in ("state", "organ", "body") else None


def _held(title: Title, person: Mention, of: Actor | None, page: Page) -> HeldTitle:
    """A title with its bearer, whose office it is, and whether the data know the bearer in it on the day."""
    actor, words = person.actors[0], page.title_words(title)
    of = of or page.offices.of(actor.id, words, title.role, page.published)
    if of is None and actor.state is not None:
        of = page.state(actor.state)
    if of is None or title.former:
        return HeldTitle(title, person, of)
    whose = of.state or of.id
    if page.offices.against_the_record(actor.id, words, title.role, whose, page.published):
        if _is_history(title, actor, words, page):
            return HeldTitle(replace(title, former=True), person, of)
        person = replace(person, grounds=AGAINST_THE_RECORD)
    return HeldTitle(title, person, of)


def _is_history(title: Title, actor: Actor, words: str, page: Page) -> bool:
    """Whether a title is told of the past: its bearer is dead, left long ago, or a past year is named."""
    assert page.published is not None
    person = page.domain.people.get(actor.id)
    if person is not None and person.died is not None and person.died < page.published.earliest:
        return True
    left = page.offices.held_before(actor.id, words, title.role, page.published)
    if left is None:
        return False
    sentence = page.doc(title.passage)[title.first].sent
    years = {int(t.text) for t in sentence if t.like_num and len(t.text) == 4 and t.text.isdigit()}
    past = any(1900 < year < page.published.earliest.year or year == left.year for year in years)
    return past or (page.published.earliest - left).days > LONG_AGO_DAYS


def _alone(title: Title, of: Actor, doc: Doc, page: Page) -> Mention | None:
    """ "The Japanese prime minister": who held the office over the whole window, else the state."""
    if title.former or title.role in _FORMS_OF_ADDRESS:
        return None
    words = page.title_words(title)
    holder = page.offices.holder(words, title.role, of.state or of.id, page.published)
    head = doc[title.last - 1]
    if holder is not None and not any(c.lower_ in page.names.another for c in head.lefts):
        actor, grounds = page.known(holder), "holder of the office on the day"
    elif title.role != "other" or head.lemma_.lower() in page.names.agent_nouns:
        actor, grounds = page.state(of.state) if of.state else of, "title stands for the state"
    else:
        return None
    return page.mention(title.passage, title.first, title.last, (actor,), "title", grounds)
