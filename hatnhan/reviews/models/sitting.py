"""Where it is reviewed: the meeting of a cell or a collective, what was said there, votes, what it proposes."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hatnhan.ballots.models import Ballot
from hatnhan.meetings.models import Meeting
from hatnhan.organization.models import Body, Member, Unit
from hatnhan.reviews.models.cycle import Cycle, Entry, Grade


class Sitting(models.Model):
    """The review meeting of a body in a cycle. A leader is reviewed at two: in the cell, then in the collective."""

    class State(models.TextChoices):
        PLANNED = "planned", _("Chưa họp")
        HELD = "held", _("Đã kiểm điểm")
        PROPOSED = "proposed", _("Đã đề nghị")

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="sittings")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="review_sittings")
    body = models.CharField(_("của"), max_length=12, choices=Body.choices)
    state = models.CharField(_("trạng thái"), max_length=8, choices=State.choices, default=State.PLANNED)
    meeting = models.OneToOneField(
        Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="review_sitting"
    )
    #: The secret vote on the grades, where it is by secret slip.
    ballot = models.OneToOneField(
        Ballot, on_delete=models.PROTECT, null=True, blank=True, related_name="review_sitting"
    )
    planned_on = models.DateField(_("dự kiến ngày"), null=True, blank=True)
    held_on = models.DateField(_("ngày họp"), null=True, blank=True)
    #: Who chairs while the head is reviewed.
    chaired_by = models.ForeignKey(
        Member, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("chủ trì")
    )
    #: Official members called and those there, for votes counted by raised card.
    entitled = models.PositiveIntegerField(_("được triệu tập"), null=True, blank=True)
    present = models.PositiveIntegerField(_("có mặt"), null=True, blank=True)
    proposal_no = models.CharField(_("số báo cáo đề nghị"), max_length=60, blank=True)
    proposed_on = models.DateField(_("ngày đề nghị"), null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("hội nghị kiểm điểm")
        verbose_name_plural = _("các hội nghị kiểm điểm")
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=["cycle", "unit", "body"], name="review_sitting_once"),
            models.CheckConstraint(
                name="review_sitting_held_has_a_day",
                condition=Q(state="planned", held_on=None) | (~Q(state="planned") & Q(held_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="review_sitting_present_were_called",
                condition=Q(present=None) | Q(entitled=None) | Q(present__lte=F("entitled")),
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)


class Place(models.Model):
    """One entry at a sitting, in the order of the meeting; what the sitting found and how it voted."""

    sitting = models.ForeignKey(Sitting, on_delete=models.CASCADE, related_name="places")
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="places")
    order = models.PositiveSmallIntegerField(_("thứ tự"))
    #: The last sitting that an entry comes to is the one that proposes its grade; earlier ones give their opinion.
    proposes = models.BooleanField(_("đề nghị mức xếp loại"), default=True)
    reviewed_on = models.DateField(_("kiểm điểm ngày"), null=True, blank=True)
    absent_because = models.CharField(_("vắng vì"), max_length=200, blank=True)
    grade = models.CharField(_("hội nghị đề nghị"), max_length=3, choices=Grade.choices, blank=True)
    #: Why the sitting proposes another grade than the one with a majority, or where none has it.
    grade_because = models.CharField(_("lý do"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("người, tập thể tại hội nghị")
        verbose_name_plural = _("danh sách kiểm điểm tại hội nghị")
        ordering = ("order", "pk")
        constraints = (
            models.UniqueConstraint(fields=["sitting", "entry"], name="review_place_once"),
            models.UniqueConstraint(
                fields=["entry"], condition=Q(proposes=True), name="review_place_one_proposes"
            ),
        )
        indexes = (models.Index(fields=["entry"], name="review_place_of_entry"),)

    def __str__(self) -> str:
        return str(self.pk)


class VoteLine(models.Model):
    """How many gave an entry a grade at a sitting: totals only, from the ballot's result or counted by raised card."""

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="votes")
    grade = models.CharField(_("mức"), max_length=3, choices=Grade.choices)
    votes = models.PositiveIntegerField(_("số phiếu"))

    class Meta:
        verbose_name = _("số phiếu cho một mức")
        verbose_name_plural = _("số phiếu cho các mức")
        constraints = (models.UniqueConstraint(fields=["place", "grade"], name="review_votes_once"),)

    def __str__(self) -> str:
        return f"{self.grade}: {self.votes}"


class Remark(models.Model):
    """What others say of an entry: the residence's comment, a matter prompted from above, an opinion at the sitting.

    Of work, duties and conduct as a member; never of belief, family or private opinion (`README.md`).
    """

    class Kind(models.TextChoices):
        RESIDENCE = "residence", _("Nhận xét nơi cư trú")
        PROMPT = "prompt", _("Cấp trên gợi ý kiểm điểm")
        OPINION = "opinion", _("Ý kiến tại hội nghị")
        TEMPORARY = "temporary", _("Nhận xét nơi sinh hoạt tạm thời")

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="remarks")
    kind = models.CharField(_("loại"), max_length=9, choices=Kind.choices)
    sitting = models.ForeignKey(
        Sitting, on_delete=models.CASCADE, null=True, blank=True, related_name="remarks"
    )
    #: Who says it, in words: "Chi ủy chi bộ thôn Chùa", "Ban Thường vụ Đảng ủy".
    source = models.CharField(_("của"), max_length=200)
    number = models.CharField(_("số văn bản"), max_length=60, blank=True)
    on = models.DateField(_("ngày"))
    text = models.TextField(_("nội dung"))
    #: The entry's own answer to it.
    answer = models.TextField(_("giải trình"), blank=True)
    answered_at = models.DateTimeField(_("giải trình lúc"), null=True, blank=True)
    by_name = models.CharField(_("người ghi"), max_length=120)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("nhận xét, gợi ý, ý kiến")
        verbose_name_plural = _("nhận xét, gợi ý, ý kiến")
        ordering = ("on", "pk")
        indexes = (models.Index(fields=["entry", "kind"], name="review_remark_of_entry"),)

    def __str__(self) -> str:
        return str(self.pk)
