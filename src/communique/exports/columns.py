"""The columns of every export, with their types: the export contract as data.

A type is `text`, `whole`, `number`, `yes_no` or `day` (ISO 8601), a list `[type]`, or a record
`{name: type}`. Every value may be missing. Columns may be added, never renamed or dropped.
"""

from __future__ import annotations

from typing import TypeAlias

Type: TypeAlias = str | list["Type"] | dict[str, "Type"]

INTERVAL: dict[str, Type] = {"earliest": "day", "latest": "day", "precision": "text", "text": "text"}

COLUMNS: dict[str, dict[str, Type]] = {
    "documents": {
        "doc_id": "text",
        "path": "text",
        "url": "text",
        "sha256": "text",
        "title": "text",
        "publisher": "text",
        "agency": "text",
        "language": "text",
        "published": {
            "earliest": "day",
            "latest": "day",
            "best": "day",
            "precision": "text",
            "grounds": [{"rule": "text", "text": "text", "start": "whole", "end": "whole"}],
        },
        "text": "text",
        "regions": [{"start": "whole", "end": "whole", "label": "text"}],
        "family_id": "text",
        "story_id": "text",
    },
    "statements": {
        "statement_id": "text",
        "doc_id": "text",
        "fact_id": "text",
        "kind": "text",
        "start": "whole",
        "end": "whole",
        "quote": "text",
        "type": "text",
        "mode": "text",
        "contexts": ["text"],
        "actors": [
            {
                "role": "text",
                "id": "text",
                "name": "text",
                "kind": "text",
                "state": "text",
                "start": "whole",
                "end": "whole",
            }
        ],
        "mutual": "yes_no",
        "when": INTERVAL,
        "where": {
            "name": "text",
            "country": "text",
            "latitude": "number",
            "longitude": "number",
            "geoname_id": "whole",
        },
        "factuality": "text",
        "object": {"text": "text", "id": "text"},
        "quantity": {
            "value": "number",
            "upper": "number",
            "unit": "text",
            "bound": "text",
            "measure": "text",
            "period": INTERVAL,
        },
        "words": "text",
        "direct": "yes_no",
        "office": "text",
        "attributed_to": {"id": "text", "name": "text"},
        "origin": "text",
        "rule": "text",
        "score": "number",
    },
    "facts": {
        "fact_id": "text",
        "kind": "text",
        "type": "text",
        "about": "text",
        "statement_ids": ["text"],
        "origins": ["text"],
        "when": INTERVAL,
        "factuality": "text",
    },
    "families": {"family_id": "text", "doc_ids": ["text"], "fullest": "text"},
    "stories": {"story_id": "text", "doc_ids": ["text"], "title": "text"},
    "disagreements": {
        "fact_id": "text",
        "about": "text",
        "reason": "text",
        "sides": [{"value": "text", "statement_ids": ["text"], "origins": ["text"]}],
    },
    "timeline": {
        "date": "text",
        "earliest": "day",
        "latest": "day",
        "precision": "text",
        "factuality": "text",
        "type": "text",
        "about": "text",
        "actors": ["text"],
        "quote": "text",
        "origins": ["text"],
        "doc_id": "text",
        "statement_id": "text",
        "fact_id": "text",
    },
    "nodes": {"id": "text", "label": "text", "kind": "text", "state": "text", "facts": "whole"},
    "edges": {
        "source": "text",
        "target": "text",
        "directed": "yes_no",
        "kind": "text",
        "type": "text",
        "factuality": "text",
        "weight": "whole",
        "earliest": "day",
        "latest": "day",
        "fact_ids": ["text"],
    },
}
