"""What must always hold of the whole way through, from pages to a reconciled ledger."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from communique import pipeline, reconciling
from communique.domain.load import Domain
from communique.domain.source import read_yaml
from communique.errors import InputError
from communique.exports.write import EXPORTS
from communique.ledger.standing import Standing
from communique.ledger.store import Ledger
from communique.ledger.writing import Entry
from communique.model import Page
from communique.tagging import Given, Tagger
from communique.text import Span

Build = Callable[..., pipeline.Summary]

EXAMPLES = Path(__file__).parents[1] / "examples" / "pages"
SOME = [
    path for path in sorted(EXAMPLES.iterdir()) if path.name[:2] in ("01", "03", "05", "06", "07", "18", "22")
]
"""Text, HTML, two wire copies, a page that cannot be read, records: little, but of every make."""

UNDONE: dict[str, list[str]] = read_yaml(
    Path(__file__).parent / "cases" / "undone.yaml", dict[str, list[str]]
)

SENTENCES = [
    "Norway and Finland agreed on Monday to patrol their border together.",
    "“We will not wait for the next crisis,” Norwegian Prime Minister Jonas Gahr Støre told reporters.",
    "Finland spends about 2.3 percent of its gross domestic product on defence.",
    "Around 1,500 troops took part in the exercise, which ended on March 3, 2023.",
    "Share this page",
    "SIGN UP FOR OUR NEWSLETTER",
    "Sweden’s foreign minister said that the alliance would be “stronger than ever” 🙂.",
    "Read more: What the treaty says",
    "The two leaders met in Helsinki; they also discussed Russia’s war against Ukraine.",
    "Moscow condemned the plan, and Kyiv welcomed it.",
    "OSLO, March 4 (Northgate) — Denmark will send four F-16 jets to Ukraine.",
]


@contextmanager
def new_ledger() -> Iterator[Ledger]:
    with (
        tempfile.TemporaryDirectory() as folder,
        Ledger.open(Path(folder) / "new.ledger", create=True) as ledger,
    ):
        yield ledger


def exported(ledger: Ledger) -> dict[str, bytes]:
    """Every export of a ledger, to the byte."""
    found = {}
    for what, formats in EXPORTS.items():
        format, writer = next(iter(formats.items()))
        stream = io.BytesIO()
        writer(ledger, stream)
        found[f"{what}.{format}"] = stream.getvalue()
    return found


@pytest.fixture(scope="module")
def expected(build: Build) -> dict[str, bytes]:
    """The exports of some pages, built at once, in name order, by one process."""
    with new_ledger() as ledger:
        build(SOME, ledger)
        return exported(ledger)


# --- what is stored is what was said -----------------------------------------------------------------


def test_the_examples_say_something_of_every_kind(example_ledger: Ledger) -> None:
    assert {statement.kind for statement in example_ledger.statements()} == {
        "event", "quantity", "quote", "role", "tie",
    }  # fmt: skip
    assert {fact.kind for fact in example_ledger.facts()} == {"event", "quantity", "quote", "role", "tie"}


def test_every_statement_quotes_its_page(example_ledger: Ledger) -> None:
    texts = {document.doc_id: document.text for document in example_ledger.documents()}
    for statement in example_ledger.statements():
        text = texts[statement.doc_id]
        assert text[statement.start : statement.end] == statement.quote
        assert statement.quote == statement.quote.strip() != ""
        assert statement.words is None or statement.words in text
        for actor in statement.actors:
            assert 0 <= actor.start < actor.end <= len(text)


def test_no_statement_comes_from_residue(example_ledger: Ledger) -> None:
    documents = {document.doc_id: document for document in example_ledger.documents()}
    assert any(region.label == "residue" for d in documents.values() for region in d.regions)
    for statement in example_ledger.statements():
        span = Span(statement.start, statement.end)
        for region in documents[statement.doc_id].regions:
            assert region.label != "residue" or not span.overlaps(region), statement.quote


def test_a_plain_text_page_is_stored_as_it_is(example_ledger: Ledger) -> None:
    texts = {document.path: document.text for document in example_ledger.documents()}
    for path in EXAMPLES.glob("*.txt"):
        assert texts[str(path)] == path.read_bytes().decode("utf-8")


@given(st.lists(st.one_of(st.sampled_from(SENTENCES), st.text(max_size=40)), min_size=1, max_size=12))
@settings(max_examples=40, deadline=None)
def test_any_page_at_all_is_quoted_or_refused(reader: pipeline.Reader, lines: list[str]) -> None:
    content = "\n".join(lines).encode("utf-8", "replace")
    for found in reader.entries([Page("any.txt", content, "text/plain")]):
        if isinstance(found, Entry):
            for statement in found.statements:
                assert found.document.text[statement.start : statement.end] == statement.quote


# --- the same pages give the same ledger -------------------------------------------------------------


@given(st.permutations(SOME))
@settings(max_examples=4, deadline=None)
def test_any_order_gives_the_same(build: Build, expected: dict[str, bytes], pages: list[Path]) -> None:
    with new_ledger() as ledger:
        build(pages, ledger)
        assert exported(ledger) == expected


def test_any_number_of_processes_gives_the_same(
    build: Build, expected: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "WORTH_A_POOL", 3)
    monkeypatch.setattr(pipeline, "CHUNK", 3)
    with new_ledger() as ledger, patch.object(pipeline.Reader, "entries", side_effect=AssertionError):
        assert build(SOME, ledger, jobs=2).added == len(expected["documents.jsonl"].splitlines())
        assert exported(ledger) == expected


@given(st.sets(st.sampled_from(SOME)))
@settings(max_examples=3, deadline=None)
def test_two_builds_give_what_one_gives(build: Build, expected: dict[str, bytes], first: set[Path]) -> None:
    assume(0 < len(first) < len(SOME))
    with new_ledger() as ledger:
        one = build(sorted(first), ledger)
        two = build(SOME, ledger)
        assert two.known == one.added > 0
        assert exported(ledger) == expected


def test_a_second_build_adds_and_changes_nothing(build: Build, expected: dict[str, bytes]) -> None:
    with new_ledger() as ledger:
        first = build(SOME, ledger)
        second = build(SOME, ledger)
        assert (second.added, second.known) == (0, first.read) == (0, first.added)
        assert (second.statements, second.facts) == (first.statements, first.facts)
        assert exported(ledger) == expected


def test_a_ledger_can_be_built_anew_from_its_own_pages(
    reader: pipeline.Reader, domain: Domain, build: Build, expected: dict[str, bytes]
) -> None:
    with new_ledger() as ledger, new_ledger() as anew:
        build(SOME, ledger)
        found = reader.entries(list(ledger.pages()))
        assert anew.add(e for e in found if isinstance(e, Entry)) == ledger.counts()["documents"]
        pipeline.reconcile(anew, domain)
        assert exported(anew) == expected


def test_by_other_rules_all_is_made_anew(
    domain: Domain, build: Build, expected: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    with new_ledger() as ledger:
        build(SOME, ledger)
        monkeypatch.setattr(reconciling, "_rules", lambda domain: "other")
        with patch.object(Standing, "forget", autospec=True, side_effect=Standing.forget) as forgotten:
            pipeline.reconcile(ledger, domain)
            pipeline.reconcile(ledger, domain)
        assert forgotten.call_count == 1
        assert exported(ledger) == expected


def test_a_page_about_something_else_leaves_the_facts_as_they_are(build: Build, tmp_path: Path) -> None:
    page = tmp_path / "else.txt"
    page.write_text("Harbour closed\n\nFishermen repaired their nets. Peru has 19 trawlers.\n", "utf-8")
    with new_ledger() as ledger:
        build(SOME, ledger)
        before = list(ledger.facts())
        with patch.object(Standing, "restate", autospec=True, side_effect=Standing.restate) as restated:
            build([page], ledger)
        ((_, gone, made, _),) = (call.args for call in restated.call_args_list)
        assert not gone
        assert {fact.fact_id for fact in ledger.facts()} == {fact.fact_id for fact in (*before, *made)}


def test_a_page_seen_twice_is_stored_once(build: Build, tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(f"Pact signed\n\n{SENTENCES[0]}\n", "utf-8")
    with new_ledger() as ledger:
        summary = build([tmp_path], ledger)
        assert (summary.read, summary.added, summary.known) == (2, 1, 1)
        assert [document.path for document in ledger.documents()] == [str(tmp_path / "a.txt")]


# --- what is not done is not told as done ------------------------------------------------------------


def told_as_done(reader: pipeline.Reader, sentence: str, a: str, b: str, c: str) -> set[str]:
    """The types of the events told as done that are not."""
    ((_, items),) = Tagger(reader).tag("events", [Given(1, sentence.format(A=a, B=b, C=c))])
    return {item["type"] for item in items if item["factuality"] == "actual"} - set(UNDONE[sentence])


@pytest.mark.parametrize("sentence", UNDONE)
def test_the_undone_is_never_told_as_done(reader: pipeline.Reader, sentence: str) -> None:
    assert not told_as_done(reader, sentence, "Norway", "Kenya", "Brazil")


@given(st.sampled_from(sorted(UNDONE)), st.data())
@settings(max_examples=20, deadline=None)
def test_the_undone_is_never_told_as_done_of_any_state(
    reader: pipeline.Reader, domain: Domain, sentence: str, data: st.DataObject
) -> None:
    names = sorted(state.name for state in domain.states.values())
    a, b, c = data.draw(st.lists(st.sampled_from(names), min_size=3, max_size=3, unique=True))
    assert not told_as_done(reader, sentence, a, b, c)


def test_most_of_the_undone_is_found(reader: pipeline.Reader) -> None:
    """So that silence does not pass for caution."""
    lines = [Given(n, text.format(A="Norway", B="Kenya", C="Brazil")) for n, text in enumerate(UNDONE)]
    found = [line for line, items in Tagger(reader).tag("events", lines) if items]
    assert len(found) >= 0.8 * len(lines)


# --- origins and disagreements -----------------------------------------------------------------------


def test_copies_of_one_text_are_one_origin(build: Build) -> None:
    copies = [path for path in EXAMPLES.iterdir() if path.name[:2] in ("05", "06", "08")]
    with new_ledger() as ledger:
        build(copies, ledger)
        (family,) = ledger.families()
        assert len(family.doc_ids) == 3
        shared = [fact for fact in ledger.facts() if len(fact.statement_ids) >= 3]
        assert shared
        told = {s.statement_id: s for s in ledger.statements()}
        own = {s.origin for s in told.values()}
        for fact in shared:
            assert len({told[i].doc_id for i in fact.statement_ids}) > 1
            assert len(fact.origins) == len({told[i].origin for i in fact.statement_ids}) <= len(own)


def test_a_disagreement_keeps_its_sides(example_ledger: Ledger) -> None:
    told = {statement.statement_id for statement in example_ledger.statements()}
    found = list(example_ledger.disagreements())
    assert found, "the examples differ on purpose"
    for one in found:
        assert len(one.sides) >= 2
        assert len({side.value for side in one.sides}) == len(one.sides)
        assert all(side.statement_ids and told.issuperset(side.statement_ids) for side in one.sides)
        assert example_ledger.fact(one.fact_id).statement_ids


# --- whatever happens, what was stored stays ---------------------------------------------------------


@given(st.integers(1, 5))
@settings(max_examples=3, deadline=None)
def test_an_interrupted_build_leaves_a_good_ledger(
    build: Build, expected: dict[str, bytes], moment: int
) -> None:
    stored: list[int] = []

    def interrupt(summary: pipeline.Summary) -> None:
        stored.append(summary.added)
        if len(stored) == moment:
            raise KeyboardInterrupt

    with (
        tempfile.TemporaryDirectory() as folder,
        patch.object(pipeline, "CHUNK", 2),
    ):
        path = Path(folder) / "cut.ledger"
        with Ledger.open(path, create=True) as ledger, pytest.raises(KeyboardInterrupt):
            build(SOME, ledger, progress=interrupt)
        with Ledger.open(path) as ledger:
            assert len(list(ledger.documents())) == stored[-1] > 0
            summary = build(SOME, ledger)
            assert summary.known == stored[-1]
            assert exported(ledger) == expected


def test_bad_input_is_told_and_the_rest_is_stored(
    build: Build, expected: dict[str, bytes], tmp_path: Path
) -> None:
    bad = {
        "empty.txt": b"",
        "blank.html": b"<html><body></body></html>",
        "picture.html": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
        "cut.warc.gz": (EXAMPLES / "23-archive.warc.gz").read_bytes()[:40],
    }
    for name, content in bad.items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "nothing").mkdir()
    inputs = [*(tmp_path / name for name in bad), tmp_path / "nothing", tmp_path / "missing.txt", *SOME]
    with new_ledger() as ledger:
        summary = build(inputs, ledger)
        told = [problem.path for problem in summary.problems]
        for name in (*bad, "nothing", "missing.txt"):
            assert str(tmp_path / name) in told
        assert all(problem.message for problem in summary.problems)
        assert exported(ledger) == expected
        assert {str(problem) for problem in summary.problems} == {
            str(problem) for problem in ledger.problems()
        }


def test_nothing_but_bad_input_is_an_error(build: Build, tmp_path: Path) -> None:
    with new_ledger() as ledger, pytest.raises(InputError, match="missing"):
        build([tmp_path / "missing.txt"], ledger)
