"""Keeps the app to those it is for: host, token and origin of a request, and the headers of an answer."""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from secrets import token_urlsafe
from typing import Any, TypeAlias
from urllib.parse import parse_qsl, urlencode, urlsplit

from communique.errors import UsageError

Scope: TypeAlias = MutableMapping[str, Any]
Message: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]
App: TypeAlias = Callable[[Scope, Receive, Send], Awaitable[None]]

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
COOKIE = "communique"
LARGEST = 65_536
"""Bytes a request may bring."""

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HEADERS: Mapping[str, str] = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


@dataclass(frozen=True, slots=True)
class Guard:
    """Who may ask: `token` is needed where there is one; `hosts` are the names the app answers to.

    Without a token only the names of this machine's loopback are answered, so that no foreign name that is
    made to point here can read the ledger. `secret` signs the forms of this run.
    """

    token: str | None = None
    hosts: tuple[str, ...] = LOOPBACK
    secret: str = field(default_factory=lambda: token_urlsafe(32))

    @property
    def stamp(self) -> str:
        """What a form must carry to be taken."""
        return hmac.new(self.secret.encode(), b"form", "sha256").hexdigest()

    def check_form(self, given: str) -> None:
        """Raises `UsageError` for a form that this run of the app did not make."""
        if not hmac.compare_digest(given.encode(), self.stamp.encode()):
            raise UsageError("the form is not of this run of the app; open the page again")

    def known(self, given: str) -> bool:
        """Whether a token is the right one."""
        return self.token is not None and hmac.compare_digest(given.encode(), self.token.encode())

    def host_fits(self, host: str) -> bool:
        """Whether the app answers to a name; with a token to any."""
        name = host.partition("]")[0] + "]" if host.startswith("[") else host.partition(":")[0]
        return self.token is not None or name.lower() in self.hosts


class Guarded:
    """An app behind a guard."""

    def __init__(self, app: App, guard: Guard) -> None:
        self.app, self.guard = app, guard

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Lets a request through, or answers it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = {key.decode("latin-1").lower(): value.decode("latin-1") for key, value in scope["headers"]}
        refusal = self._refusal(scope, headers)
        if refusal:
            status, message, more = refusal
            await _answer(send, status, message, more)
            return
        await self.app(scope, receive, _with_headers(send))

    def _refusal(self, scope: Scope, headers: Mapping[str, str]) -> tuple[int, str, dict[str, str]] | None:
        host = headers.get("host", "")
        if not self.guard.host_fits(host):
            return 421, "this app does not answer to that name; open it by the address it printed", {}
        if self.guard.token is not None and not scope["path"].startswith("/assets/"):
            query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
            given = dict(query).get("token")
            if given is not None and self.guard.known(given) and scope["method"] == "GET":
                rest = urlencode([pair for pair in query if pair[0] != "token"])
                where = scope["path"].lstrip("/") if scope["path"].startswith("//") else scope["path"]
                cookie = f"{COOKIE}={self.guard.token}; Path=/; HttpOnly; SameSite=Strict"
                target = (where if where.startswith("/") else f"/{where}") + (f"?{rest}" if rest else "")
                return 303, "", {"location": target, "set-cookie": cookie}
            if not any(self.guard.known(one) for one in _tokens(headers)):
                return 401, "a token is needed: open the address that communique serve printed", {
                    "www-authenticate": 'Bearer realm="communique"'
                }  # fmt: skip
        if scope["method"] not in ("GET", "HEAD", "OPTIONS") and not _same_origin(headers, host):
            return 403, "a change may only be asked for by a page of this app", {}
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > LARGEST:
            return 413, "that is more than this app takes", {}
        return None


def _tokens(headers: Mapping[str, str]) -> list[str]:
    """The tokens a request brings: of its header, and of its cookie."""
    found = []
    kind, _, value = headers.get("authorization", "").partition(" ")
    if kind.lower() == "bearer":
        found.append(value.strip())
    try:
        cookies = SimpleCookie(headers.get("cookie", ""))
    except CookieError:
        return found
    if COOKIE in cookies:
        found.append(cookies[COOKIE].value)
    return found


def _same_origin(headers: Mapping[str, str], host: str) -> bool:
    """Whether a browser says that a page of this app asks, or no browser asks."""
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc == host


def _with_headers(send: Send) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            there = {key.lower() for key, _ in message["headers"]}
            message["headers"] = [
                *message["headers"],
                *((k.encode(), v.encode()) for k, v in HEADERS.items() if k.encode() not in there),
            ]
        await send(message)

    return sent


async def _answer(send: Send, status: int, message: str, more: Mapping[str, str]) -> None:
    body = f"{message}\n".encode() if message else b""
    headers = {
        "content-type": "text/plain; charset=utf-8",
        "content-length": str(len(body)),
        **HEADERS,
        **more,
    }
    headers["cache-control"] = "no-store"
    await send(
        {
            "type": "http.response.start",
            "status": status,
            "headers": [(key.encode(), value.encode("latin-1")) for key, value in headers.items()],
        }
    )
    await send({"type": "http.response.body", "body": body})
