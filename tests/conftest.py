"""What tests of the whole share, loaded once: domain data, language model, a ledger of the examples."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from unittest.mock import patch

import pytest
from tests.postgresql_server import Server, started

from communique import pipeline
from communique.domain.load import Domain, data_folders, load_domain
from communique.ledger.store import Ledger

EXAMPLES = Path(__file__).parents[1] / "examples"

Build = Callable[..., pipeline.Summary]

Place = Callable[[str], str]
"""Gives, for a name, where a ledger of that name can be made."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--kills", type=int, default=20, help="how many processes are killed at a ledger")


@pytest.fixture(scope="session")
def domain() -> Domain:
    """The built-in domain data and that of the examples."""
    return load_domain(data_folders([EXAMPLES / "data"]))


@pytest.fixture(scope="session")
def reader(domain: Domain) -> pipeline.Reader:
    """A reader that keeps what it has loaded."""
    return pipeline.Reader(domain)


@pytest.fixture(scope="session")
def build(domain: Domain, reader: pipeline.Reader) -> Build:
    """`pipeline.build` in this process, with the reader that is loaded already, its parses forgotten."""

    def run(inputs: Sequence[str | Path], ledger: Ledger, **options: object) -> pipeline.Summary:
        reader.parser._recent.clear()
        with patch.object(pipeline, "Reader", lambda *_: reader):
            return pipeline.build([str(i) for i in inputs], ledger, domain=domain, **{"jobs": 1, **options})  # type: ignore[arg-type]

    return run


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL server of our own, for the session."""
    with started() as server:
        yield server


@pytest.fixture
def schema(server: Server) -> Iterator[Callable[[str], str]]:
    """Gives the address of a new schema of that server, and the same one for the same name."""
    made: dict[str, str] = {}

    def address(name: str) -> str:
        if name not in made:
            made[name] = server.new_schema()
        return server.address(made[name])

    yield address
    for one in made.values():
        server.drop_schema(one)


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """Where ledgers can be made: in files, then the same test in schemas of a PostgreSQL database."""
    if request.param == "sqlite":
        return lambda name: str(tmp_path / f"{name}.ledger")
    schema: Callable[[str], str] = request.getfixturevalue("schema")
    return schema


@pytest.fixture(scope="session")
def example_ledger(build: Build, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """A ledger of all example pages; not to be written to."""
    with Ledger.open(tmp_path_factory.mktemp("examples") / "example.ledger", create=True) as ledger:
        build([EXAMPLES / "pages"], ledger)
        yield ledger
