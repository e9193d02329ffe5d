"""Any number of invented press pages, the same for the same number, to measure with.

The happenings are invented too. They are written from sentence patterns, filled with states of the
domain data and with names made up from syllables; one page in twenty is a wire copy of another.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

from communique.domain.load import Domain

SENTENCES = 14
COPIES = 20  # one page in this many

_OPENINGS = (
    "{A} and {B} agreed on {weekday} to {joint}, officials in {town} said.",
    "{A}'s defence minister, {minister}, met the foreign minister of {B}, {envoy}, in {town} on {weekday}.",
    "The government of {A} plans to {single} by {year}, the {paper} reported on {weekday}.",
    "{A} and {B} signed the {treaty} in {town} on {day}, after {count} years of talks.",
)
_SENTENCES = (
    "“{B} will not stand alone in the {sea}, and we said so in {town},” {minister} told reporters.",
    "{A} sent {ships} warships and about {troops} troops to the port of {town} in {month}.",
    "The two sides also discussed the {treaty}, which they signed in {past}.",
    "{C} condemned the plan and warned {A} of consequences if the {system} is deployed in {town}.",
    "{A} will spend ${billions} billion on the {system} over {count} years, {share} percent more.",
    "The {system} has a range of more than {range} kilometres, according to the {paper}.",
    "{minister} said that {A} would buy {pieces} missiles for the {system} from {B}.",
    "“We have to be honest about what the {system} costs,” said {envoy}, who leads the delegation of {B}.",
    "In {past}, {B} withdrew {troops} soldiers from {town} and gave the barracks to {province} province.",
    "{A} and {B} are to hold a joint exercise off {town} on {day}, the ministry announced.",
    "{C} tested a {system} near {town} on {weekday}, the second such test since {month}.",
    "The parliament of {A} approved a defence budget of ${billions} billion for {year}.",
    "Neither side gave details of the {treaty}, and {envoy} declined to say when it would enter into force.",
    "{A} accused {C} of moving {troops} soldiers into the {province} district in {past}.",
    "Fishermen in {town} complained that the {system} trials had closed the harbour for {count} weeks.",
    "The {paper} quoted an unnamed official as saying that {B} had offered {pieces} vehicles to {A}.",
    "{envoy} arrived in {town} on {day} and is expected to leave for the {sea} base after the talks.",
    "{A} pledged {millions} million dollars in aid for {province} province, where {people} people fled.",
    "Analysts in {town} doubt that {A} can {single} before {year}.",
    "{B} could impose sanctions on {C} if talks over the {sea} fail, {minister} said.",
)  # fmt: skip
_JOINT = ("share data from the {system}", "hold yearly talks on the {sea}", "build the {system} together")
_SINGLE = ("double its fleet in the {sea}", "station the {system} near {town}", "close the base at {town}")
_TREATIES = ("{town} Declaration", "{town} Agreement on Logistics", "{sea} Accord", "{province} Protocol")
_SYSTEMS = ("{name}-{small} radar", "{name} missile", "{name} frigate", "{name}-{small} drone")
_PAPERS = ("{name} Herald", "{name} Gazette", "Daily {name}", "{name} Observer")
_COMPOSED = {
    "treaty": _TREATIES,
    "system": _SYSTEMS,
    "paper": _PAPERS,
    "joint": _JOINT,
    "single": _SINGLE,
}
_ONSETS = (
    "b",
    "br",
    "d",
    "dr",
    "f",
    "g",
    "gr",
    "h",
    "j",
    "k",
    "kl",
    "l",
    "m",
    "n",
    "p",
    "r",
    "s",
    "st",
    "t",
    "v",
    "z",
)
_VOWELS = ("a", "e", "i", "o", "u", "ai", "ea", "ou")
_CODAS = ("", "", "l", "m", "n", "r", "s", "rn", "ck")


def write(folder: Path, count: int, domain: Domain) -> int:
    """Writes `count` pages as text files and returns how many words they hold."""
    folder.mkdir(parents=True)
    words = 0
    for number, text in enumerate(texts(count, domain)):
        words += len(text.split())
        (folder / f"{number:05}.txt").write_text(text, "utf-8")
    return words


def texts(count: int, domain: Domain) -> Iterator[str]:
    """The texts of `count` pages."""
    states = sorted(state.name for state in domain.states.values())
    for number in range(count):
        if number % COPIES == COPIES - 1:
            yield Happening.of(number - 1, states).page("Also reported elsewhere.")
        else:
            yield Happening.of(number, states).page()


@dataclass(frozen=True)
class Happening:
    """Who, where and when of one invented page."""

    number: int
    on: date
    words: dict[str, str]

    @classmethod
    def of(cls, number: int, states: list[str]) -> Happening:
        """The happening of a number, the same at every call."""
        random = Random(number)
        on = date(2021, 1, 1) + timedelta(days=random.randrange(1200))
        a, b, c = random.sample(states, 3)
        words = {
            "A": a,
            "B": b,
            "C": c,
            "town": _name(random),
            "sea": f"{_name(random)} Sea",
            "province": _name(random),
            "minister": f"{_name(random)} {_name(random)}",
            "envoy": f"{_name(random)} {_name(random)}",
            "name": _name(random),
            "small": str(random.randrange(2, 90)),
            "weekday": on.strftime("%A"),
            "day": f"{on:%B} {on.day}",
            "month": f"{on - timedelta(days=70):%B}",
            "past": str(on.year - random.randrange(1, 12)),
            "year": str(on.year + random.randrange(1, 9)),
            "count": str(random.randrange(2, 12)),
            "ships": str(random.randrange(2, 9)),
            "troops": f"{random.randrange(2, 400) * 100:,}",
            "pieces": str(random.randrange(10, 700)),
            "billions": f"{random.randrange(10, 900) / 10}",
            "millions": str(random.randrange(2, 900)),
            "share": str(random.randrange(2, 60)),
            "range": str(random.randrange(3, 40) * 50),
            "people": f"{random.randrange(20, 900) * 50:,}",
        }
        for slot, choices in _COMPOSED.items():
            words[slot] = random.choice(choices).format_map(words)
        return cls(number, on, words)

    def page(self, *more: str) -> str:
        """The page: a headline, a dateline with the day, and paragraphs of two sentences."""
        random = Random(f"page {self.number}")
        said = [random.choice(_OPENINGS), *random.sample(_SENTENCES, SENTENCES - 1), *more]
        sentences = [sentence.format_map(self.words) for sentence in said]
        paragraphs = [" ".join(sentences[at : at + 2]) for at in range(0, len(sentences), 2)]
        title = "{A} and {B} in talks over {system}".format_map(self.words)
        place = f"{self.words['town'].upper()}, {self.on:%B} {self.on.day}, {self.on.year}"
        return "\n\n".join([title, f"{place} — {paragraphs[0]}", *paragraphs[1:]]) + "\n"


def _name(random: Random) -> str:
    syllables = (
        random.choice(_ONSETS) + random.choice(_VOWELS) + random.choice(_CODAS)
        for _ in range(random.randrange(2, 4))
    )
    return "".join(syllables).capitalize()
