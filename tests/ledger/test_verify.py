"""Whatever is wrong inside a ledger is found, and said of the entry it is in."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from tests.postgresql_server import Server

from communique.ledger.store import Ledger
from communique.ledger.verify import missing, verify
from communique.ledger.writing import Entry
from communique.model import Disagreement, Fact, Family, Side, Story


@pytest.fixture
def path(place: Callable[[str], str], numbered: Callable[..., Entry]) -> Iterator[str]:
    """A ledger that has one of everything."""
    path = place("pages")
    with Ledger.open(path, create=True) as ledger:
        ledger.add([numbered(1), numbered(2)])
        one, *others = [s.statement_id for s in ledger.statements()]
        docs = tuple(sorted(ledger.known()))
        facts = [
            Fact("a" * 16, "event", "AGREE", "it", (one,), ("AP",), None, "actual"),
            Fact("b" * 16, "event", "AGREE", "it", tuple(others), ("AP",), None, "actual"),
        ]
        differ = [Disagreement("a" * 16, "it", "date", (Side("2023", (one,), ("AP",)),))]
        ledger.set_reconciled(
            [Family("f" * 16, docs, docs[0])], [Story("5" * 16, docs, None)], facts, differ, {}
        )
        same = ledger.judge("same", [one, others[0]], by="Ada")
        ledger.judge("undo", [same.judgement_id], by="Ada")
    yield path


def problems(path: str) -> list[tuple[str, str]]:
    with Ledger.open(path) as ledger:
        return [(problem.where, problem.message) for problem in verify(ledger)]


def change_by_hand(path: str, change: str, server: Callable[[], Server]) -> None:
    """Changes a ledger behind its back, whatever refers to what."""
    if path.startswith("postgresql:"):
        schema = path.rpartition("%3D")[2]
        change = change.replace("x'00'", "'\\x00'")
        server().run(f"SET search_path = {schema}; SET session_replication_role = replica; {change}")
        return
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(change)


def test_a_sound_ledger_has_no_problems(path: str) -> None:
    before = None if path.startswith("postgresql:") else Path(path).read_bytes()
    assert problems(path) == []
    assert before is None or Path(path).read_bytes() == before


def test_an_empty_ledger_is_sound(place: Callable[[str], str]) -> None:
    Ledger.open(place("empty"), create=True).close()
    assert problems(place("empty")) == []


@pytest.mark.parametrize(
    ("change", "where", "message"),
    [
        ("UPDATE pages SET content = x'00'", "page ", "cannot be read"),
        ("UPDATE pages SET sha256 = 'x'", "page ", "has other bytes than were stored"),
        ("UPDATE pages SET url = 'https://example.org'", "page ", "its identifier is not that of"),
        ("UPDATE pages SET meta = '[1'", "page ", "cannot be read"),
        ("DELETE FROM sightings", "page ", "has no path"),
        ("DELETE FROM documents", "page ", "has no document"),
        ("DELETE FROM documents", "statement ", "is not there"),
        ("DELETE FROM documents", "table statements", "refers to documents"),
        ("UPDATE documents SET text = 'x' || text", "statement ", "its quotation does not stand at"),
        ("UPDATE documents SET text = 'x'", "document ", "lies outside the text"),
        ("UPDATE documents SET text = replace(text, 'signed', 'SIGNED')", "statement ", "its quotation"),
        ("UPDATE documents SET text = replace(text, 'signed', 'sealed')", "search index", "does not fit"),
        ("UPDATE documents SET regions = '[{}]'", "document ", "cannot be read (KeyError"),
        ("UPDATE statements SET quote = 'else'", "statement ", "its quotation does not stand at"),
        ("UPDATE statements SET start = start + 1", "statement ", "but is looked up at"),
        ("UPDATE statements SET type = 'AID'", "statement ", "it is looked up by is not its own"),
        ("UPDATE statements SET whole = '{'", "statement ", "cannot be read"),
        ("UPDATE statements SET whole = replace(whole, 'JPN', 'KOR')", "statement ", "its identifier is not"),
        ("UPDATE participants SET actor_id = 'KOR'", "statement ", "the actors it is looked up by"),
        ("DELETE FROM stretches WHERE says", "statement ", "cannot be found by its words"),
        ("DELETE FROM fact_statements", "fact ", "the statements it is looked up by are not its own"),
        ("DELETE FROM statements", "fact ", "refers to statement"),
        ("DELETE FROM statements", "disagreement 0", "refers to statement"),
        ("DELETE FROM facts", "disagreement 0", "refers to fact aaaaaaaaaaaaaaaa"),
        ("UPDATE families SET whole = replace(whole, '[\"', '[\"x')", "family ", "refers to document"),
        ("DELETE FROM documents", "story ", "refers to document"),
        ("UPDATE judgements SET whole = replace(whole, 'Ada', 'Eve')", "judgement ", "its identifier is not"),
        ("DELETE FROM judgements WHERE verdict = 'same'", "judgement ", "refers to judgement"),
    ],
)  # fmt: skip
def test_what_was_tampered_with_is_named(
    path: str, change: str, where: str, message: str, request: pytest.FixtureRequest
) -> None:
    change_by_hand(path, change, lambda: request.getfixturevalue("server"))
    found = problems(path)
    assert any(place.startswith(where) and message in said for place, said in found), found


def test_missing_are_those_nothing_has(path: str) -> None:
    with Ledger.open(path) as ledger:
        one = next(ledger.statements())
        there = [one.statement_id, one.doc_id, "a" * 16, "5" * 16, "f" * 16, "JPN"]
        there += [j.judgement_id for j in ledger.judgements()]
        gone = [f"gone-{n}" for n in range(1200)]
        assert missing(ledger, [*there, *gone]) == set(gone)
