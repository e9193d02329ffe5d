"""One extractor over lines."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from communique.domain.lexicon.plover import load_plover
from communique.domain.load import load_domain

TEXT = "Norway pledged on May 12, 2023, to send 10 howitzers to Ukraine, the Foreign Ministry said."


def lines(*rows: object) -> bytes:
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


def items(out: str) -> list[list[dict[str, object]]]:
    return [json.loads(line)["items"] for line in out.splitlines()]


@pytest.mark.parametrize(
    ("what", "expected"),
    [
        ("times", {"type": "DATE", "value": "2023-05-12"}),
        ("quantities", {"value": 10.0, "bound": "exact"}),
        ("quotes", {"direct": False, "content": [0, 63]}),
        ("events", {"type": "AID", "factuality": "pledged"}),
        ("actors", {"id": "NOR", "kind": "state", "start": 0, "end": 6}),
    ],
)
def test_items_of_a_line(run, what: str, expected: dict[str, object]) -> None:
    ran = run("tag", what, stdin=lines({"id": 7, "text": TEXT, "date": "2023-05-14"}))
    assert ran.code == 0 and json.loads(ran.out)["id"] == 7
    assert any(expected.items() <= item.items() for item in items(ran.out)[0]), ran.out


def test_every_line_is_answered_in_order(run, tmp_path: Path) -> None:
    file = tmp_path / "in.jsonl"
    file.write_bytes(lines(*({"id": f"n{n}", "text": "" if n % 3 else TEXT} for n in range(150))))
    answers = [json.loads(line) for line in run("tag", "quantities", file).out.splitlines()]
    assert [answer["id"] for answer in answers] == [f"n{n}" for n in range(150)]
    assert [bool(answer["items"]) for answer in answers] == [n % 3 == 0 for n in range(150)]


@pytest.mark.parametrize(
    ("text", "source", "target", "type_"),
    [
        ("The guild condemned the mayor on Friday.", "The guild", "the mayor", "ACCUSE"),
        ("Rebels attacked a convoy of the garrison.", "Rebels", "the garrison", "ASSAULT"),
        ("The envoy met the governor in Basra.", "The envoy", "the governor", "CONSULT"),
        ("Blue, blue, blue.", "Blue", "nobody here", None),
    ],
)
def test_given_sides_bring_one_event_always(
    run, text: str, source: str, target: str, type_: str | None
) -> None:
    row = {"id": 1, "text": text, "source": source, "target": target}
    (answer,) = items(run("tag", "events", "--given", stdin=lines(row)).out)
    (item,) = answer
    assert type_ is None or item["type"] == type_
    assert item["type"] in load_plover(load_domain()).types


def test_bad_lines_are_told_and_the_rest_goes_on(run) -> None:
    bad = b'not json\n{"id": 2}\n[1]\n{"id": 3, "text": "x", "date": "soon"}\n\n'
    ran = run("tag", "times", stdin=bad + lines({"id": 9, "text": "on May 12, 2023"}))
    assert ran.code == 0
    assert [json.loads(line)["id"] for line in ran.out.splitlines()] == [9]
    told = ran.err.splitlines()
    assert [line.split(": ")[1] for line in told] == ["line 1", "line 2", "line 3", "line 4"]
    assert run("tag", "times", "--strict", stdin=bad).code == 1


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["tag", "colours"], 2),
        (["tag", "times", "--given"], 2),
        (["tag", "times", "none.jsonl"], 1),
        (["tag", "times", "."], 1),
    ],
)
def test_mistakes(run, arguments: list[str], code: int) -> None:
    ran = run(*arguments)
    assert ran.code == code and "Traceback" not in ran.err
