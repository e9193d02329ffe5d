"""Labels of flattened pages: the cases, and what must hold for any text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.domain.lexicon.layout import layout
from communique.domain.load import load_domain
from communique.model import Document, Page
from communique.read.clean import regions
from communique.read.documents import to_document

TESTS = Path(__file__).parent.parent
CASES: dict[str, Any] = yaml.safe_load((TESTS / "cases" / "regions.yaml").read_text("utf-8"))
LAYOUT = layout(load_domain())


@pytest.mark.parametrize("case", CASES["lines"], ids=lambda case: case["id"])
def test_lines(case: dict[str, Any]) -> None:
    text = case["text"]
    found = [(region.label, text[region.start : region.end]) for region in regions(text, LAYOUT)]
    assert [label for label, _ in found] == [label for label, _ in case["labels"]], found
    for (_, words), (_, beginning) in zip(found, case["labels"], strict=True):
        assert words.startswith(beginning)


@pytest.mark.parametrize("case", CASES["pages"], ids=lambda case: case["file"])
def test_pages(case: dict[str, Any]) -> None:
    content = (TESTS / "pages" / "flat" / case["file"]).read_bytes()
    document = to_document(Page(case["file"], content, "text/plain"), load_domain())
    assert isinstance(document, Document)
    text = content.decode()
    assert document.text == text
    body = "\n".join(text[r.start : r.end] for r in document.regions if r.label == "body").replace("\n", " ")
    for words in case["keep"]:
        assert words in body
    for words in case["drop"]:
        assert words in text and words not in body
    if "title" in case:
        assert document.title and document.title.startswith(case["title"])
    assert document.agency == case.get("agency")


PIECES = st.sampled_from(
    [
        "Navy orders five ships from the yard",
        "The navy ordered five ships on Monday, the ministry said in a statement.",
        "OSLO, Feb 9 (Reuters) - ",
        "By Ann Lee",
        "Share",
        "Related Articles",
        "Leave a Reply",
        "58",
        "Read more ",
        "Photo: Navy",
        "January 13, 2023",
        "”‘A Subhead’",
        " ",
        "\n",
        "\r\n",
        "\n\n",
        "…",
        "\u2028",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=25).map("".join)), st.booleans())
def test_regions_tile_all_that_is_not_blank(text: str, english: bool) -> None:
    found = regions(text, LAYOUT, None, english)
    covered = [False] * len(text)
    last = 0
    for region in found:
        assert last <= region.start < region.end <= len(text)
        last = region.end
        covered[region.start : region.end] = [True] * (region.end - region.start)
    assert all(inside or character.isspace() for inside, character in zip(covered, text, strict=True))


def test_the_title_that_the_page_gives_is_found() -> None:
    text = "Ministers meet again in Oslo\nFive ships for the navy of the north\nThe navy will get five ships, it said."  # noqa: E501
    titles = [
        text[r.start : r.end]
        for r in regions(text, LAYOUT, "Five ships for the navy of the north")
        if r.label == "title"
    ]
    assert titles == ["Five ships for the navy of the north"]
