"""The description of the JSON interface, as OpenAPI 3.1, made from the export contract."""

from __future__ import annotations

from typing import Any, get_args

import communique
from communique.exports.columns import COLUMNS, Type
from communique.model import Factuality, Verdict
from communique.web import asked
from communique.web.interface import DAY, MOST, USUAL, VIEW_FILTERS, VIEWS

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_PLAIN: dict[str, Schema] = {
    "text": {"type": ["string", "null"]},
    "whole": {"type": ["integer", "null"]},
    "number": {"type": ["number", "null"]},
    "yes_no": {"type": ["boolean", "null"]},
    "day": {"type": ["string", "null"], "format": "date"},
}
_TOLD = {
    "documents": "Pages as they were read: text, regions, publisher, day of publication with its grounds.",
    "statements": "What each page says, each with the words that say it.",
    "facts": "Statements that say the same, and the independent origins behind them.",
    "families": "Pages that carry the same text.",
    "stories": "Pages about the same happening.",
    "disagreements": "What sources say differently of one fact, every side kept.",
    "timeline": "Dated events.",
    "nodes": "Actors of the network.",
    "edges": "Who is joined by what.",
}


def document() -> Schema:
    """The whole description."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Communiqué",
            "version": communique.__version__,
            "description": "A ledger of what states do, promise, say and spend in security cooperation. "
            "Offsets are code points in the text of a document; days are ISO 8601.",
        },
        "paths": _paths(),
        "components": {
            "schemas": {
                **{name: _record(columns) for name, columns in COLUMNS.items()},
                "view": _view(),
                "judgement": _judgement(),
                "problem": {
                    "type": "object",
                    "properties": {"error": _TEXT},
                    "required": ["error"],
                    "additionalProperties": False,
                },
            }
        },
    }


def _paths() -> Schema:
    limit = _query("limit", {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL})
    offset = _query("offset", {"type": "integer", "minimum": 0, "maximum": 1_000_000, "default": 0})
    paths: Schema = {
        "/api/openapi.json": {"get": _operation("openapi", "This description.", {"type": "object"})},
    }
    for name in COLUMNS:
        listed = {
            "type": "object",
            "properties": {
                "total": {"type": "integer"},
                "limit": {"type": "integer"},
                "offset": {"type": "integer"},
                "items": {"type": "array", "items": _ref(name)},
            },
            "required": ["total", "limit", "offset", "items"],
        }
        paths[f"/api/{name}"] = {"get": _operation(name, _TOLD[name], listed, [limit, offset])}
    for name in ("documents", "statements", "facts"):
        paths[f"/api/{name}/{{id}}"] = {
            "get": _operation(f"one_of_{name}", f"One of the {name}.", _ref(name), [_path("id")])
        }
    filters = [_filter(name) for name in VIEW_FILTERS]
    names = {
        "name": "name",
        "in": "path",
        "required": True,
        "schema": {"type": "string", "enum": list(VIEWS)},
    }
    paths["/api/views/{name}"] = {
        "get": _operation(
            "view", "A view as `--format json` writes it, all of it.", _ref("view"), [names, *filters]
        )
    }
    for name, told in (("actor", "What concerns one actor."), ("story", "One story.")):
        paths[f"/api/{name}/{{id}}"] = {
            "get": _operation(name, told, _ref("view"), [_path("id"), *filters[1:]])
        }
    paths["/api/why/{id}"] = {
        "get": _operation(
            "why", "The evidence and every step behind a statement, fact, document, story or family.",
            _ref("view"), [_path("id")],
        )
    }  # fmt: skip
    most = {"type": "integer", "minimum": 1, "maximum": MOST}
    words = _query("q", {"type": "string", "minLength": 1, "maxLength": 400})
    paths["/api/search"] = {
        "get": _operation(
            "search", "Titles, paragraphs and statements, the best first; see the language of search.",
            _ref("view"), [{**words, "required": True}, _query("limit", most)],
        )
    }  # fmt: skip
    many = {
        "type": "object",
        "properties": {"items": {"type": "array", "items": _ref("judgement")}},
        "required": ["items"],
    }
    post = _operation(
        "judge", "Records a person's decision, which always wins, and applies it.", _ref("judgement")
    )
    post["responses"]["201"] = post["responses"].pop("200")
    post["responses"] |= {"413": _problem("More than is taken."), "415": _problem("The body is not JSON.")}
    post["requestBody"] = {"required": True, "content": {"application/json": {"schema": _decision()}}}
    paths["/api/judgements"] = {"get": _operation("judgements", "What persons decided.", many), "post": post}
    return paths


def _operation(name: str, told: str, answer: Schema, parameters: list[Schema] | None = None) -> Schema:
    return {
        "operationId": name,
        "summary": told,
        "parameters": parameters or [],
        "responses": {
            "200": {"description": "As asked.", "content": {"application/json": {"schema": answer}}},
            "400": _problem("The question cannot be read."),
            "401": {"description": "A token is needed."},
            "403": _problem(
                "A change was not asked for by a page of this app, or the ledger may only be read."
            ),
            "404": _problem("There is nothing of that name."),
            "421": {"description": "The app does not answer to that name."},
        },
    }


def _problem(told: str) -> Schema:
    return {"description": told, "content": {"application/json": {"schema": _ref("problem")}}}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _path(name: str) -> Schema:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}


def _query(name: str, schema: Schema) -> Schema:
    return {"name": name, "in": "query", "schema": schema}


def _filter(name: str) -> Schema:
    several = {
        "actor": _TEXT,
        "type": _TEXT,
        "factuality": {"type": "string", "enum": list(get_args(Factuality))},
    }
    if name in several:
        many = {"type": "array", "items": several[name], "maxItems": asked.MOST}
        return {**_query(name, many), "explode": True}
    return _query(name, {"type": "string", "pattern": DAY, "description": "2023, 2023-01 or 2023-01-13"})


def _record(columns: dict[str, Type]) -> Schema:
    return {
        "type": "object",
        "properties": {name: _schema(type_) for name, type_ in columns.items()},
        "required": list(columns),
    }


def _schema(type_: Type) -> Schema:
    if isinstance(type_, list):
        return {"type": ["array", "null"], "items": _schema(type_[0])}
    if isinstance(type_, dict):
        return {"type": ["object", "null"], "properties": {name: _schema(one) for name, one in type_.items()}}
    return _PLAIN[type_]


def _view() -> Schema:
    line = {
        "type": "object",
        "required": ["when", "what", "words", "origins", "independent_origins", "evidence"],
    }
    section = {
        "type": "object",
        "properties": {
            "title": _TEXT,
            "lines": {"type": "array", "items": line},
            "more": {"type": "integer"},
        },
        "required": ["title", "lines", "more"],
    }
    return {
        "type": "object",
        "properties": {
            "view": _TEXT,
            "title": _TEXT,
            "about": {"type": "array", "items": _TEXT},
            "sections": {"type": "array", "items": section},
            "pages": {"type": "array", "items": {"type": "object"}},
        },
        "required": ["view", "title", "about", "sections", "pages"],
    }


def _decision() -> Schema:
    text = {"type": ["string", "null"], "maxLength": 400}
    return {
        "type": "object",
        "properties": {
            "verdict": {"type": "string", "enum": list(get_args(Verdict))},
            "about": {"type": "array", "items": {"type": "string", "minLength": 1}, "minItems": 1},
            "by": {"type": "string", "minLength": 1, "maxLength": 400, "pattern": r"\S"},
            "field": text,
            "value": text,
            "note": text,
        },
        "required": ["verdict", "about", "by"],
        "additionalProperties": False,
    }


def _judgement() -> Schema:
    kept = _decision()
    kept["properties"] = {
        **kept["properties"],
        "judgement_id": _TEXT,
        "at": {"type": "string", "format": "date-time"},
    }
    kept["required"] = ["judgement_id", "verdict", "about", "by", "at"]
    return kept
