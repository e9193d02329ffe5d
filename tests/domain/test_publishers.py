"""The publishers an analyst wrote: enough of them, and no name, domain or credit with two owners."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import pytest

from communique.domain.load import Domain, load_domain
from communique.domain.schema import Publisher
from communique.domain.source import DATA

EXAMPLES = Path(__file__).parents[2] / "examples" / "data"


@pytest.fixture(scope="module")
def publishers() -> dict[str, Publisher]:
    return load_domain().publishers


def owners(pairs: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    """The keys that more than one slug claims."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for key, slug in pairs:
        found[key].add(slug)
    return {key: slugs for key, slugs in found.items() if len(slugs) > 1}


def test_there_are_enough(publishers: dict[str, Publisher]) -> None:
    agencies = [p for p in publishers.values() if p.kind == "agency"]
    assert len(publishers) >= 150
    assert len([p for p in agencies if p.credit]) >= 25
    assert {p.kind for p in publishers.values()} >= {"newspaper", "broadcaster", "government", "institute"}
    assert len({p.country for p in publishers.values()}) >= 60


def test_agencies_have_credits(publishers: dict[str, Publisher]) -> None:
    assert not [slug for slug, p in publishers.items() if p.kind == "agency" and not p.credit]


def test_names_belong_to_one(publishers: dict[str, Publisher]) -> None:
    assert not owners((name, slug) for slug, p in publishers.items() for name in (p.name, *p.also))


def test_credits_belong_to_one(publishers: dict[str, Publisher]) -> None:
    assert not owners((credit, slug) for slug, p in publishers.items() for credit in p.credit)


def test_credits_do_not_clash_with_names(publishers: dict[str, Publisher]) -> None:
    """A credit may not be another publisher's name."""
    names = ((name, slug) for slug, p in publishers.items() for name in (p.name, *p.also))
    marks = ((credit, slug) for slug, p in publishers.items() for credit in p.credit)
    assert not owners([*names, *marks])


def test_domains_belong_to_one_and_are_bare(publishers: dict[str, Publisher]) -> None:
    domains = [(domain, slug) for slug, p in publishers.items() for domain in p.domains]
    assert not owners(domains)
    assert not [
        d for d, _ in domains if not re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", d) or d.startswith("www.")
    ]
    assert not [slug for slug, p in publishers.items() if not p.domains]


def test_groups_have_more_than_one_member(publishers: dict[str, Publisher]) -> None:
    """A group says that two voices are one; a group of one says nothing."""
    members: defaultdict[str, set[str]] = defaultdict(set)
    for slug, publisher in publishers.items():
        if publisher.group:
            members[publisher.group].add(slug)
            if publisher.group in publishers:
                members[publisher.group].add(publisher.group)
    assert members
    assert not {group: slugs for group, slugs in members.items() if len(slugs) < 2}


@pytest.mark.parametrize(
    ("credit", "slug"),
    [
        ("AP", "associated-press"),
        ("Thomson Reuters", "reuters"),
        ("Kyodo", "kyodo"),
        ("PTI", "pti"),
        ("dpa", "dpa"),
    ],
)
def test_credit_leads_to_agency(publishers: dict[str, Publisher], credit: str, slug: str) -> None:
    assert credit in publishers[slug].credit
    assert publishers[slug].kind == "agency"


@pytest.mark.parametrize(
    ("left", "right", "together"),
    [
        ("sputnik", "ria-novosti", True),
        ("global-times", "peoples-daily", True),
        ("rt", "sputnik", False),
        ("fox-news", "wall-street-journal", False),
    ],
)
def test_one_voice_or_two(publishers: dict[str, Publisher], left: str, right: str, together: bool) -> None:
    groups = [publishers[slug].group or slug for slug in (left, right)]
    assert (groups[0] == groups[1]) is together


def test_examples_add_their_invented_publishers() -> None:
    """The outlets of the example pages are invented: none under a name or domain of a real one."""
    real = Domain((DATA,)).publishers
    invented = Domain((EXAMPLES,)).publishers
    assert not set(real) & set(invented)
    assert not owners((n, s) for s, p in {**real, **invented}.items() for n in (p.name, *p.also, *p.credit))
    assert all(domain.endswith(".example") for p in invented.values() for domain in p.domains)
    assert Domain((DATA, EXAMPLES)).publishers["meridian-wire"].credit


def test_no_publisher_has_the_name_of_one_who_acts(publishers: dict[str, Publisher]) -> None:
    """In a text "the Kremlin" and "the European Commission" act; their web sites only publish."""
    domain = load_domain()
    acting = {
        name.casefold()
        for entry in (*domain.states.values(), *domain.organs.values(), *domain.bodies.values())
        for name in (*entry.names, *entry.weak)
    }
    acting |= {
        word.casefold() for state in domain.states.values() for word in (*state.demonyms, *state.seats)
    }
    acting |= {title.casefold() for office in domain.offices.values() for title in office.titles}
    acting |= {f"the {name}" for name in acting}
    assert not {
        (slug, name)
        for slug, publisher in publishers.items()
        for name in (publisher.name, *publisher.also, *publisher.credit)
        if name.casefold() in acting and not name.isupper()  # abbreviations are told apart where they stand
    }
