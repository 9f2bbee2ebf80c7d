"""The self-review: one's own text on the form of the year, tasks, earlier faults, points; typed from paper too."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hatnhan.assignments.models import Task
from hatnhan.organization.models import Member
from hatnhan.reviews.models.cycle import Entry


class Rating(models.IntegerChoices):
    """The four levels of a criterion."""

    EXCELLENT = 4, _("Xuất sắc")
    GOOD = 3, _("Tốt")
    AVERAGE = 2, _("Trung bình")
    POOR = 1, _("Kém")


class SelfReview(models.Model):
    """The form that one fills in. It is a draft until handed in; after that it is changed only when given back."""

    entry = models.OneToOneField(Entry, on_delete=models.CASCADE, related_name="self_review")
    #: The number of the form used ("2B").
    form = models.CharField(_("mẫu số"), max_length=40)
    #: Who typed it in from paper, "" when one wrote it oneself; then the member confirms that it is theirs.
    typed_by = models.CharField(_("người ghi hộ"), max_length=120, blank=True)
    typed_note = models.CharField(_("ghi chú khi ghi hộ"), max_length=200, blank=True)
    confirmed_at = models.DateTimeField(_("xác nhận lúc"), null=True, blank=True)
    started_at = models.DateTimeField(_("bắt đầu lúc"))
    saved_at = models.DateTimeField(_("lưu lúc"))
    submitted_at = models.DateTimeField(_("nộp lúc"), null=True, blank=True)
    submitted_by = models.CharField(_("người nộp"), max_length=120, blank=True)
    #: When it was given back to be written again, and why; the day it was first handed in stays in the record.
    returned_because = models.CharField(_("lý do trả lại"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("bản kiểm điểm")
        verbose_name_plural = _("các bản kiểm điểm")
        constraints = (
            models.CheckConstraint(
                name="self_review_typed_says_so", condition=Q(typed_by="") | ~Q(typed_note="")
            ),
            models.CheckConstraint(
                name="self_review_confirms_what_was_typed",
                condition=Q(confirmed_at=None) | ~Q(typed_by=""),
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)


class Answer(models.Model):
    """What stands in one field of the form, and the level one gives oneself where the form asks for it."""

    review = models.ForeignKey(SelfReview, on_delete=models.CASCADE, related_name="answers")
    #: A key of `FormField` of the form.
    field = models.CharField(max_length=20)
    text = models.TextField(_("nội dung"), blank=True)
    rating = models.PositiveSmallIntegerField(_("tự nhận mức"), choices=Rating.choices, null=True, blank=True)

    class Meta:
        verbose_name = _("mục của bản kiểm điểm")
        verbose_name_plural = _("các mục của bản kiểm điểm")
        constraints = (models.UniqueConstraint(fields=["review", "field"], name="review_answer_once"),)

    def __str__(self) -> str:
        return self.field


class WorkLine(models.Model):
    """One task of the year: what came of it as one says oneself, and as the cell or collective agreed."""

    class Outcome(models.TextChoices):
        EXCEEDED = "exceeded", _("Vượt mức")
        ON_TIME = "on_time", _("Xong đúng hạn, bảo đảm chất lượng")
        LATE = "late", _("Xong, chậm hạn")
        NOT_DONE = "not_done", _("Không hoàn thành")

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="work_lines")
    place = models.PositiveSmallIntegerField(_("thứ tự"))
    task = models.ForeignKey(Task, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    title = models.CharField(_("việc"), max_length=300)
    product = models.CharField(_("sản phẩm, kết quả"), max_length=500, blank=True)
    said = models.CharField(_("tự đánh giá"), max_length=8, choices=Outcome.choices)
    agreed = models.CharField(_("hội nghị thống nhất"), max_length=8, choices=Outcome.choices, blank=True)
    agreed_because = models.CharField(_("vì sao khác"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("nhiệm vụ trong năm")
        verbose_name_plural = _("các nhiệm vụ trong năm")
        ordering = ("place", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["entry", "task"], condition=Q(task__isnull=False), name="work_line_task_once"
            ),
        )

    def __str__(self) -> str:
        return self.title[:80]


class FaultLine(models.Model):
    """A shortcoming noted earlier (last year's review, a conclusion) and how far it is put right."""

    class Fixed(models.TextChoices):
        FIXED = "fixed", _("Đã khắc phục")
        DOING = "doing", _("Đang khắc phục")
        NOT = "not", _("Chưa khắc phục")

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="fault_lines")
    place = models.PositiveSmallIntegerField(_("thứ tự"))
    #: Where it was noted, in words: "Bản kiểm điểm năm 2025", "Kết luận 03-KL/UBKT".
    noted = models.CharField(_("nơi chỉ ra"), max_length=200)
    text = models.TextField(_("hạn chế, khuyết điểm"))
    said = models.CharField(_("tự đánh giá"), max_length=5, choices=Fixed.choices)
    how = models.TextField(_("việc đã làm"), blank=True)
    #: Laid in from the record when the review was begun: its words stay, the person says how far it is put right.
    laid = models.BooleanField(default=False)
    agreed = models.CharField(_("hội nghị thống nhất"), max_length=5, choices=Fixed.choices, blank=True)
    agreed_because = models.CharField(_("vì sao khác"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("khuyết điểm đã chỉ ra")
        verbose_name_plural = _("các khuyết điểm đã chỉ ra")
        ordering = ("place", "pk")

    def __str__(self) -> str:
        return str(self.pk)


class Criticism(models.Model):
    """Self-criticism against Resolution 04-NQ/TW (30/10/2016) in one's own words. No sign is ticked, kept or counted.

    Read by the member, the cell's committee and the deciding committee alone (`permissions.texts_of`).
    """

    class Mended(models.TextChoices):
        NONE = "none", _("Chưa khắc phục")
        PARTLY = "partly", _("Khắc phục một phần")
        CORRECTED = "corrected", _("Đã khắc phục")

    review = models.ForeignKey(SelfReview, on_delete=models.CASCADE, related_name="criticisms")
    place = models.PositiveSmallIntegerField(_("thứ tự"))
    text = models.TextField(_("tự phê bình"))
    remedy = models.TextField(_("cách sửa"), blank=True)
    mended = models.CharField(_("mức khắc phục"), max_length=9, choices=Mended.choices)

    class Meta:
        verbose_name = _("điều tự phê bình")
        verbose_name_plural = _("các điều tự phê bình")
        ordering = ("place", "pk")

    def __str__(self) -> str:
        return str(self.pk)


class Score(models.Model):
    """Points or a level for one criterion, at one stage: by oneself, by the cell or collective, at the end."""

    class Stage(models.TextChoices):
        SELF = "self", _("Tự chấm")
        SITTING = "sitting", _("Hội nghị chấm")
        FINAL = "final", _("Thẩm định")

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="scores")
    #: A key of `Criterion` of the subject's rubric.
    criterion = models.CharField(max_length=20)
    stage = models.CharField(_("ai chấm"), max_length=7, choices=Stage.choices)
    #: Points where the regime counts to 100; else the level 1–4.
    points = models.DecimalField(_("điểm"), max_digits=5, decimal_places=2)

    class Meta:
        verbose_name = _("điểm, mức của tiêu chí")
        verbose_name_plural = _("điểm, mức của các tiêu chí")
        constraints = (
            models.UniqueConstraint(fields=["entry", "criterion", "stage"], name="review_score_once"),
            models.CheckConstraint(name="review_score_not_negative", condition=Q(points__gte=0)),
        )

    def __str__(self) -> str:
        return f"{self.criterion}: {self.points}"


class TypedFact(models.Model):
    """A fact that no room knows and somebody wrote down with where it is from; the newest one holds.

    Nothing is written over: what an entry was told earlier stays, with who told it.
    """

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="typed_facts")
    #: A key of `topics.reviews.FACTS`; or "lifted:" with the key of a trigger that the authority lifted.
    fact = models.CharField(_("điều xét"), max_length=30)
    value = models.DecimalField(_("giá trị"), max_digits=6, decimal_places=2)
    source = models.CharField(_("theo văn bản, nguồn nào"), max_length=300)
    by = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    by_name = models.CharField(_("người ghi"), max_length=120)
    at = models.DateTimeField(_("ghi lúc"))
    withdrawn_at = models.DateTimeField(_("rút lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("điều ghi thêm để xếp loại")
        verbose_name_plural = _("các điều ghi thêm để xếp loại")
        ordering = ("at", "pk")
        constraints = (
            models.CheckConstraint(name="typed_fact_has_a_source", condition=~Q(source="")),
            models.UniqueConstraint(
                fields=["entry", "fact"], condition=Q(withdrawn_at=None), name="typed_fact_one_holds"
            ),
        )

    def __str__(self) -> str:
        return f"{self.fact}: {self.value}"
