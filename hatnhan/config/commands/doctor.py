"""`hatnhan doctor`: whether everything is in its place."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import click

from hatnhan.config import ready
from hatnhan.config.wording import sentence

if TYPE_CHECKING:
    from collections.abc import Callable

_PYTHON = (3, 11)
_LONG_KEY = 50
_DISTINCT = 5


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at. ``key`` is stable English; ``found`` says in Vietnamese what was found."""

    key: str
    title: str
    ok: bool
    found: str


@click.command()
@click.option("--json", "as_json", is_flag=True, help="In kết quả dạng JSON.")
def doctor(*, as_json: bool) -> None:
    """Khám máy: Python, cấu hình, cơ sở dữ liệu, tệp tĩnh, đồng hồ, nhật ký. Thoát với mã 1 nếu có chỗ chưa đạt."""
    checks = examine()
    good = all(check.ok for check in checks)
    if as_json:
        click.echo(
            json.dumps({"ok": good, "checks": [asdict(check) for check in checks]}, ensure_ascii=False)
        )
    else:
        for check in checks:
            click.echo(f"{'✓' if check.ok else '✗'} {check.title}: {check.found}")
    if not good:
        raise click.exceptions.Exit(1)


def examine() -> list[Check]:
    """Look at everything; where the settings are not complete, at that alone."""
    version = ".".join(map(str, sys.version_info[:3]))
    checks = [Check("python", "Python", sys.version_info >= _PYTHON, f"{version} (cần từ 3.11)")]
    try:
        ready.set_up()
    except ready.NotReady as error:
        return [*checks, Check("settings", "Cấu hình", ok=False, found=error.message)]
    looks: tuple[tuple[str, str, Callable[[], tuple[bool, str]]], ...] = (
        ("secret_key", "Khóa bí mật", _secret_key),
        ("state", "Thư mục dữ liệu", _state),
        ("static", "Tệp tĩnh", _static),
        ("database", "Cơ sở dữ liệu", _database),
        ("migrations", "Bảng", _migrations),
        ("clock", "Đồng hồ", _clock),
        ("audit", "Nhật ký", _audit),
    )
    return [*checks, *(_look(key, title, look) for key, title, look in looks)]


def _look(key: str, title: str, look: Callable[[], tuple[bool, str]]) -> Check:
    try:
        ok, found = look()
    except ready.EXPECTED as error:
        ok, found = False, sentence(error)
    return Check(key, title, ok, found)


def _secret_key() -> tuple[bool, str]:
    from django.conf import settings  # noqa: PLC0415 - this and the following: Django is ready only now

    if settings.DEMO:
        return True, "khóa chung của bản dùng thử, chỉ dùng trên chính máy này"
    good = len(settings.SECRET_KEY) >= _LONG_KEY and len(set(settings.SECRET_KEY)) >= _DISTINCT
    return good, "đủ dài" if good else "quá ngắn: cần ít nhất 50 ký tự ngẫu nhiên (HATNHAN_SECRET_KEY)"


def _state() -> tuple[bool, str]:
    from django.conf import settings  # noqa: PLC0415

    if not settings.STATE.is_dir():
        return False, f"chưa có {settings.STATE}; chạy: hatnhan migrate"
    good = os.access(settings.STATE, os.W_OK | os.X_OK)
    return (
        good,
        f"{settings.STATE}" if good else f"không ghi được vào {settings.STATE}; kiểm tra chủ và quyền",
    )


def _static() -> tuple[bool, str]:
    from django.conf import settings  # noqa: PLC0415

    good = (settings.STATIC_ROOT / "staticfiles.json").is_file()
    return good, "đã gom" if good else f"chưa gom vào {settings.STATIC_ROOT}; chạy: make setup"


def _database() -> tuple[bool, str]:
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return True, "SQLite" if connection.vendor == "sqlite" else f"PostgreSQL {connection.pg_version // 10000}"  # type: ignore[attr-defined]


def _migrations() -> tuple[bool, str]:
    from hatnhan.config.commands.migrate import pending  # noqa: PLC0415

    steps = pending()
    return not steps, f"còn thiếu {len(steps)} bước; chạy: hatnhan migrate" if steps else "đúng bản"


def _clock() -> tuple[bool, str]:
    from hatnhan.core import clock  # noqa: PLC0415
    from hatnhan.core.vietnamese import day  # noqa: PLC0415

    now = clock.now()
    good = now.utcoffset() == timedelta(hours=7) and now.year >= 2026  # noqa: PLR2004 - the year this was written
    said = f"{now:%H:%M}, {day(now.date())}, giờ Việt Nam"
    return good, said if good else f"{said}: sai ngày hoặc thiếu múi giờ"


def _audit() -> tuple[bool, str]:
    from hatnhan.audit import selectors  # noqa: PLC0415

    verdict = selectors.verify()
    if verdict.broken_at is None:
        return True, f"nguyên vẹn, {verdict.rows} dòng"
    return False, f"hỏng ở dòng số {verdict.broken_at}; xem: hatnhan audit verify"
