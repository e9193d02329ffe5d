"""The agreements and capabilities an analyst wrote: enough of them, in order, known parties, plain names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, get_args

import pycountry
import pytest

from communique.domain.load import load_domain
from communique.domain.schema import Agreement, Capability, Named
from communique.domain.source import DATA, read_yaml


@pytest.fixture(scope="module")
def agreements() -> dict[str, Agreement]:
    return load_domain().agreements


@pytest.fixture(scope="module")
def capabilities() -> dict[str, Capability]:
    return load_domain().capabilities


def claimed_twice(entries: Mapping[str, Named]) -> dict[str, set[str]]:
    """The strong names that more than one entry claims, whatever the case."""
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for slug, entry in entries.items():
        for name in entry.names:
            owners[name.casefold()].add(slug)
    return {name: slugs for name, slugs in owners.items() if len(slugs) > 1}


def unknown(codes: Iterable[str]) -> set[str]:
    """The codes of three letters that ISO 3166 does not have and no body bears."""
    bodies = set(load_domain().bodies)
    return {
        code
        for code in codes
        if code not in bodies and not (len(code) == 3 and pycountry.countries.get(alpha_3=code))
    }


def test_there_are_enough(agreements: dict[str, Agreement], capabilities: dict[str, Capability]) -> None:
    assert len(agreements) >= 70
    assert len(capabilities) >= 90
    assert {c.kind for c in capabilities.values()} == set(
        get_args(Capability.model_fields["kind"].annotation)
    )


def test_strong_names_belong_to_one(
    agreements: dict[str, Agreement], capabilities: dict[str, Capability]
) -> None:
    assert not claimed_twice({**agreements, **capabilities})


def test_no_name_is_both_strong_and_weak(
    agreements: dict[str, Agreement], capabilities: dict[str, Capability]
) -> None:
    """A name that one agreement needs its parties for cannot stand alone for another."""
    for entries in (agreements, capabilities):
        strong = {name for entry in entries.values() for name in entry.names}
        weak = {name for entry in entries.values() for name in entry.weak}
        assert not strong & weak


def test_agreement_and_capability_slugs_differ(
    agreements: dict[str, Agreement], capabilities: dict[str, Capability]
) -> None:
    assert not set(agreements) & set(capabilities)


def test_days_are_in_order(agreements: dict[str, Agreement]) -> None:
    for slug, agreement in agreements.items():
        days = [day for day in (agreement.signed, agreement.in_force, agreement.ended) if day]
        assert days == sorted(days), slug
        assert all(date(1900, 1, 1) < day for day in days), slug


def test_parties_and_states_are_known(
    agreements: dict[str, Agreement], capabilities: dict[str, Capability]
) -> None:
    assert not unknown(code for agreement in agreements.values() for code in agreement.parties)
    assert not unknown(code for capability in capabilities.values() for code in capability.states)


def test_weak_names_and_hints_have_someone_to_be_near(
    agreements: dict[str, Agreement], capabilities: dict[str, Capability]
) -> None:
    """A name needs its parties near, so there must be some, unless the agreement is open to all."""
    open_to_all = {"ctbt", "arms-trade-treaty", "unclos", "ottawa-convention"}
    assert not {
        slug
        for slug, a in agreements.items()
        if (a.weak or a.about) and not a.parties and slug not in open_to_all
    }
    assert not {slug for slug, c in capabilities.items() if (c.weak or c.about) and not c.states}


def test_hints_are_single_lower_case_words(
    agreements: dict[str, Agreement], capabilities: dict[str, Capability]
) -> None:
    """A hint is compared word by word with lower-cased text."""
    lists = [words for entry in (*agreements.values(), *capabilities.values()) for words in entry.about]
    assert lists
    assert all(words and all(w == w.lower() and " " not in w for w in words) for words in lists)


@pytest.mark.parametrize(
    ("slug", "parties", "signed", "in_force"),
    [
        ("us-japan-security-treaty", {"JPN", "USA"}, "1960-01-19", "1960-06-23"),
        ("japan-australia-raa", {"JPN", "AUS"}, "2022-01-06", "2023-08-13"),
        ("japan-uk-raa", {"JPN", "GBR"}, "2023-01-11", "2023-10-15"),
        ("japan-philippines-raa", {"JPN", "PHL"}, "2024-07-08", "2025-09-11"),
        ("gcap-convention", {"JPN", "GBR", "ITA"}, "2023-12-14", "2024-12-10"),
        ("new-start", {"USA", "RUS"}, "2010-04-08", "2011-02-05"),
    ],
)
def test_known_agreements(
    agreements: dict[str, Agreement], slug: str, parties: set[str], signed: str, in_force: str
) -> None:
    agreement = agreements[slug]
    assert set(agreement.parties) == parties
    assert (agreement.signed, agreement.in_force) == (
        date.fromisoformat(signed),
        date.fromisoformat(in_force),
    )


def test_parties_tell_agreements_of_one_weak_name_apart(agreements: dict[str, Agreement]) -> None:
    named = {
        slug: set(a.parties) for slug, a in agreements.items() if "reciprocal access agreement" in a.weak
    }
    assert len(named) >= 3
    assert len({frozenset(parties) for parties in named.values()}) == len(named)


def test_capabilities_are_counted_in_units_that_are_read(capabilities: dict[str, Capability]) -> None:
    counted = read_yaml(DATA / "units.yaml", dict[str, Any])["counted"]
    assert {c.unit for c in capabilities.values() if c.unit} <= set(counted)
