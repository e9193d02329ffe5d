"""A ledger made by hand: five pages of our own, and what they say, without reading them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from communique.domain.load import Domain, load_domain
from communique.ledger.store import Ledger
from communique.ledger.writing import Entry
from communique.model import (
    Disagreement,
    Document,
    Fact,
    Family,
    Interval,
    Page,
    Participant,
    Publication,
    Quantity,
    Side,
    Statement,
    Story,
)
from communique.text import Region

STATES = {"FIN": "Finland", "SWE": "Sweden", "NOR": "Norway", "EST": "Estonia"}


@dataclass
class Maker:
    """Gathers pages and facts, then stores them."""

    entries: list[Entry] = field(default_factory=list)
    told: dict[str, list[Statement]] = field(default_factory=dict)
    disagreements: list[Disagreement] = field(default_factory=list)

    def page(
        self,
        path: str,
        body: str,
        *said: tuple[str, str, dict[str, Any]],
        title: str = "A headline",
        publisher: str | None = "The Sound",
        agency: str | None = None,
        published: tuple[date, date] | None = (date(2023, 5, 9), date(2023, 5, 9)),
    ) -> Entry:
        """A page; `said` are (fact, quote, fields of the statement), actors as "FIN SWE" or "actor:FIN"."""
        text = f"{title}\n\n{body}"
        page = Page(path, text.encode("utf-8", "surrogatepass"), "text/plain")
        at = len(title) + 2
        best = published[0] if published and published[0] == published[1] else None
        document = Document(
            page.doc_id,
            path,
            None,
            page.sha256,
            title,
            publisher,
            agency,
            "en",
            published and Publication(*published, best, "day" if best else "range", ()),
            text,
            (Region(0, len(title), "title"), Region(at, len(text), "body")),
        )
        statements = []
        for fact, quote, given in said:
            start = text.index(quote)
            fields: dict[str, Any] = {"kind": "event", "type": "CONSULT", "rule": "by hand", **given}
            fields["actors"] = tuple(_actor(part, start) for part in fields.get("actors", "FIN SWE").split())
            fields.setdefault("origin", agency or publisher or f"page {page.doc_id[:8]}")
            one = Statement(page.doc_id, start=start, end=start + len(quote), quote=quote, **fields)
            statements.append(one)
            self.told.setdefault(fact, []).append(one)
        entry = Entry(page, document, tuple(statements))
        self.entries.append(entry)
        return entry

    def differ(self, fact: str, reason: Any, *values: str) -> None:
        """A disagreement with one side for each statement of a fact."""
        sides = tuple(
            Side(value, (one.statement_id,), (one.origin or "",))
            for value, one in zip(values, self.told[fact], strict=True)
        )
        self.disagreements.append(Disagreement(fact_id(fact), fact, reason, sides))

    def store(self, ledger: Ledger) -> None:
        ledger.add(self.entries)
        order = ("actual", "denied", "pledged", "planned", "proposed", "hypothetical")
        facts = [
            Fact(
                fact_id(name),
                said[0].kind,
                said[0].type,
                said[0].quote,
                tuple(one.statement_id for one in said),
                tuple(sorted({one.origin or "" for one in said})),
                next((one.when for one in said if one.when), None),
                min((one.factuality for one in said), key=order.index),
            )
            for name, said in self.told.items()
        ]
        ids = [entry.document.doc_id for entry in self.entries]
        families = [Family(f"f{i[:15]}", (i,), i) for i in ids]
        stories = [Story("5" * 16, tuple(ids), "One story")]
        ledger.set_reconciled(families, stories, facts, self.disagreements, {})


def fact_id(name: str) -> str:
    """An identifier that a test can foretell."""
    return f"{name.encode().hex():0<16}"[:16]


def _actor(part: str, start: int) -> Participant:
    role, _, code = part.rpartition(":")
    if code in STATES:
        return Participant(role or "party", code, STATES[code], "state", code, start, start + 1)  # type: ignore[arg-type]
    return Participant(role or "speaker", code, code.title(), "person", "FIN", start, start + 1)  # type: ignore[arg-type]


def day(*parts: int) -> Interval:
    """A single day."""
    return Interval(date(*parts), date(*parts))


@pytest.fixture
def maker() -> Maker:
    return Maker()


@pytest.fixture(scope="session")
def domain() -> Domain:
    return load_domain()


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "pages.ledger", create=True) as ledger:
        yield ledger


@pytest.fixture
def single_day() -> Callable[..., Interval]:
    return day


MEETING = "Finland and Sweden held talks in Turku on May 8."
AGAIN = "The prime ministers of Finland and Sweden met in Turku on Monday to talk about patrols."
PLAN = "Sweden and Finland will open a joint headquarters in Boden on June 1."
PLEDGE = "Finland pledged to raise its defence budget to 3 percent of GDP."
BUDGET = "Finland adopted a budget of 6 billion euros for defence."
SPEECH = "“We have never been closer to our neighbour Sweden than we are today,” the minister said."
MORE = "Finland has 23,800 conscripts."
LESS = "Finland trains about 21,000 conscripts."
TIE = "Finland and Sweden are partners."
NORWAY = "Norway and Estonia agreed to share radar pictures."
DENIED = "Finland has not sent soldiers to Estonia."


@pytest.fixture
def ledger(maker: Maker, empty: Ledger) -> Ledger:
    """A meeting by two voices, a plan ahead, a pledge, a disputed figure, a quotation, others' business."""
    conscripts = {"kind": "quantity", "type": None, "actors": "subject:FIN"}
    maker.page(
        "pages/1.txt",
        f"{MEETING} {PLAN}\n{PLEDGE}\n{MORE} {TIE}",
        ("meeting", MEETING, {"when": day(2023, 5, 8), "mutual": True}),
        ("plan", PLAN, {"type": "COOPERATE", "factuality": "planned", "when": day(2023, 6, 1)}),
        ("pledge", PLEDGE, {"type": "ADOPT", "factuality": "pledged", "actors": "actor:FIN"}),
        (
            "conscripts",
            MORE,
            {**conscripts, "quantity": Quantity(23800, None, "person", "exact", "conscripts")},
        ),
        ("tie", TIE, {"kind": "tie", "type": "partner"}),
        title="Talks in Turku",
    )
    maker.page(
        "pages/2.txt",
        f"{AGAIN}\n{SPEECH}\n{LESS}",
        ("meeting", AGAIN, {"when": day(2023, 5, 8), "score": 0.9}),
        (
            "speech",
            SPEECH,
            {
                "kind": "quote",
                "type": None,
                "actors": "ada-virta",
                "direct": True,
                "when": day(2023, 5, 8),
                "words": "We have never been closer to our neighbour Sweden than we are today",
            },
        ),
        (
            "conscripts",
            LESS,
            {**conscripts, "quantity": Quantity(21000, None, "person", "about", "conscripts")},
        ),
        title="Premiers meet",
        publisher="Coast Daily",
        agency="Nordic Wire",
    )
    maker.page(
        "pages/10.txt",
        f"{BUDGET} {DENIED}\n{NORWAY}",
        (
            "budget",
            BUDGET,
            {
                "type": "ADOPT",
                "actors": "actor:FIN",
                "when": Interval(date(2022, 12, 1), date(2022, 12, 31), "month"),
            },
        ),
        ("denied", DENIED, {"type": "DEPLOY", "actors": "actor:FIN recipient:EST", "factuality": "denied"}),
        ("radar", NORWAY, {"type": "AGREE", "actors": "NOR EST"}),
        title="Money",
        publisher=None,
        published=None,
    )
    maker.differ("conscripts", "figure", "23,800 people", "about 21,000 people")
    maker.store(empty)
    return empty
