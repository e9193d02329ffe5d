"""The people an analyst wrote and the offices they held: complete, without overlap, as events have them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from communique.domain.load import Domain, Tenure, load_domain
from communique.domain.schema import Entry, FirstDay, Office, Officeholders
from communique.domain.source import DATA, read_yaml

FIRST, LAST = date(2010, 1, 1), date(2024, 12, 31)
COMPLETE = list((DATA / "people").glob("[A-Z][A-Z][A-Z].yaml"))
HEADS = ("head_of_state", "head_of_government")
# The states most active in the field: their ministries are kept without long gaps too.
FIFTEEN = [
    "AUS", "CHN", "DEU", "FRA", "GBR", "IND", "IRN", "ISR", "JPN", "KOR", "PHL", "PRK", "RUS", "UKR", "USA",
]  # fmt: skip
# A ministry may stand empty between two ministers; the longest such time known here is about two months.
EMPTY_AT_MOST = timedelta(days=66)


class OfficeCase(Entry):
    """Who held an office on a day."""

    day: FirstDay
    office: str
    person: str
    event: str


class HeadCase(Entry):
    """Who was head of state or government on a day."""

    day: FirstDay
    of: str
    person: str
    event: str


class Cases(Entry):
    """The content of `offices.yaml`."""

    offices: tuple[OfficeCase, ...]
    heads: tuple[HeadCase, ...]


CASES: Cases = read_yaml(Path(__file__).parents[1] / "cases" / "offices.yaml", Cases)


@pytest.fixture(scope="module")
def domain() -> Domain:
    return load_domain()


def uncovered(tenures: Iterable[Tenure]) -> list[tuple[date, date]]:
    """The stretches between `FIRST` and `LAST` on which none of the tenures holds, ends included."""
    gaps, day = [], FIRST
    for tenure in sorted(tenures, key=lambda t: t.since):
        if tenure.since > day:
            gaps.append((day, min(tenure.since - timedelta(days=1), LAST)))
        day = max(day, (tenure.until or date.max - timedelta(days=1)) + timedelta(days=1))
        if day > LAST:
            return gaps
    return [*gaps, (day, LAST)]


def test_uncovered_finds_every_gap(domain: Domain) -> None:
    chief = [t for t in domain.tenures if t.office_id == "jpn-prime-minister"]
    assert uncovered(chief) == []
    without = [t for t in chief if t.person_id != "yoshihide-suga"]
    assert uncovered(without) == [(date(2020, 9, 17), date(2021, 10, 3))]
    assert uncovered([]) == [(FIRST, LAST)]


@pytest.mark.parametrize("case", CASES.offices, ids=lambda c: f"{c.office} {c.day}")
def test_office(domain: Domain, case: OfficeCase) -> None:
    assert case.office in domain.offices
    held = [t.person_id for t in domain.tenures if t.office_id == case.office and t.holds_on(case.day)]
    assert case.person in held
    assert len(held) <= 2  # a day of handing over belongs to both


@pytest.mark.parametrize("case", CASES.heads, ids=lambda c: f"{c.of} {c.person} {c.day}")
def test_head(domain: Domain, case: HeadCase) -> None:
    heads = {t.person_id for role in HEADS for t in domain.holders(case.of, role, case.day)}
    assert case.person in heads


def test_cases_are_many_and_various() -> None:
    assert len(CASES.offices) >= 40
    assert {case.of for case in CASES.heads} >= set(FIFTEEN)
    assert len({(c.day, c.office) for c in CASES.offices}) == len(CASES.offices)


@pytest.mark.parametrize("state", sorted(path.stem for path in COMPLETE))
def test_a_head_on_every_day(domain: Domain, state: str) -> None:
    assert not uncovered(t for t in domain.tenures if t.office.of == state and t.office.role in HEADS)


@pytest.mark.parametrize("state", FIFTEEN)
@pytest.mark.parametrize("role", ["foreign", "defence"])
def test_no_ministry_stands_empty_for_long(domain: Domain, state: str, role: str) -> None:
    gaps = uncovered(t for t in domain.tenures if t.office.of == state and t.office.role == role)
    assert [gap for gap in gaps if gap[1] - gap[0] > EMPTY_AT_MOST] == []


def test_spells_of_one_office_do_not_overlap(domain: Domain) -> None:
    overlaps = [
        f"{slug}: {one.person} until {one.until}, {other.person} since {other.since}"
        for slug, office in domain.offices.items()
        for one, other in pairwise(office.holders)
        if one.until is None or one.until > other.since
    ]
    assert overlaps == []


def test_every_holder_is_a_person_and_every_key_is_unique(domain: Domain) -> None:
    assert {h.person for o in domain.offices.values() for h in o.holders} <= domain.people.keys()
    people = Counter(slug for part in domain.officeholders for slug in part.people)
    offices = Counter(slug for part in domain.officeholders for slug in part.offices)
    assert [slug for slug, count in (people + offices).items() if count > 1] == []


def test_no_one_holds_office_after_death_or_as_a_child(domain: Domain) -> None:
    wrong = [
        (t.person_id, t.office_id)
        for t in domain.tenures
        if (t.person.died and (t.until is None or t.until > t.person.died))
        or (t.person.born and t.since.year - int(t.person.born) < 18)
    ]
    assert wrong == []


def test_files_are_named_after_the_states_they_are_of() -> None:
    for path in (DATA / "people").glob("*.yaml"):
        part: Officeholders = read_yaml(path, Officeholders)
        states = {office.of for office in part.offices.values()}
        assert states == {path.stem} or path.stem == "bodies"
        assert path.stem != "bodies" or states >= {"NATO", "UN", "EU", "IAEA", "ASEAN"}
        assert all(slug.startswith(f"{office.of.lower()}-") for slug, office in part.offices.items())


def test_names(domain: Domain) -> None:
    for slug, person in domain.people.items():
        assert any(person.family in name for name in (person.name, *person.also)), slug
        assert person.name not in person.also, slug
        assert len(set(person.also)) == len(person.also), slug
        assert person.state is not None, slug
    owners = Counter(name for p in domain.people.values() for name in {p.name, *p.also} if " " in name)
    assert [name for name, count in owners.items() if count > 1] == []


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Joseph R. Biden Jr.", "joe-biden"),
        ("Kishida Fumio", "fumio-kishida"),
        ("Vladimir V. Putin", "vladimir-putin"),
        ("Volodymyr Zelenskiy", "volodymyr-zelenskyy"),
        ("Recep Tayyip Erdoğan", "recep-tayyip-erdogan"),
        ("Yoon Suk-yeol", "yoon-suk-yeol"),
        ("Moon Jae In", "moon-jae-in"),
        ("Kim Jong-un", "kim-jong-un"),
        ("Bongbong Marcos", "ferdinand-marcos-jr"),
        ("William Lai", "lai-ching-te"),
        ("Sergey Shoigu", "sergei-shoigu"),
        ("Bashar al-Assad", "bashar-assad"),
        ("Binyamin Netanyahu", "benjamin-netanyahu"),
    ],
)
def test_other_forms_lead_to_the_person(domain: Domain, name: str, slug: str) -> None:
    assert [s for s, p in domain.people.items() if name in (p.name, *p.also)] == [slug]


def test_brothers_and_namesakes_are_two(domain: Domain) -> None:
    kishi = {s for s, p in domain.people.items() if p.family == "Kishi"}
    assert kishi == {"nobusuke-kishi", "nobuo-kishi"}
    assert {t.office_id for t in domain.tenures_of("nobusuke-kishi")} == {"jpn-prime-minister"}
    assert [t.since.year for t in domain.tenures_of("donald-trump")] == [2017, 2025]


def test_titles_are_those_of_the_office(domain: Domain) -> None:
    def bearing(title: str) -> set[str]:
        return {office.role for office in domain.offices.values() if title in office.titles}

    assert bearing("Prime Minister") == {"head_of_government"}
    assert bearing("Defence Minister") == bearing("Defense Minister") == {"defence"}
    assert bearing("Foreign Minister") == {"foreign"}
    assert bearing("National Security Adviser") == {"security_adviser"}
    assert bearing("Vice President") == {"deputy"}
    doubled = [
        slug for slug, office in domain.offices.items() if len(set(office.titles)) < len(office.titles)
    ]
    assert doubled == []


def test_every_spell_has_a_reference(domain: Domain) -> None:
    def thin(office: Office) -> list[str]:
        return [h.person for h in office.holders if len(h.reference) < 10]

    assert {slug: thin(office) for slug, office in domain.offices.items() if thin(office)} == {}
