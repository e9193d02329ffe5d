"""A view as a table for spreadsheets: one row a line, with the words and where they stand."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from communique.exports.columns import Type
from communique.exports.tables import write_csv
from communique.views.page import View

COLUMNS: dict[str, Type] = {
    "section": "text",
    "when": "text",
    "what": "text",
    "value": "text",
    "factuality": "text",
    "quote": "text",
    "note": "text",
    "origins": "text",
    "independent_origins": "whole",
    "pages": "text",
    "doc_id": "text",
    "start": "whole",
    "end": "whole",
    "statement_id": "text",
    "fact_id": "text",
}


def rows(view: View) -> Iterator[dict[str, Any]]:
    """The lines of a view as rows; offsets are code points in the text of the document."""
    for section in view.sections:
        for line in section.lines:
            words = line.words
            yield {
                "section": section.title,
                "when": line.when or None,
                "what": line.what or None,
                "value": line.value or None,
                "factuality": line.factuality,
                "quote": words.text if words else None,
                "note": line.note or None,
                "origins": "; ".join(line.origins) or None,
                "independent_origins": len(line.origins),
                "pages": " ".join(map(str, line.pages)) or None,
                "doc_id": words.doc_id if words else None,
                "start": words.start if words else None,
                "end": words.end if words else None,
                "statement_id": words.statement_id if words else None,
                "fact_id": line.fact_id,
            }


def as_csv(view: View) -> str:
    """The view as CSV; no spreadsheet takes a page's words for a formula."""
    stream = io.BytesIO()
    write_csv(rows(view), COLUMNS, stream)
    return stream.getvalue().decode("utf-8", "surrogatepass")
