"""`check` finds every mistake of the domain data, in a folder made for each case."""

from pathlib import Path

import pytest

from communique.domain import check as checking
from communique.domain.check import check
from communique.domain.load import Domain
from communique.domain.source import DATA

GOOD = {
    "states.yaml": """
NOR: {name: Norway, official: Kingdom of Norway, demonyms: [Norwegian],
  capital: Oslo, seats: [Oslo], currency: NOK}
SWE: {name: Sweden, official: Kingdom of Sweden, demonyms: [Swede], capital: Stockholm, seats: [Stockholm]}
""",
    "organs.yaml": """
storting: {name: Storting, state: NOR, kind: legislature}
riksdag: {name: Riksdag, state: SWE, kind: legislature, weak: [Parliament]}
""",
    "bodies.yaml": """
NC:
  name: Nordic Council
  kind: organisation
  members:
    - {state: NOR, since: 1952, reference: r}
    - {state: SWE, since: 1952, reference: r}
    - {state: NOR, role: presides, since: 2022, until: 2022, reference: r}
    - {state: SWE, role: presides, since: 2023, until: 2023, reference: r}
""",
    "agreements.yaml": """
pact: {name: Fjord Pact, kind: cooperation, parties: [NOR, SWE], signed: 2020-03, in_force: 2021,
  reference: r}
""",
    "capabilities.yaml": "nsm: {name: Naval Strike Missile, kind: missile, states: [NOR]}\n",
    "publishers.yaml": """
fjord-post: {name: Fjord Post, kind: newspaper, country: NOR, domains: [fjordpost.example]}
""",
    "people/nordic.yaml": """
people:
  kari-berg: {name: Kari Berg, family: Berg, state: NOR}
  ola-dal: {name: Ola Dal, family: Dal, state: NOR, died: 2022-05-01}
offices:
  premier:
    of: NOR
    role: head_of_government
    titles: [Prime Minister]
    holders:
      - {person: ola-dal, since: 2013-10-16, until: 2021-10-14, reference: r}
      - {person: kari-berg, since: 2021-10-14, reference: r}
""",
}


def folder(root: Path, **changed: str | None) -> Domain:
    """A sound folder, but for the files given (by stem; None leaves the file out)."""
    for name, text in GOOD.items():
        text = changed.get(Path(name).stem, text)
        if text is not None:
            path = root / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(text.lstrip("\n"), "utf-8")
    return Domain((root,))


@pytest.fixture(autouse=True)
def _no_lexicons(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """The small folders hold no lexicon files, so that nothing is asked of the lexicons here."""
    if "lexicon" not in request.node.name:
        monkeypatch.setattr(checking, "_lexicon_problems", lambda domain: iter(()))


def told(domain: Domain) -> list[str]:
    return [str(problem).replace(f"{domain.folders[0]}/", "") for problem in check(domain)]


def test_a_sound_folder_has_no_problem(tmp_path: Path) -> None:
    assert told(folder(tmp_path)) == []


def test_a_missing_file_is_one_problem_and_makes_nothing_unknown(tmp_path: Path) -> None:
    assert told(folder(tmp_path, states=None)) == ["states.yaml: is missing"]


def test_missing_people_are_told(tmp_path: Path) -> None:
    assert told(folder(tmp_path, nordic=None)) == ["people/*.yaml: is missing"]


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    sound = folder(tmp_path)
    assert told(Domain((*sound.folders, tmp_path / "own"))) == ["own: is not a folder; check the path"]


def test_one_broken_file_hides_nothing_of_the_others(tmp_path: Path) -> None:
    found = told(
        folder(
            tmp_path,
            states="NOR: {name: Norway\n",
            organs="thing: {name: Thing, state: DNK, kind: parliament}\n",
            publishers="""
a: {name: A, kind: site, domains: [one.example]}
b: {name: B, kind: site, domains: [one.example]}
""",
        )
    )
    assert len(found) == 3
    assert found[0].startswith("organs.yaml:1: thing.kind: input should be 'government', 'residence'")
    assert found[1] == "publishers.yaml:2: b.domains.0: domain one.example is also that of a"
    assert found[2].startswith("states.yaml:2: is not YAML")


def test_keys_have_the_shape_of_their_table(tmp_path: Path) -> None:
    found = told(folder(tmp_path, organs="The_Storting: {name: Storting, state: NOR, kind: legislature}\n"))
    assert len(found) == 1
    assert found[0].startswith("organs.yaml:1: The_Storting")


@pytest.mark.parametrize(
    ("stem", "old", "new", "expected"),
    [
        ("organs", "state: NOR", "state: NRW", "1: storting.state: state NRW is not known"),
        ("bodies", "SWE, since", "SVE, since", "6: NC.members.1.state: state SVE is not known"),
        ("nordic", "Dal, state: NOR", "Dal, state: NRW", "3: people.ola-dal.state: state NRW is not known"),
        ("publishers", "NOR", "NRW", "1: fjord-post.country: state NRW is not known"),
        ("agreements", "SWE", "UNI", "1: pact.parties.1: party UNI is neither a state nor a body known"),
        ("capabilities", "NOR", "NRW", "1: nsm.states.0: NRW is neither a state nor a body known"),
        ("nordic", "of: NOR", "of: NRW", "6: offices.premier.of: NRW is no state, body or organ known"),
        ("nordic", "n: kari-", "n: ", "11: offices.premier.holders.1.person: person berg is not known"),
    ],
)  # fmt: skip
def test_what_nothing_answers_to(tmp_path: Path, stem: str, old: str, new: str, expected: str) -> None:
    good = next(text for name, text in GOOD.items() if Path(name).stem == stem)
    assert old in good
    path = "people/nordic.yaml" if stem == "nordic" else f"{stem}.yaml"
    assert told(folder(tmp_path, **{stem: good.replace(old, new, 1)})) == [f"{path}:{expected}"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("NOK", "NKR", "2: NOR.currency: NKR is not an ISO 4217 currency code"),
        ("seats: [Oslo]", "seats: []", "2: NOR.seats: has no seat; name at least the seat of its government"),
        ("[Norwegian]", "[]", "1: NOR.demonyms: has no demonym"),
        (
            "Kingdom of Norway",
            "Sweden",
            "3: SWE: strong name 'Sweden' is also that of NOR; make it weak in one, or drop it",
        ),
    ],
)
def test_states(tmp_path: Path, old: str, new: str, expected: str) -> None:
    found = told(folder(tmp_path, states=GOOD["states.yaml"].replace(old, new, 1)))
    assert found == [f"states.yaml:{expected}"]


def test_state_codes_are_those_of_iso_3166(tmp_path: Path) -> None:
    more = "{name: %s, official: %s, demonyms: [D], capital: C, seats: [C]}\n"
    states = GOOD["states.yaml"] + "ZZZ: " + more % ("Zed", "Zed") + "XKX: " + more % ("Kosovo", "Kosovo")
    assert told(folder(tmp_path, states=states)) == ["states.yaml:4: ZZZ: is not an ISO 3166 alpha-3 code"]


@pytest.mark.parametrize(
    ("until", "since", "acting", "sound"),
    [
        ("2021-10-14", "2021-10-14", "false", True),
        ("2021-10-13", "2021-10-14", "false", True),
        ("2021-10-15", "2021-10-14", "false", False),
        ("2021-10-15", "2021-10-14", "true", True),
        ("2021-10", "2021-10-14", "false", True),
        ("2021-10-20", "2021-10", "false", True),
        ("2021", "2021", "false", True),
        ("2021-10-31", "2021-10-01", "false", False),
        ("2021-11", "2021-10", "false", False),
    ],
)
def test_one_office_has_one_holder(tmp_path: Path, until: str, since: str, acting: str, sound: bool) -> None:
    nordic = GOOD["people/nordic.yaml"]
    nordic = nordic.replace("until: 2021-10-14", f"until: {until}")
    nordic = nordic.replace("since: 2021-10-14", f"since: {since}, acting: {acting}")
    found = told(folder(tmp_path, nordic=nordic))
    assert (found == []) is sound
    if not sound:
        assert found[0].startswith("people/nordic.yaml:11: offices.premier.holders.1: kari-berg since 2021-")
        assert "overlaps ola-dal until 2021-" in found[0]


def test_an_open_spell_overlaps_all_that_follow(tmp_path: Path) -> None:
    nordic = GOOD["people/nordic.yaml"].replace(", until: 2021-10-14", "")
    found = told(folder(tmp_path, nordic=nordic))
    assert found == [
        "people/nordic.yaml:10: offices.premier.holders.0: ola-dal died on 2022-05-01, before the end",
        "people/nordic.yaml:11: offices.premier.holders.1: "
        "kari-berg since 2021-10-14 overlaps ola-dal until now",
    ]


def test_holders_stand_oldest_first(tmp_path: Path) -> None:
    lines = GOOD["people/nordic.yaml"].rstrip("\n").split("\n")
    nordic = "\n".join([*lines[:-2], lines[-1], lines[-2]])
    assert told(folder(tmp_path, nordic=nordic)) == [
        "people/nordic.yaml:11: offices.premier.holders.1: "
        "since 2013-10-16 is listed after 2021-10-14; list the oldest first"
    ]


def test_one_chair_at_a_time(tmp_path: Path) -> None:
    bodies = GOOD["bodies.yaml"].replace("since: 2023", "since: 2022-07")
    assert told(folder(tmp_path, bodies=bodies)) == [
        "bodies.yaml:8: NC.members.3: SWE since 2022-07-01 overlaps NOR until 2022-12-31 (presides)"
    ]


def test_one_membership_at_a_time(tmp_path: Path) -> None:
    bodies = GOOD["bodies.yaml"].replace("state: SWE, since: 1952", "state: NOR, since: 1955")
    assert told(folder(tmp_path, bodies=bodies)) == [
        "bodies.yaml:6: NC.members.1: NOR since 1955-01-01 overlaps NOR until now (member)"
    ]


def test_a_strong_name_has_one_owner_over_all_tables(tmp_path: Path) -> None:
    nordic = GOOD["people/nordic.yaml"].replace("family: Berg", "family: Berg, also: [Nordic Council, Dal]")
    assert told(folder(tmp_path, nordic=nordic)) == [
        "people/nordic.yaml:2: people.kari-berg: "
        "strong name 'Nordic Council' is also that of NC; make it weak in one, or drop it"
    ]


@pytest.mark.parametrize(
    ("other", "sound"),
    [
        ("{name: Ola Dal, family: Dal, state: SWE}", True),
        ("{name: Ola Dal, family: Dal, state: NOR, born: 1950-01-02}", True),
        ("{name: Ola Dal, family: Dal, state: NOR, born: 1961}", False),
        ("{name: Ola Dal, family: Dal, state: NOR}", False),
    ],
)
def test_people_of_one_name_are_told_apart(tmp_path: Path, other: str, sound: bool) -> None:
    nordic = GOOD["people/nordic.yaml"].replace("died", "born: 1961, died")
    nordic = nordic.replace("offices:", f"  ola-dal-general: {other}\noffices:")
    found = told(folder(tmp_path, nordic=nordic))
    assert (found == []) is sound


def test_weak_names_may_be_shared(tmp_path: Path) -> None:
    organs = GOOD["organs.yaml"].replace(
        "kind: legislature}", "kind: legislature, weak: [Storting, Parliament]}", 1
    )
    organs += "other: {name: Storting, state: SWE, kind: legislature}\n"
    assert told(folder(tmp_path, organs=organs)) == []


def test_names_given_twice(tmp_path: Path) -> None:
    organs = GOOD["organs.yaml"].replace("weak: [Parliament]", "strong: [Riksdag, House], weak: [House]")
    assert told(folder(tmp_path, organs=organs)) == [
        "organs.yaml:2: riksdag.strong: name 'Riksdag' is given twice",
        "organs.yaml:2: riksdag.weak: name 'House' is given twice",
    ]


def test_agreements_begin_before_they_end(tmp_path: Path) -> None:
    agreements = GOOD["agreements.yaml"].replace("in_force: 2021", "in_force: 2019, ended: 2018")
    assert told(folder(tmp_path, agreements=agreements)) == [
        "agreements.yaml:1: pact.ended: ends before it begins",
        "agreements.yaml:1: pact.in_force: is in force before it is signed",
    ]


def test_a_person_stands_in_one_file_of_a_folder(tmp_path: Path) -> None:
    domain = folder(tmp_path)
    again = "people:\n  ola-dal: {name: Ola Dal, family: Dal}\noffices: {}\n"
    (tmp_path / "people" / "other.yaml").write_text(again, "utf-8")
    (found,) = told(domain)
    assert found.startswith("people/other.yaml:2: people.ola-dal: stands in ")


def test_a_folder_of_ones_own_may_replace_entries(tmp_path: Path) -> None:
    (tmp_path / "given").mkdir()
    own = tmp_path / "own" / "people"
    own.mkdir(parents=True)
    domain = folder(tmp_path / "given")
    own.joinpath("mine.yaml").write_text(
        "people:\n  ola-dal: {name: Ola Dal, family: Dal}\noffices: {}\n", "utf-8"
    )
    assert check(Domain((*domain.folders, tmp_path / "own"))) == []


def test_files_no_table_reads_must_be_yaml_too(tmp_path: Path) -> None:
    domain = folder(tmp_path)
    (tmp_path / "cues.yaml").write_text("a: 1\na: 2\n", "utf-8")
    assert told(domain) == ["cues.yaml:2: key 'a' stands twice"]


def test_lexicons_are_asked(tmp_path: Path) -> None:
    """Every lexicon that reads its file through the domain misses it in a folder without."""
    assert "names.yaml: is missing" in told(folder(tmp_path))


def test_a_broken_lexicon_is_told_once(tmp_path: Path) -> None:
    (tmp_path / "names.yaml").write_text("titles: {}\ntitles: {}\n", "utf-8")
    found = told(folder(tmp_path))
    assert found.count("names.yaml:2: key 'titles' stands twice") == 1


def test_the_built_in_world_has_no_problem() -> None:
    assert [str(problem) for problem in check(Domain((DATA,)))] == []
