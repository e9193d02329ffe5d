"""Files, folders and streams of every format, good and bad."""

from __future__ import annotations

import gzip
import io
import json
import os
from pathlib import Path

import pytest

from communique.errors import Problem
from communique.model import Page
from communique.read.formats import pages

HTML = b"<html><head><title>T</title></head><body><p>The ministers met.</p></body></html>"


def read(*inputs: Path | str, stdin: bytes | None = None) -> tuple[list[Page], list[Problem]]:
    found = list(pages([str(one) for one in inputs], io.BytesIO(stdin) if stdin is not None else None))
    return [one for one in found if isinstance(one, Page)], [one for one in found if isinstance(one, Problem)]


def record(url: str, body: bytes, kind: str = "text/html; charset=utf-8", status: str = "200 OK") -> bytes:
    block = (
        f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
    )
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n"  # noqa: E501
        f"WARC-Date: 2023-01-14T00:00:00Z\r\nWARC-Target-URI: {url}\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def test_a_folder_in_name_order_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", ".hidden.txt", ".git/x.txt", "page.html", "page_files/style.css"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(HTML if name.endswith("html") else b"The ministers met.")
    found, problems = read(tmp_path)
    assert [Path(page.path).relative_to(tmp_path).as_posix() for page in found] == [
        "b.txt",
        "page.html",
        "a/z.txt",
    ]
    assert [page.media_type for page in found] == ["text/plain", "text/html", "text/plain"]
    assert not problems


def test_globs_and_standard_input(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The ministers met.")
    (tmp_path / "b.md").write_text("They met.")
    found, problems = read(tmp_path / "*.txt", "-", stdin=b"Piped in.")
    assert [page.content for page in found] == [b"The ministers met.", b"Piped in."]
    assert found[1].path == "-" and not problems
    assert read("-")[1][0].message == "there is no standard input to read"


def test_the_content_tells_the_format_not_the_name(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_bytes(HTML)
    (tmp_path / "page.html.gz").write_bytes(gzip.compress(HTML, mtime=0))
    (tmp_path / "prose.html").write_text("A < b, said nobody, ever.")
    found, _ = read(tmp_path)
    assert [(Path(p.path).name, p.media_type) for p in found] == [
        ("page.html.gz", "text/html"),
        ("page.txt", "text/html"),
        ("prose.html", "text/html"),
    ]
    assert found[0].content == HTML


def test_jsonl_goes_on_after_a_bad_line(tmp_path: Path) -> None:
    lines = [
        json.dumps(
            {"text": "One.", "title": "T", "date": "2023-01-02", "source": {"name": "Example"}, "x": 1}
        ),
        "{broken",
        json.dumps({"title": "no text"}),
        json.dumps(["no record"]),
        json.dumps({"body": "<p>Two.</p><p>Three.</p>", "link": "https://example.com/2"}),
    ]
    (tmp_path / "pages.jsonl").write_text("\n".join(lines))
    found, problems = read(tmp_path)
    assert [(page.path[-8:], page.media_type, page.url) for page in found] == [
        (".jsonl#1", "text/plain", None),
        (".jsonl#5", "text/html", "https://example.com/2"),
    ]
    assert found[0].meta == {
        "title": "T",
        "published": "2023-01-02",
        "publisher": "Example",
        "charset": "utf-8",
    }
    assert [problem.where for problem in problems] == ["line 2", "line 3", "line 4"]


def test_json_array_and_object(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps([{"text": "a " * 60_000}, {"text": "b"}, 3], indent=1))
    (tmp_path / "b.json").write_text('{\n "text": "c",\n "language": "en"\n}')
    (tmp_path / "c.json").write_text('[{"text": "d"}, {"text": ')
    found, problems = read(tmp_path)
    assert [(Path(page.path).name, len(page.content)) for page in found] == [
        ("a.json#1", 120_000),
        ("a.json#2", 1),
        ("b.json", 1),
        ("c.json#1", 1),
    ]
    assert [problem.where for problem in problems] == ["record 3", "record 2"]


def test_csv_by_column_names(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('Title;Text;URL\nA;"One; two\nthree";https://example.com\nB\n\nC;d;e;f\n')
    (tmp_path / "b.csv").write_text("name,age\nx,1\n")
    found, problems = read(tmp_path)
    assert [(page.content, page.meta["title"], page.url) for page in found] == [
        (b"One; two\nthree", "A", "https://example.com")
    ]
    assert [(problem.path[-5:], problem.where) for problem in problems] == [
        ("a.csv", "line 4"),
        ("a.csv", "line 6"),
        ("b.csv", "line 1"),
    ]


@pytest.mark.parametrize("atom", [True, False])
def test_feeds(tmp_path: Path, atom: bool) -> None:
    if atom:
        feed = (
            '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Example</title><entry>'
            "<title>T</title><link href='https://example.com/1'/><updated>2023-01-13T10:00:00Z</updated>"
            "<content type='html'>&lt;p&gt;Full text.&lt;/p&gt;</content><summary>Short.</summary></entry></feed>"  # noqa: E501
        )
    else:
        feed = (
            '<?xml version="1.0"?><rss version="2.0"><channel><title>Example</title><item><title>T</title>'
            "<link>https://example.com/1</link><pubDate>2023-01-13T10:00:00Z</pubDate>"
            "<description>&lt;p&gt;Full text.&lt;/p&gt;</description></item><item><title>U</title></item></channel></rss>"  # noqa: E501
        )
    (tmp_path / "feed.xml").write_text(feed)
    found, problems = read(tmp_path)
    assert [(page.content, page.media_type, page.url) for page in found] == [
        (b"<p>Full text.</p>", "text/html", "https://example.com/1")
    ]
    assert found[0].meta["published"] == "2023-01-13T10:00:00Z" and found[0].meta["publisher"] == "Example"
    assert [problem.where for problem in problems] == ([] if atom else ["entry 2"])


@pytest.mark.parametrize("packed", [True, False])
def test_warc(tmp_path: Path, packed: bool) -> None:
    records = [
        record("https://example.com/1", HTML),
        record("https://example.com/i", b"\x89PNG....", "image/png"),
        record("https://example.com/gone", HTML, status="404 Not Found"),
        record("https://example.com/2", "Grüße.".encode("latin-1"), "text/plain; charset=iso-8859-1"),
    ]
    (tmp_path / "a.warc").write_bytes(
        b"".join(gzip.compress(one, mtime=0) for one in records) if packed else b"".join(records)
    )
    found, problems = read(tmp_path)
    assert [(page.path[-7:], page.url, page.meta["charset"]) for page in found] == [
        (".warc#1", "https://example.com/1", "utf-8"),
        (".warc#2", "https://example.com/2", "iso-8859-1"),
    ]
    assert not problems


def test_a_warc_that_is_cut_off_keeps_what_is_whole(tmp_path: Path) -> None:
    whole = record("https://example.com/1", HTML) + record("https://example.com/2", HTML * 100)
    (tmp_path / "a.warc").write_bytes(whole[:-2000])
    (tmp_path / "b.warc.gz").write_bytes(gzip.compress(whole[:-2000], mtime=0)[:-8])
    (tmp_path / "c.warc").write_bytes(b"WARC/1.0\r\nrubbish")
    found, problems = read(tmp_path)
    assert [Path(page.path).name for page in found] == ["a.warc#1", "b.warc.gz#1"]
    assert [Path(problem.path).name for problem in problems] == ["a.warc", "b.warc.gz", "c.warc"]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is empty"),
        (b" \n\t\n", "is empty"),
        (b"%PDF-1.7 ...", "is a PDF"),
        (b"PK\x03\x04....", "ZIP"),
        (b"\x89PNG\r\n....", "is an image"),
        (b"abc\x00\x01\x02def" * 9, "is binary"),
        (b"words " * 2000 + b"\x00\x01", "is binary"),
        (gzip.compress(b"The ministers met. " * 900, mtime=0)[:-40], "damaged gzip"),
    ],
)
def test_what_is_no_page_is_a_problem_that_says_what_to_do(tmp_path: Path, content: bytes, told: str) -> None:
    (tmp_path / "page.txt").write_bytes(content)
    found, problems = read(tmp_path / "page.txt")
    assert not found
    assert [told in problem.message for problem in problems] == [True]


def test_too_large_pages_are_refused_without_being_read_whole(tmp_path: Path) -> None:
    (tmp_path / "bomb.txt.gz").write_bytes(gzip.compress(bytes(50_000_000).replace(b"\0", b"a")))
    with (tmp_path / "large.txt").open("wb") as file:
        file.write(b"The ministers met.\n")
        file.truncate(50_000_000)
    (tmp_path / "long.jsonl").write_bytes(
        b'{"text": "' + b"a" * 21_000_000 + b'"}\n{"text": "The ministers met."}\n'
    )
    found, problems = read(tmp_path)
    assert [page.content for page in found] == [b"The ministers met."]
    assert len(problems) == 3
    assert all("20 MB" in problem.message or "binary" in problem.message for problem in problems)


def test_what_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    _, problems = read(tmp_path / "missing", tmp_path / "*.none", tmp_path / "empty")
    assert [problem.message for problem in problems] == [
        "does not exist; check the path",
        "matches no file; check the pattern",
        "holds no files; put pages into it or name another folder",
    ]


def test_no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "page.txt"
    page.write_text("The ministers met.")

    def refuse(self: Path, mode: str = "r") -> io.BytesIO:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "open", refuse)  # root may read anything, so the refusal is put on
    found, problems = read(page)
    assert not found and [problem.message for problem in problems] == [
        "may not be read; change its permissions"
    ]


def test_a_pipe_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    found, problems = read(tmp_path / "pipe")
    assert not found and "is not a file" in problems[0].message
