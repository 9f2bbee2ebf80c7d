"""Commands of the yearly review, for whoever has the server's shell."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from hatnhan.reviews.models import Entry
    from hatnhan.reviews.selectors.explain import Explanation
    from hatnhan.reviews.selectors.explain_rows import Row

_STATES = {"met": "đạt", "failed": "chưa đạt", "unknown": "chưa rõ", "not_applicable": "không phải xét"}


@click.group("reviews")
def reviews() -> None:
    """Kiểm điểm, xếp loại hằng năm."""


@reviews.command("explain")
@click.option("--member", "card", default="", help="Số thẻ đảng viên.")
@click.option("--unit", "code", default="", help="Mã tổ chức đảng: giải thích mức của tổ chức.")
@click.option("--year", type=int, required=True, help="Năm.")
@click.option("--json", "as_json", is_flag=True, help="In ra JSON.")
def explain(card: str, code: str, year: int, *, as_json: bool) -> None:
    """Cho biết vì sao một đảng viên, một tổ chức được xếp mức ấy trong một năm."""
    from hatnhan.reviews.selectors.explain import explanation_of  # noqa: PLC0415 - Django is set up by now

    told = explanation_of(_entry(card, code, year))
    if as_json:
        click.echo(json.dumps(_as_json(told), ensure_ascii=False, indent=2))
        return
    for line in _lines(told):
        click.echo(line)


def _entry(card: str, code: str, year: int) -> Entry:
    from hatnhan.reviews.models import Entry  # noqa: PLC0415 - Django is set up by now

    if bool(card) == bool(code):
        raise click.UsageError("Ghi một trong hai: --member SỐ_THẺ hoặc --unit MÃ.")
    rows = Entry.objects.select_related("cycle__unit", "member", "unit").filter(cycle__year=year)
    rows = (
        rows.filter(member__card_number=card)
        if card
        else rows.filter(unit__code=code, of=Entry.Of.ORGANISATION)
    )
    found = rows.order_by("pk").first()
    if found is None:
        whose = f"số thẻ {card}" if card else f"mã {code}"
        raise click.ClickException(f"Không có ai, tổ chức nào {whose} trong đợt kiểm điểm năm {year}.")
    return found


def _lines(told: Explanation) -> list[str]:
    found = [f"{told.name}, năm {told.entry.cycle.year}: {told.grade_name or 'chưa có mức'}", told.standing]
    found += told.lines
    if told.triggers:
        found += ["", "Căn cứ xếp mức thấp nhất:"]
        found += [f"  - {_trigger_line(row)}" for row in told.triggers]
    for block in told.all_blocks:
        found += ["", f"{block.name}: đạt {block.met}/{block.count}"]
        found += [f"  - {_row_line(row)}" for row in block.rows]
    if told.rest:
        found += ["", *told.rest]
    for cap in told.caps:
        found += ["", f"{cap.title}. {cap.sentence}"]
    found += ["", "Quy định dùng:"]
    found += [
        f"  - {one.words} [{one.version}]{'' if one.confirmed else ' (chưa xác nhận)'}"
        for one in told.sources
    ]
    return found


def _row_line(row: Row) -> str:
    unsure = "" if row.confirmed else " (chưa xác nhận)"
    return f"{row.label}: {row.value}; ngưỡng {row.bound}: {_STATES[row.state]}. {row.cite}{unsure}"


def _trigger_line(row: Row) -> str:
    unsure = "" if row.confirmed else " (chưa xác nhận)"
    state = {"met": "có căn cứ", "lifted": "cấp có thẩm quyền đã xem xét"}.get(row.state, "chưa rõ")
    return f"{row.bound}: {row.value}, {state}. {row.cite}{unsure}"


def _as_json(told: Explanation) -> dict[str, Any]:
    return {
        "name": told.name,
        "year": told.entry.cycle.year,
        "subject": told.entry.subject,
        "standing": told.standing,
        "grade": told.grade,
        "grade_name": told.grade_name,
        "open_by_rules": told.best,
        "needs_decision": told.needs_decision,
        "kept_at_decision": told.from_decision,
        "answer": list(told.lines),
        "grades": [
            {
                "grade": block.grade,
                "name": block.name,
                "state": block.state,
                "met": block.met,
                "count": block.count,
                "conditions": [_row(row) for row in block.rows],
            }
            for block in told.all_blocks
        ],
        "triggers": [_row(row) for row in told.triggers],
        "caps": [
            {"title": one.title, "used": one.used, "limit": one.limit, "doubts": one.doubts}
            for one in told.caps
        ],
        "rules": [
            {"topic": one.topic, "version": one.version, "source": one.words, "confirmed": one.confirmed}
            for one in told.sources
        ],
    }


def _row(row: Row) -> dict[str, Any]:
    return {
        "fact": row.fact,
        "label": row.label,
        "value": row.value,
        "threshold": row.bound,
        "state": row.state,
        "source": row.cite,
        "confirmed": row.confirmed,
        "from": row.where,
    }


COMMANDS = (reviews,)
