"""The command line: `communique`."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence

from communique.errors import CommuniqueError

COLLECTING = (200_000, 50, 50)
"""When Python looks for garbage: the model and the data are a million objects that stay, so seldom."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs a command and exits: 0 done, 1 refused or failed, 2 wrong usage, 130 interrupted.

    A person's mistake is told in one line on standard error, never as a traceback.
    """
    gc.set_threshold(*COLLECTING)
    from communique.cli.app import app

    try:
        app(args=None if arguments is None else list(arguments), prog_name="communique")
    except CommuniqueError as error:
        from communique.cli.output import tell

        tell("\n".join(f"communique: {line}" for line in str(error).splitlines()))
        sys.exit(error.exit_code)
