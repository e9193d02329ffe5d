"""The network, the calendar and FollowTheMoney entities are well formed and say what the ledger says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from communique.exports.calendar import _lines, _text, calendar
from communique.exports.followthemoney import entities
from communique.exports.graph import _attribute, edge_ends, edges, gexf, nodes
from communique.ledger.store import Ledger
from communique.model import Participant, Statement

NAMESPACE = {"g": "http://gexf.net/1.3"}


def statement(*actors: tuple[str, str], mutual: bool = False) -> Statement:
    made = tuple(Participant(role, name, name, "state", name, 0, 1) for role, name in actors)  # type: ignore[arg-type]
    return Statement("d", "event", 0, 1, "q", actors=made, mutual=mutual)


def test_edges_run_from_who_acts_to_who_is_acted_upon() -> None:
    assert edge_ends(statement(("actor", "B"), ("actor", "A"), ("recipient", "C"))) == (
        [("A", "C"), ("B", "C")],
        True,
    )
    assert edge_ends(statement(("party", "B"), ("party", "A"), ("party", "C"))) == (
        [("A", "B"), ("A", "C"), ("B", "C")],
        False,
    )
    assert edge_ends(statement(("actor", "B"), ("recipient", "A"), mutual=True)) == ([("A", "B")], False)
    assert edge_ends(statement(("actor", "A"), ("recipient", "A"))) == ([], True)
    assert edge_ends(statement(("actor", "A"))) == ([], False)


def test_the_network_counts_facts(ledger: Ledger) -> None:
    assert [(n["id"], n["label"], n["facts"]) for n in nodes(ledger)] == [
        ("AUS", "Australia", 3),
        ("JPN", "Japan", 4),
    ]
    found = [(e["source"], e["target"], e["directed"], e["type"], e["weight"]) for e in edges(ledger)]
    assert found == [
        ("AUS", "JPN", False, "CONSULT", 1),
        ("AUS", "JPN", False, "SUPPORT", 1),
        ("AUS", "JPN", True, "ACQUIRE", 1),
    ]
    ids = {n["id"] for n in nodes(ledger)}
    assert all(e["source"] in ids and e["target"] in ids for e in edges(ledger))


def test_gexf_is_well_formed_and_whole(ledger: Ledger) -> None:
    root = ElementTree.fromstring("".join(gexf(ledger)))
    named = [node.get("label") for node in root.iterfind(".//g:node", NAMESPACE)]
    assert named == ["Australia", "Japan"]
    drawn = list(root.iterfind(".//g:edge", NAMESPACE))
    assert [edge.get("type") for edge in drawn] == ["undirected", "undirected", "directed"]
    values = {v.get("for"): v.get("value") for v in drawn[1].iterfind(".//g:attvalue", NAMESPACE)}
    assert values == {"0": "event", "1": "planned", "2": "2022-06-01", "3": "2022-06-30"}


@given(st.text())
def test_any_name_can_be_an_attribute(text: str) -> None:
    ElementTree.fromstring(f"<a b={_attribute(text)}/>")


def unfolded(lines: Iterable[str]) -> list[str]:
    text = "".join(lines)
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    return text.replace("\r\n ", "").split("\r\n")[:-1]


def test_the_calendar_holds_what_lies_ahead(ledger: Ledger) -> None:
    lines = unfolded(calendar(ledger))
    assert lines[0] == "BEGIN:VCALENDAR" and lines[-1] == "END:VCALENDAR"
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 1
    assert "DTSTART;VALUE=DATE:20220601" in lines and "DTEND;VALUE=DATE:20220701" in lines
    assert "SUMMARY:planned: matter 1 (Japan\\, Australia)" in lines
    (description,) = [line for line in lines if line.startswith("DESCRIPTION:")]
    assert description.startswith("DESCRIPTION:“Japan\\, said to be ready\\, will sign")
    assert "\\nOrigin: ap\\nDay known to the month" in description


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_fits_a_calendar_line(text: str) -> None:
    (line,) = unfolded(_lines("SUMMARY:" + _text(text)))
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(c if (c >= " " and c != "\x7f") or c == "\n" else " " for c in plain)
    escaped = kept.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
    assert line == f"SUMMARY:{escaped}"


def test_entities_refer_to_entities_before_them(ledger: Ledger) -> None:
    seen: set[str] = set()
    for entity in entities(ledger):
        properties = entity["properties"]
        assert all(isinstance(value, str) for values in properties.values() for value in values)
        for name in ("involved", "proof"):
            assert set(properties.get(name, [])) <= seen
        seen.add(entity["id"])


def test_entities_have_their_schema(ledger: Ledger) -> None:
    found = {entity["id"]: entity for entity in entities(ledger)}
    assert found["actor-JPN"]["schema"] == "PublicBody" and found["actor-JPN"]["properties"]["country"] == [
        "jp"
    ]
    person = found["actor-a-ito"]
    assert person["schema"] == "Person"
    assert person["properties"] == {"name": ["Ms Ito"], "country": ["jp"], "position": ["minister"]}
    meeting = found["event-fact-0"]["properties"]
    assert meeting["date"] == ["2022-05-05"] and meeting["location"] == ["Perth"]
    assert meeting["involved"] == ["actor-AUS", "actor-JPN"] and len(meeting["proof"]) == 1
    assert found["event-fact-1"]["properties"]["endDate"] == ["2022-06-30"]
    assert sum(entity["schema"] == "Document" for entity in found.values()) == 2


def test_the_last_day_there_is_can_be_told() -> None:
    from communique.exports.calendar import _after

    assert _after(date.max) == date.max and _after(date(2022, 12, 31)) == date(2023, 1, 1)


def test_a_name_is_the_usual_one(ledger: Ledger) -> None:
    one = statement(("party", "A"), ("party", "B"))
    assert edge_ends(replace(one, actors=one.actors * 2)) == ([("A", "B")], False)
