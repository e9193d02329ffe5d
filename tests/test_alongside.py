"""What pages add to a ledger is told alike before and after they are added, and telling it writes nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from communique import pipeline
from communique.alongside import Beside, alongside
from communique.domain.load import Domain, load_domain
from communique.errors import InputError
from communique.ledger.store import Ledger
from communique.views.new import new
from communique.views.page import Section, View
from communique.views.selection import Material, Selection

OLD = """Sweden to host Estonian soldiers

STOCKHOLM, May 2, 2023 (Nordic Wire) - Sweden and Estonia will sign a defence agreement in Visby on May 9.

Sweden keeps 1,200 troops on Gotland.

“We guard one sea together,” Swedish Defence Minister Pal Jonson said.
"""
NEW = """Pact signed in Visby

VISBY, May 10, 2023 (Ostsee Press) - Sweden and Estonia signed a defence agreement in Visby on May 9.

Sweden keeps 1,100 troops on Gotland.

Norway pledged on Wednesday to send 10 howitzers to Ukraine.
"""
COPY = OLD.replace("\n\n“We", " The island has two harbours.\n\n“We")


@pytest.fixture(scope="module")
def domain() -> Domain:
    return load_domain()


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    for name, text in (("old", OLD), ("new", NEW), ("copy", COPY)):
        (folder / f"{name}.txt").write_text(text, "utf-8")
    return folder


@pytest.fixture
def ledger(pages: Path, tmp_path: Path, domain: Domain) -> Iterator[Ledger]:
    with Ledger.open(tmp_path / "old.ledger", create=True) as opened:
        pipeline.build([str(pages / "old.txt")], opened, domain=domain, jobs=1)
        yield opened


def shown(beside: Beside, domain: Domain) -> View:
    return new(Material(beside.reader, Selection(all=True), domain), beside.doc_ids, beside.stored)


def told(view: View) -> dict[str, list[tuple[str, str, str, str]]]:
    return {
        section.title: [
            (line.what, line.value, line.words.text if line.words else "", ", ".join(line.origins))
            for line in section.lines
        ]
        for section in view.sections
    }


def at(view: View, title: str) -> Section:
    return next(section for section in view.sections if section.title.startswith(title))


def test_a_page_adds_reports_done_contradicts_and_repeats(
    ledger: Ledger, pages: Path, domain: Domain
) -> None:
    view = shown(alongside([str(pages / "new.txt")], ledger, domain), domain)
    assert "not in the ledger" in view.about[0]
    assert any("howitzers" in line.words.text for line in at(view, "New").lines if line.words)
    (done,) = at(view, "Now done").lines
    assert done.words and done.words.text.endswith("in Visby on May 9.") and done.factuality == "actual"
    sides = {side.value: side.origins for side in at(view, "Contradicts").lines}
    assert sides == {"1,100 people": ("Ostsee Press",), "1,200 people": ("Nordic Wire",)}


def test_before_and_after_it_is_added_the_same_is_told(ledger: Ledger, pages: Path, domain: Domain) -> None:
    page = str(pages / "new.txt")
    before = shown(alongside([page], ledger, domain), domain)
    pipeline.build([page], ledger, domain=domain, jobs=1)
    after = shown(alongside([page], ledger, domain), domain)
    assert told(before) == told(after)
    assert "in the ledger" in after.about[0] and "not in" not in after.about[0]
    (doc_id,) = {d.doc_id for d in ledger.documents() if d.path == page}
    assert told(shown(alongside([doc_id[:10]], ledger, domain), domain)) == told(after)


def test_nothing_is_written(ledger: Ledger, pages: Path, domain: Domain, tmp_path: Path) -> None:
    def dump() -> str:
        rows = [*ledger.documents(), *ledger.statements(), *ledger.facts(), *ledger.disagreements()]
        return hashlib.sha256(repr(rows).encode()).hexdigest()

    before = dump()
    shown(alongside([str(pages)], ledger, domain), domain)
    assert dump() == before


def test_every_word_stands_in_its_page(ledger: Ledger, pages: Path, domain: Domain) -> None:
    beside = alongside([str(pages)], ledger, domain)
    texts = {document.doc_id: document.text for document in beside.reader.documents()}
    words = [
        words
        for section in shown(beside, domain).sections
        for line in section.lines
        for words in (*line.evidence, *([line.words] if line.words else []))
    ]
    assert words
    assert all(texts[one.doc_id][one.start : one.end] == one.text for one in words)


def test_a_copy_tells_what_it_adds_and_is_no_further_voice(
    ledger: Ledger, pages: Path, domain: Domain
) -> None:
    view = shown(alongside([str(pages / "copy.txt")], ledger, domain), domain)
    (line,) = at(view, "The same text").lines
    assert (line.what, line.words and line.words.text) == ("adds", "The island has two harbours.")
    assert at(view, "Repeated").lines
    assert all(line.origins == ("Nordic Wire",) for line in at(view, "Repeated").lines)


def test_as_of_a_day_later_pages_are_not_there(ledger: Ledger, pages: Path, domain: Domain) -> None:
    beside = alongside([str(pages / "new.txt")], ledger, domain, as_of=date(2023, 4, 1))
    assert beside.left_out == ("as known on 1 Apr 2023: 1 later page left out",)
    view = shown(beside, domain)
    assert not at(view, "Repeated").lines and not at(view, "Contradicts").lines
    assert len(at(view, "New").lines) >= 3


def test_what_cannot_be_read_is_said(ledger: Ledger, tmp_path: Path, pages: Path, domain: Domain) -> None:
    with pytest.raises(InputError, match="does not exist"):
        alongside([str(tmp_path / "none.txt")], ledger, domain)
    (tmp_path / "bad.txt").write_bytes(b"\x00\x01\x02\xff" * 200)
    beside = alongside([str(tmp_path / "bad.txt"), str(pages / "new.txt")], ledger, domain)
    assert len(beside.problems) == 1 and len(beside.doc_ids) == 1
