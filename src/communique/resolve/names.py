"""Decides which actor each name on a page means, if the page and the domain data tell.

First what stands alone (strong names, full names), then what needs the page: weak names of states and
organs, and family names, which must fit the office, the day or someone named in full. Without grounds a
name is left open.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from communique.domain.load import Domain
from communique.model import Actor, Candidate, Mention, Title
from communique.resolve.page import Page, slug
from communique.resolve.place import ground

if TYPE_CHECKING:
    from spacy.tokens import Token

_POSSESSIVE = frozenset(("'s", "’s", "'", "’"))


def name_names(page: Page) -> list[Mention]:
    """A mention for every candidate whose actor is known."""
    found: list[Mention] = []
    for candidate in page.candidates:
        actors = _actors(candidate, page)
        if actors:
            found.append(_mention(candidate, actors, page))
    return found


def _actors(c: Candidate, page: Page) -> tuple[Actor, ...]:
    match c.table:
        case "together":
            return tuple(page.state(code) for code in c.ids)
        case "states":
            actor = _state(c, page) or _stranger(c, page)
        case "bodies":
            actor = _body(c, page)
        case "organs":
            actor = _organ(c, page)
        case "publishers":
            actor = Actor(c.ids[0], page.domain.publishers[c.ids[0]].name, "organisation")
        case "people":
            actor = _full(c, page) if c.naming == "full" else _family(c, page)
        case "person":
            actor = _found(c, page)
        case _ if c.last - c.first == 1 and page.words(c).lower() in page.found:
            actor = _found(c, page)
        case _:
            actor = Actor(slug(c.ids[0]), c.ids[0], "organisation")
    return (actor,) if actor else ()


def _mention(c: Candidate, actors: tuple[Actor, ...], page: Page) -> Mention:
    head = page.doc(c.passage)[c.first : c.last].root
    form = {"demonym": "demonym", "seat": "metonym"}.get(c.naming, "name")
    grounds: str = c.naming
    standing = head.dep_ not in ("compound", "amod", "nmod")
    if form == "demonym" and head.pos_ in ("NOUN", "PROPN") and standing:
        form = "name"
    if actors[0].kind in ("state", "organ") and form != "demonym":
        where = ground(head, page.names.ground)
        if where is not None:
            form, grounds = "place", where
    return page.mention(c.passage, c.first, c.last, actors, form, grounds)


# --- states, bodies, organs -----------------------------------------------------------------------


def _state(c: Candidate, page: Page) -> Actor | None:
    codes = [code for code in c.ids if code in page.states] if len(c.ids) > 1 else list(c.ids)
    if len(codes) != 1:
        return None
    code, named = codes[0], codes[0] in page.states
    token = page.doc(c.passage)[c.last - 1]
    words = page.words(c)
    if c.naming == "weak" and not _weak_state(c, code, page):
        return None
    if c.naming == "seat":
        if words in page.names.misleading.namesakes and code not in _without(c, page):
            return None
        if token.pos_ not in ("PROPN", "NOUN", "ADJ", "X") or _in_longer_name(c, page):
            return None
        if _is_of_name(token, page):
            return None
        if token.ent_type_ == "PERSON" and not named and c.last - c.first < len(token.text.split()):
            return None
    return page.state(code)


def _without(c: Candidate, page: Page) -> frozenset[str]:
    """The states named on the page by something else than this name."""
    return frozenset(
        code for o in page.candidates if o is not c and o.naming != "seat" and (code := page.state_of(o))
    )


def _weak_state(c: Candidate, code: str, page: Page) -> bool:
    doc = page.doc(c.passage)
    token, words = doc[c.first], page.words(c)
    if words.isupper() and len(words) < 4:
        return not page.shouted(token) or _is_named_in_capitals(c, page)
    if code in page.states:
        return True
    if _in_longer_name(c, page) or doc[c.last - 1].pos_ not in ("PROPN", "NOUN"):
        return False
    if words.lower() in page.found or words.lower() in page.given:
        return False
    if words in page.names.misleading.provinces:
        behind_comma = c.first > 1 and doc[c.first - 1].text == ","
        others = {page.state_of(o) for o in page.candidates if o.passage == c.passage} - {None, "USA"}
        return bool(others) and not behind_comma
    return True


def _is_named_in_capitals(c: Candidate, page: Page) -> bool:
    """Whether "US" in a line of capitals is the state: not behind a word that wants a pronoun."""
    doc = page.doc(c.passage)
    before = doc[c.first - 1].lower_ if c.first else ""
    return before not in page.names.misleading.pronoun_before


def _body(c: Candidate, page: Page) -> Actor | None:
    """A body; one named by an ordinary word only if the page names it otherwise too."""
    words, token = page.words(c), page.doc(c.passage)[c.first]
    actor = Actor(c.ids[0], page.domain.bodies[c.ids[0]].name, "body")
    if c.naming != "weak":
        return actor
    if (codes := _seats(page.domain).get(words)) and len(codes) == 1:
        head = page.doc(c.passage)[c.first : c.last].root
        here = ground(head, page.names.ground) is not None
        if here or (codes[0] in page.states and c.ids[0] not in page.bodies):
            return page.state(codes[0])
    if page.shouted(token):
        return None
    if " " in words or (words.isupper() and len(words) > 2) or c.ids[0] in page.bodies:
        return actor
    return actor if words in _seats(page.domain) else None


@lru_cache(maxsize=4)
def _seats(domain: Domain) -> dict[str, tuple[str, ...]]:
    """States by seat of government."""
    found: dict[str, tuple[str, ...]] = {}
    for code, state in domain.states.items():
        for seat in {state.capital, *state.seats}:
            found[seat] = (*found.get(seat, ()), code)
    return found


def _organ(c: Candidate, page: Page) -> Actor | None:
    """An organ; one that several states have by such a name is that of the state it is given to."""
    organs = {i: page.domain.organs[i].state for i in c.ids}
    fitting = list(organs) if c.naming != "weak" else []
    if not fitting:
        if _in_longer_name(c, page):
            return None
        for near in (_owner(c, page), _same_sentence(c, page), page.states):
            fitting = [i for i, state in organs.items() if state in near]
            if fitting:
                break
    if len(fitting) != 1:
        return None
    organ = page.domain.organs[fitting[0]]
    return Actor(fitting[0], organ.name, "organ", organ.state)


def _owner(c: Candidate, page: Page) -> frozenset[str]:
    """The state named right before: "Taiwan's Coast Guard", "the Taiwanese Coast Guard"."""
    doc, at = page.doc(c.passage), c.first - 1
    while at >= 0 and (doc[at].text in _POSSESSIVE or doc[at].dep_ == "amod"):
        if (c.passage, at) in page.candidate_at:
            break
        at -= 1
    before = page.candidate_at.get((c.passage, at))
    code = page.state_of(before) if before is not None else None
    return frozenset((code,)) if code else frozenset()


def _same_sentence(c: Candidate, page: Page) -> frozenset[str]:
    sentence = page.doc(c.passage)[c.first].sent
    return frozenset(
        code
        for o in page.candidates
        if o.passage == c.passage and sentence.start <= o.first < sentence.end and (code := page.state_of(o))
    )


# --- people ---------------------------------------------------------------------------------------


def _full(c: Candidate, page: Page) -> Actor | None:
    if len(c.ids) == 1:
        return page.known(c.ids[0])
    fitting = _fitting(c, list(c.ids), page)
    return page.known(fitting[0]) if len(fitting) == 1 else None


def _fitting(c: Candidate, pool: list[str], page: Page) -> list[str]:
    """Of several people with one name those the title beside it, or the day, lets it mean."""
    title = page.title_before.get((c.passage, c.first))
    living = [i for i in pool if not _dead(i, page)]
    if title is None or title.role in ("rank", "honorific"):
        return page.offices.in_office(living, page.published) or living
    if title.former:
        dead = [i for i in pool if i not in living]
        if dead and _is_late(title, page):
            return dead
    return page.offices.titled_people(
        pool if title.former else living, page.title_words(title), title.role, page.published, title.former
    )


def _is_late(title: Title, page: Page) -> bool:
    doc = page.doc(title.passage)
    return any(t.lower_ == "late" for t in doc[max(0, title.first - 4) : title.first])


def _dead(person_id: str, page: Page) -> bool:
    died = page.domain.people[person_id].died
    return died is not None and page.published is not None and died < page.published.earliest


def _family(c: Candidate, page: Page) -> Actor | None:
    """A family name: of one named in full, else of one whom title, office, day and page let it mean."""
    if _in_longer_name(c, page) or page.words(c).islower():
        return None
    token = page.doc(c.passage)[c.first]
    family = page.domain.people[c.ids[0]].family.lower()
    title = page.title_before.get((c.passage, c.first))
    strangers = page.found.get(page.words(c).lower(), frozenset())
    here = page.full.get(family, frozenset())
    if token.ent_type_ in ("DATE", "TIME") and title is None and not _is_subject(c, page):
        return None
    if len(here) + len(strangers) == 1:
        if title is None and not _looks_like_name(c, page):
            return None
        return page.known(next(iter(here))) if here else _unknown(next(iter(strangers)))
    if strangers:
        return None
    pool = [i for i in c.ids if not here or i in here]
    if title is not None and title.role not in ("rank", "honorific"):
        pool = _fitting(c, pool, page)
    else:
        pool = _untitled(c, pool, page, bool(here))
    return page.known(pool[0]) if len(pool) == 1 else None


def _untitled(c: Candidate, pool: list[str], page: Page, in_full: bool) -> list[str]:
    """Whom a family name without a title means, by who is in office and whose state is named."""
    living = [i for i in pool if not _dead(i, page)]
    if in_full:
        return living if _looks_like_name(c, page) else []
    holding = page.offices.in_office(living, page.published)
    if not holding and len(living) == 1 and not page.domain.tenures_of(living[0]):
        holding = living  # somebody whose offices the data do not follow
    token = page.doc(c.passage)[c.first]
    addressed = (c.passage, c.first) in page.title_before
    of_here = [i for i in holding if _is_of_page(i, page)]
    if page.words(c) in page.names.misleading.families:
        if addressed or _beside_people(c, page):
            return of_here or (holding if addressed or len(holding) == 1 else [])
        peers = [i for i in holding if _has_peer(i, c, page)]
        if peers:
            return peers
        return of_here if token.ent_type_ == "PERSON" and token.pos_ == "PROPN" else []
    if of_here:
        return of_here
    leading = [i for i in holding if page.offices.leads(i, page.published)]
    if addressed or token.ent_type_ in ("PERSON", "ORG") or _beside_people(c, page):
        return holding
    return leading if len(holding) == 1 else []


def _is_of_page(person_id: str, page: Page) -> bool:
    """Whether the page names the state a person acts for, or the body."""
    if page.domain.people[person_id].state in page.states:
        return True
    return any(t.office.of in page.bodies for t in page.domain.tenures_of(person_id))


def _beside_people(c: Candidate, page: Page) -> bool:
    """Whether a name is joined to that of somebody known: "Austin and Stoltenberg"."""
    token = page.doc(c.passage)[c.last - 1]
    others = [*token.conjuncts]
    return any(
        o is not None and o is not c and o.table == "people" and not _common(o, page)
        for o in (page.candidate_at.get((c.passage, t.i)) for t in others)
    )


def _common(c: Candidate, page: Page) -> bool:
    return c.naming == "family" and page.words(c) in page.names.misleading.families


def _has_peer(person_id: str, c: Candidate, page: Page) -> bool:
    """Whether the sentence has a title of the kind the person bears, or a "counterpart"."""
    sentence = page.doc(c.passage)[c.first].sent
    roles = {t.office.role for t in page.domain.tenures_of(person_id)}
    return any(
        t.passage == c.passage
        and sentence.start <= t.first < sentence.end
        and (t.role in roles or page.title_words(t) in page.names.counterparts)
        for t in page.titles
    )


def _in_longer_name(c: Candidate, page: Page) -> bool:
    """Whether a name is part of a longer one: "Park Avenue", "George Washington", "Camp David"."""
    doc = page.doc(c.passage)
    head = doc[c.last - 1]
    if c.last < len(doc):
        after = doc[c.last]
        beyond = page.candidate_at.get((c.passage, c.last))
        stands_for = after.lemma_.lower() in page.names.agent_nouns
        if (
            after.pos_ == "PROPN"
            and after.text[0].isupper()
            and head.dep_ in ("compound", "nmod")
            and head.head.i >= c.last
            and (beyond is None or beyond.table in ("person", "organisation"))
            and not stands_for
            and not _is_title(c.passage, c.last, page)
        ):
            return True
    if not c.first:
        return False
    before = doc[c.first - 1]
    return (
        before.pos_ == "PROPN"
        and before.text[0].isupper()
        and before.is_alpha
        and before.dep_ == "compound"
        and c.first <= before.head.i < c.last
        and (c.passage, c.first - 1) not in page.candidate_at
        and (c.passage, c.first) not in page.title_before
    )


def _is_of_name(token: Token, page: Page) -> bool:
    """Whether a city ends a longer name: "Treaty of Paris", but not "Embassy of Paris"."""
    above = token.head.head
    return (
        token.dep_ == "pobj"
        and token.head.lower_ == "of"
        and above.pos_ == "PROPN"
        and above.text[0].isupper()
        and above.lemma_.lower() not in page.names.agent_nouns | page.names.person_nouns
    )


def _is_title(passage: int, token: int, page: Page) -> bool:
    return any(t.passage == passage and t.first <= token < t.last for t in page.titles)


def _looks_like_name(c: Candidate, page: Page) -> bool:
    """Whether a family name known from the page is one here too, and not a word or a month."""
    if page.words(c) not in page.names.misleading.families:
        return True
    token = page.doc(c.passage)[c.first]
    if token.pos_ == "PROPN" and token.ent_type_ not in ("DATE", "GPE", "LOC"):
        return True
    return _is_subject(c, page)


def _is_subject(c: Candidate, page: Page) -> bool:
    """Whether a finite verb follows right behind: "May had hoped"."""
    doc = page.doc(c.passage)
    behind = doc[c.last] if c.last < len(doc) else None
    return behind is not None and behind.tag_ in ("VBD", "VBZ") and behind.sent == doc[c.first].sent


def _found(c: Candidate, page: Page) -> Actor | None:
    """Somebody the domain data lack, by full name; by the family name if one on the page bears it."""
    words = page.words(c)
    if c.last - c.first > 1:
        return _unknown(words)
    named = page.found.get(words.lower(), frozenset())
    known = page.full.get(words.lower(), frozenset())
    if len(named) + len(known) != 1:
        return None
    return _unknown(next(iter(named))) if named else page.known(next(iter(known)))


def _stranger(c: Candidate, page: Page) -> Actor | None:
    """Somebody the page names in full whose family name is also that of a state or city ("Jordan")."""
    unsure = c.naming in ("weak", "seat") and not page.states & set(c.ids)
    return _found(c, page) if unsure and c.last - c.first == 1 else None


def _unknown(name: str) -> Actor:
    return Actor(slug(name), name, "person")


