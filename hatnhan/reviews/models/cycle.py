"""A year's review in one Party organisation, and everyone and everything that it looks at."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hatnhan.organization.models import Body, Member, Unit


class Grade(models.TextChoices):
    """The four grades of every regime, best first; what each is called on paper, `reviews.regime` tells."""

    EXCELLENT = "xs", _("Mức 1")
    GOOD = "t", _("Mức 2")
    COMPLETED = "ht", _("Mức 3")
    FAILED = "kht", _("Mức 4")


#: Grades from the best down.
ORDER = (Grade.EXCELLENT, Grade.GOOD, Grade.COMPLETED, Grade.FAILED)
#: What counts as "good or better".
GOOD_OR_BETTER = (Grade.EXCELLENT, Grade.GOOD)


class Cycle(models.Model):
    """The review of one year in a committee and the cells below it. The law it uses is asked once, at opening."""

    class State(models.TextChoices):
        OPEN = "open", _("Đang tiến hành")
        CLOSED = "closed", _("Đã chốt")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="review_cycles")
    year = models.PositiveSmallIntegerField(_("năm"))
    state = models.CharField(_("trạng thái"), max_length=6, choices=State.choices, default=State.OPEN)
    #: The versions of the rules used, by topic ("reviews.regime": "reviews.regime@2025-08-30"), kept for good.
    rules = models.JSONField(default=dict)
    plan_no = models.CharField(_("số kế hoạch"), max_length=60, blank=True)
    opened_on = models.DateField(_("ngày mở"))
    opened_by = models.CharField(_("người mở"), max_length=120)
    closed_on = models.DateField(_("ngày chốt"), null=True, blank=True)
    closed_by = models.CharField(_("người chốt"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("đợt kiểm điểm, xếp loại")
        verbose_name_plural = _("các đợt kiểm điểm, xếp loại")
        ordering = ("-year", "pk")
        constraints = (
            models.UniqueConstraint(fields=["unit", "year"], name="review_cycle_once_a_year"),
            models.CheckConstraint(
                name="review_cycle_closed_has_a_day",
                condition=Q(state="open", closed_on=None) | Q(state="closed", closed_on__gte=F("opened_on")),
            ),
        )

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.year}"


class StepDay(models.Model):
    """The last day (inclusive) of a step, for cells or the committee; set from the rulebook, may be moved."""

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="steps")
    #: A key of `topics.reviews.STEPS`, and whether it is the cells' or the committee's.
    key = models.CharField(_("bước"), max_length=12)
    of = models.CharField(_("ở"), max_length=9, choices=[("cell", _("Chi bộ")), ("committee", _("Đảng ủy"))])
    place = models.PositiveSmallIntegerField(_("thứ tự"))
    title = models.CharField(_("nội dung"), max_length=200)
    due = models.DateField(_("trước hết ngày"))

    class Meta:
        verbose_name = _("mốc của đợt")
        verbose_name_plural = _("các mốc của đợt")
        ordering = ("place", "pk")
        constraints = (models.UniqueConstraint(fields=["cycle", "key", "of"], name="review_step_once"),)

    def __str__(self) -> str:
        return self.title


class EntryQuerySet(models.QuerySet["Entry"]):
    """Ways of asking for entries."""

    def members(self) -> Self:
        """Keep those of persons."""
        return self.filter(of=Entry.Of.MEMBER)

    def due_grade(self) -> Self:
        """Keep those that are to be graded."""
        return self.filter(standing=Entry.Standing.GRADED)

    def decided_on(self, on: object) -> Self:
        """Keep those decided by a day (inclusive)."""
        return self.filter(state=Entry.State.DECIDED, decided_on__lte=on)


class Entry(models.Model):
    """One person, leading collective or organisation in a cycle, and how far its review is.

    ``unit`` is the cell of a person (their official one), the unit that a collective leads, the organisation itself.
    """

    class Of(models.TextChoices):
        MEMBER = "member", _("Đảng viên")
        COLLECTIVE = "collective", _("Tập thể lãnh đạo")
        ORGANISATION = "organisation", _("Tổ chức đảng")

    class Subject(models.TextChoices):
        """By which rules and on which form it is reviewed: `topics.reviews.SUBJECTS`."""

        LEADER = "leader", _("Lãnh đạo, quản lý")
        NON_LEADER = "non_leader", _("Không giữ chức vụ lãnh đạo")
        OUTSIDE = "outside", _("Ngoài hệ thống chính trị")
        COLLECTIVE = "collective", _("Tập thể lãnh đạo")
        CELL = "cell", _("Chi bộ")
        ORGANISATION = "organisation", _("Đảng bộ cơ sở")

    class Standing(models.TextChoices):
        GRADED = "graded", _("Kiểm điểm, xếp loại")
        NOT_GRADED = "not_graded", _("Kiểm điểm, không xếp loại")
        LEFT_OUT = "left_out", _("Không kiểm điểm")

    class State(models.TextChoices):
        DUE = "due", _("Chưa nộp bản kiểm điểm")
        SUBMITTED = "submitted", _("Đã nộp, chờ hội nghị")
        REVIEWED = "reviewed", _("Đã kiểm điểm")
        PROPOSED = "proposed", _("Đã đề nghị mức")
        APPRAISED = "appraised", _("Đã thẩm định")
        DECIDED = "decided", _("Đã quyết định")

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="entries")
    of = models.CharField(_("loại"), max_length=12, choices=Of.choices)
    subject = models.CharField(_("đối tượng"), max_length=12, choices=Subject.choices)
    member = models.ForeignKey(
        Member, on_delete=models.PROTECT, null=True, blank=True, related_name="review_entries"
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="review_entries")
    #: Of a collective: which body of the unit.
    body = models.CharField(_("tập thể"), max_length=12, choices=Body.choices, blank=True)
    standing = models.CharField(_("diện"), max_length=10, choices=Standing.choices, default=Standing.GRADED)
    #: Why it is not reviewed or not graded: the rule in words ("Miễn sinh hoạt từ 1/3/2025") and its source.
    standing_because = models.CharField(_("vì sao"), max_length=300, blank=True)
    standing_source = models.CharField(_("căn cứ"), max_length=200, blank=True)
    #: A key of the groups of `reviews.caps` in force for the cycle.
    group = models.CharField(_("nhóm vị trí"), max_length=20, blank=True)
    state = models.CharField(_("trạng thái"), max_length=9, choices=State.choices, default=State.DUE)
    #: The chain: what it gives itself, what the cell or collective proposes, what staff find, what is decided.
    self_grade = models.CharField(_("tự nhận"), max_length=3, choices=Grade.choices, blank=True)
    proposed_grade = models.CharField(_("đề nghị"), max_length=3, choices=Grade.choices, blank=True)
    proposed_reason = models.CharField(_("lý do đề nghị"), max_length=500, blank=True)
    appraised_grade = models.CharField(_("thẩm định"), max_length=3, choices=Grade.choices, blank=True)
    appraised_reason = models.CharField(_("ý kiến thẩm định"), max_length=500, blank=True)
    grade = models.CharField(_("xếp loại"), max_length=3, choices=Grade.choices, blank=True)
    reviewed_on = models.DateField(_("ngày kiểm điểm"), null=True, blank=True)
    proposed_on = models.DateField(_("ngày đề nghị"), null=True, blank=True)
    appraised_on = models.DateField(_("ngày thẩm định"), null=True, blank=True)
    decided_on = models.DateField(_("ngày quyết định"), null=True, blank=True)
    #: Why the decision departs from what the conditions open (`rules.engine`), with the number of its paper.
    override_reason = models.CharField(_("lý do quyết định khác"), max_length=500, blank=True)
    override_no = models.CharField(_("số văn bản"), max_length=60, blank=True)
    #: What the engine said at the decision (`selectors.explain.as_kept`), never changed afterwards.
    explained = models.JSONField(default=dict, blank=True)
    notified_on = models.DateField(_("ngày thông báo"), null=True, blank=True)
    notified_to = models.CharField(_("người nhận thông báo"), max_length=200, blank=True)
    #: Grows with every change by hand, so that nobody writes over another's words unseen.
    version = models.PositiveIntegerField(default=0)

    objects: ClassVar = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("người, tập thể, tổ chức được kiểm điểm")
        verbose_name_plural = _("diện kiểm điểm, xếp loại")
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["cycle", "member"], condition=Q(of="member"), name="review_entry_one_a_member"
            ),
            models.UniqueConstraint(
                fields=["cycle", "unit", "body"], condition=Q(of="collective"), name="review_entry_one_a_body"
            ),
            models.UniqueConstraint(
                fields=["cycle", "unit"], condition=Q(of="organisation"), name="review_entry_one_a_unit"
            ),
            models.CheckConstraint(
                name="review_entry_is_of_one",
                condition=Q(of="member", member__isnull=False, body="")
                | (Q(of="collective", member=None) & ~Q(body=""))
                | Q(of="organisation", member=None, body=""),
            ),
            models.CheckConstraint(
                name="review_entry_left_out_says_why",
                condition=Q(standing="graded") | ~Q(standing_because=""),
            ),
            # An excluded person is never graded; a grade has a day; a decided one has a grade.
            models.CheckConstraint(
                name="review_entry_graded_if_due",
                condition=Q(standing="graded") | Q(grade="", proposed_grade=""),
            ),
            models.CheckConstraint(
                name="review_entry_grade_has_a_day",
                condition=Q(grade="", decided_on=None) | (~Q(grade="") & Q(decided_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="review_entry_decided_has_a_grade", condition=~Q(state="decided") | ~Q(grade="")
            ),
            models.CheckConstraint(
                name="review_entry_override_says_why",
                condition=Q(override_reason="", override_no="")
                | (~Q(override_reason="") & ~Q(override_no="")),
            ),
            models.CheckConstraint(
                name="review_entry_notified_after_decision",
                condition=Q(notified_on=None) | Q(decided_on__isnull=False, notified_on__gte=F("decided_on")),
            ),
        )
        indexes = (
            models.Index(fields=["cycle", "of", "unit"], name="review_entry_of_unit"),
            models.Index(fields=["cycle", "of", "state"], name="review_entry_state"),
            models.Index(fields=["cycle", "of", "grade"], name="review_entry_grade"),
            models.Index(fields=["member", "cycle"], name="review_entry_of_member"),
        )

    def __str__(self) -> str:
        return str(self.pk)


class PastGrade(models.Model):
    """A grade of an organisation from before cycles were kept here, as its paper has it."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="past_grades")
    year = models.PositiveSmallIntegerField(_("năm"))
    grade = models.CharField(_("xếp loại"), max_length=3, choices=Grade.choices)
    title = models.CharField(_("danh hiệu trên văn bản"), max_length=120)
    decision_no = models.CharField(_("số quyết định"), max_length=60)
    decided_on = models.DateField(_("ngày quyết định"), null=True, blank=True)

    class Meta:
        verbose_name = _("xếp loại những năm trước")
        verbose_name_plural = _("xếp loại những năm trước")
        ordering = ("-year",)
        constraints = (models.UniqueConstraint(fields=["unit", "year"], name="past_grade_once_a_year"),)

    def __str__(self) -> str:
        return f"{self.year}: {self.title}"
