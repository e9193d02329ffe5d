"""What pages add, from the command line; and views as known on a day."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

PAGE = b"""Turku pact in force

HELSINKI, June 2, 2023 (Baltic News) - Finland will host 4,000 Swedish troops for an exercise in June 2023.

Norway and Finland agreed on Thursday to patrol their border together.
"""


@pytest.mark.parametrize("form", ["text", "json", "markdown", "html"])
def test_new_in_every_form(run, form: str, built: Path) -> None:
    ran = run("new", "-", "--ledger", built, "--format", form, stdin=PAGE)
    assert ran.code == 0 and not ran.err and "\x1b" not in ran.out
    assert "Norway and Finland agreed on Thursday" in " ".join(ran.out.split())
    if form == "json":
        shown = json.loads(ran.out)
        assert shown["view"] == "new"
        assert {"New", "Now done", "Repeated"} <= {section["title"] for section in shown["sections"]}
        assert any(page["path"] == "-" for page in shown["pages"])


def test_a_page_of_the_ledger_is_named_by_its_path(run, built: Path, pages: Path) -> None:
    ran = run("new", pages / "2-howitzers.txt", "--ledger", built)
    assert ran.code == 0 and "; in the ledger" in " ".join(ran.out.split())


def test_what_is_no_page_is_one_line(run, built: Path, tmp_path: Path) -> None:
    ran = run("new", tmp_path / "none.txt", "--ledger", built)
    assert ran.code == 1 and not ran.out
    assert ran.err.count("\n") == 1 and "does not exist" in ran.err


@pytest.mark.parametrize(
    "command",
    [
        ["brief"], ["timeline"], ["network"], ["figures"], ["quotes"], ["pledges"], ["disagreements"],
        ["coverage"], ["tie", "Finland", "Sweden"], ["actors"], ["search", "howitzers OR pact"],
    ],
    ids=lambda command: command[0],
)  # fmt: skip
def test_every_view_can_be_had_as_known_on_a_day(run, command: list[str], built: Path) -> None:
    ran = run(*command, "--ledger", built, "--as-of", "2023-05-10", "--format", "json")
    assert ran.code == 0
    shown = json.loads(ran.out)
    assert shown["about"][-1] == "as known on 10 May 2023: 1 later page left out"
    assert not any("howitzers" in page["path"] for page in shown["pages"])


def test_why_a_later_page_says_so(run, built: Path, pages: Path) -> None:
    ran = run("why", pages / "2-howitzers.txt", "--ledger", built, "--as-of", "2023-05-10")
    assert ran.code == 1 and "may be later than 2023-05-10" in ran.err
