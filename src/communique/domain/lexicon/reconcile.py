"""The words and groupings by which statements of different pages are compared (`data/reconcile.yaml`)."""

from __future__ import annotations

from functools import lru_cache

from pydantic import Field, model_validator

from communique.domain.schema import Entry
from communique.domain.source import DATA, read_yaml


class Meeting(Entry):
    """The event type of meetings, the type that one still to come may bear, and the words that tell it.

    `visit` is the mode of those for which one side travels.
    """

    type: str
    announced: str
    visit: str
    words: frozenset[str]


class Reconciling(Entry):
    """What counts as the same word, type and office when two statements are compared.

    `stop_words` carry nothing, `light_words` little; each group of `same_words` (single words and
    phrases of two) is one word. `near_types` are event types that two pages may give one event,
    `one_sided` those that a state does by itself, `directed` those in which who does it to whom
    matters, `passing` those that are over within days, `lasting` those that go on for long, `decisions`
    those that are taken once, `meeting` what two parties have at most once in a day.
    """

    stop_words: frozenset[str]
    light_words: frozenset[str]
    same_words: dict[str, tuple[str, ...]]
    near_types: tuple[frozenset[str], ...]
    one_sided: frozenset[str]
    directed: frozenset[str]
    passing: frozenset[str]
    meeting: Meeting
    lasting: frozenset[str]
    lasting_words: frozenset[str] = Field(description="groups of same words that name what goes on for long")
    deed_words: dict[str, frozenset[str]] = Field(description="groups of same words that name a type")
    growing: frozenset[str] = Field(description="types that may say no more than that forces grow")
    growing_words: frozenset[str] = Field(description="groups of same words that name such growth")
    decisions: frozenset[str]
    start_words: frozenset[str] = Field(description="words that say that something begins")
    fragment_words: frozenset[str] = Field(
        description="words by which a stretch of a sentence begins that cannot stand by itself"
    )
    ordered_ties: frozenset[str]
    dropped_qualifiers: frozenset[str]
    lesser_qualifiers: frozenset[str]
    offices: dict[str, tuple[str, ...]]
    bounds: dict[str, str] = Field(description="how a bound is said before a figure")
    short_of: frozenset[str] = Field(description="what is said before a figure that is not quite reached")
    unit_words: dict[str, str] = Field(description="how a unit is said after a figure")

    @model_validator(mode="after")
    def _one_meaning_each(self) -> Reconciling:
        seen: dict[str, str] = {}
        for name, forms in self.same_words.items():
            for form in (name, *forms):
                if form.casefold() in seen:
                    raise ValueError(f"{form!r} stands under {seen[form.casefold()]!r} and {name!r}")
                seen[form.casefold()] = name
        return self


@lru_cache(maxsize=1)
def reconciling() -> Reconciling:
    """The built-in word lists.

    >>> "TEST" in reconciling().one_sided
    True
    """
    return read_yaml(DATA / "reconcile.yaml", Reconciling)
