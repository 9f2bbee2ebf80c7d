"""One check or thematic supervision: who does it, whom it looks at, what was said, what was concluded."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least
from django.utils.translation import gettext_lazy as _

from hatnhan.organization.models import Body, Member, Unit
from hatnhan.oversight.models.dossier import Dossier
from hatnhan.oversight.models.programme import Kind, ProgrammeItem


class CheckQuerySet(models.QuerySet["Check"]):
    """Ways of asking for checks."""

    def running(self) -> Self:
        """Keep those opened and neither concluded nor stopped."""
        return self.filter(state__in=(Check.State.PREPARE, Check.State.CONDUCT, Check.State.CONCLUDE))

    def not_stopped(self) -> Self:
        """Keep those that run or were concluded: a stopped one fulfils no plan and stands in no way."""
        return self.exclude(state=Check.State.STOPPED)


class Check(models.Model):
    """One check. Its stage is its state; stopped ones say why."""

    class State(models.TextChoices):
        PREPARE = "prepare", _("Đang chuẩn bị")
        CONDUCT = "conduct", _("Đang tiến hành")
        CONCLUDE = "conclude", _("Đang kết thúc")
        DONE = "done", _("Đã kết luận, nộp lưu hồ sơ")
        STOPPED = "stopped", _("Đã dừng")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="checks", verbose_name=_("nơi làm"))
    body = models.CharField(_("của"), max_length=12, choices=Body.choices)
    kind = models.CharField(_("loại"), max_length=12, choices=Kind.choices)
    title = models.CharField(_("tên cuộc"), max_length=300)
    #: What it is of, where it was planned. One that was stopped leaves the item to be opened anew.
    item = models.ForeignKey(
        ProgrammeItem, on_delete=models.PROTECT, null=True, blank=True, related_name="checks"
    )
    #: Why it was opened, where it is in no programme: which signs were seen.
    ground = models.TextField(_("căn cứ mở"), blank=True)
    #: The check it goes on from: supervision that found a sign of violation must turn into a check of signs.
    after = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="followed_by"
    )
    topic = models.CharField(_("lĩnh vực"), max_length=20)
    content = models.TextField(_("nội dung"))
    examined_from = models.DateField(_("mốc kiểm tra từ ngày"))
    examined_to = models.DateField(_("đến trước ngày"))
    state = models.CharField(_("trạng thái"), max_length=8, choices=State.choices, default=State.PREPARE)
    decision_no = models.CharField(_("số quyết định"), max_length=60)
    opened_on = models.DateField(_("ngày quyết định"))
    #: The last day to conclude, inclusive; extended at most once.
    ends_by = models.DateField(_("kết luận trước hết ngày"))
    extended_because = models.CharField(_("gia hạn vì"), max_length=300, blank=True)
    dossier = models.OneToOneField(Dossier, on_delete=models.PROTECT, related_name="of_check")
    report = models.TextField(_("báo cáo của đoàn"), blank=True)
    reported_on = models.DateField(_("ngày báo cáo"), null=True, blank=True)
    conclusion = models.TextField(_("kết luận"), blank=True)
    conclusion_no = models.CharField(_("số thông báo kết luận"), max_length=60, blank=True)
    concluded_on = models.DateField(_("ngày kết luận"), null=True, blank=True)
    #: The day by which subjects have complied with the conclusion.
    comply_by = models.DateField(_("chấp hành trước hết ngày"), null=True, blank=True)
    follower = models.ForeignKey(
        Member,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("theo dõi chấp hành"),
    )
    #: Why a sign of violation that supervision found led to no check of signs; "" where it did, or none was found.
    signs_because = models.CharField(_("không mở kiểm tra dấu hiệu vì"), max_length=300, blank=True)
    stopped_because = models.CharField(_("dừng vì"), max_length=300, blank=True)
    stopped_on = models.DateField(_("ngày dừng"), null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    objects: ClassVar = CheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("cuộc kiểm tra, giám sát")
        verbose_name_plural = _("các cuộc kiểm tra, giám sát")
        ordering = ("-opened_on", "-pk")
        constraints = (
            models.CheckConstraint(
                name="check_examined_in_order", condition=Q(examined_to__gt=F("examined_from"))
            ),
            models.CheckConstraint(
                name="of_check_is_concluded", condition=~Q(state="done") | Q(concluded_on__isnull=False)
            ),
            models.CheckConstraint(
                name="check_concluded_whole",
                condition=Q(concluded_on=None, conclusion="")
                | Q(concluded_on__isnull=False, comply_by__isnull=False)
                & ~Q(conclusion="")
                & Q(comply_by__gte=F("concluded_on")),
            ),
            models.CheckConstraint(
                name="check_reported_in_words",
                condition=Q(reported_on=None, report="") | Q(reported_on__isnull=False) & ~Q(report=""),
            ),
            models.CheckConstraint(name="check_ends_after_opening", condition=Q(ends_by__gte=F("opened_on"))),
            models.CheckConstraint(
                name="check_stopped_says_why",
                condition=Q(state="stopped", stopped_on__isnull=False) & ~Q(stopped_because="")
                | ~Q(state="stopped") & Q(stopped_on=None),
            ),
            models.CheckConstraint(
                name="check_planned_or_grounded", condition=Q(item__isnull=False) | ~Q(ground="")
            ),
            models.CheckConstraint(name="check_never_regular", condition=~Q(kind="regular")),
            models.UniqueConstraint(
                fields=["item"], name="check_once_an_item", condition=~Q(state="stopped")
            ),
        )
        indexes = (
            models.Index(fields=["unit", "state"], name="check_of_unit"),
            models.Index(fields=["unit", "concluded_on"], name="check_concluded"),
        )

    def __str__(self) -> str:
        return self.title


class TeamMember(models.Model):
    """One who carries out a check."""

    class Role(models.TextChoices):
        HEAD = "head", _("Trưởng đoàn (tổ trưởng)")
        SECRETARY = "secretary", _("Thư ký")
        MEMBER = "member", _("Thành viên")

    of_check = models.ForeignKey(Check, on_delete=models.CASCADE, related_name="team")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(_("nhiệm vụ"), max_length=9, choices=Role.choices)
    left_on = models.DateField(_("thôi từ ngày"), null=True, blank=True)
    left_because = models.CharField(_("thôi vì"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("thành viên đoàn")
        verbose_name_plural = _("thành viên đoàn")
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["of_check", "member"], name="team_once", condition=Q(left_on=None)
            ),
            models.UniqueConstraint(
                fields=["of_check"], name="team_one_head", condition=Q(role="head", left_on=None)
            ),
        )

    def __str__(self) -> str:
        return str(self.member)


class Subject(models.Model):
    """One whom a check looks at, a unit or a member, with everything that is theirs by right.

    Their report on themselves, what they said when heard, their dissent, the delivery of the conclusion, and what
    they asked to have looked at again.
    """

    of_check = models.ForeignKey(Check, on_delete=models.CASCADE, related_name="subjects")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    member = models.ForeignKey(
        Member, on_delete=models.PROTECT, null=True, blank=True, related_name="checked"
    )
    report = models.TextField(_("báo cáo tự kiểm tra"), blank=True)
    reported_at = models.DateTimeField(_("nộp lúc"), null=True, blank=True)
    #: Who typed it from paper; "" when they did so themselves.
    typed_by = models.CharField(_("người ghi hộ"), max_length=120, blank=True)
    heard_on = models.DateField(_("nghe trình bày ngày"), null=True, blank=True)
    heard_by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    said = models.TextField(_("đối tượng trình bày"), blank=True)
    not_heard_because = models.CharField(_("không đến trình bày vì"), max_length=300, blank=True)
    delivered_on = models.DateField(_("giao kết luận ngày"), null=True, blank=True)
    delivered_to = models.CharField(_("người nhận"), max_length=120, blank=True)
    dissent = models.TextField(_("ý kiến không đồng ý"), blank=True)
    dissent_at = models.DateTimeField(_("ghi ý kiến lúc"), null=True, blank=True)
    asked_again_on = models.DateField(_("đề nghị xem lại ngày"), null=True, blank=True)
    asked_again = models.TextField(_("đề nghị xem lại"), blank=True)
    answered_on = models.DateField(_("trả lời ngày"), null=True, blank=True)
    answer = models.TextField(_("trả lời"), blank=True)

    class Meta:
        verbose_name = _("đối tượng")
        verbose_name_plural = _("đối tượng")
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                name="subject_is_one",
                condition=Q(unit__isnull=False, member=None) | Q(unit=None, member__isnull=False),
            ),
            models.CheckConstraint(
                name="subject_heard_or_not", condition=Q(said="") | Q(not_heard_because="")
            ),
            models.CheckConstraint(
                name="subject_asks_of_what_was_given",
                condition=Q(asked_again_on=None) | Q(delivered_on__isnull=False) & ~Q(asked_again=""),
            ),
            models.CheckConstraint(
                name="subject_answered_what_was_asked",
                condition=Q(answered_on=None) | Q(asked_again_on__isnull=False) & ~Q(answer=""),
            ),
            models.UniqueConstraint(fields=["of_check", "unit"], name="subject_unit_once"),
            models.UniqueConstraint(fields=["of_check", "member"], name="subject_member_once"),
        )

    def __str__(self) -> str:
        return str(self.unit or self.member)


class Minutes(models.Model):
    """Minutes of one piece of work: launch, work with the subject, verification with others, hearing, meeting."""

    class Kind(models.TextChoices):
        LAUNCH = "launch", _("Công bố quyết định, triển khai")
        WORKING = "working", _("Làm việc với đối tượng")
        VERIFICATION = "verification", _("Thẩm tra, xác minh")
        MEETING = "meeting", _("Họp xem xét báo cáo, nghe đối tượng")

    of_check = models.ForeignKey(Check, on_delete=models.CASCADE, related_name="minutes")
    kind = models.CharField(_("loại"), max_length=12, choices=Kind.choices)
    on = models.DateField(_("ngày"))
    place = models.CharField(_("nơi"), max_length=160)
    present = models.TextField(_("thành phần"))
    content = models.TextField(_("nội dung"))
    written_by = models.CharField(_("người ghi"), max_length=120)
    agreed = models.BooleanField(_("đã đọc lại, các bên thống nhất"), default=True)

    class Meta:
        verbose_name = _("biên bản")
        verbose_name_plural = _("biên bản")
        ordering = ("on", "pk")

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.on:%d/%m/%Y}"


class KinDeclaration(models.Model):
    """That two members are close kin, as one of them declared: neither takes part in a check of the other.

    Nothing but the fact: of what degree they are kin is not asked.
    """

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    kin = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    declared_on = models.DateField(_("khai ngày"))
    declared_by = models.CharField(_("người ghi"), max_length=120)

    class Meta:
        verbose_name = _("khai người thân")
        verbose_name_plural = _("khai người thân")
        ordering = ("pk",)
        constraints = (
            # Whoever of the two declares it, and both at once.
            models.UniqueConstraint(Least("member", "kin"), Greatest("member", "kin"), name="kin_once"),
            models.CheckConstraint(name="kin_are_two", condition=~Q(member=F("kin"))),
        )

    def __str__(self) -> str:
        return f"{self.member_id}: {self.kin_id}"
