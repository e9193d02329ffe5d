"""The app in a real browser: every view opens, leads to the words, is readable by all, and asks nobody."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_core_python.sync_playwright import Axe

VIEWS = (
    "/", "/brief", "/timeline", "/network", "/map", "/figures", "/quotes", "/pledges", "/disagreements",
    "/coverage", "/stories", "/actors", "/pages", "/review", "/tie", "/tie?actor=JPN&actor=USA", "/actor/JPN",
    "/search", "/search?q=treaty", "/brief?section=0", "/timeline?by=actor&since=2023&until=2024-06",
)  # fmt: skip

TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
Open = Callable[..., Any]


def clean(page: Any) -> list[str]:
    """What axe-core finds wrong, rule by rule; of lists whose lines are alike it sees the first ones."""
    page.evaluate(
        "document.querySelectorAll(':is(ol > li, tr, svg a):nth-child(n+7)').forEach(e => e.remove())"
    )
    found = Axe().run(page, options={"resultTypes": ["violations"]})["violations"]
    return [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"][:3]]


@pytest.mark.parametrize("address", VIEWS)
def test_every_view_opens_and_is_accessible(address: str, app: str, tab: Open) -> None:
    seen = tab(app + address)
    assert seen.page.locator("main h1").inner_text().strip()
    assert seen.page.evaluate(TOO_WIDE) <= 0, "the page is wider than the window"
    seen.went_well()
    assert clean(seen.page) == []


def test_every_view_opens_on_an_empty_ledger(empty_app: str, tab: Open) -> None:
    seen = tab(empty_app)
    for address in (*VIEWS, "/timeline.svg", "/map.svg", "/brief.csv"):
        answer = seen.page.request.get(empty_app + address)
        assert answer.ok, address
        if answer.headers["content-type"].startswith("text/html"):
            seen.page.goto(empty_app + address)
            assert seen.page.locator("main h1").inner_text().strip()
    seen.went_well()


def test_nothing_is_cut_off_on_a_telephone(app: str, tab: Open) -> None:
    seen = tab(app, viewport={"width": 390, "height": 844})
    for address in VIEWS:
        seen.page.goto(app + address)
        assert seen.page.evaluate(TOO_WIDE) <= 0, address
    seen.went_well()


@pytest.mark.parametrize("address", ["/", "/review", "/disagreements"])
def test_the_dark_is_as_readable(address: str, app: str, tab: Open) -> None:
    seen = tab(app + address, color_scheme="dark")
    assert clean(seen.page) == []


def test_a_line_of_the_brief_leads_to_its_highlighted_words(app: str, tab: Open) -> None:
    seen = tab(f"{app}/brief")
    link = seen.page.locator("blockquote a").first
    words = link.inner_text().strip("“”")
    link.click()
    marked = "".join(seen.page.locator(".text .at").all_inner_texts())
    assert marked and " ".join(marked.split()) in " ".join(words.split())
    target = seen.page.evaluate("document.querySelector(':target').getBoundingClientRect().top")
    assert 0 <= target < seen.page.viewport_size["height"], "the words are in sight"
    colour = "getComputedStyle(document.querySelector('.text .at')).backgroundColor"
    assert seen.page.evaluate(colour) not in ("rgba(0, 0, 0, 0)", "transparent")
    seen.went_well()


def test_words_of_a_page_lead_to_their_fact_and_back(app: str, tab: Open) -> None:
    seen = tab(f"{app}/brief")
    seen.page.locator("blockquote a").first.click()
    seen.page.locator("a:has(.at)").first.click()
    assert "/why/" in seen.page.url
    seen.page.locator("blockquote a").first.click()
    assert "/page/" in seen.page.url and "#s-" in seen.page.url
    seen.went_well()


@pytest.mark.parametrize("address", ["/timeline", "/network", "/map", "/figures"])
def test_a_mark_of_a_picture_leads_to_words_within_two_clicks(address: str, app: str, tab: Open) -> None:
    seen = tab(app + address)
    marks = seen.page.locator("svg.picture a:has(.mark), svg.picture a:has(.chord), svg.picture a:has(.spot)")
    assert marks.count()
    target = marks.first.get_attribute("href")
    seen.page.goto(app + target if target.startswith("/") else seen.page.url + target)
    words = seen.page.locator(":target blockquote a, blockquote a").first
    words.click()
    assert "/page/" in seen.page.url
    seen.went_well()


def test_everything_can_be_read_without_javascript(app: str, tab: Open) -> None:
    seen = tab(f"{app}/timeline", java_script_enabled=False)
    before = seen.page.locator("svg.picture title").first.text_content()
    seen.page.get_by_role("link", name="closer", exact=True).click()
    assert "since=" in seen.page.url
    assert seen.page.locator("svg.picture title").first.text_content() != before
    seen.page.locator("header input[type=search]").fill("treaty")
    seen.page.locator("header button").click()
    assert seen.page.locator("ol.lines li").count()


def test_the_keyboard_searches_and_zooms(app: str, tab: Open) -> None:
    seen = tab(f"{app}/timeline")
    seen.page.keyboard.press("/")
    assert seen.page.evaluate("document.activeElement.name") == "q"
    seen.page.evaluate("document.activeElement.blur()")
    seen.page.keyboard.press("+")
    seen.page.wait_for_url("**since=**")
    seen.went_well()


def test_the_first_key_skips_to_the_content(app: str, tab: Open) -> None:
    seen = tab(f"{app}/brief")
    seen.page.keyboard.press("Tab")
    assert seen.page.evaluate("document.activeElement.className") == "skip"


def test_a_judgement_of_the_queue_shows_in_the_brief(own_app: str, tab: Open) -> None:
    seen = tab(f"{own_app}/review")
    page = seen.page
    facts = page.request.get(f"{own_app}/api/facts?limit=1").json()["total"]
    number = 0
    while page.locator("button[value=wrong]").count() == 0:  # to the first question about a single statement
        number += 1
        page.goto(f"{own_app}/review?n={number}")
    words = page.locator("ol.doubt-pair blockquote").inner_text().strip("“”")
    fact = page.locator("ol.doubt-pair li").get_attribute("data-fact")
    assert page.request.get(f"{own_app}/api/facts/{fact}").ok
    page.keyboard.press("w")
    page.get_by_role("status").wait_for()
    assert page.request.get(f"{own_app}/api/facts/{fact}").status == 404
    assert page.request.get(f"{own_app}/api/facts?limit=1").json()["total"] < facts
    judged = page.request.get(f"{own_app}/api/judgements").json()["items"]
    assert [(one["verdict"], one["by"]) for one in judged] == [("wrong", "Ada")]
    brief = page.request.get(f"{own_app}/api/views/brief").text()
    assert fact not in brief and words
    page.get_by_role("button", name="Take it back").click()
    page.wait_for_load_state()
    assert fact in page.request.get(f"{own_app}/api/views/brief").text()
    seen.went_well()


def test_facts_judged_different_come_apart(own_app: str, tab: Open) -> None:
    seen = tab(f"{own_app}/review")
    page = seen.page
    assert "held to be one fact" in page.locator("main").inner_text()
    before = page.request.get(f"{own_app}/api/disagreements").json()["total"]
    page.keyboard.press("d")
    page.get_by_role("status").wait_for()
    assert page.request.get(f"{own_app}/api/disagreements").json()["total"] < before
    seen.went_well()


def test_a_filter_lives_in_the_address(app: str, tab: Open) -> None:
    seen = tab(f"{app}/timeline")
    page = seen.page
    page.locator("form.asked input[name=actor]").first.fill("JPN")
    page.locator("form.asked select[name=factuality]").select_option("planned")
    page.locator("form.asked button").click()
    assert "actor=JPN" in page.url and "factuality=planned" in page.url
    shown = page.locator("ol.lines .what .undone").all_inner_texts()
    assert shown and {text.lower() for text in shown} == {"planned"}
    again = tab(page.url)
    assert again.page.locator("ol.lines").first.inner_text() == page.locator("ol.lines").first.inner_text()


def test_facets_narrow_a_search(app: str, tab: Open) -> None:
    seen = tab(f"{app}/search?q=agreement")
    found = seen.page.get_by_role("status").inner_text()
    seen.page.locator(".facets a").first.click()
    assert seen.page.get_by_role("status").inner_text() != found or "%3A" in seen.page.url
    seen.went_well()
