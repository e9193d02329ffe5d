"""The ledger: pages, what they say, and what reconciling made of it, in a file or a database."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from string import hexdigits
from types import MappingProxyType, TracebackType
from typing import Self, get_args

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from communique.errors import LedgerError, Problem, UsageError
from communique.ledger import changes, tables
from communique.ledger.aliases import set_aliases
from communique.ledger.engine import Store, open_store
from communique.ledger.failures import said_plainly
from communique.ledger.narrowing import set_narrowed
from communique.ledger.reading import Reader
from communique.ledger.stretches import index_words
from communique.ledger.writing import (
    Entry,
    insert_missing,
    judgement_row,
    problem_rows,
    readable,
    reconciled_rows,
    rows_of,
)
from communique.model import (
    ACTOR,
    Actor,
    Disagreement,
    Fact,
    Family,
    Judgement,
    Publication,
    Story,
    Verdict,
)

VERDICTS: tuple[str, ...] = get_args(Verdict)


class Ledger(Reader):
    """A ledger that is open. Use `Ledger.open`, best in a `with` statement.

    What a method that writes has returned from is stored for good: each writes in one transaction.
    Methods that give an `Iterator` read as they are iterated, in an order that depends on nothing
    but the content. Every method may raise `LedgerError`.
    """

    def __init__(self, store: Store) -> None:
        self.store, self.engine, self.name, self.writable = store, store.engine, store.name, store.writable
        self._own = threading.local()

    @classmethod
    def open(cls, location: str | Path, *, create: bool = False, upgrade: bool = False) -> Self:
        """Opens the ledger at `location`: a file, or the address of a PostgreSQL database.

        With `create` it is made where there is none; with that or with `upgrade` one of an older format is
        brought up to date, a copy of a file kept beside it.
        Raises `LedgerError`, or `LedgerVersionError` for a ledger of another format.
        """
        return cls(open_store(location, create=create, upgrade=upgrade))

    def close(self) -> None:
        """Closes the file or the connections."""
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keeps every other writer, of any process, waiting until the end, when all is stored or nothing.

        What this thread asks meanwhile sees what it has written. Others may read what was there before.
        """
        if self._held() is not None:
            yield
            return
        with (
            said_plainly(self.name),
            self.engine.connect().execution_options(writing=True) as connection,
            connection.begin(),
        ):
            self._own.connection = connection
            try:
                yield
            finally:
                self._own.connection = None

    def _held(self) -> Connection | None:
        return getattr(self._own, "connection", None)

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """A transaction that writes, or what there is of one."""
        with self.alone():
            connection = self._held()
            assert connection is not None
            changes.counted(connection)
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees the ledger as it stands at its first question."""
        held = self._held()
        if held is None:
            with super().reading() as connection:
                yield connection
        else:
            with said_plainly(self.name):
                yield held

    def unreconciled(self) -> bool:
        """Whether something was stored or decided that reconciling has not seen."""
        with self.reading() as connection:
            return changes.unreconciled(connection)

    def add(self, entries: Iterable[Entry]) -> int:
        """Stores entries, all or none, and returns how many were new; of one that is known, only its path.

        An entry that holds what no database can store becomes a `Problem` of the ledger.
        """
        ready, problems, seen = [], [], set[str]()
        batch = list(entries)
        for entry in batch:
            if entry.document.doc_id in seen:
                continue
            try:
                ready.append((entry, rows_of(entry, nul=self.engine.dialect.name == "sqlite")))
                seen.add(entry.document.doc_id)
            except ValueError as error:
                problems.append(Problem(entry.page.path, "", f"cannot be stored: {error}; mend the page"))
        with self._writing() as connection:
            known = _which(connection, seen)
            new = [(entry, rows) for entry, rows in ready if entry.document.doc_id not in known]
            for table in (tables.pages, tables.documents, tables.statements, tables.participants):
                rows = [row for _, of_entry in new for row in of_entry[table]]
                if rows:
                    connection.execute(insert(table), rows)
            sighted = [
                {"doc_id": e.document.doc_id, "path": readable(e.page.path)}
                for e in batch
                if e.document.doc_id in seen
            ]
            insert_missing(connection, tables.sightings, sighted)
            index_words(connection, [(entry.document, entry.statements) for entry, _ in new])
            insert_missing(connection, tables.problems, problem_rows(problems))
            if new:
                changes.to_reconcile(connection)
        return len(new)

    def sight(self, doc_id: str, path: str) -> None:
        """Keeps another path at which a stored page was seen."""
        with self._writing() as connection:
            insert_missing(connection, tables.sightings, [{"doc_id": doc_id, "path": readable(path)}])

    def note(self, problems: Iterable[Problem]) -> None:
        """Keeps problems, each once."""
        found = list(problems)
        if found:
            with self._writing() as connection:
                insert_missing(connection, tables.problems, problem_rows(found))

    def set_reconciled(
        self,
        families: Iterable[Family],
        stories: Iterable[Story],
        facts: Iterable[Fact],
        disagreements: Iterable[Disagreement],
        origins: Mapping[str, str],
        aliases: Mapping[str, Actor] = MappingProxyType({}),
        narrowed: Mapping[str, Publication] = MappingProxyType({}),
    ) -> None:
        """Replaces everything reconciling made, all or nothing; `origins` by statement identifier.

        `aliases` gives the actor that stands for each identifier judged another's, `narrowed` the day of
        publication of each page that others bound more closely.
        """
        filled = reconciled_rows(families, stories, facts, disagreements)
        s = tables.statements
        change = (
            update(s)
            .where(s.c.statement_id == bindparam("said"), s.c.origin.is_distinct_from(bindparam("voice")))
            .values(origin=bindparam("voice"))
        )
        with self._writing() as connection:
            for table in tables.RECONCILED:
                connection.execute(delete(table))
            for table, rows in filled.items():
                if rows:
                    connection.execute(insert(table), rows)
            if origins:
                voices = [{"said": said, "voice": voice} for said, voice in origins.items()]
                connection.execute(change, voices)
            set_aliases(connection, aliases)
            set_narrowed(connection, narrowed)
            changes.reconciled(connection)

    def judge(
        self,
        verdict: Verdict,
        about: Sequence[str],
        *,
        by: str,
        at: datetime | None = None,
        field: str | None = None,
        value: str | None = None,
        note: str = "",
        known: Collection[str] = (),
    ) -> Judgement:
        """Keeps a person's decision for good; `about` may be beginnings of identifiers.

        `same` and `different` may also be about actors, by their whole identifiers: those in the ledger
        and those in `known`, which has the ones of the domain data.
        Raises `UsageError` where the decision is not complete, `LedgerError` for unknown identifiers.
        """
        if verdict not in VERDICTS:
            raise UsageError(f"{verdict!r} is no verdict; use one of: {', '.join(VERDICTS)}")
        if not by.strip():
            raise UsageError("a judgement needs the name of the person who makes it")
        fewest = 2 if verdict in ("same", "different") else 1
        if len(set(about)) < fewest:
            raise UsageError(f"the verdict {verdict!r} needs more identifiers: at least {fewest}")
        if verdict == "corrected" and (field is None or value is None):
            raise UsageError("the verdict 'corrected' needs the field and its right value")
        ids = self._actors(about, known) if fewest == 2 else ()
        if ids:
            field, value = ACTOR, self._kept(ids, known) if verdict == "same" else None
        else:
            ids = tuple(
                i
                for one in about
                for i in ([self._judged(one)] if verdict == "undo" else self._meant(verdict, one))
            )
        moment = (at or datetime.now(UTC)).astimezone(UTC)
        judgement = Judgement(verdict, ids, by.strip(), moment, field, value, note)
        self.record([judgement])
        return judgement

    def record(self, judgements: Iterable[Judgement]) -> int:
        """Keeps decisions made elsewhere, each once, whatever they are about; returns how many were new."""
        made = {one.judgement_id: one for one in judgements}
        known_id = tables.judgements.c.judgement_id
        with self._writing() as connection:
            new = sorted(made.keys() - set(connection.scalars(select(known_id))))
            insert_missing(connection, tables.judgements, [judgement_row(made[one]) for one in new])
            if new:
                changes.to_reconcile(connection)
        return len(new)

    def _actors(self, about: Sequence[str], known: Collection[str]) -> tuple[str, ...]:
        """The identifiers, if they are those of actors. Raises `UsageError` where only some are."""
        there = set(self.participations(about)) | (set(about) & set(known))
        if not there:
            return ()
        if strange := [one for one in about if one not in there]:
            if all(set(one) <= set(hexdigits.lower()) for one in about):
                return ()  # the beginning of an identifier may happen to be a name, such as "abc"
            raise UsageError(f"there is no actor {strange[0]!r}; see: communique actors --known --all")
        return tuple(dict.fromkeys(about))

    def _kept(self, ids: Sequence[str], known: Collection[str]) -> str:
        """Of actors judged the same the one to keep: in the domain data, said most of, first by name."""
        merged = self.aliases()
        now = {merged[one].id if one in merged else one for one in ids}
        if len(now) == 1:
            raise UsageError(f"{' and '.join(ids)} are one actor already")
        said = self.participations(now)
        return min(now, key=lambda one: (one not in known, -said.get(one, 0), one))

    def _meant(self, verdict: Verdict, prefix: str) -> Sequence[str]:
        """What a judgement is about, in identifiers that outlive a rebuild: of a fact, its statements."""
        found = self.find(prefix)
        if found.noun != "fact" or verdict == "note":
            return [found.id]
        statements = self.fact(found.id).statement_ids
        return statements[:1] if verdict in ("same", "different") else statements

    def _judged(self, prefix: str) -> str:
        found = [j.judgement_id for j in self.judgements() if j.judgement_id.startswith(prefix)]
        if len(found) != 1:
            raise LedgerError(f"{self.name}: {len(found)} judgements begin with {prefix!r}; name exactly one")
        return found[0]

    def inherit(self, old: Reader) -> None:
        """Takes over what the pages of a ledger cannot tell, after they were read into this one again.

        That is where and when each was found, what never became a page, and what persons decided.
        """
        s, p = tables.sightings, tables.pages
        here = self.known()
        with old.reading() as connection:
            seen = connection.execute(select(s.c.doc_id, s.c.path)).all()
            recorded = connection.execute(select(p.c.doc_id, p.c.recorded)).all()
        stored = {row.path for row in seen}
        dates = update(p).where(p.c.doc_id == bindparam("page")).values(recorded=bindparam("at"))
        moments = [{"page": row.doc_id, "at": row.recorded} for row in recorded if row.doc_id in here]
        with self._writing() as connection:
            paths = [{"doc_id": row.doc_id, "path": row.path} for row in seen if row.doc_id in here]
            insert_missing(connection, s, paths)
            if moments:
                connection.execute(dates, moments)
            left = problem_rows(problem for problem in old.problems() if problem.path not in stored)
            insert_missing(connection, tables.problems, left)
        self.record(old.judgements())


def _which(connection: Connection, doc_ids: Collection[str]) -> set[str]:
    """Those of the documents that are stored."""
    c = tables.pages.c
    wanted = sorted(doc_ids)
    found: set[str] = set()
    for at in range(0, len(wanted), 500):
        found.update(connection.scalars(select(c.doc_id).where(c.doc_id.in_(wanted[at : at + 500]))))
    return found
