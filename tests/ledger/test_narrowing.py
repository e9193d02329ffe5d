"""What other pages force of a page's day is shown, and what the page says of itself is kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from communique.ledger.store import Ledger
from communique.model import Ground, Publication

WINDOW = Publication(date(2024, 4, 5), date(2024, 4, 9), None, "range", (Ground("story", "a dated page"),))


def test_a_narrowed_day_is_read_and_the_own_day_kept(place: Callable[[str], str], numbered: Any) -> None:
    entry = numbered(1)
    with Ledger.open(place("a"), create=True) as ledger:
        ledger.add([entry])
        doc_id = entry.document.doc_id
        ledger.set_reconciled((), (), (), (), {}, narrowed={doc_id: WINDOW})
        assert ledger.document(doc_id).published == WINDOW
        assert [d.published for d in ledger.read_documents()] == [entry.document.published]
        ledger.set_reconciled((), (), (), (), {})
        assert ledger.document(doc_id).published == entry.document.published
