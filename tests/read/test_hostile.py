"""Pages made to harm: each is refused or read within bounds of time and memory, and reaches nothing else."""

from __future__ import annotations

import gzip
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from communique.read.sizes import LONGEST, TAGS

MEMORY = 3 << 30
"""Bytes of address space a child that reads a hostile page may take."""

_CHILD = f"""
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, ({MEMORY}, {MEMORY}))
from communique.domain.load import load_domain
from communique.errors import Problem
from communique.read import formats
from communique.read.documents import to_document
domain = load_domain()
for page in formats.pages(sys.argv[1:]):
    found = page if isinstance(page, Problem) else to_document(page, domain)
    print(found.message if isinstance(found, Problem) else "READ " + ascii(found.text[:2000]))
"""

_STORY = b"<p>The envoy of Chad met the envoy of Niger in Geneva on Monday for talks on the border.</p>"


def _entities() -> bytes:
    """A billion laughs: nine layers of ten."""
    layers = b"".join(
        b'<!ENTITY a%d "%s">' % (n, (b"&a%d;" % (n - 1)) * 10 if n else b"ha") for n in range(10)
    )
    return (
        b'<?xml version="1.0"?><!DOCTYPE rss [' + layers + b']><rss version="2.0"><channel><item>'
        b"<title>&a9;</title><link>http://a.example/</link><description>&a9;</description></item></channel></rss>"
    )


def _external(secret: Path) -> bytes:
    return (
        b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file://' + bytes(secret) + b'">]>'
        b'<rss version="2.0"><channel><item><title>Pact &x;</title><link>http://a.example/</link>'
        b"<description>The ministers said &x; on Monday.</description></item></channel></rss>"
    )


HOSTILE: dict[str, Callable[[], bytes]] = {
    "bomb.txt.gz": lambda: gzip.compress(b"a " * 60_000_000, 1),
    "bomb-in-bomb.gz": lambda: gzip.compress(gzip.compress(b"\0" * 200_000_000, 1)),
    "entities.xml": _entities,
    "line.txt": lambda: b"a" * 100_000_000,
    "line.jsonl": lambda: b'{"text": "' + b"a" * 100_000_000 + b'"}\n{"text": "The envoys met in Oslo."}',
    "field.csv": lambda: b'title,text\nA,"' + b"a," * 50_000_000,
    "letters.txt": lambda: b"a" * 19_000_000,
    "paragraphs.txt": lambda: b"The envoys met in Oslo.\n" * 800_000,
    "nested.html": lambda: b"<html><body>" + b"<div>" * 3_000_000 + _STORY,
    "nested.json": lambda: b"[" * 10_000_000,
    "deep.html": lambda: b"<html><body>" + b"<div>" * (TAGS - 10) + _STORY,
    "links.html": lambda: b"<html><body>" + _STORY + b'<a href="http://a.example">x</a>' * 2_000_000,
    "attributes.html": lambda: (
        b"<html><p " + b" ".join(b'a%d="1"' % n for n in range(500_000)) + b">" + _STORY
    ),
    "comments.html": lambda: b"<html><!--" * 90_000,
    "brackets.txt": lambda: b"(" * (LONGEST - 1),
    "datelines.txt": lambda: b"OSLO - " * (LONGEST // 8),
    "dates.txt": lambda: b"Monday, January 5, 2021 " * (LONGEST // 25),
    "past.txt": lambda: b"said to have signed on 5 May, " * (LONGEST // 31),
    "phone.txt": lambda: b"signed on 5 May, " * (LONGEST // 18) + b"by phone",
    "zip.txt": lambda: b"PK\x03\x04" + b"\0" * 1_000_000,
}


def _read(path: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", _CHILD, str(path)], capture_output=True, text=True, timeout=100, check=False
    )
    assert done.returncode == 0, done.stderr[-600:]
    return done.stdout


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_a_page_made_to_harm_is_answered_within_bounds(name: str, tmp_path: Path) -> None:
    page = tmp_path / name
    page.write_bytes(HOSTILE[name]())
    said = _read(page)
    assert said.strip()
    assert len(said) < 20_000  # nothing was blown up


def test_a_page_cannot_read_the_files_of_its_reader(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the-secret-of-the-reader")
    page = tmp_path / "external.xml"
    page.write_bytes(_external(secret))
    assert "the-secret-of-the-reader" not in _read(page)


def test_after_a_line_too_long_the_next_is_read(tmp_path: Path) -> None:
    page = tmp_path / "line.jsonl"
    page.write_bytes(HOSTILE["line.jsonl"]())
    assert "The envoys met in Oslo." in _read(page)
