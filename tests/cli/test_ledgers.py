"""Every command does the same with a ledger in a file and with one in a database."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from communique import pipeline


@pytest.fixture(autouse=True)
def loaded(monkeypatch: pytest.MonkeyPatch, reader: pipeline.Reader) -> None:
    """The language model is loaded once for all of these tests."""
    monkeypatch.setattr(pipeline, "Reader", lambda *_: reader)
    reader.parser._recent.clear()


def told(run: Callable[..., Any], pages: Path, ledger: str, folder: Path) -> list[tuple[str, int, str, str]]:
    """What each command says, without what differs by nature: where the ledger is, and seconds."""
    folder.mkdir()
    said: list[tuple[str, int, str, str]] = []

    def call(*arguments: object) -> Any:
        ran = run(*arguments, "--ledger", ledger)
        plain = [re.sub(r"\([0-9.]+ s\)", "", text.replace(ledger, "LEDGER")) for text in (ran.out, ran.err)]
        said.append((str(arguments[0]), ran.code, *(text.replace(str(folder), "FOLDER") for text in plain)))  # type: ignore[arg-type]
        return ran

    call("build", pages)
    call("build", pages, "--quiet")
    statements = [json.loads(line) for line in call("export", "statements").out.splitlines()]
    for what in ("documents", "facts", "families", "stories", "disagreements", "timeline", "plover"):
        call("export", what)
    for view in ("brief", "timeline", "network", "tie", "figures", "quotes", "pledges", "coverage"):
        call(view, *(("Sweden", "Finland") if view == "tie" else ()))
    call("search", "sign* agreement", "actor:FIN")
    call("search", '"closer to" OR nowhere', "--format", "json")
    call("why", statements[0]["statement_id"])
    call("why", statements[0]["fact_id"])
    call("why", "zzzz")
    # The moment of a judgement is part of its identifier; a file gives both ledgers the same one.
    line = {"at": "2024-02-01T00:00:00Z", "by": "Ada", "verdict": "wrong"}
    about = {**line, "about": [statements[0]["statement_id"]], "note": "not so"}
    (folder / "ours.jsonl").write_text(
        json.dumps(about) + "\n" + json.dumps({**line, "about": ["gone"]}), "utf-8"
    )
    call("judgements", "--import", folder / "ours.jsonl")
    call("judgements", "--import", folder / "ours.jsonl", "--strict")
    call("judgements")
    call("why", statements[0]["statement_id"])
    call("brief")
    call("verify")
    call("judge", "undo", "nothing")
    call("rebuild", "--output", folder / "new.ledger")
    call("backup", "--output", folder / "copy.ledger", "--quiet")
    call("backup", "--output", folder / "copy.ledger")
    call("upgrade")
    for name in ("new.ledger", "copy.ledger"):
        said.append((name, 0, run("export", "facts", "--ledger", folder / name).out, ""))
    call("rebuild", "--quiet")
    call("export", "facts")
    return said


def test_a_file_and_a_database_say_the_same(
    run: Callable[..., Any],
    pages: Path,
    schema: Callable[[str], str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    in_file = told(run, pages, str(tmp_path / "pages.ledger"), tmp_path / "1")
    in_database = told(run, pages, schema("pages"), tmp_path / "2")
    for one, other in zip(in_file, in_database, strict=True):
        assert one == other
    codes = [code for _, code, _, _ in in_file]
    assert codes.count(1) == 4 and set(codes) == {0, 1}
    assert [path.name for path in (tmp_path / "here").iterdir()] == ["postgres.ledger.before-rebuild"]
    imports = [(code, err) for name, code, _, err in in_file if name == "judgements"]
    assert "1 judgement added" not in imports[0][1] and "2 judgements added, 0 known already" in imports[0][1]
    assert "(wrong gone, by Ada) does not fit: gone is not there" in imports[0][1]
    assert imports[1][0] == 1 and "0 judgements added, 2 known already" in imports[1][1]


def test_a_line_says_what_people_decided_of_it(run: Callable[..., Any], built: Path, tmp_path: Path) -> None:
    ledger = tmp_path / "judged.ledger"
    assert run("backup", "--ledger", built, "--output", ledger).code == 0
    rows = [json.loads(line) for line in run("export", "statements", "--ledger", ledger).out.splitlines()]
    one = next(row["statement_id"] for row in rows if row["kind"] == "event")
    assert "by Ada" not in run("brief", "--all", "--ledger", ledger).out
    decision = ("corrected", one, "--field", "when", "--value", "2023-05-08", "--by", "Ada")
    made = run("judge", *decision, "--ledger", ledger)
    assert made.code == 0
    for view in ("brief", "timeline"):
        assert "corrected by Ada" in " ".join(run(view, "--all", "--ledger", ledger).out.split())
    assert run("judge", "undo", made.out.strip(), "--by", "Bo", "--ledger", ledger).code == 0
    assert "by Ada" not in run("brief", "--all", "--ledger", ledger).out
