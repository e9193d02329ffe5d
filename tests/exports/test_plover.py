"""PLOVER records: types mapped, the rule for the future, and what is left out."""

from __future__ import annotations

from collections import Counter

import pytest

from communique.domain.lexicon.plover import Plover, load_plover
from communique.domain.load import load_domain
from communique.exports.plover import coded_as, plover_records
from communique.exports.write import export
from communique.ledger.store import Ledger
from communique.model import Fact, Factuality, Participant, Statement


@pytest.fixture(scope="module")
def plover() -> Plover:
    return load_plover(load_domain())


def event(
    type_: str, factuality: Factuality, mode: str | None = None, sides: str = "JPN AUS"
) -> tuple[Fact, Statement]:
    actors = tuple(Participant("party", code, code, "state", code, 0, 1) for code in sides.split())
    statement = Statement("d", "event", 0, 1, "q", type=type_, mode=mode, actors=actors)
    return Fact("f", "event", type_, "x", (), (), None, factuality), statement


@pytest.mark.parametrize(
    ("type_", "factuality", "mode", "told"),
    [
        ("CONSULT", "actual", "visit", ("CONSULT", ["visit"], [])),
        ("CONSULT", "planned", "visit", ("AGREE", [], [])),
        ("SUPPORT", "pledged", None, ("AGREE", [], [])),
        ("COOPERATE", "proposed", None, ("AGREE", [], [])),
        ("AID", "planned", None, ("AGREE", [], [])),
        ("AID", "actual", None, ("AID", [], [])),
        ("RETREAT", "planned", "withdraw", ("CONCEDE", [], [])),
        ("CONCEDE", "planned", None, ("CONCEDE", [], [])),
        ("MOBILIZE", "planned", "troops", ("MOBILIZE", ["troops", "future"], [])),
        ("ASSAULT", "hypothetical", None, ("ASSAULT", ["hypothetical"], [])),
        ("ASSAULT", "denied", "aerial", ("ASSAULT", ["aerial", "negation"], [])),
        ("CONSULT", "hypothetical", None, ("CONSULT", ["hypothetical"], [])),
        ("AGREE", "actual", "visit", ("AGREE", [], [])),  # no mode of that type
        ("ACQUIRE", "actual", None, ("COOPERATE", [], ["military"])),
        ("ACQUIRE", "planned", None, ("AGREE", [], ["military"])),
        ("DEPLOY", "actual", None, ("MOBILIZE", [], ["military"])),
        ("TEST", "actual", None, ("MOBILIZE", ["weapons"], ["military"])),
        ("ADOPT", "actual", None, None),
        ("NOVEL", "actual", None, None),
    ],
)
def test_types(plover: Plover, type_: str, factuality: Factuality, mode: str | None, told: object) -> None:
    assert coded_as(plover, *event(type_, factuality, mode)) == told


def test_an_acquisition_of_one_state_alone_has_no_place(plover: Plover) -> None:
    assert coded_as(plover, *event("ACQUIRE", "actual", sides="JPN")) is None


def test_sixteen_types_and_their_modes(plover: Plover) -> None:
    assert len(plover.types) == 16
    assert plover.scale("CONSULT", "visit") == 4 and plover.scale("CONSULT", None) == 2.5
    assert {quad for t in plover.types.values() for quad in [t.quad]} == {1, 2, 3, 4}
    for type_, modes in plover.modes.items():
        signs = {score > 0 for score in modes.values() if score}
        assert type_ == "REQUEST" or len(signs) == 1


def test_what_is_left_out_is_counted(ledger: Ledger) -> None:
    omitted: Counter[str] = Counter()
    records = list(plover_records(ledger, omitted))
    assert [record["event"] for record in records] == [["CONSULT"], ["AGREE"], ["COOPERATE"]]
    assert omitted == {"type ADOPT": 1}
    for record in records:
        assert {"id", "date", "actor", "event"} <= set(record) and record["actor"]
        assert record["text"] in record["event_text"]


def test_sides_are_told_apart_only_where_they_differ(ledger: Ledger) -> None:
    meeting, _, order = plover_records(ledger, Counter())
    assert [a["code"] for a in meeting["actor"]] == ["JPN", "AUS"] and meeting["recipient"] == []
    assert [a["code"] for a in order["actor"]] == ["AUS"] and [r["code"] for r in order["recipient"]] == [
        "JPN"
    ]
    assert meeting["event_loc"]["country_code"] == "AUS" and "enddate" not in meeting
    assert (order["date"], order["enddate"]) == ("2022-06-01", "2022-06-30")


def test_the_caller_is_told_what_was_left_out(
    ledger: Ledger, tmp_path_factory: pytest.TempPathFactory
) -> None:
    told = export("plover", ledger, "jsonl", tmp_path_factory.mktemp("plover") / "out.jsonl")
    assert told.count == 3 and told.omitted == {"type ADOPT": 1}
