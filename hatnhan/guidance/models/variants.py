"""One core text, and a variant of it for each kind of cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hatnhan.guidance.models.rollout import RollOut

if TYPE_CHECKING:
    from datetime import date


class CorePoint(models.Model):
    """One thing that the document asks of every cell. Variants say it in their own way, and never leave it out.

    With ``task`` it becomes a task of every cell, due on ``due``.
    """

    roll_out = models.ForeignKey(RollOut, on_delete=models.CASCADE, related_name="core")
    place = models.PositiveSmallIntegerField(_("thứ tự"), default=0)
    text = models.TextField(_("nội dung"))
    task = models.BooleanField(_("giao thành việc"), default=False)
    due = models.DateField(_("hạn"), null=True, blank=True)

    class Meta:
        verbose_name = _("nội dung cốt lõi")
        verbose_name_plural = _("nội dung cốt lõi")
        ordering = ("place", "pk")
        constraints = (
            models.CheckConstraint(
                name="core_task_has_a_day", condition=Q(task=False) | Q(due__isnull=False)
            ),
        )

    def __str__(self) -> str:
        return self.text[:60]


class Variant(models.Model):
    """The text for one kind of cell. ``cell_kind`` is a key of the kinds of cell."""

    roll_out = models.ForeignKey(RollOut, on_delete=models.CASCADE, related_name="variants")
    cell_kind = models.CharField(_("loại chi bộ"), max_length=20)
    intro = models.TextField(_("lời dẫn"), blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("bản cụ thể hóa")
        verbose_name_plural = _("bản cụ thể hóa")
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["roll_out", "cell_kind"], name="variant_once_a_kind"),)

    def __str__(self) -> str:
        return self.cell_kind


class VariantPoint(models.Model):
    """How a variant says one point of the core, or one point that only this kind of cell has (``core`` null).

    A point of the core with an empty ``text`` is said as in the core. ``due`` null: the day of the core.
    """

    variant = models.ForeignKey(Variant, on_delete=models.CASCADE, related_name="points")
    core = models.ForeignKey(
        CorePoint, on_delete=models.CASCADE, null=True, blank=True, related_name="said_in"
    )
    place = models.PositiveSmallIntegerField(_("thứ tự"), default=0)
    text = models.TextField(_("nội dung"), blank=True)
    task = models.BooleanField(_("giao thành việc"), default=False)
    due = models.DateField(_("hạn"), null=True, blank=True)

    class Meta:
        verbose_name = _("nội dung cụ thể hóa")
        verbose_name_plural = _("nội dung cụ thể hóa")
        ordering = ("place", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["variant", "core"], name="core_point_once_a_variant", condition=Q(core__isnull=False)
            ),
            models.CheckConstraint(name="own_point_has_text", condition=Q(core__isnull=False) | ~Q(text="")),
            models.CheckConstraint(
                name="own_task_has_a_day",
                condition=Q(core__isnull=False) | Q(task=False) | Q(due__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return self.words[:60]

    @property
    def words(self) -> str:
        """The text as the cell reads it; reads the core."""
        return self.text or (self.core.text if self.core else "")

    @property
    def differs(self) -> bool:
        """Whether this kind of cell reads something else than the core; reads the core."""
        return self.core is None or bool(self.text and self.text != self.core.text)

    @property
    def is_task(self) -> bool:
        """Whether it becomes a task of each cell; reads the core."""
        return self.core.task if self.core else self.task

    @property
    def last_day(self) -> date | None:
        """The last day of its task, inclusive; reads the core."""
        return self.due or (self.core.due if self.core else None)
