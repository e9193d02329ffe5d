"""One-line sentences of our own and the events they tell: type, factuality, who does it to or with whom."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from communique.domain.source import read_yaml
from communique.pipeline import Reader
from communique.tagging import Given, Item, Tagger

CASES: dict[str, list[str]] = read_yaml(
    Path(__file__).parents[1] / "cases" / "events.yaml", dict[str, list[str]]
)


@pytest.fixture(scope="module")
def told(reader: Reader) -> dict[str, list[str]]:
    """The events of every case, as the cases write them."""
    lines = [Given(text, text, date(2024, 3, 4)) for text in CASES]
    return {
        line.text: sorted(_written(item) for item in items)
        for line, items in Tagger(reader).tag("events", lines)
    }


def _written(event: Item) -> str:
    sides = [
        " + ".join(sorted({actor["state"] or actor["id"] for actor in event[side]}))
        for side in ("actors", "recipients")
    ]
    return f"{event['type']} {event['factuality']}: " + " > ".join(side for side in sides if side)


@pytest.mark.parametrize("text", CASES)
def test_a_sentence_tells_its_events(told: dict[str, list[str]], text: str) -> None:
    assert told[text] == sorted(CASES[text])


def test_every_type_has_cases() -> None:
    types = {event.split()[0] for events in CASES.values() for event in events}
    assert (len(CASES) >= 80, len(types)) == (True, 20)
