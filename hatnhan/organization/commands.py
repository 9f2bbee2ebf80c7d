"""`hatnhan roster import|export`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click


@click.group()
def roster() -> None:
    """Nhập và xuất danh sách đảng viên."""


@roster.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--unit", "code", required=True, help="Mã tổ chức nhận danh sách, ví dụ tam-hong.")
@click.option("--dry-run", is_flag=True, help="Chỉ xem trước, không ghi.")
@click.option("--json", "as_json", is_flag=True, help="In kết quả dạng JSON.")
def import_(file: Path, code: str, *, dry_run: bool, as_json: bool) -> None:
    """Nhập danh sách từ FILE (xlsx, xls, ods, csv): ghi cả tệp, hoặc không ghi gì."""
    from hatnhan.accounts.actors import MACHINE  # noqa: PLC0415 - the apps are ready only when the command runs
    from hatnhan.core import clock  # noqa: PLC0415
    from hatnhan.organization.roster.run import import_file  # noqa: PLC0415
    from hatnhan.organization.roster.telling import told_plan  # noqa: PLC0415

    outcome = import_file(file, file.name, unit=_unit(code), by=MACHINE, at=clock.now(), dry_run=dry_run)
    told = told_plan(outcome.plan) | {"written": outcome.written}
    click.echo(
        json.dumps(told, ensure_ascii=False, indent=2) if as_json else _in_words(told, dry_run=dry_run)
    )
    if not outcome.plan.can_be_written:
        raise click.exceptions.Exit(1)


@roster.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--unit", "code", required=True, help="Mã tổ chức, ví dụ tam-hong.")
def export(file: Path, code: str) -> None:
    """Xuất danh sách đảng viên hôm nay ra FILE (xlsx), nhập lại được nguyên vẹn."""
    from hatnhan.accounts.actors import MACHINE  # noqa: PLC0415 - the apps are ready only when the command runs
    from hatnhan.core import clock  # noqa: PLC0415
    from hatnhan.organization.roster.run import export_file  # noqa: PLC0415

    if file.suffix.lower() != ".xlsx":
        message = f"Danh sách được ghi ra tệp Excel: đặt tên tệp có đuôi .xlsx, không phải “{file.name}”."
        raise click.UsageError(message)
    count = export_file(file, unit=_unit(code), by=MACHINE, at=clock.now())
    click.echo(f"Đã ghi {count} đảng viên vào {file}.")


def _unit(code: str):  # type: ignore[no-untyped-def]  # noqa: ANN202 - models cannot be named before the apps are ready
    from hatnhan.organization.models import Unit  # noqa: PLC0415

    unit = Unit.objects.filter(code=code).first()
    if unit is None:
        known = ", ".join(
            Unit.objects.exclude(level="cell").order_by("code").values_list("code", flat=True)[:10]
        )
        message = f"Không có tổ chức mang mã “{code}”. Các mã cấp ủy đang có: {known or 'chưa có'}."
        raise click.ClickException(message)
    return unit


_STATUS = {
    "new": "mới",
    "changed": "thay đổi",
    "unchanged": "giữ nguyên",
    "problem": "có vấn đề",
    "question": "cần trả lời",
}


def _in_words(told: dict[str, Any], *, dry_run: bool) -> str:
    lines = ["; ".join(f"{told['counts'][key]} {word}" for key, word in _STATUS.items())]
    for row in told["rows"]:
        lines += [
            f"Dòng {row['row']}, ô {p['cell'] or '?'} ({p['column']}): {p['shown']} – {p['message']}. {p['remedy']}."
            for p in row.get("problems", ())
        ]
        if "question" in row:
            known = row["question"]
            lines.append(
                f"Dòng {row['row']}: trùng họ tên, ngày sinh với {known['name']}, thẻ {known['card']}."
            )
    if told["counts"]["problem"] or told["counts"]["question"]:
        return "\n".join([*lines, "Chưa ghi gì: sửa tệp, hoặc nhập trên trang để trả lời."])
    if dry_run:
        return "\n".join([*lines, "Chỉ xem trước, chưa ghi gì."])
    done = told["counts"]["new"] or told["counts"]["changed"]
    return "\n".join([*lines, "Đã ghi cả tệp." if done else "Tệp giống hệt sổ, không có gì để ghi."])


COMMANDS = (roster,)
