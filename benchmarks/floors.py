"""The figures that must not be lost: `floors.json`, which only rises by itself.

`python -m benchmarks --raise` writes what was measured wherever it is higher. To lower a floor, edit the
file and say why in the change.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import TypeAlias

FLOORS = Path(__file__).with_name("floors.json")
STEP = 0.5
"""Floors are multiples of this, and as much below what was measured: other processors round otherwise."""

Floors: TypeAlias = dict[str, dict[str, float]]


def floors(path: Path = FLOORS) -> Floors:
    """Floors by benchmark and score, all in per cent."""
    found: Floors = json.loads(path.read_text("utf-8"))
    return found


def below(name: str, scores: Mapping[str, float], held: Mapping[str, Mapping[str, float]]) -> list[str]:
    """What lies below its floor, or was not measured, in words.

    >>> below("tea", {"taste": 79.9}, {"tea": {"taste": 80.0, "heat": 50.0}})
    ['tea: taste is 79.9, floor 80.0', 'tea: heat was not measured, floor 50.0']
    """
    found = []
    for score, floor in held.get(name, {}).items():
        if score not in scores:
            found.append(f"{name}: {score} was not measured, floor {floor}")
        elif scores[score] < floor:
            found.append(f"{name}: {score} is {scores[score]}, floor {floor}")
    return found


def raised(held: Mapping[str, Mapping[str, float]], name: str, scores: Mapping[str, float]) -> Floors:
    """The floors with those of one benchmark brought up to what was measured, none brought down.

    >>> raised({"tea": {"taste": 80.0}}, "tea", {"taste": 79.0, "heat": 50.7})
    {'tea': {'taste': 80.0, 'heat': 50.0}}
    """
    old = held.get(name, {})
    new = {
        score: max(old.get(score, 0.0), (math.floor(value / STEP) - 1) * STEP)
        for score, value in scores.items()
    }
    return {**{key: dict(value) for key, value in held.items()}, name: {**old, **new}}


def write(held: Floors, path: Path = FLOORS) -> None:
    """Writes the floors, a score a line."""
    path.write_text(json.dumps(held, indent=2, sort_keys=True) + "\n", "utf-8")
