"""Asking for the value in force: `rulebook.at(topics.Probation, on=day, unit=unit)`."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from hatnhan.core.errors import RuleBroken
from hatnhan.rulebook import loader
from hatnhan.rulebook.types import Place, Rule, Source, Status, V

if TYPE_CHECKING:
    from datetime import date

    from hatnhan.rulebook.models import Overlay


def at(topic: type[V], *, on: date, unit: Place | None = None) -> Rule[V]:
    """Return the rule in force on a day, the nearest local overlay of the unit's line before the national value.

    Raises RuleBroken with code ``no_rule`` for a day before the first known value.
    """
    if unit is not None and (local := _overlay(topic, on, unit)):
        return local
    for rule in reversed(loader.load()[topic.topic]):
        if rule.start <= on:
            return cast("Rule[V]", rule)
    message = f"Chưa có quy định về “{topic.title}” áp dụng cho ngày {on.day}/{on.month}/{on.year}."
    raise RuleBroken("no_rule", message)


def history(topic: type[V]) -> tuple[Rule[V], ...]:
    """Return the national values of a topic, oldest first."""
    return cast("tuple[Rule[V], ...]", loader.load()[topic.topic])


def of_version(topic: type[V], version: str) -> Rule[V]:
    """Return the rule that a result kept the version of (`Rule.version`), whatever holds today.

    Raises RuleBroken with code ``no_rule`` for a version that this rulebook does not know.
    """
    from hatnhan.rulebook.models import Overlay  # noqa: PLC0415 - the package is imported before the apps are ready

    national = next((rule for rule in history(topic) if rule.version == version), None)
    if national is not None:
        return national
    _name, _sign, key = version.rpartition("#")
    overlay = Overlay.objects.filter(topic=topic.topic, pk=key).first() if key.isdecimal() else None
    if overlay is None:
        message = f"Không còn bản quy định “{topic.title}” đã dùng. Tải lại phần mềm đúng phiên bản."
        raise RuleBroken("no_rule", message)
    return as_rule(topic, overlay)


def _overlay(topic: type[V], on: date, unit: Place) -> Rule[V] | None:
    from hatnhan.rulebook.models import Overlay  # noqa: PLC0415 - the package is imported before the apps are ready

    line = unit.lineage(on)
    found = {
        o.unit_id: o
        for o in Overlay.objects.on(on).filter(topic=topic.topic, unit_id__in=line).order_by("start")
    }
    nearest = next((found[pk] for pk in line if pk in found), None)
    return as_rule(topic, nearest) if nearest else None


def as_rule(topic: type[V], overlay: Overlay) -> Rule[V]:
    """Return a local overlay as the rule it makes: a unit's own decision is confirmed by its own paper."""
    return Rule(
        topic=topic.topic,
        title=topic.title,
        value=topic.model_validate(overlay.value),
        start=overlay.start,
        end=overlay.end,
        source=Source(instrument=overlay.instrument, date=overlay.instrument_date),
        status=Status.CONFIRMED,
        version=f"{topic.topic}@{overlay.start.isoformat()}/{overlay.unit_id}#{overlay.pk}",
        local=True,
    )
