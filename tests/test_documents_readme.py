"""README and docs show what the program does, name only what exists, and lead somewhere."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest
import typer
import yaml

from communique.cli.app import app
from communique.domain.lexicon.frames import Frame
from communique.ledger.store import Ledger

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
REFRESH = "not up to date; run: python docs/refresh.py"

COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]
MADE = {
    "example.ledger", "example-report/index.html", "my-pages", "my-data", ".venv/bin/activate",
    ".train/bin/activate", "FOLDER/people/mine.yaml",
}  # fmt: skip
"""What the commands of the pages make, or readers have."""


@pytest.fixture(scope="module")
def refresh() -> ModuleType:
    """The program that writes the parts."""
    spec = importlib.util.spec_from_file_location("refresh", ROOT / "docs" / "refresh.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def prose(path: Path) -> str:
    """A page without the parts that the program writes."""
    return re.sub(r"<!-- (\w+) -->.*?<!-- /\1 -->", "", path.read_text("utf-8"), flags=re.DOTALL)


def code(path: Path) -> list[str]:
    """What a page sets as code in its lines, and its indented and fenced lines."""
    text = prose(path)
    blocks = [
        line for block in re.findall(r"```\w*\n(.*?)```", text, re.DOTALL) for line in block.splitlines()
    ]
    text = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    return [
        *(" ".join(found.split()) for found in re.findall(r"`([^`]+)`", text)),
        *(line.strip() for line in text.splitlines() if line.startswith("    ")),
        *(line.strip() for line in blocks),
    ]


# --- what the program writes ---------------------------------------------------------------------------


def test_the_rows_are_what_the_program_makes(refresh: ModuleType) -> None:
    text = refresh.README.read_text("utf-8")
    assert refresh.rows(text) == refresh.block(text, "rows"), REFRESH


def test_the_commands_are_those_there_are(refresh: ModuleType) -> None:
    assert refresh.commands() == refresh.block(refresh.README.read_text("utf-8"), "commands"), REFRESH
    assert refresh.reference() == refresh.block(refresh.COMMAND_LINE.read_text("utf-8"), "reference"), REFRESH


def test_the_figures_are_the_floors(refresh: ModuleType) -> None:
    assert refresh.figures() == refresh.block(refresh.README.read_text("utf-8"), "figures"), REFRESH


def test_the_brief_quotes_the_example_pages(refresh: ModuleType, example_ledger: Ledger) -> None:
    """Its lines may change with the program from day to day; its words are always the pages'."""
    shown = refresh.block(refresh.README.read_text("utf-8"), "brief")
    texts = [" ".join(document.text.split()) for document in example_ledger.documents()]
    left = [re.sub(r"\s{2,}\S.*$", "", line.strip()) for line in shown.splitlines()]
    quoted = re.findall(r"“(.+?[.!?]?)”(?= |$)", " ".join(left))
    assert len(quoted) >= 5
    for words in quoted:
        assert any(words in text for text in texts), words


def test_the_python_of_the_readme_runs(
    refresh: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = refresh.README.read_text("utf-8")
    (program,) = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "my-pages").mkdir()
    (tmp_path / "my-pages" / "news.txt").write_text(refresh.news(text), "utf-8")
    exec(program, {})
    assert "Britain and Germany signed a defence agreement" in capsys.readouterr().out


def test_the_readme_opens_with_what_it_is(refresh: ModuleType) -> None:
    text = refresh.README.read_text("utf-8")
    first = text.split("\n\n")[1]
    assert first.startswith("Communiqué ")
    assert first.count(". ") == 0
    assert text.index("<!-- news -->") < text.index("<!-- rows -->") < text.index("make run")


# --- what the pages name -------------------------------------------------------------------------------


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_command_exists(path: Path) -> None:
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    for line in code(path):
        words = line.split() or [""]
        if words[0] == "make":
            assert targets.issuperset(word for word in words[1:] if word.isalpha()), line
        if words[0] == "communique" and len(words) > 1 and words[1].islower():
            command = COMMANDS[words[1]]
            known = {option for parameter in command.params for option in parameter.opts} | {"--help"}
            assert known.issuperset(word for word in words if word.startswith("--")), line


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_file_exists(path: Path) -> None:
    folders = (ROOT, ROOT / "src" / "communique", ROOT / "src" / "communique" / "data", path.parent)
    named = [part for line in code(path) for part in line.split() if re.fullmatch(r"[\w./*-]+", part)]
    named = [part for part in named if "/" in part or re.search(r"\.(py|md|yaml|json|toml|txt)$", part)]
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", prose(path))
    for name in [part.split("::")[0].rstrip("/") for part in named] + links:
        if name not in MADE and not name.startswith("FOLDER/"):
            assert any(list(folder.glob(name)) for folder in folders), name


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_every_test_named_exists(path: Path) -> None:
    for file, name in re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", path.read_text("utf-8")):
        assert f"def {name}(" in (ROOT / file).read_text("utf-8"), name


def test_frames_in_the_docs_are_frames() -> None:
    text = (ROOT / "docs" / "domain-data.md").read_text("utf-8")
    (block,) = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    for frame in yaml.safe_load(re.sub(r"^  ", "", block, flags=re.MULTILINE)).values():
        assert Frame.model_validate(frame).examples
