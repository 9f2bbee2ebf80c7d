"""The record only grows: the database refuses to change it; the chain shows it when somebody does all the same."""

import json
from contextlib import contextmanager

import pytest
from click.testing import CliRunner
from django.db import DatabaseError, connection, transaction

from hatnhan.accounts.actors import MACHINE
from hatnhan.audit import selectors
from hatnhan.audit.actions import record, record_for
from hatnhan.audit.commands import audit
from hatnhan.audit.models import GENESIS, Entry
from hatnhan.core import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows():
    said = [{"name": f"Chi bộ {number}", "on": clock.today()} for number in range(5)]
    return [record(by=MACHINE, at=clock.now(), action="test:deed", details=details) for details in said]


@contextmanager
def triggers_dropped():
    """What whoever owns the database server can do."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("DROP TRIGGER audit_entry_append_only ON audit_entry")
        else:
            cursor.execute("DROP TRIGGER audit_entry_no_update")
            cursor.execute("DROP TRIGGER audit_entry_no_delete")
        yield cursor


def test_each_row_is_chained_to_the_one_before(rows):
    assert [row.previous_hash for row in rows] == [GENESIS, *(row.hash for row in rows[:-1])]
    assert selectors.verify() == selectors.Verdict(5, None, rows[-1].hash)


def test_one_thing_about_many_is_a_row_for_each_written_at_once(people, place, django_assert_max_num_queries):
    told = {
        "by": MACHINE,
        "at": clock.now(),
        "action": "test:deed",
        "unit_id": place.commune.pk,
        "details": {},
    }
    concerned = [people.member.pk, people.secretary.pk, people.member.pk]
    with django_assert_max_num_queries(5):
        record_for(target=place.commune, subjects=concerned, **told)
    assert list(Entry.objects.order_by("pk").values_list("subject_id", flat=True)) == concerned[:2]
    assert selectors.verify().rows == 2


def test_an_empty_record_is_whole():
    assert selectors.verify() == selectors.Verdict(0, None, GENESIS)


@pytest.mark.parametrize("statement", ["UPDATE audit_entry SET actor_name = 'x'", "DELETE FROM audit_entry"])
def test_the_database_refuses_to_change_or_delete(rows, statement):
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    with pytest.raises(DatabaseError), transaction.atomic():
        rows[0].delete()
    assert Entry.objects.count() == 5


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE audit_entry SET actor_name = 'Người khác' WHERE id = %s",
        "UPDATE audit_entry SET action = 'test:other' WHERE id = %s",
        "UPDATE audit_entry SET at = '2001-01-01 00:00:00+00:00' WHERE id = %s",
        "UPDATE audit_entry SET details = '{}' WHERE id = %s",
        "UPDATE audit_entry SET subject_id = 7 WHERE id = %s",
        "UPDATE audit_entry SET unit_id = 7 WHERE id = %s",
        "UPDATE audit_entry SET object_name = 'Khác' WHERE id = %s",
        "UPDATE audit_entry SET hash = previous_hash || '' WHERE id = %s",
    ],
)
def test_a_changed_row_is_named(rows, change):
    with triggers_dropped() as cursor:
        cursor.execute(change.replace("previous_hash || ''", f"'{'f' * 64}'"), [rows[2].pk])
    assert selectors.verify() == selectors.Verdict(3, rows[2].pk, rows[1].hash)


def test_a_row_taken_out_is_noticed_at_the_next(rows):
    with triggers_dropped() as cursor:
        cursor.execute("DELETE FROM audit_entry WHERE id = %s", [rows[2].pk])
    assert selectors.verify().broken_at == rows[3].pk


def test_rows_cut_off_the_end_show_in_the_seal(rows):
    before = selectors.verify().seal
    with triggers_dropped() as cursor:
        cursor.execute("DELETE FROM audit_entry WHERE id = %s", [rows[4].pk])
    after = selectors.verify()
    assert (after.broken_at, after.seal) == (None, rows[3].hash)
    assert after.seal != before


def test_two_rows_cannot_follow_the_same_one(rows):
    # Two writers at once would both follow the last row: the lock keeps them apart, and this constraint would stop it.
    double = Entry(at=clock.now(), actor_name="x", action="test:deed", previous_hash=rows[3].previous_hash)
    double.hash = double.fingerprint()
    with pytest.raises(DatabaseError), transaction.atomic():
        double.save(force_insert=True)


def test_a_row_goes_with_its_transaction(rows):
    with transaction.atomic():
        record(by=MACHINE, at=clock.now(), action="test:deed")
        transaction.set_rollback(True)
    assert selectors.verify().rows == 5


def test_the_command_answers_and_exits_accordingly(rows):
    good = CliRunner().invoke(audit, ["verify"])
    assert (good.exit_code, rows[-1].hash in good.output) == (0, True)
    with triggers_dropped() as cursor:
        cursor.execute("UPDATE audit_entry SET actor_name = 'x' WHERE id = %s", [rows[1].pk])
    bad = CliRunner().invoke(audit, ["verify"])
    assert bad.exit_code == 1
    assert f"dòng số {rows[1].pk}" in bad.stderr
    told = json.loads(CliRunner().invoke(audit, ["verify", "--json"]).stdout)
    assert told == {"rows": 2, "whole": False, "broken_at": rows[1].pk, "seal": rows[0].hash}
