"""What can go wrong, as one tree.

CommuniqueError                  shown to a person as one line, never as a traceback
├── UsageError                   the command was called wrongly (exit 2)
├── InputError                   a page, folder or file that was named cannot be used (exit 1)
├── DomainError                  the domain data has mistakes; carries every `Problem` (exit 1)
├── LedgerError                  the ledger cannot be opened, read or written (exit 1)
│   ├── LedgerVersionError       written by another version of Communiqué
│   └── LedgerFullError          no room left on the disk
└── ModelError                   the language model is missing or unfit (exit 1)

A page that is merely bad raises nothing: it becomes a `Problem`, and the run goes on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with one input, told so that a person can mend it.

    `path` names the file, `where` the place inside it (a line, a record, a key; may be empty),
    `message` what is wrong and what to do.

    >>> str(Problem("pages/a.html", "line 3", "is not valid JSON; fix or remove the line"))
    'pages/a.html: line 3: is not valid JSON; fix or remove the line'
    """

    path: str
    where: str
    message: str

    def __str__(self) -> str:
        return ": ".join(part for part in (self.path, self.where, self.message) if part)


class CommuniqueError(Exception):
    """Anything a person can be told in one line."""

    exit_code = 1


class UsageError(CommuniqueError):
    """The command was called wrongly."""

    exit_code = 2


class InputError(CommuniqueError):
    """A page, folder or file that was named cannot be used."""


class DomainError(CommuniqueError):
    """The domain data has mistakes; `problems` holds all of them."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class LedgerError(CommuniqueError):
    """The ledger cannot be opened, read or written."""


class LedgerVersionError(LedgerError):
    """The ledger was written by another version of Communiqué."""


class LedgerFullError(LedgerError):
    """There is no room left where the ledger is kept."""


class ModelError(CommuniqueError):
    """The language model is missing or unfit."""
