"""A view as JSON: every field of it, and the counts a reader would make."""

from __future__ import annotations

import json
import re
from typing import Any, TypeAlias

from communique.text import Span
from communique.views.page import Line, Reference, View, Words

Record: TypeAlias = dict[str, Any]


def as_json(view: View) -> str:
    """The view as one JSON object, two blanks deep."""
    text = json.dumps(record(view), ensure_ascii=False, indent=2)
    # JSON allows control characters above U+007E; a terminal may obey them.
    return (
        re.sub(
            "[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]", lambda m: f"\\u{ord(m[0]):04x}", text
        )
        + "\n"
    )


def record(view: View) -> Record:
    """The view as plain values; offsets are code points in the text of the document."""
    return {
        "view": view.name,
        "title": view.title,
        "about": list(view.about),
        "sections": [
            {
                "title": section.title,
                "note": section.note,
                "columns": list(section.columns),
                "lines": [_line(line) for line in section.lines],
                "more": section.more,
            }
            for section in view.sections
        ],
        "pages": [_reference(page) for page in view.pages],
    }


def _line(line: Line) -> Record:
    return {
        "when": line.when or None,
        "what": line.what,
        "value": line.value or None,
        "factuality": line.factuality,
        "words": _words(line.words) if line.words else None,
        "note": line.note or None,
        "origins": list(line.origins),
        "independent_origins": len(line.origins),
        "pages": list(line.pages),
        "fact_id": line.fact_id,
        "also": list(line.also),
        "statement_ids": [words.statement_id for words in line.evidence if words.statement_id],
        "evidence": [_words(words) for words in line.evidence],
        "cells": list(line.cells),
        "opens": {"noun": line.opens[0], "id": line.opens[1]} if line.opens else None,
    }


def _words(words: Words) -> Record:
    return {
        "text": words.text,
        "doc_id": words.doc_id,
        "page": words.number,
        "start": words.start,
        "end": words.end,
        "statement_id": words.statement_id,
        "origin": words.origin,
        "factuality": words.factuality,
        "marks": [_span(mark) for mark in words.marks],
    }


def _span(span: Span) -> list[int]:
    return [span.start, span.end]


def _reference(page: Reference) -> Record:
    return {
        "page": page.number,
        "doc_id": page.doc_id,
        "title": page.title,
        "publisher": page.publisher,
        "agency": page.agency,
        "published": page.published,
        "dated_by": page.grounds,
        "path": page.path,
        "url": page.url,
    }
