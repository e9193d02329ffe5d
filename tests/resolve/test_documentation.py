"""What docs/actors.md shows works as it says."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from communique.domain.load import Domain
from communique.domain.source import DATA
from communique.extract.mentions import Gazetteer
from communique.model import Interval
from communique.pipeline import Reader
from communique.resolve.actors import resolve

BLOCKS = re.findall(
    r"```yaml\n(.*?)```", (Path(__file__).parents[2] / "docs" / "actors.md").read_text("utf-8"), re.S
)


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Domain:
    """The built-in data and the folder the page shows."""
    folder = tmp_path_factory.mktemp("own")
    (folder / "people").mkdir()
    (folder / "people" / "mine.yaml").write_text(BLOCKS[0], "utf-8")
    (folder / "organs.yaml").write_text(BLOCKS[1], "utf-8")
    return Domain((DATA, folder))


def test_an_actor_takes_five_lines() -> None:
    assert len(BLOCKS[0].splitlines()) == 5
    assert len(BLOCKS[1].splitlines()) == 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Estonian Defence Minister Maren Holt spoke.", "Defence Minister Maren Holt"),
        ("The list has HOLT, Maren.", "HOLT, Maren"),
        ("Estonia agreed. Ms. Holt was pleased.", "Ms. Holt"),
        ("The Estonian defence minister spoke.", "defence minister"),
        ("Maren Holt was late, and she was sorry.", "she"),
    ],
)
def test_a_new_person_is_found(reader: Reader, own: Domain, text: str, words: str) -> None:
    assert ("maren-holt", words) in _found(reader, own, text)


def test_a_new_organ_is_found(reader: Reader, own: Domain) -> None:
    found = _found(reader, own, "The Estonian Harbour Guard sailed. In Estonia the HG is loved.")
    assert ("harbour-guard", "Estonian Harbour Guard") in found
    assert ("harbour-guard", "HG") in found


def _found(reader: Reader, domain: Domain, text: str) -> list[tuple[str, str]]:
    gazetteer = Gazetteer(domain, reader.parser.nlp)
    parsed, day = reader.parser.parse_text(text), date(2024, 6, 3)
    cast = resolve(
        parsed,
        gazetteer.candidates(parsed),
        gazetteer.titles(parsed),
        Interval(day, day),
        domain,
        gazetteer.names,
    )
    return [(actor.id, text[m.start : m.end]) for m in cast.mentions for actor in m.actors]
