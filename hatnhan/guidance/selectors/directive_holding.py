"""What registrations under the Directive hold of a member: for the member's own copy, and the way from the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from hatnhan.core.vietnamese import day as written_day
from hatnhan.guidance.models import Registration
from hatnhan.guidance.selectors.directive import form_of, written
from hatnhan.organization.actions.checks import day_of
from hatnhan.organization.held import Holding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hatnhan.accounts.models import User
    from hatnhan.organization.models import Member


def rows(member: Member) -> Iterator[dict[str, object]]:
    """Yield what a member registered, the oldest year first, with all that was said to it. Three queries."""
    found = Registration.objects.filter(member=member).order_by("year").select_related("unit")
    for row in found.prefetch_related("answers", "deeds"):
        typed = dict.fromkeys(filter(None, (row.typed_by, row.progress_by, row.assessed_by)))
        yield {
            _now("năm"): row.year,
            _now("trạng thái"): row.get_state_display(),
            _now("đăng ký ngày"): written_day(day_of(row.registered_at)) if row.registered_at else "",
            **{one.title: one.text for one in written(row, form_of(row).value)},
            _now("việc làm theo"): "; ".join(
                f"{one.text} ({written_day(one.due)}): {one.get_outcome_display()}" for one in row.deeds.all()
            ),
            _now("nhận xét của chi bộ"): row.comment,
            _now("người nhận xét"): row.comment_by,
            _now("kết quả giữa năm"): row.progress,
            _now("tự đánh giá cuối năm"): row.assessment,
            _now("người ghi hộ"): ", ".join(typed),
        }


def page(user: User, member: Member) -> str:
    """Return where a person reads a member's latest registration, "" for whom there is none. One query at most."""
    found = Registration.objects.visible_to(user).filter(member=member).order_by("-year")
    pk = found.values_list("pk", flat=True).first()
    return reverse("guidance:registration", args=[pk]) if pk else ""


HOLDING = Holding(_("Đăng ký học tập, làm theo Bác"), rows, page)
