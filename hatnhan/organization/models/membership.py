"""Who belongs to which cell, from when to when, and why it ended."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hatnhan.core.constraints import NoOverlap, ends_after_start
from hatnhan.core.dated import DatedQuerySet
from hatnhan.organization.models.member import Member
from hatnhan.organization.models.unit import Unit


class Membership(models.Model):
    """Party activity in a cell. A person has one official cell on any day; a temporary one may stand beside it."""

    class Kind(models.TextChoices):
        OFFICIAL = "official", _("Chính thức")
        TEMPORARY = "temporary", _("Tạm thời")

    class StartReason(models.TextChoices):
        ADMITTED = "admitted", _("Kết nạp")
        TRANSFERRED = "transferred", _("Chuyển sinh hoạt trong Đảng bộ")
        ARRIVED = "arrived", _("Chuyển đến từ nơi khác")
        REORGANIZED = "reorganized", _("Do tách, nhập, giải thể chi bộ")
        RECORDED = "recorded", _("Có tên khi lập danh sách")
        TEMPORARY = "temporary", _("Sinh hoạt tạm thời")

    class EndReason(models.TextChoices):
        TRANSFERRED = "transferred", _("Chuyển sinh hoạt trong Đảng bộ")
        LEFT = "left", _("Chuyển đi nơi khác")
        DIED = "died", _("Từ trần")
        EXPELLED = "expelled", _("Khai trừ")
        STRUCK_OFF = "struck_off", _("Xóa tên")
        WITHDREW = "withdrew", _("Xin ra khỏi Đảng")
        REORGANIZED = "reorganized", _("Do tách, nhập, giải thể chi bộ")
        FINISHED = "finished", _("Hết thời gian tạm thời")

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="memberships")
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("chi bộ")
    )
    kind = models.CharField(_("hình thức"), max_length=10, choices=Kind.choices, default=Kind.OFFICIAL)
    start = models.DateField(_("từ ngày"))
    end = models.DateField(_("đến trước ngày"), null=True, blank=True)
    start_reason = models.CharField(_("lý do đến"), max_length=12, choices=StartReason.choices)
    end_reason = models.CharField(_("lý do thôi"), max_length=12, choices=EndReason.choices, blank=True)
    decision_no = models.CharField(_("số quyết định"), max_length=60, blank=True)

    objects: ClassVar = DatedQuerySet["Membership"].as_manager()

    class Meta:
        verbose_name = _("sinh hoạt đảng")
        verbose_name_plural = _("sinh hoạt đảng")
        ordering = ("start", "id")
        constraints = (
            ends_after_start("membership_ends_after_start"),
            NoOverlap(
                name="membership_one_official_cell",
                fields=["member"],
                where={"kind": "official"},
                violation_error_message=_(
                    "Một đảng viên chỉ sinh hoạt chính thức ở một chi bộ trong một ngày."
                ),
            ),
            models.CheckConstraint(
                name="membership_an_end_has_a_reason",
                condition=(Q(end__isnull=True) & Q(end_reason=""))
                | (Q(end__isnull=False) & ~Q(end_reason="")),
            ),
        )
        indexes = (
            models.Index(fields=["unit", "kind", "start", "end"], name="membership_of_unit"),
            models.Index(fields=["member", "start"], name="membership_of_member"),
            models.Index(fields=["end"], name="membership_ends"),
        )

    def __str__(self) -> str:
        return f"{self.member} – {self.unit}"
