"""Quote statements over whole texts: the speaker, who relayed the words, to whom, on which day, where."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict

from communique.domain.load import load_domain
from communique.domain.source import read_yaml
from communique.model import Document, Publication, Statement
from communique.pipeline import Reader
from communique.text import Region

CASES = Path(__file__).parent.parent / "cases" / "quotes.yaml"
DAY = date(2024, 4, 12)


class Quote(BaseModel):
    model_config = ConfigDict(extra="forbid")
    words: str
    speaker: str
    origin: str | None = None
    to: str | None = None
    when: date | None = None
    where: str | None = None


class Case(BaseModel):
    model_config = ConfigDict(extra="forbid")
    text: str
    quotes: list[Quote]


@lru_cache(maxsize=1)
def reader() -> Reader:
    return Reader(load_domain())


@lru_cache(maxsize=1)
def cases() -> list[Case]:
    found: list[Case] = read_yaml(CASES, list[Case])
    return found


def statements(text: str) -> list[Statement]:
    published = Publication(DAY, DAY, DAY, "day", ())
    regions = (Region(0, len(text), "body"),)
    page = Document("d", "d.txt", None, "", None, None, None, "en", published, text, regions)
    ((document, parsed),) = list(reader().parser.parse([page]))
    return [one for one in reader().statements(document, parsed) if one.kind == "quote"]


def told(one: Statement) -> Quote:
    by_role = {actor.role: actor.id for actor in one.actors}
    assert one.attributed_to is not None
    assert one.attributed_to.id == by_role["speaker"]
    return Quote(
        words=one.words or "",
        speaker=by_role["speaker"],
        origin=one.origin,
        to=by_role.get("recipient"),
        when=one.when.earliest if one.when else None,
        where=one.where.name if one.where else None,
    )


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.text[:60])
def test_cases(case: Case) -> None:
    text = case.text.replace("|", "\n\n")
    found = [told(one) for one in statements(text)]
    for wanted in case.quotes:
        assert wanted in found
    if not case.quotes:
        assert found == []


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.text[:60])
def test_words_are_those_of_the_text(case: Case) -> None:
    text = case.text.replace("|", "\n\n")
    for one in statements(text):
        assert one.quote == text[one.start : one.end]
        assert one.words is not None
        assert one.words in one.quote
