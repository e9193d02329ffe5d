"""WARC files: each HTML or text response is a page."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, BinaryIO, cast

from fastwarc.warc import ArchiveIterator, WarcRecordType

from communique.errors import Problem
from communique.model import Page
from communique.read.decoding import is_wide
from communique.read.sizes import LIMIT, TOO_LARGE

_TYPES = {
    "text/html": "text/html",
    "application/xhtml+xml": "text/html",
    "text/plain": "text/plain",
}


class _Told:
    """A stream that says how far it has been read, which FastWARC asks and a pipe cannot tell."""

    def __init__(self, stream: BinaryIO) -> None:
        assert isinstance(stream, io.BufferedReader)
        self._stream = stream
        self._position = 0

    def read(self, size: int = -1, /) -> bytes:
        found = self._stream.read1(size)  # what is there, before damage further on is met
        self._position += len(found)
        return found

    def tell(self) -> int:
        return self._position


def from_warc(stream: BinaryIO, path: str) -> Iterator[Page | Problem]:
    """The pages of an archive; answers that are no pages (images, errors, redirects) are passed over.

    The day of the crawl says nothing of the day of publication, so it is not kept.
    """
    number = pages = 0
    try:
        for record in ArchiveIterator(
            cast(Any, _Told(stream)),
            record_types=WarcRecordType.response,
            parse_http=True,
            auto_decode="all",
            fsspec_args=False,
        ):
            number += 1
            media_type = _TYPES.get((record.http_content_type or "").split(";")[0].strip().lower())
            if media_type is None or not _ok(record):
                continue
            where = f"record {number}"
            content: bytes = record.reader.read(LIMIT + 1)
            if len(content) > LIMIT:
                yield Problem(path, where, TOO_LARGE)
            elif _is_cut(record, content):
                yield Problem(path, where, "is cut off; fetch the archive again")
            elif not content.strip():
                yield Problem(path, where, "is empty")
            elif b"\0" in content[:1024] and not is_wide(content[:1024]):
                yield Problem(path, where, "is binary, not text; leave it out")
            else:
                pages += 1
                meta = {"charset": record.http_charset} if record.http_charset else {}
                url = record.headers.get("WARC-Target-URI")
                yield Page(f"{path}#{pages}", content, media_type, url.strip("<>") if url else None, meta)
    except BaseException as error:
        # FastWARC is written in Rust; where it gives up its error is no `Exception`.
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        yield Problem(path, f"record {number + 1}", f"is damaged ({_short(error)}); the rest was not read")
        return
    if not number:
        yield Problem(path, "", "is an archive without responses, or a damaged one; fetch it again")


def _ok(record: Any) -> bool:
    status = record.http_headers.status_code if record.http_headers is not None else 200
    return status is None or 200 <= int(status) < 300


def _is_cut(record: Any, content: bytes) -> bool:
    """Fewer bytes than announced; where the payload was encoded the two cannot be compared."""
    names = {name.lower() for name in dict(record.http_headers or {})}
    encoded = names & {"content-encoding", "transfer-encoding"}
    return not encoded and len(content) < int(record.content_length)


def _short(error: BaseException) -> str:
    return str(error).split("\n")[0][:80] or type(error).__name__
