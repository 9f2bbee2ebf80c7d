"""Keep a full-text index over the register, in the database's own way; triggers make it follow every write.

SQLite: an FTS5 table that reads its words from the texts. PostgreSQL: a generated tsvector under a GIN index. A later
migration that rebuilds guidance_documenttext on SQLite loses the triggers, and has to make them again.
"""

from django.db import migrations

COLUMNS = "number_key, head_key, search_key"
OLD, NEW = (", ".join(f"{row}.{name}" for name in COLUMNS.split(", ")) for row in ("old", "new"))
TAKE_OUT = f"""INSERT INTO guidance_search(guidance_search, rowid, {COLUMNS})
VALUES ('delete', old.document_id, {OLD});"""
PUT_IN = f"INSERT INTO guidance_search(rowid, {COLUMNS}) VALUES (new.document_id, {NEW});"
SQLITE = (
    f"""CREATE VIRTUAL TABLE guidance_search USING fts5({COLUMNS}, content='guidance_documenttext',
content_rowid='document_id', tokenize='unicode61 remove_diacritics 0')""",
    f"CREATE TRIGGER guidance_search_new AFTER INSERT ON guidance_documenttext BEGIN {PUT_IN} END",
    f"CREATE TRIGGER guidance_search_gone AFTER DELETE ON guidance_documenttext BEGIN {TAKE_OUT} END",
    f"CREATE TRIGGER guidance_search_changed AFTER UPDATE ON guidance_documenttext BEGIN {TAKE_OUT} {PUT_IN} END",
    "INSERT INTO guidance_search(guidance_search) VALUES ('rebuild')",
)
SQLITE_BACK = (
    *(f"DROP TRIGGER guidance_search_{event}" for event in ("new", "gone", "changed")),
    "DROP TABLE guidance_search",
)
POSTGRESQL = (
    """ALTER TABLE guidance_documenttext ADD COLUMN search_vector tsvector GENERATED ALWAYS AS (
setweight(to_tsvector('simple'::regconfig, number_key), 'A')
|| setweight(to_tsvector('simple'::regconfig, head_key), 'B')
|| setweight(to_tsvector('simple'::regconfig, search_key), 'D')) STORED""",
    "CREATE INDEX guidance_search ON guidance_documenttext USING gin (search_vector) WITH (fastupdate = off)",
)
POSTGRESQL_BACK = (
    "DROP INDEX guidance_search",
    "ALTER TABLE guidance_documenttext DROP COLUMN search_vector",
)


def keep(apps, schema_editor):
    on_postgresql = schema_editor.connection.vendor == "postgresql"
    for statement in POSTGRESQL if on_postgresql else SQLITE:
        schema_editor.execute(statement, params=None)


def drop(apps, schema_editor):
    on_postgresql = schema_editor.connection.vendor == "postgresql"
    for statement in POSTGRESQL_BACK if on_postgresql else SQLITE_BACK:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("guidance", "0001_initial")]
    operations = [migrations.RunPython(keep, drop)]
