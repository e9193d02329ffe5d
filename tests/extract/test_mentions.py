"""Names and titles as they stand in a text, before it is decided whom they mean."""

from __future__ import annotations

import pytest

from communique.model import Candidate, Title
from communique.pipeline import Reader


def candidates(reader: Reader, text: str) -> dict[str, Candidate]:
    parsed = reader.parser.parse_text(text)
    docs = [passage.doc for passage in parsed.passages]
    return {docs[c.passage][c.first : c.last].text: c for c in reader.gazetteer.candidates(parsed)}


def titles(reader: Reader, text: str) -> list[tuple[str, str, bool]]:
    parsed = reader.parser.parse_text(text)
    docs = [passage.doc for passage in parsed.passages]

    def words(title: Title) -> str:
        return docs[title.passage][title.first : title.last].text

    return [(words(t), t.role, t.former) for t in reader.gazetteer.titles(parsed)]


@pytest.mark.parametrize(
    ("text", "name", "table", "entry"),
    [
        ("Tokyo agreed.", "Tokyo", "states", "JPN"),
        ("The Chinese agreed.", "Chinese", "states", "CHN"),
        ("CHINA AND INDIA AGREE", "INDIA", "states", "IND"),
        ("The U.N. Security Council met.", "U.N. Security Council", "bodies", "UNSC"),
        ("Côte d’Ivoire voted.", "Côte d’Ivoire", "states", "CIV"),
        ("The Pentagon replied.", "Pentagon", "organs", "pentagon"),
        ("MODI, Narendra, came.", "MODI, Narendra", "people", "narendra-modi"),
        ("The Bank of Lagos lent it.", "Bank of Lagos", "organisation", "Bank of Lagos"),
    ],
)
def test_names_are_found(reader: Reader, text: str, name: str, table: str, entry: str) -> None:
    found = candidates(reader, text)
    assert name in found, found
    assert (found[name].table, found[name].ids) == (table, (entry,))


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("It flew over the South China Sea.", "China"),
        ("The USS George Washington sailed.", "Washington"),
        ("The exercise named Steel Lantern began.", "Steel Lantern"),
        ("The Minsk agreements failed.", "Minsk"),
        ("He studied at the University of Warsaw.", "Warsaw"),
        ("The Defence Minister came.", "Defence"),
    ],
)
def test_what_only_looks_like_an_actor_is_none(reader: Reader, text: str, absent: str) -> None:
    assert absent not in candidates(reader, text)


def test_the_longest_name_wins(reader: Reader) -> None:
    found = candidates(reader, "South Korea's Joint Chiefs of Staff met the U.S. Marine Corps.")
    assert {"South Korea's Joint Chiefs of Staff", "U.S. Marine Corps"} <= set(found)
    assert "South Korea" not in found


def test_a_name_shared_by_several_has_all_of_them(reader: Reader) -> None:
    assert candidates(reader, "Congo agreed.")["Congo"].ids == ("COD", "COG")
    assert len(candidates(reader, "Ferdinand Marcos came.")["Ferdinand Marcos"].ids) == 2


def test_a_text_comes_back_to_those_it_found(reader: Reader) -> None:
    found = candidates(
        reader, "Envoy Lena Orrin met the Polar Treaty Institute (PTI).\nOrrin and PTI agreed."
    )
    assert found["Lena Orrin"].table == found["Orrin"].table == "person"
    assert found["Polar Treaty Institute"].table == "organisation"


@pytest.mark.parametrize(
    ("text", "title", "role", "former"),
    [
        ("Prime Minister Modi came.", "Prime Minister", "head_of_government", False),
        ("Then-Foreign Minister Taro Kono came.", "Foreign Minister", "foreign", True),
        ("Late President Jacques Chirac is missed.", "President", "head_of_state", True),
        ("The defense minister at the time, Nobuo Kishi, came.", "defense minister", "defence", True),
        ("Presidents Macron and Biden met.", "Presidents", "head_of_state", False),
        ("President-elect Petr Pavel came.", "President-elect", "other", False),
        ("Gen. Mark Milley came.", "Gen.", "rank", False),
        ("Ms. Meloni came.", "Ms.", "honorific", False),
    ],
)
def test_titles(reader: Reader, text: str, title: str, role: str, former: bool) -> None:
    assert (title, role, former) in titles(reader, text)


def test_words_that_are_no_titles(reader: Reader) -> None:
    assert titles(reader, "A major exercise and a general strike began.") == []
