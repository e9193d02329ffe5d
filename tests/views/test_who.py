"""Who is named that the domain data lack, and who that may be."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from communique.domain.load import Domain
from communique.errors import UsageError
from communique.ledger.store import Ledger
from communique.model import Actor
from communique.views.html import as_html
from communique.views.likeness import Likenesses, Named
from communique.views.markdown import as_markdown
from communique.views.page import Section, View
from communique.views.records import as_json
from communique.views.selection import Material, Selection
from communique.views.terminal import as_text
from communique.views.who import who

SPOKE = "“We shall see,” envoy Ada Virta said."
LEFT = "Virta left for Turku, and she will not return."
WROTE = "“It is done,” Ada Wirta wrote."
AGENCY = "The Harbour Board met the envoy."


@pytest.fixture
def ledger(maker: Any, empty: Ledger) -> Ledger:
    """An envoy under two names, a board, and states."""
    quote = {"kind": "quote", "type": None}
    maker.page(
        "pages/1.txt",
        f"{SPOKE}\n{LEFT}\n{AGENCY}",
        ("spoke", SPOKE, {**quote, "actors": "ada-virta"}),
        ("left", LEFT, {"actors": "actor:ada-virta recipient:FIN"}),
        (
            "envoy",
            "envoy Ada Virta",
            {"kind": "role", "type": None, "office": "envoy", "actors": "holder:ada-virta of:FIN"},
        ),
        ("board", AGENCY, {"actors": "actor:harbour-board"}),
    )
    maker.page("pages/2.txt", WROTE, ("wrote", WROTE, {**quote, "actors": "ada-wirta"}))
    place(maker, SPOKE, "Ada Virta")
    place(maker, LEFT, "Virta")
    place(maker, "envoy Ada Virta", "Ada Virta")
    place(maker, AGENCY, "The Harbour Board", kind="organisation", name="The Harbour Board", state=None)
    place(maker, WROTE, "Ada Wirta", state=None)
    maker.store(empty)
    return empty


def place(maker: Any, quote: str, form: str, **changed: Any) -> None:
    """Puts the first actor of a statement where it is named."""
    for entry in maker.entries:
        for at, one in enumerate(entry.statements):
            if one.quote != quote:
                continue
            start = entry.document.text.index(form, one.start)
            first = {"start": start, "end": start + len(form), "name": form, **changed}
            moved = replace(one, actors=(replace(one.actors[0], **first), *one.actors[1:]))
            statements = (*entry.statements[:at], moved, *entry.statements[at + 1 :])
            maker.entries[maker.entries.index(entry)] = replace(entry, statements=statements)
            for said in maker.told.values():
                said[:] = [moved if other is one else other for other in said]
            return
    raise AssertionError(quote)


def shown(ledger: Ledger, domain: Domain, *names: str, known: bool = False, all: bool = False) -> View:
    return who(Material(ledger, Selection(all=all), domain), names, known=known)


def ids(view: View) -> list[str]:
    return [told(section)["id"] for section in view.sections if section.lines]


def told(section: Section) -> dict[str, str]:
    return {line.what: line.value for line in section.lines}


def test_those_the_data_lack_come_by_how_much_depends_on_them(ledger: Ledger, domain: Domain) -> None:
    view = shown(ledger, domain)
    assert ids(view) == ["ada-virta", "ada-wirta", "harbour-board"]
    assert view.about[0] == "4 actors: 3 not in the domain data, 0 unsure"
    assert view.sections[0].note == "3 facts, 3 statements; not in the domain data"
    assert ids(shown(ledger, domain, known=True)) == ["ada-virta", "FIN", "ada-wirta", "harbour-board"]


def test_an_actor_is_told_with_forms_roles_pages_and_words(ledger: Ledger, domain: Domain) -> None:
    view = shown(ledger, domain)
    virta, wirta, _ = view.sections
    assert virta.title == "Ada Virta"
    assert told(virta) == {
        "id": "ada-virta",
        "kind": "person",
        "state": "FIN",
        "appears as": "Ada Virta, Virta",
        "said to be": "envoy, Finland",
        "example": "",
        "may be": "ada-wirta",
    }
    example = next(line for line in virta.lines if line.what == "example")
    assert example.words is not None and "Ada Virta" in example.words.text
    assert [page.path for page in view.pages] == ["pages/1.txt", "pages/2.txt"]
    assert told(wirta)["may be"] == "ada-virta"
    for section in view.sections:
        for words in (words for line in section.lines for words in line.evidence):
            text = ledger.document(words.doc_id).text
            assert text[words.start : words.end] == words.text


@pytest.mark.parametrize("name", ["ada-virta", "Ada Virta", "virta", "VIRTA Ada"])
def test_names_choose(ledger: Ledger, domain: Domain, name: str) -> None:
    assert ids(shown(ledger, domain, name)) == ["ada-virta"]


def test_a_name_nobody_has_is_said_to_be(ledger: Ledger, domain: Domain) -> None:
    assert ids(shown(ledger, domain, "FIN", "board")) == ["FIN", "harbour-board"]
    for name in ("Nobody", "--"):
        with pytest.raises(UsageError, match="no page names"):
            shown(ledger, domain, name)


def test_different_is_proposed_no_more_and_same_is_one(ledger: Ledger, domain: Domain) -> None:
    ledger.judge("different", ["ada-virta", "ada-wirta"], by="Eve", note="sisters")
    virta = shown(ledger, domain).sections[0]
    assert "may be" not in told(virta) and told(virta)["different from"] == "ada-wirta"
    assert any("judged by Eve; sisters" in line.note for line in virta.lines)
    ledger.judge("same", ["ada-virta", "ada-wirta"], by="Eve")
    ledger.set_reconciled(
        list(ledger.families()),
        list(ledger.stories()),
        list(ledger.facts()),
        [],
        {},
        {"ada-wirta": Actor("ada-virta", "Ada Virta", "person", "FIN")},
    )
    view = shown(ledger, domain)
    assert ids(view) == ["ada-virta", "harbour-board"]
    assert (
        view.sections[0].note.startswith("4 facts") and told(view.sections[0])["the same as"] == "ada-wirta"
    )
    assert ids(shown(ledger, domain, "ada-wirta")) == ["ada-virta"]


def test_a_family_name_that_several_bear_is_unsure(maker: Any, empty: Ledger, domain: Domain) -> None:
    bearers: dict[str, list[str]] = {}
    for slug, person in domain.people.items():
        bearers.setdefault(person.family, []).append(slug)
    family, slugs = next((f, s) for f, s in bearers.items() if len(s) > 1 and f.isalpha())
    words = f"“No,” {family} said."
    maker.page("a.txt", words, ("no", words, {"kind": "quote", "type": None, "actors": slugs[0]}))
    place(maker, words, family, name=domain.people[slugs[0]].name)
    maker.store(empty)
    (section,) = shown(empty, domain).sections
    assert "named only by a family name" in section.note
    assert {line.value for line in section.lines if line.what == "may be"} & {*slugs[1:]}


def test_only_so_many_are_shown_unless_all_are_asked_for(maker: Any, empty: Ledger, domain: Domain) -> None:
    words = [f"“{n},” they said." for n in range(20)]
    said = [
        (f"{n}", text, {"kind": "quote", "type": None, "actors": f"x-{n}"}) for n, text in enumerate(words)
    ]
    maker.page("a.txt", "\n".join(words), *said)
    maker.store(empty)
    short = shown(empty, domain)
    assert len(ids(short)) == 12 and short.sections[-1].more == 8
    assert len(ids(shown(empty, domain, all=True))) == 20


def test_every_form_can_be_written(ledger: Ledger, domain: Domain) -> None:
    view = shown(ledger, domain)
    assert json.loads(as_json(view))["sections"][0]["lines"][0]["value"] == "ada-virta"
    for written in (as_text(view), as_markdown(view), as_html(view)):
        assert "Harbour Board" in written or "HARBOUR BOARD" in written


def test_an_empty_ledger_says_so(empty: Ledger, domain: Domain) -> None:
    (section,) = shown(empty, domain).sections
    assert not section.lines and section.empty


def named(name: str, kind: Any = "person") -> Named:
    return Named(name, name, kind, None, (name,), True)


@pytest.mark.parametrize(
    ("one", "other", "kind", "alike"),
    [
        ("Musaed Al-Aiban", "Musaid al-Aiban", "person", True),
        ("Tanaka Ichiro", "Ichirō Tanaka", "person", True),
        ("Tanaka", "Ichirō Tanaka", "person", True),
        ("Hana Tanaka", "Ichirō Tanaka", "person", False),
        ("Coast Guard", "Coastguard", "organ", True),
        ("OCW", "Office of Canal Works", "organisation", True),
        ("Office of Canal Works", "Board of Trade", "organisation", False),
    ],
)
def test_names_are_compared_as_a_reader_would(one: str, other: str, kind: Any, alike: bool) -> None:
    assert bool(Likenesses([named(other, kind)]).of(named(one, kind))) is alike
    assert bool(Likenesses([named(one, kind)]).of(named(other, kind))) is alike
    if alike:
        assert not Likenesses([named(other, kind)], [(one, other)]).of(named(one, kind))


def test_people_are_not_likened_to_bodies() -> None:
    assert not Likenesses([named("Ada Virta", "body")]).of(named("Ada Virta"))
