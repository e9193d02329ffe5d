"""The pictures: what is drawn where, that done and undone differ, that every mark has a name and a link."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.domain.load import Domain
from communique.ledger.store import Ledger
from communique.model import Interval, Place, Quantity
from communique.views.links import Folder
from communique.views.pictures.catalogue import PICTURES, picture
from communique.views.pictures.days import Axis, window, zoomed
from communique.views.pictures.svg import clean, element
from communique.views.pictures.world import central_meridian, circle, near, outlines, projected
from communique.views.selection import Material, Selection

SVG = "{http://www.w3.org/2000/svg}"
DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
INTERVALS = st.tuples(DAYS, DAYS).map(lambda two: Interval(min(two), max(two), "range"))


def drawn(name: str, ledger: Ledger, domain: Domain, selection: Selection | None = None) -> Any:
    material = Material(ledger, selection or Selection(), domain)
    links = Folder({i: (t.best.doc_id, t.best.statement_id) for i, t in material.facts.items()})
    made = picture(name, material, links)
    assert made
    return ElementTree.fromstring(made.standalone("a { color: red }"))


@pytest.mark.parametrize("name", sorted(set(PICTURES) - {"actor"}))
def test_every_picture_is_sound_and_every_link_has_a_name(name: str, ledger: Ledger, domain: Domain) -> None:
    root = drawn(name, ledger, domain)
    assert root.tag == f"{SVG}svg" and root.find(f"{SVG}title") is not None
    for link in root.iter(f"{SVG}a"):
        assert link.get("href") and link.get("aria-label")
    assert not any(key.startswith("on") or key == "style" for one in root.iter() for key in one.attrib)


@pytest.mark.parametrize("name", sorted(set(PICTURES) - {"actor"}))
def test_pictures_of_an_empty_ledger_say_so(name: str, empty: Ledger, domain: Domain) -> None:
    assert drawn(name, empty, domain).find(f"{SVG}title") is not None


def test_done_and_planned_are_told_apart_on_the_timeline(ledger: Ledger, domain: Domain) -> None:
    root = drawn("timeline", ledger, domain)
    marks = [one.get("class", "") for one in root.iter() if "mark" in one.get("class", "").split()]
    assert any("done" in mark for mark in marks) and any("ahead" in mark for mark in marks)
    spans = [one for one in root.iter(f"{SVG}rect") if "span" in one.get("class", "")]
    assert spans and all(float(one.get("width", 0)) > 0 for one in spans)


def test_the_map_draws_places_hosts_and_ranges(maker: Any, empty: Ledger, domain: Domain) -> None:
    meets, hosts, reach = "They met in Turku.", "Finland hosts Swedish troops.", "Its range is 500 km."
    maker.page(
        "a.txt", f"{meets} {hosts} {reach}",
        ("a", meets, {"where": Place("Turku", "FIN", 60.45, 22.27, None)}),
        ("b", hosts, {"kind": "tie", "type": "hosts_forces_of", "actors": "actor:FIN recipient:SWE"}),
        ("c", reach, {"kind": "quantity", "type": None, "actors": "subject:FIN",
                      "quantity": Quantity(500, None, "km", "exact", "range")}),
    )  # fmt: skip
    maker.store(empty)
    root = drawn("map", empty, domain)
    classes = [one.get("class", "") for one in root.iter()]
    assert "spot done" in classes and "hosting" in classes and "reach done" in classes
    assert "Turku 1" in "".join(root.itertext())


def test_figures_draw_what_sources_dispute(ledger: Ledger, domain: Domain) -> None:
    told = "".join(drawn("figures", ledger, domain).itertext())
    assert "23,800 people" in told and "about 21,000 people" in told


@given(st.lists(INTERVALS, min_size=1, max_size=20))
def test_an_axis_shows_the_latest_and_keeps_its_order(intervals: list[Interval]) -> None:
    shown = window(intervals, None, None)
    assert shown and shown[0] <= shown[1]
    axis = Axis(*shown, 0, 100)
    assert axis.shows(max(intervals, key=lambda i: i.latest))
    for interval in intervals:
        left, right = axis.stretch(interval)
        assert 0 <= left <= right <= 100
    ticks = [day for day, _ in axis.ticks()]
    assert ticks == sorted(ticks) and len(ticks) <= 26
    for first, last in zoomed(*shown).values():
        assert first <= last


@given(st.text(), st.text())
def test_text_in_a_picture_stays_text(text: str, value: str) -> None:
    made = ElementTree.fromstring(str(element("g", element("text", text, class_=value))))
    assert [one.tag for one in made.iter()] == ["g", "text"]
    assert (made[0].text or "") == clean(text) and made[0].get("class") == " ".join(clean(value).split())


def test_the_base_map_is_whole() -> None:
    codes = {outline.code for outline in outlines()}
    assert len(codes) > 240 and {"JP", "US", "HU", "MM", "ME"} <= codes
    points = [point for outline in outlines() for ring in outline.rings for point in ring]
    assert all(abs(longitude) < 360 and abs(latitude) <= 90 for longitude, latitude in points)


@given(st.floats(-180, 180), st.floats(-89, 89), st.floats(-180, 180))
def test_the_projection_is_bounded_and_even(longitude: float, latitude: float, centre: float) -> None:
    x, y = projected(near(longitude, centre), latitude, centre)
    assert abs(x) <= 2.71 and abs(y) <= 1.32
    assert projected(near(longitude, centre), -latitude, centre) == pytest.approx((x, -y))


@given(st.lists(st.floats(-180, 180), max_size=10))
def test_the_map_is_cut_where_nothing_is(longitudes: list[float]) -> None:
    centre = central_meridian(longitudes)
    places = sorted(near(longitude, centre) - centre for longitude in longitudes)
    if len(places) > 1:
        gaps = [b - a for a, b in pairwise(places)]
        assert places[0] + 360 - places[-1] >= max(gaps) - 1e-6


def test_a_circle_lies_as_far_as_it_says() -> None:
    from math import acos, cos, radians, sin

    for longitude, latitude in circle(24.9, 60.2, 1000):
        one, other = radians(60.2), radians(latitude)
        angle = acos(sin(one) * sin(other) + cos(one) * cos(other) * cos(radians(longitude - 24.9)))
        assert angle * 6371 == pytest.approx(1000, rel=1e-6)
