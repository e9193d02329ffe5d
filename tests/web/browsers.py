"""Finds a Chromium to drive, or gets Debian's: `python tests/web/browsers.py` before the tests.

Looked for in this order: what `COMMUNIQUE_BROWSER` names, a Chromium or Chrome on the PATH, Playwright's own.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


def found() -> str | None:
    """The browser there is."""
    if named := os.environ.get("COMMUNIQUE_BROWSER"):
        return named
    for name in NAMES:
        if path := shutil.which(name):
            return path
    own = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH", Path.home() / ".cache" / "ms-playwright"))
    return next((str(path) for path in sorted(own.glob("chromium-*/chrome-linux*/chrome"))), None)


def install() -> str | None:
    """Debian's Chromium, where one may install it."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    quiet = {"stdout": subprocess.DEVNULL, "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}}
    subprocess.run(["apt-get", "-qq", "update"], check=False, **quiet)  # type: ignore[call-overload]
    subprocess.run(
        ["apt-get", "-qq", "install", "-y", "--no-install-recommends", "chromium", "fonts-dejavu-core"],
        check=False, **quiet,
    )  # type: ignore[call-overload] # fmt: skip
    return found()


if __name__ == "__main__":
    if (found() or install()) is None:
        sys.exit("the tests of the app need a browser: apt-get install chromium, or set COMMUNIQUE_BROWSER")
