from __future__ import annotations

import pytest
from pydantic import ValidationError

from communique.domain.lexicon.reconcile import Reconciling, reconciling
from communique.reconcile.digests import office_family
from communique.reconcile.terms import same_terms, terms, weight


def test_words_that_mean_the_same_are_one_term() -> None:
    assert terms("military personnel") == terms("soldiers") == terms("service members")
    assert terms("doubled its defence expenditure") == terms("doubling military outlays")
    assert terms("missiles") != terms("mines")


def test_words_that_all_pages_share_weigh_less() -> None:
    assert [weight(t) for text in ("government", "Monday", "frigate") for t in terms(text)] == [0.3, 0.3, 1.0]


def test_likeness_runs_from_nothing_to_all_and_one_word_is_never_all() -> None:
    frigate, convoy = terms("frigate"), terms("the frigate guards a convoy of tankers off Aden")
    assert same_terms(frigate, frozenset()) == 0
    assert same_terms(frigate, terms("budget")) == 0
    assert same_terms(frigate, frigate) < 0.9 < same_terms(convoy, convoy) < 1
    assert same_terms(frigate, convoy) < 0.6


@pytest.mark.parametrize(
    ("office", "family"),
    [
        ("Prime Minister", "head_of_government"),
        ("then-Prime Minister", "head_of_government"),
        ("British prime minister", "head_of_government"),
        ("Vice President", "vice president"),
        ("Deputy Prime Minister", "deputy prime minister"),
        ("U.S. Secretary of State", "foreign"),
        ("Secretary-General", "secretary_general"),
        ("White House press secretary", "spokesperson"),
        ("army chief", "army chief"),
        (None, ""),
    ],
)
def test_titles_fall_into_offices(office: str | None, family: str) -> None:
    assert office_family(office) == family


def test_a_word_with_two_meanings_is_refused() -> None:
    given = reconciling().model_dump()
    given["same_words"] = {"jet": ("plane",), "ship": ("plane",)}
    with pytest.raises(ValidationError, match="'plane' stands under 'jet' and 'ship'"):
        Reconciling.model_validate(given)
