"""What only a cell's monthly meeting has: its resolution, and its self-criticism."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hatnhan.meetings.models.meeting import Meeting
from hatnhan.organization.models import Member

if TYPE_CHECKING:
    from hatnhan.accounts.models import User


class MonthlyResolution(models.Model):
    """The month's resolution; its tasks are those of the meeting's items (42-HD/BTCTW, 28/10/2025)."""

    meeting = models.OneToOneField(
        Meeting, on_delete=models.CASCADE, primary_key=True, related_name="resolution"
    )
    number = models.CharField(_("số"), max_length=40, blank=True)
    results = models.TextField(_("kết quả tháng trước"), blank=True)
    directions = models.TextField(_("phương hướng"), blank=True)
    version = models.PositiveIntegerField(default=0)
    adopted_at = models.DateTimeField(_("thông qua lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("nghị quyết tháng")
        verbose_name_plural = _("nghị quyết tháng")

    def __str__(self) -> str:
        return self.number or str(self.meeting_id)


class SelfCriticismQuerySet(models.QuerySet["SelfCriticism"]):
    """Ways of asking for self-criticism."""

    def visible_to(self, user: User) -> Self:
        """Keep the person's own, those of cells whose committee the person sits in, and those of committees above."""
        from hatnhan.organization.powers import powers_of  # noqa: PLC0415 - powers read these models

        powers = powers_of(user)
        if powers.member_id is None:
            return self.none()
        seats = [unit for unit, _post, level in powers.held if level == "cell"]
        return self.filter(
            Q(member_id=powers.member_id)
            | Q(meeting__unit__in=seats)
            | Q(meeting__unit__in=powers.units_kept)
        )


class SelfCriticism(models.Model):
    """A member's own words on what Resolution 04-NQ/TW (30/10/2016) names, and how far it was put right.

    Read by the member, the cell's committee and the committee above; in no list of people, no count by sign.
    """

    class Mended(models.TextChoices):
        NONE = "none", _("Chưa khắc phục")
        PARTLY = "partly", _("Khắc phục một phần")
        CORRECTED = "corrected", _("Đã khắc phục")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="self_criticism")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="self_criticism")
    text = models.TextField(_("tự phê bình"))
    remedy = models.TextField(_("cách sửa"), blank=True)
    mended = models.CharField(_("mức khắc phục"), max_length=9, choices=Mended.choices, default=Mended.NONE)
    #: Who typed it in from the member's paper, and what was noted of it; both "" when the member wrote it here.
    typed_by = models.CharField(_("người ghi hộ"), max_length=120, blank=True)
    note = models.CharField(_("ghi chú khi ghi hộ"), max_length=200, blank=True)
    saved_at = models.DateTimeField(_("lưu lúc"))

    objects: ClassVar = SelfCriticismQuerySet.as_manager()

    class Meta:
        verbose_name = _("bản tự phê bình")
        verbose_name_plural = _("các bản tự phê bình")
        constraints = (
            models.UniqueConstraint(fields=["meeting", "member"], name="self_criticism_once"),
            models.CheckConstraint(
                name="self_criticism_typed_says_so", condition=Q(typed_by="") | ~Q(note="")
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)
