"""The JSON interface: what it answers fits what it says of itself, and is what the exports say."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.config import SchemathesisConfig

from communique.domain.load import Domain
from communique.exports.columns import COLUMNS
from communique.exports.rows import ROWS
from communique.ledger.store import Ledger
from communique.views.catalogue import VIEWS, view
from communique.views.records import record
from communique.views.selection import Selection
from communique.web.openapi import document

from .conftest import serving


def get(address: str) -> Any:
    with urlopen(address, timeout=60) as answer:
        return json.load(answer)


# A day such as 2023-02-30 has the form of one, and a search may not be well formed: both are refused.
CONFIG = SchemathesisConfig.from_dict(
    {"checks": {"positive_data_acceptance": {"expected-statuses": ["2xx", "400", "403", "404"]}}}
)
READING = settings(
    max_examples=8, deadline=None, derandomize=True, database=None,
    phases=(Phase.explicit, Phase.generate), suppress_health_check=list(HealthCheck),
)  # fmt: skip
OPERATIONS = [(path, method) for path, methods in document()["paths"].items() for method in methods]


@pytest.fixture(scope="module")
def judged_app(example_copy: Path, domain: Domain, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app on a ledger in which anything may be judged."""
    path = tmp_path_factory.mktemp("judged") / "own.ledger"
    path.write_bytes(example_copy.read_bytes())
    with serving(path, domain) as address:
        yield address


@pytest.mark.parametrize("mode", list(GenerationMode))
@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_what_it_answers_is_what_it_says(
    path: str, method: str, mode: GenerationMode, judged_app: str
) -> None:
    schema = schemathesis.openapi.from_url(f"{judged_app}/api/openapi.json", config=CONFIG)
    operation = schema[path][method.upper()]

    @READING
    @given(operation.as_strategy(generation_mode=mode))
    def holds(case: Any) -> None:
        case.call_and_validate()

    with suppress(Unsatisfiable):  # nothing can be wrong about a question without parameters
        holds()


@pytest.mark.parametrize("name", sorted(ROWS))
def test_rows_are_those_of_the_exports(name: str, app: str, example_copy: Path) -> None:
    with Ledger.open(example_copy) as ledger:
        expected = list(ROWS[name](ledger))
    found: list[Any] = []
    while True:
        answer = get(f"{app}/api/{name}?limit=150&offset={len(found)}")
        assert answer["total"] == len(expected)
        if not answer["items"]:
            break
        found += answer["items"]
    assert found == json.loads(json.dumps(expected))
    assert all(list(row) == list(COLUMNS[name]) for row in found)


@pytest.mark.parametrize("name", sorted(set(VIEWS) - {"tie"}))
def test_views_are_those_of_the_command_line(name: str, app: str, example_copy: Path, domain: Domain) -> None:
    with Ledger.open(example_copy) as ledger:
        expected = record(view(name, ledger, Selection(all=True), domain))
    assert get(f"{app}/api/views/{name}") == json.loads(json.dumps(expected))


def test_the_description_has_every_export_and_view() -> None:
    told = document()
    assert {f"/api/{name}" for name in COLUMNS} <= set(told["paths"])
    names = told["paths"]["/api/views/{name}"]["get"]["parameters"][0]["schema"]["enum"]
    assert set(VIEWS) <= set(names)


def test_one_thing_by_its_identifier(app: str) -> None:
    for name, key in (("documents", "doc_id"), ("statements", "statement_id"), ("facts", "fact_id")):
        one = get(f"{app}/api/{name}?limit=1")["items"][0]
        assert get(f"{app}/api/{name}/{one[key]}") == one
        assert get(f"{app}/api/why/{one[key]}")["view"] == "why"
    story = get(f"{app}/api/stories?limit=1")["items"][0]
    assert get(f"{app}/api/story/{story['story_id']}")["view"] == "story"
    assert get(f"{app}/api/actor/JPN")["view"] == "actor"
