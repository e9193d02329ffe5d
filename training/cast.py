"""Who stands on the sides of the training sentences, by kind, so that names can be exchanged."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from sentences import Sentence

_KINDS = (
    ("court", r"court|judges?|tribunal|prosecutors?"),
    ("police", r"police|authorities|officers|guards"),
    (
        "armed",
        r"troops|soldiers|army|forces|fighters|rebels|militants|gunmen|navy|jets|guerrillas|insurgents",
    ),
    ("people", r"protesters|workers|teachers|students|farmers|residents|activists|demonstrators|refugees"),
    ("leader", r"(?:president|minister|premier|chancellor|king|secretary|envoy|general|leader|chief) [A-Z]"),
    ("government", r"government|cabinet|parliament|administration|ministry"),
)


class Cast:
    """The sides of the sentences by kind: courts, police, armed groups, crowds, leaders and so on."""

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        self._of: defaultdict[str, list[str]] = defaultdict(list)
        for sentence in sentences:
            for side in (sentence.source, sentence.target):
                words = sentence.text[slice(*side)]
                if kind := _kind(words):
                    self._of[kind].append(words)

    def recast(self, sentence: Sentence, chance: random.Random, share: float) -> Sentence:
        """The sentence with each side, by `share`, under the name of another of its kind."""
        for name in ("source", "target"):
            start, end = getattr(sentence, name)
            kind = _kind(sentence.text[start:end])
            if kind is None or chance.random() >= share:
                continue
            words = chance.choice(self._of[kind])
            if start == 0:
                words = words[0].upper() + words[1:]
            longer = len(words) - (end - start)
            spans = {
                other: tuple(at + longer if at >= end else at for at in getattr(sentence, other))
                for other in ("source", "target")
            }
            spans[name] = (start, start + len(words))
            sentence = replace(sentence, text=sentence.text[:start] + words + sentence.text[end:], **spans)
        return sentence


def _kind(words: str) -> str | None:
    """The kind of a side, None if it is of none of these."""
    for kind, pattern in _KINDS:
        if re.search(rf"\b(?:{pattern})", words, re.IGNORECASE if kind != "leader" else 0):
            return kind
    if all(word[0].isupper() for word in words.split()) and len(words.split()) <= 3:
        return "name"
    return None
