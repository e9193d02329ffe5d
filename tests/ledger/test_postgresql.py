"""What goes wrong with a server is said in one line, and nothing stored is lost."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator

import pytest
from tests.children import add_and_report, in_child, reported
from tests.postgresql_server import Server, started

from communique.errors import LedgerError, LedgerFullError
from communique.ledger import postgresql
from communique.ledger.store import Ledger
from communique.ledger.verify import verify
from communique.ledger.writing import Entry

Make = Callable[..., Entry]
Schema = Callable[[str], str]


def test_a_ledger_must_exist_unless_it_is_made(schema: Schema) -> None:
    with pytest.raises(LedgerError, match=r"holds no ledger; make one: communique build PAGES --ledger post"):
        Ledger.open(schema("a"))
    Ledger.open(schema("a"), create=True).close()
    Ledger.open(schema("a").replace("postgresql://", "postgres://")).close()


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("mysql://ada:secret@host/x", "is no address of a ledger; write postgresql://"),
        ("https://host/pages.ledger", "is no address of a ledger"),
        ("postgresql://ada:secret@host:port/x", "is no address of a ledger"),
        ("postgresql://ada:secret@localhost:1/x", r"ada:\*\*\*@localhost:1/x: the server cannot be reached"),
    ],
)
def test_an_address_that_leads_nowhere_is_said_to(address: str, message: str) -> None:
    with pytest.raises(LedgerError, match=message) as told:
        Ledger.open(address, create=True)
    assert "secret" not in str(told.value) and "\n" not in str(told.value)


def test_what_the_server_lacks_is_said(server: Server, schema: Schema) -> None:
    for address, message in (
        (server.url.replace("/postgres?", "/nowhere?"), 'reached .*"nowhere" does not exist'),
        (server.address("nowhere"), "no schema to use"),
        (server.url.replace("postgres@", "nobody@"), 'reached .*"nobody" does not exist'),
    ):
        with pytest.raises(LedgerError, match=message) as told:
            Ledger.open(address, create=True)
        assert "\n" not in str(told.value)


def test_without_the_driver_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(LedgerError, match=r"its driver; install it: pip install 'communique\[postgres\]'"):
        Ledger.open("postgresql://host/x")


@pytest.mark.parametrize("create", [False, True])
@pytest.mark.parametrize("tables", ["pages (id int)", "meta (key text, value text)", "meta (other int)"])
def test_other_tables_are_left_alone(server: Server, schema: Schema, tables: str, create: bool) -> None:
    address = schema("a")
    name = address.rpartition("%3D")[2]
    server.run(f"CREATE TABLE {name}.{tables}")
    with pytest.raises(LedgerError, match="holds other tables; it was left as it is"):
        Ledger.open(address, create=create)
    there = f"SELECT count(*) FROM information_schema.tables WHERE table_schema = '{name}'"
    assert server.run(there) == [(1,)]


def test_two_ledgers_in_one_database_do_not_mix(schema: Schema, numbered: Make) -> None:
    with Ledger.open(schema("a"), create=True) as one, Ledger.open(schema("b"), create=True) as other:
        with one.alone():
            one.add([numbered(1)])
            other.add([numbered(2)])  # neither waits for the other
        assert len(one.known()) == len(other.known()) == 1 and one.known() != other.known()


def test_who_may_only_read_reads(server: Server, schema: Schema, numbered: Make) -> None:
    address = schema("a")
    name = address.rpartition("%3D")[2]
    with Ledger.open(address, create=True) as ledger:
        ledger.add([numbered(1)])
    server.run("DROP ROLE IF EXISTS reader")
    server.run("CREATE ROLE reader LOGIN")
    server.run(f"GRANT USAGE ON SCHEMA {name} TO reader")
    server.run(f"GRANT SELECT ON ALL TABLES IN SCHEMA {name} TO reader")
    with Ledger.open(address.replace("postgres@", "reader@")) as ledger:
        assert not ledger.writable and len(list(ledger.statements())) == 3 and list(verify(ledger)) == []
        with pytest.raises(LedgerError, match="no permission to write"):
            ledger.add([numbered(2)])
    server.run("DROP OWNED BY reader")


def test_a_writer_waits_only_so_long(schema: Schema, numbered: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgresql, "PATIENCE", 0.05)
    with (
        Ledger.open(schema("a"), create=True) as one,
        Ledger.open(schema("a")) as other,
        one.alone(),
        pytest.raises(LedgerError, match="another program keeps writing"),
    ):
        other.add([numbered(1)])


def test_a_full_disk_is_said_to_be_and_loses_nothing(server: Server, schema: Schema, numbered: Make) -> None:
    address = schema("a")
    name = address.rpartition("%3D")[2]
    with Ledger.open(address, create=True) as ledger:
        ledger.add([numbered(0), numbered(1)])
        server.run(
            f"CREATE FUNCTION {name}.no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF (SELECT count(*) FROM {name}.documents) > 5 THEN "
            "RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END IF; RETURN NEW; END $$"
        )
        server.run(
            f"CREATE TRIGGER no_room BEFORE INSERT ON {name}.statements EXECUTE FUNCTION {name}.no_room()"
        )
        with pytest.raises(LedgerFullError, match="the disk is full; everything stored before is safe"):
            for number in range(2, 20):
                ledger.add([numbered(number)])
        assert ledger.counts()["pages"] == 5
        server.run(f"DROP TRIGGER no_room ON {name}.statements")
        assert ledger.add([numbered(n) for n in range(10)]) == 5 and list(verify(ledger)) == []


@pytest.fixture(scope="module")
def other_server() -> Iterator[Server]:
    """A server that may be treated badly."""
    with started() as server:
        yield server


@pytest.mark.parametrize("moment", [0.02, 0.3])
def test_what_was_reported_survives_a_server_without_power(
    other_server: Server, numbered: Make, moment: float
) -> None:
    address = other_server.address(other_server.new_schema())

    def work(into: int) -> None:
        try:
            add_and_report(address, range(10_000), numbered)(into)
        except LedgerError as error:
            os.write(into, f"\n{str(error).replace(' ', '_')}\n".encode())

    child, out = in_child(work)
    stored = os.read(out, 17).decode().split()
    time.sleep(moment)
    other_server.pull_the_plug()
    os.waitpid(child, 0)
    *more, told = reported(out)
    assert "everything_stored_before_is_safe" in told
    with Ledger.open(address) as ledger:
        known = ledger.known()
        assert {*stored, *more} <= known and len(known) <= len(stored) + len(more) + 1
        assert list(verify(ledger)) == []
        assert ledger.add([numbered(20_000)]) == 1
