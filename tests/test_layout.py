"""How the code is laid out: knowledge in data, short files, telling names, nothing of any machine."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from communique.domain.load import Domain

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "communique"
MODULES = sorted(SOURCE.rglob("*.py"))
LONGEST = 450
NO_NAMES = {"START"}  # also an agreement, but here a part of a day or year after TIMEX3
MEANINGLESS = {
    "utils",
    "util",
    "helpers",
    "helper",
    "manager",
    "managers",
    "core",
    "base",
    "common",
    "misc",
    "v2",
}


def tracked() -> list[Path]:
    """The files of the project: those that git tracks, or, without git, those of its folders."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode == 0 and listed.stdout:
        return [path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file()]
    folders = ("src", "tests", "benchmarks", "examples", "docs")
    return [path for folder in folders for path in (ROOT / folder).rglob("*") if path.is_file()]


def literals(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """The string literals that are not docstrings, with their lines."""
    said = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            for statement in node.body:
                # A string that stands alone says what stands before it: a docstring, or one of an attribute.
                if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
                    said.add(id(statement.value))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            yield node.lineno, node.value


@pytest.fixture(scope="module")
def names(domain: Domain) -> re.Pattern[str]:
    """The proper names that are knowledge of the world: states, people, outlets, agreements."""
    found: set[str] = set()
    for state in domain.states.values():
        found |= {*state.names, *state.weak, *state.demonyms, state.capital, *state.seats}
    for person in domain.people.values():
        found |= {person.name, *person.also}
    for publisher in domain.publishers.values():
        found |= {publisher.name, *publisher.also}
    for agreement in domain.agreements.values():
        found |= {*agreement.names, *agreement.weak}
    proper = sorted((name for name in found if len(name) > 3), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, proper))})(?!\w)")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_no_name_of_the_world_stands_in_code(path: Path, names: re.Pattern[str]) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    found = [
        (line, match[0], text[:60])
        for line, text in literals(tree)
        if text not in NO_NAMES and (match := names.search(text))
    ]
    assert not found, "put names into src/communique/data"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_files_are_short_and_named_for_what_they_do(path: Path) -> None:
    text = path.read_text("utf-8")
    assert len(text.splitlines()) <= LONGEST
    assert not MEANINGLESS.intersection([*path.relative_to(SOURCE).parts[:-1], path.stem])
    assert path.name == "__init__.py" or text.startswith('"""'), "say first what the module is"


def test_no_file_names_a_machine_or_a_registry() -> None:
    # Written apart, so that this file does not name them either.
    patterns = [
        rb"(?<![\w.])/(?:home|Users|work|root|tmp)/\w",
        b"index" + b"-url|extra" + b"-index|trusted" + b"-host",
        rb"https?://[^\s\"']*(?:" + b"py" + b"pi|arti" + b"factory|/sim" + b"ple/)",
    ]
    pattern = re.compile(b"|".join(patterns))
    found = [
        (str(path.relative_to(ROOT)), match[0])
        for path in tracked()
        if (match := pattern.search(path.read_bytes()))
    ]
    assert not found
