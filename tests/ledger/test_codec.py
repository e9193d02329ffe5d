"""Nothing is lost on the way to plain values and back."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.ledger import codec
from communique.model import (
    Disagreement,
    Fact,
    Family,
    Interval,
    Participant,
    Place,
    Publication,
    Quantity,
    Statement,
    Story,
)
from communique.text import Region

numbers = st.floats(allow_nan=False, allow_infinity=False)
intervals = st.none() | st.from_type(Interval)
places = st.none() | st.builds(Place, latitude=st.none() | numbers, longitude=st.none() | numbers)
quantities = st.none() | st.builds(Quantity, value=numbers, upper=st.none() | numbers, period=intervals)
statements = st.builds(
    Statement,
    contexts=st.lists(st.text(max_size=5), max_size=2).map(tuple),
    actors=st.lists(st.from_type(Participant), max_size=3).map(tuple),
    when=intervals,
    where=places,
    quantity=quantities,
    score=numbers,
)


@given(statements)
def test_a_statement_comes_back_as_it_was(statement: Statement) -> None:
    text = codec.to_json(codec.statement_out(statement))
    back = codec.statement_in(codec.from_json(text))
    assert back == statement
    assert back.statement_id == statement.statement_id
    spare = codec.from_json(codec.to_json(codec.statement_spare(statement)))
    assert codec.statement_whole(spare, statement.doc_id, statement.quote) == statement


def test_every_field_of_a_statement_is_kept() -> None:
    kept = {field.name for field in fields(Statement) if field.init}
    assert set(codec.statement_out(Statement("d", "event", 0, 1, "q"))) == kept


@given(st.from_type(Publication))
def test_a_publication_comes_back_as_it_was(publication: Publication) -> None:
    plain = json.loads(codec.to_json(codec.publication_out(publication)))
    assert codec.publication_in(plain) == publication


@given(st.lists(st.from_type(Region)).map(tuple))
def test_regions_come_back_as_they_were(regions: tuple[Region, ...]) -> None:
    assert codec.regions_in(json.loads(codec.to_json(codec.regions_out(regions)))) == regions


@given(st.from_type(Family), st.from_type(Story), st.from_type(Fact), st.from_type(Disagreement))
def test_what_spans_pages_comes_back_as_it_was(
    family: Family, story: Story, fact: Fact, disagreement: Disagreement
) -> None:
    def there_and_back(plain: codec.Plain) -> codec.Plain:
        back: codec.Plain = json.loads(codec.to_json(plain))
        return back

    assert codec.family_in(there_and_back(codec.family_out(family))) == family
    assert codec.story_in(there_and_back(codec.story_out(story))) == story
    assert codec.fact_in(there_and_back(codec.fact_out(fact))) == fact
    assert codec.disagreement_in(there_and_back(codec.disagreement_out(disagreement))) == disagreement


def test_a_number_that_json_lacks_is_refused() -> None:
    quantity = Quantity(float("inf"), None, "USD", "exact", "spending")
    with pytest.raises(ValueError):
        codec.to_json(codec.statement_out(Statement("d", "quantity", 0, 1, "q", quantity=quantity)))


def test_days_are_iso() -> None:
    plain = codec.interval_out(Interval(date(2023, 1, 1), date(2023, 1, 31), "month", "January"))
    assert plain == {
        "earliest": "2023-01-01",
        "latest": "2023-01-31",
        "precision": "month",
        "text": "January",
    }
