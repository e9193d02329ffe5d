"""Makes the pictures of README from the example pages: `python docs/pictures.py` (needs a browser).

They are what the app shows: the tie of two actors, and a page with the words of one of its lines set off.
"""

from __future__ import annotations

import socket
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import chdir, closing, contextmanager
from pathlib import Path

import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "pictures"
WIDTH = 1180

sys.path.insert(0, str(ROOT / "tests" / "web"))


@contextmanager
def examples() -> Iterator[str]:
    """The address of the app on a ledger of the example pages."""
    from communique import pipeline
    from communique.domain.load import data_folders, load_domain
    from communique.ledger.store import Ledger
    from communique.web.app import create_app

    world = load_domain(data_folders([ROOT / "examples" / "data"]))
    with (
        tempfile.TemporaryDirectory() as folder,
        Ledger.open(Path(folder) / "example.ledger", create=True) as ledger,
        closing(socket.socket()) as listening,
    ):
        with chdir(ROOT):  # so that pages are shown by their place in the repository
            pipeline.build(["examples/pages"], ledger, domain=world)
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(create_app(ledger, world), log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started and thread.is_alive():
            time.sleep(0.05)
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


def tie(page: Page, address: str) -> None:
    """Two actors over time."""
    page.goto(f"{address}/tie?actor=JPN&actor=USA")


def words(page: Page, address: str) -> None:
    """From a line of the brief to its words."""
    page.goto(f"{address}/brief?actor=JPN&actor=USA")
    page.locator("blockquote a").first.click()
    page.evaluate("window.scrollTo(0, 0)")


def main() -> None:
    """Writes the pictures anew."""
    from browsers import found  # type: ignore[import-not-found]

    path = found()
    if path is None:
        sys.exit("a browser is needed: apt-get install chromium, or set COMMUNIQUE_BROWSER")
    PICTURES.mkdir(exist_ok=True)
    with sync_playwright() as playwright, examples() as address:
        browser: Browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        for name, show, height in (("tie", tie, 985), ("words", words, 700)):
            page = browser.new_page(viewport={"width": WIDTH, "height": height}, color_scheme="light")
            show(page, address)
            page.screenshot(path=PICTURES / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main()
