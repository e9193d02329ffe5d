"""Which stretch of a page is shown."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from communique.model import Document, Statement
from communique.text import Region
from communique.views.stretch import sentence


def page(text: str, *regions: Region) -> Document:
    return Document("d", "p", None, "", None, None, None, "en", None, text, regions)


def shown(text: str, quote: str) -> str:
    start = text.index(quote)
    statement = Statement("d", "event", start, start + len(quote), quote)
    return sentence(statement, page(text), 1).text


def test_a_clause_is_shown_in_its_sentence() -> None:
    text = (
        "Rain fell. In Oslo, Mr. Berg said, Norway and Estonia agreed to share radar pictures. Then he left."
    )
    told = shown(text, "Norway and Estonia agreed")
    assert told == "In Oslo, Mr. Berg said, Norway and Estonia agreed to share radar pictures."


def test_a_sentence_ends_with_its_line() -> None:
    assert shown("A headline without a stop\nNorway agreed\nMore", "Norway agreed") == "Norway agreed"


def test_a_long_sentence_is_cut_to_the_clause() -> None:
    clause = "Norway and Estonia agreed to share the radar pictures of their northern stations"
    text = f"After {'very ' * 80}long talks, {clause}, {'and so on, ' * 40}it was said."
    assert shown(text, clause) == clause


@given(st.text(alphabet="aB. \n“”!é", max_size=120), st.data())
def test_what_is_shown_is_verbatim_and_holds_the_statement(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    cut = data.draw(st.integers(0, len(text)))
    document = page(text, Region(0, cut, "title"), Region(cut, len(text), "body"))
    quote = text[start:end]
    words = sentence(Statement("d", "event", start, end, quote), document, 1)
    assert document.text[words.start : words.end] == words.text
    if quote == quote.strip() and quote:
        assert words.start <= start and end <= words.end
        assert not words.marks or words.marks[0].of(words.text) == quote
