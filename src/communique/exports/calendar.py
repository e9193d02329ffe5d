"""What is planned, pledged or proposed for a day, as a calendar (iCalendar, RFC 5545)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from communique.ledger.reading import Reader
from communique.model import Fact, Factuality, Interval, Statement

AHEAD: frozenset[Factuality] = frozenset({"planned", "pledged", "proposed"})
"""What has not happened as far as the ledger knows."""


def calendar(ledger: Reader) -> Iterator[str]:
    """The calendar, line by line (each ends in CR LF), by time."""
    yield from _lines(
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Communique//ledger//EN", "CALSCALE:GREGORIAN"
    )
    for fact, said in ledger.evidence("event"):
        if fact.when is not None and fact.factuality in AHEAD:
            yield from _event(fact, fact.when, said[0])
    yield from _lines("END:VCALENDAR")


def _event(fact: Fact, when: Interval, best: Statement) -> Iterator[str]:
    names = ", ".join(dict.fromkeys(a.name for a in best.actors))
    told = f"{fact.factuality}: {fact.about}" + (f" ({names})" if names else "")
    origins = ", ".join(fact.origins) or "unknown"
    why = f"“{best.quote}”\nOrigin: {origins}\nDay known to the {when.precision}"
    # The stamp says when the entry was made; for the same ledger to give the same calendar it
    # follows from the entry.
    yield from _lines(
        "BEGIN:VEVENT",
        f"UID:{fact.fact_id}@communique",
        f"DTSTAMP:{_day(when.earliest)}T000000Z",
        f"DTSTART;VALUE=DATE:{_day(when.earliest)}",
        f"DTEND;VALUE=DATE:{_day(_after(when.latest))}",
        f"SUMMARY:{_text(told)}",
        f"DESCRIPTION:{_text(why)}",
        *([f"LOCATION:{_text(best.where.name)}"] if best.where else []),
        f"CATEGORIES:{_text(fact.type or fact.kind)}",
        "STATUS:TENTATIVE",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    )


def _day(day: date) -> str:
    return f"{day.year:04d}{day.month:02d}{day.day:02d}"


def _after(day: date) -> date:
    """The next day: iCalendar's end is not included."""
    return day + timedelta(days=1) if day < date.max else day


def _text(value: str) -> str:
    """A value with what has a meaning in iCalendar escaped.

    >>> _text("a, b; c")
    'a\\\\, b\\\\; c'
    """
    escaped = re.sub(r"([\\;,])", r"\\\1", value)
    return re.sub(r"[\x00-\x1f\x7f]", " ", re.sub(r"\r\n|\r|\n", r"\\n", escaped))


def _lines(*lines: str) -> Iterator[str]:
    """Content lines, folded to 75 octets between characters."""
    for line in lines:
        folded, width = "", 0
        for character in line:
            octets = len(character.encode())
            if width + octets > 75:
                folded, width = folded + "\r\n ", 1
            folded, width = folded + character, width + octets
        yield folded + "\r\n"
