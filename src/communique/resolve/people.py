"""Whom the name of a person means: by full name, else by what title, office, day and page allow."""

from __future__ import annotations

from communique.model import Actor, Candidate, Title
from communique.resolve.page import Page
from communique.text import slug


def full_name(c: Candidate, page: Page) -> Actor | None:
    """Who bears a full name; of several the one whom the title beside it, or the day, lets it mean."""
    if page.in_longer_name(c):
        return None
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


def family_name(c: Candidate, page: Page) -> Actor | None:
    """A family name: of one named in full, else of one whom title, office, day and page let it mean."""
    if page.in_longer_name(c) or page.words(c).islower():
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


def found_name(c: Candidate, page: Page) -> Actor | None:
    """Somebody the domain data lack, by full name; by the family name if one on the page bears it."""
    words = page.words(c)
    if c.last - c.first > 1:
        return _unknown(words)
    named = page.found.get(words.lower(), frozenset())
    known = page.full.get(words.lower(), frozenset())
    if len(named) + len(known) != 1:
        return None
    return _unknown(next(iter(named))) if named else page.known(next(iter(known)))


def stranger(c: Candidate, page: Page) -> Actor | None:
    """Somebody the page names in full whose family name is also that of a state or city ("Jordan")."""
    unsure = c.naming in ("weak", "seat") and not page.states & set(c.ids)
    return found_name(c, page) if unsure and c.last - c.first == 1 else None


def _unknown(name: str) -> Actor:
    return Actor(slug(name), name, "person")
