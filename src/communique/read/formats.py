"""What people hand in — files, folders, globs, standard input — as pages, one at a time.

The format is told from the content; a file's extension only settles what the content leaves open.
"""

from __future__ import annotations

import glob
import io
import os
import re
import zlib
from collections.abc import Iterator, Sequence
from gzip import BadGzipFile, GzipFile
from pathlib import Path
from typing import BinaryIO, Literal, TypeAlias

from communique.errors import Problem
from communique.model import Page
from communique.read.archives import from_warc
from communique.read.decoding import declared_charset, is_wide
from communique.read.feeds import from_feed
from communique.read.records import from_csv, from_json, from_jsonl, is_table
from communique.read.sizes import LIMIT, TOO_LARGE, Stream

Format: TypeAlias = Literal["text", "html", "feed", "jsonl", "json", "csv", "warc"]

_HEAD = 8192
_TAG = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|title|meta|article|div|p|h1|br|span|table)[\s>/]", re.IGNORECASE
)
_FEED = re.compile(rb"<(?:rss|feed|rdf:RDF)[\s>]", re.IGNORECASE)
# What files of other kinds begin with, and what to do about them.
_FOREIGN = (
    (b"%PDF", "is a PDF; save its text as a .txt or .html file"),
    (b"PK\x03\x04", "is a ZIP archive or an office document; unpack it, or save it as text or HTML"),
    (b"\x89PNG", "is an image; only text can be read"),
    (b"\xff\xd8\xff", "is an image; only text can be read"),
    (b"GIF8", "is an image; only text can be read"),
    (b"RIFF", "is an image, sound or film; only text can be read"),
    (b"\xd0\xcf\x11\xe0", "is an office document; save it as text or HTML"),
    (b"{\\rtf", "is a rich text document; save it as text or HTML"),
    (b"SQLite format 3", "is a database (a ledger?), not a page"),
    (b"PAR1", "is a Parquet table; save it as JSONL or CSV"),
    (b"BZh", "is compressed with bzip2; unpack it first"),
    (b"\xfd7zXZ", "is compressed with xz; unpack it first"),
    (b"\x28\xb5\x2f\xfd", "is compressed with zstd; unpack it first"),
    (b"7z\xbc\xaf", "is a 7-Zip archive; unpack it first"),
    (b"Rar!", "is a RAR archive; unpack it first"),
)


def pages(inputs: Sequence[str], stdin: BinaryIO | None = None) -> Iterator[Page | Problem]:
    """Every page of the inputs, in the order given, and a `Problem` for whatever cannot be read.

    An input is a file, a folder (read to its depth, in name order, without hidden files), a glob, or
    `-` for `stdin`. Pages are read one at a time; none is larger than 20 MB.
    """
    for name in inputs:
        if name == "-":
            yield from _from_stdin(stdin)
        else:
            yield from _from_path(name)


def _from_path(name: str) -> Iterator[Page | Problem]:
    path = Path(name)
    try:
        if path.is_dir():
            yield from _from_folder(path)
        elif path.exists():
            yield from _from_file(path)
        elif glob.has_magic(name) and (found := sorted(glob.glob(name, recursive=True))):  # noqa: PTH207
            for match in found:
                yield from _from_path(match)
        elif glob.has_magic(name):
            yield Problem(name, "", "matches no file; check the pattern")
        else:
            yield Problem(name, "", "does not exist; check the path")
    except (OSError, ValueError) as error:
        yield Problem(name, "", _told(error))


def _from_folder(folder: Path) -> Iterator[Page | Problem]:
    found = False
    denied: list[OSError] = []
    for parent, folders, files in os.walk(folder, onerror=denied.append):
        stems = {Path(file).stem for file in files if file.lower().endswith((".html", ".htm", ".xhtml"))}
        # A browser saves the images and scripts of `x.html` in a folder `x_files` beside it.
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".")
            and not any(name in (f"{stem}_files", f"{stem}.files", f"{stem}-Dateien") for stem in stems)
        )
        for file in sorted(files):
            if not file.startswith("."):
                found = True
                yield from _from_file(Path(parent, file))
    for error in denied:
        yield Problem(str(error.filename or folder), "", _told(error))
    if not found and not denied:
        yield Problem(str(folder), "", "holds no files; put pages into it or name another folder")


def _from_file(path: Path) -> Iterator[Page | Problem]:
    try:
        if not path.is_file():
            yield Problem(str(path), "", "is not a file; only files and folders can be read")
            return
        with path.open("rb") as stream:
            yield from _from_stream(stream, str(path), path.name.lower())
    except OSError as error:
        yield Problem(str(path), "", _told(error))


def _from_stdin(stdin: BinaryIO | None) -> Iterator[Page | Problem]:
    if stdin is None:
        yield Problem("-", "", "there is no standard input to read")
        return
    try:
        yield from _from_stream(stdin, "-", "")
    except OSError as error:
        yield Problem("-", "", _told(error))


def _from_stream(raw: BinaryIO, path: str, name: str) -> Iterator[Page | Problem]:
    stream: BinaryIO = io.BufferedReader(Stream(raw.read), 1 << 16)
    head = _peek(stream)
    if head[:2] == b"\x1f\x8b":
        stream = io.BufferedReader(Stream(GzipFile(fileobj=stream).read1), 1 << 16)
        name = name.removesuffix(".gz")
    try:
        head = _peek(stream)
        if not head.strip():
            yield Problem(path, "", "is empty")
            return
        if foreign := _foreign(head):
            yield Problem(path, "", foreign)
            return
        yield from _of_format(_format(head, name), stream, path, head)
    except (BadGzipFile, EOFError, zlib.error):
        yield Problem(
            path, "", "is a damaged gzip file; what comes after the damage was not read, fetch it again"
        )


def _of_format(kind: Format, stream: BinaryIO, path: str, head: bytes) -> Iterator[Page | Problem]:
    if kind == "warc":
        yield from from_warc(stream, path)
    elif kind == "jsonl":
        yield from from_jsonl(stream, path)
    elif kind == "json":
        yield from from_json(stream, path)
    elif kind == "csv":
        yield from from_csv(stream, path)
    else:
        content = stream.read(LIMIT + 1)
        if len(content) > LIMIT:
            yield Problem(path, "", TOO_LARGE)
        elif b"\0" in content and not is_wide(content):
            yield Problem(path, "", "is binary, not text; save the page as text or HTML")
        elif kind == "feed":
            yield from from_feed(content, path)
        elif kind == "html":
            charset = declared_charset(content)
            yield Page(path, content, "text/html", meta={"charset": charset} if charset else {})
        else:
            yield Page(path, content, "text/plain")


def _format(head: bytes, name: str) -> Format:
    """Which format some text begins with; `name` decides between JSON, CSV and prose where both fit."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    narrow = head.replace(b"\0", b"") if is_wide(head) else head
    if start.startswith(b"WARC/"):
        return "warc"
    if start.startswith(b"<") and _FEED.search(narrow[:2048]):
        return "feed"
    if start.startswith(b"{") and (name.endswith((".jsonl", ".ndjson")) or b"}" in start.split(b"\n")[0]):
        return "jsonl"
    if name.endswith((".jsonl", ".ndjson")):
        return "jsonl"
    if start.startswith((b"{", b"[")) and (name.endswith(".json") or re.match(rb'[\[{]\s*[{"]', start)):
        return "json"
    if name.endswith((".csv", ".tsv")) or is_table(head):
        return "csv"
    if narrow.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<") and _TAG.search(narrow):
        return "html"
    if name.endswith((".html", ".htm", ".xhtml")):
        return "html"
    return "html" if len(_TAG.findall(narrow)) >= 5 else "text"


def _foreign(head: bytes) -> str | None:
    for magic, told in _FOREIGN:
        if head.startswith(magic):
            return told
    if b"\0" in head and not is_wide(head) and not head.startswith(b"WARC/"):
        return "is binary, not text; save the page as text or HTML"
    return None


def _peek(stream: BinaryIO) -> bytes:
    assert isinstance(stream, io.BufferedReader)
    return stream.peek(_HEAD)[:_HEAD]


def _told(error: Exception) -> str:
    if isinstance(error, PermissionError):
        return "may not be read; change its permissions"
    if isinstance(error, OSError) and error.strerror:
        return f"cannot be read: {error.strerror.lower()}"
    return f"cannot be read: {error}"
