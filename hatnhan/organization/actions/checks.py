"""What every action checks the same way, and how what is left over becomes a sentence."""

from __future__ import annotations

from datetime import timedelta
from functools import wraps
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from django.db import DataError, IntegrityError, transaction
from django.utils.translation import gettext as _

from hatnhan.core import clock
from hatnhan.core.errors import RuleBroken
from hatnhan.core.vietnamese import day as written

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from django.db.models import Model

    from hatnhan.organization.models import Unit
    from hatnhan.rulebook.types import Rule

P = ParamSpec("P")
R = TypeVar("R")


def deed(action: Callable[P, R]) -> Callable[P, R]:
    """Run an action in one transaction; what the database still refuses becomes RuleBroken ``conflict``."""

    @wraps(action)
    def done(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            with transaction.atomic():
                return action(*args, **kwargs)
        except IntegrityError as error:
            message = _("Việc này vướng với điều vừa được ghi ở nơi khác. Mở lại trang để xem, rồi ghi tiếp.")
            raise RuleBroken("conflict", message) from error
        except DataError as error:
            message = _("Có chữ hoặc số dài quá chỗ ghi. Rút ngắn rồi ghi lại.")
            raise RuleBroken("too_long", message) from error

    return done


def day_of(at: datetime) -> date:
    """Return the day of a moment, in Vietnamese time."""
    return at.astimezone(clock.HERE).date()


def cite(rule: Rule[object]) -> str:
    """Return the instrument of a rule for a citation."""
    return str(rule.source)


def require_past(on: date, *, field: str) -> None:
    """Raise RuleBroken ``future`` for a day after today."""
    if on > clock.today():
        raise RuleBroken("future", _("Ngày này chưa đến. Ghi ngày không sau hôm nay."), field=field)


def require_ended(end: date, *, field: str) -> None:
    """Raise RuleBroken ``future`` when the last day before ``end`` (exclusive) is after today."""
    require_past(end - timedelta(days=1), field=field)


def require_text(text: str, *, code: str, field: str, message: str = "") -> str:
    """Return a text without the spaces around it. Raises RuleBroken with ``code`` when nothing is left."""
    tidy = text.strip()
    if not tidy:
        raise RuleBroken(code, message or _("Chưa ghi. Ghi mục này rồi lưu."), field=field)
    return tidy


def require_decision(decision_no: str) -> str:
    """Return the number of the decision. Raises RuleBroken ``decision_missing``."""
    message = _("Chưa ghi số quyết định. Ghi như trên văn bản, ví dụ 15-QĐ/ĐU.")
    return require_text(decision_no, code="decision_missing", field="decision_no", message=message)


def require_not_before(on: date, first: date, *, code: str, field: str, what: str) -> None:
    """Raise RuleBroken when a day lies before ``first``; ``what`` says in words what happened on that day."""
    if on < first:
        message = _("%(what)s ngày %(first)s. Ghi ngày %(first)s hoặc sau đó.")
        raise RuleBroken(code, message % {"what": what, "first": written(first)}, field=field)


def require_cell(unit: Unit, on: date, *, field: str) -> None:
    """Raise RuleBroken unless members may belong to a unit from a day on: a cell, founded by then, not dissolved."""
    if not unit.is_cell:
        message = _("Đảng viên sinh hoạt ở chi bộ. Chọn một chi bộ.")
        raise RuleBroken("not_a_cell", message, field=field)
    require_standing(unit, on, field=field)


def require_standing(unit: Unit, on: date, *, field: str) -> None:
    """Raise RuleBroken unless a unit exists from a day on, without end."""
    unit.refresh_from_db(fields=["founded_on", "dissolved_on"])
    if unit.dissolved_on is not None:
        message = _("%(unit)s đã giải thể ngày %(day)s. Chọn tổ chức đang hoạt động.")
        raise RuleBroken(
            "dissolved", message % {"unit": unit, "day": written(unit.dissolved_on)}, field=field
        )
    if on < unit.founded_on:
        message = _("%(unit)s thành lập ngày %(day)s. Ghi ngày ấy hoặc sau đó.")
        raise RuleBroken(
            "before_founding", message % {"unit": unit, "day": written(unit.founded_on)}, field=field
        )


def hold(seen: Model, *fields: str) -> None:
    """Lock a row until the deed is written, and see that it still stands as whoever changes it saw it.

    ``fields`` are columns (``unit_id``, not ``unit``) that ``seen`` holds as they were read. Raises RuleBroken
    ``changed_meanwhile`` when another has written one of them since, ``already_done`` when the row is gone.
    """
    rows = type(seen)._default_manager.select_for_update().filter(pk=seen.pk)
    now = rows.values(*fields).first()
    if now is None:
        raise moved_on()
    if any(value != getattr(seen, name) for name, value in now.items()):
        raise changed_meanwhile()


def changed_meanwhile() -> RuleBroken:
    """Return the error for what another changed since it was read, so that nobody's words are written over unseen."""
    message = _("Điều ghi ở đây vừa được người khác sửa. Mở lại trang để xem điều mới, rồi sửa tiếp.")
    return RuleBroken("changed_meanwhile", message)


def moved_on() -> RuleBroken:
    """Return the error for a state that changed between reading and writing."""
    message = _("Việc này vừa được người khác ghi. Mở lại trang để xem.")
    return RuleBroken("already_done", message)
