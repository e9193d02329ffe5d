"""A small ledger, reconciled, with one of everything exports have to tell."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from communique.ledger.store import Ledger
from communique.ledger.writing import Entry
from communique.model import (
    Disagreement,
    Document,
    Fact,
    Family,
    Ground,
    Interval,
    Object,
    Page,
    Participant,
    Place,
    Publication,
    Quantity,
    Side,
    Source,
    Statement,
    Story,
)
from communique.text import Region

MEETING = "The ministers of Japan and Australia met in Perth on 5 May 2022."
TREATY = "Japan, said to be ready, will sign the pact with Australia in June 2022."
SPENDING = "It spent about 43 to 45 billion dollars in 2021."
LAW = "Japan changed its export law."
ORDER = "Australia ordered three frigates from Japan."
QUOTE = "“=We shall, in time, sign it,” Ms Ito said."
FIRST = f"Ministers meet\n\n{MEETING}\n{TREATY}\n{SPENDING}\n"
SECOND = f"{LAW} {ORDER}\n{QUOTE}\n"

JAPAN = {"id": "JPN", "name": "Japan", "kind": "state", "state": "JPN"}
AUSTRALIA = {"id": "AUS", "name": "Australia", "kind": "state", "state": "AUS"}
ITO = {"id": "a-ito", "name": "Ms Ito", "kind": "person", "state": "JPN"}


def _statement(page: Page, quote: str, actors: list[tuple[str, dict[str, Any]]], **fields: Any) -> Statement:
    text = page.content.decode()
    start = text.index(quote)
    found = []
    for role, actor in actors:
        at = text.index(actor["name"], start)
        found.append(Participant(role=role, start=at, end=at + len(actor["name"]), **actor))  # type: ignore[arg-type]
    given = {"kind": "event", "rule": "test", "score": 0.5, **fields}
    return Statement(
        page.doc_id, start=start, end=start + len(quote), quote=quote, actors=tuple(found), **given
    )


def _entries() -> list[Entry]:
    one = Page("pages/one.txt", FIRST.encode(), "text/plain", "https://example.org/one")
    two = Page("pages/two.txt", SECOND.encode(), "text/plain")
    met = Interval(date(2022, 5, 5), date(2022, 5, 5), "day", "5 May 2022")
    june = Interval(date(2022, 6, 1), date(2022, 6, 30), "month", "June 2022")
    year = Interval(date(2021, 1, 1), date(2021, 12, 31), "year", "2021")
    both = [("party", JAPAN), ("party", AUSTRALIA)]
    perth = Place("Perth", "AUS", -31.95, 115.86, 2063523)
    first = [
        _statement(
            one, MEETING, both, type="CONSULT", mode="visit", contexts=("diplomatic",), mutual=True, when=met,
            where=perth, score=0.75,
        ),
        _statement(
            one, TREATY, both, type="SUPPORT", mutual=True, when=june, factuality="planned",
            object=Object("the pact"), attributed_to=Source("a-ito", "Ms Ito"),
        ),
        _statement(
            one, SPENDING, [], kind="quantity",
            quantity=Quantity(43e9, 45e9, "USD", "about", "spending", year),
        ),
    ]  # fmt: skip
    second = [
        _statement(two, LAW, [("actor", JAPAN)], type="ADOPT"),
        _statement(two, ORDER, [("actor", AUSTRALIA), ("recipient", JAPAN)], type="ACQUIRE", when=june),
        _statement(
            two, QUOTE, [("speaker", ITO)], kind="quote", words="=We shall, in time, sign it,", direct=True
        ),
        _statement(two, "Ms Ito", [("holder", ITO), ("of", JAPAN)][:1], kind="role", office="minister"),
    ]
    published = Publication(
        date(2022, 5, 5), date(2022, 5, 7), date(2022, 5, 6), "range", (Ground("body", "5 May 2022", 70, 80),)
    )
    return [
        Entry(
            one,
            Document(
                one.doc_id, one.path, one.url, one.sha256, "Ministers meet", "the-gazette", "ap", "en",
                published, FIRST, (Region(0, 14, "title"), Region(16, len(FIRST), "body")),
            ),
            first,
        ),
        Entry(
            two,
            Document(
                two.doc_id, two.path, None, two.sha256, None, None, None, "en", None,
                SECOND, (Region(0, len(SECOND), "body"),),
            ),
            second,
        ),
    ]  # fmt: skip


@pytest.fixture(scope="session")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    with Ledger.open(tmp_path_factory.mktemp("exports") / "pages.ledger", create=True) as ledger:
        entries = _entries()
        ledger.add(entries)
        statements = [statement for entry in entries for statement in entry.statements]
        facts = [
            Fact(f"fact-{n}", s.kind, s.type, f"matter {n}", (s.statement_id,), ("ap",), s.when, s.factuality)
            for n, s in enumerate(statements)
        ]
        doc_ids = tuple(sorted(entry.document.doc_id for entry in entries))
        spent = facts[2]
        sides = (Side("43", spent.statement_ids, ("ap",)), Side("45", spent.statement_ids, ("the-gazette",)))
        ledger.set_reconciled(
            [Family("family-1", doc_ids[:1], doc_ids[0])],
            [Story("story-1", doc_ids, "Ministers meet")],
            facts,
            [Disagreement(spent.fact_id, "spending", "figure", sides)],
            {statement.statement_id: "ap" for statement in statements},
        )
        yield ledger


@pytest.fixture
def golden() -> Path:
    return Path(__file__).parent / "golden"
