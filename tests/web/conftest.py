"""The app on a port of this machine, and a real browser that looks at it."""

from __future__ import annotations

import importlib.util
import shutil
import socket
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, Request, sync_playwright

from communique.domain.load import Domain
from communique.ledger.store import Ledger
from communique.web.app import create_app
from communique.web.safety import Guard

_spec = importlib.util.spec_from_file_location("browsers", Path(__file__).parent / "browsers.py")
assert _spec and _spec.loader
browsers = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(browsers)


@contextmanager
def serving(ledger: Path | str, domain: Domain, guard: Guard | None = None) -> Iterator[str]:
    """The address at which the app serves a ledger, in a thread of this process."""
    with closing(socket.socket()) as listening, Ledger.open(ledger) as opened:
        listening.bind(("127.0.0.1", 0))
        app = create_app(opened, domain, guard, by="Ada")
        server = uvicorn.Server(uvicorn.Config(app, log_level="critical", lifespan="on"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        try:
            while not server.started and thread.is_alive():
                time.sleep(0.02)
            assert server.started, "the app does not start"
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(20)


@pytest.fixture(scope="session")
def example_copy(example_ledger: Ledger, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the example ledger, to be served."""
    target = tmp_path_factory.mktemp("served") / "example.ledger"
    with closing(sqlite3.connect(example_ledger.name)) as connection:
        connection.execute("VACUUM INTO ?", (str(target),))
    return target


@pytest.fixture(scope="session")
def app(example_copy: Path, domain: Domain) -> Iterator[str]:
    """The app on the example ledger; not to be judged in."""
    with serving(example_copy, domain) as address:
        yield address


@pytest.fixture(scope="session")
def empty_app(domain: Domain, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app on a ledger with nothing in it."""
    path = tmp_path_factory.mktemp("empty") / "empty.ledger"
    Ledger.open(path, create=True).close()
    with serving(path, domain) as address:
        yield address


@pytest.fixture
def own_app(example_copy: Path, domain: Domain, tmp_path: Path) -> Iterator[str]:
    """The app on a ledger of the test's own."""
    path = tmp_path / "own.ledger"
    shutil.copy(example_copy, path)
    with serving(path, domain) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A Chromium; a missing one fails the tests, it does not skip them."""
    path = browsers.found()
    if path is None:
        pytest.fail("no browser: apt-get install chromium, or name one in COMMUNIQUE_BROWSER")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield launched
        launched.close()


@dataclass
class Watched:
    """A tab, with what it complained of and whom it asked."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def went_well(self, *allowed: str) -> None:
        """No error on the console, and nothing asked of any but this machine."""
        assert not [one for one in self.complaints if not any(part in one for part in allowed)]
        assert not [one for one in self.asked if not one.startswith(("http://127.0.0.1:", "file:", "data:"))]


Open = Callable[..., Watched]


@pytest.fixture
def tab(browser: Browser) -> Iterator[Open]:
    """Opens an address in a tab of its own; `options` are those of a Playwright context."""
    contexts: list[BrowserContext] = []

    def open_(address: str, **options: Any) -> Watched:
        context = browser.new_context(**options)
        contexts.append(context)
        context.set_default_timeout(15_000)
        watched = Watched(context.new_page())

        def asked(request: Request) -> None:
            watched.asked.append(request.url)

        watched.page.on("console", lambda m: watched.complaints.append(m.text) if m.type == "error" else None)
        watched.page.on("pageerror", lambda error: watched.complaints.append(str(error)))
        context.on("request", asked)
        watched.page.goto(address)
        return watched

    yield open_
    for context in contexts:
        context.close()
