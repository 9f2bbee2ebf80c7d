"""Who of a committee is in charge of which cell and of which group of tasks, from a day to a day."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from hatnhan.core.constraints import NoOverlap, ends_after_start
from hatnhan.core.dated import DatedQuerySet
from hatnhan.organization.models import Member, Unit


class WorkGroup(models.Model):
    """A group of tasks that a committee shares out: "Nông nghiệp, nông thôn mới". The committee edits the list."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="work_groups")
    name = models.CharField(_("nhóm nhiệm vụ"), max_length=120)
    position = models.PositiveSmallIntegerField(_("thứ tự"), default=0)
    start = models.DateField(_("từ ngày"))
    end = models.DateField(_("đến trước ngày"), null=True, blank=True)

    objects: ClassVar = DatedQuerySet["WorkGroup"].as_manager()

    class Meta:
        verbose_name = _("nhóm nhiệm vụ")
        verbose_name_plural = _("nhóm nhiệm vụ")
        ordering = ("position", "name", "pk")
        constraints = (
            ends_after_start("work_group_ends_after_start"),
            NoOverlap(name="work_group_name_once_a_day", fields=["unit", "name"]),
        )

    def __str__(self) -> str:
        return self.name


class Charge(models.Model):
    """What both kinds share: who, of which committee, from when to when, by which decision."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("cấp ủy"))
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="%(class)ss")
    start = models.DateField(_("từ ngày"))
    end = models.DateField(_("đến trước ngày"), null=True, blank=True)
    decision_no = models.CharField(_("số quyết định"), max_length=60)
    end_reason = models.CharField(_("lý do thôi"), max_length=120, blank=True)

    objects: ClassVar = DatedQuerySet["Charge"].as_manager()

    class Meta:
        abstract = True

    @property
    def what(self) -> str:
        """What it is the charge of; reads the cell or the group."""
        raise NotImplementedError

    @property
    def kind(self) -> str:
        """How an address names this kind of charge."""
        raise NotImplementedError


class CellCharge(Charge):
    """A committee member in charge of a cell; the cell's meetings invite them."""

    cell = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="charges", verbose_name=_("chi bộ"))

    objects: ClassVar = DatedQuerySet["CellCharge"].as_manager()

    class Meta:
        verbose_name = _("phân công phụ trách chi bộ")
        verbose_name_plural = _("phân công phụ trách chi bộ")
        ordering = ("-start", "pk")
        constraints = (
            ends_after_start("cell_charge_ends_after_start"),
            NoOverlap(name="cell_charge_once_a_day", fields=["member", "cell"]),
        )
        indexes = (
            models.Index(fields=["cell", "start"], name="cell_charge_of_cell"),
            models.Index(fields=["unit", "start"], name="cell_charge_of_unit"),
        )

    def __str__(self) -> str:
        return f"{self.member}: {self.cell}"

    @property
    def what(self) -> str:
        return str(self.cell)

    @property
    def kind(self) -> str:
        return "chi-bo"


class GroupCharge(Charge):
    """A committee member in charge of a group of tasks."""

    group = models.ForeignKey(
        WorkGroup, on_delete=models.PROTECT, related_name="charges", verbose_name=_("nhóm nhiệm vụ")
    )

    objects: ClassVar = DatedQuerySet["GroupCharge"].as_manager()

    class Meta:
        verbose_name = _("phân công nhóm nhiệm vụ")
        verbose_name_plural = _("phân công nhóm nhiệm vụ")
        ordering = ("-start", "pk")
        constraints = (
            ends_after_start("group_charge_ends_after_start"),
            NoOverlap(name="group_charge_once_a_day", fields=["member", "group"]),
        )
        indexes = (models.Index(fields=["unit", "start"], name="group_charge_of_unit"),)

    def __str__(self) -> str:
        return f"{self.member}: {self.group}"

    @property
    def what(self) -> str:
        return str(self.group)

    @property
    def kind(self) -> str:
        return "nhom"
