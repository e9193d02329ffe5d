"""Pages become documents: plain text as it stands, HTML by its article and metadata."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.domain.load import load_domain
from communique.errors import Problem
from communique.model import Document, Page
from communique.read.decoding import decode
from communique.read.documents import to_document

ARTICLE = """<!doctype html><html lang="en-GB"><head><meta charset="utf-8">
<title>Portugal sends frigate to the Gulf of Guinea | Example Times</title>
<meta property="og:title" content="Portugal sends frigate to the Gulf of Guinea">
<meta property="og:site_name" content="Example Times"><meta name="author" content="Ann Lee">
<meta property="article:published_time" content="2019-05-03T10:00:00+01:00"></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/w">World</a></li></ul></nav>
<article><h1>Portugal sends frigate to the Gulf of Guinea</h1><p>By Ann Lee</p>
<figure><img src="a.jpg"><figcaption>The frigate in Lisbon. Photo: Navy</figcaption></figure>
<p>LISBON (AP) &mdash; Portugal will send a frigate to the Gulf of Guinea to guard merchant ships
against pirates, the defence ministry said on Friday in a statement to the press.</p>
<h2>Six months at sea</h2>
<p>The ship will stay for <a href="/x">six months</a> and train the crews of four coastal states
on the way.</p>
<p>Attacks in the gulf have doubled since last year, according to the maritime bureau in London.</p></article>
<aside><h3>Related</h3><p><a href="/y">Navy buys two tankers</a></p></aside>
<footer>© 2019 Example Times. All rights reserved. <script>alert("x")</script></footer></body></html>"""


def document_of(
    content: str | bytes, kind: str = "text/html", url: str | None = None, **meta: str
) -> Document:
    raw = content.encode() if isinstance(content, str) else content
    found = to_document(Page("page", raw, kind, url, meta), load_domain())
    assert isinstance(found, Document), found
    return found


def body_of(document: Document) -> str:
    return "\n".join(document.text[r.start : r.end] for r in document.regions if r.label == "body")


def test_html() -> None:
    document = document_of(ARTICLE, url="https://www.example.com/portugal-frigate")
    assert document.title == "Portugal sends frigate to the Gulf of Guinea"
    assert document.publisher == "Example Times"
    assert document.agency == "AP"
    assert document.language == "en"
    assert document.published and document.published.best == date(2019, 5, 3)
    body = body_of(document)
    assert body.startswith("Portugal will send a frigate")
    assert "six months and train" in body and "Attacks in the gulf" in body
    for words in ("Home", "Related", "tankers", "rights reserved", "alert", "Photo", "LISBON"):
        assert words not in body
    assert document.text.count("Portugal sends frigate") == 1


def test_html_in_another_encoding_and_with_broken_tags() -> None:
    text = (
        ARTICLE.replace("utf-8", "windows-1251")
        .replace("Portugal will", "«Португалия» will")
        .replace("</p>", "")
    )
    document = document_of(text.replace("©", "(c)").encode("cp1251"))
    assert "«Португалия» will send a frigate" in body_of(document)


def test_html_mojibake_is_mended() -> None:
    text = ARTICLE.replace("Portugal will", "Portugal’s navy will".encode().decode("cp1252"))
    assert "Portugal’s navy will send" in document_of(text).text.replace("'", "’")


def test_html_without_an_article_keeps_its_text() -> None:
    document = document_of(
        "<div><p>Talks ended in Oslo on Monday, the ministry said.<p>No date is set.</div>"
    )
    assert "Talks ended in Oslo on Monday, the ministry said." in body_of(document)


def test_a_fragment_of_a_feed() -> None:
    document = document_of(
        "<p>The talks ended in Oslo on Monday without a result, the ministry said.</p><p>They go on in June.</p>",  # noqa: E501
        url="https://example.org/1",
        title="Talks end in Oslo",
        published="Mon, 03 Jun 2019 10:00:00 GMT",
        publisher="Example Wire",
        charset="utf-8",
    )
    assert document.text.splitlines()[0] == "Talks end in Oslo"
    assert document.title == "Talks end in Oslo" and document.publisher == "Example Wire"
    assert document.published and document.published.best == date(2019, 6, 3)


@pytest.mark.parametrize("content", ["", "<html></html>", "<p> </p>", "<!-- x -->", "<script>x()</script>"])
def test_html_without_text_is_a_problem(content: str) -> None:
    found = to_document(Page("page", content.encode(), "text/html"), load_domain())
    assert isinstance(found, Problem) and "no text" in found.message


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The two ministers met in Oslo on Monday and agreed to hold joint exercises in the spring.", "en"),
        (
            "Les deux ministres se sont rencontrés lundi à Oslo et ont décidé de tenir des exercices communs.",  # noqa: E501
            "fr",
        ),
        (
            "Die beiden Minister trafen sich am Montag in Oslo und vereinbarten gemeinsame Übungen im Frühjahr.",  # noqa: E501
            "de",
        ),
        (
            "Los dos ministros se reunieron el lunes en Oslo y acordaron ejercicios conjuntos en primavera.",
            "es",
        ),
        (
            "Министры двух стран встретились в понедельник в Осло и договорились о совместных учениях весной.",  # noqa: E501
            "ru",
        ),
        ("両国の大臣は月曜日にオスロで会談し、春に合同演習を行うことで合意した。演習は三週間続く。", "ja"),
        ("两国部长星期一在奥斯陆会晤，同意春季举行联合演习。演习将持续三周，并有多国观察员参加。", "zh"),
        ("التقى الوزيران في أوسلو يوم الاثنين واتفقا على إجراء تدريبات مشتركة في الربيع المقبل.", "ar"),
        ("Oslo 1 2 3", None),
    ],
)
def test_language(text: str, language: str | None) -> None:
    document = document_of(text, "text/plain")
    assert document.language == language
    if language:
        assert body_of(document) == text


def test_offsets_of_a_page_with_carriage_returns_are_those_of_its_bytes() -> None:
    text = "Talks end in Oslo today\r\n\r\nThe talks ended on Monday without a result, they said.\r\n\r\nNo date is set.\r\n"  # noqa: E501
    document = document_of(text, "text/plain")
    assert document.text == text
    assert body_of(document) == "The talks ended on Monday without a result, they said.\nNo date is set."


@given(st.binary(max_size=300), st.sampled_from(["text/plain", "text/html"]))
@settings(max_examples=100, deadline=None)
def test_any_bytes_become_a_document_or_a_problem(content: bytes, kind: str) -> None:
    found = to_document(Page("page", content, kind), load_domain())
    if isinstance(found, Problem):
        return
    found.text.encode("utf-8")
    assert all(0 <= r.start < r.end <= len(found.text) for r in found.regions)
    if kind == "text/plain":
        assert found.text == decode(content)
    else:
        assert "\0" not in found.text


@given(st.lists(st.sampled_from(["<p>", "</p>", "<div", ">", "<article>", "&#0;", "&#xD800;", "word said. ", "<!--",  # noqa: E501
                                 "]]>", "<title>", "\0", "<table><tr>", "</html>", "é", '"'])).map("".join))  # fmt: skip  # noqa: E501
@settings(max_examples=100, deadline=None)
def test_any_tag_soup_becomes_a_document_or_a_problem(content: str) -> None:
    found = to_document(Page("page", content.encode(), "text/html"), load_domain())
    if isinstance(found, Document):
        found.text.encode("utf-8")
        assert "\0" not in found.text


def test_the_same_page_gives_the_same_document() -> None:
    assert document_of(ARTICLE) == document_of(ARTICLE)
