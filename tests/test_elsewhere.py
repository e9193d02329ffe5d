"""Sport, kitchens, films, trade and courts: pages that sound like the field tell no event between states."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from communique import pipeline
from communique.domain.source import read_yaml
from communique.ledger.store import Ledger
from communique.model import Statement
from communique.tagging import Given, Tagger

PAGES: dict[str, str] = read_yaml(Path(__file__).parent / "cases" / "elsewhere.yaml", dict[str, str])


@pytest.fixture(scope="module")
def told(build: Callable[..., pipeline.Summary], tmp_path_factory: pytest.TempPathFactory) -> list[Statement]:
    """The events and ties found on all these pages together."""
    folder = tmp_path_factory.mktemp("elsewhere")
    for name, page in PAGES.items():
        title, text = page.split("\n", 1)
        lines = text.splitlines()
        (folder / f"{name}.txt").write_text(f"{title}\n\nMarch 4, 2024\n\n{' '.join(lines)}\n", "utf-8")
    with Ledger.open(folder / "elsewhere.ledger", create=True) as ledger:
        assert build([folder], ledger).added == len(PAGES)
        return [s for s in ledger.statements() if s.kind in ("event", "tie")]


NEWS = {
    "carmakers": """Chancellor lands in Beijing with carmakers in tow

German Chancellor Olaf Scholz met Chinese President Xi Jinping in Beijing on Tuesday and pressed him to
open the market to German carmakers. Investors fear that the European Union will impose tariffs on electric
cars. The two leaders agreed to ease imports of beef. Scholz visited a studio for design in Shanghai and
tasted Sichuan dishes in a restaurant, where brands complained of state aid.""",
    "royal": """King hosts Finnish president

Denmark's King Frederik welcomed Finland's President Alexander Stubb in Copenhagen on Monday. There was a
concert, a tour of the museum and a dinner with wine. Stubb, a keen cyclist, joked about golf. Denmark and
Finland signed an agreement to share radar data in the Baltic, and Stubb thanked Denmark for its
support when Finland joined NATO.""",
    "series": """Row over a series deepens

Turkey recalled its ambassador from Israel on Saturday. A television series and a song contest had led to
the quarrel. Israel summoned the Turkish envoy. Turkish tourists and airlines have cancelled bookings.""",
    "convoy": """Hungary seizes bank convoy

Hungary detained seven Ukrainians and seized cash and gold in a bank convoy on Thursday. Ukraine accused
Budapest of taking hostages and summoned the Hungarian ambassador. A judge ordered the drivers' release.""",
}
"""Dealings of states that touch on the words of other fields."""


@pytest.mark.parametrize("name", NEWS)
def test_states_are_heard_among_other_things(reader: pipeline.Reader, name: str) -> None:
    title, text = NEWS[name].split("\n\n")
    ((_, items),) = Tagger(reader).tag("events", [Given(1, f"{title}\n\n{' '.join(text.splitlines())}")])
    assert len(items) >= 2


def test_there_are_enough_and_none_is_a_line() -> None:
    assert len(PAGES) >= 32
    assert {name: n for name, page in PAGES.items() if not 80 <= (n := len(page.split())) <= 160} == {}


def test_at_most_one_event_is_told(told: list[Statement]) -> None:
    assert len(told) <= 1, [(s.type, s.rule, s.quote) for s in told]
