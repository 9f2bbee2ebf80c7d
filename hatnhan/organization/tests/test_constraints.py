"""No two rows of a group overlap: on insert, on update, and still after SQLite has built the table anew."""

from datetime import date

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.db.migrations.operations import AddField, AlterField, RemoveField
from django.db.migrations.state import ProjectState

from hatnhan.organization.models import Membership
from hatnhan.organization.tests import make

MAY, JUNE, JULY = date(2018, 5, 1), date(2018, 6, 1), date(2018, 7, 1)
NAMES = {"membership_one_official_cell_insert", "membership_one_official_cell_update"}


def spell(member, unit, start, end=None, kind="official"):
    reason = "left" if end else ""
    return Membership.objects.create(
        member=member, unit=unit, start=start, end=end, kind=kind, start_reason="recorded", end_reason=reason
    )


def refuses(work):
    with pytest.raises(IntegrityError), transaction.atomic():
        work()
    return True


@pytest.fixture
def mover(place):
    """A member who was in the village in May."""
    person = make.member(None)
    return person, spell(person, place.village, MAY, JUNE)


def keeps_its_word(mover, place):
    """See that overlaps are refused both ways and neighbours are not."""
    person, may = mover
    june = spell(person, place.school, JUNE, JULY)
    assert refuses(lambda: spell(person, place.school, date(2018, 6, 30)))
    assert refuses(lambda: Membership.objects.filter(pk=may.pk).update(end=date(2018, 6, 2)))
    assert refuses(lambda: Membership.objects.filter(pk=june.pk).update(start=date(2018, 5, 31)))
    assert refuses(lambda: Membership.objects.filter(pk=may.pk).update(end=None, end_reason=""))
    aside = spell(person, place.school, MAY, kind="temporary")
    assert refuses(lambda: Membership.objects.filter(pk=aside.pk).update(kind="official"))
    other = make.member(None)
    theirs = spell(other, place.village, MAY)
    assert refuses(lambda: Membership.objects.filter(pk=theirs.pk).update(member=person))
    Membership.objects.filter(pk=june.pk).update(end=None, end_reason="")


def test_overlaps_are_refused_on_insert_and_on_update(mover, place):
    keeps_its_word(mover, place)


def triggers():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'organization_membership'"
        )
        return {row[0] for row in cursor.fetchall()}


def migrate(*operations):
    """Carry out operations of a migration on the tables as they are; SQLite builds the table anew for each."""
    state = ProjectState.from_apps(apps)
    connection.check_constraints()  # PostgreSQL alters no table while checks of keys are waiting
    # Not as a context: SQLite's wants to turn the checking of keys off, which the transaction of a test forbids.
    schema = connection.SchemaEditorClass(connection, atomic=False)
    schema.deferred_sql = []
    for operation in operations:
        before, state = state, state.clone()
        operation.state_forwards("organization", state)
        operation.database_forwards("organization", schema, before, state)
    for statement in schema.deferred_sql:
        schema.execute(statement)


def test_a_table_that_was_altered_still_refuses_overlaps(mover, place):
    longer = models.CharField("số quyết định", max_length=90, blank=True)
    note = models.CharField(max_length=9, default="x")
    migrate(
        AlterField("membership", "decision_no", longer),
        AddField("membership", "note", note),
        RemoveField("membership", "note"),
    )
    if connection.vendor == "sqlite":
        assert triggers() >= NAMES
    keeps_its_word(mover, place)
