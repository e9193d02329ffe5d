from __future__ import annotations

import random
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import Field

from communique.domain.schema import Entry
from communique.domain.source import read_yaml
from communique.reconcile.families import families

FOLDER = Path(__file__).parent.parent / "cases"


class Case(Entry):
    name: str
    texts: dict[str, str]
    families: tuple[tuple[str, ...], ...]


CASES: list[Case] = read_yaml(FOLDER / "families.yaml", list[Case])


class Member(Entry):
    """How a printing is made of the first text; sentences are counted from one."""

    text: str = ""
    put: dict[str, str] = Field(default_factory=dict)
    lede: str = ""
    keep: int | None = None
    drop: tuple[int, ...] = ()
    add: str = ""
    headline: str = ""
    residue: str = ""

    def of(self, base: str) -> str:
        if self.text:
            return self.text
        for old, new in self.put.items():
            assert base.count(old) == 1, old
            base = base.replace(old, new)
        lines = base.splitlines()
        if self.lede:
            lines[0] = self.lede
        kept = [line for n, line in enumerate(lines[: self.keep], start=1) if n not in self.drop]
        assert not self.drop or len(kept) == len(lines) - len(self.drop)
        parts = (self.headline, *kept, *self.add.splitlines(), *self.residue.splitlines())
        return "\n".join(part for part in parts if part)


class Wire(Entry):
    """One text with its printings, and texts of others on the same matter."""

    name: str
    base: str
    members: dict[str, Member]
    apart: dict[str, str] = Field(default_factory=dict)

    @property
    def family(self) -> dict[str, str]:
        made = {f"{self.name}: {name}": member.of(self.base) for name, member in self.members.items()}
        return {self.name: self.base, **made}

    @property
    def others(self) -> dict[str, str]:
        return {f"{self.name}: apart, {name}": text for name, text in self.apart.items()}


WIRES: list[Wire] = [
    wire for path in sorted((FOLDER / "families").glob("*.yaml")) for wire in read_yaml(path, list[Wire])
]
FLOOR = 0.99
"""Least F1 over the pairs of all printings of all families, read as one folder of pages."""


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


def test_there_are_families_enough_and_each_is_worth_its_name() -> None:
    assert len(WIRES) >= 40
    assert all(3 <= len(wire.family) <= 6 for wire in WIRES)
    assert sum(len(wire.others) for wire in WIRES) >= 12
    texts = [text for wire in WIRES for text in (*wire.family.values(), *wire.others.values())]
    assert all(45 <= len(text.split()) <= 250 for text in texts)


def test_printings_join_and_others_stay_apart() -> None:
    texts = {i: text for wire in WIRES for i, text in (wire.family | wire.others).items()}
    expected = {pair for wire in WIRES for pair in combinations(sorted(wire.family), 2)}
    found = {pair for ids in joined(texts) for pair in combinations(sorted(ids), 2)}
    f1 = 2 * len(found & expected) / (len(found) + len(expected))
    assert f1 >= FLOOR, (sorted(found - expected), sorted(expected - found))


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
