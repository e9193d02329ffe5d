"""Who is meant: one-line cases, and how often an answer is right and how often there is one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict

from communique.domain.load import load_domain
from communique.domain.source import read_yaml
from communique.extract import roles
from communique.extract.mentions import Gazetteer
from communique.model import Cast, Document, Interval, Parsed
from communique.parse.spacy import Parser
from communique.resolve.actors import resolve

CASES = Path(__file__).parent.parent / "cases" / "actors.yaml"
PRECISION, RECALL = 0.0, 0.0
"""Floors over all cases: of the answers given how many are right; of those wanted how many are given."""


class Case(BaseModel):
    model_config = ConfigDict(extra="forbid")
    text: str
    day: date | None = None
    who: dict[str, str | list[str] | None] = {}
    roles: list[str] | None = None


@dataclass(frozen=True)
class Answer:
    """What is asked for, what is wanted (None: open), what was found."""

    text: str
    asked: str
    wanted: tuple[str, ...] | None
    found: tuple[str, ...] | None


@lru_cache(maxsize=1)
def groups() -> Mapping[str, list[Case]]:
    found: dict[str, list[Case]] = read_yaml(CASES, dict[str, list[Case]])
    return found


@lru_cache(maxsize=1)
def tools() -> tuple[Parser, Gazetteer]:
    parser = Parser()
    return parser, Gazetteer(load_domain(), parser.nlp)


def read(text: str, day: date | None) -> tuple[Parsed, Cast]:
    parser, gazetteer = tools()
    parsed = parser.parse_text(text)
    published = Interval(day, day) if day else None
    cast = resolve(
        parsed,
        gazetteer.candidates(parsed),
        gazetteer.titles(parsed),
        published,
        load_domain(),
        gazetteer.names,
    )
    return parsed, cast


def who(words: str, parsed: Parsed, cast: Cast) -> tuple[str, ...] | None:
    """The actors of the innermost mention over the head of some words, `place` before the ground."""
    words, _, number = words.removesuffix(")").partition(" (")
    places = [m.start() for m in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", parsed.text)]
    start = places[int(number or 1) - 1]
    for index, passage in enumerate(parsed.passages):
        span = passage.doc.char_span(
            start - passage.start, start + len(words) - passage.start, alignment_mode="expand"
        )
        if span is not None and start >= passage.start:
            mention = cast.at(index, span.root.i)
            if mention is None or not mention.actors:
                return None
            ids = tuple(sorted(actor.id for actor in mention.actors))
            return ("place", *ids) if mention.form == "place" else ids
    raise AssertionError(f"{words!r} is not in {parsed.text!r}")


def wanted(answer: str | list[str] | None) -> tuple[str, ...] | None:
    if answer is None:
        return None
    return tuple(sorted(answer)) if isinstance(answer, list) else tuple(answer.split())


def said(case: Case, parsed: Parsed, cast: Cast) -> list[str]:
    """The roles found, as the cases write them."""
    document = Document("x", "x", None, "", None, None, None, "en", None, parsed.text, ())
    remark = {"title": "", "former title": " (former)", "title against the record": " (against the record)"}
    return [
        f"{next(a.id for a in s.actors if a.role == 'holder')} | {s.office}{remark[s.rule]}"
        f" | {next((a.id for a in s.actors if a.role == 'of'), '?')}"
        for s in roles.statements(document, parsed, cast)
    ]


def answers(case: Case) -> Iterator[Answer]:
    parsed, cast = read(case.text, case.day)
    for words, answer in case.who.items():
        yield Answer(case.text, words, wanted(answer), who(words, parsed, cast))
    if case.roles is not None:
        found = said(case, parsed, cast)
        for role in sorted({*case.roles, *found}):
            yield Answer(
                case.text,
                "role",
                (role,) if role in case.roles else None,
                (role,) if role in found else None,
            )


@lru_cache(maxsize=1)
def all_answers() -> Mapping[str, list[Answer]]:
    return {group: [a for case in cases for a in answers(case)] for group, cases in groups().items()}


def measured(given: list[Answer]) -> tuple[float, float]:
    """Precision and recall."""
    right = sum(a.found == a.wanted for a in given if a.found is not None)
    return (
        right / max(1, sum(a.found is not None for a in given)),
        right / max(1, sum(a.wanted is not None for a in given)),
    )
