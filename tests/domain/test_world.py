"""The built-in states, organs and bodies against tables and counts of others."""

from collections import Counter
from datetime import date, timedelta

import pycountry
import pytest

from communique.domain.load import Domain
from communique.domain.source import DATA

WORLD = Domain((DATA,))
STATES, ORGANS, BODIES = WORLD.states, WORLD.organs, WORLD.bodies


def members(body: str, day: str, role: str = "member") -> set[str]:
    on = date.fromisoformat(day)
    return {m.state for m in BODIES[body].members if m.role == role and m.holds_on(on)}


def test_every_member_of_the_united_nations_is_there() -> None:
    assert sum(state.un_member for state in STATES.values()) == 193
    assert {code for code, state in STATES.items() if not state.un_member} == {"PSE", "TWN", "VAT", "XKX"}


@pytest.mark.parametrize("code", sorted(set(STATES) - {"XKX"}))
def test_codes_and_official_names_are_those_of_iso_3166(code: str) -> None:
    country = pycountry.countries.get(alpha_3=code)
    assert country is not None
    ours = {*STATES[code].names, STATES[code].official}
    theirs = {getattr(country, field, "") for field in ("name", "official_name", "common_name")}
    # ISO turns some names round ("Bolivia, Plurinational State of"); their first part is the name.
    firsts = {name.split(",")[0] for name in theirs if name}
    assert any(one in other or other in one for one in ours for other in firsts if other)


def test_currencies_are_those_of_iso_4217() -> None:
    assert {code for code, state in STATES.items() if not state.currency} == set()
    unknown = [s.currency for s in STATES.values() if pycountry.currencies.get(alpha_3=s.currency) is None]
    assert unknown == []


def test_the_euro_area_has_its_members() -> None:
    euro = {code for code, state in STATES.items() if state.currency == "EUR"} & members("EU", "2026-01-01")
    assert len(euro) == 21


def test_states_stand_in_the_order_of_their_codes() -> None:
    assert list(STATES) == sorted(STATES)


def test_the_capital_is_a_seat_but_where_the_government_sits_elsewhere() -> None:
    assert {code for code, state in STATES.items() if state.capital not in state.seats} == {"NLD"}


@pytest.mark.parametrize("code", ["GEO", "JOR", "TCD", "GIN"])
def test_names_of_people_and_provinces_are_weak(code: str) -> None:
    assert STATES[code].name in STATES[code].weak


def test_demonyms_and_names_are_capitalised() -> None:
    words = [
        (code, word) for code, s in STATES.items() for word in (*s.demonyms, *s.seats, s.name, s.capital)
    ]
    assert [pair for pair in words if not pair[1][0].isupper()] == []


def test_a_demonym_belongs_to_one_state_but_for_two() -> None:
    counts = Counter(word for state in STATES.values() for word in set(state.demonyms))
    assert {word for word, count in counts.items() if count > 1} == {"Congolese", "Dominican", "Dominicans"}


def test_family_names_come_first_where_they_do() -> None:
    first = {code for code, state in STATES.items() if state.name_order == "family-first"}
    assert first == {"CHN", "KHM", "KOR", "PRK", "TWN", "VNM"}


def test_there_are_organs_enough() -> None:
    assert len(ORGANS) >= 150
    assert len({organ.state for organ in ORGANS.values()}) >= 40


@pytest.mark.parametrize(
    ("slug", "state", "kind"),
    [
        ("white-house", "USA", "residence"),
        ("pentagon", "USA", "ministry"),
        ("kremlin", "RUS", "residence"),
        ("liberal-democratic-party", "JPN", "party"),
        ("knesset", "ISR", "legislature"),
        ("royal-navy", "GBR", "military"),
    ],
)
def test_organs_act_for_their_state(slug: str, state: str, kind: str) -> None:
    assert (ORGANS[slug].state, ORGANS[slug].kind) == (state, kind)


@pytest.mark.parametrize(
    ("body", "day", "count"),
    [
        ("NATO", "2010-06-01", 28), ("NATO", "2018-01-01", 29), ("NATO", "2021-01-01", 30),
        ("NATO", "2023-04-03", 30), ("NATO", "2023-04-04", 31), ("NATO", "2024-03-07", 32),
        ("EU", "2012-01-01", 27), ("EU", "2014-01-01", 28), ("EU", "2020-01-31", 28),
        ("EU", "2020-02-01", 27), ("G7", "2023-05-19", 7), ("G8", "2013-06-17", 8),
        ("G8", "2014-03-25", 0), ("G20", "2022-11-15", 19), ("QUAD", "2024-01-01", 4),
        ("AUKUS", "2021-09-14", 0), ("AUKUS", "2021-09-15", 3), ("ASEAN", "2024-01-01", 10),
        ("ASEAN", "2025-11-01", 11), ("SCO", "2010-01-01", 6), ("SCO", "2025-01-01", 10),
        ("CSTO", "2025-01-01", 6), ("BRICS", "2010-01-01", 4), ("BRICS", "2023-01-01", 5),
        ("COE", "2022-03-16", 47), ("COE", "2023-01-01", 46), ("OIC", "2011-01-01", 57),
        ("AU", "2018-01-01", 54), ("ARAB-LEAGUE", "2023-06-01", 22), ("GCC", "2020-01-01", 6),
        ("ECOWAS", "2025-01-28", 15), ("ECOWAS", "2025-01-29", 12), ("OPEC", "2024-01-01", 12),
        ("SADC", "2020-01-01", 16), ("APEC", "2020-01-01", 20), ("UNSC", "2020-01-01", 5),
        ("CPTPP", "2025-01-01", 12), ("JEF", "2022-01-01", 10),
    ],
)  # fmt: skip
def test_bodies_have_as_many_members_as_records_say(body: str, day: str, count: int) -> None:
    assert len(members(body, day)) == count


@pytest.mark.parametrize("year", range(2010, 2027))
def test_the_security_council_has_ten_elected_members(year: int) -> None:
    elected = members("UNSC", f"{year}-01-01", "elected")
    assert elected == members("UNSC", f"{year}-12-31", "elected")
    assert len(elected) == 10
    assert not elected & members("UNSC", f"{year}-01-01")


def test_terms_on_the_security_council_last_two_years_but_for_one_shared() -> None:
    short = {
        m.state
        for m in BODIES["UNSC"].members
        if m.role == "elected" and m.until and (m.until - m.since).days < 700
    }
    assert short == {"ITA", "NLD"}


@pytest.mark.parametrize(
    ("body", "day", "state"),
    [
        ("G7", "2023-05-19", "JPN"), ("G7", "2021-06-11", "GBR"), ("G8", "2014-02-01", "RUS"),
        ("G20", "2019-06-28", "JPN"), ("G20", "2023-09-09", "IND"), ("ASEAN", "2019-06-22", "THA"),
        ("EU", "2020-12-01", "DEU"), ("OSCE", "2022-02-24", "POL"), ("AU", "2023-02-18", "COM"),
        ("SCO", "2022-09-16", "UZB"), ("APEC", "2023-11-15", "USA"), ("BRICS", "2024-10-22", "RUS"),
    ],
)  # fmt: skip
def test_who_presides(body: str, day: str, state: str) -> None:
    assert members(body, day, "presides") == {state}


@pytest.mark.parametrize("body", ["EU", "G20", "ASEAN", "APEC", "BRICS", "OSCE", "SCO", "AU"])
def test_the_chair_is_never_empty(body: str) -> None:
    day = date(2010, 2, 1)
    while day < date(2026, 11, 1):
        assert len(members(body, day.isoformat(), "presides")) == 1, day
        day += timedelta(days=15)


@pytest.mark.parametrize("body", ["G7", "G8", "G20", "ASEAN", "EU", "BRICS", "APEC", "SCO", "AU"])
def test_who_presides_is_a_member(body: str) -> None:
    for chair in (m for m in BODIES[body].members if m.role == "presides"):
        assert chair.state in members(body, chair.since.isoformat()), chair


def test_there_are_bodies_enough() -> None:
    assert len(BODIES) >= 45
    assert {"UN", "UNSC", "NATO", "EU", "G7", "QUAD", "AUKUS", "ASEAN", "SCO", "CSTO", "IAEA"} <= set(BODIES)
