"""Views as HTML, Markdown, JSON and on the terminal: hostile pages stay text."""

from __future__ import annotations

import hashlib
import json
import re
from base64 import b64encode
from collections.abc import Callable
from html.parser import HTMLParser

import pytest

from communique.domain.load import Domain
from communique.ledger.store import Ledger
from communique.views.catalogue import VIEWS, view
from communique.views.html import as_html
from communique.views.markdown import as_markdown
from communique.views.page import View
from communique.views.records import as_json
from communique.views.report import report
from communique.views.selection import Selection
from communique.views.terminal import as_text

HOSTILE = (
    "Finland and Sweden <script>alert('x')</script> met \x1b[31mred\x9b "
    "and *starred* [a](http://x.example) \u202eback."
)


@pytest.fixture
def hostile(maker: object, empty: Ledger) -> Ledger:
    maker.page(  # type: ignore[attr-defined]
        "pages/<b>&.txt",
        HOSTILE,
        ("meeting", HOSTILE, {}),
        title="</title><script>1</script>",
        publisher="<i>P</i>",
    )
    maker.store(empty)  # type: ignore[attr-defined]
    return empty


class Reader(HTMLParser):
    """Gathers tags, attributes and text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.values: list[tuple[str, str]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.values += [(name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.text += data


def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    return reader


def shown(ledger: Ledger, domain: Domain, name: str = "brief") -> View:
    return view(name, ledger, Selection(), domain)


def test_html_shows_mark_up_as_text(hostile: Ledger, domain: Domain) -> None:
    reader = read(as_html(shown(hostile, domain)))
    assert not {"script", "i", "b", "img", "link", "iframe"} & set(reader.tags)
    assert "<script>alert('x')</script>" in reader.text


@pytest.mark.parametrize("name", sorted(set(VIEWS) - {"tie"}))
def test_html_allows_its_own_style_and_nothing_else(name: str, ledger: Ledger, domain: Domain) -> None:
    page = as_html(shown(ledger, domain, name))
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    assert style
    digest = b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    policy = next(value for _, value in read(page).values if value.startswith("default-src"))
    assert policy.startswith(f"default-src 'none'; style-src 'sha256-{digest}';")
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//", page)
    assert "url(" not in style[1] and "@import" not in style[1]


def test_terminal_is_not_steered(hostile: Ledger, domain: Domain) -> None:
    text = as_text(shown(hostile, domain))
    assert not set(text) & {"\x1b", "\x9b", "\u202e", "\x07"}
    assert "alert('x')" in text and "[a](http" in text


def test_markdown_shows_mark_up_as_text(hostile: Ledger, domain: Domain) -> None:
    text = as_markdown(shown(hostile, domain))
    assert r"\<script\>" in text and r"\*starred\*" in text and r"\[a\]\(http" in text
    assert "\x1b" not in text


def test_json_is_exact_and_has_no_control_characters(hostile: Ledger, domain: Domain) -> None:
    text = as_json(shown(hostile, domain))
    assert not set(text) & {"\x1b", "\x9b", "\u202e"}
    told = [line["words"]["text"] for section in json.loads(text)["sections"] for line in section["lines"]]
    assert HOSTILE in told


@pytest.mark.parametrize("render", [as_html, as_markdown, as_text, as_json])
def test_undone_things_are_told_apart(render: Callable[[View], str], ledger: Ledger, domain: Domain) -> None:
    page = render(shown(ledger, domain, "timeline"))
    assert "planned" in page.lower()


# --- the report ----------------------------------------------------------------------------------


def test_every_link_of_the_report_leads_to_the_words(ledger: Ledger, domain: Domain) -> None:
    files = dict(report(ledger, Selection(), domain))
    ids = {name: {value for key, value in read(page).values if key == "id"} for name, page in files.items()}
    links = [
        (name, value) for name, page in files.items() for key, value in read(page).values if key == "href"
    ]
    assert len([link for _, link in links if "#s-" in link]) > 10
    for name, link in links:
        target, _, anchor = link.partition("#")
        assert (target or name) in files, link
        assert not anchor or anchor in ids[target or name], link


def test_the_report_shows_every_page_whole(hostile: Ledger, domain: Domain) -> None:
    files = dict(report(hostile, Selection(), domain))
    (document,) = hostile.documents()
    page = read(files[f"doc-{document.doc_id}.html"])
    assert document.text in page.text
    assert "script" not in page.tags


def test_the_report_is_the_same_each_time(ledger: Ledger, domain: Domain) -> None:
    assert list(report(ledger, Selection(), domain)) == list(report(ledger, Selection(), domain))


def test_a_linked_statement_is_set_off_where_statements_overlap(
    maker: object, empty: Ledger, domain: Domain
) -> None:
    entry = maker.page(  # type: ignore[attr-defined]
        "p.txt", "Finland and Sweden met in Turku.",
        ("a", "Finland and Sweden met", {}), ("b", "Sweden met in Turku", {"type": "AGREE"}),
    )  # fmt: skip
    maker.store(empty)  # type: ignore[attr-defined]
    page = dict(report(empty, Selection(), domain))[f"doc-{entry.document.doc_id}.html"]
    for statement in entry.statements:
        name = statement.statement_id
        assert f"article:has(#s-{name}:target) .in-{name}" in page
        marked = re.findall(rf'<span class="[^"]*in-{name}[^"]*">([^<]*)</span>', page)
        assert "".join(marked) == statement.quote
