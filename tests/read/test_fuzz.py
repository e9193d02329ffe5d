"""Bytes that no one meant to write: every reader answers with pages or problems, soon, and never otherwise.

`make fuzz` tries thousands for each reader; `make test` a few, always the same ones.
"""

from __future__ import annotations

import gzip
import io
import os
import random
from pathlib import Path
from time import perf_counter

import pytest

from communique.domain.load import Domain
from communique.errors import Problem
from communique.model import Document, Page
from communique.read import formats
from communique.read.documents import to_document

INPUTS = int(os.environ.get("COMMUNIQUE_FUZZ", "40"))
"""Inputs tried for each reader."""

SECONDS = 20
"""Within which any small input is to be answered, on a machine that is busy with other things."""

_SENTENCE = (
    "The ministers of Ghana and Togo signed a pact on Monday, “the first of its kind”, for $2.5 million."
)
_HTML = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Ministers sign pact</title>'
    '<meta property="article:published_time" content="2021-03-04T10:00:00Z"></head><body><article>'
    f"<h1>Ministers sign pact</h1><p>{_SENTENCE}</p><p>ACCRA (Reuters) – {_SENTENCE}</p></article>"
    "</body></html>"
)
_FEED = (
    '<?xml version="1.0"?><rss version="2.0"><channel><title>News</title><item><title>Pact</title>'
    f"<link>http://a.example/1</link><description>{_SENTENCE}</description></item></channel></rss>"
)
_ANSWER = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{_HTML}".encode()
_WARC = (
    b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/1\r\n"
    b"Content-Type: application/http; msgtype=response\r\nContent-Length: "
    + str(len(_ANSWER)).encode()
    + b"\r\n\r\n"
    + _ANSWER
    + b"\r\n\r\n"
) * 2
SEEDS = {
    "text": f"Ministers sign pact\nBy Ama Mensah\n\nACCRA (AFP) — {_SENTENCE}\n{_SENTENCE}\n".encode(),
    "html": _HTML.encode(),
    "feed": _FEED.encode(),
    "jsonl": f'{{"title": "Pact", "text": "{_SENTENCE}", "url": "http://a.example"}}\n'.encode() * 3,
    "json": f'[{{"title": "Pact", "html": "<p>{_SENTENCE}</p>"}}, {{"text": "{_SENTENCE}"}}]'.encode(),
    "csv": f'title,text,date\nPact,"{_SENTENCE}",2021-03-04\nPact,"{_SENTENCE}",\n'.encode(),
    "warc": _WARC,
    "gzip": gzip.compress(_HTML.encode(), mtime=0),
    "wide": f"\ufeff{_SENTENCE}\n".encode("utf-16-le") * 3,
}
_WORDS = (
    b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"<", b">", b"<![CDATA[", b"<!--", b"<!DOCTYPE", b"&amp;",
    b"&#x110000;", b"\\ud800", b'"', b"\\", b"{", b"[", b"]", b"}", b",", b"\r", b"\n", b"\x1f\x8b",
    b"WARC/1.1", b"Content-Length: -1", b"charset=utf-7", b"charset=hz", b"\xf0\x9f\x98\x80", b"\xe2\x80\x8f",
    b"%s%n",
    b"\xcc\x81" * 30, b"9" * 40, b"\x85", b"\xc2\xa0", b"</p>" * 50, b"<div>" * 300, b" " * 500, b"(" * 200,
    b"1,1" * 100, b"\xe2\x80\x9c" * 100, b"1e999", b"NaN", b"31 February 0000",
)  # fmt: skip


def mutated(seed: bytes, chance: random.Random) -> bytes:
    """The seed with a few bytes, stretches or tokens changed, moved, doubled or lost."""
    content = bytearray(seed)
    for _ in range(chance.choice((1, 1, 2, 4, 12))):
        at = chance.randrange(len(content) + 1)
        length = chance.choice((1, 2, 8, 64, 512))
        match chance.randrange(6):
            case 0:
                content[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                content[at:at] = chance.choice(_WORDS)
            case 2:
                del content[at : at + length]
            case 3:
                content[at:at] = content[at : at + length] * chance.choice((1, 3, 30))
            case 4:
                other = chance.choice(sorted(SEEDS))
                content[at : at + length] = SEEDS[other][at : at + length]
            case _:
                content[at : at + 4] = chance.randbytes(4)
    return bytes(content)


@pytest.mark.parametrize("reader", sorted(SEEDS))
def test_any_bytes_give_pages_or_problems(reader: str, domain: Domain, tmp_path: Path) -> None:
    for number in range(INPUTS):
        content = mutated(SEEDS[reader], random.Random(f"{reader} {number}"))
        kept = tmp_path / f"{reader}-{number}"
        kept.write_bytes(content)
        start = perf_counter()
        for item in formats.pages([str(kept)]):
            assert isinstance(item, Page | Problem), kept
            if isinstance(item, Page):
                _sound(to_document(item, domain), kept)
        assert perf_counter() - start < SECONDS, kept
        kept.unlink()


@pytest.mark.parametrize("number", range(max(2, INPUTS // 20)))
def test_noise_gives_pages_or_problems(number: int, domain: Domain) -> None:
    chance = random.Random(number)
    noise = b"".join(
        chance.choice((chance.choice(_WORDS), chance.randbytes(9), b"word ")) for _ in range(2000)
    )
    for item in formats.pages(["-"], io.BytesIO(noise)):
        if isinstance(item, Page):
            _sound(to_document(item, domain), Path("noise"))


def _sound(found: Document | Problem, kept: Path) -> None:
    if isinstance(found, Problem):
        assert found.message, kept
        assert "\n" not in found.message, kept
        return
    found.text.encode("utf-8")  # no lone surrogates
    ends = 0
    for region in found.regions:
        assert ends <= region.start < region.end <= len(found.text), kept
        assert not found.text[ends : region.start].strip(), kept
        ends = region.end
    assert not found.text[ends:].strip(), kept
