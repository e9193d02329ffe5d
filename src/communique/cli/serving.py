"""The command that opens a ledger in a browser: serve."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Annotated

import typer

from communique.cli.options import DataFolders, LedgerFile, Quiet, domain
from communique.cli.output import tell

if TYPE_CHECKING:
    import socket


def add(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("serve", epilog="Example: communique serve --ledger pages.ledger --open")(serve)


def serve(
    ledger: LedgerFile,
    host: Annotated[
        str,
        typer.Option("--host", metavar="ADDRESS", help="Where to listen; beyond loopback with a token."),
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", "-p", min=0, max=65535, help="0 takes a free one.")] = 8765,
    token: Annotated[
        str | None,
        typer.Option(
            "--token", metavar="TEXT", envvar="COMMUNIQUE_TOKEN",
            help="Ask for this token. Default: none on loopback, a new one elsewhere.",
        ),
    ] = None,
    open_: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
    by: Annotated[
        str | None, typer.Option("--by", help="Who decides in the review. Default: the name of the user.")
    ] = None,
    quiet: Quiet = False,
    data: DataFolders = None,
) -> None:  # fmt: skip
    """Open a ledger in the browser, on this machine only unless told otherwise; stop with Ctrl-C."""
    import uvicorn

    from communique.errors import UsageError
    from communique.ledger.store import Ledger
    from communique.web.app import create_app
    from communique.web.safety import Guard

    world = domain(data)
    local = _is_loopback(host)
    if token is not None and len(token) < SHORTEST:
        raise UsageError(f"--token: too short to keep anybody out; at least {SHORTEST} letters")
    secret = token if token is not None else None if local else _new_token()
    with closing(_listen(host, port)) as listening, Ledger.open(ledger) as opened:
        name = f"[{host}]" if ":" in host else host
        address = f"http://{name}:{listening.getsockname()[1]}/" + (f"?token={secret}" if secret else "")
        app = create_app(opened, world, Guard(secret), by or _person())
        config = uvicorn.Config(
            app, log_level="error", access_log=False, server_header=False, date_header=False, lifespan="on"
        )  # fmt: skip
        if not quiet:
            tell(f"{ledger} is open at {address} (stop with Ctrl-C)")
        if open_:
            import webbrowser

            webbrowser.open(address)
        uvicorn.Server(config).run(sockets=[listening])


SHORTEST = 16
"""Letters of a token."""


def _new_token() -> str:
    from secrets import token_urlsafe

    return token_urlsafe(24)


def _person() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""


def _is_loopback(host: str) -> bool:
    import ipaddress

    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _listen(host: str, port: int) -> socket.socket:
    """A socket that listens there. Raises `InputError`."""
    import socket

    from communique.errors import InputError

    try:
        family, _, _, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        return socket.create_server(place[:2], family=family)
    except OSError as error:
        raise InputError(
            f"{host}:{port}: cannot listen there: {error.strerror or error}; try --port 0"
        ) from error
