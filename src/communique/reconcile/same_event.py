"""Whether two statements tell of one event: by deed, parties, words, object and days."""

from __future__ import annotations

import re

from communique.domain.lexicon.reconcile import reconciling
from communique.model import Factuality
from communique.reconcile.digests import Digest, other_names
from communique.reconcile.features import SAME, Feature, bar, side_by_side
from communique.reconcile.same_day import event_days
from communique.reconcile.same_journey import announced_together, one_tour, remembered
from communique.reconcile.terms import mass, same_terms

_SIDE_BY_SIDE = 80  # letters between two clauses of one page that tell two things
_LITTLE = 2.0  # weight of words up to which a statement says hardly anything
_HARDLY_MORE = 2.5  # the same, where the words that say where and why count for nothing
_CHANCE = 1.0  # weight of words that two clauses share by chance
_KERNEL = 2.5  # weight of words that say what is done to what, if not in passing
_MOST = 0.6  # share of an object's words by which another names it
_OTHER_NAMES, _SOME_NAMES = 0.5, 0.35  # what other names speak against one event, if none or some are shared
_OTHER_FIGURES = 0.3  # what other figures do
_FIGURE = re.compile(r"(?!(?:19|20)\d\d$)\d[\d,.]*")
_MUCH = 4.0  # weight beyond it that two statements hardly share by chance


def same_event(a: Digest, b: Digest) -> list[Feature]:
    """The features of two events, or one that bars them from being one."""
    lists = reconciling()
    both = {a.deed, b.deed}
    if len(both) == 1:
        deed = Feature("type", 1.0, 0.3, a.deed)
    elif any(both <= group for group in lists.near_types) or announced_together(a, b):
        deed = Feature("type", 0.5, 0.3, " and ".join(sorted(both)) + " are near")
    else:
        return [bar("type", " and ".join(sorted(both)))]
    parties = _parties(a, b, both)
    found = [deed, *parties]
    if any(feature.bars for feature in parties):
        return found
    if overlap(a, b):
        if one_telling(a, b):
            return [*found, Feature("words", 1.0, SAME, "the same words of one page")]
        return [*found, bar("words", "one sentence tells two things")]
    one, other = a.statement, b.statement
    journey = [*remembered(a, b), *one_tour(a, b), *announced_together(a, b)]
    found += journey
    if (one.mode == lists.meeting.visit) != (other.mode == lists.meeting.visit) and not journey:
        found.append(Feature("mode", -1.0, 0.3, "a visit, and what is no visit"))
    beside = max(one.start - other.end, other.start - one.end) < _SIDE_BY_SIDE
    if one.doc_id == other.doc_id and beside and not _comes_back(a, b):
        found.append(Feature("place in text", -1.0, 0.3, "told side by side"))

    known = _object(a, b)
    words = _words(a, b, both, sure=any(feature.score == 1 for feature in [*known, *journey]))
    found += [*words, *known]
    found += _names(a, b)
    shared = mass(a.told & b.told)
    for_sure = (words[0].score >= 0.5 and shared >= _LITTLE) or any(f.score >= 0.75 for f in known)
    # What a state has decided, and what goes on, pages tell of again long after.
    retold = (
        both <= lists.lasting
        or (_is_growth(a) and _is_growth(b))
        or (both <= lists.decisions & lists.one_sided and (for_sure or shared >= _LITTLE))
    )
    found += event_days(a, b, both, for_sure, retold, vague=_vague(a) and _vague(b))
    if one.where and other.where and one.where.country and other.where.country:
        if one.where.country == other.where.country:
            found.append(Feature("place", 1.0, 0.1, "in one country"))
        else:
            found.append(Feature("place", -1.0, 0.35, "in different countries"))
    found += _certainty(one.factuality, other.factuality)
    return found


def _words(a: Digest, b: Digest, types: set[str], sure: bool) -> list[Feature]:
    """What they say in common, first how far their words are the same."""
    lists = reconciling()
    lasting = types <= lists.lasting and bool(a.receivers and b.receivers)
    passing_by = lasting and a.doers == b.doers and a.receivers == b.receivers and _goes_on(a, b)
    told_a, told_b = a.told, b.told
    if lasting and not passing_by and _vague(a) != _vague(b):
        # "The attack" says no more than the type; that both say it tells nothing.
        deed = lists.deed_words.get(a.deed, frozenset()) | lists.deed_words.get(b.deed, frozenset())
        told_a, told_b = told_a - deed, told_b - deed
    said = max(same_terms(told_a & a.said, told_b & b.said, _CHANCE), same_terms(told_a, told_b, _CHANCE))
    found = [Feature("words", said, 1.0, f"words {said:.0%} the same")]
    shared = mass(told_a & told_b)
    if shared > _LITTLE:
        much = min(1.0, (shared - _LITTLE) / _MUCH)
        found.append(Feature("many words", much, 0.35, f"words of weight {shared:.1f} shared"))
    if any(mass(x.kernel) >= _KERNEL and x.kernel <= y.told for x, y in ((a, b), (b, a))):
        found.append(Feature("kernel", 1.0, 0.3, "all that is said to be done to the object of one"))
    if (lasting and _vague(a) and _vague(b)) or (_is_growth(a) and _is_growth(b)):
        found.append(Feature("nothing apart", 1.0, 0.6, "neither says anything that tells them apart"))
    elif passing_by:
        found.append(Feature("nothing apart", 1.0, 0.5, "both speak of what goes on between them"))
    elif shared < 1 and not sure and not _both_meet(a, b, types):
        found.append(Feature("no word", -1.0, 0.25, "no telling word in common"))
    return found


def _names(a: Digest, b: Digest) -> list[Feature]:
    """What each tells by name and number: the purchase of one missile is not that of another."""
    if {a.deed, b.deed} == {reconciling().meeting.type}:
        return []
    found = []
    ours, theirs = other_names(a, b)
    one, other = (frozenset(filter(_FIGURE.fullmatch, item.told)) for item in (a, b))
    if ours and theirs:
        why = side_by_side(ours, theirs)
        if a.told ^ b.told <= ours | theirs | one | other:
            return [bar("names", f"the same is said of others: {why}")]
        found.append(Feature("names", -1.0, _SOME_NAMES if a.names & b.names else _OTHER_NAMES, why))
    if one & a.said and other & b.said and one.isdisjoint(other):
        why = side_by_side(one, other)
        found.append(Feature("figures", -1.0, _OTHER_FIGURES, why))
    return found


def _parties(a: Digest, b: Digest, types: set[str]) -> list[Feature]:
    """Who does it to whom. What two did is not what one of them did with a third."""
    lists = reconciling()
    mutual = a.statement.mutual or b.statement.mutual
    if types <= lists.one_sided and not mutual:
        if a.doers.isdisjoint(b.doers):
            return [bar("actor", "done by others")]
        shared, everyone = a.doers & b.doers, a.doers | b.doers
    else:
        shared, everyone = a.everyone & b.everyone, a.everyone | b.everyone
        if len(shared) < min(2, len(a.everyone), len(b.everyone)):
            return [bar("parties", "between others")]
    if types & lists.directed and not mutual and a.doers.isdisjoint(b.doers):
        return [bar("direction", "done by different sides")]
    found = []
    share = len(shared) / len(everyone) if everyone else 0.0
    if share == 1:
        found.append(Feature("parties", 1.0, 0.2 if len(shared) > 1 else 0.1, "the same parties"))
    else:
        # One page names all who met or were attacked, another only those it writes about; but what two
        # agreed is not what they agreed with a third.
        alone = min(len(a.everyone), len(b.everyone)) == 1
        if not (alone or types <= lists.directed or types == {lists.meeting.type} or _same_object(a, b)):
            return [bar("parties", "between others")]
        tour = bool(one_tour(a, b))
        within = tour or (
            shared in (a.everyone, b.everyone, a.doers, b.doers) and (len(shared) > 1 or len(everyone) < 3)
        )
        why = f"{', '.join(sorted(shared))} in both"
        # Whom it is done to, where one tells and the other does not, may be somebody else.
        open_end = types <= lists.directed and bool(a.receivers) != bool(b.receivers)
        found.append(Feature("parties", share - 1, (0.3 if open_end else 0.1) if within else 0.6, why))
    if a.receivers and b.receivers and a.receivers.isdisjoint(b.receivers):
        crossed = a.receivers & b.doers or b.receivers & a.doers
        if not (mutual or crossed):
            found.append(Feature("recipient", -1.0, 0.5, "done to different sides"))
    if strangers := _strangers(a, b):
        found.append(Feature("persons", -1.0, 0.5, strangers))
    return found


def _strangers(a: Digest, b: Digest) -> str:
    """Of one state two different persons act: a premier's visit is not that of the predecessor."""
    for state in sorted((set(a.people.values()) & set(b.people.values())) - {""}):
        one = {person for person, of in a.people.items() if of == state}
        other = {person for person, of in b.people.items() if of == state}
        if one.isdisjoint(other):
            return f"{', '.join(sorted(one))} and {', '.join(sorted(other))} of {state}"
    return ""


def overlap(a: Digest, b: Digest) -> bool:
    """Whether two statements share words of one page."""
    one, other = a.statement, b.statement
    return one.doc_id == other.doc_id and one.start < other.end and other.start < one.end


def one_telling(a: Digest, b: Digest) -> bool:
    """Whether two statements of the same words are one event: nothing tells them apart.

    What is agreed and the agreement to do it ("they agreed to share data") are one as well.
    """
    one, other = a.statement, b.statement
    if one.type != other.type:
        announced = reconciling().meeting.announced
        agreed, content = (one, other) if one.type == announced else (other, one)
        if agreed.type != announced or agreed.factuality != "actual" or content.factuality == "actual":
            return False
    elif (one.factuality == "actual") != (other.factuality == "actual"):
        return False
    if (one.factuality == "hypothetical") != (other.factuality == "hypothetical"):
        return False
    visit = reconciling().meeting.visit
    if (one.mode == visit) != (other.mode == visit):
        return False
    mutual = one.mutual or other.mutual
    if _strangers(a, b) or a.everyone != b.everyone or (a.doers != b.doers and not mutual):
        return False
    if a.windows and b.windows and a.windows != b.windows:
        return False
    return not a.object or not b.object or a.object <= b.object or b.object <= a.object


def _comes_back(a: Digest, b: Digest) -> bool:
    """Whether the later of two tellings takes up the object of the other ("a pact ... the accord")."""
    if len(a.everyone) < 2 or a.everyone != b.everyone or a.statement.factuality != b.statement.factuality:
        return False
    first, second = (a, b) if a.statement.start <= b.statement.start else (b, a)
    return bool(second.object) and second.object <= first.object


def _same_object(a: Digest, b: Digest) -> bool:
    one, other = a.statement.object, b.statement.object
    return one is not None and other is not None and one.id is not None and one.id == other.id


def _object(a: Digest, b: Digest) -> list[Feature]:
    one, other = a.statement.object, b.statement.object
    if one and other and one.id and other.id:
        if one.id != other.id:
            return [Feature("object", -1.0, 0.5, f"{one.id} and {other.id}")]
        named = not a.object or not b.object or not a.object.isdisjoint(b.object)
        return [Feature("object", 1.0 if named else 0.5, 0.5, one.id)]
    if mass(a.object) < 1 or mass(b.object) < 1:
        return _named_by_other(a, b)
    shared = same_terms(a.object, b.object)
    if shared:
        small = a.object if mass(a.object) <= mass(b.object) else b.object
        if mass(small) > 1 and small <= a.object & b.object:
            shared = 1.0
        return [Feature("object", shared, 0.3, f"objects {shared:.0%} the same")]
    if a.object <= b.told or b.object <= a.told:
        return [Feature("object", 0.5, 0.2, "the object of one in the words of the other")]
    return [Feature("object", -1.0, 0.3, "other objects")]


def _named_by_other(a: Digest, b: Digest) -> list[Feature]:
    """The object of one, where the other has none, in the words of the other."""
    one, other = (a, b) if mass(a.object) >= 1 else (b, a)
    if mass(one.object & other.told) < max(1.0, _MOST * mass(one.object)):
        return []
    known = one.statement.object is not None and one.statement.object.id is not None
    return [Feature("object", 1.0 if known else 0.5, 0.3, "the object of one in the words of the other")]


def _certainty(one: Factuality, other: Factuality) -> list[Feature]:
    if one == other == "hypothetical":
        return [Feature("factuality", 1.0, 0.15, "both hypothetical")]
    if (one == "hypothetical") != (other == "hypothetical"):
        return [Feature("factuality", -1.0, 0.4, "only one is hypothetical")]
    if {one, other} == {"proposed", "actual"}:
        return [Feature("factuality", -1.0, 0.35, "proposed by one, done by the other")]
    return []


def _both_meet(a: Digest, b: Digest, types: set[str]) -> bool:
    """Whether both speak of a meeting or a visit, and not one of them of a speech or a telephone call."""
    meeting = reconciling().meeting
    if types != {meeting.type}:
        return False
    return a.statement.mode == b.statement.mode == meeting.visit or not meeting.words.isdisjoint(
        a.told & b.told
    )


def _goes_on(a: Digest, b: Digest) -> bool:
    """Whether one is vague and the other, which says more, names it as going on ("the war, and ...")."""
    words = reconciling().lasting_words
    return any(_vague(x) and not y.windows and not words.isdisjoint(y.told) for x, y in ((a, b), (b, a)))


def _is_growth(item: Digest) -> bool:
    """Whether a statement says no more than that a state's forces grow: pages tell that again and again."""
    lists = reconciling()
    deed = lists.deed_words.get(item.deed, frozenset())
    if item.deed not in lists.growing or lists.growing_words.isdisjoint(item.told) or item.windows:
        return False
    return not item.object - deed and mass(item.told - deed) <= _HARDLY_MORE


def _vague(item: Digest) -> bool:
    """Whether a statement says hardly more than its type and parties."""
    deed = reconciling().deed_words.get(item.deed, frozenset())
    return not item.windows and not item.object and mass(item.told - deed) <= _LITTLE
