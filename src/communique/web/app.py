"""The app: which address is answered by what, and in which form."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import parse_qs

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from communique.domain.load import Domain
from communique.errors import CommuniqueError, LedgerError, UsageError
from communique.ledger.store import Ledger
from communique.views.html import style_sheet
from communique.views.records import as_json
from communique.views.sheet import as_csv
from communique.web import assets, interface, judging, pages
from communique.web.asked import Asked, asked
from communique.web.openapi import document
from communique.web.safety import LARGEST, App, Guard, Guarded
from communique.web.shelf import Shelf
from communique.web.shown import LISTS, SINGLE, NotHereError, shown

Make = Callable[[], Response]

_SVG_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
"""A picture on its own has its style in it, and nothing that runs."""


def create_app(ledger: Ledger, domain: Domain, guard: Guard | None = None, by: str = "") -> App:
    """The app of a ledger; `by` is who decides where a form does not say."""
    shelf, guard = Shelf(ledger, domain), guard or Guard()
    served = _Served(shelf, guard, by)

    @asynccontextmanager
    async def ready(app: Starlette) -> AsyncIterator[None]:
        await run_in_threadpool(shelf.warm)
        for name in ("overview", "brief"):
            await run_in_threadpool(pages.view_page, shelf, name, "", Asked())
        yield

    routes = [
        Route("/", served.overview),
        Route("/assets/{mark}/{name}", served.asset),
        Route("/favicon.ico", served.nothing),
        Route("/search", served.search),
        Route("/search.{form}", served.file),
        Route("/review", served.review, methods=["GET"]),
        Route("/review", served.judged, methods=["POST"]),
        Route("/page/{id}", served.document),
        Route("/api/openapi.json", served.described),
        Route("/api/search", served.api(lambda r, p: interface.found(shelf, p))),
        Route("/api/judgements", served.api(lambda r, p: interface.judgements(shelf, p)), methods=["GET"]),
        Route("/api/judgements", served.judge, methods=["POST"]),
        Route("/api/views/{name}", served.api(lambda r, p: interface.view(shelf, r.path_params["name"], p))),
        Route("/api/{name}", served.api(lambda r, p: interface.rows(shelf, r.path_params["name"], p))),
        Route("/api/{noun}/{id:path}", served.api(served.one)),
        Route("/{name}.{form}", served.file),
        Route("/{name}/{id:path}", served.single),
        Route("/{name}", served.view),
    ]
    handlers: dict[Any, Any] = {
        CommuniqueError: served.failed,
        HTTPException: served.refused,
        Exception: served.broken,
    }
    return Guarded(Starlette(routes=routes, lifespan=ready, exception_handlers=handlers), guard)


class _Served:
    """The answers; work is done in a thread, so that one slow page does not stop the others."""

    def __init__(self, shelf: Shelf, guard: Guard, by: str) -> None:
        self.shelf, self.guard, self.by = shelf, guard, by

    # --- pages -----------------------------------------------------------------------------------

    async def overview(self, request: Request) -> Response:
        """The first page."""
        return await self._page(request, lambda one: pages.view_page(self.shelf, "overview", "", one))

    async def view(self, request: Request) -> Response:
        """A view of a selection."""
        name = request.path_params["name"]
        if name not in LISTS or name in ("overview", "review"):
            raise NotHereError(f"there is no page /{name}")
        return await self._page(request, lambda one: pages.view_page(self.shelf, name, "", one))

    async def single(self, request: Request) -> Response:
        """A view of one thing; `.csv`, `.json` and `.svg` behind its address give it in that form."""
        name, identifier = request.path_params["name"], request.path_params["id"]
        if name not in SINGLE:
            raise NotHereError(f"there is no page /{name}/{identifier}")
        stem, dot, form = identifier.rpartition(".")
        if dot and form in ("csv", "json", "svg") and stem:
            return await self._file(request, name, stem, form)
        return await self._page(request, lambda one: pages.view_page(self.shelf, name, identifier, one))

    async def document(self, request: Request) -> Response:
        """A page of the ledger, to read."""
        doc_id = request.path_params["id"]
        return await self._page(request, lambda one: pages.document_page(self.shelf, doc_id, one))

    async def search(self, request: Request) -> Response:
        """What a search finds."""
        return await self._page(request, lambda one: pages.search_page(self.shelf, one))

    async def review(self, request: Request) -> Response:
        """A question of the queue."""
        one = asked(request.query_params.multi_items())

        def make() -> Response:
            return _html(judging.review_page(self.shelf, self.guard, one, self.by), "no-store")

        return await run_in_threadpool(make)

    async def _page(self, request: Request, make: Callable[[Asked], str]) -> Response:
        """A page, made once for each state of the ledger; a browser that has it already is told so."""
        one = asked(request.query_params.multi_items())
        return await self._kept(request, lambda: _html(make(one)))

    async def _kept(self, request: Request, make: Make) -> Response:
        mark = f'"{self.shelf.version()}"'
        if request.headers.get("if-none-match") == mark:
            return Response(status_code=304, headers={"etag": mark})

        def made() -> Response:
            key = ("answer", request.url.path, request.url.query)
            with self.shelf.lock:
                self.shelf.snapshot()
                return self.shelf.made.get(key, make)  # type: ignore[no-any-return]

        kept = await run_in_threadpool(made)
        answer = Response(kept.body, kept.status_code, media_type=None)
        answer.raw_headers = [*kept.raw_headers, (b"etag", mark.encode())]
        return answer

    # --- files -----------------------------------------------------------------------------------

    async def file(self, request: Request) -> Response:
        """A view as CSV, JSON or a picture."""
        name = request.path_params.get("name", "search")
        if name not in LISTS and name != "search":
            raise NotHereError(f"there is no view {name!r}")
        return await self._file(request, name, "", request.path_params["form"])

    async def _file(self, request: Request, name: str, identifier: str, form: str) -> Response:
        one = asked(request.query_params.multi_items())
        stem = "-".join(
            part for part in ("communique", name, identifier if identifier.isascii() else "") if part
        )
        stem = "".join(c for c in stem if c.isalnum() or c in "-_")

        def make() -> Response:
            headers = {"content-disposition": f'inline; filename="{stem}.{form}"'}
            if form == "svg":
                drawn = pages.picture_file(self.shelf, name, identifier, one)
                text = drawn.standalone(style_sheet("colours.css", "pictures.css"))
                headers["content-security-policy"] = _SVG_POLICY
                return Response(text, headers=headers, media_type="image/svg+xml")
            if form not in ("csv", "json"):
                raise NotHereError(f"there is no form {form!r}; use csv, json or svg")
            shown_ = shown(self.shelf, name, identifier, one, all=True)
            text, kind = (
                (as_csv(shown_), "text/csv") if form == "csv" else (as_json(shown_), "application/json")
            )
            headers["content-disposition"] = headers["content-disposition"].replace("inline", "attachment")
            return Response(text.encode("utf-8", "replace"), headers=headers, media_type=kind)

        return await self._kept(request, make)

    async def asset(self, request: Request) -> Response:
        """The style sheet or the script."""
        name = request.path_params["name"]
        if name not in assets.TYPES:
            raise NotHereError("there is no such file")
        headers = {"cache-control": "public, max-age=31536000, immutable"}
        return Response(assets.content(name), headers=headers, media_type=assets.TYPES[name])

    async def nothing(self, request: Request) -> Response:
        """What browsers ask for and is not there."""
        return Response(status_code=204)

    # --- the interface ---------------------------------------------------------------------------

    def api(self, make: Callable[[Request, interface.Pairs], Any]) -> Any:
        """An answer of the interface."""

        async def answer(request: Request) -> Response:
            pairs = request.query_params.multi_items()
            return await run_in_threadpool(lambda: _json(make(request, pairs)))

        return answer

    def one(self, request: Request, pairs: interface.Pairs) -> Any:
        """One thing by its identifier."""
        noun, identifier = request.path_params["noun"], request.path_params["id"]
        if noun in ("actor", "story", "why"):
            return interface.single(self.shelf, noun, identifier, pairs)
        return interface.one_row(self.shelf, noun, identifier, pairs)

    async def described(self, request: Request) -> Response:
        """The description of the interface."""
        return _json(document())

    # --- judgements ------------------------------------------------------------------------------

    async def judge(self, request: Request) -> Response:
        """A decision, sent as JSON."""
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
            return _json({"error": "send the judgement as application/json"}, 415)
        if request.query_params:
            raise UsageError("a judgement takes no parameters; send an object")
        try:
            body = json.loads(await _body(request))
        except ValueError as error:
            raise UsageError(f"the body is no JSON: {error}") from None
        made = await run_in_threadpool(lambda: interface.judged(self.shelf, body))
        return _json(made, 201)

    async def judged(self, request: Request) -> Response:
        """A decision, sent by the form of the review page."""
        form = parse_qs((await _body(request)).decode("utf-8", "replace"), max_num_fields=50)
        target = await run_in_threadpool(lambda: judging.from_form(self.shelf, self.guard, form))
        return RedirectResponse(target, 303)

    # --- what went wrong -------------------------------------------------------------------------

    async def failed(self, request: Request, error: Exception) -> Response:
        """One line on what is wrong."""
        status = 404 if isinstance(error, NotHereError) else 400 if isinstance(error, UsageError) else 500
        if isinstance(error, LedgerError):
            status = 404 if request.method == "POST" else 403 if not self.shelf.ledger.writable else 500
        return await self._wrong(request, status, str(error))

    async def refused(self, request: Request, error: Exception) -> Response:
        """What the routes do not know."""
        assert isinstance(error, HTTPException)
        answer = await self._wrong(request, error.status_code, f"{error.detail}: {request.url.path}")
        answer.headers.update(error.headers or {})
        return answer

    async def broken(self, request: Request, error: Exception) -> Response:
        """What nobody foresaw: no detail leaves the app; the log has it."""
        return await self._wrong(request, 500, "something broke; what communique serve printed says more")

    async def _wrong(self, request: Request, status: int, message: str) -> Response:
        if request.url.path.startswith("/api/"):
            return _json({"error": message}, status)
        titles = {400: "That cannot be read", 404: "There is no such page", 405: "That cannot be done"}
        title = titles.get(status, "That did not work")
        text = await run_in_threadpool(lambda: pages.message_page(self.shelf, title, message))
        answer = _html(text, "no-store")
        answer.status_code = status
        return answer


async def _body(request: Request) -> bytes:
    """What was sent, if it is not too much. Raises `UsageError`."""
    found = b""
    async for part in request.stream():
        found += part
        if len(found) > LARGEST:
            raise UsageError("that is more than this app takes")
    return found


def _html(text: str, cache: str = "private, no-cache") -> Response:
    return Response(
        text.encode("utf-8", "replace"),
        headers={"cache-control": cache},
        media_type="text/html; charset=utf-8",
    )


def _json(value: Any, status: int = 200) -> Response:
    text = json.dumps(value, ensure_ascii=True)
    return Response(
        text, status, headers={"cache-control": "private, no-cache"}, media_type="application/json"
    )
