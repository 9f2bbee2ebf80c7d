"""What the database itself keeps of a ballot, on both databases, whatever a program asks of it.

A later change of one of these tables on SQLite makes Django build the table anew, and its triggers are lost: such a
migration must undo this step before and do it again after (`test_constraints.py` tells).
"""

from django.db import migrations

SEALED_SIZE = 560


def _state(row):
    return f"(SELECT state FROM ballots_ballot WHERE id = {row})"


_TURNOUT = "(SELECT COUNT(*) FROM ballots_rollentry WHERE ballot_id = {row} AND voted)"
_ASKED = ("unit_id", "body", "title", "purpose", "kind", "up_to", "grades", "public_key", "rule_version", "rule_value")
_CHANGED = " OR ".join(f"OLD.{name} <> NEW.{name}" for name in _ASKED)
#: Empty in some rows, which "<>" would let pass.
_CHANGED += " OR OLD.concerned_id IS DISTINCT FROM NEW.concerned_id OR OLD.opened_at IS DISTINCT FROM NEW.opened_at"
_TELLER_CHANGED = " OR ".join(f"OLD.{name} <> NEW.{name}" for name in ("ballot_id", "member_id", "place"))
_COLUMNS = ("ballot_id", "member_id", "entitled", "reason", "present")
_LINE_CHANGED = " OR ".join(f"OLD.{name} <> NEW.{name}" for name in _COLUMNS)
_NOT_ONE_MORE = (
    f"NEW.votes <> OLD.votes + 1 OR length(NEW.contents) <> NEW.votes * {SEALED_SIZE}"
    f" OR NEW.votes <> {_TURNOUT.format(row='NEW.ballot_id')}"
)
_COUNTED = (
    "(SELECT 1 FROM ballots_result AS counted JOIN ballots_urn AS urn ON urn.ballot_id = counted.ballot_id"
    " WHERE counted.ballot_id = NEW.id AND counted.on_screen = urn.votes"
    f" AND urn.votes = {_TURNOUT.format(row='NEW.id')})"
)

#: Name, table, event, what must not be, and what is said then.
GUARDS = (
    # the roll
    ("roll_frozen_add", "rollentry", "INSERT", f"{_state('NEW.ballot_id')} <> 'draft'", "the roll is frozen"),
    ("roll_frozen_remove", "rollentry", "DELETE", f"{_state('OLD.ballot_id')} <> 'draft'", "the roll is frozen"),
    (
        "roll_frozen_change", "rollentry", "UPDATE",
        _LINE_CHANGED,
        "the roll is frozen",
    ),
    ("roll_voted_stays", "rollentry", "UPDATE", "OLD.voted AND NOT NEW.voted", "who has voted has voted"),
    (
        "roll_voted_while_open", "rollentry", "UPDATE",
        f"NEW.voted AND NOT OLD.voted AND {_state('NEW.ballot_id')} <> 'open'",
        "the ballot is not open",
    ),
    # the urn
    (
        "urn_starts_empty", "urn", "INSERT", "NEW.votes <> 0 OR length(NEW.contents) <> 0", "an urn starts empty"
    ),
    (
        "urn_votes_are_turnout", "urn", "UPDATE",
        _NOT_ONE_MORE,
        "votes are turnout",
    ),
    ("urn_stays_while_open", "urn", "DELETE", f"{_state('OLD.ballot_id')} = 'open'", "the ballot is open"),
    # what was asked
    ("option_asked_add", "option", "INSERT", f"{_state('NEW.ballot_id')} <> 'draft'", "the question is put"),
    ("option_asked_change", "option", "UPDATE", f"{_state('OLD.ballot_id')} <> 'draft'", "the question is put"),
    ("option_asked_remove", "option", "DELETE", f"{_state('OLD.ballot_id')} <> 'draft'", "the question is put"),
    ("teller_named_add", "teller", "INSERT", f"{_state('NEW.ballot_id')} <> 'draft'", "the tellers are named"),
    (
        "teller_named_change", "teller", "UPDATE",
        f"{_state('OLD.ballot_id')} <> 'draft' AND ({_TELLER_CHANGED})",
        "the tellers are named",
    ),
    ("teller_named_remove", "teller", "DELETE", f"{_state('OLD.ballot_id')} <> 'draft'", "the tellers are named"),
    # the ballot
    ("ballot_ends_once", "ballot", "UPDATE", "OLD.state IN ('closed', 'cancelled')", "the ballot has ended"),
    ("ballot_asked_once", "ballot", "UPDATE", f"OLD.state = 'open' AND ({_CHANGED})", "the question is put"),
    (
        "ballot_in_order", "ballot", "UPDATE",
        "(OLD.state = 'open' AND NEW.state = 'draft') OR (OLD.state = 'draft' AND NEW.state = 'closed')",
        "a ballot is opened, then closed",
    ),
    (
        "ballot_closes_on_turnout", "ballot", "UPDATE",
        f"OLD.state = 'open' AND NEW.state = 'closed' AND NOT EXISTS {_COUNTED}",
        "votes are turnout",
    ),
    ("ballot_held_stays", "ballot", "DELETE", "OLD.state <> 'draft'", "the ballot was held"),
    # the result
    ("result_counted_add", "result", "INSERT", f"{_state('NEW.ballot_id')} <> 'open'", "the ballot is not open"),
    ("result_counted_change", "result", "UPDATE", f"{_state('OLD.ballot_id')} <> 'open'", "the ballot is counted"),
    ("result_counted_remove", "result", "DELETE", f"{_state('OLD.ballot_id')} <> 'open'", "the ballot is counted"),
    ("line_counted_add", "resultline", "INSERT", f"{_state('NEW.result_id')} <> 'open'", "the ballot is not open"),
    ("line_counted_change", "resultline", "UPDATE", f"{_state('OLD.result_id')} <> 'open'", "the ballot is counted"),
    ("line_counted_remove", "resultline", "DELETE", f"{_state('OLD.result_id')} <> 'open'", "the ballot is counted"),
)
_POSTGRESQL = """
CREATE FUNCTION ballots_{name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF {wrong} THEN RAISE EXCEPTION '{said}' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN {row};
END $$;
CREATE TRIGGER ballots_{name} BEFORE {event} ON ballots_{table} FOR EACH ROW EXECUTE FUNCTION ballots_{name}();
"""
_SQLITE = """
CREATE TRIGGER ballots_{name} BEFORE {event} ON ballots_{table} WHEN {wrong}
BEGIN SELECT RAISE(ABORT, '{said}'); END
"""


def guard(apps, schema_editor):
    postgresql = schema_editor.connection.vendor == "postgresql"
    for name, table, event, wrong, said in GUARDS:
        row = "OLD" if event == "DELETE" else "NEW"
        statement = (_POSTGRESQL if postgresql else _SQLITE).format(
            name=name, table=table, event=event, wrong=wrong, said=said, row=row
        )
        schema_editor.execute(statement, params=None)
    if postgresql:
        # Sealed bytes are noise: trying to make them smaller costs time at every vote.
        schema_editor.execute("ALTER TABLE ballots_urn ALTER COLUMN contents SET STORAGE EXTERNAL", params=None)


def unguard(apps, schema_editor):
    for name, *_rest in GUARDS:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP FUNCTION IF EXISTS ballots_{name} CASCADE", params=None)
        else:
            schema_editor.execute(f"DROP TRIGGER IF EXISTS ballots_{name}", params=None)


class Migration(migrations.Migration):
    dependencies = [("ballots", "0001_initial")]
    operations = [migrations.RunPython(guard, unguard)]
