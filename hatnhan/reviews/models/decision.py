"""What is decided: grades, raised caps, requests to look again, re-grading, help after the lowest grade."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hatnhan.assignments.models import Task
from hatnhan.organization.models import Body, Unit
from hatnhan.reviews.models.cycle import Cycle, Entry, Grade


class GradeDecision(models.Model):
    """A decision of a body on the grades of several entries at once. A draft until it is signed.

    ``outside`` names a body above that is not in the tree (the province's standing committee); its paper is recorded.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Đang soạn")
        SIGNED = "signed", _("Đã ký")

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="decisions")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    body = models.CharField(_("của"), max_length=12, choices=Body.choices, blank=True)
    outside = models.CharField(_("cấp trên quyết định"), max_length=200, blank=True)
    state = models.CharField(_("trạng thái"), max_length=6, choices=State.choices, default=State.DRAFT)
    title = models.CharField(_("về việc"), max_length=200)
    number = models.CharField(_("số quyết định"), max_length=60, blank=True)
    signed_on = models.DateField(_("ngày ký"), null=True, blank=True)
    signed_by = models.CharField(_("người ký"), max_length=120, blank=True)
    published_on = models.DateField(_("ngày công khai"), null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("quyết định xếp loại")
        verbose_name_plural = _("các quyết định xếp loại")
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(
                name="grade_decision_signed_has_a_number",
                condition=Q(state="draft", signed_on=None)
                | (Q(state="signed", signed_on__isnull=False) & ~Q(number="")),
            ),
            models.CheckConstraint(
                name="grade_decision_is_of_one_body",
                condition=(Q(unit__isnull=False, outside="") & ~Q(body=""))
                | (Q(unit=None, body="") & ~Q(outside="")),
            ),
            models.UniqueConstraint(
                fields=["cycle", "number"], condition=~Q(number=""), name="grade_decision_number_once"
            ),
        )

    def __str__(self) -> str:
        return self.number or self.title


class DecisionLine(models.Model):
    """An entry with the grade that a decision gives it; ``reason`` and ``paper_no`` where it departs from the rules."""

    decision = models.ForeignKey(GradeDecision, on_delete=models.CASCADE, related_name="lines")
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="decision_lines")
    grade = models.CharField(_("xếp loại"), max_length=3, choices=Grade.choices)
    reason = models.CharField(_("lý do quyết định khác"), max_length=500, blank=True)
    paper_no = models.CharField(_("số văn bản cho phép"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("mức trong quyết định")
        verbose_name_plural = _("các mức trong quyết định")
        constraints = (models.UniqueConstraint(fields=["decision", "entry"], name="decision_line_once"),)
        indexes = (models.Index(fields=["entry"], name="decision_line_of_entry"),)

    def __str__(self) -> str:
        return f"{self.entry_id}: {self.grade}"


class RaisedCap(models.Model):
    """The authority lets an outstanding unit go up to a higher percentage (0–100) in a group."""

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="raised_caps")
    #: Keys of the cap and of the group in `reviews.caps`; "" for a cap of the whole organisation.
    cap = models.CharField(max_length=20)
    group = models.CharField(max_length=20, blank=True)
    percent = models.DecimalField(_("được đến (%)"), max_digits=5, decimal_places=2)
    paper_no = models.CharField(_("số văn bản"), max_length=60)
    on = models.DateField(_("ngày"))
    reason = models.CharField(_("vì sao"), max_length=300)

    class Meta:
        verbose_name = _("tỷ lệ được nâng")
        verbose_name_plural = _("các tỷ lệ được nâng")
        constraints = (
            models.UniqueConstraint(fields=["cycle", "cap", "group"], name="raised_cap_once"),
            models.CheckConstraint(
                name="raised_cap_is_a_share", condition=Q(percent__gt=0, percent__lte=100)
            ),
        )

    def __str__(self) -> str:
        return f"{self.cap}: {self.percent}"


class LookAgain(models.Model):
    """A request to look at a grade again, and its answer. A changed grade keeps the old one beside it (`Regrading`)."""

    class State(models.TextChoices):
        ASKED = "asked", _("Chờ xem xét")
        KEPT = "kept", _("Giữ nguyên")
        CHANGED = "changed", _("Xếp loại lại")
        WITHDRAWN = "withdrawn", _("Đã rút")

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="look_agains")
    state = models.CharField(_("trạng thái"), max_length=9, choices=State.choices, default=State.ASKED)
    text = models.TextField(_("đề nghị và lý do"))
    asked_on = models.DateField(_("ngày đề nghị"))
    typed_by = models.CharField(_("người ghi hộ"), max_length=120, blank=True)
    answer = models.TextField(_("trả lời"), blank=True)
    answer_no = models.CharField(_("số văn bản trả lời"), max_length=60, blank=True)
    answered_on = models.DateField(_("ngày trả lời"), null=True, blank=True)
    answered_by = models.CharField(_("người trả lời"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("đề nghị xem lại")
        verbose_name_plural = _("các đề nghị xem lại")
        ordering = ("-asked_on", "-pk")
        constraints = (
            models.UniqueConstraint(fields=["entry"], condition=Q(state="asked"), name="look_again_one_open"),
            models.CheckConstraint(
                name="look_again_answered_has_a_day",
                condition=Q(state__in=("asked", "withdrawn"), answered_on=None)
                | (Q(state__in=("kept", "changed"), answered_on__isnull=False) & ~Q(answer="")),
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)


class Regrading(models.Model):
    """A grade that was given anew: the form of re-grading. The first decision and its grade stay in the books."""

    class Ground(models.TextChoices):
        ERROR = "error", _("Có sai sót")
        DISHONEST = "dishonest", _("Kê khai không trung thực")
        REPORTED = "reported", _("Phản ánh, tố cáo đúng")
        ASKED = "asked", _("Theo đề nghị xem lại")
        DISCIPLINE = "discipline", _("Có quyết định kỷ luật")

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="regradings")
    look_again = models.OneToOneField(
        LookAgain, on_delete=models.PROTECT, null=True, blank=True, related_name="regrading"
    )
    ground = models.CharField(_("căn cứ"), max_length=10, choices=Ground.choices)
    old_grade = models.CharField(_("mức cũ"), max_length=3, choices=Grade.choices)
    old_decided_on = models.DateField(_("ngày quyết định cũ"))
    new_grade = models.CharField(_("mức mới"), max_length=3, choices=Grade.choices)
    reason = models.TextField(_("lý do"))
    number = models.CharField(_("số quyết định"), max_length=60)
    signed_on = models.DateField(_("ngày ký"))
    signed_by = models.CharField(_("người ký"), max_length=120)

    class Meta:
        verbose_name = _("xếp loại lại")
        verbose_name_plural = _("các lần xếp loại lại")
        ordering = ("signed_on", "pk")
        constraints = (
            models.CheckConstraint(name="regrading_changes", condition=~Q(old_grade=models.F("new_grade"))),
            models.CheckConstraint(
                name="regrading_comes_after", condition=Q(signed_on__gte=models.F("old_decided_on"))
            ),
        )

    def __str__(self) -> str:
        return self.number


class FollowUp(models.Model):
    """Help for one a year was not completed by: what the cell does, until when, what came of it (HD 02-HD/BTCTW)."""

    entry = models.OneToOneField(Entry, on_delete=models.CASCADE, related_name="follow_up")
    task = models.OneToOneField(Task, on_delete=models.PROTECT, related_name="review_follow_up")
    until = models.DateField(_("đến hết ngày"))

    class Meta:
        verbose_name = _("giúp đỡ sau xếp loại")
        verbose_name_plural = _("các việc giúp đỡ sau xếp loại")

    def __str__(self) -> str:
        return str(self.pk)


class FormSet(models.Model):
    """A set of papers that is drawn up in the background: all forms of a cell or of the commune as one file."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Đang chờ")
        DRAWING = "drawing", _("Đang soạn")
        DONE = "done", _("Đã xong")
        FAILED = "failed", _("Không soạn được")

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="form_sets")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    #: Which papers: a slug of `selectors.papers`.
    paper = models.CharField(max_length=20)
    by = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    state = models.CharField(_("trạng thái"), max_length=7, choices=State.choices, default=State.WAITING)
    asked_at = models.DateTimeField(_("yêu cầu lúc"))
    finished_at = models.DateTimeField(_("xong lúc"), null=True, blank=True)
    total = models.PositiveIntegerField(_("tổng số bản"), default=0)
    drawn = models.PositiveIntegerField(_("đã soạn"), default=0)
    file = models.FileField(_("tệp"), upload_to="reviews/", blank=True)
    error = models.CharField(_("lỗi"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("bộ mẫu in")
        verbose_name_plural = _("các bộ mẫu in")
        ordering = ("-asked_at",)

    def __str__(self) -> str:
        return str(self.pk)
