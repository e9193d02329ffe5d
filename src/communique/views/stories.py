"""Stories: pages about one happening, and what each of them tells of it."""

from __future__ import annotations

from communique.errors import LedgerError
from communique.model import Story
from communique.views.disagreements import differing
from communique.views.lines import by_day, folded, line
from communique.views.overview import listing, page_lines, story_lines
from communique.views.page import Line, Section, View, section
from communique.views.selection import Material, Told
from communique.views.wording import counted


def stories(material: Material) -> View:
    """All stories, those of most pages first."""
    return listing("stories", "Stories", story_lines(material), material)


def story(material: Material, story_id: str) -> View:
    """One story: its pages by day, what they tell, and where they differ. Raises `LedgerError`."""
    one = next((s for s in material.ledger.stories() if s.story_id == story_id), None)
    if one is None:
        raise LedgerError(f"there is no story {story_id}; see the list of stories")
    told = {kind: _of(one, every) for kind, every in material.told.items()}
    facts = {t.fact.fact_id for every in told.values() for t in every}
    limit = material.selection.limit
    differ = differing(material, facts)
    pages = [page for page in page_lines(material) if page.opens and page.opens[1] in one.doc_ids]
    events = by_day(folded(told["event"], material), material)
    shown = (
        Section("Its pages", tuple(reversed(pages))),
        section("What they tell", events, limit=limit and 3 * limit, empty="no event"),
        section("Figures", [line(t, material) for t in told["quantity"]], limit=limit, empty="none"),
        section("In their own words", [line(t, material) for t in told["quote"]], limit=limit, empty="none"),
        section("Where they differ", differ, limit=limit, empty="nowhere found"),
        _told_by_one(one, told["event"], material),
    )  # fmt: skip
    about = (f"{counted(len(one.doc_ids), 'page')}, {counted(len(facts), 'fact')}",)
    return View("story", one.title or "(no title)", about, shown).citing(material.references)


def _of(one: Story, every: tuple[Told, ...]) -> list[Told]:
    """The facts that the pages of a story tell, told in their words where they have any."""
    inside = set(one.doc_ids)
    return [told for told in every if any(said.doc_id in inside for said in told.said)]


def _told_by_one(one: Story, events: list[Told], material: Material) -> Section:
    """For each page, what no other page of the story tells."""
    lines = []
    for doc_id in one.doc_ids if len(one.doc_ids) > 1 else ():
        alone = [
            told
            for told in events
            if {said.doc_id for said in told.said} & set(one.doc_ids) == {doc_id}
        ]  # fmt: skip
        if alone:
            title = material.documents[doc_id].title or "(no title)"
            lines.append(
                Line(
                    what=f"[{material.numbers[doc_id]}] {title}",
                    value=counted(len(alone), "event"),
                    opens=("page", doc_id),
                )
            )
    return section(
        "Told by one page alone", lines, empty="nothing: every event is told by several, or one page is all"
    )
