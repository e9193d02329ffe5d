"""Whom a person means."""

from __future__ import annotations

import pytest

from communique.domain.load import Domain
from communique.errors import UsageError
from communique.views.actors import choose


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("Norway", "NOR"),
        ("norway", "NOR"),
        ("NOR", "NOR"),
        ("U.S.", "USA"),
        ("Norwegian", "NOR"),
        ("Oslo", "NOR"),
        ("NATO", "NATO"),
        ("jens stoltenberg", "jens-stoltenberg"),
        ("jens-stoltenberg", "jens-stoltenberg"),
    ],
)
def test_names_and_identifiers_are_found(given: str, meant: str, domain: Domain) -> None:
    (one,) = choose([given], domain)
    assert one.id == meant


def test_a_name_of_the_ledger_is_found_where_the_data_lack_it(domain: Domain) -> None:
    (one,) = choose(["Ada Virta"], domain, [("ada-virta", "Ada Virta")])
    assert (one.id, one.name) == ("ada-virta", "Ada Virta")


def test_an_actor_named_twice_is_chosen_once(domain: Domain) -> None:
    assert len(choose(["Norway", "norway"], domain)) == 1


def test_an_unknown_name_brings_its_nearest(domain: Domain) -> None:
    with pytest.raises(UsageError, match=r"no actor 'Norwy'; did you mean .*Norway"):
        choose(["Norwy"], domain)
    with pytest.raises(UsageError, match="name a state, person or body"):
        choose(["zzzzqqqqxxxx"], domain)


def test_a_family_name_of_several_is_refused_unless_the_ledger_has_one(domain: Domain) -> None:
    families: dict[str, list[str]] = {}
    for slug, person in domain.people.items():
        families.setdefault(person.family, []).append(slug)
    others = {name.casefold() for state in domain.states.values() for name in (*state.names, *state.demonyms)}
    family, slugs = next(
        (f, s) for f, s in sorted(families.items()) if len(s) > 1 and f.casefold() not in others
    )
    with pytest.raises(UsageError, match="may be several"):
        choose([family], domain)
    (one,) = choose([family], domain, [(slugs[0], "someone")])
    assert one.id == slugs[0]
