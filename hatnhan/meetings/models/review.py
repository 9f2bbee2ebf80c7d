"""The weekly review: the posts looked at, a row for each person and post, and what became of last week's remedies."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hatnhan.assignments.models import Task
from hatnhan.core.constraints import NoOverlap, ends_after_start
from hatnhan.core.dated import DatedQuerySet
from hatnhan.meetings.models.attendance import Invitee
from hatnhan.meetings.models.meeting import Meeting
from hatnhan.organization.models import Member, Unit

if TYPE_CHECKING:
    from hatnhan.accounts.models import User

#: While a review is held and written down; once its minutes are approved.
DURING = (Meeting.State.OPEN, Meeting.State.CLOSED)
APPROVED = (Meeting.State.APPROVED, Meeting.State.LOCKED)


class WorkPost(models.Model):
    """A post of the commune's work that the weekly review looks at: "Chủ tịch UBND", "Địa chính – xây dựng"."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="work_posts")
    name = models.CharField(_("vị trí"), max_length=120)
    #: Its holder is one of the People's Committee's leaders, whom the review invites.
    leads_government = models.BooleanField(_("lãnh đạo Ủy ban nhân dân"), default=False)
    position = models.PositiveSmallIntegerField(_("thứ tự"), default=0)
    start = models.DateField(_("từ ngày"))
    end = models.DateField(_("đến trước ngày"), null=True, blank=True)

    objects: ClassVar = DatedQuerySet["WorkPost"].as_manager()

    class Meta:
        verbose_name = _("vị trí công tác")
        verbose_name_plural = _("vị trí công tác")
        ordering = ("position", "pk")
        constraints = (ends_after_start("work_post_ends_after_start"),)

    def __str__(self) -> str:
        return self.name


class WorkPostHolder(models.Model):
    """The member who holds a post of work, from a day to a day."""

    work_post = models.ForeignKey(WorkPost, on_delete=models.CASCADE, related_name="holders")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="work_posts")
    start = models.DateField(_("từ ngày"))
    end = models.DateField(_("đến trước ngày"), null=True, blank=True)

    objects: ClassVar = DatedQuerySet["WorkPostHolder"].as_manager()

    class Meta:
        verbose_name = _("người giữ vị trí")
        verbose_name_plural = _("người giữ vị trí")
        ordering = ("-start",)
        constraints = (
            ends_after_start("work_post_holder_ends_after_start"),
            NoOverlap(name="work_post_one_holder", fields=["work_post"]),
        )

    def __str__(self) -> str:
        return str(self.member)


class ReviewRowQuerySet(models.QuerySet["ReviewRow"]):
    """Ways of asking for rows."""

    def approved(self) -> Self:
        """Keep those of approved minutes, which those whom they concern may read."""
        return self.filter(meeting__state__in=APPROVED)

    def written_on(self) -> Self:
        """Keep those in which anything stands."""
        return self.exclude(strengths="", shortcomings="", remedy="")

    def visible_to(self, user: User) -> Self:
        """Keep what the person may read: all of units kept, the own once approved, others' where the person sat in."""
        from hatnhan.organization.powers import powers_of  # noqa: PLC0415 - powers read these models

        powers = powers_of(user)
        me = powers.member_id
        if me is None:
            return self.none()
        at_table = Q(meeting__chair_id=me) | Q(meeting__recorder_id=me)
        held = at_table | Q(meeting__unit_id__in=powers.units_kept)
        there = Invitee.objects.filter(member_id=me)
        body = Q(meeting__in=there.filter(capacity=Invitee.Capacity.BODY).values("meeting"))
        guests = there.filter(capacity=Invitee.Capacity.GOVERNMENT).values("meeting")
        heard = (body | Q(meeting__in=guests, meeting__state__in=DURING)) & ~Q(subject_id=me)
        return self.filter(
            held
            | heard
            | Q(subject_id=me, meeting__state__in=APPROVED)
            | (body & Q(meeting__state__in=APPROVED))
        )


class ReviewRow(models.Model):
    """What a weekly review says of one person, or of one post and whoever holds it. ``subject`` sees it and may reply.

    ``work_post`` is None for a person as such; a leader of the People's Committee has one row for both. Whether
    anything stands in it tells whether it was written.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="review_rows")
    place = models.PositiveSmallIntegerField(default=0)
    subject = models.ForeignKey(
        Member,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="review_rows",
        verbose_name=_("người"),
    )
    work_post = models.ForeignKey(
        WorkPost,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="review_rows",
        verbose_name=_("vị trí"),
    )
    #: What the person was then, as the sheet prints it.
    title = models.CharField(_("chức danh"), max_length=160, blank=True)
    strengths = models.TextField(_("ưu điểm"), blank=True)
    shortcomings = models.TextField(_("hạn chế"), blank=True)
    remedy = models.TextField(_("cách khắc phục"), blank=True)
    remedy_owner = models.ForeignKey(
        Member, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("ai làm")
    )
    remedy_due = models.DateField(_("xong trước"), null=True, blank=True)
    #: Opened when the meeting closes.
    task = models.OneToOneField(
        Task, on_delete=models.PROTECT, null=True, blank=True, related_name="review_row"
    )
    version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(_("lưu lúc"), null=True, blank=True)
    reply = models.TextField(_("trả lời"), blank=True)
    replied_at = models.DateTimeField(_("trả lời lúc"), null=True, blank=True)

    objects: ClassVar = ReviewRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("dòng nhận xét")
        verbose_name_plural = _("các dòng nhận xét")
        ordering = ("place", "pk")
        constraints = (
            models.CheckConstraint(
                name="review_remedy_has_owner_and_due",
                condition=Q(remedy="") | Q(remedy_owner__isnull=False, remedy_due__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["meeting", "subject"], condition=Q(work_post=None), name="review_person_once"
            ),
            models.UniqueConstraint(fields=["meeting", "work_post"], name="review_post_once"),
            models.CheckConstraint(
                name="review_of_somebody", condition=Q(subject__isnull=False) | Q(work_post__isnull=False)
            ),
        )
        indexes = (models.Index(fields=["subject", "meeting"], name="review_of_subject"),)

    def __str__(self) -> str:
        return f"{self.meeting_id}: {self.title}"

    @property
    def written(self) -> bool:
        """Whether anything was said."""
        return bool(self.strengths or self.shortcomings or self.remedy)

    @property
    def of_post(self) -> bool:
        """Whether it goes by the post's name, not by the person's; reads the post."""
        if self.work_post is None:
            return False
        return self.subject_id is None or not self.work_post.leads_government

    @property
    def name(self) -> str:
        """By whose name the row goes; reads the person or the post."""
        return str(self.work_post if self.of_post else self.subject)


class RemedyVerdict(models.Model):
    """What a weekly review concluded on a remedy given earlier."""

    class Verdict(models.TextChoices):
        DONE = "done", _("Xong")
        DOING = "doing", _("Đang làm")
        NOT_DONE = "not_done", _("Chưa làm")
        NEXT_WEEK = "next_week", _("Chuyển tuần sau")
        DROPPED = "dropped", _("Thôi, có lý do")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="verdicts")
    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="verdicts")
    verdict = models.CharField(_("kết luận"), max_length=9, choices=Verdict.choices)
    note = models.CharField(_("ghi chú"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("kết luận về việc khắc phục")
        verbose_name_plural = _("kết luận về việc khắc phục")
        constraints = (models.UniqueConstraint(fields=["meeting", "task"], name="verdict_once"),)

    def __str__(self) -> str:
        return f"{self.task_id}: {self.verdict}"
