"""Several processes at one ledger, and processes that are killed: in a file and in a database."""

from __future__ import annotations

import os
import select
import signal
from collections.abc import Callable
from random import Random

import pytest
from tests.children import add_and_report, in_child, reported

from communique.ledger.search import search
from communique.ledger.store import Ledger
from communique.ledger.verify import verify
from communique.ledger.writing import Entry
from communique.model import Fact

Make = Callable[..., Entry]
Place = Callable[[str], str]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "seed" in metafunc.fixturenames:
        metafunc.parametrize("seed", range(metafunc.config.getoption("--kills")))


def test_what_was_reported_survives_a_kill_at_any_moment(place: Place, numbered: Make, seed: int) -> None:
    path = place("a")
    random = Random(seed)
    child, out = in_child(add_and_report(path, range(10_000), numbered))
    select.select([out], [], [], random.choice([0.0, 0.005, 0.02, 10]))  # before or after it has begun
    select.select([], [], [], random.uniform(0, 0.05))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    stored = set(reported(out))
    with Ledger.open(path, create=True) as ledger:
        known = ledger.known()
        assert stored <= known and len(known - stored) <= 1
        assert ledger.counts()["statements"] == 8 * len(known)
        ledger.add([numbered(n, 8) for n in range(len(known) + 2)])
        assert ledger.counts()["pages"] == len(known) + 2


def test_several_builders_neither_lose_nor_double_anything(place: Place, numbered: Make) -> None:
    path = place("a")
    shares = [range(24), range(12, 36), range(24, 48)]
    children = [in_child(add_and_report(path, share, numbered)) for share in shares]
    for child, _ in children:
        os.waitpid(child, 0)
    done = [len(reported(out)) for _, out in children]
    assert done == [24, 24, 24]
    with Ledger.open(path) as ledger:
        assert ledger.counts() == {**ledger.counts(), "pages": 48, "documents": 48, "statements": 48 * 8}
        assert list(ledger.problems()) == []


def test_readers_see_whole_pages_while_another_writes(place: Place, numbered: Make) -> None:
    path = place("a")
    Ledger.open(path, create=True).close()
    child, out = in_child(add_and_report(path, range(60), numbered))
    counts = []
    with Ledger.open(path) as ledger:
        while os.waitpid(child, os.WNOHANG) == (0, 0):
            pages: dict[str, int] = {}
            for statement in ledger.statements():
                pages[statement.doc_id] = pages.get(statement.doc_id, 0) + 1
            assert set(pages.values()) <= {8}
            counts.append(len(pages))
    assert len(reported(out)) == 60
    assert counts == sorted(counts)


def test_reconciling_is_done_by_one_at_a_time(place: Place, numbered: Make) -> None:
    path = place("a")
    Ledger.open(path, create=True).close()

    def work(first: int) -> Callable[[int], None]:
        def reconcile(into: int) -> None:
            with Ledger.open(path) as ledger:
                for number in range(first, first + 8):
                    ledger.add([numbered(number, 2)])
                    with ledger.alone():
                        said = [s.statement_id for s in ledger.read_statements()]
                        facts = [Fact(i, "event", "AGREE", "it", (i,), (), None, "actual") for i in said]
                        ledger.set_reconciled([], [], facts, [], {})
                    os.write(into, b"done\n")

        return reconcile

    children = [in_child(work(100 * n)) for n in range(3)]
    for child, _ in children:
        os.waitpid(child, 0)
    assert [len(reported(out)) for _, out in children] == [8, 8, 8]
    with Ledger.open(path) as ledger:
        counts = ledger.counts()
        assert counts["statements"] == counts["facts"] == 48 and not ledger.unreconciled()
        assert list(verify(ledger)) == []


def test_alone_is_all_or_nothing_and_sees_its_own(ledger: Ledger, numbered: Make) -> None:
    with pytest.raises(ZeroDivisionError), ledger.alone():
        ledger.add([numbered(1)])
        assert len(list(ledger.statements())) == 3 and ledger.unreconciled() and search(ledger, "1-1")
        raise ZeroDivisionError
    assert ledger.counts()["pages"] == 0 and not ledger.unreconciled() and not search(ledger, "1-1")


def test_what_was_not_reconciled_is_known(ledger: Ledger, numbered: Make) -> None:
    assert not ledger.unreconciled()
    ledger.add([numbered(1)])
    assert ledger.unreconciled()
    ledger.set_reconciled([], [], [], [], {})
    assert not ledger.unreconciled()
    ledger.add([numbered(1)])
    ledger.sight(numbered(1).document.doc_id, "elsewhere.txt")
    assert not ledger.unreconciled()
    ledger.judge("note", [numbered(1).document.doc_id], by="Ada", note="odd")
    assert ledger.unreconciled()


def test_many_readers_and_writers_never_hear_of_each_other(place: Place, numbered: Make) -> None:
    path = place("a")
    Ledger.open(path, create=True).close()

    def read(into: int) -> None:
        try:
            for _ in range(6):
                with Ledger.open(path) as ledger:
                    found, said = len(search(ledger, "signed", 5)), len(list(ledger.statements()))
                    assert found <= 5 and said % 8 == 0 and found <= said
            os.write(into, b"read\n")
        except Exception as error:
            os.write(into, f"{type(error).__name__}:{error}".replace(" ", "_").encode() + b"\n")

    writers = [in_child(add_and_report(path, range(100 * n, 100 * n + 10), numbered)) for n in range(2)]
    readers = [in_child(read) for _ in range(4)]
    for child, _ in (*writers, *readers):
        os.waitpid(child, 0)
    assert [reported(out) for _, out in readers] == [["read"]] * 4
    assert [len(reported(out)) for _, out in writers] == [10, 10]
    with Ledger.open(path) as ledger:
        assert ledger.counts()["pages"] == 20 and list(verify(ledger)) == []
