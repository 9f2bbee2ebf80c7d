"""All that is held of a member, for the member: one mapping, and the same as lines of a table."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from hatnhan.audit import presenting
from hatnhan.core import clock
from hatnhan.organization.held import holdings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.db import models

    from hatnhan.audit.models import Entry
    from hatnhan.organization.selectors.person import File

#: Keys that only serve sorting and search, and the account's number.
_DERIVED = {"id", "sort_key", "given_key", "search_key", "user", "member"}


def of(file: File) -> dict[str, Any]:
    """Return facts, history, the record and the readings of one member, under Vietnamese headings."""
    return {
        _("Lấy lúc"): clock.now().isoformat(timespec="seconds"),
        _("Lý lịch đảng"): _fields(file.member),
        _("Sinh hoạt đảng"): _all(file.memberships),
        _("Chức vụ"): _all(file.positions),
        _("Thời gian dự bị"): _all(file.probations),
        _("Miễn công tác"): _all(file.exemptions),
        _("Chuyển sinh hoạt"): _all(file.transfers),
        _("Huy hiệu Đảng"): _all(file.badges),
        **{str(one.title): [dict(row) for row in one.rows(file.member)] for one in holdings()},
        _("Đã ghi vào nhật ký"): _entries(file.record),
        _("Ai đã xem hồ sơ"): _entries(file.readings),
    }


def lines(held: dict[str, Any]) -> Iterator[list[str]]:
    """Yield section, field and content of each thing held."""
    for section, content in held.items():
        if isinstance(content, str):
            yield [section, "", content]
            continue
        many = content if isinstance(content, list) else [content]
        for number, one in enumerate(many, start=1):
            name = f"{section} {number}" if isinstance(content, list) else section
            yield from ([name, key, str(value)] for key, value in one.items() if value not in {None, ""})


def _all(rows: Iterable[models.Model]) -> list[dict[str, Any]]:
    return [_fields(row) for row in rows]


def _fields(row: models.Model) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for field in row._meta.concrete_fields:
        if field.name not in _DERIVED:
            found[str(field.verbose_name)] = _content(row, field)
    return found


def _content(row: models.Model, field: models.Field[Any, Any]) -> int | str | None:
    value = getattr(row, field.name)
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    if isinstance(value, date):
        return value.isoformat()
    return value if value is None or isinstance(value, (int, str)) else str(value)


def _entries(entries: Iterable[Entry]) -> list[dict[str, Any]]:
    return [
        {
            _("lúc"): row.entry.at.astimezone(clock.HERE).isoformat(timespec="seconds"),
            _("người làm"): row.entry.actor_name,
            _("việc"): row.deed,
            _("chi tiết"): "; ".join(f"{name}: {text}" for name, text in row.details),
        }
        for row in presenting.rows(list(entries))
    ]
