"""Publisher and agency of a page."""

from __future__ import annotations

import pytest

from communique.domain.load import load_domain
from communique.model import Document, Page
from communique.read.documents import to_document
from communique.read.publisher import host_of

SENTENCE = "The ministers agreed on Monday to hold a joint exercise in the spring, they said in a statement."


def document_of(text: str, url: str | None = None, **meta: str) -> Document:
    found = to_document(Page("page", text.encode(), "text/plain", url, meta), load_domain())
    assert isinstance(found, Document)
    return found


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        (f"OSLO, May 3 (Reuters) - {SENTENCE}", "Reuters"),
        (f"OSLO (AP) — {SENTENCE}", "AP"),
        (f"OSLO, May 3 (Kyodo) -- {SENTENCE}", "Kyodo"),
        (f"MOSCOW, May 3. /TASS/. {SENTENCE}", "TASS"),
        (f"OSLO (AFP/Reuters) — {SENTENCE}", "AFP"),
        (f"Talks end in Oslo on patrols\nAgence France-Presse\n{SENTENCE}", "AFP"),
        (f"Talks end in Oslo on patrols\nBy Ann Lee | Reuters\n{SENTENCE}", "Reuters"),
        (
            f"{SENTENCE}\nReporting by Ann Lee; Editing by Bob Ray\nOur Standards: The Thomson Reuters Trust Principles.",  # noqa: E501
            "Reuters",
        ),
        (f"{SENTENCE}\nSource: Xinhua", "Xinhua"),
        (f"{SENTENCE}\n© 2023 AFP", "AFP"),
        (f"{SENTENCE}\nThe exercise will last three weeks, they added. (PTI)", "PTI"),
        (f"{SENTENCE} “We are ready,” one of them said, as quoted by the Associated Press.", None),
        (f"The ministers in Oslo. © Ann Lee / AFP\n{SENTENCE}", None),
        (
            f"The ministers greet each other in Oslo on May 3. (AP)\n{SENTENCE}\n{SENTENCE[:-1]} and more.",
            None,
        ),
        (f"{SENTENCE} The ministers of the European Union (EU)", None),
        (SENTENCE, None),
    ],
)
def test_agency(text: str, agency: str | None) -> None:
    assert document_of(text).agency == agency


def test_publisher_by_address_name_and_title() -> None:
    publishers = load_domain().publishers
    known = next(one for one in publishers.values() if one.kind == "newspaper" and one.domains and one.also)
    assert document_of(SENTENCE, f"https://www.{known.domains[0]}/x").publisher == known.name
    assert document_of(SENTENCE, f"https://news.{known.domains[0]}/x").publisher == known.name
    assert document_of(SENTENCE, publisher=known.also[0].upper()).publisher == known.name
    titled = f"Ministers agree on joint exercise - {known.name}\n{SENTENCE}"
    assert document_of(titled).publisher == known.name


def test_a_publisher_nobody_knows_is_named_as_found() -> None:
    assert document_of(SENTENCE, "https://www.example.com/x").publisher == "example.com"
    assert (
        document_of(SENTENCE, "https://www.example.com/x", publisher="The Example").publisher == "The Example"
    )
    assert document_of(SENTENCE).publisher is None
    assert document_of(SENTENCE, "http://[broken").publisher is None


def test_an_agency_that_publishes_is_its_own_agency() -> None:
    agency = next(one for one in load_domain().publishers.values() if one.kind == "agency" and one.domains)
    document = document_of(SENTENCE, f"https://{agency.domains[0]}/x")
    assert (document.publisher, document.agency) == (agency.name, agency.credit[0])


def test_hosts() -> None:
    assert host_of("https://WWW.Example.com/a") == "example.com"
    assert host_of("nothing") == host_of(None) == host_of("http://[::1") == ""
