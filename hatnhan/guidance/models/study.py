"""Who studied what: sessions with attendance, and readings with the version read."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from hatnhan.core.constraints import NoOverlap, ends_after_start
from hatnhan.core.dated import DatedQuerySet
from hatnhan.guidance.models.register import Document
from hatnhan.organization.models import Member, Unit

if TYPE_CHECKING:
    from hatnhan.accounts.models import User


class SessionQuerySet(models.QuerySet["Session"]):
    """Ways of asking for study sessions."""

    def visible_to(self, user: User) -> Self:
        """Keep those that units above or with the person hold, those of units led, and those with a place for them."""
        from hatnhan.organization.powers import powers_of  # noqa: PLC0415 - powers read these models

        powers = powers_of(user)
        if powers.member_id is None:
            return self.none()
        placed = SessionPlace.objects.filter(member_id=powers.member_id).values("session")
        return self.filter(Q(unit__in=powers.units_seen) | Q(pk__in=placed))


class Session(models.Model):
    """A study session of one document, held in a room or studied by oneself until a day."""

    class Level(models.TextChoices):
        CENTRAL = "central", _("Trung ương tổ chức")
        PROVINCE = "province", _("Tỉnh tổ chức")
        COMMUNE = "commune", _("Đảng ủy tổ chức")
        CELL = "cell", _("Chi bộ tổ chức")

    class Mode(models.TextChoices):
        ROOM = "room", _("Tập trung")
        SELF = "self", _("Tự học")

    class State(models.TextChoices):
        PLANNED = "planned", _("Sẽ học")
        HELD = "held", _("Đã học")
        CANCELLED = "cancelled", _("Không học")

    #: Who keeps its list: the committee, or the cell.
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="study_sessions")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="sessions")
    level = models.CharField(_("cấp tổ chức"), max_length=8, choices=Level.choices)
    mode = models.CharField(_("hình thức"), max_length=4, choices=Mode.choices)
    title = models.CharField(_("tên đợt học"), max_length=200)
    starts_at = models.DateTimeField(_("học lúc"))
    #: The last day of studying by oneself, inclusive; null for a session in a room.
    until = models.DateField(_("tự học đến hết ngày"), null=True, blank=True)
    place = models.CharField(_("nơi học"), max_length=160, blank=True)
    presenter = models.CharField(_("báo cáo viên"), max_length=160, blank=True)
    state = models.CharField(_("trạng thái"), max_length=9, choices=State.choices, default=State.PLANNED)
    cancel_reason = models.CharField(_("lý do không học"), max_length=200, blank=True)

    objects: ClassVar = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("đợt học tập")
        verbose_name_plural = _("đợt học tập")
        ordering = ("-starts_at", "-pk")
        constraints = (
            models.CheckConstraint(
                name="session_alone_has_a_last_day",
                condition=Q(mode="room", until=None) | Q(mode="self", until__isnull=False),
            ),
            models.CheckConstraint(
                name="session_cancelled_says_why", condition=~Q(state="cancelled") | ~Q(cancel_reason="")
            ),
            # By days of universal time, the one cast that both databases know: the action asks by ours.
            models.CheckConstraint(
                name="session_ends_after_it_begins",
                condition=Q(until=None) | Q(until__gte=Cast("starts_at", models.DateField())),
            ),
        )
        indexes = (
            models.Index(fields=["unit", "-starts_at"], name="session_of_unit"),
            models.Index(fields=["document", "state"], name="session_of_document"),
        )

    def __str__(self) -> str:
        return self.title


class SessionPlace(models.Model):
    """One person on the list of a session, and whether they came. Who is excused has a reason."""

    class Mark(models.TextChoices):
        UNMARKED = "", _("Chưa ghi")
        PRESENT = "present", _("Đã học")
        EXCUSED = "excused", _("Vắng có lý do")
        ABSENT = "absent", _("Chưa học")

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="places")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="study_places")
    mark = models.CharField(_("ghi nhận"), max_length=7, choices=Mark.choices, blank=True, default="")
    reason = models.CharField(_("lý do vắng"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("người học")
        verbose_name_plural = _("người học")
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=["session", "member"], name="session_place_once"),
            models.CheckConstraint(
                name="session_excused_says_why", condition=~Q(mark="excused") | ~Q(reason="")
            ),
        )
        indexes = (models.Index(fields=["member", "mark"], name="study_of_member"),)

    def __str__(self) -> str:
        return str(self.member_id)


class Excuse(models.Model):
    """From when to when somebody on a list of studying by oneself did not have to study, and why.

    ``start`` is the first day of it, ``end`` the first day of owing again, null while it lasts. It follows the mark of
    the place (`actions.excuse_days`), and stays when that changes: what was counted on a day stays counted.
    """

    place = models.ForeignKey(SessionPlace, on_delete=models.CASCADE, related_name="excuses")
    start = models.DateField(_("từ ngày"))
    end = models.DateField(_("đến ngày"), null=True, blank=True)
    reason = models.CharField(_("lý do"), max_length=200)

    objects: ClassVar = DatedQuerySet["Excuse"].as_manager()

    class Meta:
        verbose_name = _("lý do không phải học")
        verbose_name_plural = _("lý do không phải học")
        ordering = ("start", "pk")
        constraints = (
            ends_after_start("excuse_ends_after_it_begins"),
            models.CheckConstraint(name="excuse_says_why", condition=~Q(reason="")),
            NoOverlap(name="excuse_once_a_day", fields=["place"]),
        )

    def __str__(self) -> str:
        return self.reason

    @property
    def member(self) -> Member:
        """Who is excused."""
        return self.place.member


class Reading(models.Model):
    """That a member acknowledged having read a version of a document; once a version.

    ``entered_by`` names who entered it on the cell's list for a member without a phone, "" when the member did.
    """

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="readings")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="readings")
    version = models.PositiveIntegerField(_("bản đã đọc"))
    read_on = models.DateField(_("ngày đọc"))
    entered_by = models.CharField(_("người ghi hộ"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("xác nhận đã đọc")
        verbose_name_plural = _("xác nhận đã đọc")
        ordering = ("-read_on", "-pk")
        constraints = (
            models.UniqueConstraint(fields=["document", "member", "version"], name="reading_once_a_version"),
        )
        indexes = (models.Index(fields=["member", "document"], name="reading_of_member"),)

    def __str__(self) -> str:
        return f"{self.member_id}: {self.document_id}, {self.version}"
