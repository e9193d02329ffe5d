"""Taking up pages in any order and in any batches gives what reconciling all of them at once gives."""

from __future__ import annotations

import random
import tempfile
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from communique import reconciling
from communique.domain.lexicon.dating import dating
from communique.domain.load import load_domain
from communique.ledger.narrowing import narrowed_in
from communique.ledger.store import Ledger
from communique.ledger.writing import Entry
from communique.model import Document, Judgement, Page, Publication, Statement
from communique.reconcile import facts, families, stories
from communique.reconcile.desk import Desk, Reconciled, reconcile
from communique.reconcile.judgements import latest
from communique.reconcile.whole import Ruling, take_up

Desked = tuple[list[Document], list[Statement], list[Judgement]]

LEADS = (
    "Japan will give the Philippines five more patrol boats, the coast guard said after talks in Manila.",
    "The frigate Aurore of the French navy called at Busan on Tuesday to begin a drill with South Korea.",
    "Lawmakers in Oslo voted on Tuesday to double the budget for coastal radars by 2030.",
    "Kishida and Biden met in Washington and agreed to share the data of their radars.",
)
MORE = (
    "Some 12,000 sailors serve there, and the minister praised them at the harbour before the guests left.",
    "The two sides will meet again in April, an official told reporters who had come to the pier at noon.",
    "Analysts doubt that the money is there, and the finance ministry would not comment on the estimate.",
    "A storm kept the second ship in port, so that only one of the two could be shown to the visitors.",
)
PAIRS = (("JPN", "PHL"), ("USA", "JPN"), ("PRK",))
DAYS = [date(2024, 4, 8) + timedelta(days=n) for n in range(4)] + [date(2024, 7, 1)]


def invented(news: Any, number: int, rng: random.Random) -> tuple[Document, list[Statement]]:
    """One page of few patterns, so that copies, stories, facts and disagreements come of themselves."""
    doc_id = f"{rng.randrange(16**8):08x}{number}"
    lead = rng.choice(LEADS)
    text = " ".join([lead, *rng.sample(MORE, rng.randrange(1, 4))])
    day = rng.choice(DAYS)
    published = rng.choice(
        [
            None,
            Publication(day, day, None, "day", ()),
            Publication(day - timedelta(days=40), day + timedelta(days=40), None, "range", ()),
        ]
    )
    page = news.page(
        doc_id, None, text,
        publisher=rng.choice(["star", "herald", None]), agency=rng.choice(["AP", None]), title=lead[:20],
    )  # fmt: skip
    pair = rng.choice(PAIRS)
    said: list[Statement] = []
    for _ in range(rng.randrange(1, 5)):
        kind = rng.randrange(6)
        when = rng.choice([None, day.isoformat()])
        if kind < 3:
            said.append(
                news.event(
                    doc_id, rng.choice(LEADS)[:50], rng.choice(["CONSULT", "AID", "AGREE", "ASSAULT"]),
                    pair[:1], pair[1:], when, rng.choice([None, "patrol boats", "radars"]),
                    factuality=rng.choice(["actual", "planned", "denied"]),
                )
            )  # fmt: skip
        elif kind == 3:
            value = rng.choice([12000.0, 15000.0, 54000.0])
            said.append(
                news.figure(
                    doc_id, f"{value:,.0f} sailors", value, "person", "sailors of the coast guard", pair
                )
            )
        elif kind == 4:
            words = rng.choice(["We will not wait for the next storm to come", "the next storm to come"])
            said.append(news.quotation(doc_id, "ana-silva/PRT", words))
        else:
            office = rng.choice(["prime minister", "minister of defence", ""])
            said.append(news.role(doc_id, "ana-silva/PRT", office, "PRT"))
    return replace(page, published=published), said


def decided(said: list[Statement], rng: random.Random) -> list[Judgement]:
    found = []
    for number in range(rng.randrange(5)):
        one, other = rng.sample(said, 2)
        verdict = rng.choice(["same", "different", "wrong", "corrected"])
        about = [one.statement_id, other.statement_id]
        at = datetime(2024, 8, 1, number, tzinfo=UTC)
        if verdict == "corrected":
            made = Judgement("corrected", (about[0],), "ana", at, "when", rng.choice(["2024-04-09", ""]))
        elif verdict == "wrong":
            made = Judgement("wrong", (about[0],), "ana", at)
        elif one.kind == other.kind and about[0] != about[1]:
            made = Judgement(verdict, tuple(about), "ana", at)  # type: ignore[arg-type]
        else:
            continue
        found.append(made)
    return found


def desked(news: Any, seed: int, most: int = 22) -> Desked:
    rng = random.Random(seed)
    pages = [invented(news, number, rng) for number in range(rng.randrange(2, most))]
    said = [statement for _, of_page in pages for statement in of_page]
    return [page for page, _ in pages], said, decided(said, rng) if len(said) > 2 else []


def step_by_step(found: Desked, rng: random.Random) -> Reconciled:
    """Pages in random order and batches, each judgement at some moment between."""
    documents, said, judgements = found
    waiting, undecided = rng.sample(documents, len(documents)), list(judgements)
    desk, held, doc_of = Desk(), list[Judgement](), {s.statement_id: s.doc_id for s in said}
    there: set[str] = set()
    while waiting or undecided:
        batch, waiting = waiting[: (size := rng.randrange(0, 5))], waiting[size:]
        now = [j for j in undecided if not waiting or rng.random() < 0.3]
        undecided = [j for j in undecided if j not in now]
        held += now
        ids = {page.doc_id for page in batch}
        desk.put(batch, [s for s in said if s.doc_id in ids])
        stirred = {doc_of[i] for j in now for i in j.about} & there
        ruling = Ruling({"star": "Group"}, latest(held), dating(load_domain()))
        desk.keep(take_up(desk, desk, ruling, ids, stirred))
        there |= ids
    return desk.reconciled(latest(held))


def holds(news: Any, seed: int, order: int) -> None:
    found = desked(news, seed)
    documents, said, judgements = found
    whole = reconcile(documents, said, {"star": "Group"}, latest(judgements), dating(load_domain()))
    assert step_by_step(found, random.Random(order)) == whole


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_any_batches_in_any_order_give_the_whole(newsroom: Any, seed: int, order: int) -> None:
    holds(newsroom(), seed, order)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_so_they_do_where_keys_are_crowded_and_parts_large(newsroom: Any, seed: int, order: int) -> None:
    with (
        patch.object(families, "BOUNDS", replace(families.BOUNDS, most=1)),
        patch.object(
            stories,
            "BOUNDS",
            replace(stories.BOUNDS, most=1, parting=replace(stories.BOUNDS.parting, large=2)),
        ),
        patch.object(
            facts,
            "BOUNDS",
            replace(facts.BOUNDS, most=1, parting=replace(facts.BOUNDS.parting, small=3, large=5)),
        ),
        patch.object(facts, "SMALL", 2),
    ):
        holds(newsroom(), seed, order)


def in_a_ledger(found: Desked, rng: random.Random, path: Path) -> Reconciled:
    """As `step_by_step`, but stored; some rounds are left to the next build, as after a crash."""
    documents, said, judgements = found
    domain = load_domain()
    waiting, undecided = rng.sample(documents, len(documents)), list(judgements)
    with Ledger.open(path, create=True) as ledger, patch.object(reconciling, "TOGETHER", 3):
        while waiting or undecided:
            batch, waiting = waiting[: (size := rng.randrange(1, 9))], waiting[size:]
            ledger.add(
                Entry(
                    Page(page.path, page.doc_id.encode(), "text/plain"),
                    page,
                    [s for s in said if s.doc_id == page.doc_id],
                )
                for page in batch
            )
            now = [j for j in undecided if not waiting or rng.random() < 0.3]
            undecided = [j for j in undecided if j not in now]
            ledger.record(now)
            if rng.random() < 0.7:
                reconciling.reconcile(ledger, domain)
        reconciling.reconcile(ledger, domain)
        assert not ledger.unreconciled()
        with ledger.reading() as connection:
            narrowed = narrowed_in(connection)
        return Reconciled(
            tuple(sorted(ledger.families(), key=lambda family: family.doc_ids)),
            tuple(sorted(ledger.stories(), key=lambda story: story.doc_ids)),
            tuple(sorted(ledger.facts(), key=lambda fact: fact.fact_id)),
            tuple(ledger.disagreements()),
            (),
            {s.statement_id: s.origin or "" for s in ledger.statements()},
            narrowed,
        )


@settings(max_examples=5, deadline=None)
@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_a_ledger_built_in_any_batches_is_that_of_one_build(newsroom: Any, seed: int, order: int) -> None:
    found = desked(newsroom(), seed, 12)
    documents, said, judgements = found
    groups = {p.name: p.group for p in load_domain().publishers.values() if p.group}
    whole = reconcile(documents, said, groups, latest(judgements), dating(load_domain()))
    with tempfile.TemporaryDirectory() as folder:
        kept = in_a_ledger(found, random.Random(order), Path(folder) / "kept.ledger")
    told = {s.statement_id: s.origin for s in whole.statements}
    assert {i: origin for i, origin in kept.origins.items() if i in told} == told
    assert all(kept.origins.values())
    assert kept == replace(whole, statements=(), origins=kept.origins)


def test_the_invented_pages_have_something_of_everything(newsroom: Any) -> None:
    made = [desked(newsroom(), seed) for seed in range(20)]
    wholes = [reconcile(d, s, {}, latest(j), dating(load_domain())) for d, s, j in made]
    assert any(len(family.doc_ids) > 2 for whole in wholes for family in whole.families)
    assert any(len(story.doc_ids) > 2 for whole in wholes for story in whole.stories)
    assert any(len(fact.statement_ids) > 3 for whole in wholes for fact in whole.facts)
    assert any(whole.disagreements for whole in wholes)
    assert any(whole.narrowed for whole in wholes)
    assert {j.verdict for _, _, judgements in made for j in judgements} >= {"same", "wrong", "corrected"}
