"""Pages kept as records: JSONL, a JSON array, CSV. Columns go by name; columns not known are ignored."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from communique.errors import Problem
from communique.model import Page
from communique.read.decoding import decode, is_wide
from communique.read.sizes import LIMIT, TOO_LARGE

_CONTENT = ("html", "text", "body", "content", "article", "maintext", "full_text")
_COLUMNS = {
    "title": ("title", "headline"),
    "url": ("url", "link", "source_url"),
    "published": ("published", "date", "date_published", "published_at", "date_publish", "pubdate"),
    "publisher": ("publisher", "source", "outlet", "site", "sitename"),
    "language": ("language", "lang"),
    "agency": ("agency", "wire"),
}
_MARKUP = re.compile(r"<(?:p|div|html|body|br|article|h[1-6]|a|ul|table)\b[^>]*>", re.IGNORECASE)
_CHUNK = 1 << 16


def from_jsonl(stream: BinaryIO, path: str) -> Iterator[Page | Problem]:
    """One page a line; a bad line is a `Problem` and the rest goes on."""
    number = page = 0
    while line := stream.readline(LIMIT + 1):
        number += 1
        if len(line) > LIMIT and not line.endswith(b"\n"):
            while line and not line.endswith(b"\n"):
                line = stream.readline(_CHUNK)
            yield Problem(path, f"line {number}", TOO_LARGE)
            continue
        if not line.strip(b" \t\r\n\xef\xbb\xbf"):
            continue
        page += 1
        try:
            record = json.loads(decode(line))
        except (ValueError, RecursionError):
            yield Problem(path, f"line {number}", "is not valid JSON; mend or remove the line")
            continue
        yield _page(record, f"{path}#{page}", path, f"line {number}")
    if not page:
        yield Problem(path, "", "is empty")


def from_json(stream: BinaryIO, path: str) -> Iterator[Page | Problem]:
    """A JSON array of pages, or one page as an object; read piece by piece."""
    decoder = json.JSONDecoder()
    text = _Text(stream)
    text.fill(_CHUNK)
    text.skip("\ufeff \t\r\n")
    is_array = text.held.startswith("[")
    if is_array:
        text.held = text.held[1:]
    number = 0
    while True:
        text.skip(" \t\r\n,")
        if not text.held or text.held.startswith("]"):
            break
        number += 1
        while True:
            try:
                record, end = decoder.raw_decode(text.held)
                break
            except (ValueError, RecursionError):
                if len(text.held) > LIMIT:
                    yield Problem(path, f"record {number}", TOO_LARGE + "; the rest of the file was not read")
                    return
                if not text.fill(max(_CHUNK, len(text.held))):
                    yield Problem(
                        path,
                        f"record {number}",
                        "is not valid JSON; mend it (the rest of the file was not read)",
                    )
                    return
        text.held = text.held[end:]
        yield _page(record, f"{path}#{number}" if is_array else path, path, f"record {number}")
        if not is_array:
            return
    if not number:
        yield Problem(path, "", "is empty")


class _Text:
    """The text of a stream, as far as it is held; encodings other than UTF-8 are told from its head."""

    def __init__(self, stream: BinaryIO) -> None:
        self.held = ""
        self._stream = _as_text(stream)

    def fill(self, size: int) -> bool:
        more = self._stream.read(size)
        self.held += more
        return bool(more)

    def skip(self, characters: str) -> None:
        self.held = self.held.lstrip(characters)
        while not self.held and self.fill(_CHUNK):
            self.held = self.held.lstrip(characters)


def _as_text(stream: BinaryIO) -> io.TextIOWrapper:
    assert isinstance(stream, io.BufferedReader)
    head = stream.peek(8192)[:8192]
    if is_wide(head):
        encoding = "utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-16-le"
    else:
        try:
            head[: head.rfind(b"\n") + 1].decode("utf-8")
            encoding = "utf-8-sig"
        except UnicodeDecodeError:
            encoding = "cp1252"
    return io.TextIOWrapper(stream, encoding=encoding, errors="replace", newline="")


def is_table(head: bytes) -> bool:
    """Whether the first line names columns, one of them the content."""
    first = decode(head.split(b"\n")[0])
    names = [name.strip().strip('"').lower() for name in re.split(r"[,;\t]", first)]
    known = {column for columns in _COLUMNS.values() for column in columns}
    return len(names) > 1 and any(n in _CONTENT for n in names) and any(n in known for n in names)


def from_csv(stream: BinaryIO, path: str) -> Iterator[Page | Problem]:
    """One page a row; the first row names the columns; comma, semicolon or tab between them."""
    text = _as_text(stream)
    first = text.readline(_CHUNK)
    delimiter = max(",;\t", key=first.count)
    csv.field_size_limit(LIMIT)
    names = [name.strip().lower() for name in next(csv.reader([first], delimiter=delimiter), [])]
    if not any(name in _CONTENT for name in names):
        yield Problem(path, "line 1", f"names no column for the text; name one of {', '.join(_CONTENT)}")
        return
    rows = csv.reader(text, delimiter=delimiter)
    number = 0
    while True:
        try:
            row = next(rows, None)
        except csv.Error as error:
            yield Problem(path, f"line {rows.line_num + 1}", f"is not a CSV row: {error}; mend or remove it")
            continue
        if row is None:
            break
        if not any(field.strip() for field in row):
            continue
        number += 1
        where = f"line {rows.line_num + 1}"
        if len(row) > len(names):
            yield Problem(
                path, where, "has more fields than the first line has columns; quote fields that hold commas"
            )
            continue
        yield _page(dict(zip(names, row, strict=False)), f"{path}#{number}", path, where)
    if not number:
        yield Problem(path, "", "has no rows")


def _page(record: object, record_path: str, path: str, where: str) -> Page | Problem:
    if not isinstance(record, Mapping):
        return Problem(path, where, "is not a record with named fields; write one JSON object for each page")
    named = {str(key).strip().lower(): value for key, value in record.items()}
    column = next((c for c in _CONTENT if isinstance(named.get(c), str) and named[c].strip()), None)
    if column is None:
        return Problem(path, where, f"has no text; fill one of the columns {', '.join(_CONTENT)}")
    text: str = named[column]
    content = text.encode("utf-8", "replace")
    if len(content) > LIMIT:
        return Problem(path, where, TOO_LARGE)
    if "\0" in text:
        return Problem(path, where, "holds binary data in place of text; leave it out")
    meta = {key: value for key, columns in _COLUMNS.items() if (value := _first(named, columns))}
    meta["charset"] = "utf-8"
    url = meta.pop("url", None)
    is_html = column == "html" or len(_MARKUP.findall(text[:20_000])) >= 2
    return Page(record_path, content, "text/html" if is_html else "text/plain", url, meta)


def _first(record: Mapping[str, object], columns: tuple[str, ...]) -> str | None:
    for column in columns:
        value = record.get(column)
        if isinstance(value, Mapping):  # news services nest the outlet: {"source": {"name": ...}}
            value = value.get("name") or value.get("title")
        if isinstance(value, str | int | float) and not isinstance(value, bool) and str(value).strip():
            return str(value).strip().encode("utf-8", "replace").decode("utf-8")
    return None
