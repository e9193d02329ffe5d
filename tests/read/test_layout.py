"""Every cue matches its examples and none of its counter-examples; mistakes are told with their line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from communique.domain.lexicon.layout import Layout, layout
from communique.domain.load import Domain, load_domain
from communique.domain.source import DATA
from communique.errors import DomainError

LAYOUT = layout(load_domain())
_FLAGS = {"caption": 0, "byline": 0, "credited": 0, "placed": 0, "dateline": 0}
CUES = [(kind, name) for kind, cues in LAYOUT.kinds.items() for name in cues]


@pytest.mark.parametrize(("kind", "name"), CUES)
def test_cue(kind: str, name: str) -> None:
    cue = LAYOUT.kinds[kind][name]
    pattern = re.compile(LAYOUT.filled(cue.pattern), _FLAGS.get(kind, re.IGNORECASE))
    begins = kind in ("dateline", "credit")
    for example in cue.examples:
        match = pattern.match(example + "The") if begins else pattern.fullmatch(example)
        assert match and match.end() >= len(example.rstrip()), example
        assert not cue.needs or any(word in example.lower() for word in cue.needs), example
    for example in cue.counter:
        assert not (pattern.match(example + "The") if begins else pattern.fullmatch(example)), example


def test_a_pattern_that_is_none_is_reported(tmp_path: Path) -> None:
    text = (DATA / "layout.yaml").read_text("utf-8")
    (tmp_path / "layout.yaml").write_text(text.replace(r"'[\d.,]+\s?[KkMm%]?'", "'[bad'"), "utf-8")
    with pytest.raises(DomainError, match="not a regular expression"):
        Domain((tmp_path,)).single("layout.yaml", Layout)
