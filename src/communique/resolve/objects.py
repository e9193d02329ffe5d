"""Names the agreements and capabilities that statements concern, also when a page paraphrases them."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace

from communique.domain.load import Domain
from communique.domain.schema import Agreement, Capability
from communique.model import Object, Statement

_WORD = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class Objects:
    """The agreements and capabilities of the domain data, findable by name and by the words about them."""

    def __init__(self, domain: Domain) -> None:
        self._by_word: dict[str, list[tuple[frozenset[str], str, frozenset[str]]]] = defaultdict(list)
        entries: dict[str, Agreement | Capability] = {**domain.agreements, **domain.capabilities}
        names: dict[str, str] = {}
        for key, entry in entries.items():
            for name in entry.names:
                names.setdefault(_level(name), key)
            bound = frozenset(entry.parties if isinstance(entry, Agreement) else entry.states)
            phrases = [frozenset(_words(name)) for name in entry.weak]
            phrases += [frozenset(word.lower() for word in words) for words in entry.about]
            for words in phrases:
                if words:
                    self._by_word[min(words)].append((words, key, bound))
        self._names = names
        ordered = sorted(names, key=len, reverse=True)
        self._pattern = re.compile(r"\b(?:" + "|".join(re.escape(name) for name in ordered) + r")\b")

    def identified(self, statement: Statement) -> Statement:
        """The statement with its object named, where its words and its actors leave no doubt."""
        if statement.kind != "event" or statement.object is None or statement.object.id:
            return statement
        found = self._by_name(statement) or self._by_words(statement)
        if found is None:
            return statement
        return replace(statement, object=Object(statement.object.text, found))

    def _by_name(self, statement: Statement) -> str | None:
        assert statement.object is not None
        match = self._pattern.search(_level(statement.object.text)) or self._pattern.search(
            _level(statement.quote)
        )
        return self._names[match.group()] if match else None

    def _by_words(self, statement: Statement) -> str | None:
        """A paraphrase counts only if all its words stand in the object and all who act are bound by it."""
        assert statement.object is not None
        words = frozenset(_words(statement.object.text))
        states = statement.states()
        fitting = {
            (len(phrase), key)
            for word in words
            for phrase, key, bound in self._by_word.get(word, ())
            if phrase <= words and states and (states <= bound if len(bound) > 1 else bool(states & bound))
        }
        if not fitting:
            return None
        longest = max(length for length, _ in fitting)
        best = {key for length, key in fitting if length == longest}
        return best.pop() if len(best) == 1 else None


def _level(text: str) -> str:
    """Apostrophes and dashes in their plain form."""
    return text.replace("’", "'").replace("–", "-")


def _words(text: str) -> list[str]:
    return _WORD.findall(_level(text).lower())
