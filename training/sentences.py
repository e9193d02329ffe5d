"""Reads the training sentences: type, factuality, and a sentence with its two sides marked.

A line is `TYPE<TAB>FACTUALITY<TAB>sentence`, the source in [[double brackets]], the target in
{{double braces}}. What each type holds is told in `docs/encoder.md`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

TYPES = (
    "AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT", "REQUEST", "ACCUSE", "REJECT",
    "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT", "ADOPT", "ACQUIRE", "DEPLOY", "TEST",
    "NONE",
)  # fmt: skip
FACTUALITIES = ("actual", "planned", "pledged", "proposed", "denied", "hypothetical")
MUTUAL = frozenset(("AGREE", "CONSULT", "COOPERATE", "NONE"))
"""Types in which either side may stand first, so that their order teaches nothing."""

FOLDER = Path(__file__).parent / "sentences"
_SOURCE = re.compile(r"\[\[(.+?)\]\]")
_TARGET = re.compile(r"\{\{(.+?)\}\}")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One labelled sentence; spans are offsets into `text`, which bears no marks.

    In the files both sides are always named; None stands for one that is left unnamed in training.
    """

    text: str
    source: tuple[int, int] | None
    target: tuple[int, int] | None
    type: str
    factuality: str


def parse(line: str) -> Sentence:
    """One line. Raises `ValueError` for a line that is not of the form above."""
    type_, factuality, marked = line.rstrip("\n").split("\t")
    if type_ not in TYPES or factuality not in FACTUALITIES:
        raise ValueError(f"unknown label {type_} {factuality}")
    sources, targets = _SOURCE.findall(marked), _TARGET.findall(marked)
    if len(sources) != 1 or len(targets) != 1:
        raise ValueError("needs exactly one [[source]] and one {{target}}")
    text, spans = "", {}
    for piece in re.split(r"(\[\[.+?\]\]|\{\{.+?\}\})", marked):
        inner = piece
        if piece.startswith(("[[", "{{")):
            inner = piece[2:-2]
            spans[piece[:2]] = (len(text), len(text) + len(inner))
        text += inner
    if re.search(r"[\[\]{}]{2}", text):
        raise ValueError("marks inside marks")
    return Sentence(text, spans["[["], spans["{{"], type_, factuality)


def load(folder: Path = FOLDER) -> list[Sentence]:
    """All sentences, file by file, each text once. Raises `ValueError` with the place of a bad line."""
    found: dict[tuple[str, tuple[int, int], tuple[int, int]], Sentence] = {}
    for path in sorted(folder.glob("*.tsv")):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if not line.strip():
                continue
            try:
                sentence = parse(line)
            except ValueError as error:
                raise ValueError(f"{path.name}:{number}: {error}") from error
            found.setdefault((sentence.text, sentence.source, sentence.target), sentence)
    return list(found.values())
