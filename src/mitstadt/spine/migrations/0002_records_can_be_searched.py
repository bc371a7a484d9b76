"""The database's own full-text index over the stems: FTS5 on SQLite, tsvector on PostgreSQL."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

SQLITE = [
    """CREATE VIRTUAL TABLE spine_search_fts USING fts5(
        title_stems, body_stems, content='spine_searchentry', content_rowid='record_id', prefix='3')""",
    """CREATE TRIGGER spine_search_added AFTER INSERT ON spine_searchentry BEGIN
        INSERT INTO spine_search_fts(rowid, title_stems, body_stems)
        VALUES (new.record_id, new.title_stems, new.body_stems); END""",
    """CREATE TRIGGER spine_search_removed AFTER DELETE ON spine_searchentry BEGIN
        INSERT INTO spine_search_fts(spine_search_fts, rowid, title_stems, body_stems)
        VALUES ('delete', old.record_id, old.title_stems, old.body_stems); END""",
    """CREATE TRIGGER spine_search_changed AFTER UPDATE ON spine_searchentry BEGIN
        INSERT INTO spine_search_fts(spine_search_fts, rowid, title_stems, body_stems)
        VALUES ('delete', old.record_id, old.title_stems, old.body_stems);
        INSERT INTO spine_search_fts(rowid, title_stems, body_stems)
        VALUES (new.record_id, new.title_stems, new.body_stems); END""",
]
POSTGRESQL = [
    """ALTER TABLE spine_searchentry ADD COLUMN vector tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('simple', title_stems), 'A') || setweight(to_tsvector('simple', body_stems), 'B')
    ) STORED""",
    "CREATE INDEX spine_search_vector ON spine_searchentry USING gin (vector)",
]


def build(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the index of this database."""
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def remove(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Drop it."""
    if schema_editor.connection.vendor == "sqlite":
        for trigger in ("added", "removed", "changed"):
            schema_editor.execute(f"DROP TRIGGER spine_search_{trigger}")
        schema_editor.execute("DROP TABLE spine_search_fts")
    else:
        schema_editor.execute("ALTER TABLE spine_searchentry DROP COLUMN vector")


class Migration(migrations.Migration):
    """Adds the full-text index."""

    dependencies = [("spine", "0001_records_rooms_and_the_log")]
    operations = [migrations.RunPython(build, remove)]
