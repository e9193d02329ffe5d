"""Views, search, why, report, export, judge and check from the command line."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from communique.cli.asking import VIEWS


@pytest.mark.parametrize("name", sorted(VIEWS))
@pytest.mark.parametrize("form", ["text", "json", "markdown", "html"])
def test_every_view_in_every_form(run, name: str, form: str, built: Path) -> None:
    ran = run(name, "Finland", "Sweden", "--ledger", built, "--format", form)
    assert ran.code == 0 and ran.out.strip() and "\x1b" not in ran.out
    if form == "json":
        assert json.loads(ran.out)["view"] == name


def test_a_brief_shows_the_pact_with_its_words(run, built: Path) -> None:
    out = run("brief", "Finland", "Sweden", "--ledger", built).out
    assert "WHAT HAPPENED" in out and "9 May 2023" in out
    # On the terminal the words wrap beside the names of their origins.
    told = run("brief", "Finland", "Sweden", "--ledger", built, "--format", "markdown").out
    assert "signed a defence agreement in Turku" in " ".join(told.split())


def test_a_view_can_go_to_a_file(run, built: Path, tmp_path: Path) -> None:
    file = tmp_path / "brief.md"
    ran = run("brief", "Finland", "--ledger", built, "--format", "markdown", "--output", file)
    assert (ran.code, ran.out) == (0, "")
    assert file.read_text("utf-8").startswith("# Finland\n")
    assert run("brief", "--ledger", built, "--output", tmp_path).code == 1
    assert [path.name for path in tmp_path.iterdir()] == ["brief.md"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["brief", "Finnland"], "did you mean"),
        (["brief", "--since", "May"], "is no day"),
        (["brief", "--since", "2024", "--until", "2023"], "--until lies before --since"),
        (["tie", "Finland"], "between two actors"),
        (["search", '"open'], "not closed"),
        (["export", "everything"], "there is no export"),
        (["export", "plover", "--format", "csv"], "cannot be exported as 'csv'"),
        (["judge", "same", "zz"], "needs more identifiers"),
        (["brief", "--format", "pdf"], "pdf"),
    ],
)
def test_wrong_usage_exits_2(run, arguments: list[str], said: str, built: Path) -> None:
    ran = run(*arguments, "--ledger", built)
    assert ran.code == 2 and said in ran.err and not ran.out


def test_search_and_why_go_together(run, built: Path) -> None:
    hits = json.loads(run("search", "howitzers", "--ledger", built, "--format", "json").out)
    (identifier,) = {
        line["words"]["statement_id"]
        for line in hits["sections"][0]["lines"]
        if line["words"] and line["words"]["statement_id"]
    }
    out = run("why", identifier[:8], "--ledger", built).out
    assert "WHAT IS READ FROM THEM" in out and "Norway" in out
    assert run("why", "zz", "--ledger", built).code == 1


def test_a_report_opens_from_disk(run, built: Path, tmp_path: Path) -> None:
    folder = tmp_path / "report"
    ran = run("report", "Finland", "--ledger", built, "--output", folder)
    assert ran.code == 0 and str(folder / "index.html") in ran.err
    first = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert sum(name.startswith("doc-") for name in first) == 2
    assert run("report", "Finland", "--ledger", built, "--output", folder, "-q").err == ""
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == first


def test_a_report_leaves_other_folders_alone(run, built: Path, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    assert run("report", "--ledger", built, "--output", tmp_path).code == 2
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_export_is_data_on_standard_output(run, built: Path) -> None:
    ran = run("export", "statements", "--ledger", built)
    rows = [json.loads(line) for line in ran.out.splitlines()]
    texts = {
        row["doc_id"]: row["text"]
        for row in map(json.loads, run("export", "documents", "--ledger", built).out.splitlines())
    }
    assert {row["kind"] for row in rows} >= {"event", "quote", "quantity"}
    assert all(texts[row["doc_id"]][row["start"] : row["end"]] == row["quote"] for row in rows)


def test_a_judgement_is_kept_and_applied(run, built: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.ledger"
    shutil.copy(built, copy)
    rows = [json.loads(line) for line in run("export", "statements", "--ledger", copy).out.splitlines()]
    event = next(row for row in rows if row["kind"] == "event" and row["factuality"] == "pledged")
    wrong = run(
        "judge",
        "corrected",
        event["statement_id"],
        "--field",
        "factuality",
        "--value",
        "sure",
        "--ledger",
        copy,
    )
    assert wrong.code == 2 and "no factuality" in wrong.err
    ran = run("judge", "wrong", event["statement_id"], "--by", "Ada", "--note", "misread", "--ledger", copy)
    assert ran.code == 0 and len(ran.out.strip()) == 16
    assert event["fact_id"] not in run("export", "facts", "--ledger", copy).out
    assert "wrong by Ada" in run("why", event["statement_id"], "--ledger", copy).out


def test_check_counts_or_lists(run, tmp_path: Path) -> None:
    ran = run("check")
    assert (ran.code, ran.err) == (0, "") and ran.out.endswith(" entries, no problems\n")
    (tmp_path / "publishers.yaml").write_text("the-sound: {name: The Sound, kind: paper}\n")
    ran = run("check", "--data", tmp_path)
    assert ran.code == 1
    assert f"{tmp_path / 'publishers.yaml'}:1: " in ran.out


def test_the_ledger_may_be_named_once_and_for_all(run, built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMMUNIQUE_LEDGER", str(built))
    assert run("figures").code == 0


# --- as a program of its own ---------------------------------------------------------------------

PROGRAM = [sys.executable, "-c", "from communique.cli import main; main()"]


def test_help_loads_nothing_heavy() -> None:
    asked = (
        "import sys; from communique.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "print({'spacy', 'sqlalchemy', 'pyarrow', 'jinja2', 'pydantic'} & set(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stderr.strip() == "set()"
    assert "disagreements" in done.stdout


@pytest.mark.parametrize("arguments", [["brief"], ["export", "statements"], ["brief", "--format", "json"]])
def test_a_reader_who_has_enough_stops_it_quietly(arguments: list[str], built: Path) -> None:
    command = [*PROGRAM, *arguments, "--ledger", str(built)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout and running.stderr
        running.stdout.close()
        err = running.stderr.read()
    assert (running.returncode, err) == (0, b"")


def test_version_is_told(run) -> None:
    ran = run("--version")
    assert ran.code == 0 and ran.out.startswith("communique 0.")
