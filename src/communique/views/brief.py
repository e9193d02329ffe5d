"""The brief: what happened, what is coming and promised, what stands, what differs, and on whose word."""

from __future__ import annotations

from collections.abc import Iterator

from communique.model import Interval
from communique.views.disagreements import differing
from communique.views.figures import figure_lines
from communique.views.lines import parted, ranked, time_of, timed
from communique.views.page import Line, Section, View, section
from communique.views.pledges import is_pledge, pledge_lines
from communique.views.quotes import quote_lines
from communique.views.selection import Material, Told
from communique.views.wording import counted, day


def brief(material: Material) -> View:
    """Everything an analyst signs, in one page."""
    return View(
        "brief",
        material.selection.title,
        tuple(about(material)),
        tuple(_sections(material)),
    ).citing(material.references)


def _sections(material: Material) -> Iterator[Section]:
    limit = material.selection.limit
    events = material.told["event"]
    coming, left = parted(events, lambda told: is_coming(told, material))
    happened = [told for told in left if told.fact.factuality == "actual"]
    pledged = [told for told in events if is_pledge(told)]
    planned = [told for told in left if told.fact.factuality == "planned"]
    other = [told for told in left if told.fact.factuality in ("denied", "hypothetical")]
    done = timed("What happened", happened, material, newest_first=True, empty="nothing reported as done")
    promised = section("Pledges", pledge_lines(pledged, material), limit=limit, empty="none")
    as_of = f"as of {day(material.as_of)}" if material.as_of else ""
    as_of += ", the newest page" if as_of and material.selection.as_of is None else ""
    yield done
    yield timed("Coming", coming, material, note=as_of, empty="nothing dated ahead")
    yield promised
    if planned:
        yield timed(
            "Planned, not seen done", planned, material, newest_first=True, most=6,
            note="announced without a day, or for a day gone by; no page says that it happened",
        )  # fmt: skip
    yield section("Standing ties", ranked(material.told["tie"], material), limit=limit, empty="none")
    yield section(
        "Figures", figure_lines(material, (*done.lines, *promised.lines)), limit=limit, empty="none"
    )
    yield section("Where they differ", differing(material), limit=limit, empty="nowhere found")
    yield section(
        "In their own words", quote_lines(material, direct=True), limit=limit and 8, empty="no quotations"
    )
    if other:
        yield section("Denied, or only if", ranked(other, material), limit=limit and 6)
    yield _single(material)
    yield not_read(material)


def is_coming(told: Told, material: Material) -> bool:
    """Whether a fact lies after the newest page, or after the day of the view."""
    when, as_of = time_of(told, material), material.as_of
    if when is None or as_of is None or told.fact.factuality in ("denied", "hypothetical"):
        return False
    if when.earliest > as_of:
        return True
    return told.fact.factuality != "actual" and when.days <= 62 and when.latest > as_of


def about(material: Material) -> Iterator[str]:
    """What the view rests on: pages, voices, and the time they cover."""
    documents = material.documents.values()
    voices = {origin for every in material.told.values() for told in every for origin in told.fact.origins}
    stories = sum(1 for _ in material.ledger.stories())
    yield ", ".join(
        (
            counted(len(documents), "page"),
            counted(len(voices), "origin"),
            counted(stories, "story", "stories"),
            counted(sum(len(every) for every in material.told.values()), "fact"),
        )
    )
    known = [d.published for d in documents if d.published]
    if known:
        span = Interval(min(p.earliest for p in known), max(p.latest for p in known), "range")
        yield f"pages of {day(span.earliest)} to {day(span.latest)}"
    unsure = [material.numbers[d.doc_id] for d in documents if d.published and not d.published.best]
    undated = [material.numbers[d.doc_id] for d in documents if not d.published]
    for numbers, what in ((unsure, "dated from their text to a window of days"), (undated, "undated")):
        if numbers:
            shown = " ".join(str(number) for number in sorted(numbers)[:20])
            yield f"{counted(len(numbers), 'page')} {what}: [{shown}{' …' if len(numbers) > 20 else ''}]"
    yield from material.left_out


def _single(material: Material) -> Section:
    every = [told for kind in material.told.values() for told in kind]
    single = sum(len(told.fact.origins) == 1 for told in every)
    said = f"{single:,} of {counted(len(every), 'fact')} rest on one origin"
    return Section("Single-sourced", (), note=f"{said} (coverage lists them)")


def not_read(material: Material) -> Section:
    """The pages that could not be read, and why."""
    problems = [Line(what=p.path, value=p.where, note=p.message) for p in material.ledger.problems()]
    return section("Not read", problems, limit=material.selection.limit, empty="nothing")
