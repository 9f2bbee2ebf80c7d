"""The file of a check or of a discipline case: its steps with their last days, and the papers each must have."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    """The three stages of all procedures."""

    PREPARE = "prepare", _("Chuẩn bị")
    CONDUCT = "conduct", _("Tiến hành")
    CONCLUDE = "conclude", _("Kết thúc")


class Dossier(models.Model):
    """The file of one matter. It keeps the rule it was made by: what it must hold never changes with the law."""

    #: The topic of the rulebook ("oversight.thematic"), and the version used.
    procedure = models.CharField(max_length=40)
    rule_version = models.CharField(max_length=80)
    opened_on = models.DateField(_("lập hồ sơ ngày"))
    closed_on = models.DateField(_("nộp lưu ngày"), null=True, blank=True)

    class Meta:
        verbose_name = _("hồ sơ")
        verbose_name_plural = _("hồ sơ")

    def __str__(self) -> str:
        return f"{self.procedure} {self.pk}"


class Step(models.Model):
    """One step of the procedure. Done only once every paper of it lies in the file or is excused with a reason."""

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="steps")
    key = models.CharField(max_length=20)
    place = models.PositiveSmallIntegerField()
    stage = models.CharField(_("giai đoạn"), max_length=8, choices=Stage.choices)
    title = models.CharField(_("việc"), max_length=200)
    #: The last day, inclusive.
    due = models.DateField(_("hạn"), null=True, blank=True)
    done_on = models.DateField(_("xong ngày"), null=True, blank=True)
    done_by = models.CharField(_("người ghi"), max_length=120, blank=True)
    #: Why it was not done, where the procedure could go without it.
    skipped_because = models.CharField(_("không làm vì"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("bước")
        verbose_name_plural = _("các bước")
        ordering = ("place",)
        constraints = (
            models.UniqueConstraint(fields=["dossier", "key"], name="step_once"),
            models.CheckConstraint(
                name="step_done_or_skipped", condition=Q(done_on=None) | Q(skipped_because="")
            ),
        )
        indexes = (models.Index(fields=["due"], name="step_due", condition=Q(done_on=None)),)

    def __str__(self) -> str:
        return self.title


class StepPaper(models.Model):
    """One paper that a step must have: handed in as a file, kept on paper, drawn up here, or excused with a reason."""

    class State(models.TextChoices):
        MISSING = "missing", _("Chưa có")
        FILED = "filed", _("Đã có")
        EXCUSED = "excused", _("Không cần")

    step = models.ForeignKey(Step, on_delete=models.CASCADE, related_name="papers")
    key = models.CharField(max_length=20)
    place = models.PositiveSmallIntegerField()
    title = models.CharField(_("tài liệu"), max_length=200)
    #: Which of the room's papers the software draws up for it ("oversight.report"); "" for none.
    drawn = models.CharField(max_length=40, blank=True)
    state = models.CharField(_("trạng thái"), max_length=7, choices=State.choices, default=State.MISSING)
    number = models.CharField(_("số"), max_length=60, blank=True)
    dated = models.DateField(_("ngày"), null=True, blank=True)
    #: Where the paper lies that was not handed in as a file ("Tủ 2, cặp 2018").
    kept_at = models.CharField(_("bản giấy lưu ở"), max_length=160, blank=True)
    file = models.FileField(_("tệp"), upload_to="oversight/", blank=True)
    size = models.PositiveIntegerField(_("số byte"), default=0)
    because = models.CharField(_("không cần vì"), max_length=300, blank=True)
    filed_at = models.DateTimeField(_("ghi lúc"), null=True, blank=True)
    filed_by = models.CharField(_("người ghi"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("tài liệu hồ sơ")
        verbose_name_plural = _("tài liệu hồ sơ")
        ordering = ("step__place", "place")
        constraints = (
            models.UniqueConstraint(fields=["step", "key"], name="step_paper_once"),
            models.CheckConstraint(
                name="step_paper_excused_with_reason", condition=~Q(state="excused") | ~Q(because="")
            ),
            models.CheckConstraint(
                name="step_paper_filed_is_somewhere",
                condition=~Q(state="filed") | ~Q(file="") | ~Q(kept_at="") | ~Q(drawn=""),
            ),
        )

    def __str__(self) -> str:
        return self.title
