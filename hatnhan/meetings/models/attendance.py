"""Who is invited to a meeting, in what capacity, and who came."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hatnhan.meetings.models.meeting import Meeting
from hatnhan.organization.models import Member


class Invitee(models.Model):
    """One person invited. Those of the body count for attendance; guests are noted beside.

    The list is made when the meeting is called and made whole when it opens; a meeting in preparation has none.
    """

    class Capacity(models.TextChoices):
        BODY = "body", _("Thành viên")
        GOVERNMENT = "government", _("Lãnh đạo Ủy ban nhân dân")
        IN_CHARGE = "in_charge", _("Cấp ủy viên phụ trách")
        GUEST = "guest", _("Khách mời")

    class Mark(models.TextChoices):
        UNMARKED = "", _("Chưa ghi")
        PRESENT = "present", _("Có mặt")
        EXCUSED = "excused", _("Vắng có lý do")
        UNEXCUSED = "unexcused", _("Vắng không lý do")
        EXEMPT = "exempt", _("Được miễn")

    class Channel(models.TextChoices):
        LIST = "list", _("Danh sách")
        CODE = "code", _("Mã QR")
        PAPER = "paper", _("Giấy ký tên")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="invitees")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="invitations")
    capacity = models.CharField(_("tư cách"), max_length=10, choices=Capacity.choices)
    #: The post at that time, as the list prints it; "" for a member without one.
    title = models.CharField(_("chức vụ"), max_length=120, blank=True)
    place = models.PositiveSmallIntegerField(default=0)
    mark = models.CharField(_("điểm danh"), max_length=9, choices=Mark.choices, blank=True, default="")
    reason = models.CharField(_("lý do vắng"), max_length=200, blank=True)
    channel = models.CharField(_("ghi bằng"), max_length=5, choices=Channel.choices, blank=True)

    class Meta:
        verbose_name = _("người dự họp")
        verbose_name_plural = _("người dự họp")
        ordering = ("place", "pk")
        constraints = (
            models.UniqueConstraint(fields=["meeting", "member"], name="invitee_once"),
            models.CheckConstraint(
                name="invitee_excused_says_why", condition=~Q(mark="excused") | ~Q(reason="")
            ),
        )
        indexes = (
            models.Index(fields=["member", "meeting"], name="invitee_of_member"),
            models.Index(fields=["meeting", "capacity", "mark"], name="invitee_marks"),
        )

    def __str__(self) -> str:
        return str(self.member)
