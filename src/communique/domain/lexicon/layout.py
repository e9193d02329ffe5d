"""What the parts of a press page look like once its layout is lost: cues from `layout.yaml`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from pydantic import Field, model_validator

from communique.domain.load import Domain
from communique.domain.schema import Entry


class Cue(Entry):
    """A pattern of whole lines (letter case ignored) with lines it must and must not match.

    `{name}` in a pattern stands for one of the layout's `parts`. A `glued` cue is also found at either
    end of a line that goes on without a space ("Back to topNext headline").
    """

    pattern: str
    examples: tuple[str, ...] = Field(min_length=1)
    counter: tuple[str, ...] = ()
    glued: bool = False
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lines:
    """Patterns of whole lines; those that need a word are tried only where it stands."""

    always: re.Pattern[str] | None
    given: tuple[tuple[tuple[str, ...], re.Pattern[str]], ...]

    def match(self, line: str) -> bool:
        """Whether the whole line is matched."""
        if self.always is not None and self.always.fullmatch(line):
            return True
        lowered = line.lower()
        return any(
            any(word in lowered for word in words) and pattern.fullmatch(line) is not None
            for words, pattern in self.given
        )


class Layout(Entry):
    """All cues. `tail` opens what stands below an article; `end` does so for good (comments).

    `placed` are lines that tell of the page only above its article: elsewhere they are of another text.
    `credited` are lines that end in an agency's name: captions, or the last of an article. `credit`
    and `dateline` are what lines begin with, not whole lines.
    """

    languages: tuple[str, ...] = Field(min_length=2)
    parts: dict[str, str]
    residue: dict[str, Cue]
    tail: dict[str, Cue]
    end: dict[str, Cue]
    caption: dict[str, Cue]
    byline: dict[str, Cue]
    dated: dict[str, Cue]
    placed: dict[str, Cue]
    dateline: dict[str, Cue]
    credited: dict[str, Cue]
    credit: dict[str, Cue]

    @model_validator(mode="after")
    def _patterns_compile(self) -> Layout:
        for kind in self.kinds.values():
            for name, cue in kind.items():
                try:
                    re.compile(self.filled(cue.pattern))
                except (re.error, KeyError) as error:
                    raise ValueError(
                        f"the pattern of {name!r} is not a regular expression: {error}"
                    ) from error
        return self

    @property
    def kinds(self) -> dict[str, dict[str, Cue]]:
        """Every kind of cue by its name."""
        return {name: value for name, value in self if name not in ("parts", "languages")}

    def filled(self, pattern: str) -> str:
        """A pattern with its `{parts}` put in."""
        return re.sub(r"\{([a-z_]+)\}", lambda match: f"(?:{self.filled(self.parts[match[1]])})", pattern)

    def _any(self, cues: dict[str, Cue], flags: int = re.IGNORECASE) -> re.Pattern[str]:
        return re.compile("|".join(f"(?:{self.filled(cue.pattern)})" for cue in cues.values()), flags)

    def _lines(self, cues: dict[str, Cue], flags: int = re.IGNORECASE) -> Lines:
        plain = {name: cue for name, cue in cues.items() if not cue.needs}
        given = [(cue.needs, self._any({name: cue}, flags)) for name, cue in cues.items() if cue.needs]
        return Lines(self._any(plain, flags) if plain else None, tuple(given))

    @cached_property
    def residue_line(self) -> Lines:
        """Lines that are never part of the article."""
        return self._lines(self.residue)

    @cached_property
    def tail_line(self) -> Lines:
        """Headings of what stands below an article, or in a box within it."""
        return self._lines(self.tail)

    @cached_property
    def end_line(self) -> Lines:
        """Headings after which nothing of the article comes."""
        return self._lines(self.end)

    @cached_property
    def caption_line(self) -> Lines:
        """Captions and credits of pictures."""
        return self._lines(self.caption, 0)

    @cached_property
    def byline_line(self) -> Lines:
        """Who wrote, reported or edited it."""
        return self._lines(self.byline, 0)

    @cached_property
    def byline_end(self) -> re.Pattern[str]:
        """A byline at the end of a line."""
        return re.compile(self.filled(r"(?:(?<=\s)|(?<=[a-z]))(?:By|BY)\s+{name}$"))

    @cached_property
    def dated_line(self) -> Lines:
        """Lines that only give a date."""
        return self._lines(self.dated)

    @cached_property
    def placed_line(self) -> Lines:
        """Lines that only give a place and a day in full."""
        return self._lines(self.placed, 0)

    @cached_property
    def credited_line(self) -> Lines:
        """Lines that end in an agency's name."""
        return self._lines(self.credited, 0)

    @cached_property
    def dateline_start(self) -> tuple[re.Pattern[str], ...]:
        """What an article begins with: where, when, which agency (groups `place`, `date`, `agency`)."""
        return tuple(re.compile(self.filled(cue.pattern)) for cue in self.dateline.values())

    @cached_property
    def credit_start(self) -> re.Pattern[str]:
        """What a line begins with that names the agency next."""
        return self._any(self.credit)

    @cached_property
    def glued_start(self) -> re.Pattern[str]:
        """A cue that runs into the words after it without a space."""
        return re.compile(f'(?i:{self._glued})(?<![\\sA-Z])(?=[A-Z“‘"])')

    @cached_property
    def glued_end(self) -> re.Pattern[str]:
        """A cue that the words before it run into without a space."""
        return re.compile(f'(?<=[a-z0-9.!?”’"])(?=[A-Z])(?i:{self._glued})$')

    @property
    def _glued(self) -> str:
        cues = [cue for part in (self.residue, self.tail, self.end) for cue in part.values() if cue.glued]
        return "|".join(f"(?:{self.filled(cue.pattern)})" for cue in cues)


@lru_cache(maxsize=8)
def layout(domain: Domain) -> Layout:
    """The layout cues of the domain data."""
    found: Layout = domain.single("layout.yaml", Layout)
    return found
