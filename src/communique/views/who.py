"""The actors of a ledger: those the domain data lack, and unsure ones, by how much depends on them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

from communique.errors import UsageError
from communique.model import ActorKind, Judgement, Participant, Statement
from communique.reconcile.aliases import known_actor
from communique.reconcile.judgements import latest, pairs
from communique.views import stretch
from communique.views.likeness import Likeness, Likenesses, Named, folded, named_in
from communique.views.page import Line, Section, View
from communique.views.selection import Material
from communique.views.wording import counted, listed

FORMS = 6
"""Forms, offices and the like that are told of one actor."""

EVIDENCE = 40
"""Statements of one actor that are cited."""


@dataclass
class _Seen:
    """What the pages tell of one actor."""

    names: Counter[str] = field(default_factory=Counter)
    kinds: Counter[tuple[ActorKind, str]] = field(default_factory=Counter)
    forms: Counter[str] = field(default_factory=Counter)
    offices: Counter[str] = field(default_factory=Counter)
    facts: set[str] = field(default_factory=set)
    said: dict[str, tuple[Statement, str]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return min(self.names, key=lambda name: (-self.names[name], name))

    @property
    def kind(self) -> tuple[ActorKind, str]:
        return min(self.kinds, key=lambda kind: (-self.kinds[kind], kind))

    @property
    def shown_forms(self) -> list[str]:
        """The forms that name, the most frequent first; pronouns and nouns only if there is nothing else."""
        ordered = sorted(self.forms, key=lambda form: (-self.forms[form], form))
        return [form for form in ordered if form != form.lower()] or ordered

    @property
    def example(self) -> Statement:
        """A statement that names the actor in full, and says surely."""
        full = max((len(form) for form in self.shown_forms[:FORMS]), default=0)
        return min(
            self.said.values(),
            key=lambda pair: (-min(len(pair[1]), full), -pair[0].score, pair[0].statement_id),
        )[0]


def who(material: Material, names: Iterable[str] = (), *, known: bool = False) -> View:
    """The actors of a ledger that need a person's eye, those with most facts first.

    These are the ones the domain data lack, and those of the data that are only named by what several may be
    called; with `known` all. With `names` only those so called, known or not. Raises `UsageError` for a
    name that nobody has.
    """
    roll = _Roll(material)
    wanted = list(names)
    chosen = roll.called(wanted) if wanted else [i for i in roll.ordered if known or roll.doubt(i)]
    limit = material.selection.limit
    shown = chosen if limit is None or wanted else chosen[:limit]
    sections = [roll.section(identifier) for identifier in shown]
    if left := len(chosen) - len(shown):
        sections.append(Section("Others", (), left))
    if not sections:
        sections.append(Section("Actors", (), empty="none that the domain data lack"))
    title = f"Actors: {', '.join(wanted)}" if wanted else "Actors"
    return View("actors", title, tuple(roll.about()), tuple(sections)).citing(material.references)


class _Roll:
    """Everybody who takes part in a fact, and how to tell of them."""

    def __init__(self, material: Material) -> None:
        self.material = material
        self.seen: dict[str, _Seen] = {}
        for every in material.told.values():
            for told in every:
                for statement in told.said:
                    for actor in statement.actors:
                        self._see(told.fact.fact_id, statement, actor)
        self.merged: dict[str, list[str]] = {}
        for old, new in sorted(material.ledger.aliases().items()):
            self.merged.setdefault(new.id, []).append(old)

    def _see(self, fact_id: str, statement: Statement, actor: Participant) -> None:
        seen = self.seen.setdefault(actor.id, _Seen())
        form = self.material.documents[statement.doc_id].text[actor.start : actor.end]
        seen.names[actor.name] += 1
        seen.kinds[actor.kind, actor.state or ""] += 1
        seen.forms[" ".join(form.split())] += 1
        seen.facts.add(fact_id)
        if len(form) > len(seen.said.get(statement.statement_id, (statement, ""))[1]):
            seen.said[statement.statement_id] = statement, form
        else:
            seen.said.setdefault(statement.statement_id, (statement, form))
        if statement.kind == "role" and actor.role == "holder" and statement.office:
            of = listed(a.name for a in statement.actors if a.role == "of")
            seen.offices[f"{statement.office}, {of}" if of else statement.office] += 1

    @cached_property
    def ordered(self) -> list[str]:
        """Everybody, those with most facts and then statements first."""
        return sorted(self.seen, key=lambda i: (-len(self.seen[i].facts), -len(self.seen[i].said), i))

    @cached_property
    def judgements(self) -> list[Judgement]:
        return [one for one in latest(self.material.ledger.judgements()) if one.of_actors]

    def is_known(self, identifier: str) -> bool:
        return known_actor(identifier, self.material.domain) is not None

    def doubt(self, identifier: str) -> str:
        """Why an actor needs a person's eye; empty where it does not."""
        seen = self.seen[identifier]
        if not self.is_known(identifier):
            return "not in the domain data"
        person = self.material.domain.people.get(identifier)
        if person is None:
            return ""
        bearers = self._families.get(folded(person.family), ())
        if len(bearers) < 2:
            return ""
        given = set(folded(f"{person.name} {' '.join(person.also)}").split()) - {
            *folded(person.family).split()
        }
        if any(given & set(folded(form).split()) for form in seen.forms):
            return ""
        return f"in the domain data, but named only by a family name that {len(bearers)} people there bear"

    @cached_property
    def _families(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = {}
        for identifier, person in self.material.domain.people.items():
            found.setdefault(folded(person.family), []).append(identifier)
        return found

    def about(self) -> Iterator[str]:
        lacking = sum(not self.is_known(identifier) for identifier in self.seen)
        unsure = sum(self.is_known(i) and bool(self.doubt(i)) for i in self.seen)
        yield f"{counted(len(self.seen), 'actor')}: {lacking:,} not in the domain data, {unsure:,} unsure"
        if lacking + unsure:
            yield "settle who is who: communique judge same ID ID, or communique judge different ID ID"

    def called(self, names: Iterable[str]) -> list[str]:
        """Those with an identifier, or words of a name or form, as given."""
        found: dict[str, None] = {}
        for name in names:
            old = self.material.ledger.aliases().get(name)
            wanted = set(folded(name).split())
            fitting = [i for i in self.ordered if i == (old.id if old else name)] or [
                i
                for i in self.ordered
                if any(wanted <= set(folded(form).split()) for form in (*self._named(i).names, i))
            ]
            if not fitting or not wanted:
                raise UsageError(f"no page names {name!r}; see all: communique actors --known --all")
            found |= dict.fromkeys(fitting)
        return list(found)

    # --- one actor -------------------------------------------------------------------------------

    def section(self, identifier: str) -> Section:
        """What is known of one actor, and who else it may be."""
        seen = self.seen[identifier]
        facts, said = counted(len(seen.facts), "fact"), counted(len(seen.said), "statement")
        doubt = self.doubt(identifier) or "in the domain data"
        return Section(seen.name, tuple(self._lines(identifier, seen)), note=f"{facts}, {said}; {doubt}")

    def _lines(self, identifier: str, seen: _Seen) -> Iterator[Line]:
        numbers, documents = self.material.numbers, self.material.documents
        kind, state = seen.kind
        several = len({one for one, _ in seen.kinds}) > 1 or len({of for _, of in seen.kinds if of}) > 1
        others = [f"{one} of {of}" if of else one for one, of in seen.kinds if (one, of) != (kind, state)]
        yield Line(
            what="id",
            value=identifier,
            note=f"elsewhere read as {', '.join(sorted(others))}" if several else "",
        )
        yield Line(what="kind", value=kind)
        if state and state != identifier:
            yield Line(what="state", value=state)
        ordered = sorted(seen.said.values(), key=lambda pair: (numbers[pair[0].doc_id], pair[0].start))
        words = tuple(stretch.clause(s, numbers[s.doc_id]) for s, _ in islice(ordered, EVIDENCE))
        yield Line(what="appears as", value=listed(seen.shown_forms, FORMS), evidence=words)
        if seen.offices:
            offices = sorted(seen.offices, key=lambda office: (-seen.offices[office], office))
            yield Line(what="said to be", value="; ".join(offices[:FORMS]))
        best = seen.example
        shown = stretch.sentence(best, documents[best.doc_id], numbers[best.doc_id])
        yield Line(what="example", words=shown, evidence=(shown,))
        yield from self._judged(identifier)
        if self.doubt(identifier):
            for like in self._likenesses.of(self._named(identifier)):
                yield _may_be(like)

    def _judged(self, identifier: str) -> Iterator[Line]:
        mine = {identifier, *self.merged.get(identifier, ())}
        for one in self.judgements:
            if mine & {*one.about}:
                note = "; ".join(part for part in (one.note, f"judgement {one.judgement_id}") if part)
                others = ", ".join(i for i in one.about if i != identifier)
                how = "the same as" if one.verdict == "same" else "different from"
                yield Line(what=how, value=others, note=f"judged by {one.by}; {note}")

    def _named(self, identifier: str) -> Named:
        seen = self.seen[identifier]
        kind, state = seen.kind
        names = dict.fromkeys((*seen.names, *seen.shown_forms))
        return Named(identifier, seen.name, kind, state or None, tuple(names), self.is_known(identifier))

    @cached_property
    def _likenesses(self) -> Likenesses:
        strangers = [self._named(i) for i in self.ordered if not self.is_known(i)]
        return Likenesses([*named_in(self.material.domain), *strangers], pairs(self.judgements, "different"))


def _may_be(like: Likeness) -> Line:
    actor = like.actor
    whose = f"{actor.kind} of {actor.state}" if actor.state else actor.kind
    where = "in the domain data" if actor.known else "not in the domain data either"
    note = f"{actor.name}, {whose}, {where}; {like.points:.0f} of 100 alike"
    return Line(what="may be", value=actor.id, note=note)
