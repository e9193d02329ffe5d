"""A few words to a document or a statement, so that tests read like the news."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from communique.model import (
    Document,
    Interval,
    Object,
    Participant,
    Publication,
    Quantity,
    Role,
    Statement,
)

NAMES = {"JPN": "Japan", "USA": "the United States", "PHL": "the Philippines", "PRK": "North Korea"}


def participant(role: Role, actor: str) -> Participant:
    """`JPN` is a state, `G7` a body, `ana-silva/PRT` a person of a state."""
    identifier, _, state = actor.partition("/")
    name = NAMES.get(identifier, identifier.replace("-", " ").title())
    if identifier.islower():
        return Participant(role, identifier, name, "person", state or None, 0, 0)
    if len(identifier) == 3:
        return Participant(role, identifier, name, "state", identifier, 0, 0)
    return Participant(role, identifier, name, "body", None, 0, 0)


def interval(days: str) -> Interval:
    """`2023-01-13`, `2023-01` or `2023-01-09/2023-01-13`."""
    first, _, last = days.partition("/")
    if last:
        return Interval(date.fromisoformat(first), date.fromisoformat(last), "range")
    if len(first) == 7:
        year, month = (int(part) for part in first.split("-"))
        following = date(year + month // 12, month % 12 + 1, 1)
        return Interval(date(year, month, 1), date.fromordinal(following.toordinal() - 1), "month")
    if len(first) == 4:
        return Interval(date(int(first), 1, 1), date(int(first), 12, 31), "year")
    return Interval(date.fromisoformat(first), date.fromisoformat(first), "day")


class Newsroom:
    """Makes documents and statements; each statement of a document stands 500 letters after the last."""

    def __init__(self) -> None:
        self.written: dict[str, int] = {}

    def page(
        self,
        doc_id: str,
        published: str | None = None,
        text: str = "",
        publisher: str | None = None,
        agency: str | None = None,
        title: str | None = None,
    ) -> Document:
        window = interval(published) if published else None
        publication = (
            Publication(window.earliest, window.latest, None, window.precision, ()) if window else None
        )
        return Document(
            doc_id, f"{doc_id}.txt", None, "", title, publisher, agency, "en", publication, text, ()
        )

    def _place(self, doc_id: str, quote: str) -> dict[str, Any]:
        start = self.written.get(doc_id, 0)
        self.written[doc_id] = start + 500
        return {"doc_id": doc_id, "start": start, "end": start + len(quote), "quote": quote}

    def event(
        self,
        doc_id: str,
        quote: str,
        event_type: str,
        actors: tuple[str, ...],
        recipients: tuple[str, ...] = (),
        when: str | None = None,
        thing: str | None = None,
        **more: Any,
    ) -> Statement:
        mutual = bool(more.get("mutual"))
        return Statement(
            kind="event",
            type=event_type,
            actors=(
                *(participant("party" if mutual else "actor", a) for a in actors),
                *(participant("party" if mutual else "recipient", a) for a in recipients),
            ),
            when=interval(when) if when else None,
            object=Object(thing) if thing else None,
            **self._place(doc_id, quote),
            **more,
        )

    def figure(
        self,
        doc_id: str,
        quote: str,
        value: float,
        unit: str,
        measure: str,
        subjects: tuple[str, ...],
        bound: Any = "exact",
        upper: float | None = None,
        period: str | None = None,
    ) -> Statement:
        return Statement(
            kind="quantity",
            actors=tuple(participant("subject", a) for a in subjects),
            quantity=Quantity(value, upper, unit, bound, measure, interval(period) if period else None),
            **self._place(doc_id, quote),
        )

    def quotation(self, doc_id: str, speaker: str, words: str, when: str | None = None) -> Statement:
        return Statement(
            kind="quote",
            actors=(participant("speaker", speaker),),
            words=words,
            direct=True,
            when=interval(when) if when else None,
            **self._place(doc_id, f"“{words}”"),
        )

    def role(self, doc_id: str, holder: str, office: str, of: str) -> Statement:
        return Statement(
            kind="role",
            actors=(participant("holder", holder), participant("of", of)),
            office=office,
            **self._place(doc_id, f"{office} {holder}"),
        )

    def tie(self, doc_id: str, tie_type: str, *parties: str, quote: str = "the two allies") -> Statement:
        return Statement(
            kind="tie",
            type=tie_type,
            actors=tuple(participant("party", a) for a in parties),
            **self._place(doc_id, quote),
        )


@pytest.fixture
def news() -> Newsroom:
    return Newsroom()


@pytest.fixture(scope="session")
def newsroom() -> Callable[[], Newsroom]:
    return Newsroom
