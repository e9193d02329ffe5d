"""Decides whom each name on a page means, right at the page's date, and joins titles to their bearers.

A name is given to an actor only on grounds the page or the domain data supply; without them it is
left open. A wrong actor is worse than none.
"""

from __future__ import annotations

from collections.abc import Sequence

from communique.domain.lexicon.names import Names
from communique.domain.load import Domain
from communique.model import Candidate, Cast, Interval, Parsed, Title
from communique.resolve.agents import read_agents
from communique.resolve.coreference import anaphora
from communique.resolve.names import name_names
from communique.resolve.page import Page
from communique.resolve.titles import join_titles


def resolve(
    parsed: Parsed,
    candidates: Sequence[Candidate],
    titles: Sequence[Title],
    published: Interval | None,
    domain: Domain,
    names: Names,
) -> Cast:
    """The cast of a page: who is named, by name, title, demonym, metonym or in coming back to them."""
    page = Page(parsed, tuple(candidates), tuple(titles), published, domain, names)
    joined = join_titles(page, name_names(page))
    mentions = joined.mentions + read_agents(page, joined.mentions)
    mentions += anaphora(page, mentions, joined)
    order = sorted(mentions, key=lambda m: (m.passage, m.first, m.last))
    people = {actor.id for mention in order for actor in mention.actors if actor.kind == "person"}
    serves = {i: body for i in sorted(people) if (body := page.offices.body_served(i, published)) is not None}
    return Cast(tuple(order), tuple(joined.held), serves)
