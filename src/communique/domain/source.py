"""Reads strict YAML: every mistake becomes a `Problem` with file, line and path, all at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from communique.errors import DomainError, Problem

T = TypeVar("T")

DATA = Path(__file__).parent.parent / "data"

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class StrictLoader(_Base):  # type: ignore[misc]
    """YAML 1.2 scalars only: `no` stays Norway, `12:30` stays text, days and numbers stay text too.

    The schema, not the notation, decides what a scalar is; so `2010-06` and `2010-06-08` are both days.
    """


StrictLoader.yaml_implicit_resolvers = {}
for _first in "tfTF":
    StrictLoader.add_implicit_resolver(
        "tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$", re.IGNORECASE), [_first]
    )
StrictLoader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(?:null|~|)$"), ["n", "~", ""])


def read_yaml(path: Path, schema: type[T] | Any) -> T:
    """The content of one YAML file as `schema` (any type pydantic understands).

    Raises `DomainError` with every problem of the file as `file:line: path: message`.
    """
    try:
        text = path.read_text("utf-8")
    except OSError as error:
        raise DomainError([Problem(str(path), "", f"cannot be read: {error.strerror}")]) from error
    except UnicodeDecodeError as error:
        raise DomainError([Problem(str(path), "", "is not UTF-8; save it as UTF-8")]) from error
    loader = StrictLoader(text)
    try:
        node = loader.get_single_node()
        if node is None:
            raise DomainError([Problem(str(path), "", "is empty")])
        doubled = list(_doubled_keys(node))
        if doubled:
            raise DomainError(
                [Problem(f"{path}:{line}", "", f"key {key!r} stands twice") for line, key in doubled]
            )
        value = loader.construct_document(node)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        what = getattr(error, "problem", None) or str(error)
        raise DomainError([Problem(f"{path}:{line}", "", f"is not YAML: {what}")]) from error
    finally:
        loader.dispose()
    try:
        adapter: TypeAdapter[T] = TypeAdapter(schema)
        return adapter.validate_python(value)
    except ValidationError as error:
        raise DomainError(
            [
                Problem(
                    f"{path}:{_line(node, found['loc'])}",
                    ".".join(str(part) for part in found["loc"]),
                    _plain(found),
                )
                for found in error.errors()
            ]
        ) from error


def line_of(path: Path, *location: int | str) -> int:
    """The line on which the value at `location` (keys and positions) stands in a file that can be read.

    Where a part of the location does not exist, the line of the nearest part that does.

    >>> line_of(DATA / "states.yaml", "AFG") < line_of(DATA / "states.yaml", "JPN", "demonyms")
    True
    """
    return _line(_node(path), location)


def written(path: Path, *location: int | str) -> str | None:
    """The scalar at `location` as it stands in a file that can be read; None where there is none.

    >>> written(DATA / "states.yaml", "JPN", "name")
    'Japan'
    """
    node = _node(path)
    for part in location:
        if isinstance(node, yaml.MappingNode):
            node = next((value for key, value in node.value if key.value == part), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
        else:
            return None
    return str(node.value) if isinstance(node, yaml.ScalarNode) else None


def _node(path: Path) -> Any:
    loader = StrictLoader(path.read_text("utf-8"))
    try:
        return loader.get_single_node()
    finally:
        loader.dispose()


def _doubled_keys(node: yaml.Node) -> Iterator[tuple[int, str]]:
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode):
                if key.value in seen:
                    yield key.start_mark.line + 1, key.value
                seen.add(key.value)
            yield from _doubled_keys(value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _doubled_keys(item)


def _line(node: yaml.Node, location: tuple[int | str, ...]) -> int:
    """The line on which the value at `location` stands (the nearest that exists)."""
    line: int = node.start_mark.line + 1
    for part in location:
        if isinstance(node, yaml.MappingNode):
            match = next((pair for pair in node.value if pair[0].value == str(part)), None)
            if match is None:
                continue
            line, node = match[0].start_mark.line + 1, match[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            line = node.start_mark.line + 1
    return line


def _plain(found: Any) -> str:
    kind, given = found["type"], found.get("input")
    if kind == "extra_forbidden":
        return "is not a key known here; check the spelling"
    if kind == "missing":
        return "is missing"
    return f"{found['msg'][0].lower()}{found['msg'][1:]} (given: {given!r})"
