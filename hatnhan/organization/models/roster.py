"""An import of a roster on its way: chosen, read, looked at, written. Only the last step touches the books."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from hatnhan.organization.models.unit import Unit

if TYPE_CHECKING:
    from hatnhan.accounts.models import User


class RosterImportQuerySet(models.QuerySet["RosterImport"]):
    """Ways of asking for imports."""

    def visible_to(self, user: User) -> Self:
        """Keep the person's own imports into units kept today: they lay the books open beside the file."""
        from hatnhan.organization.powers import powers_of  # noqa: PLC0415 - powers read these models

        return self.filter(by=user, unit__in=powers_of(user).units_kept)


class RosterImport(models.Model):
    """One uploaded workbook and what came of it. The file and its rows go when it is written or given up."""

    class State(models.TextChoices):
        READING = "reading", _("Đang đọc tệp")
        READY = "ready", _("Chờ đồng chí xem")
        WRITING = "writing", _("Đang ghi vào sổ")
        DONE = "done", _("Đã ghi")
        FAILED = "failed", _("Không đọc được")
        DROPPED = "dropped", _("Đã bỏ")

    #: States in which the file is still there and the person may go on.
    OPEN_STATES = (State.READING, State.READY, State.WRITING)

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    filename = models.CharField(_("tên tệp"), max_length=200)
    file = models.FileField(_("tệp"), upload_to="roster/")
    state = models.CharField(_("trạng thái"), max_length=8, choices=State.choices, default=State.READING)
    uploaded_at = models.DateTimeField(_("nhận lúc"))
    finished_at = models.DateTimeField(_("xong lúc"), null=True)
    progress = models.PositiveIntegerField(_("số dòng đã đọc"), default=0)
    error = models.CharField(_("lỗi"), max_length=500, blank=True)
    understanding = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    answers = models.JSONField(default=dict)
    digest = models.CharField(max_length=64, blank=True)

    objects: ClassVar = RosterImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("lần nhập danh sách")
        verbose_name_plural = _("các lần nhập danh sách")
        ordering = ("-uploaded_at",)

    def __str__(self) -> str:
        return self.filename


class RosterImportRow(models.Model):
    """What will happen with one row of the file; unchanged rows are only counted."""

    class Status(models.TextChoices):
        PROBLEM = "problem", _("có vấn đề")
        QUESTION = "question", _("cần trả lời")
        NEW = "new", _("mới")
        CHANGED = "changed", _("thay đổi")

    job = models.ForeignKey(RosterImport, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(_("dòng"))
    status = models.CharField(max_length=8, choices=Status.choices)
    name = models.CharField(max_length=80, blank=True)
    details = models.JSONField(default=dict)

    class Meta:
        ordering = ("number",)
        indexes = (models.Index(fields=["job", "status", "number"], name="roster_row_of_tab"),)

    def __str__(self) -> str:
        return f"{self.number}: {self.name}"
