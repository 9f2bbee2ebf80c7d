"""What checks and regular supervision hold of a member, for the member's own copy: all that is theirs to know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from hatnhan.core.vietnamese import day as written
from hatnhan.organization.actions.checks import day_of
from hatnhan.organization.held import Holding
from hatnhan.organization.powers import powers_of
from hatnhan.oversight.models import Finding, Note, Subject
from hatnhan.oversight.selectors.choosing import topic_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from hatnhan.accounts.models import User
    from hatnhan.organization.models import Member


def shares(member: Member) -> Iterator[dict[str, object]]:
    """Yield a member's own share of each check on them: self-report, what was said, conclusion, dissent. One query."""
    rows = Subject.objects.filter(member=member).select_related("of_check__unit")
    for one in rows.order_by("of_check__opened_on", "pk"):
        check = one.of_check
        yield {
            _now("ngày quyết định"): written(check.opened_on),
            _now("cuộc"): check.title,
            _now("nơi làm"): str(check.unit),
            _now("báo cáo tự kiểm tra"): one.report,
            _now("nộp"): written(day_of(one.reported_at)) if one.reported_at else "",
            _now("người ghi hộ"): one.typed_by,
            _now("trình bày"): one.said or one.not_heard_because,
            _now("kết luận"): check.conclusion if check.concluded_on else "",
            _now("giao kết luận"): _day(one.delivered_on),
            _now("ý kiến không đồng ý"): one.dissent,
            _now("đề nghị xem lại"): one.asked_again,
            _now("trả lời"): one.answer,
        }


def findings(member: Member) -> Iterator[dict[str, object]]:
    """Yield what checks concluded of a member, and what became of each shortcoming."""
    rows = Finding.objects.filter(subject__member=member, of_check__concluded_on__isnull=False)
    rows = rows.select_related("of_check__unit", "remedy__verified_by")
    for one in rows.order_by("of_check__concluded_on", "pk"):
        remedy = getattr(one, "remedy", None)
        words = topic_words(one.of_check.unit, one.found_on)
        yield {
            _now("kết luận"): written(one.of_check.concluded_on or one.found_on),
            _now("cuộc"): one.of_check.title,
            _now("loại"): one.get_kind_display(),
            _now("lĩnh vực"): words.get(one.topic, one.topic),
            _now("nội dung"): one.text,
            _now("hạn khắc phục"): _day(remedy.due) if remedy else "",
            _now("đã làm"): remedy.result if remedy else "",
            _now("trạng thái"): remedy.get_state_display() if remedy else "",
            _now("người xác nhận thấy"): remedy.verdict if remedy else "",
            _now("người xác nhận"): str(remedy.verified_by or "") if remedy else "",
        }


def notes(member: Member) -> Iterator[dict[str, object]]:
    """Yield the notes of regular supervision on a member, expired ones too, with the answers."""
    rows = Note.objects.filter(watch__of_member=member).select_related("watch__observer", "watch__unit")
    for one in rows.order_by("on", "pk"):
        words = topic_words(one.watch.unit, one.on)
        yield {
            _now("ngày"): written(one.on),
            _now("người giám sát"): str(one.watch.observer),
            _now("lĩnh vực"): words.get(one.topic, one.topic),
            _now("loại"): one.get_kind_display(),
            _now("nội dung"): one.text,
            _now("trả lời"): one.answer,
            _now("trả lời ngày"): _day(one.answered_on),
            _now("xác nhận ngày"): _day(one.confirmed_on),
            _now("hết hiệu lực, nếu không trả lời, không xác nhận"): written(one.expires_on),
        }


def own_notes(user: User, member: Member) -> str:
    """Return where a person reads the notes on them, "" for anybody else and where there is none."""
    if powers_of(user).member_id != member.pk:
        return ""
    return reverse("oversight:my-notes") if member.watched.exists() else ""


def _day(on: date | None) -> str:
    return written(on) if on else ""


HOLDINGS = (
    Holding(_("Kiểm tra, giám sát: phần của đồng chí"), shares),
    Holding(_("Nội dung kết luận về đồng chí"), findings),
    Holding(_("Ghi nhận giám sát"), notes, own_notes),
)
