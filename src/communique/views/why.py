"""Why the ledger holds what it holds: the evidence and every step behind one entry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from communique.domain.load import Domain
from communique.errors import LedgerError
from communique.ledger.reading import Reader
from communique.model import Fact, Interval, Participant, Statement
from communique.read.dating import why_undated
from communique.reconcile.compare import explain
from communique.text import Span
from communique.views import stretch, wording
from communique.views.page import Line, Section, View, Words
from communique.views.printings import family_sections
from communique.views.selection import Material, Selection


def why(ledger: Reader, identifier: str, domain: Domain, as_of: date | None = None) -> View:
    """The grounds of a statement, fact, document, story or family, named by the beginning of its identifier.

    A document may be named by its path; with `as_of`, only what could be known on that day is told. Raises
    `LedgerError` where nothing or several things are so named, or nothing was known of it.
    """
    found = ledger.find(identifier)
    material = Material(ledger, Selection(as_of=as_of), domain)
    ledger = material.ledger
    match found.noun:
        case "statement":
            statement = next(ledger.statements(ids=[found.id]), None)
            if statement is None:
                raise not_known(found.id, as_of)
            sections = [*_statement(statement, material), *_fact_of(statement, material)]
        case "fact":
            sections = list(_fact(ledger.fact(found.id), None, material))
        case "document":
            if found.id not in material.documents:
                raise not_known(found.id, as_of)
            sections = list(_document(found.id, material))
        case noun:
            sections = list(_group(noun, found.id, material))
    sections += _judgements(found.id, material)
    cited = View(
        "why", f"{found.noun} {found.id}", material.left_out, tuple(s for s in sections if s.lines or s.note)
    )
    return cited.citing(material.references)


def not_known(identifier: str, as_of: date | None) -> LedgerError:
    """That something is there, and could not be known on a day."""
    return LedgerError(f"{identifier} is on a page that may be later than {as_of}; leave out --as-of")


# --- a statement ---------------------------------------------------------------------------------


def _statement(statement: Statement, material: Material) -> Iterator[Section]:
    document = material.documents[statement.doc_id]
    number = material.numbers[statement.doc_id]
    shown = (stretch.sentence(statement, document, number),)
    yield Section("The words", tuple(Line(words=words, evidence=shown) for words in shown))
    yield Section("What is read from them", tuple(_read(statement, number, document.text)))
    yield Section("Whose word it is", tuple(_voice(statement, material)))
    yield _page(statement.doc_id, material)


def _read(statement: Statement, number: int, text: str) -> Iterator[Line]:
    quantity, when = statement.quantity, statement.when
    mode = f" ({statement.mode})" if statement.mode else ""
    yield Line(what="kind", value=f"{statement.kind} {statement.type or ''}{mode}".strip())
    for actor in statement.actors:
        yield Line(
            what=actor.role, value=_actor(actor), words=_at(statement, number, text, actor.start, actor.end)
        )
    if quantity:
        period = f", over {wording.days(quantity.period)}" if quantity.period else ""
        yield Line(what="figure", value=f"{wording.amount(quantity)}, {quantity.measure}{period}")
    if statement.words:
        how = "in quotation marks" if statement.direct else "reported, not in quotation marks"
        yield Line(what="said", value=statement.words, note=how)
    if statement.office:
        yield Line(what="office", value=statement.office)
    if statement.object:
        known = f" ({statement.object.id})" if statement.object.id else ""
        yield Line(what="about", value=statement.object.text + known)
    yield Line(
        what="when", value=_when(when), note=f"from the words “{when.text}”" if when and when.text else ""
    )
    if statement.where:
        yield Line(
            what="where", value=", ".join(p for p in (statement.where.name, statement.where.country) if p)
        )
    yield Line(what="factuality", value=statement.factuality)
    place = f"code points {statement.start} to {statement.end} of page {number}"
    yield Line(what="found by", value=f"{statement.rule}, score {statement.score:.2f}", note=place)


def _actor(actor: Participant) -> str:
    acting = f", for {actor.state}" if actor.state and actor.state != actor.id else ""
    judged = f", read as {actor.found_as}" if actor.found_as else ""
    return f"{actor.name} ({actor.kind} {actor.id}{acting}{judged})"


def _at(statement: Statement, number: int, text: str, start: int, end: int) -> Words | None:
    if not 0 <= start < end <= len(text):
        return None
    return Words(text[start:end], statement.doc_id, number, start, end, statement.statement_id)


def _when(when: Interval | None) -> str:
    if when is None:
        return "not told"
    exact = when.earliest.isoformat()
    if when.latest != when.earliest:
        exact += f" to {when.latest.isoformat()}"
    precise = "" if when.precision == "range" else f", to the {when.precision}"
    return f"{wording.days(when)} ({exact}{precise})"


def _voice(statement: Statement, material: Material) -> Iterator[Line]:
    document = material.documents[statement.doc_id]
    if statement.attributed_to:
        yield Line(
            what="attributed to", value=f"{statement.attributed_to.name} ({statement.attributed_to.id})"
        )
    else:
        yield Line(what="attributed to", value="nobody: the page says it itself")
    if not statement.origin:
        return
    if statement.origin == document.agency:
        how = "the agency the page credits"
    elif statement.origin == document.publisher:
        how = "the publisher of the page"
    elif statement.origin.startswith("page "):
        how = "neither publisher nor agency is known: the text counts as a voice of its own"
    else:
        copies = next((f.doc_ids for f in material.ledger.families() if statement.doc_id in f.doc_ids), ())
        if any(
            statement.origin in (material.documents[i].agency, material.documents[i].publisher)
            for i in copies
        ):
            how = "credited by a copy of this page, or its earliest printing"
        else:
            how = "named in the text as the one who relays it, or as the group of the publisher"
    yield Line(what="origin", value=material.origin(statement.origin), note=how)


# --- facts ---------------------------------------------------------------------------------------


def _fact_of(statement: Statement, material: Material) -> Iterator[Section]:
    fact = material.ledger.fact_of(statement.statement_id)
    if fact is None:
        yield Section("The fact", (), note="none: it was judged wrong, or the ledger was not reconciled")
    else:
        yield from _fact(fact, statement, material)


def _fact(fact: Fact, anchor: Statement | None, material: Material) -> Iterator[Section]:
    """A fact; each of its statements is compared with `anchor`, or with its first."""
    told = material.facts[fact.fact_id]
    first = anchor or told.best
    origins = tuple(material.origin(name) for name in fact.origins)
    heading = Line(
        when=wording.days(fact.when),
        what=wording.what(fact, told.best),
        factuality=fact.factuality,
        note=f"fact {fact.fact_id}",
        origins=origins,
        fact_id=fact.fact_id,
        evidence=tuple(stretch.clause(s, material.numbers[s.doc_id]) for s in told.said),
    )
    yield Section("The fact", (heading,))
    lines = []
    for statement in told.said:
        number = material.numbers[statement.doc_id]
        grounds = ""
        if statement.statement_id != first.statement_id:
            features = explain(first, statement, material.documents)[:5]
            grounds = "same because: " + ", ".join(
                f"{f.name} {f.points:+.1f}{f' ({f.why})' if f.why else ''}" for f in features
            )
        words = stretch.clause(statement, number)
        lines.append(
            Line(
                when=wording.days(statement.when),
                what=f"statement {statement.statement_id}",
                value=f"{statement.rule}, {statement.score:.2f}",
                factuality=statement.factuality,
                words=words,
                note=grounds,
                origins=(material.origin(statement.origin),) if statement.origin else (),
                fact_id=fact.fact_id,
                evidence=(words,),
                opens=("why", statement.statement_id),
            )
        )
    yield Section("Its statements", tuple(lines))
    for one in material.ledger.disagreements():
        if one.fact_id == fact.fact_id:
            sides = tuple(
                Line(value=side.value, origins=tuple(material.origin(o) for o in side.origins))
                for side in one.sides
            )
            yield Section(f"Disagreement: {one.reason}", sides)


# --- pages ---------------------------------------------------------------------------------------


def _document(doc_id: str, material: Material) -> Iterator[Section]:
    yield _page(doc_id, material)
    labels: dict[str, int] = {}
    document = material.documents[doc_id]
    for region in document.regions:
        labels[region.label] = labels.get(region.label, 0) + region.end - region.start
    lines = [
        Line(what=label, value=f"{size:,} of {len(document.text):,} code points")
        for label, size in labels.items()
    ]
    yield Section("Its text", tuple(lines))
    said = list(material.ledger.statements(doc_id=doc_id))
    number = material.numbers[doc_id]
    lines = [
        Line(
            when=wording.days(s.when) if s.when else "",
            what=f"{s.kind} {s.statement_id}: {wording.who(s)} {s.type or ''}".rstrip(),
            factuality=s.factuality,
            words=stretch.clause(s, number),
            evidence=(stretch.clause(s, number),),
        )
        for s in said
    ]
    yield Section("What it says", tuple(lines))
    for noun, groups in (("family", material.ledger.families()), ("story", material.ledger.stories())):
        for group in groups:
            if doc_id in group.doc_ids and len(group.doc_ids) > 1:
                yield _pages(f"Same {noun}", [i for i in group.doc_ids if i != doc_id], material)


def _page(doc_id: str, material: Material) -> Section:
    document, number = material.documents[doc_id], material.numbers[doc_id]
    published = document.published
    lines = [
        Line(what=f"page {number}", value=document.path, note=document.url or ""),
        Line(what="title", value=document.title or "none found"),
        Line(what="publisher", value=document.publisher or "not known"),
        Line(what="agency", value=document.agency or "none credited"),
        Line(what="published", value=_when(published.interval) if published else "not known"),
    ]
    if published is None:
        reason = why_undated(document.text, document.regions, {}, document.url, material.domain)
        lines.append(Line(what="undated", value=reason or "what its carrier said of it is no day"))
    for ground in published.grounds if published else ():
        words = None
        if ground.start is not None and ground.end is not None and document.text[ground.start : ground.end]:
            span = Span(ground.start, ground.end)
            words = Words(span.of(document.text), doc_id, number, span.start, span.end)
        lines.append(Line(what=f"dated by: {ground.rule}", value="" if words else ground.text, words=words))
    return Section("The page", tuple(lines))


def _group(noun: str, identifier: str, material: Material) -> Iterator[Section]:
    if noun == "family":
        for family in material.ledger.families():
            if family.family_id == identifier:
                yield from family_sections(family, material)
        return
    for story in material.ledger.stories():
        if story.story_id == identifier:
            yield _pages("Pages that are about the same happening", story.doc_ids, material)


def _pages(title: str, doc_ids: Iterable[str], material: Material) -> Section:
    lines = []
    for doc_id in doc_ids:
        document = material.documents[doc_id]
        lines.append(
            Line(
                when=wording.window(document.published),
                what=f"page {material.numbers[doc_id]}: {document.title or '(no title)'}",
                value=document.path,
                note=f"document {doc_id}",
            )
        )
    return Section(title, tuple(lines))


# --- judgements ----------------------------------------------------------------------------------


def _said(identifier: str, material: Material) -> Iterable[Statement]:
    """The statement, or those of the fact, with an identifier."""
    if told := material.facts.get(identifier):
        return told.said
    return material.ledger.statements(ids=[identifier])


def _judgements(identifier: str, material: Material) -> list[Section]:
    concerned = {identifier}
    if told := material.facts.get(identifier):
        concerned |= {statement.statement_id for statement in told.said}
    concerned |= {
        i for s in _said(identifier, material) for a in s.actors if a.found_as for i in (a.id, a.found_as)
    }
    lines = [
        Line(
            when=wording.day(one.at.date()),
            what=f"{one.verdict} by {one.by}",
            value=f"{one.field}: {one.value}" if one.field else "",
            note="; ".join(part for part in (one.note, f"judgement {one.judgement_id}") if part),
        )
        for one in material.ledger.judgements()
        if concerned & set(one.about)
    ]
    return [Section("Judgements", tuple(lines))] if lines else []
