"""The way through, in order: the only module that knows it.

Reading, parsing and extraction look at one page at a time, so they run on one core or on all with the
same result; reconciling takes up at the end of a build what is new, and makes anew what that touches.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter
from typing import BinaryIO, TypeVar

from communique.domain.lexicon import factuality as factuality_lexicon
from communique.domain.lexicon import frames as frames_lexicon
from communique.domain.load import Domain, load_domain
from communique.domain.places import places
from communique.errors import InputError, Problem
from communique.extract import events, figures, mentions, quantities, quotes, roles, speech, times
from communique.extract.frames import Matcher
from communique.ledger.store import Ledger
from communique.ledger.verify import missing
from communique.ledger.writing import Entry
from communique.model import (
    Cast,
    Document,
    Interval,
    Judgement,
    Page,
    Parsed,
    Statement,
    TimeExpression,
    in_order,
)
from communique.parse.spacy import DEFAULT_MODEL, Parser
from communique.read import documents as reading
from communique.read import formats
from communique.reconcile.aliases import known_actor
from communique.reconcile.judgements import latest
from communique.reconciling import reconcile as reconcile
from communique.resolve import objects
from communique.resolve.actors import resolve
from communique.resolve.grounds import with_grounds

CHUNK = 24
"""Pages read, parsed and stored together: large enough to batch, small enough to lose little."""

WORTH_A_POOL = 3 * CHUNK
"""Pages below which starting further processes costs more than it saves."""

T = TypeVar("T")


@dataclass(frozen=True)
class Reader:
    """Everything needed to turn pages into statements, loaded once per process."""

    domain: Domain
    model: str = DEFAULT_MODEL

    @cached_property
    def parser(self) -> Parser:
        """The language model."""
        return Parser(self.model)

    @cached_property
    def gazetteer(self) -> mentions.Gazetteer:
        """The names of the domain data."""
        return mentions.Gazetteer(self.domain, self.parser.nlp)

    @cached_property
    def matcher(self) -> Matcher:
        """The frames of the domain data."""
        return Matcher(frames_lexicon.load(self.domain), self.domain.capabilities)

    @cached_property
    def factuality(self) -> factuality_lexicon.FactualityWords:
        """The words of factuality of the domain data."""
        return factuality_lexicon.load(self.domain)

    @cached_property
    def objects(self) -> objects.Objects:
        """The agreements and capabilities of the domain data."""
        return objects.Objects(self.domain)

    @cached_property
    def credits(self) -> dict[str, str]:
        """Outlets by each form in which they are credited."""
        return {
            form: (publisher.credit or (publisher.name,))[0]
            for publisher in self.domain.publishers.values()
            for form in (publisher.name, *publisher.also, *publisher.credit)
        }

    def entries(self, pages: Sequence[Page]) -> list[Entry | Problem]:
        """Each page as a document with its statements, or what is wrong with it."""
        found: list[Entry | Problem] = []
        good: list[tuple[Page, Document]] = []
        for page in pages:
            result = reading.to_document(page, self.domain)
            if isinstance(result, Problem):
                found.append(result)
            else:
                good.append((page, result))
        statements: dict[str, list[Statement]] = {}
        for document, parsed in self.parser.parse(d for _, d in good if d.language in ("en", None)):
            try:
                statements[document.doc_id] = self.statements(document, parsed)
            except Exception as error:  # one page must not cost the others
                what = f"{type(error).__name__}: {error}"
                message = f"could not be read through ({what}); stored without statements: please report it"
                found.append(Problem(document.path, "", message))
                statements[document.doc_id] = []
        for page, document in good:
            found.append(Entry(page, document, statements.get(document.doc_id, ())))
            if document.doc_id not in statements:
                message = f"is in a language not read here ({document.language}); stored, nothing extracted"
                found.append(Problem(page.path, "", message))
        return found

    def cast(self, parsed: Parsed, published: Interval | None) -> Cast:
        """Who is named in a parsed text, with the places it names."""
        names = self.gazetteer
        cast = resolve(
            parsed, names.candidates(parsed), names.titles(parsed), published, self.domain, names.names
        )
        return with_grounds(parsed, cast, places(), self.domain.states)

    def events(
        self, document: Document, parsed: Parsed, cast: Cast, when: Sequence[TimeExpression]
    ) -> list[Statement]:
        """The events and ties of one parsed document."""
        return events.statements(
            document, parsed, cast, when, self.matcher, self.factuality, places(), self.domain.states
        )

    def statements(self, document: Document, parsed: Parsed) -> list[Statement]:
        """All five kinds of statement of one parsed document, in order."""
        published = document.published.interval if document.published else None
        cast = self.cast(parsed, published)
        when = times.find(parsed, published)
        said = speech.find(parsed)
        numbers = quantities.find(parsed, when)
        found = [
            *self.events(document, parsed, cast, when),
            *roles.dated(roles.statements(document, parsed, cast), document),
            *figures.statements(document, parsed, cast, when, numbers),
        ]
        spoken = quotes.voices(document, parsed, cast, said, self.credits)
        found = quotes.attribute(found, spoken)
        found += quotes.statements(document, parsed, cast, said, when, self.credits)
        return in_order(self.objects.identified(statement) for statement in found)


@dataclass
class Summary:
    """What a build did."""

    read: int = 0
    added: int = 0
    known: int = 0
    problems: list[Problem] = field(default_factory=list)
    documents: int = 0
    statements: int = 0
    facts: int = 0
    disagreements: int = 0
    seconds: float = 0.0


def build(
    inputs: Sequence[str],
    ledger: Ledger,
    *,
    domain: Domain | None = None,
    model: str = DEFAULT_MODEL,
    jobs: int | None = None,
    stdin: BinaryIO | None = None,
    progress: Callable[[Summary], None] = lambda summary: None,
) -> Summary:
    """Reads pages into a ledger; what is there already is not read again.

    Every page reported to `progress` as added is stored. Raises `InputError` if nothing named exists,
    `LedgerError` if the ledger cannot be written.
    """
    start, summary = perf_counter(), Summary()
    domain = domain or load_domain()
    known = ledger.known()
    fresh = _unknown(formats.pages(inputs, stdin), known, ledger, summary, progress)
    _store(_read(Reader(domain, model), fresh, jobs), ledger, summary, progress)
    if ledger.unreconciled():
        reconcile(ledger, domain)
    _count(ledger, summary, start)
    if not summary.read and not summary.documents and summary.problems:
        raise InputError("\n".join(str(problem) for problem in summary.problems))
    return summary


def rebuild(
    old: Ledger,
    new: Ledger,
    *,
    domain: Domain | None = None,
    model: str = DEFAULT_MODEL,
    jobs: int | None = None,
    progress: Callable[[Summary], None] = lambda summary: None,
) -> Summary:
    """Reads the stored pages of a ledger again into a new one, and applies every judgement there.

    The same pages, data and version give the same ledger. Raises `LedgerError`.
    """
    start, summary = perf_counter(), Summary()
    domain = domain or load_domain()

    def pages() -> Iterator[Page]:
        for page in old.pages():
            summary.read += 1
            yield page

    _store(_read(Reader(domain, model), pages(), jobs), new, summary, progress)
    new.inherit(old)
    reconcile(new, domain)
    _count(new, summary, start)
    return summary


def unfitting(ledger: Ledger, domain: Domain) -> list[tuple[Judgement, tuple[str, ...]]]:
    """The judgements in force about entries that are not there (any more), with these identifiers."""
    held = [judgement for judgement in latest(ledger.judgements()) if judgement.verdict != "undo"]
    gone = missing(ledger, (identifier for judgement in held for identifier in judgement.about))
    found = [
        (judgement, tuple(i for i in judgement.about if i in gone and not known_actor(i, domain)))
        for judgement in held
    ]
    return [(judgement, ids) for judgement, ids in found if ids]


def _store(
    read: Iterable[list[Entry | Problem]],
    ledger: Ledger,
    summary: Summary,
    progress: Callable[[Summary], None],
) -> None:
    """Stores what was read, chunk by chunk."""
    for entries in read:
        problems = [e for e in entries if isinstance(e, Problem)]
        good = [e for e in entries if isinstance(e, Entry)]
        summary.added += ledger.add(good)
        ledger.note(problems)
        summary.problems += problems
        progress(summary)


def _count(ledger: Ledger, summary: Summary, start: float) -> None:
    counts = ledger.counts()
    summary.documents, summary.statements = counts["documents"], counts["statements"]
    summary.facts, summary.disagreements = counts["facts"], counts["disagreements"]
    summary.seconds = perf_counter() - start


def _unknown(
    found: Iterable[Page | Problem],
    known: set[str],
    ledger: Ledger,
    summary: Summary,
    progress: Callable[[Summary], None],
) -> Iterator[Page]:
    """The pages that are not stored yet; problems are noted, further paths of stored pages kept."""
    seen = set(known)
    for item in found:
        if isinstance(item, Problem):
            summary.problems.append(item)
            ledger.note([item])
            continue
        summary.read += 1
        if item.doc_id in seen:
            summary.known += 1
            if item.doc_id in known:
                ledger.sight(item.doc_id, item.path)
            else:
                yield item
            progress(summary)
            continue
        seen.add(item.doc_id)
        yield item


def _read(reader: Reader, pages: Iterator[Page], jobs: int | None) -> Iterator[list[Entry | Problem]]:
    """Entries chunk by chunk, from this process or, for many pages, from several."""
    first = list(islice(pages, WORTH_A_POOL))
    workers = jobs or (os.cpu_count() or 1)
    if len(first) < WORTH_A_POOL or workers == 1:
        for chunk in _chunks(_chain(first, pages)):
            yield reader.entries(chunk)
        return
    context = get_context("spawn")
    with ProcessPoolExecutor(workers, context, _start_worker, (reader.domain.folders, reader.model)) as pool:
        waiting: set[Future[list[Entry | Problem]]] = set()
        for chunk in _chunks(_chain(first, pages)):
            waiting.add(pool.submit(_work, chunk))
            while len(waiting) >= 2 * workers:
                done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                for future in done:
                    yield future.result()
        for future in waiting:
            yield future.result()


def _chain(first: Iterable[T], rest: Iterable[T]) -> Iterator[T]:
    yield from first
    yield from rest


def _chunks(pages: Iterator[Page]) -> Iterator[list[Page]]:
    while chunk := list(islice(pages, CHUNK)):
        yield chunk


_worker: list[Reader] = []


def _start_worker(folders: tuple[Path, ...], model: str) -> None:
    _worker[:] = [Reader(load_domain(folders), model)]


def _work(pages: list[Page]) -> list[Entry | Problem]:
    return _worker[0].entries(pages)
