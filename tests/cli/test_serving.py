"""`communique serve`: where it listens, whom it lets in, and how it stops."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest


@contextmanager
def served(ledger: Path, *options: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The address the command prints, and the command as it runs."""
    program = "from communique.cli import main; main()"
    command = [sys.executable, "-c", program, "serve", "--ledger", str(ledger), "--port", "0", *options]
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as running:
        try:
            assert running.stderr is not None
            line = running.stderr.readline()
            found = re.search(r"http://\S+", line)
            assert found, line + running.stderr.read()
            yield found[0], running
        finally:
            running.kill()


def test_it_serves_this_machine_and_stops_when_told(built: Path) -> None:
    with served(built) as (address, running):
        assert address.startswith("http://127.0.0.1:") and "token" not in address
        with urlopen(address, timeout=60) as answer:
            assert answer.status == 200 and b"Newest" in answer.read()
        running.send_signal(signal.SIGINT)
        assert running.wait(30) in (0, 130)
        assert running.stderr is not None and "Traceback" not in running.stderr.read()


def test_beyond_loopback_it_asks_for_the_token_it_prints(built: Path) -> None:
    with served(built, "--host", "0.0.0.0") as (address, _):
        match = re.fullmatch(r"http://0\.0\.0\.0:(\d+)/\?token=(\S{20,})", address)
        assert match
        local = f"http://127.0.0.1:{match[1]}/api/facts"
        with pytest.raises(HTTPError) as refused:
            urlopen(local, timeout=60)
        refused.value.close()
        assert refused.value.code == 401
        with urlopen(Request(local, headers={"Authorization": f"Bearer {match[2]}"}), timeout=60) as answer:
            assert answer.status == 200


def test_what_cannot_be_served_is_told_in_one_line(run, built: Path, tmp_path: Path) -> None:
    assert run("serve", "--ledger", tmp_path / "none.ledger", "--port", 0).code == 1
    short = run("serve", "--ledger", built, "--token", "short", "--port", 0)
    assert short.code == 2 and "too short" in short.err
    nowhere = run("serve", "--ledger", built, "--host", "203.0.113.1", "--port", 0)
    assert nowhere.code == 1 and "cannot listen there" in nowhere.err and nowhere.err.count("\n") == 1
