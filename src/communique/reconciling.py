"""Reconciles what a ledger holds, round by round: what is new is taken up, and what that touches made anew.

Stages do not know one another; here what `communique.ledger` keeps is put before `communique.reconcile`, and
what that makes of it is stored.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from communique.domain.lexicon.dating import dating
from communique.domain.load import Domain
from communique.domain.source import DATA
from communique.ledger.aliases import renamed
from communique.ledger.standing import Standing, standing
from communique.ledger.store import Ledger
from communique.ledger.versions import package_version
from communique.model import Actor, Document, Judgement, Statement, content_id
from communique.reconcile import whole
from communique.reconcile.aliases import aliases
from communique.reconcile.judgements import latest

TOGETHER = 256
"""Pages reconciled in one transaction: many are quicker together, but all of it is in memory."""


def reconcile(ledger: Ledger, domain: Domain) -> None:
    """Works out families, stories, facts and disagreements, as far as new pages and judgements change them.

    Pages that were stored but not reconciled, by whomever, are taken up. Each round is one transaction, in
    which no one else writes. By other rules (of another version, or changed domain data) all is made anew.
    """
    while not _reconciled_some(ledger, domain):
        pass


def _reconciled_some(ledger: Ledger, domain: Domain) -> bool:
    """One round of reconciling; whether it was the last."""
    with standing(ledger) as held:
        rules, told = _rules(domain), held.rules().split()
        if told[:1] != [rules]:
            held.forget()
            told = []
        made = {judgement.judgement_id: judgement for judgement in ledger.judgements()}
        judgements = latest(made.values())
        now, before = {j.judgement_id for j in judgements}, set(told[1:])
        about = {identifier for changed in now ^ before for identifier in made[changed].about}
        stirred = held.documents_of(about)
        known_as = aliases(judgements, _named_by(judgements, ledger, held), domain)
        former = held.aliases()
        if known_as != former:
            ids = former.keys() | known_as.keys()
            stirred |= held.documents_of(held.said_of({i for i in ids if former.get(i) != known_as.get(i)}))
            held.set_aliases(known_as)
        new = held.to_take_up(TOGETHER)
        if new or stirred:
            groups = {p.name: p.group for p in domain.publishers.values() if p.group}
            ruling = whole.Ruling(groups, judgements, dating(domain))
            known = held.contexts(stirred)  # of those that have none the turn comes
            found = whole.take_up(_Stored(ledger, known_as), held, ruling, new, known)
            held.regroup(found.families_gone, found.families, found.stories_gone, found.stories)
            held.restate(found.facts_gone, found.facts, found.disagreements)
            held.place(found.contexts, found.narrowed, found.origins)
        done = len(new) < TOGETHER
        held.ruled(" ".join((rules, *sorted(now))), done)
        return done


@dataclass(frozen=True)
class _Stored:
    """What the pages of a ledger say, with the actors that a person says are meant."""

    ledger: Ledger
    known_as: Mapping[str, Actor]

    def documents(self, doc_ids: Collection[str]) -> dict[str, Document]:
        return {document.doc_id: document for document in self.ledger.read_documents(doc_ids)}

    def statements_of(self, doc_ids: Collection[str]) -> list[Statement]:
        return [renamed(s, self.known_as) for s in self.ledger.read_statements(doc_ids=doc_ids)]

    def statements(self, statement_ids: Collection[str]) -> list[Statement]:
        return [renamed(s, self.known_as) for s in self.ledger.read_statements(ids=statement_ids)]


def _named_by(judgements: Iterable[Judgement], ledger: Ledger, held: Standing) -> Iterator[Statement]:
    """What is said of the actors about whom was judged, as it was read."""
    actors = {identifier for judgement in judgements if judgement.of_actors for identifier in judgement.about}
    if actors:
        yield from ledger.read_statements(ids=held.said_of(actors))


@lru_cache(maxsize=4)
def _rules(domain: Domain) -> str:
    """What changes when the rules do by which is reconciled: the program's version, its data, the groups."""
    groups = sorted((p.name, p.group) for p in domain.publishers.values() if p.group)
    texts = [(DATA / f"{name}.yaml").read_text("utf-8") for name in ("reconcile", "dating", "word_frequency")]
    return content_id(package_version(), whole.RULES, groups, texts)
