from __future__ import annotations

from dataclasses import replace
from typing import Any

from communique.model import Family
from communique.reconcile.origins import origins, voiced


def test_the_agency_speaks_before_the_publisher(news: Any) -> None:
    page = news.page("a1", publisher="herald", agency="Reuters")
    assert origins([page], [], {}) == {"a1": "Reuters"}


def test_a_copy_of_a_credited_text_is_the_agencys(news: Any) -> None:
    pages = [news.page("a1", publisher="herald"), news.page("a2", publisher="star", agency="AFP")]
    assert origins(pages, [Family("f", ("a1", "a2"), "a1")], {}) == {"a1": "AFP", "a2": "AFP"}


def test_an_uncredited_text_is_the_voice_of_who_printed_it_first(news: Any) -> None:
    pages = [
        news.page("a1", "2024-05-03", publisher="star"),
        news.page("a2", "2024-05-02", publisher="herald"),
        news.page("a3", publisher=None),
    ]
    family = Family("f", ("a1", "a2", "a3"), "a1")
    assert set(origins(pages, [family], {}).values()) == {"herald"}


def test_publishers_of_one_group_are_one_voice(news: Any) -> None:
    pages = [news.page("a1", publisher="herald"), news.page("a2", publisher="sunday-herald")]
    groups = {"herald": "Herald Group", "sunday-herald": "Herald Group", "star": None}
    assert set(origins(pages, [], groups).values()) == {"Herald Group"}


def test_unknown_publishers_of_two_texts_are_two_voices(news: Any) -> None:
    pages = [news.page("aaaaaaaaaa"), news.page("bbbbbbbbbb"), news.page("cccccccccc")]
    family = Family("f", ("bbbbbbbbbb", "cccccccccc"), "bbbbbbbbbb")
    assert origins(pages, [family], {}) == {
        "aaaaaaaaaa": "page aaaaaaaa",
        "bbbbbbbbbb": "page bbbbbbbb",
        "cccccccccc": "page bbbbbbbb",
    }


def test_a_voice_named_in_the_text_wins(news: Any) -> None:
    plain = news.role("a1", "ana-silva/PRT", "Defence Minister", "PRT")
    relayed = replace(plain, start=900, origin="Lusa")
    assert [s.origin for s in voiced([plain, relayed], {"a1": "herald"})] == ["herald", "Lusa"]
    assert voiced([plain], {})[0].origin == "page a1"
