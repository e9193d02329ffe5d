"""Gathers the statements of one block into facts: the likest pairs first, as long as all of a fact agree.

Average linkage over a few exemplars of each side, so that no chain of small likenesses joins what its ends
keep apart. The order is that of the statements themselves, never that of the input.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from communique.reconcile.compare import likeness
from communique.reconcile.digests import Digest
from communique.reconcile.fact_keys import twin_of
from communique.reconcile.features import SAME
from communique.reconcile.same_event import one_telling, overlap
from communique.reconcile.standing import Link

EXEMPLARS = 4
"""Tellings of a fact that those of another are compared with."""

_FAR = 0.6  # likeness of two exemplars below which the others cannot make up for it
_FACETS = 4  # statements of one telling that are compared

Apart: TypeAlias = Callable[[Digest, Digest], bool]


def gathered(
    block: Sequence[Digest], links: Iterable[Link] = (), apart: Apart | None = None
) -> list[list[Digest]]:
    """The facts of one block as lists of digests, given the links between them.

    `apart` forbids two to be one fact.
    """
    tellings = _tellings(sorted(block, key=_specific), apart)
    facts = _Facts(tellings, apart)
    for _, one, other in sorted(facts.pairs(links), key=lambda pair: (-pair[0], pair[1:])):
        facts.join(one, other)
    found = (members for members in facts.members if members)
    return [[item for number in members for item in tellings[number].statements] for members in found]


@dataclass(frozen=True, slots=True)
class _Telling:
    """Statements that are one without comparing: copies of a sentence, and what its words tell twice.

    `facets` are those of them that differ, each with the day of the one that has it.
    """

    statements: tuple[Digest, ...]
    facets: tuple[Digest, ...]


def _tellings(items: Sequence[Digest], apart: Apart | None) -> list[_Telling]:
    place = list(range(len(items)))
    members = [[number] for number in place]
    for one, other in _told_once(items):
        a, b = sorted((place[one], place[other]))
        if a == b or (apart and any(apart(items[x], items[y]) for x in members[a] for y in members[b])):
            continue
        for number in members[b]:
            place[number] = a
        members[a] = sorted(members[a] + members[b])
        members[b] = []
    return [_telling([items[number] for number in group]) for group in members if group]


def _telling(statements: Sequence[Digest]) -> _Telling:
    distinct = {twin_of(item): item for item in reversed(statements)}
    facets = [item for item in statements if distinct[twin_of(item)] is item][:_FACETS]
    dated = next((item for item in facets if item.windows), None)
    if dated and len(facets) > 1:
        facets = [
            item if item.windows else replace(item, windows=dated.windows, narrow=dated.narrow)
            for item in facets
        ]
    return _Telling(tuple(statements), tuple(facets))


def _told_once(items: Sequence[Digest]) -> Iterator[tuple[int, int]]:
    alike: dict[object, int] = {}
    of_page: defaultdict[str, list[int]] = defaultdict(list)
    for number, item in enumerate(items):
        yield alike.setdefault(twin_of(item), number), number
        if item.statement.kind == "event":
            page = of_page[item.statement.doc_id]
            for other in page:
                if overlap(item, items[other]) and one_telling(item, items[other]):
                    yield other, number
            page.append(number)


class _Facts:
    """The tellings of a block in order, and the fact each is in so far."""

    def __init__(self, tellings: Sequence[_Telling], apart: Apart | None) -> None:
        self.members = [[number] for number in range(len(tellings))]
        self._tellings, self._apart = tellings, apart
        self._place = list(range(len(tellings)))
        self._known: dict[tuple[int, int], float | None] = {}

    def pairs(self, links: Iterable[Link]) -> Iterator[tuple[float, int, int]]:
        """The pairs of tellings that are alike, by the links between their statements."""
        place = {d.statement_id: n for n, telling in enumerate(self._tellings) for d in telling.statements}
        linked = set()
        for a, b, weight in links:
            if a in place and b in place and place[a] != place[b]:
                pair = min(place[a], place[b]), max(place[a], place[b])
                linked.add(pair)
                if all(len(self._tellings[number].facets) == 1 for number in pair):
                    self._known[pair] = weight / 1000
        for one, other in sorted(linked):
            alike = self._alike(one, other)
            if alike is not None and alike >= SAME:
                yield alike, one, other

    def join(self, one: int, other: int) -> None:
        """Makes the facts of two tellings one, if they are alike on the average of their exemplars."""
        a, b = sorted((self._place[one], self._place[other]))
        if a == b or not self._agree(self.members[a], self.members[b]):
            return
        for number in self.members[b]:
            self._place[number] = a
        self.members[a] = sorted(self.members[a] + self.members[b])
        self.members[b] = []

    def _agree(self, a: Sequence[int], b: Sequence[int]) -> bool:
        # A phrase is compared with the whole utterance, not with another phrase of it.
        most = 1 if self._tellings[a[0]].facets[0].statement.kind == "quote" else EXEMPLARS
        total, count = 0.0, 0
        for x in a[:most]:
            for y in b[:most]:
                alike = self._alike(x, y)
                if alike is None or alike < _FAR:
                    return False
                total, count = total + alike, count + 1
        return total >= SAME * count and not self._two_things(a, b)

    def _alike(self, one: int, other: int) -> float | None:
        """The likeness of the two facets that are most alike."""
        pair = (one, other) if one < other else (other, one)
        if pair not in self._known:
            a, b = (self._tellings[number].facets for number in pair)
            known = [alike for x in a for y in b if (alike := likeness(x, y)) is not None]
            self._known[pair] = max(known, default=None)
        return self._known[pair]

    def _two_things(self, a: Sequence[int], b: Sequence[int]) -> bool:
        """Whether one sentence tells of both as of two things, or a person judged them different."""
        if self._apart:
            ours, theirs = ([item for n in side for item in self._tellings[n].statements] for side in (a, b))
            if any(self._apart(x, y) for x in ours for y in theirs):
                return True
        if self._tellings[a[0]].facets[0].statement.kind != "event":
            return False
        pages: defaultdict[str, list[int]] = defaultdict(list)
        for number in a:
            for doc_id in {item.statement.doc_id for item in self._tellings[number].facets}:
                pages[doc_id].append(number)
        return any(
            self._alike(one, other) is None
            and any(overlap(x, y) for x in self._tellings[one].facets for y in self._tellings[other].facets)
            for other in b
            for doc_id in {item.statement.doc_id for item in self._tellings[other].facets}
            for one in pages.get(doc_id, ())
        )


def _specific(item: Digest) -> tuple[object, ...]:
    """Dated before undated, with an object before without, with more words before fewer."""
    statement = item.statement
    return (
        not item.narrow,
        not item.windows,
        not (statement.object and statement.object.id),
        statement.object is None,
        -len(item.said),
        item.order,
    )
