"""Gathers the statements of one block into facts, each statement with the fact it fits best.

The most specific statements come first and become facts; a vaguer one joins the fact whose statements it
is most like, on the average of a few exemplars, so that no chain of small likenesses joins what its ends
keep apart. The order is that of the statements themselves, never that of the input.
"""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence

from communique.reconcile.compare import likeness
from communique.reconcile.digests import Digest
from communique.reconcile.features import SAME
from communique.reconcile.figures import digits
from communique.reconcile.terms import LIGHT, weight

EXEMPLARS = 4
"""Statements of a fact that a further one is compared with."""

_FAR = 0.6  # likeness to one exemplar below which the others cannot make up for it
_SMALL = 6  # facts in a block that are all looked at
_LOOKED_AT = 12  # facts looked at in a larger one, those that share most
_RAREST = 16  # keys of a statement by which facts are found, the rarest
_CROWDED = 30  # facts of one key that are counted
_OFTEN = 6  # occasions above which the days of a statement are no key


def gathered(
    block: Sequence[Digest], apart: Callable[[Digest, Digest], bool] | None = None
) -> list[list[Digest]]:
    """The facts of one block as lists of digests; `apart` forbids two to be one fact."""
    found: list[list[Digest]] = []
    index: defaultdict[object, list[int]] = defaultdict(list)
    alike: dict[object, int] = {}
    for item in sorted(block, key=_specific):
        twin = _twin(item)
        position = alike.get(twin) if twin and not apart else None
        if position is None:
            position = _best(item, found, index, apart)
        if position is None:
            position = len(found)
            found.append([])
        cluster = found[position]
        cluster.append(item)
        if twin:
            alike.setdefault(twin, position)
        if len(cluster) <= EXEMPLARS:
            for key in _keys(item):
                if not index[key] or index[key][-1] != position:
                    index[key].append(position)
    return found


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


def _twin(item: Digest) -> object:
    """What copies of one sentence have in common; they are one fact without a comparison."""
    statement = item.statement
    quantity = statement.quantity
    if statement.kind in ("role", "tie"):
        return item.block, statement.object.id if statement.object else None
    return (
        statement.kind,
        item.block,
        statement.type,
        item.page,
        item.windows,
        statement.quote,
        statement.words,
        item.doers,
        item.receivers,
        statement.factuality,
        (quantity.value, quantity.upper, quantity.bound, quantity.measure) if quantity else None,
        statement.object.text if statement.object else None,
    )


def _keys(item: Digest) -> Iterator[object]:
    """What a statement can be found by: for each of its parties its words, its object, its week, its deed."""
    statement = item.statement
    if statement.kind == "quote":
        yield from item.said
        return
    found: list[object] = [term for term in item.told | item.said | item.object if weight(term) > LIGHT]
    if statement.object and statement.object.id:
        found.append(statement.object.id)
    if statement.quantity and digits(statement.quantity.value) > 1:
        found.append(statement.quantity.value)
    if statement.kind == "event":
        found.append(item.deed)
        if item.narrow and len(item.windows) < _OFTEN:
            for window in item.windows:
                first, last = (day.toordinal() // 7 for day in window)
                found.extend((item.deed, week) for week in range(first, last + 1))
    for party in item.everyone:
        yield from ((party, key) for key in found)
    if statement.kind == "quantity":
        # Whose a figure is, a page may leave to its reader.
        yield from found


def _best(
    item: Digest,
    found: Sequence[Sequence[Digest]],
    index: dict[object, list[int]],
    apart: Callable[[Digest, Digest], bool] | None,
) -> int | None:
    """The fact that is most like the statement, if one is enough like it."""
    best, score = None, SAME
    for position in _looked_at(item, found, index):
        cluster = found[position]
        if apart and any(apart(item, other) for other in cluster):
            continue
        # A phrase is compared with the whole utterance, not with another phrase of it.
        exemplars = cluster[: 1 if item.statement.kind == "quote" else EXEMPLARS]
        total = 0.0
        for exemplar in exemplars:
            alike = likeness(item, exemplar)
            if alike is None or alike < _FAR:
                break
            total += alike
        else:
            mean = total / len(exemplars)
            if mean > score or (mean == score and best is None):
                best, score = position, mean
    return best


def _looked_at(
    item: Digest, found: Sequence[Sequence[Digest]], index: dict[object, list[int]]
) -> Sequence[int]:
    if len(found) <= _SMALL:
        return range(len(found))
    holders = sorted((index[key] for key in _keys(item) if key in index), key=lambda held: (len(held), held))
    shared: Counter[int] = Counter()
    for positions in holders[:_RAREST]:
        # The latest of a crowded key are as good a guess as any, and the same on every run.
        shared.update(positions[-_CROWDED:])
    return sorted(heapq.nsmallest(_LOOKED_AT, shared, key=lambda p: (-shared[p], p)))
