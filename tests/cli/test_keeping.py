"""Actors, judgements on who is who, rebuild and verify from the command line."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from communique import pipeline

READY = """Norway and Finland to share radar pictures

OSLO, May 9, 2023 (Nordic Wire) - Norway and Finland agreed on Tuesday to share radar pictures.

“We are ready to start in June,” Norwegian envoy Torbjorn Haugland said.

Haugland met Finnish Defence Minister Antti Kaikkonen in Oslo.
"""
THANKS = """Envoy hopes for early start

HELSINKI, May 11, 2023 - “The radars will not wait for us,” the envoy Thorbjorn Haugland told reporters.
"""
LATER = """Envoy leaves

OSLO, May 19, 2023 - “I shall miss the radars,” the envoy Thorbjorn Haugland told reporters.
"""
ONE, OTHER = "torbjorn-haugland", "thorbjorn-haugland"


@pytest.fixture(autouse=True)
def loaded(monkeypatch: pytest.MonkeyPatch, reader: pipeline.Reader) -> Iterator[None]:
    """The language model is loaded once for all of these tests."""
    monkeypatch.setattr(pipeline, "Reader", lambda *_: reader)
    reader.parser._recent.clear()
    yield


@pytest.fixture
def ledger(run: Callable[..., Any], tmp_path: Path) -> Path:
    """A ledger of two pages that name an envoy in two ways, and of one that is no page."""
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "1.txt").write_text(READY, "utf-8")
    (pages / "2.txt").write_text(THANKS, "utf-8")
    (pages / "3.txt").write_bytes(b"\x00\x01\x02\xff" * 200)
    shutil.copy(pages / "1.txt", pages / "0-copy.txt")
    assert run("build", pages, "--ledger", tmp_path / "a.ledger", "--quiet").code == 0
    return tmp_path / "a.ledger"


def exports(run: Callable[..., Any], ledger: Path) -> dict[str, str]:
    """Whatever can be exported line by line, and the brief."""
    whats = (
        "documents", "statements", "facts", "families", "stories", "disagreements", "timeline", "nodes",
        "edges", "plover", "followthemoney",
    )  # fmt: skip
    found = {what: run("export", what, "--ledger", ledger, "--quiet").out for what in whats}
    return found | {"brief": run("brief", "--ledger", ledger, "--all").out}


def speakers(run: Callable[..., Any], ledger: Path) -> set[str]:
    rows = [json.loads(line) for line in run("export", "statements", "--ledger", ledger).out.splitlines()]
    return {a["id"] for row in rows for a in row["actors"] if row["kind"] == "quote"}


def actors(run: Callable[..., Any], ledger: Path, *more: str) -> list[dict[str, str]]:
    view = json.loads(run("actors", "--ledger", ledger, "--format", "json", *more).out)
    return [{line["what"]: line["value"] for line in s["lines"]} for s in view["sections"] if s["lines"]]


@pytest.mark.parametrize("form", ["text", "json", "markdown", "html"])
def test_actors_are_told_in_every_form(run: Callable[..., Any], ledger: Path, form: str) -> None:
    ran = run("actors", "--ledger", ledger, "--format", form)
    assert ran.code == 0 and "Haugland" in ran.out.title() and "\x1b" not in ran.out
    everyone = run("actors", "--known", "--ledger", ledger, "--format", form).out
    assert "NOR" in everyone and len(everyone) > len(ran.out)


def test_same_is_one_actor_for_good(run: Callable[..., Any], ledger: Path, tmp_path: Path) -> None:
    before = exports(run, ledger)
    assert speakers(run, ledger) == {ONE, OTHER}
    (first, _) = actors(run, ledger)
    assert (first["id"], first["may be"]) == (ONE, OTHER)

    same = run("judge", "same", OTHER, ONE, "--by", "Ada", "--note", "one envoy", "--ledger", ledger)
    assert same.code == 0 and f"one actor, {ONE}" in same.err

    def settled() -> bool:
        shown = actors(run, ledger)
        brief = run("brief", OTHER, "--ledger", ledger).out
        return (
            speakers(run, ledger) == {ONE}
            and [one["id"] for one in shown] == [ONE]
            and "may be" not in shown[0]
            and brief.startswith("Torbjorn Haugland\n")
            and "We are ready" in brief
            and "The radars will not wait" in brief
            and "Thorbjorn" not in brief
        )

    assert settled()
    ids = [json.loads(line)["statement_id"] for line in before["statements"].splitlines()]
    rows = [json.loads(line) for line in run("export", "statements", "--ledger", ledger).out.splitlines()]
    assert [row["statement_id"] for row in rows] == ids
    (merged,) = [row for row in rows if any(a.get("found_as") == OTHER for a in row["actors"])]
    why = " ".join(run("why", merged["statement_id"], "--ledger", ledger).out.split())
    assert f"read as {OTHER}" in why and "same by Ada" in why

    (tmp_path / "4.txt").write_text(LATER, "utf-8")
    assert run("build", tmp_path / "4.txt", "--ledger", ledger, "--quiet").code == 0
    assert settled() and "I shall miss the radars" in run("brief", ONE, "--ledger", ledger).out
    assert run("rebuild", "--ledger", ledger, "--quiet").code == 0
    assert settled()
    assert run("verify", "--ledger", ledger).code == 0

    assert run("judge", "undo", same.out.strip(), "--ledger", ledger).code == 0
    assert speakers(run, ledger) == {ONE, OTHER}


def test_undone_it_is_as_if_it_had_never_been(run: Callable[..., Any], ledger: Path) -> None:
    before = exports(run, ledger)
    same = run("judge", "same", ONE, OTHER, "--ledger", ledger).out.strip()
    assert exports(run, ledger) != before
    assert run("judge", "undo", same, "--ledger", ledger).code == 0
    assert exports(run, ledger) == before


def test_a_corrected_origin_can_be_taken_back(run: Callable[..., Any], ledger: Path) -> None:
    before = exports(run, ledger)
    one = json.loads(before["statements"].splitlines()[0])["statement_id"]
    ran = run("judge", "corrected", one, "--field", "origin", "--value", "The Coast", "--ledger", ledger)
    assert "The Coast" in run("export", "facts", "--ledger", ledger).out
    assert run("judge", "undo", ran.out.strip(), "--ledger", ledger).code == 0
    assert exports(run, ledger) == before


def test_a_copy_that_comes_later_changes_whose_voice_it_is(
    run: Callable[..., Any], ledger: Path, tmp_path: Path
) -> None:
    uncredited = tmp_path / "pages" / "0-uncredited.txt"
    uncredited.write_text(READY.replace(" (Nordic Wire)", ""), "utf-8")
    later, at_once = tmp_path / "later.ledger", tmp_path / "at-once.ledger"
    for inputs, into in (
        ([uncredited], later),
        ([tmp_path / "pages"], later),
        ([tmp_path / "pages"], at_once),
    ):
        assert run("build", *inputs, "--ledger", into, "--quiet").code == 0
    assert exports(run, later) == exports(run, at_once)
    origins = {json.loads(line)["origin"] for line in exports(run, later)["statements"].splitlines()}
    assert "Nordic Wire" in origins and len(origins) == 2


def test_different_is_proposed_no_more(run: Callable[..., Any], ledger: Path) -> None:
    assert run("judge", "different", ONE, OTHER, "--by", "Ada", "--ledger", ledger).code == 0
    (first, second) = actors(run, ledger)
    assert first["different from"] == OTHER and "may be" not in {**first, **second}
    assert run("rebuild", "--ledger", ledger, "-q").code == 0
    assert actors(run, ledger) == [first, second]


def test_an_actor_of_the_domain_data_is_kept(run: Callable[..., Any], ledger: Path) -> None:
    ran = run("judge", "same", ONE, "antti-kaikkonen", "--ledger", ledger)
    assert ran.code == 0 and "one actor, antti-kaikkonen" in ran.err
    (shown,) = actors(run, ledger, "antti-kaikkonen")
    assert shown["state"] == "FIN" and shown["the same as"] == ONE


def test_a_rebuild_gives_what_the_build_gave(run: Callable[..., Any], ledger: Path, tmp_path: Path) -> None:
    before = exports(run, ledger)
    event = next(json.loads(line) for line in before["statements"].splitlines())
    assert run("judge", "wrong", event["statement_id"], "--by", "Ada", "--ledger", ledger).code == 0
    before, raw = exports(run, ledger), ledger.read_bytes()
    new = tmp_path / "new.ledger"
    ran = run("rebuild", "--ledger", ledger, "--output", new)
    assert ran.code == 0 and f"written: {new}" in ran.err and ledger.read_bytes() == raw
    assert exports(run, new) == before
    ran = run("rebuild", "--ledger", ledger)
    assert ran.code == 0 and "2 pages read, 2 added" in ran.err and "no longer fits" not in ran.err
    assert exports(run, ledger) == before == exports(run, tmp_path / "a.ledger.before-rebuild")
    assert run("rebuild", "--ledger", ledger, "-q").err == ""
    left = sorted(path.name for path in tmp_path.iterdir() if not path.name.endswith(("-wal", "-shm")))
    assert left == [
        "a.ledger", "a.ledger.before-rebuild", "a.ledger.before-rebuild-2", "new.ledger", "pages",
    ]  # fmt: skip
    for path in tmp_path.glob("*.ledger*"):
        assert run("verify", "--ledger", path).code == 0


def test_a_judgement_that_no_longer_fits_is_listed_and_kept(
    run: Callable[..., Any], ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [json.loads(line) for line in run("export", "statements", "--ledger", ledger).out.splitlines()]
    quote = next(row for row in rows if row["kind"] == "quote")
    wrong = run("judge", "wrong", quote["statement_id"], "--by", "Ada", "--ledger", ledger).out.strip()
    monkeypatch.setattr(pipeline.quotes, "statements", lambda *_: [])
    ran = run("rebuild", "--ledger", ledger, "--strict")
    assert ran.code == 1
    assert f"judgement {wrong} (wrong {quote['statement_id']}, by Ada) no longer fits" in ran.err
    assert run("verify", "--ledger", ledger).code == 0
    monkeypatch.undo()
    with closing(sqlite3.connect(ledger)) as connection:
        assert connection.execute("SELECT judgement_id FROM judgements").fetchall() == [(wrong,)]


def test_a_rebuild_that_is_stopped_leaves_everything_as_it_was(
    run: Callable[..., Any], ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, there = exports(run, ledger), sorted(ledger.parent.iterdir())

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline, "reconcile", stop)
    ran = run("rebuild", "--ledger", ledger)
    assert ran.code == 130 and "is as it was" in ran.err
    assert exports(run, ledger) == before and sorted(ledger.parent.iterdir()) == there


def test_a_page_stored_meanwhile_stops_the_exchange(
    run: Callable[..., Any], ledger: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "4.txt").write_text(LATER, "utf-8")
    rebuild = pipeline.rebuild

    def slowly(old: Any, new: Any, **options: Any) -> Any:
        summary = rebuild(old, new, **options)
        with pipeline.Ledger.open(ledger) as other:
            pipeline.build([str(tmp_path / "4.txt")], other, jobs=1)
        return summary

    monkeypatch.setattr(pipeline, "rebuild", slowly)
    ran = run("rebuild", "--ledger", ledger)
    assert ran.code == 1 and "was written to while" in ran.err
    assert len(run("export", "documents", "--ledger", ledger).out.splitlines()) == 3
    assert not list(tmp_path.glob("*before-rebuild*"))


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["rebuild", "--output", "{}/a.ledger"], 1, "exists already"),
        (["rebuild", "--output", "{}/none/b.ledger"], 1, "cannot be made"),
        (["rebuild", "--jobs", "0"], 2, "jobs"),
        (["actors", "Nobody"], 2, "no page names 'Nobody'"),
        (["judge", "same", ONE, "nobody"], 2, "no actor 'nobody'"),
    ],
)
def test_what_cannot_be_done_is_said(
    run: Callable[..., Any], ledger: Path, tmp_path: Path, arguments: list[str], code: int, said: str
) -> None:
    ran = run(*(one.format(tmp_path) for one in arguments), "--ledger", ledger)
    assert ran.code == code and said in ran.err and not ran.out


def test_verify_says_what_is_wrong_with_what(run: Callable[..., Any], ledger: Path) -> None:
    ran = run("verify", "--ledger", ledger)
    assert (ran.code, ran.out) == (0, "") and "everything is sound" in ran.err
    with closing(sqlite3.connect(ledger)) as connection, connection:
        (one,) = connection.execute("SELECT min(statement_id) FROM statements").fetchone()
        connection.execute("UPDATE statements SET quote = 'x' WHERE statement_id = ?", (one,))
    ran = run("verify", "--ledger", ledger)
    assert ran.code == 1 and "1 problem; restore a copy" in ran.err
    assert ran.out.startswith(f"{ledger}: statement {one}: its quotation does not stand at ")
    assert run("verify", "--ledger", ledger.parent / "none").code == 1
