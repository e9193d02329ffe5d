"""A page that means harm cannot run, frame, leave or steer anything, in the app and in the report."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from communique.domain.load import Domain
from communique.ledger.store import Ledger
from communique.ledger.writing import Entry
from communique.model import (
    Document,
    Fact,
    Interval,
    Page,
    Participant,
    Publication,
    Quantity,
    Statement,
    Story,
)
from communique.text import Region
from communique.views.report import report
from communique.views.selection import Selection

from .conftest import serving

EVIL = (
    "<script>document.title='run'</script><img src=x onerror=\"document.title='run'\">"
    "<iframe src=//evil.example></iframe>\"' onmouseover=\"document.title='run'\" x='{{7*7}}</style></svg>"
    "<svg onload=document.title='run'><a href=\"javascript:document.title='run'\">x</a>\u202e\x1b[31m"
)
NAME = "Ada \"><script>document.title='run'</script>"
HANDLERS = """[...document.querySelectorAll('*')].flatMap(
    element => [...element.attributes].map(a => a.name).filter(name => name.startsWith('on')))"""
LINKS = """[...document.links].map(a => a.href).concat(
    [...document.querySelectorAll('svg a')].map(a => a.href.baseVal))"""
ADDRESSES = (
    "/", "/brief", "/timeline", "/timeline?by=actor", "/network", "/figures", "/coverage", "/stories",
    "/actors", "/pages", "/review", "/page/{doc}", "/why/{doc}", "/why/{fact}", "/story/5555555555555555",
    "/search?q=met", "/tie?actor=FIN&actor=SWE", "/actor/FIN",
)  # fmt: skip
Open = Callable[..., Any]


@dataclass(frozen=True)
class Trap:
    """A ledger with a hostile page."""

    path: Path
    doc_id: str
    fact_id: str


@pytest.fixture(scope="module")
def trap(tmp_path_factory: pytest.TempPathFactory) -> Trap:
    """A hostile title, body, publisher, address, name, measure and figure."""
    path = tmp_path_factory.mktemp("trap") / "trap.ledger"
    text = f"{EVIL}\n\nFinland and Sweden {EVIL} met.\nFinland has 23,800 {EVIL} men."
    page = Page(
        f"pages/{EVIL[:60].replace('/', '_')}.html",
        text.encode(),
        "text/plain",
        "javascript:document.title='run'",
    )
    start = text.index("Finland and")
    last = text.index("Finland has")
    document = Document(
        page.doc_id, page.path, page.url, page.sha256, EVIL, EVIL, EVIL, "en",
        Publication(date(2023, 5, 9), date(2023, 5, 9), date(2023, 5, 9), "day", ()),
        text, (Region(0, len(EVIL), "title"), Region(len(EVIL), len(text), "body")),
    )  # fmt: skip
    actors = (
        Participant("party", "FIN", NAME, "state", "FIN", start, start + 7),
        Participant("party", EVIL[:80], NAME, "person", "SWE", start + 12, start + 18),
    )
    when = Interval(date(2023, 5, 8), date(2023, 5, 8), "day", EVIL)
    said = Statement(
        page.doc_id, "event", start, last - 1, text[start : last - 1], type="CONSULT", actors=actors,
        when=when, mutual=True, rule=EVIL, score=0.3, origin=EVIL,
    )  # fmt: skip
    figure = Statement(
        page.doc_id, "quantity", last, len(text), text[last:], actors=actors[:1], rule="by hand",
        quantity=Quantity(23800, None, EVIL, "exact", EVIL), origin=EVIL,
    )  # fmt: skip
    facts = [
        Fact(f"{n}" * 16, s.kind, s.type, EVIL, (s.statement_id,), (EVIL,), s.when, "actual")
        for n, s in ((1, said), (2, figure))
    ]
    with Ledger.open(path, create=True) as ledger:
        ledger.add([Entry(page, document, (said, figure))])
        ledger.set_reconciled([], [Story("5" * 16, (page.doc_id,), EVIL)], facts, [], {})
    return Trap(path, page.doc_id, facts[0].fact_id)


@pytest.fixture(scope="module")
def trap_app(trap: Trap, domain: Domain) -> Iterator[str]:
    with serving(trap.path, domain) as address:
        yield address


def harmless(seen: Any) -> None:
    """Nothing ran, nothing was framed, nothing leads to a script, and nobody was asked."""
    page = seen.page
    assert page.title() != "run"
    assert page.locator("iframe, object, embed, img, form[action^='http']").count() == 0
    assert page.evaluate(HANDLERS) == []
    links = page.evaluate(LINKS)
    assert not [link for link in links if link.strip().lower().startswith(("javascript:", "data:"))]
    for link in page.locator("svg.picture a").all()[:3]:
        link.hover(force=True)
    assert page.title() != "run"
    seen.went_well()


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_hostile_page_does_nothing_in_the_app(address: str, trap: Trap, trap_app: str, tab: Open) -> None:
    harmless(tab(trap_app + address.format(doc=trap.doc_id, fact=trap.fact_id)))


@pytest.mark.parametrize("address", ["/timeline.svg", "/network.svg", "/figures.svg", "/coverage.svg"])
def test_a_hostile_page_does_nothing_in_a_picture(address: str, trap_app: str, tab: Open) -> None:
    seen = tab(trap_app + address)
    assert seen.page.evaluate("document.documentElement.localName") == "svg"
    assert seen.page.locator("script, foreignObject, image").count() == 0
    seen.went_well()


def test_a_hostile_search_or_filter_does_nothing(trap_app: str, tab: Open) -> None:
    from urllib.parse import quote

    for address in (
        f"/search?q={quote(EVIL[:200])}",
        f"/timeline?actor={quote(EVIL[:100])}",
        f"/{quote(EVIL[:50])}",
    ):
        seen = tab(trap_app + address)
        assert seen.page.title() != "run"
        seen.went_well("the server responded with a status of 4")


def test_a_hostile_page_does_nothing_in_the_report(
    trap: Trap, domain: Domain, tab: Open, tmp_path: Path
) -> None:
    with Ledger.open(trap.path) as ledger:
        for name, text in report(ledger, Selection(), domain):
            (tmp_path / name).write_text(text, "utf-8", "replace")
    for name in ("index.html", "timeline.html", "network.html", f"doc-{trap.doc_id}.html"):
        harmless(tab(f"file://{tmp_path}/{name}"))


def test_the_whole_of_a_hostile_page_is_shown_as_text(trap: Trap, trap_app: str, tab: Open) -> None:
    seen = tab(f"{trap_app}/page/{trap.doc_id}")
    shown = seen.page.locator(".text").text_content()
    assert "<script>document.title='run'</script>" in shown and "{{7*7}}" in shown
    assert "javascript:" not in [a.get_attribute("href") or "" for a in seen.page.locator("a").all()]
