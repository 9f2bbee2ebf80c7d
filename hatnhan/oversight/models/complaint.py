"""What comes after a decision: complaints and their results, and how a wronged person's good name is restored."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hatnhan.organization.models import Body, Member, Unit
from hatnhan.oversight.models.denunciation import Denunciation
from hatnhan.oversight.models.discipline import Decision


class Complaint(models.Model):
    """One complaint against a decision, handled by another body than the one that decided."""

    class State(models.TextChoices):
        RECEIVED = "received", _("Mới nhận")
        ACCEPTED = "accepted", _("Đang giải quyết")
        REFUSED = "refused", _("Không thụ lý")
        WITHDRAWN = "withdrawn", _("Đã rút")
        SETTLED = "settled", _("Đã giải quyết")

    class Result(models.TextChoices):
        KEPT = "kept", _("Giữ nguyên quyết định")
        CHANGED = "changed", _("Thay đổi hình thức")
        ANNULLED = "annulled", _("Xóa bỏ quyết định")

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="complaints")
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("nơi giải quyết")
    )
    body = models.CharField(_("cấp giải quyết"), max_length=12, choices=Body.choices)
    received_on = models.DateField(_("nhận ngày"))
    content = models.TextField(_("nội dung khiếu nại"))
    #: Who typed it from paper; "" when the member wrote it here.
    typed_by = models.CharField(_("người ghi hộ"), max_length=120, blank=True)
    state = models.CharField(_("trạng thái"), max_length=9, choices=State.choices, default=State.RECEIVED)
    handler = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    accepted_on = models.DateField(_("thụ lý ngày"), null=True, blank=True)
    #: The last day to settle it, inclusive.
    due = models.DateField(_("giải quyết trước hết ngày"), null=True, blank=True)
    #: The key of the ground on which it is not admitted (rulebook), and in words.
    refused_ground = models.CharField(_("căn cứ không thụ lý"), max_length=20, blank=True)
    refused_because = models.CharField(_("không thụ lý vì"), max_length=300, blank=True)
    settled_on = models.DateField(_("giải quyết ngày"), null=True, blank=True)
    result = models.CharField(_("kết quả"), max_length=8, choices=Result.choices, blank=True)
    reply_no = models.CharField(_("số văn bản trả lời"), max_length=60, blank=True)
    reply = models.TextField(_("trả lời"), blank=True)
    rule_version = models.CharField(max_length=80)

    class Meta:
        verbose_name = _("khiếu nại kỷ luật")
        verbose_name_plural = _("khiếu nại kỷ luật")
        ordering = ("received_on", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["decision"],
                name="complaint_one_at_a_time",
                condition=Q(state__in=("received", "accepted")),
            ),
            models.CheckConstraint(
                name="complaint_settled_whole",
                condition=~Q(state="settled") | ~Q(result="") & ~Q(reply="") & Q(settled_on__isnull=False),
            ),
            models.CheckConstraint(
                name="complaint_over_has_a_day",
                condition=Q(state__in=("received", "accepted"), settled_on=None)
                | ~Q(state__in=("received", "accepted")) & Q(settled_on__isnull=False),
            ),
            models.CheckConstraint(
                name="complaint_accepted_has_days",
                condition=~Q(state="accepted") | Q(accepted_on__isnull=False, due__isnull=False),
            ),
            models.CheckConstraint(
                name="complaint_refused_says_why",
                condition=~Q(state="refused") | ~Q(refused_ground="") & ~Q(refused_because=""),
            ),
        )
        indexes = (models.Index(fields=["unit", "state"], name="complaint_at_unit"),)

    def __str__(self) -> str:
        return f"{self.decision_id}, {self.received_on:%d/%m/%Y}"


class Restoration(models.Model):
    """That a wrong was put right before the same people: an apology, a good name restored, a post given back."""

    class Kind(models.TextChoices):
        APOLOGY = "apology", _("Xin lỗi")
        GOOD_NAME = "good_name", _("Công khai phục hồi danh dự")
        RIGHTS = "rights", _("Phục hồi quyền lợi, chức vụ")

    decision = models.ForeignKey(
        Decision, on_delete=models.CASCADE, null=True, blank=True, related_name="restorations"
    )
    denunciation = models.ForeignKey(
        Denunciation, on_delete=models.CASCADE, null=True, blank=True, related_name="restorations"
    )
    kind = models.CharField(_("việc"), max_length=9, choices=Kind.choices)
    #: The last day to do it, inclusive, and the day it was done.
    due = models.DateField(_("hạn"))
    done_on = models.DateField(_("ngày"), null=True, blank=True)
    where = models.CharField(_("ở đâu, trước ai"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("phục hồi")
        verbose_name_plural = _("phục hồi")
        ordering = ("due", "pk")
        constraints = (
            models.CheckConstraint(
                name="restoration_of_one",
                condition=Q(decision__isnull=False, denunciation=None)
                | Q(decision=None, denunciation__isnull=False),
            ),
            models.CheckConstraint(
                name="restoration_done_says_where", condition=Q(done_on=None) | ~Q(where="")
            ),
            models.UniqueConstraint(
                fields=["decision", "kind"],
                name="restoration_once_a_kind",
                condition=Q(decision__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["denunciation", "kind"],
                name="restoration_once_a_letter",
                condition=Q(denunciation__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return self.get_kind_display()
