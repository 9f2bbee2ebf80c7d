"""What is due in the yearly review. Units' lists name nobody; a person's own part waits for that person."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.core.vietnamese import day as written
from hatnhan.deadlines.registry import personal, source
from hatnhan.deadlines.types import Deadline
from hatnhan.reviews.models import StepDay
from hatnhan.reviews.selectors import pending

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from hatnhan.organization.models import Unit
    from hatnhan.reviews.models import Entry
    from hatnhan.reviews.selectors.pending import UnitStep

#: Where a step of the committee is done.
_PAGES = {"appraise": "appraisal", "decide": "decisions", "notify": "decisions", "report": "results"}


def _of(  # noqa: PLR0913 - what a deadline says, in one place
    key: str, unit: Unit, due: date, *, title: str, url: str, action: str, detail: str = ""
) -> Deadline:
    return Deadline(
        key=f"reviews.{key}",
        due=due,
        title=title,
        detail=detail,
        unit_id=unit.pk,
        unit_name=unit.name,
        url=url,
        action=action,
    )


#: What is done on the page of a step, as its button says it.
_VERBS = {
    "self_review": gettext_lazy("Xem ai chưa nộp"),
    "residence": gettext_lazy("Xem ai chưa có"),
    "sitting": gettext_lazy("Mở hội nghị"),
    "propose": gettext_lazy("Đề nghị mức"),
    "appraise": gettext_lazy("Thẩm định"),
    "decide": gettext_lazy("Quyết định"),
    "notify": gettext_lazy("Ghi thông báo"),
    "report": gettext_lazy("Xem kết quả"),
}


# --- units -----------------------------------------------------------------------------------------------------------
@source("reviews.step", title=gettext_lazy("Bước của đợt kiểm điểm, xếp loại"))
def steps(unit_ids: Sequence[int], *, on: date, until: date) -> Iterator[Deadline]:
    """Yield the steps that cells and committees have not finished, one a unit and step. Seven queries at most."""
    found = list(pending.unit_steps(unit_ids, on, until))
    sittings = pending.sittings_of_cells({one.cycle.pk for one in found}) if found else {}
    for one in found:
        yield _step(one, sittings.get((one.cycle.pk, one.unit.pk)))


def _step(one: UnitStep, sitting: int | None) -> Deadline:
    told = {"left": one.left, "of": one.of}
    detail = _("Còn %(left)d trên %(of)d.") % told if one.left else ""
    words = _("%(step)s năm %(year)d") if _says_review(one) else _("%(step)s (kiểm điểm năm %(year)d)")
    title = words % {"step": one.step.title, "year": one.cycle.year}
    return _of(
        f"step:{one.cycle.pk}:{one.unit.pk}:{one.step.of}:{one.step.key}",
        one.unit,
        one.step.due,
        title=title,
        detail=detail,
        url=_page(one, sitting),
        action=str(_VERBS.get(one.step.key, _("Mở"))),
    )


def _says_review(one: UnitStep) -> bool:
    """Tell whether the words of a step name the yearly review themselves."""
    return "kiểm điểm" in one.step.title


def _page(one: UnitStep, sitting: int | None) -> str:
    """Return where a step is done: the meeting of the cell, a page of the committee, else the list by what is left."""
    key = one.step.key
    if key in {"sitting", "propose"} and sitting is not None:
        return reverse("reviews:sitting", args=[sitting])
    if key == "residence" and sitting is not None:
        return reverse("reviews:residence", args=[sitting])
    if key == "self_review":
        address = reverse("reviews:call-list", args=[one.cycle.year])
    elif one.step.of == "committee" and key in _PAGES:
        address = reverse(f"reviews:{_PAGES[key]}", args=[one.cycle.year])
    else:
        address = reverse("reviews:cycle", args=[one.cycle.year])
    return f"{address}?{urlencode({'don_vi': one.unit.code})}"


@source("reviews.again", title=gettext_lazy("Đề nghị xem lại xếp loại chờ trả lời"))
def to_answer(unit_ids: Sequence[int], *, on: date, until: date) -> Iterator[Deadline]:
    """Yield the requests to look again that wait for an answer, naming nobody. Two queries.

    The law sets no day for the answer: it is looked for by the last day of the cycle, at once after that.
    """
    found = list(pending.to_answer(unit_ids, on))
    last = dict(
        StepDay.objects.filter(cycle__in={one.entry.cycle_id for one in found})
        .order_by("due")
        .values_list("cycle_id", "due")
    )
    for one in found:
        cycle = one.entry.cycle
        due = max(last.get(cycle.pk, one.asked_on), one.asked_on)
        if due <= until:
            yield _of(
                f"again:{one.pk}",
                cycle.unit,
                due,
                title=_("Trả lời đề nghị xem lại xếp loại năm %(year)d") % {"year": cycle.year},
                detail=_("Đề nghị ngày %(day)s.") % {"day": written(one.asked_on)},
                url=reverse("reviews:again", args=[one.pk]),
                action=_("Mở đề nghị"),
            )


# --- one person ------------------------------------------------------------------------------------------------------
def _about(entry: Entry) -> dict[str, int]:
    return {"year": entry.cycle.year}


@personal("reviews.own_review", title=gettext_lazy("Bản kiểm điểm của tôi"))
def own_reviews(member_id: int, *, on: date, until: date) -> Iterator[Deadline]:
    """Yield the own self-reviews not handed in. Three queries."""
    for one in pending.own_to_hand_in(member_id, on):
        if one.due <= until:
            returned = one.review.returned_because if one.review else ""
            yield _of(
                f"own_review:{one.entry.pk}",
                one.entry.unit,
                one.due,
                title=_("Nộp bản kiểm điểm năm %(year)d") % _about(one.entry),
                detail=_("Trả lại: %(because)s.") % {"because": returned.rstrip(".")} if returned else "",
                url=reverse("reviews:mine")
                if one.review is None
                else reverse("reviews:review-write", args=[one.entry.pk]),
                action=_("Viết tiếp") if one.review else _("Viết"),
            )


@personal("reviews.own_confirm", title=gettext_lazy("Bản kiểm điểm ghi hộ chờ tôi xác nhận"))
def own_confirms(member_id: int, *, on: date, until: date) -> Iterator[Deadline]:
    """Yield the own self-reviews that somebody typed from paper and one has not confirmed. Two queries."""
    for one in pending.own_to_confirm(member_id, on):
        if one.due <= until:
            yield _of(
                f"own_confirm:{one.entry.pk}",
                one.entry.unit,
                one.due,
                title=_("Xác nhận bản kiểm điểm năm %(year)d được ghi hộ") % _about(one.entry),
                url=reverse("reviews:review", args=[one.entry.pk]),
                action=_("Đọc và xác nhận"),
            )


@personal("reviews.own_prompt", title=gettext_lazy("Gợi ý kiểm điểm chờ tôi giải trình"))
def own_prompts(member_id: int, *, on: date, until: date) -> Iterator[Deadline]:
    """Yield the matters prompted from above that one has not answered. Two queries."""
    for one, due in pending.own_prompts(member_id, on):
        if due <= until:
            yield _of(
                f"own_prompt:{one.pk}",
                one.entry.unit,
                due,
                title=_("Giải trình gợi ý kiểm điểm năm %(year)d") % _about(one.entry),
                detail=one.source,
                url=reverse("reviews:remark-answer", args=[one.pk]),
                action=_("Giải trình"),
            )


@personal("reviews.own_notice", title=gettext_lazy("Thông báo kết quả xếp loại"))
def own_notices(member_id: int, *, on: date, until: date) -> Iterator[Deadline]:
    """Yield the grades one was told, until the last day to ask for another look. One query, and the law's."""
    for one in pending.own_notices(member_id, on):
        if one.due <= until:
            yield _of(
                f"own_notice:{one.entry.pk}",
                one.entry.unit,
                one.due,
                title=_("Xem kết quả xếp loại năm %(year)d") % _about(one.entry),
                detail=_("Nếu không đồng ý, đề nghị xem lại từ trang này."),
                url=reverse("reviews:entry", args=[one.entry.pk]),
                action=_("Xem kết quả"),
            )
