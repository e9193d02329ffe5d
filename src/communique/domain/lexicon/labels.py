"""How a reader is told of what the ledger holds by its type (`data/labels.yaml`)."""

from __future__ import annotations

from functools import lru_cache

from pydantic import field_validator

from communique.domain.schema import Entry
from communique.domain.source import DATA, read_yaml


class Labels(Entry):
    """What is said of each standing tie: `{all}`, or `{one}` and `{other}`, stand for the parties."""

    ties: dict[str, str]

    @field_validator("ties")
    @classmethod
    def _can_be_filled(cls, ties: dict[str, str]) -> dict[str, str]:
        for name, words in ties.items():
            try:
                words.format(all="", one="", other="")
            except (KeyError, IndexError, ValueError) as error:
                raise ValueError(f"{name}: {words!r} has more than {{all}}, {{one}} and {{other}}") from error
        return ties


@lru_cache(maxsize=1)
def labels() -> Labels:
    """The built-in words.

    >>> labels().ties["considers_threat"].format(one="A", other="B")
    'A considers B a threat'
    """
    return read_yaml(DATA / "labels.yaml", Labels)
