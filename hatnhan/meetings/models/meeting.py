"""A meeting, from the day it is due to its locked minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from hatnhan.meetings.models.series import Series
from hatnhan.organization.models import Body, Member, Unit

if TYPE_CHECKING:
    from datetime import datetime

    from hatnhan.accounts.models import User


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Ways of asking for meetings."""

    def held(self) -> Self:
        """Keep those that took place."""
        return self.filter(state__in=(Meeting.State.CLOSED, Meeting.State.APPROVED, Meeting.State.LOCKED))

    def not_passed_over(self, before: datetime) -> Self:
        """Leave out what was never begun and after which another of its series was held, ended before a moment.

        That month or week was missed, which figures tell; nobody can hold its meeting any more.
        """
        later = Meeting.objects.filter(
            series=OuterRef("series"), starts_at__gt=OuterRef("starts_at"), ended_at__lt=before
        )
        return self.exclude(Q(opened_at=None) & Exists(later))

    def visible_to(self, user: User) -> Self:
        """Keep those of units the person leads, and those that invite the person."""
        from hatnhan.meetings.models.attendance import Invitee  # noqa: PLC0415 - it points here
        from hatnhan.organization.powers import powers_of  # noqa: PLC0415 - powers read these models

        powers = powers_of(user)
        if powers.member_id is None:
            return self.none()
        invited = Invitee.objects.filter(member_id=powers.member_id).values("meeting")
        own = Q(unit__in=powers.own_cells, body=Body.MEMBERS)
        return self.filter(Q(unit__in=powers.units_led) | own | Q(pk__in=invited))


class Meeting(models.Model):
    """One meeting. ``due_on`` is the day its rule gave; ``starts_at`` when it is called, which may be moved."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Đang chuẩn bị")
        INVITED = "invited", _("Đã mời họp")
        OPEN = "open", _("Đang họp")
        CLOSED = "closed", _("Đã họp, đang ghi biên bản")
        APPROVED = "approved", _("Biên bản đã duyệt")
        LOCKED = "locked", _("Đã khóa biên bản")
        CANCELLED = "cancelled", _("Không họp")

    series = models.ForeignKey(
        Series, on_delete=models.PROTECT, null=True, blank=True, related_name="meetings"
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="meetings")
    body = models.CharField(_("tập thể họp"), max_length=12, choices=Body.choices)
    kind = models.CharField(_("loại cuộc họp"), max_length=14, choices=Series.Kind.choices)
    title = models.CharField(_("tên cuộc họp"), max_length=200)
    theme = models.CharField(_("chuyên đề"), max_length=200, blank=True)
    due_on = models.DateField(_("ngày theo nền nếp"), null=True, blank=True)
    starts_at = models.DateTimeField(_("họp lúc"))
    place = models.CharField(_("nơi họp"), max_length=160)
    state = models.CharField(_("trạng thái"), max_length=9, choices=State.choices, default=State.DRAFT)
    moved_reason = models.CharField(_("lý do đổi ngày"), max_length=200, blank=True)
    cancel_reason = models.CharField(_("lý do không họp"), max_length=200, blank=True)
    chair = models.ForeignKey(
        Member, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("chủ trì")
    )
    recorder = models.ForeignKey(
        Member, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("thư ký")
    )
    invited_at = models.DateTimeField(_("mời lúc"), null=True, blank=True)
    opened_at = models.DateTimeField(_("bắt đầu"), null=True, blank=True)
    ended_at = models.DateTimeField(_("kết thúc"), null=True, blank=True)
    recorder_approved_at = models.DateTimeField(_("thư ký ký"), null=True, blank=True)
    chair_approved_at = models.DateTimeField(_("chủ trì ký"), null=True, blank=True)
    locked_at = models.DateTimeField(_("khóa lúc"), null=True, blank=True)
    #: Opens the page on which those with a phone mark themselves present, from opening until closing.
    check_in_code = models.CharField(max_length=40, blank=True)
    #: The part of the minutes that belongs to no item: dues, praise, remarks at the end.
    remarks = models.TextField(_("ghi chung"), blank=True)
    remarks_version = models.PositiveIntegerField(default=0)

    objects: ClassVar = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("cuộc họp")
        verbose_name_plural = _("các cuộc họp")
        ordering = ("-starts_at", "-pk")
        constraints = (
            models.UniqueConstraint(fields=["series", "due_on"], name="meeting_once_an_occurrence"),
            models.CheckConstraint(
                name="meeting_ends_after_it_begins",
                condition=Q(ended_at=None) | Q(ended_at__gt=F("opened_at")),
            ),
            models.CheckConstraint(
                name="meeting_cancelled_says_why", condition=~Q(state="cancelled") | ~Q(cancel_reason="")
            ),
            models.CheckConstraint(
                name="meeting_held_has_times",
                condition=Q(state__in=("draft", "invited", "cancelled", "open")) | Q(ended_at__isnull=False),
            ),
        )
        indexes = (
            models.Index(fields=["unit", "-starts_at"], name="meeting_of_unit"),
            models.Index(fields=["kind", "due_on", "unit"], name="meeting_due"),
            models.Index(fields=["kind", "starts_at"], name="meeting_of_kind"),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def minutes_long(self) -> int:
        """How long it took, in whole minutes; 0 before it ended."""
        if not (self.opened_at and self.ended_at):
            return 0
        return int((self.ended_at - self.opened_at).total_seconds() // 60)


class Addendum(models.Model):
    """A correction of locked minutes: what was written stays, this stands below."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="addenda")
    text = models.TextField(_("đính chính"))
    by_name = models.CharField(_("người ghi"), max_length=120)
    at = models.DateTimeField(_("lúc"))

    class Meta:
        verbose_name = _("đính chính biên bản")
        verbose_name_plural = _("đính chính biên bản")
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return self.text[:60]
