"""The tables of a ledger, for any database SQLAlchemy speaks to.

Two layers: what pages say (`pages` to `participants`, only ever added to) and what reconciling makes
of it (`families` to `disagreements`, replaced as a whole). A value that is only read back whole is
JSON text as `codec` writes it; what a question may filter or sort by has a column of its own.

Words are looked up in `stretches` (titles, paragraphs, the spans of statements): the table says
where they stand, the full-text index `stretch_index` beside it holds the words and no copy of the text.
"""

from __future__ import annotations

from sqlalchemy import (
    DDL,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    event,
    func,
)
from sqlalchemy.schema import ExecutableDDLElement

FORMAT = 2
"""The format of the ledger; another number is another arrangement of tables. See `upgrade`."""

metadata = MetaData()

TEXT = Text().with_variant(Text(collation="C"), "postgresql")
"""Text in the order of its code points, in every database."""

meta = Table(
    "meta",
    metadata,
    Column("key", TEXT, primary_key=True),
    Column("value", TEXT, nullable=False),
)

upgrades = Table(
    "upgrades",
    metadata,
    Column("format", Integer, primary_key=True, autoincrement=False, comment="which it was brought to"),
    Column("before", Integer, nullable=False, comment="which it had"),
    Column("package", TEXT, nullable=False, comment="by which version of Communiqué"),
    Column("at", TEXT, nullable=False, comment="UTC, ISO 8601"),
)

pages = Table(
    "pages",
    metadata,
    Column("doc_id", TEXT, primary_key=True),
    Column("content", LargeBinary, nullable=False, comment="zlib-compressed bytes of the page"),
    Column("media_type", TEXT, nullable=False),
    Column("url", TEXT),
    Column("meta", TEXT, nullable=False, comment="JSON: what the carrier said of the page"),
    Column("sha256", TEXT, nullable=False),
    Column("recorded", TEXT, nullable=False, comment="UTC time at which it was stored; never exported"),
)

sightings = Table(
    "sightings",
    metadata,
    Column("doc_id", TEXT, ForeignKey("pages.doc_id"), primary_key=True),
    Column("path", TEXT, primary_key=True),
    Index("sightings_path", "path"),
)

documents = Table(
    "documents",
    metadata,
    Column("doc_id", TEXT, ForeignKey("pages.doc_id"), primary_key=True),
    Column("title", TEXT),
    Column("publisher", TEXT),
    Column("agency", TEXT),
    Column("language", TEXT),
    Column("earliest", Date, comment="of the window of publication"),
    Column("latest", Date),
    Column("published", TEXT, comment="JSON: the window with its grounds"),
    Column("text", TEXT, nullable=False),
    Column("regions", TEXT, nullable=False, comment="JSON"),
)

statements = Table(
    "statements",
    metadata,
    Column("statement_id", TEXT, primary_key=True),
    Column("doc_id", TEXT, ForeignKey("documents.doc_id"), nullable=False),
    Column("kind", TEXT, nullable=False),
    Column("type", TEXT),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("quote", TEXT, nullable=False),
    Column("earliest", Date, comment="of when it happens"),
    Column("latest", Date),
    Column("factuality", TEXT, nullable=False),
    Column("origin", TEXT, comment="set by reconciling; one the text names is in `whole`"),
    Column("rule", TEXT, nullable=False),
    Column("score", Float, nullable=False),
    Column("whole", TEXT, nullable=False, comment="JSON: what no other column says of the statement"),
    Index("statements_place", "doc_id", "start", "end", "kind", "type", "statement_id"),
    Index("statements_kind", "kind", "type"),
)

participants = Table(
    "participants",
    metadata,
    Column("statement_id", TEXT, ForeignKey("statements.statement_id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("role", TEXT, nullable=False),
    Column("actor_id", TEXT, nullable=False),
    Column("state", TEXT),
    Column("name", TEXT, nullable=False),
    Index("participants_actor", "actor_id"),
    Index("participants_state", "state"),
)
for _name in ("actor_id", "state", "name"):
    Index(f"participants_{_name}_lower", func.lower(participants.c[_name]))

families = Table(
    "families",
    metadata,
    Column("family_id", TEXT, primary_key=True),
    Column("fullest", TEXT, nullable=False),
    Column("whole", TEXT, nullable=False),
)

family_documents = Table(
    "family_documents",
    metadata,
    Column("doc_id", TEXT, ForeignKey("documents.doc_id"), primary_key=True),
    Column("family_id", TEXT, ForeignKey("families.family_id"), nullable=False),
)

stories = Table(
    "stories",
    metadata,
    Column("story_id", TEXT, primary_key=True),
    Column("title", TEXT),
    Column("whole", TEXT, nullable=False),
)

story_documents = Table(
    "story_documents",
    metadata,
    Column("doc_id", TEXT, ForeignKey("documents.doc_id"), primary_key=True),
    Column("story_id", TEXT, ForeignKey("stories.story_id"), nullable=False),
)

facts = Table(
    "facts",
    metadata,
    Column("fact_id", TEXT, primary_key=True),
    Column("kind", TEXT, nullable=False),
    Column("type", TEXT),
    Column("about", TEXT, nullable=False),
    Column("earliest", Date),
    Column("latest", Date),
    Column("factuality", TEXT, nullable=False),
    Column("whole", TEXT, nullable=False),
    Index("facts_time", "earliest", "latest", "fact_id"),
)

fact_statements = Table(
    "fact_statements",
    metadata,
    Column("statement_id", TEXT, ForeignKey("statements.statement_id"), primary_key=True),
    Column("fact_id", TEXT, ForeignKey("facts.fact_id"), nullable=False),
    Index("fact_statements_fact", "fact_id"),
)

disagreements = Table(
    "disagreements",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("fact_id", TEXT, ForeignKey("facts.fact_id"), nullable=False),
    Column("reason", TEXT, nullable=False),
    Column("whole", TEXT, nullable=False),
)

problems = Table(
    "problems",
    metadata,
    Column("path", TEXT, primary_key=True),
    Column("place", TEXT, primary_key=True),
    Column("message", TEXT, primary_key=True),
)

judgements = Table(
    "judgements",
    metadata,
    Column("judgement_id", TEXT, primary_key=True),
    Column("verdict", TEXT, nullable=False),
    Column("by", TEXT, nullable=False),
    Column("at", TEXT, nullable=False, comment="UTC, ISO 8601"),
    Column("whole", TEXT, nullable=False),
)

stretches = Table(
    "stretches",
    metadata,
    Column("stretch_id", Integer, primary_key=True, autoincrement=False),
    Column("doc_id", TEXT, ForeignKey("documents.doc_id"), nullable=False),
    Column("start", Integer, comment="null: the title, where it does not stand in the text"),
    Column("end", Integer),
    Column("says", Boolean, nullable=False, comment="whether it is the span of a statement"),
    Index("stretches_place", "doc_id", "start", "end"),
)

RECONCILED = (
    disagreements, fact_statements, facts, story_documents, stories, family_documents, families,
)  # fmt: skip
"""What reconciling makes, in an order in which it can be emptied."""

INDEX: dict[str, tuple[str, ...]] = {
    "sqlite": (
        # No copy of the text; "ascii" takes each word as it is given.
        "CREATE VIRTUAL TABLE stretch_index USING fts5(stems, forms, content='', tokenize='ascii')",
    ),
    "postgresql": (
        "CREATE TABLE stretch_index (stretch_id integer PRIMARY KEY REFERENCES stretches, "
        "words tsvector NOT NULL)",
        "CREATE INDEX stretch_index_words ON stretch_index USING gin (words)",
    ),
}
"""The full-text index of each database; see `fulltext`."""

for _dialect, _statements in INDEX.items():
    for _statement in _statements:
        _ddl: ExecutableDDLElement = DDL(_statement)  # type: ignore[no-untyped-call]
        event.listen(stretches, "after_create", _ddl.execute_if(dialect=_dialect))
