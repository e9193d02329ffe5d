"""Decides which actor each name on a page means, if the page and the domain data tell.

Strong names stand alone; weak names of states, bodies and organs need the page, and names of people
(`people`) the office, the day or someone named in full. Without grounds a name is left open.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from communique.domain.load import Domain
from communique.model import Actor, Candidate, Mention
from communique.resolve.page import Page
from communique.resolve.people import family_name, found_name, full_name, stranger
from communique.resolve.place import ground
from communique.text import slug

if TYPE_CHECKING:
    from spacy.tokens import Token

_DASHES = frozenset(("-", "--", "–", "—"))
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
            actor = _state(c, page) or stranger(c, page)
        case "bodies":
            actor = _body(c, page)
        case "organs":
            actor = _organ(c, page)
        case "publishers":
            actor = Actor(c.ids[0], page.domain.publishers[c.ids[0]].name, "organisation")
        case "people":
            actor = full_name(c, page) if c.naming == "full" else family_name(c, page)
        case "person":
            actor = found_name(c, page)
        case _ if c.last - c.first == 1 and page.words(c).lower() in page.found:
            actor = found_name(c, page)
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
        where = "ground" if _is_dateline(c, page) else ground(head, page.names.ground)
        if where is not None:
            form, grounds = "place", where
    return page.mention(c.passage, c.first, c.last, actors, form, grounds)


def _is_dateline(c: Candidate, page: Page) -> bool:
    """Whether a paragraph opens with a name as the place it was written: "MOSCOW (AP)", "Tokyo, March 3"."""
    doc = page.doc(c.passage)
    if c.first or c.last >= len(doc):
        return False
    behind = doc[c.last]
    if behind.text == ",":
        dated = c.last + 1 < len(doc) and doc[c.last + 1].ent_type_ == "DATE"
        return dated or (page.words(c).isupper() and len(page.words(c)) > 4)
    credited = behind.text == "(" and page.words(c).isupper() and len(page.words(c)) > 4
    return credited or behind.text in _DASHES


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
        if token.pos_ not in ("PROPN", "NOUN", "ADJ", "X") or page.in_longer_name(c):
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
    if token.tag_ == "DT":
        return _is_half(c, code, page)
    if code in page.states:
        return not page.in_longer_name(c)
    if page.in_longer_name(c) or doc[c.last - 1].pos_ not in ("PROPN", "NOUN"):
        return False
    if words.lower() in page.found or words.lower() in page.given:
        return False
    if words in page.names.misleading.provinces:
        behind_comma = c.first > 1 and doc[c.first - 1].text == ","
        others = {page.state_of(o) for o in page.candidates if o.passage == c.passage} - {None, "USA"}
        return bool(others) and not behind_comma
    return True


def _is_half(c: Candidate, code: str, page: Page) -> bool:
    """Whether "the North" is one of two states the page tells of, and not a part of some land."""
    doc = page.doc(c.passage)
    behind = doc[c.last] if c.last < len(doc) else None
    return code in page.states and (behind is None or (behind.lower_ != "of" and behind.pos_ != "PROPN"))


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
        if page.in_longer_name(c):
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
