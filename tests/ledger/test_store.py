"""What a ledger keeps, and that it keeps it in an order that only the content decides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import pairwise
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from communique.errors import LedgerError, Problem, UsageError
from communique.ledger.store import Ledger
from communique.ledger.writing import Entry
from communique.model import (
    Disagreement,
    Fact,
    Family,
    Interval,
    Page,
    Participant,
    Quantity,
    Side,
    Statement,
    Story,
    content_id,
)

Make = Callable[..., Entry]
Place = Callable[[str], str]


def reconcile(ledger: Ledger) -> tuple[list[Family], list[Story], list[Fact], list[Disagreement]]:
    """A stand-in for reconciling: one family and story a document, one fact a statement."""
    documents, statements = list(ledger.documents()), list(ledger.statements())
    families = [Family(content_id("family", d.doc_id), (d.doc_id,), d.doc_id) for d in documents]
    stories = [Story(content_id("story", d.doc_id), (d.doc_id,), d.title) for d in documents]
    facts = [
        Fact(
            content_id("fact", s.statement_id),
            s.kind,
            s.type,
            "it",
            (s.statement_id,),
            ("AP",),
            s.when,
            "actual",
        )
        for s in statements
    ]
    disagreements = [
        Disagreement(fact.fact_id, "paper", "date", (Side("2023", fact.statement_ids, ("AP",)),))
        for fact in facts[:1]
    ]
    origins = {s.statement_id: "AP" for s in statements}
    ledger.set_reconciled(families, stories, facts, disagreements, origins)
    return families, stories, facts, disagreements


def test_what_was_added_is_read_back_after_reopening(place: Place, numbered: Make) -> None:
    entries = [numbered(n) for n in range(3)]
    with Ledger.open(place("a"), create=True) as ledger:
        assert ledger.add(entries) == 3
    with Ledger.open(place("a")) as ledger:
        assert ledger.known() == {e.document.doc_id for e in entries}
        assert sorted(ledger.documents(), key=lambda d: d.path) == [e.document for e in entries]
        assert {p.path: p for p in ledger.pages()} == {e.page.path: e.page for e in entries}
        for e in entries:
            assert list(ledger.statements(e.document.doc_id)) == list(e.statements)
            assert ledger.document(e.document.doc_id) == e.document


def test_a_page_with_address_and_metadata_is_read_back(ledger: Ledger, numbered: Make) -> None:
    entry = numbered(1)
    meta = {"publisher": "The Gazette", "charset": "latin-1"}
    page = Page("a.html", b"\x00\xff raw bytes", "text/html", "https://example.org/é", meta)
    ledger.add([Entry(page, replace(entry.document, doc_id=page.doc_id, sha256=page.sha256, url=page.url))])
    assert list(ledger.pages()) == [page]


def test_a_second_add_adds_nothing(ledger: Ledger, numbered: Make) -> None:
    entries = [numbered(n) for n in range(3)]
    ledger.add(entries)
    before = ledger.counts()
    assert ledger.add([*entries, entries[0]]) == 0
    assert ledger.counts() == before == {**before, "pages": 3, "statements": 9}


def test_the_path_is_the_first_of_all_sightings(ledger: Ledger, numbered: Make) -> None:
    entry = numbered(1)
    ledger.add([entry])
    copy = replace(entry, page=replace(entry.page, path="another/copy.txt"))
    ledger.add([copy])
    ledger.sight(entry.document.doc_id, "z.txt")
    assert ledger.document(entry.document.doc_id).path == "another/copy.txt"
    assert [page.path for page in ledger.pages()] == ["another/copy.txt"]


def test_a_path_that_is_no_unicode_is_kept_readable(ledger: Ledger, numbered: Make) -> None:
    entry = numbered(1)
    page = replace(entry.page, path="caf\udce9.txt")
    ledger.add([replace(entry, page=page)])
    assert ledger.document(entry.document.doc_id).path == "caf\ufffd.txt"


def test_what_no_database_can_store_becomes_a_problem(ledger: Ledger, numbered: Make) -> None:
    good, broken, endless = numbered(1), numbered(2), numbered(3)
    broken = replace(broken, document=replace(broken.document, text="half a pair \ud800"))
    quantity = Quantity(float("inf"), None, "USD", "exact", "spending")
    endless = replace(endless, statements=[replace(endless.statements[0], quantity=quantity)])
    assert ledger.add([broken, good, endless]) == 1
    assert ledger.known() == {good.document.doc_id}
    assert [(p.path, p.message[:16]) for p in ledger.problems()] == [
        ("pages/2.txt", "cannot be stored"),
        ("pages/3.txt", "cannot be stored"),
    ]


def test_of_two_statements_that_say_the_same_the_surer_stays(place: Place, numbered: Make) -> None:
    entry = numbered(1, 1)
    sure, unsure = entry.statements[0], replace(entry.statements[0], score=0.2, rule="other")
    for name, order in (("a", (sure, unsure)), ("b", (unsure, sure))):
        with Ledger.open(place(name), create=True) as ledger:
            ledger.add([replace(entry, statements=order)])
            assert list(ledger.statements()) == [sure]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.text(min_size=1),
    names=st.lists(st.text(), min_size=1, max_size=3),
    when=st.none() | st.from_type(Interval),
    words=st.none() | st.text(),
)
def test_any_text_is_stored_as_it_is(
    ledger: Ledger, numbered: Make, text: str, names: list[str], when: Interval | None, words: str | None
) -> None:
    page = Page("p", content_id(text, names, str(when), words).encode(), "text/plain")
    document = replace(
        numbered(1).document,
        doc_id=page.doc_id,
        path="p",
        sha256=page.sha256,
        text=text,
        title=names[0],
        regions=(),
    )
    actors = tuple(Participant("party", name, name, "group", None, 0, 1) for name in names)
    said = Statement(page.doc_id, "quote", 0, len(text), text, actors=actors, when=when, words=words)
    stored = ledger.add([Entry(page, document, [said])])
    if "\x00" in "".join([text, *names]) and ledger.engine.dialect.name == "postgresql":
        told = {one.path for one in ledger.problems() if "NUL" in one.message}
        assert stored == 0 and page.doc_id not in ledger.known() and told == {"p"}
        return
    assert ledger.document(page.doc_id) == document
    assert list(ledger.statements(page.doc_id)) == [said]


def test_problems_are_kept_once_and_in_order(ledger: Ledger) -> None:
    problems = [Problem("b.txt", "", "is empty"), Problem("a.jsonl", "line 2", "is not JSON")]
    ledger.note(problems)
    ledger.note(problems)
    assert list(ledger.problems()) == problems[::-1]


def test_statements_can_be_chosen(ledger: Ledger, entry: Make) -> None:
    january = Interval(date(2023, 1, 11), date(2023, 1, 11))
    ledger.add(
        [
            entry("a", "Both signed. One paid.", [("Both signed", {"when": january})]),
            entry("b", "One paid.", [("One paid", {"kind": "quantity", "type": None, "actors": "JPN"})]),
            entry("c", "Undated.", [("Undated", {"actors": "KOR USA"})], published=None),
        ]
    )

    def quotes(**chosen: object) -> set[str]:
        return {s.quote for s in ledger.statements(**chosen)}  # type: ignore[arg-type]

    assert quotes() == {"Both signed", "One paid", "Undated"}
    assert quotes(kind="quantity") == {"One paid"}
    assert quotes(actors=["JPN"]) == {"Both signed", "One paid"}
    assert quotes(actors=["JPN", "GBR"]) == {"Both signed"}
    assert quotes(since=date(2023, 1, 11)) == {"Both signed", "One paid"}
    assert quotes(until=date(2023, 1, 10)) == {"One paid"}  # by the window of publication
    assert quotes(since=date(2023, 1, 13)) == set()
    one = next(s for s in ledger.statements() if s.quote == "One paid")
    assert quotes(ids=[one.statement_id]) == {"One paid"}
    assert quotes(ids=[]) == set()
    assert quotes(ids=[one.statement_id, *(str(n) for n in range(3000))]) == {"One paid"}


def test_an_actor_takes_part_through_one_who_acts_for_it(ledger: Ledger, entry: Make) -> None:
    made = entry("a", "She spoke.", [("She spoke", {})])
    person = Participant("speaker", "a-minister", "The minister", "person", "GBR", 0, 3)
    ledger.add([replace(made, statements=[replace(made.statements[0], actors=(person,))])])
    assert [s.quote for s in ledger.statements(actors=["GBR"])] == ["She spoke"]
    assert [s.quote for s in ledger.statements(actors=["a-minister"])] == ["She spoke"]


def test_what_reconciling_makes_is_replaced_as_a_whole(ledger: Ledger, numbered: Make) -> None:
    ledger.add([numbered(n) for n in range(2)])
    families, stories, facts, disagreements = reconcile(ledger)
    for _ in range(2):
        assert list(ledger.families()) == sorted(families, key=lambda f: f.family_id)
        assert list(ledger.stories()) == sorted(stories, key=lambda s: s.story_id)
        assert list(ledger.facts()) == sorted(facts, key=lambda f: f.fact_id)
        assert list(ledger.disagreements()) == disagreements
        assert {s.origin for s in ledger.statements()} == {"AP"}
        reconcile(ledger)
    said = next(ledger.statements())
    fact = ledger.fact_of(said.statement_id)
    assert fact is not None and fact.statement_ids == (said.statement_id,)
    assert ledger.fact_of("unknown") is None
    grouped = {d.doc_id: (family, story) for d, family, story in ledger.grouped_documents()}
    assert grouped == {
        family.doc_ids[0]: (family.family_id, story.story_id)
        for family, story in zip(families, stories, strict=True)
    }
    ledger.set_reconciled([], [], [], [], {})
    assert list(ledger.facts()) == [] and ledger.counts()["statements"] == 6


def test_what_reconciling_made_of_a_statement_is_not_read_anew(ledger: Ledger, numbered: Make) -> None:
    entry = numbered(1, 2)
    named = replace(entry.statements[0], origin="The Coast")
    ledger.add([replace(entry, statements=[named, entry.statements[1]])])
    reconcile(ledger)
    assert [s.origin for s in ledger.statements()] == ["AP", "AP"]
    assert [s.origin for s in ledger.read_statements()] == ["The Coast", None]


def test_reconciling_that_does_not_fit_changes_nothing(ledger: Ledger, numbered: Make) -> None:
    ledger.add([numbered(1)])
    _, _, facts, _ = reconcile(ledger)
    stray = Fact("stray", "event", None, "x", ("no-such-statement",), (), None, "actual")
    with pytest.raises(LedgerError, match="do not fit together"):
        ledger.set_reconciled([], [], [stray], [], {})
    assert len(list(ledger.facts())) == len(facts)


def test_evidence_gives_the_surest_statement_first(ledger: Ledger, numbered: Make) -> None:
    entry = numbered(1, 3)
    scores = (0.3, 0.9, 0.6)
    statements = [replace(s, score=n) for s, n in zip(entry.statements, scores, strict=True)]
    ledger.add([replace(entry, statements=statements)])
    ids = tuple(s.statement_id for s in statements)
    early = Interval(date(2022, 1, 1), date(2022, 1, 2))
    undated = Fact("0", "event", "AGREE", "one", ids[2:], ("AP",), None, "actual")
    dated = Fact("1", "event", "AGREE", "two", ids[:2], ("AP",), early, "actual")
    ledger.set_reconciled([], [], [undated, dated], [], {})
    found = list(ledger.evidence())
    assert [fact for fact, _ in found] == [dated, undated] == list(ledger.facts("event"))
    assert [[s.score for s in said] for _, said in found] == [[0.9, 0.3], [0.6]]
    assert list(ledger.evidence("quote")) == []


def test_the_order_of_pages_does_not_matter(place: Place, numbered: Make) -> None:
    entries = [numbered(n) for n in range(12)]
    entries += [replace(e, page=replace(e.page, path=f"copies/{e.page.path}")) for e in entries[:4]]
    seen = []
    for seed in range(3):
        Random(seed).shuffle(entries)
        with Ledger.open(place(f"{seed}"), create=True) as ledger:
            for at in range(0, len(entries), seed + 2):
                ledger.add(entries[at : at + seed + 2])
            reconcile(ledger)
            documents, statements = list(ledger.grouped_documents()), list(ledger.placed_statements())
            seen.append((documents, statements, list(ledger.facts()), list(ledger.pages())))
    assert seen[0] == seen[1] == seen[2]


def test_an_identifier_is_found_by_its_beginning(ledger: Ledger, numbered: Make) -> None:
    entry = numbered(1)
    ledger.add([entry])
    reconcile(ledger)
    fact, said = next(ledger.facts()), entry.statements[0]
    assert ledger.find(said.statement_id).noun == "statement"
    assert ledger.find(fact.fact_id[:12]).id == fact.fact_id
    assert ledger.find(entry.document.doc_id[:10]).noun == "document"
    assert ledger.find("pages/1.txt").id == entry.document.doc_id
    for family in ledger.families():
        assert ledger.find(family.family_id).noun == "family"
    for story in ledger.stories():
        assert ledger.find(story.story_id).noun == "story"


@pytest.mark.parametrize("prefix", ["", "zz", "%", "' OR 1=1 --", "\udce9"])
def test_an_unknown_identifier_is_said_to_be(ledger: Ledger, numbered: Make, prefix: str) -> None:
    ledger.add([numbered(1)])
    with pytest.raises(LedgerError, match=r"nothing has|is empty"):
        ledger.find(prefix)


def test_a_beginning_that_several_have_names_them(ledger: Ledger, numbered: Make) -> None:
    ledger.add([numbered(n, 10) for n in range(3)])
    ids = sorted([s.statement_id for s in ledger.statements()] + list(ledger.known()))
    shared = next(a[0] for a, b in pairwise(ids) if a[0] == b[0])
    with pytest.raises(LedgerError, match=r"begins several identifiers.*(statement|document) "):
        ledger.find(shared)


def test_unknown_documents_and_facts_are_said_to_be(ledger: Ledger) -> None:
    with pytest.raises(LedgerError, match="no document x"):
        ledger.document("x")
    with pytest.raises(LedgerError, match="no fact x"):
        ledger.fact("x")


def test_judgements_are_kept_and_taken_back_by_another(place: Place, numbered: Make) -> None:
    noon = datetime(2026, 3, 1, 12, tzinfo=UTC)
    with Ledger.open(place("a"), create=True) as ledger:
        ledger.add([numbered(1)])
        one, other = [s.statement_id for s in ledger.statements()][:2]
        same = ledger.judge("same", [one[:12], other], by=" M. Curie ", at=noon, note="one signing")
        undo = ledger.judge("undo", [same.judgement_id], by="P. Curie", at=noon.replace(hour=13))
        ledger.judge("same", [one, other], by="M. Curie", at=noon, note="one signing")
    with Ledger.open(place("a")) as ledger:
        assert list(ledger.judgements()) == [same, undo]
        assert same.about == (one, other) and same.by == "M. Curie" and same.at == noon
        assert ledger.counts()["judgements"] == 2


@pytest.mark.parametrize(
    ("verdict", "about", "given", "message"),
    [
        ("perhaps", 1, {}, "is no verdict"),
        ("wrong", 1, {"by": " "}, "needs the name"),
        ("same", 1, {}, "at least 2"),
        ("wrong", 0, {}, "at least 1"),
        ("corrected", 1, {"field": "when"}, "needs the field and its right value"),
    ],
)
def test_a_judgement_must_be_complete(
    ledger: Ledger, numbered: Make, verdict: str, about: int, given: dict[str, str], message: str
) -> None:
    ledger.add([numbered(1)])
    ids = [s.statement_id for s in ledger.statements()][:about]
    with pytest.raises(UsageError, match=message):
        ledger.judge(verdict, ids, **{"by": "A. Person", **given})  # type: ignore[arg-type]
    with pytest.raises(LedgerError, match="nothing has"):
        ledger.judge("wrong", ["zz"], by="A. Person")
    with pytest.raises(LedgerError, match="0 judgements"):
        ledger.judge("undo", ["zz"], by="A. Person")
    assert list(ledger.judgements()) == []


def test_an_interruption_in_the_middle_of_a_batch_stores_none_of_it(
    ledger: Ledger, numbered: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger.add([numbered(1)])

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr("communique.ledger.store.index_words", interrupted)
        ledger.add([numbered(2), numbered(3)])
    assert ledger.known() == {numbered(1).document.doc_id}
    assert ledger.add([numbered(2), numbered(3)]) == 2
