"""What the forms about cycles choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hatnhan.organization.models import Level, Unit
from hatnhan.organization.selectors.units import reading_order
from hatnhan.reviews.models import ORDER, Entry
from hatnhan.reviews.selectors.law import law_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django_stubs_ext import StrOrPromise

    Options = list[tuple[str, StrOrPromise]]


def units(unit: Unit, on: date) -> list[Unit]:
    """Return a unit and all that stands below it on a day, committees first, in Vietnamese order."""
    rows = Unit.objects.under(unit.pk, on).existing(on).distinct()
    return sorted(rows, key=lambda one: (one.level == Level.CELL, reading_order(one.name)))


def unit_options(found: Iterable[Unit]) -> Options:
    """Return units as a form lists them."""
    return [(str(one.pk), one.name) for one in found]


def grades() -> Options:
    """Return the four grades of an organisation, best first, as the regimes until now called them."""
    words = (
        _("Trong sạch, vững mạnh; hoàn thành xuất sắc nhiệm vụ"),
        _("Hoàn thành tốt nhiệm vụ"),
        _("Hoàn thành nhiệm vụ"),
        _("Yếu kém; không hoàn thành nhiệm vụ"),
    )
    return list(zip((str(one) for one in ORDER), words, strict=True))


def subjects(entry: Entry) -> Options:
    """Return as what a member may be reviewed, each with the number of the form it uses."""
    forms = law_of(entry.cycle).forms.value
    found: Options = []
    for key in (Entry.Subject.LEADER, Entry.Subject.NON_LEADER, Entry.Subject.OUTSIDE):
        form = forms.of(key)
        found.append((str(key), f"{key.label} ({form.number})" if form else key.label))
    return found


def standings() -> Options:
    """Return how an entry may stand in a cycle."""
    return [(str(key), label) for key, label in Entry.Standing.choices]


def standing_words(standing: str) -> str:
    """Return how an entry stands, as it is said within a sentence."""
    return str(Entry.Standing(standing).label).lower()
