"""Matches the frames of the domain data on the clauses of a parse: what is said between whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from communique.domain.lexicon.frames import Frame, Frames, Part
from communique.domain.schema import Capability
from communique.extract import clauses
from communique.extract.slots import Lexis, Setting, Slots
from communique.model import Actor, Cast, Mention, Parsed

if TYPE_CHECKING:
    from spacy.tokens import Token

ELSEWHERE = 3
"""The words of other fields that a page of theirs has at least."""

_FALLBACK_PREPOSITIONS = ("in", "on", "to", "for", "into", "off", "with")
_STAND_INS = frozenset(("those", "them", "some", "these"))


@dataclass(frozen=True, slots=True)
class Match:
    """A frame found at a predicate, with the mentions that fill its parts."""

    name: str
    frame: Frame
    predicate: Token
    passage: int
    parts: dict[Part, tuple[tuple[Actor, Mention], ...]]
    theme: Token | None

    @property
    def rank(self) -> tuple[bool, int, float]:
        """More specific frames first, then those that know more of who is who."""
        known = sum(len(actors) for actors in self.parts.values())
        return (bool(self.frame.objects or self.frame.modifiers), min(known, 3), self.frame.score)


class Matcher:
    """The frames, ready to be matched."""

    def __init__(self, frames: Frames, capabilities: Mapping[str, Capability]) -> None:
        self.frames = frames
        self._kinds = {
            name: frozenset(frames.classes.get(f"capability-{capability.kind}", ()))
            for capability in capabilities.values()
            for name in capability.names
        }
        self._field = frozenset(frames.classes["field"])
        self._elsewhere = frozenset(frames.classes["elsewhere"])
        self._others = self._elsewhere | frozenset(frames.classes["leaning"])
        self._shared = frozenset(frames.classes["shared"])
        self._states = (self._field - self._shared) | frozenset(frames.classes["office"])
        self._lexis = Lexis(
            frozenset(frames.classes["owned"]),
            frozenset(frames.classes["support"]),
            frozenset(frames.classes["agreement"]),
            frozenset(frames.classes["journey"]),
        )

    def matches(self, parsed: Parsed, cast: Cast) -> list[Match]:
        """The best event and the best tie of each kind at each predicate, in reading order."""
        found: list[Match] = []
        sentences = [(n, s, {t.lemma_.lower() for t in s}) for n, s in parsed.sentences()]
        page: set[str] = set().union(*(lemmas for _, _, lemmas in sentences))
        if self._is_elsewhere(page, cast):
            return found
        settings = [Setting(n, cast, self._lexis) for n in range(len(parsed.passages))]
        for number, sentence, lemmas in sentences:
            taken: set[int] = set()
            of_field = bool(lemmas & self._field)
            if not of_field and lemmas & self._elsewhere:
                continue
            for token in sentence:
                if token.pos_ in ("VERB", "AUX", "ADJ") and (
                    entries := self.frames.by_verb.get(token.lemma_.lower())
                ):
                    here = clauses.particles(token)
                    options = [
                        (name, frame) for name, particle, frame in entries if not particle or particle in here
                    ]
                    for match in self._best(token, settings[number], options, of_field):
                        found.append(match)
                        frame = match.frame
                        if frame.type and frame.objects and match.theme is not None and not frame.about:
                            taken.add(match.theme.i)
            for token in sentence:
                if (
                    token.pos_ == "NOUN"
                    and token.dep_ != "compound"
                    and (nouns := self.frames.by_noun.get(token.lemma_.lower()))
                ):
                    for match in self._best(token, settings[number], nouns, of_field):
                        if not (match.frame.type and token.i in taken):
                            found.append(match)
                            if match.frame.type and match.frame.modifiers and match.theme is not None:
                                taken.add(match.theme.i)
        return found

    def _is_elsewhere(self, page: set[str], cast: Cast) -> bool:
        """Whether a page is of another field: more of its words than of states', whose own count double."""
        leaders = {a.id for m in cast.mentions for a in m.actors if a.kind == "person" and a.state}
        ours = 2 * len(page & self._states) + len(page & self._shared) + len(leaders)
        return ELSEWHERE <= len(page & self._others) > ours

    def _best(
        self, token: Token, setting: Setting, options: Iterable[tuple[str, Frame]], of_field: bool
    ) -> list[Match]:
        filled = [
            match
            for name, frame in options
            if (match := self._fill(token, setting, name, frame)) is not None
            and not (frame.alone and _joint(match))
            and (of_field or _between_states(match) or not (frame.field or _domestic(match)))
        ]
        # One event at a predicate, and one tie of each kind: who presides over a body is a member, too.
        by_kind: dict[str, list[Match]] = {}
        for match in filled:
            by_kind.setdefault(match.frame.tie or "", []).append(match)
        return [max(of_kind, key=lambda m: m.rank) for _, of_kind in sorted(by_kind.items())]

    def _fill(self, token: Token, setting: Setting, name: str, frame: Frame) -> Match | None:
        slots = Slots(token, setting)
        theme = None
        if frame.without and any(
            t.lemma_.lower() in self.frames.lemmas(frame.without) for t in slots.tokens("object")
        ):
            return None
        if frame.objects:
            theme = self._fitting_object(slots, frame)
            slots.about(theme)
            if theme is None and not ("@none" in frame.objects and not slots.tokens("object")):
                return None
        if frame.modifiers and not self._modified(slots, frame):
            return None
        parts: dict[Part, list[tuple[Actor, Mention]]] = {}
        for slot, part in frame.slots.items():
            if part == "theme":
                if theme is None and slot in ("object", "on", "to", "for", "of"):
                    theme = next((t for t in slots.tokens(slot) if t.pos_ == "NOUN"), None)
                continue
            parts.setdefault(part, []).extend(slots.players(slot))
        if frame.own and theme is not None and self._is_anothers(slots, theme, parts.get("actor", [])):
            return None
        if frame.owner and (owners := slots.players(frame.owner)):
            parts["actor"] = list(owners)
        cleaned = _cleaned(parts)
        if "recipient" in frame.needs and not cleaned.get("recipient"):
            parts = _told_by_another(slots, parts)
            cleaned = _cleaned(parts)
        for slot, part in frame.otherwise.items():
            if not _enough(cleaned, frame, part):
                others = {a.state or a.id for p, named in cleaned.items() if p != part for a, _ in named}
                players = [(a, m) for a, m in slots.players(slot) if (a.state or a.id) not in others]
                parts.setdefault(part, []).extend(players)
                cleaned = _cleaned(parts)
        if not all(_enough(cleaned, frame, part) for part in frame.needs):
            return None
        if theme is None and frame.objects:
            theme = next((t for t in slots.tokens("object") if t.pos_ == "NOUN"), None)
        return Match(name, frame, token, setting.number, cleaned, theme)

    def _is_anothers(self, slots: Slots, theme: Token, actors: list[tuple[Actor, Mention]]) -> bool:
        """Whether a thing is said to be of another state or body than of who acts."""
        own = {a.state or a.id for a, _ in actors}
        owners = [t for t in theme.lefts if t.dep_ in ("poss", "compound", "amod", "nmod")]
        named = [m for t in owners if (m := slots.cast.at(slots.number, t.i)) is not None]
        others = {a.state or a.id for m in named for a in m.actors if a.kind in ("state", "body") or a.state}
        return bool(own and others) and own.isdisjoint(others)

    def _fitting_object(self, slots: Slots, frame: Frame) -> Token | None:
        wanted = self.frames.lemmas(frame.objects)
        candidates = slots.tokens("object")
        if not candidates:
            candidates = [t for p in _FALLBACK_PREPOSITIONS for t in slots.tokens(p)]
        for token in candidates:
            if token.lemma_.lower() in wanted or token.lower_ in wanted:
                return token
            if token.pos_ == "PROPN" and token.lower_.removesuffix("s") in wanted:
                return token
            if token.pos_ == "PROPN" and wanted & self._counts_as(token):
                return token
            if "@region" in wanted and slots.is_region(token):
                return token
            if (
                "@place" in wanted
                and token.ent_type_ == "GPE"
                and slots.cast.at(slots.number, token.i) is None
            ):
                return token
            mention = slots.cast.at(slots.number, token.i)
            if mention is not None and any(f"@{a.kind}" in wanted for a in mention.actors):
                return token
            if mention is not None and len(mention.actors) > 1 and "@pair" in wanted:
                return token
            if token.lower_ in _STAND_INS and "recipient" in frame.needs:
                return token
        return None

    def _counts_as(self, token: Token) -> frozenset[str]:
        """What a named weapon is, as a common noun ("the Hwasong-18" is a missile)."""
        first = token.left_edge.i
        return next(
            (
                kinds
                for start in range(first, token.i + 1)
                if (kinds := self._kinds.get(token.doc[start : token.i + 1].text))
            ),
            frozenset(),
        )

    def _modified(self, slots: Slots, frame: Frame) -> bool:
        for word in frame.modifiers:
            slot, colon, rest = word.partition(":")
            if not colon:
                continue
            lemmas = frozenset(self.frames.classes[rest[1:]]) if rest.startswith("$") else frozenset((rest,))
            if any(
                rest == "*" or (rest == "@region" and slots.is_region(t)) or t.lemma_.lower() in lemmas
                for t in slots.tokens(slot)
            ):
                return True
        plain = self.frames.lemmas(frame.modifiers)
        return any(t.lemma_.lower() in plain or t.lower_ in plain for t in slots.tokens("mod"))


def _told_by_another(
    slots: Slots, parts: dict[Part, list[tuple[Actor, Mention]]]
) -> dict[Part, list[tuple[Actor, Mention]]]:
    """The parts with who tells as actor, where the parse has one do something to itself."""
    actors = {a.state or a.id for a, _ in parts.get("actor", ())}
    receivers = {a.state or a.id for a, _ in parts.get("recipient", ())}
    if not receivers or not receivers <= actors:
        return parts
    tellers = [(a, m) for a, m in slots.players("teller") if (a.state or a.id) not in receivers]
    return {**parts, "actor": tellers} if tellers else parts


def _joint(match: Match) -> bool:
    return len({a.state or a.id for a, _ in match.parts.get("actor", ())}) > 1


def _between_states(match: Match) -> bool:
    return len({a.state or a.id for named in match.parts.values() for a, _ in named}) > 1


def _domestic(match: Match) -> bool:
    """Whether only people or parties take part, and no region: politics at home, outside the field."""
    if match.theme is not None and any(t.ent_type_ == "LOC" for t in match.theme.subtree):
        return False
    return all(actor.kind in ("person", "organ") for named in match.parts.values() for actor, _ in named)


def _enough(parts: dict[Part, tuple[tuple[Actor, Mention], ...]], frame: Frame, part: Part) -> bool:
    """Whether a part has as many different states and bodies in it as the frame needs."""
    wanted = frame.parties if part == "party" else 0
    return len({a.state or a.id for a, _ in parts.get(part, ())}) >= max(wanted, 1)


def _cleaned(parts: dict[Part, list[tuple[Actor, Mention]]]) -> dict[Part, tuple[tuple[Actor, Mention], ...]]:
    """Each state once: an actor is no recipient of its own act, and a first party not also a second."""
    cleaned: dict[Part, tuple[tuple[Actor, Mention], ...]] = {}
    for part in ("actor", "first", "party", "recipient", "second"):
        seen: set[str] = set()
        if part == "recipient":
            seen = {a.state or a.id for a, _ in cleaned.get("actor", ())}
        if part == "second":
            seen = {a.state or a.id for a, _ in cleaned.get("first", ())}
        kept = []
        for actor, mention in parts.get(part, ()):
            key = (
                actor.id
                if part in ("actor", "party") and actor.kind == "person"
                else (actor.state or actor.id)
            )
            state = actor.state or actor.id
            if key in seen or state in seen:
                continue
            seen |= {key, state}
            kept.append((actor, mention))
        if kept:
            cleaned[part] = tuple(kept)
    return cleaned
