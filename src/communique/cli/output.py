"""Where things go: data to standard output or a file, everything else to standard error."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from communique.errors import InputError, UsageError

if TYPE_CHECKING:
    from rich.console import Console

WIDTH = 110
"""Columns where nobody tells how many there are."""


def console() -> Console:
    """Standard output for reading; colour only on a terminal, and not where NO_COLOR is set."""
    from rich.console import Console

    class Paper(Console):
        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    known = sys.stdout.isatty() or "COLUMNS" in os.environ
    return Paper(width=None if known else WIDTH, highlight=False)


def progress_console() -> Console:
    """Standard error, for progress."""
    from rich.console import Console

    return Console(stderr=True, highlight=False)


def tell(message: str) -> None:
    """A line on standard error, without what could steer a terminal."""
    from communique.views.terminal import plain

    for line in message.splitlines():
        sys.stderr.write(plain(line) + "\n")


def silence() -> None:
    """Turns standard output away, so that what is still buffered breaks nothing at exit."""
    sink = os.open(os.devnull, os.O_WRONLY)
    os.dup2(sink, sys.stdout.fileno())
    os.close(sink)


def write(text: str, output: Path | None) -> None:
    """Text to a file, whole or not at all, or to standard output. Raises `InputError`."""
    if output is None:
        sys.stdout.buffer.write(text.encode("utf-8", "surrogatepass"))
        sys.stdout.buffer.flush()
        return
    if output.is_dir():
        raise InputError(f"{output}: is a folder; name a file in it")
    try:
        if output.exists() and not output.is_file():  # a pipe or device takes bytes as they come
            output.write_text(text, "utf-8")
            return
        handle, name = tempfile.mkstemp(prefix=".communique-", suffix=".unfinished", dir=output.parent)
        unfinished = Path(name)
        try:
            with os.fdopen(handle, "w", encoding="utf-8", errors="surrogatepass", newline="") as stream:
                stream.write(text)
            unfinished.chmod(output.stat().st_mode & 0o777 if output.exists() else 0o666 & ~_umask())
            unfinished.replace(output)
        finally:
            unfinished.unlink(missing_ok=True)
    except OSError as error:
        raise InputError(f"{output}: cannot be written: {error.strerror or error}") from error


def write_folder(files: Iterable[tuple[str, str]], folder: Path) -> int:
    """Files into a folder, which is made; returns how many. Raises `InputError`.

    A folder that holds anything but an earlier report is left alone.
    """
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder}: is a file; name a folder")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / "index.html").exists():
        raise UsageError(f"{folder}: holds other things; name a new or empty folder")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for old in (*folder.glob("doc-*.html"), *folder.glob("actor-*.html"), *folder.glob("story-*.html")):
            old.unlink()
    except OSError as error:
        raise InputError(f"{folder}: cannot be written: {error.strerror or error}") from error
    count = 0
    for name, text in files:
        write(text, folder / name)
        count += 1
    return count


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
