"""Judgements as a text file: the same everywhere, merged, never taken twice, never half."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from communique.errors import InputError
from communique.ledger.judgements import as_text, from_files, from_text, records
from communique.ledger.store import Ledger
from communique.ledger.writing import Entry
from communique.model import Judgement

Make = Callable[..., Entry]
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_what_is_written_is_read_back(ledger: Ledger, numbered: Make) -> None:
    entry = numbered(1)
    ledger.add([entry])
    one, other = (s.statement_id for s in entry.statements[:2])
    later = ledger.judge("undo", [ledger.judge("same", [one, other], by="Bo", at=NOON).judgement_id], by="Bo")
    ledger.judge(
        "corrected", [one], by="Ada", at=NOON, field="when", value="2023-01-13", note="see\npage 2 “é”"
    )
    text = as_text(ledger)
    assert from_text(text, "x") == list(ledger.judgements()) and text.count("\n") == 3
    assert records(ledger)[-1]["judgement_id"] == later.judgement_id and "note" not in records(ledger)[-1]
    assert json.loads(text.splitlines()[0])["says"][0] == entry.statements[0].quote


def test_two_files_are_merged_and_the_second_time_changes_nothing(
    place: Callable[[str], str], numbered: Make, tmp_path: Path
) -> None:
    ids = [s.statement_id for s in numbered(1).statements]
    for name, by in (("a", "Ada"), ("b", "Bo")):
        with Ledger.open(place(name), create=True) as ledger:
            ledger.add([numbered(1)])
            ledger.judge("wrong", ids[:1], by=by, at=NOON)
            ledger.judge("note", ids[1:2], by="Cy", at=NOON, note="both have this")
            (tmp_path / f"{name}.jsonl").write_text("# ours\n\n" + as_text(ledger), "utf-8")
    for name in ("a", "b"):
        with Ledger.open(place(name)) as ledger:
            found = from_files([tmp_path / "b.jsonl", tmp_path / "a.jsonl"])
            assert (ledger.record(found), ledger.record(found)) == (1, 0)
            assert len(list(ledger.judgements())) == 3
            (tmp_path / f"{name}.merged").write_text(as_text(ledger), "utf-8")
    assert (tmp_path / "a.merged").read_bytes() == (tmp_path / "b.merged").read_bytes()


GOOD = {"at": "2026-03-01T12:00:00+00:00", "by": "Ada", "verdict": "wrong", "about": ["ab"]}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"verdict": "perhaps"}, "x:1: verdict: "),
        ({"about": []}, "x:1: about: "),
        ({"by": ""}, "x:1: by: "),
        ({"at": "2026-03-01T12:00:00"}, "x:1: at: "),
        ({"abuot": ["ab"]}, "x:1: abuot: "),
        ({"judgement_id": "0" * 16}, "x:1: was changed after it was made; take its judgement_id out"),
    ],
)
def test_a_line_that_cannot_be_taken_is_named(change: dict[str, object], message: str) -> None:
    with pytest.raises(InputError) as told:
        from_text(json.dumps({**GOOD, **change}) + "\n{\n", "x")
    first, second = str(told.value).splitlines()
    assert first.startswith(message) and second.startswith("x:2: is no judgement")


def test_a_judgement_written_by_hand_needs_no_identifier() -> None:
    (read,) = from_text(json.dumps({**GOOD, "at": "2026-03-01T13:00:00+01:00"}), "x")
    assert read == Judgement("wrong", ("ab",), "Ada", NOON)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.builds(
        Judgement,
        verdict=st.sampled_from(["same", "different", "wrong", "corrected", "note", "undo"]),
        about=st.lists(st.text(min_size=1), min_size=1, max_size=3).map(tuple),
        by=st.text(min_size=1),
        at=st.datetimes(timezones=st.just(UTC)),
        field=st.none() | st.text(min_size=1),
        value=st.none() | st.text(),
        note=st.text(),
    )
)
def test_any_judgement_comes_back_as_it_was(ledger: Ledger, judgement: Judgement) -> None:
    ledger.record([judgement])
    assert judgement in from_text(as_text(ledger), "x")
