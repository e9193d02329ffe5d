"""The tables of a ledger, for any database SQLAlchemy speaks to.

Two layers: what pages say (`pages` to `participants`, only ever added to) and what reconciling makes
of it (`families` to `disagreements`, replaced as a whole). A value that is only read back whole is
JSON text as `codec` writes it; what a question may filter or sort by has a column of its own.

Words are looked up in `stretches` (titles, paragraphs, the spans of statements): the table says
where they stand, the full-text index beside it (SQLite: FTS5) holds the words and no copy of the text.
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
)
from sqlalchemy.schema import ExecutableDDLElement

FORMAT = 1
"""The format of the ledger; another number is another arrangement of tables."""

metadata = MetaData()

meta = Table(
    "meta",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

pages = Table(
    "pages",
    metadata,
    Column("doc_id", Text, primary_key=True),
    Column("content", LargeBinary, nullable=False, comment="zlib-compressed bytes of the page"),
    Column("media_type", Text, nullable=False),
    Column("url", Text),
    Column("meta", Text, nullable=False, comment="JSON: what the carrier said of the page"),
    Column("sha256", Text, nullable=False),
    Column("recorded", Text, nullable=False, comment="UTC time at which it was stored; never exported"),
)

sightings = Table(
    "sightings",
    metadata,
    Column("doc_id", Text, ForeignKey("pages.doc_id"), primary_key=True),
    Column("path", Text, primary_key=True),
    Index("sightings_path", "path"),
)

documents = Table(
    "documents",
    metadata,
    Column("doc_id", Text, ForeignKey("pages.doc_id"), primary_key=True),
    Column("title", Text),
    Column("publisher", Text),
    Column("agency", Text),
    Column("language", Text),
    Column("earliest", Date, comment="of the window of publication"),
    Column("latest", Date),
    Column("published", Text, comment="JSON: the window with its grounds"),
    Column("text", Text, nullable=False),
    Column("regions", Text, nullable=False, comment="JSON"),
)

statements = Table(
    "statements",
    metadata,
    Column("statement_id", Text, primary_key=True),
    Column("doc_id", Text, ForeignKey("documents.doc_id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("type", Text),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("quote", Text, nullable=False),
    Column("earliest", Date, comment="of when it happens"),
    Column("latest", Date),
    Column("factuality", Text, nullable=False),
    Column("origin", Text, comment="set by reconciling; one the text names is in `whole`"),
    Column("rule", Text, nullable=False),
    Column("score", Float, nullable=False),
    Column("whole", Text, nullable=False, comment="JSON: what no other column says of the statement"),
    Index("statements_place", "doc_id", "start", "end", "kind", "type", "statement_id"),
    Index("statements_kind", "kind", "type"),
)

participants = Table(
    "participants",
    metadata,
    Column("statement_id", Text, ForeignKey("statements.statement_id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("role", Text, nullable=False),
    Column("actor_id", Text, nullable=False),
    Column("state", Text),
    Column("name", Text, nullable=False),
    Index("participants_actor", "actor_id"),
    Index("participants_state", "state"),
)

families = Table(
    "families",
    metadata,
    Column("family_id", Text, primary_key=True),
    Column("fullest", Text, nullable=False),
    Column("whole", Text, nullable=False),
)

family_documents = Table(
    "family_documents",
    metadata,
    Column("doc_id", Text, ForeignKey("documents.doc_id"), primary_key=True),
    Column("family_id", Text, ForeignKey("families.family_id"), nullable=False),
)

stories = Table(
    "stories",
    metadata,
    Column("story_id", Text, primary_key=True),
    Column("title", Text),
    Column("whole", Text, nullable=False),
)

story_documents = Table(
    "story_documents",
    metadata,
    Column("doc_id", Text, ForeignKey("documents.doc_id"), primary_key=True),
    Column("story_id", Text, ForeignKey("stories.story_id"), nullable=False),
)

facts = Table(
    "facts",
    metadata,
    Column("fact_id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("type", Text),
    Column("about", Text, nullable=False),
    Column("earliest", Date),
    Column("latest", Date),
    Column("factuality", Text, nullable=False),
    Column("whole", Text, nullable=False),
    Index("facts_time", "earliest", "latest", "fact_id"),
)

fact_statements = Table(
    "fact_statements",
    metadata,
    Column("statement_id", Text, ForeignKey("statements.statement_id"), primary_key=True),
    Column("fact_id", Text, ForeignKey("facts.fact_id"), nullable=False),
    Index("fact_statements_fact", "fact_id"),
)

disagreements = Table(
    "disagreements",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("fact_id", Text, ForeignKey("facts.fact_id"), nullable=False),
    Column("reason", Text, nullable=False),
    Column("whole", Text, nullable=False),
)

problems = Table(
    "problems",
    metadata,
    Column("path", Text, primary_key=True),
    Column("place", Text, primary_key=True),
    Column("message", Text, primary_key=True),
)

judgements = Table(
    "judgements",
    metadata,
    Column("judgement_id", Text, primary_key=True),
    Column("verdict", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Text, nullable=False, comment="UTC, ISO 8601"),
    Column("whole", Text, nullable=False),
)

stretches = Table(
    "stretches",
    metadata,
    Column("stretch_id", Integer, primary_key=True, autoincrement=False),
    Column("doc_id", Text, ForeignKey("documents.doc_id"), nullable=False),
    Column("start", Integer, comment="null: the title, where it does not stand in the text"),
    Column("end", Integer),
    Column("says", Boolean, nullable=False, comment="whether it is the span of a statement"),
    Index("stretches_place", "doc_id", "start", "end"),
)

RECONCILED = (
    disagreements, fact_statements, facts, story_documents, stories, family_documents, families,
)  # fmt: skip
"""What reconciling makes, in an order in which it can be emptied."""

# The index reads the words through the view, so the text is kept once. Porter stems English words:
# "pledge" finds "pledged". Python's code points are SQLite's characters.
for _statement in (
    """
    CREATE VIEW stretch_words AS
    SELECT s.stretch_id AS stretch_id,
           CASE WHEN s.start IS NULL THEN d.title
                ELSE substr(d.text, s.start + 1, s."end" - s.start) END AS words
    FROM stretches s JOIN documents d ON d.doc_id = s.doc_id
    """,
    """
    CREATE VIRTUAL TABLE stretch_index USING fts5(
        words, content='stretch_words', content_rowid='stretch_id',
        tokenize='porter unicode61 remove_diacritics 2'
    )
    """,
):
    _ddl: ExecutableDDLElement = DDL(_statement)  # type: ignore[no-untyped-call]
    event.listen(stretches, "after_create", _ddl.execute_if(dialect="sqlite"))
