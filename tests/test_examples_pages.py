"""The example pages as files: how many, in which makes and encodings, and the damaged one."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from fastwarc.warc import ArchiveIterator, WarcRecordType

PAGES = Path(__file__).parents[1] / "examples" / "pages"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"


def named(number: int) -> Path:
    """The example page of a number."""
    (path,) = PAGES.glob(f"{number:02}-*")
    return path


def words(path: Path) -> set[str]:
    """The paragraphs of a page, without mark-up and without short lines."""
    plain = re.sub(r"<[^>]+>", "\n", path.read_text("utf-8"))
    return {line.strip() for line in plain.splitlines() if len(line.split()) > 12}


def test_there_are_enough_in_every_make() -> None:
    suffixes = [path.suffix for path in PAGES.iterdir()]
    assert len(suffixes) >= 18
    assert set(suffixes) == {".txt", ".html", ".rss", ".jsonl", ".gz"}
    assert suffixes.count(".txt") >= 5
    assert suffixes.count(".html") >= 8


def test_nothing_but_pages_is_there() -> None:
    """Every file in the folder is read as a page, so a note among them would be one."""
    assert all(re.fullmatch(r"\d\d-[a-z0-9-]+(\.[a-z0-9]+)+", path.name) for path in PAGES.iterdir())


def test_addresses_are_invented() -> None:
    """No page names a real outlet's site."""
    allowed = re.compile(r"(\.example|schema\.org|www\.w3\.org|purl\.org)$")
    for path in PAGES.glob("*.[hrjt]*"):
        hosts = re.findall(rb"https?://([a-z0-9.-]+)", path.read_bytes())
        assert not [host for host in hosts if not allowed.search(host.decode())], path.name


def test_texts_are_utf8_but_for_two_and_the_damaged() -> None:
    def is_utf8(path: Path) -> bool:
        try:
            path.read_text("utf-8")
        except UnicodeDecodeError:
            return False
        return True

    others = {path.name[:2] for path in PAGES.iterdir() if path.suffix != ".gz" and not is_utf8(path)}
    assert others == {"17", "18", "24"}


def test_legacy_encodings_decode() -> None:
    western = named(17).read_bytes()
    assert b"charset=windows-1252" in western
    assert "Anušauskas" in western.decode("cp1252")
    japanese = named(18).read_bytes()
    assert b"charset=Shift_JIS" in japanese
    assert "防衛" in japanese.decode("shift_jis")


def test_the_damaged_page_is_no_text_in_any_encoding() -> None:
    content = named(24).read_bytes()
    assert b"\0" in content
    assert b"<html" not in content.lower()
    assert sum(byte > 127 for byte in content) > len(content) / 3


@pytest.mark.parametrize(("whole", "cut", "other"), [(2, 3, 4), (5, 6, 8)])
def test_wire_copies_share_paragraphs(whole: int, cut: int, other: int) -> None:
    first, trimmed, retitled = (words(named(number)) for number in (whole, cut, other))
    assert len(first & trimmed) >= 5
    assert len(first - trimmed) >= 2
    assert len(first & retitled) >= 8
    assert retitled - first, "the third printing adds a paragraph"


def test_feed_carries_full_texts() -> None:
    items = ElementTree.parse(named(21)).getroot().findall("channel/item")
    assert len(items) >= 3
    assert all(len((item.findtext(CONTENT) or "").split()) > 150 for item in items)


def test_records_have_the_named_columns() -> None:
    records = [json.loads(line) for line in named(22).read_text("utf-8").splitlines()]
    assert len(records) >= 3
    assert all(set(record) == {"text", "title", "url", "date", "publisher"} for record in records)


def test_archive_is_small_and_readable() -> None:
    path = named(23)
    assert path.stat().st_size < 20_000
    with path.open("rb") as stream:
        pages = [
            (record.http_headers.status_code, record.reader.read())
            for record in ArchiveIterator(stream, record_types=WarcRecordType.response)
        ]
    assert len([page for status, page in pages if status == 200 and b"<article>" in page]) >= 2


def test_archive_bytes_do_not_depend_on_the_day() -> None:
    """Gzip writes the time into every member unless told not to."""
    content = named(23).read_bytes()
    members = [match.start() for match in re.finditer(rb"\x1f\x8b\x08\x00", content)]
    assert len(members) >= 5
    assert all(content[start + 4 : start + 8] == b"\0\0\0\0" for start in members)
