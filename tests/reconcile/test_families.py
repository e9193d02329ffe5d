from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.domain.schema import Entry
from communique.domain.source import read_yaml
from communique.reconcile.families import families


class Case(Entry):
    name: str
    texts: dict[str, str]
    families: tuple[tuple[str, ...], ...]


CASES: list[Case] = read_yaml(Path(__file__).parent.parent / "cases" / "families.yaml", list[Case])


def joined(texts: dict[str, str]) -> set[tuple[str, ...]]:
    return {family.doc_ids for family in families(texts.items())}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_texts_fall_into_their_families(case: Case) -> None:
    assert joined(case.texts) == set(case.families)


def test_all_cases_in_one_folder_stay_apart() -> None:
    texts = {
        f"{n}{i}": text for n, case in enumerate(CASES) for i, text in case.texts.items() if text.strip()
    }
    expected = {
        tuple(f"{n}{i}" for i in family)
        for n, case in enumerate(CASES)
        for family in case.families
        if case.texts[family[0]].strip()
    }
    assert joined(texts) == expected


def test_the_fullest_is_the_longest_and_ties_go_to_the_first_identifier() -> None:
    case = next(case for case in CASES if case.name.startswith("three members"))
    assert [family.fullest for family in families(case.texts.items())] == ["b"]
    twins = {"y": case.texts["a"], "x": case.texts["a"]}
    assert [family.fullest for family in families(twins.items())] == ["x"]


def test_a_copy_is_found_among_many_pages() -> None:
    rng = random.Random(5)
    vocabulary = [f"w{n}" for n in range(4000)]
    texts = {f"{n:04}": " ".join(rng.choices(vocabulary, k=200)) for n in range(400)}
    texts["copy"] = " ".join(texts["0123"].split()[40:120])
    found = [family.doc_ids for family in families(texts.items()) if len(family.doc_ids) > 1]
    assert found == [("0123", "copy")]


NOUNS = ["navy", "port", "treaty", "talks", "jet", "sea", "pact", "envoy", "base", "drill"]
WORDS = st.lists(st.sampled_from(NOUNS), max_size=40)


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(st.text("abc", min_size=1, max_size=3), WORDS.map(" ".join), max_size=8), st.randoms())
def test_every_document_is_in_one_family_whatever_the_order(
    texts: dict[str, str], rng: random.Random
) -> None:
    found = families(texts.items())
    assert sorted(i for family in found for i in family.doc_ids) == sorted(texts)
    assert all(family.fullest in family.doc_ids for family in found)
    shuffled = list(texts.items())
    rng.shuffle(shuffled)
    assert families(shuffled) == found
