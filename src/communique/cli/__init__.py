"""The command line: `communique`."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from communique.errors import CommuniqueError

STOPPED = 130
"""The exit code after an interruption, as shells have it."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs a command and exits: 0 done, 1 refused or failed, 2 wrong usage, 130 interrupted.

    A person's mistake is told in one line on standard error, never as a traceback.
    """
    from communique.cli.app import app

    try:
        app(args=None if arguments is None else list(arguments), prog_name="communique")
    except BrokenPipeError:
        # Who reads standard output has enough; what is still buffered must not be written at exit.
        _silence()
        sys.exit(0)
    except CommuniqueError as error:
        _tell(str(error))
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        _tell("stopped")
        sys.exit(STOPPED)


def _tell(message: str) -> None:
    try:
        print("\n".join(f"communique: {line}" for line in message.splitlines()), file=sys.stderr)
    except (BrokenPipeError, UnicodeEncodeError):
        pass


def _silence() -> None:
    sink = os.open(os.devnull, os.O_WRONLY)
    os.dup2(sink, sys.stdout.fileno())
