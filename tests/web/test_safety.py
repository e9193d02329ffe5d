"""Who is let in, what may be changed and by whom, and what every answer forbids."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest

from communique.domain.load import Domain
from communique.ledger.store import Ledger
from communique.web.safety import Guard

from .conftest import serving

TOKEN = "a-token-of-the-test-that-is-long"


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    text: str


def ask(address: str, path: str, method: str = "GET", body: str | None = None, **headers: str) -> Answer:
    """Asks without following anything; `_` in the name of a header stands for `-`."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
    try:
        connection.request(
            method, path, body, {key.replace("_", "-"): value for key, value in headers.items()}
        )
        answer = connection.getresponse()
        text = answer.read().decode("utf-8", "replace")
        return Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, text)
    finally:
        connection.close()


@pytest.fixture(scope="module")
def guarded(example_copy: Path, domain: Domain) -> Iterator[str]:
    """The app as it is beyond loopback."""
    with serving(example_copy, domain, Guard(TOKEN)) as address:
        yield address


@pytest.mark.parametrize("path", ["/", "/brief", "/api/facts", "/nothing", "/review", "/timeline.csv"])
def test_every_answer_forbids_what_it_does_not_need(path: str, app: str) -> None:
    headers = ask(app, path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy and "frame-ancestors 'none'" in policy
    assert headers["x-frame-options"] == "DENY" and headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "access-control-allow-origin" not in headers


def test_a_picture_as_a_file_may_not_run_anything(app: str) -> None:
    answer = ask(app, "/timeline.svg")
    policy = answer.headers["content-security-policy"]
    assert answer.status == 200 and "default-src 'none'" in policy and "script" not in policy


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "", "[::2]:80"]
)
def test_a_foreign_name_that_points_here_is_not_answered(host: str, app: str) -> None:
    answer = ask(app, "/", Host=host)
    assert answer.status in (400, 421) and "Overview" not in answer.text


@pytest.mark.parametrize("host", ["localhost:8765", "127.0.0.1", "[::1]:9"])
def test_names_of_this_machine_are_answered(host: str, app: str) -> None:
    assert ask(app, "/", Host=host).status == 200


@pytest.mark.parametrize("path", ["/", "/api/facts", "/brief.csv", "/review", "/page/x", "/nothing"])
def test_nothing_is_shown_without_the_token(path: str, guarded: str) -> None:
    for headers in ({}, {"Authorization": "Bearer wrong"}, {"Cookie": "communique=wrong"}):
        answer = ask(guarded, path, **headers)
        assert answer.status == 401 and "www-authenticate" in answer.headers
        assert "Overview" not in answer.text


def test_the_token_opens_and_leaves_the_address(guarded: str) -> None:
    assert ask(guarded, "/", Authorization=f"Bearer {TOKEN}").status == 200
    entered = ask(guarded, f"/brief?token={TOKEN}&since=2023")
    assert entered.status == 303 and entered.headers["location"] == "/brief?since=2023"
    cookie = entered.headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie
    assert ask(guarded, "/brief", Cookie=cookie.partition(";")[0]).status == 200
    away = ask(guarded, f"//evil.example/?token={TOKEN}")
    assert not away.headers.get("location", "").startswith("//")


def form(own_app: str) -> dict[str, str]:
    page = ask(own_app, "/review").text

    def value(name: str) -> str:
        return page.split(f'name="{name}" value="', 1)[1].split('"', 1)[0]

    return {"csrf": value("csrf"), "about": value("about"), "verdict": "wrong-1", "by": "Ada", "n": "0"}


def judgements(address: str) -> int:
    return len(json.loads(ask(address, "/api/judgements").text)["items"])


KIND = "application/x-www-form-urlencoded"


def test_only_a_form_of_this_app_changes_anything(own_app: str) -> None:
    filled = form(own_app)
    body = urlencode(filled)
    forged = urlencode({**filled, "csrf": "0" * 64})
    assert ask(own_app, "/review", "POST", forged, Content_Type=KIND).status == 400
    assert ask(own_app, "/review", "POST", urlencode({**filled, "csrf": ""}), Content_Type=KIND).status == 400
    for foreign in ({"Origin": "http://evil.example"}, {"Origin": "null"}, {"Sec_Fetch_Site": "cross-site"}):
        assert ask(own_app, "/review", "POST", body, Content_Type=KIND, **foreign).status == 403
    assert judgements(own_app) == 0
    done = ask(own_app, "/review", "POST", body, Content_Type=KIND, Origin=own_app)
    assert done.status == 303 and done.headers["location"].startswith("/review?")
    assert judgements(own_app) == 1


def test_nothing_changes_by_get(own_app: str) -> None:
    filled = form(own_app)
    assert ask(own_app, f"/review?{urlencode(filled)}").status == 400
    for path in ("/api/judgements?verdict=wrong", "/api/judgements"):
        ask(own_app, path)
    assert judgements(own_app) == 0


def test_the_interface_takes_json_and_nothing_a_form_can_send(own_app: str) -> None:
    fact = json.loads(ask(own_app, "/api/facts?limit=1").text)["items"][0]
    body = json.dumps({"verdict": "wrong", "about": [fact["fact_id"]], "by": "Ada"})
    for kind in (KIND, "text/plain", "multipart/form-data; boundary=x", ""):
        assert ask(own_app, "/api/judgements", "POST", body, Content_Type=kind).status == 415
    foreign = ask(
        own_app, "/api/judgements", "POST", body, Content_Type="application/json", Origin="http://e.example"
    )
    assert foreign.status == 403 and judgements(own_app) == 0
    made = ask(own_app, "/api/judgements", "POST", body, Content_Type="application/json")
    assert made.status == 201 and json.loads(made.text)["verdict"] == "wrong"
    assert ask(own_app, f"/api/facts/{fact['fact_id']}").status == 404


def test_too_much_is_refused(app: str) -> None:
    assert ask(app, "/review", "POST", "x" * 100_000, Content_Type=KIND).status == 413


@pytest.mark.parametrize(
    ("path", "status"),
    [("/brief?sinse=2023", 400), ("/brief?since=2023-13", 400), ("/timeline?by=mood", 400), ("/why/zzz", 404),
     ("/page/zzz", 404), ("/story/zzz", 404), ("/actor/zzz", 404), ("/brief?page=x", 400),
     ("/brief?actor=Atlantis", 400),
     ("/brief?section=99", 404), ("/search?q=%22", 400), ("/brief.exe", 404), ("/quotes.svg", 404),
     ("/api/nothing", 404), ("/api/facts?limit=0", 400), ("/api/views/none", 404),
     ("/..%2f..%2fetc/passwd", 404)],
)  # fmt: skip
def test_what_cannot_be_read_is_told_in_one_line(path: str, status: int, app: str) -> None:
    answer = ask(app, path)
    assert answer.status == status and "Traceback" not in answer.text
    if path.startswith("/api/"):
        assert list(json.loads(answer.text)) == ["error"]
    else:
        assert 'role="alert"' in answer.text


def test_a_page_that_a_browser_has_is_not_sent_again(app: str) -> None:
    first = ask(app, "/timeline")
    again = ask(app, "/timeline", If_None_Match=first.headers["etag"])
    assert first.status == 200 and again.status == 304 and not again.text


def test_a_ledger_that_may_only_be_read_is_served(example_copy: Path, domain: Domain, tmp_path: Path) -> None:
    path = tmp_path / "own.ledger"
    path.write_bytes(example_copy.read_bytes())
    with Ledger.open(path) as opened:
        from communique.errors import LedgerError
        from communique.web.judging import judge
        from communique.web.shelf import Shelf

        opened.writable = False
        with pytest.raises(LedgerError, match="only be read"):
            judge(Shelf(opened, domain), "wrong", ["x"], "Ada")
