"""The strict YAML that domain data is written in."""

from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, ConfigDict

from communique.domain import schema
from communique.domain.source import line_of, read_yaml
from communique.errors import DomainError


class Port(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: str
    depth: float
    naval: bool = False


def written(folder: Path, text: str) -> Path:
    path = folder / "data.yaml"
    path.write_text(text, "utf-8")
    return path


def refused(path: Path, wanted: Any = Any) -> list[str]:
    with pytest.raises(DomainError) as caught:
        read_yaml(path, wanted)
    return [str(problem).replace(str(path), "data.yaml") for problem in caught.value.problems]


def test_scalars_stay_text(tmp_path: Path) -> None:
    path = written(tmp_path, "[no, NO, on, y, 12:30, 2024-04-08, 010, 1_000, 0x1F, .5, 1e3, 2024-04]")
    assert read_yaml(path, Any) == [
        "no", "NO", "on", "y", "12:30", "2024-04-08", "010", "1_000", "0x1F", ".5", "1e3", "2024-04",
    ]  # fmt: skip


def test_truth_and_nothing_are_the_only_words_with_a_meaning(tmp_path: Path) -> None:
    assert read_yaml(written(tmp_path, "[true, False, null, ~, 'true', \"null\", {empty: }]"), Any) == [
        True, False, None, None, "true", "null", {"empty": None},
    ]  # fmt: skip


def test_norway_is_a_key(tmp_path: Path) -> None:
    path = written(tmp_path, "no: Oslo\nse: Stockholm\n")
    assert read_yaml(path, dict[str, str]) == {"no": "Oslo", "se": "Stockholm"}


def test_the_schema_turns_text_into_values(tmp_path: Path) -> None:
    path = written(tmp_path, "kure: {name: Kure, depth: 12.5, naval: true}\n")
    assert read_yaml(path, dict[str, Port])["kure"] == Port(name="Kure", depth=12.5, naval=True)


def test_doubled_keys_are_refused_all_at_once(tmp_path: Path) -> None:
    path = written(tmp_path, "a: 1\nb:\n  c: 1\n  c: 2\na: 3\n")
    assert refused(path) == ["data.yaml:4: key 'c' stands twice", "data.yaml:5: key 'a' stands twice"]


def test_every_mistake_of_a_file_is_told_with_its_line(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "kure:\n  name: Kure\n  depth: deep\nmaizuru:\n  nmae: Maizuru\n  depth: 3\n",
    )
    found = refused(path, dict[str, Port])
    assert found[0].startswith("data.yaml:3: kure.depth: input should be a valid number")
    assert found[0].endswith("(given: 'deep')")
    assert "data.yaml:5: maizuru.nmae: is not a key known here; check the spelling" in found
    assert "data.yaml:4: maizuru.name: is missing" in found
    assert len(found) == 3


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "data.yaml: is empty"),
        ("# only a remark\n", "data.yaml: is empty"),
        ("a: 1\nb: [1, 2\n", "data.yaml:3: is not YAML: did not find expected ',' or ']'"),
        ("a: 1\n b: 2\n", "data.yaml:2: is not YAML: mapping values are not allowed in this context"),
        ("a: !!python/object:os.system 1\n", "data.yaml:1: is not YAML: could not determine a constructor"),
    ],
)
def test_what_is_no_yaml_is_one_line(tmp_path: Path, text: str, told: str) -> None:
    (found,) = refused(written(tmp_path, text))
    assert found.startswith(told)
    assert "\n" not in found


def test_other_encodings_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "data.yaml"
    path.write_bytes("name: Élysée\n".encode("latin-1"))
    assert refused(path) == ["data.yaml: is not UTF-8; save it as UTF-8"]


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert refused(tmp_path / "data.yaml") == ["data.yaml: cannot be read: No such file or directory"]


def test_days_may_be_months_or_years(tmp_path: Path) -> None:
    path = written(tmp_path, "{since: 2016, until: 2020-02, reference: a record}")
    spell = read_yaml(path, schema.Spell)
    assert (spell.since.isoformat(), spell.until and spell.until.isoformat()) == ("2016-01-01", "2020-02-29")


def test_a_spell_cannot_end_before_it_begins(tmp_path: Path) -> None:
    path = written(tmp_path, "since: 2016\nuntil: 2015-12-31\nreference: a record\n")
    (found,) = refused(path, schema.Spell)
    assert "ends before it begins" in found


def test_line_of_finds_keys_and_positions(tmp_path: Path) -> None:
    path = written(tmp_path, "a: 1\nb:\n  - x\n  - {y: 1,\n     z: 2}\n")
    assert line_of(path, "a") == 1
    assert line_of(path, "b", 0) == 3
    assert line_of(path, "b", 1, "z") == 5
    assert line_of(path, "b", 7) == 2
    assert line_of(path, "c") == 1
