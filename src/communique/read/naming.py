"""Which states and bodies a page names, by the names of the domain data, for rules that date it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from communique.domain.load import Domain

_CAPITALISED = re.compile(r"[A-ZÀ-ÞĀ-ž][\w’'.-]*")


@dataclass(frozen=True, slots=True)
class Named:
    """A state or body named at `start` to `end`."""

    start: int
    end: int
    code: str


@lru_cache(maxsize=8)
def _names(domain: Domain) -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Names and codes by the first word of the name, the longest first."""
    found: dict[str, set[tuple[str, str]]] = {}
    for code, state in domain.states.items():
        for name in (state.name, *state.strong, *state.demonyms):
            found.setdefault(_first(name), set()).add((name, code))
    for code, body in domain.bodies.items():
        for name in body.names:
            found.setdefault(_first(name), set()).add((name, code))
    return {word: tuple(sorted(names, key=lambda n: (-len(n[0]), n))) for word, names in found.items()}


def _first(name: str) -> str:
    match = _CAPITALISED.search(name)
    return match[0].rstrip(".'’-") if match else name


def named(text: str, domain: Domain) -> Iterator[Named]:
    """The states and bodies a text names, in order ("Japan", "Japanese", "NATO").

    >>> from communique.domain.load import load_domain
    >>> [found.code for found in named("Finland has joined NATO.", load_domain())]
    ['FIN', 'NATO']
    """
    index = _names(domain)
    after = 0
    for match in _CAPITALISED.finditer(text):
        word = match[0].rstrip(".'’-")
        at = match.start()
        names = index.get(word) or index.get(re.sub(r"['’]s$", "", word))
        if names is None or at < after:
            continue
        for name, code in names:
            start = at - name.find(_first(name))
            end = start + len(name)
            if start >= after and text.startswith(name, start) and not text[end : end + 1].isalnum():
                yield Named(start, end, code)
                after = end
                break
