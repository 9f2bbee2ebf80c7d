"""Triggers that refuse to change or delete a row of the record, on both databases."""

from django.db import migrations

POSTGRESQL = """
CREATE FUNCTION audit_entry_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the audit record is append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE ON audit_entry
FOR EACH ROW EXECUTE FUNCTION audit_entry_is_append_only();
"""
SQLITE = tuple(
    f"CREATE TRIGGER audit_entry_no_{event.lower()} BEFORE {event} ON audit_entry "
    "BEGIN SELECT RAISE(ABORT, 'the audit record is append-only'); END"
    for event in ("UPDATE", "DELETE")
)


def close(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL, params=None)
        return
    for statement in SQLITE:
        schema_editor.execute(statement, params=None)


def open_again(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION audit_entry_is_append_only CASCADE", params=None)
        return
    for event in ("update", "delete"):
        schema_editor.execute(f"DROP TRIGGER audit_entry_no_{event}", params=None)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(close, open_again)]
