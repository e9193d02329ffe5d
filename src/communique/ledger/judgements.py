"""Judgements as plain text: one a line, so that people can review, merge and keep them beside their code.

    {"at": "2023-02-01T09:30:00+00:00", "by": "Ada", "verdict": "wrong", "about": ["0dede229852ad093"], ...}

The lines stand in the order of time. `says` is for the reader only: the words that the judgement is about.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import UTC
from pathlib import Path
from typing import Any

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from communique.errors import InputError
from communique.ledger.reading import Reader
from communique.model import Judgement, Verdict


class _Line(BaseModel):
    """A line of the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    at: AwareDatetime
    by: str = Field(min_length=1)
    verdict: Verdict
    about: tuple[str, ...] = Field(min_length=1)
    field: str | None = None
    value: str | None = None
    note: str = ""
    judgement_id: str | None = None
    says: tuple[str, ...] = ()

    @property
    def judgement(self) -> Judgement:
        return Judgement(
            self.verdict, self.about, self.by, self.at.astimezone(UTC), self.field, self.value, self.note
        )


def records(ledger: Reader) -> list[dict[str, Any]]:
    """Every judgement of a ledger, oldest first, with the words it is about; nothing that is empty."""
    every = list(ledger.judgements())
    words = _words(ledger, {identifier for one in every for identifier in one.about})
    return [_record(one, words) for one in every]


def _record(one: Judgement, words: dict[str, str]) -> dict[str, Any]:
    record = {
        "at": one.at.isoformat(),
        "by": one.by,
        "verdict": one.verdict,
        "about": list(one.about),
        "field": one.field,
        "value": one.value,
        "note": one.note or None,
        "judgement_id": one.judgement_id,
        "says": [words[identifier] for identifier in one.about if identifier in words],
    }
    return {key: value for key, value in record.items() if value is not None and value != []}


def as_text(ledger: Reader) -> str:
    """The judgements of a ledger as the text of a file, the same on every machine."""
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records(ledger))


def _words(ledger: Reader, identifiers: set[str]) -> dict[str, str]:
    """What the statements say and the documents are called, by their identifiers."""
    words = {s.statement_id: " ".join(s.quote.split()) for s in ledger.statements(ids=identifiers)}
    titled = {d.doc_id: d.title or d.path for d in ledger.documents(identifiers)}
    return words | titled


def from_text(text: str, path: str) -> list[Judgement]:
    """The judgements of a file; blank lines and lines that begin with # are passed over.

    Raises `InputError` with every line that cannot be taken, and why.
    """
    found: list[Judgement] = []
    wrong: list[str] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip() and not line.lstrip().startswith("#"):
            try:
                read = _Line.model_validate_json(line)
            except ValidationError as error:
                wrong += [f"{path}:{number}: {message}" for message in _messages(error)]
                continue
            judgement = read.judgement
            if read.judgement_id not in (None, judgement.judgement_id):
                wrong.append(
                    f"{path}:{number}: was changed after it was made; take its judgement_id out to make it a "
                    "new one"
                )
            found.append(judgement)
    if wrong:
        raise InputError("\n".join(wrong))
    return found


def from_files(paths: Sequence[Path]) -> list[Judgement]:
    """The judgements of several files, of which none is taken if one is wrong. Raises `InputError`."""
    found: list[Judgement] = []
    for path in paths:
        try:
            found += from_text(path.read_text("utf-8"), str(path))
        except UnicodeDecodeError as error:
            raise InputError(f"{path}: is not UTF-8; save it as UTF-8") from error
        except OSError as error:
            raise InputError(f"{path}: cannot be read: {error.strerror or error}") from error
    return found


def _messages(error: ValidationError) -> Iterator[str]:
    for one in error.errors(include_url=False):
        where = ".".join(map(str, one["loc"]))
        yield f"{where}: {one['msg']}" if where else "is no judgement: write one JSON object a line"
