"""Local overlays: a value a unit sets for itself and all below it, from a day."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from hatnhan.core import vietnamese
from hatnhan.core.constraints import ends_after_start
from hatnhan.core.dated import DatedQuerySet
from hatnhan.rulebook.topics import BY_NAME


class Overlay(models.Model):
    """One local value. ``unit_id`` is a plain number because units live in a room above."""

    topic = models.CharField(_("chủ đề"), max_length=80)
    unit_id = models.BigIntegerField(_("tổ chức đặt"))
    value = models.JSONField(_("giá trị"))
    start = models.DateField(_("áp dụng từ"))
    end = models.DateField(_("hết áp dụng"), null=True, blank=True)
    instrument = models.CharField(_("văn bản"), max_length=120)
    instrument_date = models.DateField(_("ngày văn bản"))
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar = DatedQuerySet["Overlay"].as_manager()

    class Meta:
        verbose_name = _("quy định riêng")
        verbose_name_plural = _("quy định riêng")
        ordering = ("topic", "-start")
        constraints = (
            ends_after_start("overlay_ends_after_start"),
            models.UniqueConstraint(fields=["topic", "unit_id", "start"], name="overlay_one_a_day"),
        )
        indexes = (models.Index(fields=["topic", "unit_id", "start"], name="overlay_lookup"),)

    def __str__(self) -> str:
        known = BY_NAME.get(self.topic)
        return f"{known.title if known else self.topic} (từ {vietnamese.day(self.start)})"
