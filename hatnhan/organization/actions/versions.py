"""Closing and opening the versions of a unit, and writing down what was decided about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.core.errors import RuleBroken
from hatnhan.core.vietnamese import day as written
from hatnhan.organization.actions.checks import moved_on, require_past
from hatnhan.organization.models import UnitEvent, UnitVersion

if TYPE_CHECKING:
    from datetime import date
    from typing import Any

    from hatnhan.organization.models import Unit


def latest_version(unit: Unit, on: date) -> UnitVersion:
    """Return the version in force now, to be changed from a day on.

    Raises RuleBroken ``dissolved`` when there is none, ``future`` for a day after today, ``before_founding`` and
    ``before_latest_change`` for a day at which the unit was not yet what it is: changes are recorded in their order.
    """
    require_past(on, field="on")
    version: UnitVersion | None = (
        UnitVersion.objects.filter(unit=unit, end=None).select_related("unit").first()
    )
    if version is None:
        message = _("%(unit)s đã giải thể, không ghi thêm thay đổi được.")
        raise RuleBroken("dissolved", message % {"unit": unit})
    if on < version.unit.founded_on:
        message = _("%(unit)s thành lập ngày %(day)s. Ghi ngày ấy hoặc sau đó.")
        first = version.unit.founded_on
        raise RuleBroken("before_founding", message % {"unit": unit, "day": written(first)}, field="on")
    if on < version.start:
        message = _("Lần thay đổi gần nhất của %(unit)s là ngày %(day)s. Ghi ngày ấy hoặc sau đó.")
        values = {"unit": unit, "day": written(version.start)}
        raise RuleBroken("before_latest_change", message % values, field="on")
    return version


def amend(version: UnitVersion, on: date, **changes: Any) -> UnitVersion:
    """Make a unit something else from a day on and return the version that says so.

    Two changes of one day are one version: the later one is written into the earlier.
    """
    if on == version.start:
        if UnitVersion.objects.filter(pk=version.pk, end=None).update(**changes) != 1:
            raise moved_on()
        version.refresh_from_db()
        return version
    close(version, on)
    kept = {
        name: getattr(version, name) for name in ("unit_id", "parent_id", "name", "cell_kind", "position")
    }
    return UnitVersion.objects.create(**kept | changes, start=on)


def close(version: UnitVersion, on: date) -> None:
    """End a version; it was in force until the day before ``on``."""
    if UnitVersion.objects.filter(pk=version.pk, end=None).update(end=on) != 1:
        raise moved_on()


def note_event(
    unit: Unit,
    kind: UnitEvent.Kind,
    on: date,
    decision_no: str,
    successor: Unit | None = None,
    note: str = "",
) -> None:
    """Write down what was decided about a unit."""
    UnitEvent.objects.create(
        unit=unit, kind=kind, on=on, decision_no=decision_no, successor=successor, note=note
    )
