"""Search: every line of cases/search.yaml, and what no query may do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from benchmarks.search import QUERIES, fill
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.postgresql_server import Server

from communique.domain.schema import Entry as Case
from communique.domain.source import read_yaml
from communique.errors import UsageError
from communique.ledger.query import MOST_TERMS
from communique.ledger.search import SNIPPET, search
from communique.ledger.store import Ledger
from communique.ledger.writing import Entry
from communique.model import Fact, Interval, Participant
from communique.text import Region, Span

Make = Callable[..., Entry]


class SearchCase(Case):
    query: str
    finds: tuple[str, ...] | None = None
    count: int | None = None
    marks: tuple[str, ...] | None = None
    error: str | None = None


CASES: list[SearchCase] = read_yaml(Path(__file__).parent.parent / "cases" / "search.yaml", list[SearchCase])


def day(year: int, month: int, number: int) -> Interval:
    return Interval(date(year, month, number), date(year, month, number))


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def filled(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, entry: Make
) -> Iterator[Ledger]:
    if request.param == "sqlite":
        path = str(tmp_path_factory.mktemp("search") / "pages.ledger")
    else:
        server: Server = request.getfixturevalue("server")
        path = server.address(server.new_schema())
    frigate = "Britain will send a frigate to the Pacific next year."
    exercise = "Japan and Australia held a joint exercise in Darwin on Friday."
    missiles = "Japan plans to spend 12 billion dollars on missiles by 2027."
    with Ledger.open(path, create=True) as ledger:
        ledger.add(
            [
                entry(
                    "a.txt",
                    f"{frigate}\nThey met at the Café Ōsaka. It was late.",
                    [
                        (frigate, {"type": "DEPLOY", "actors": "GBR", "factuality": "planned"}),
                        ("They met at the Café Ōsaka.", {"type": "CONSULT", "actors": "JPN"}),
                    ],
                    title="Frigates for the Pacific",
                ),
                entry(
                    "b.txt",
                    f"{exercise} The U.S. Navy and others watched. {missiles}",
                    [
                        (exercise, {"type": "COOPERATE", "actors": "JPN AUS", "when": day(2023, 3, 3)}),
                        (
                            missiles,
                            {
                                "kind": "quantity",
                                "type": None,
                                "actors": "JPN",
                                "factuality": "planned",
                                "when": Interval(date(2027, 1, 1), date(2027, 12, 31), "year"),
                            },
                        ),
                    ],
                    title="Drills and money",
                    agency="ap",
                    publisher=None,
                    published=(date(2023, 3, 4), date(2023, 3, 4)),
                ),
                entry(
                    "c.txt",
                    "Nobody was deployed, the ministry said. AND a stray word.",
                    [
                        (
                            "Nobody was deployed, the ministry said.",
                            {"kind": "quote", "type": None, "actors": "KOR", "factuality": "denied"},
                        )
                    ],
                    title="A denial",
                    publisher="The Daily Post",
                    published=(date(2023, 6, 1), date(2023, 6, 30)),
                ),
            ]
        )
        yield ledger


@pytest.mark.parametrize("case", CASES, ids=[case.query or "empty" for case in CASES])
def test_case(filled: Ledger, case: SearchCase) -> None:
    if case.error is not None:
        with pytest.raises(UsageError) as caught:
            search(filled, case.query)
        assert case.error in str(caught.value) and "\n" not in str(caught.value)
        return
    hits = search(filled, case.query)
    if case.finds is not None:
        assert sorted(hit.snippet for hit in hits) == sorted(case.finds)
    if case.count is not None:
        assert len(hits) == case.count, [hit.snippet for hit in hits]
    if case.marks is not None:
        assert sorted(m.of(hit.snippet) for hit in hits for m in hit.marks) == sorted(case.marks)


PIECES = [
    "a",
    "missile",
    *"\"*-():^+,;'",
    "--",
    "OR",
    "AND",
    "NOT",
    "NEAR(a",
    "b)",
    "{x}",
    "words:",
    "or 1=1",
]
PIECES += [
    "kind:event",
    "actor:JPN",
    "since:2023",
    "until:2023",
    "-kind:quote",
    "stretch_index:a",
    "\x00",
    "\ud800",
]


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(max_size=40)
    | st.lists(
        st.sampled_from(PIECES),
        max_size=8,
    ).map(" ".join)
)
@example('"a" NEAR "b"')
@example("a" * 5000)
def test_any_query_is_answered_or_refused(filled: Ledger, query: str) -> None:
    try:
        hits = search(filled, query)
    except UsageError as error:
        assert "\n" not in str(error)
        return
    for hit in hits:
        text = filled.document(hit.doc_id).text
        assert hit.span is None or hit.span.of(text) == hit.snippet
        assert all(0 <= mark.start < mark.end <= len(hit.snippet) for mark in hit.marks)


def test_too_much_is_refused(filled: Ledger) -> None:
    assert search(filled, " OR ".join(["missile"] * MOST_TERMS))
    with pytest.raises(UsageError, match="at most 64"):
        search(filled, "missile " * (MOST_TERMS + 1))


def test_a_sentence_is_shown_once_with_its_surest_statement(ledger: Ledger, entry: Make) -> None:
    said = "Japan and Britain agreed on a treaty."
    made = entry(
        "a", f"{said} More followed.", [(said, {"score": 0.4}), (said, {"type": "SUPPORT", "score": 0.8})]
    )
    ledger.add([made])
    surest = made.statements[1].statement_id
    ledger.set_reconciled([], [], [Fact("f", "event", "SUPPORT", "x", (surest,), (), None, "actual")], [], {})
    (hit,) = search(ledger, "treaty")
    assert (hit.snippet, hit.statement_id, hit.fact_id) == (said, surest, "f")
    assert len(search(ledger, "treaty kind:event")) == 2
    (hit,) = search(ledger, "followed")
    assert hit.statement_id is None and hit.snippet == f"{said} More followed."


def test_a_title_beside_the_text_is_found(ledger: Ledger, entry: Make) -> None:
    made = entry("a", "Nothing of it below.")
    body = tuple(region for region in made.document.regions if region.label == "body")
    document = replace(made.document, title="A summit of three", regions=body)
    ledger.add([replace(made, document=document)])
    (hit,) = search(ledger, "summit")
    assert hit.snippet == "A summit of three" and hit.span is None and hit.marks == (Span(2, 8),)


def test_what_was_not_divided_into_regions_is_found(ledger: Ledger, entry: Make) -> None:
    made = entry("a", "Une page en français sur les missiles.")
    ledger.add([replace(made, document=replace(made.document, regions=(), title=None))])
    assert [hit.snippet for hit in search(ledger, "francais")] == ["Une page en français sur les missiles."]


def test_residue_is_not_searched(ledger: Ledger, entry: Make) -> None:
    made = entry("a", "Japan signed.\nSubscribe to our newsletter")
    text = made.document.text
    at = text.index("Subscribe")
    regions = (Region(12, at, "body"), Region(at, len(text), "residue"))
    ledger.add([replace(made, document=replace(made.document, regions=regions))])
    assert search(ledger, "newsletter") == [] and len(search(ledger, "signed")) == 1


def test_a_long_line_is_cut_about_the_words(ledger: Ledger, entry: Make) -> None:
    filler = "It went on and on without an end in sight. " * 200
    made = entry("a", f"{filler}Then a submarine surfaced near the port. {filler}" + "x" * 3000 + " corvette")
    ledger.add([made])
    for word in ("submarine", "corvette"):
        (hit,) = search(ledger, word)
        assert len(hit.snippet) <= SNIPPET and [m.of(hit.snippet) for m in hit.marks] == [word]
        assert hit.span is not None and hit.span.of(made.document.text) == hit.snippet


def test_marks_are_right_beyond_ascii_and_with_the_marker_in_the_page(ledger: Ledger, entry: Make) -> None:
    ledger.add([entry("a", "日本 🇯🇵 𝔘𝔫𝔦 a treaty"), entry("b", "\ue000 a treaty \ue001 of sorts")])
    marks = {hit.snippet: [m.of(hit.snippet) for m in hit.marks] for hit in search(ledger, "treaty")}
    assert marks == {"日本 🇯🇵 𝔘𝔫𝔦 a treaty": ["treaty"], "\ue000 a treaty \ue001 of sorts": ["treaty"]}


def test_the_best_comes_first_in_any_order_of_pages(place: Callable[[str], str], numbered: Make) -> None:
    entries = [numbered(n) for n in range(6)]
    answers = []
    for name, order in (("a", entries), ("b", entries[::-1])):
        with Ledger.open(place(name), create=True) as ledger:
            for entry in order:
                ledger.add([entry])
            answers.append([search(ledger, q, 5) for q in ("paper", "signed London", "kind:event", "3-1")])
            assert search(ledger, "paper", 0) == []
    assert answers[0] == answers[1]
    ranks = [hit.rank for hit in answers[0][0]]
    assert len(ranks) == 5 and ranks == sorted(ranks)


def test_a_person_is_found_by_the_state_and_the_name(ledger: Ledger, entry: Make) -> None:
    made = entry("a", "She spoke.", [("She spoke.", {})])
    person = Participant("speaker", "a-minister", "The Minister", "person", "GBR", 0, 3)
    ledger.add([replace(made, statements=[replace(made.statements[0], actors=(person,))])])
    for value in ("GBR", "a-minister", '"the minister"'):
        assert len(search(ledger, f"actor:{value}")) == 1
    assert search(ledger, "actor:JPN") == []


def test_every_database_finds_as_much(tmp_path: Path, schema: Callable[[str], str]) -> None:
    found = []
    for location in (str(tmp_path / "a.ledger"), schema("a")):
        with Ledger.open(location, create=True) as ledger:
            fill(ledger, 240)
            hits = {query: search(ledger, query, 1000) for query in QUERIES.values()}
            # Each ranks in its own way.
            found.append({q: sorted(f"{hit.snippet} {hit.marks}" for hit in hits[q]) for q in hits})
    assert found[0] == found[1] and sum(map(len, found[0].values())) > 200
