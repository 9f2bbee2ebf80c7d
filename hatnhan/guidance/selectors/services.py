"""What served the Directive: the year's list, the mark beside a thing, and finding the thing that one may mark."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.assignments.selectors.tasks import task_for
from hatnhan.core.beside import Slot, Thing
from hatnhan.core.errors import Missing
from hatnhan.guidance import permissions
from hatnhan.guidance.models import Service
from hatnhan.meetings.selectors import items
from hatnhan.meetings.selectors.meetings import meeting_for
from hatnhan.organization.actions.checks import day_of
from hatnhan.organization.models import Unit, UnitAncestry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet
    from django_stubs_ext import StrOrPromise

    from hatnhan.accounts.models import User

    Finder = Callable[[User, int], Thing]

_finders: dict[str, tuple[StrOrPromise, Finder]] = {}


def register(kind: str, label: StrOrPromise, finder: Finder) -> None:
    """Let things of a kind bear the mark. The finder returns what the person may see; it raises Missing."""
    _finders[kind] = (label, finder)


def kind_words(kind: str) -> str:
    """Return what a kind of thing is called."""
    return str(_finders[kind][0]) if kind in _finders else kind


def thing_for(user: User, kind: str, object_id: int) -> Thing:
    """Return a thing that the person may see and mark. Raises Missing."""
    if kind not in _finders:
        raise Missing
    return _finders[kind][1](user, object_id)


def _meeting(user: User, pk: int) -> Thing:
    found = meeting_for(user, pk)
    return Thing(
        "meeting",
        pk,
        found.unit_id,
        found.title,
        reverse("meetings:meeting", args=[pk]),
        day_of(found.starts_at),
    )


def _item(user: User, pk: int) -> Thing:
    meeting = meeting_for(user, items.meeting_of(pk))
    one = items.item_of(meeting, pk)
    url = reverse("meetings:item", args=[pk])
    return Thing("item", pk, meeting.unit_id, one.title, url, day_of(meeting.starts_at))


def _task(user: User, pk: int) -> Thing:
    found = task_for(user, pk)
    return Thing(
        "task", pk, found.unit_id, found.title, reverse("assignments:task", args=[pk]), found.given_on
    )


register("meeting", gettext_lazy("Cuộc họp, sinh hoạt"), _meeting)
register("item", gettext_lazy("Nội dung họp"), _item)
register("task", gettext_lazy("Nhiệm vụ"), _task)


def slot(user: User | AnonymousUser, thing: Thing) -> Iterator[Slot]:
    """Yield the mark beside a thing, and to who leads its unit the way to mark it. One query."""
    if not user.is_authenticated:
        return
    found = of_thing(thing)
    leads = permissions.leads(user, thing.unit_id)
    url = reverse("guidance:service-mark", args=[thing.kind, thing.object_id])
    if found is not None:
        note = f": {found.note}" if found.note else ""
        words = _("Phục vụ học tập và làm theo Bác%(note)s.") % {"note": note}
        yield Slot(words, url if leads else "", _("Sửa, bỏ dấu") if leads else "")
    elif leads:
        yield Slot("", url, _("Đánh dấu phục vụ học tập và làm theo Bác"))


def of_thing(thing: Thing) -> Service | None:
    """Return the mark that a thing bears. One query."""
    found: Service | None = Service.objects.filter(kind=thing.kind, object_id=thing.object_id).first()
    return found


def unit_of(thing: Thing) -> Unit:
    """Return the unit to which a thing belongs."""
    found: Unit = Unit.objects.get(pk=thing.unit_id)
    return found


def services_of(user: User, unit: Unit, year: int, on: date) -> QuerySet[Service]:
    """Return what served the Directive in a unit and below it in a year, as far as the person may know of it."""
    below = UnitAncestry.objects.on(on).filter(ancestor=unit).values("unit_id")
    rows: QuerySet[Service] = Service.objects.visible_to(user).filter(unit__in=below)
    inside = rows.filter(on__gte=date(year, 1, 1), on__lt=date(year + 1, 1, 1), on__lte=on)
    return inside.select_related("unit")
