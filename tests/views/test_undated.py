"""`why` tells of a page without a day what was looked for in vain."""

from __future__ import annotations

from communique.domain.load import Domain
from communique.ledger.store import Ledger
from communique.views.why import why


def test_an_undated_page_says_why(example_ledger: Ledger, domain: Domain) -> None:
    undated = [d for d in example_ledger.documents() if d.published is None and d.language == "en"]
    assert undated
    for document in undated:
        lines = [
            line
            for section in why(example_ledger, document.doc_id, domain).sections
            for line in section.lines
        ]
        assert any(line.what == "undated" and line.value for line in lines)
