"""The tree: units, what they were called and where they hung on each day, and what happened to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hatnhan.core.constraints import NoOverlap, ends_after_start
from hatnhan.core.dated import DatedQuerySet, in_force
from hatnhan.organization.cell_kinds import kind_words

if TYPE_CHECKING:
    from datetime import date

    from hatnhan.accounts.models import User


class Level(models.TextChoices):
    """How high a unit stands. Districts ended on 30/6/2025; they are there for what was before."""

    PROVINCE = "province", _("Đảng bộ tỉnh")
    DISTRICT = "district", _("Đảng bộ huyện")
    COMMUNE = "commune", _("Đảng bộ xã")
    SECTION = "section", _("Đảng bộ bộ phận")
    CELL = "cell", _("Chi bộ")


class UnitQuerySet(models.QuerySet["Unit"]):
    """Ways of asking for units."""

    def under(self, unit_id: int, on: date) -> Self:
        """Keep the unit itself and all that stood below it on a day."""
        return self.filter(in_force(on, "ancestries__"), ancestries__ancestor_id=unit_id)

    def existing(self, on: date) -> Self:
        """Keep the units that existed on a day."""
        return self.filter(Q(dissolved_on__isnull=True) | Q(dissolved_on__gt=on), founded_on__lte=on)

    def visible_to(self, user: User) -> Self:
        """Keep the units whose existence, name and leaders the person may see today."""
        from hatnhan.organization.powers import powers_of  # noqa: PLC0415 - powers read these models

        return self.filter(pk__in=powers_of(user).units_seen)


class Unit(models.Model):
    """A Party organisation. ``name`` and ``cell_kind`` are those of its latest version.

    ``cell_kind`` is a key of `cell_kinds.kinds`, empty for what is no cell.
    """

    code = models.SlugField(_("mã"), max_length=60, unique=True)
    level = models.CharField(_("cấp"), max_length=10, choices=Level.choices)
    name = models.CharField(_("tên"), max_length=160)
    cell_kind = models.CharField(_("loại chi bộ"), max_length=20, blank=True)
    founded_on = models.DateField(_("ngày thành lập"))
    dissolved_on = models.DateField(_("ngày giải thể"), null=True, blank=True)

    objects: ClassVar = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("tổ chức đảng")
        verbose_name_plural = _("tổ chức đảng")
        constraints = (
            models.CheckConstraint(
                name="unit_cells_and_only_cells_have_a_kind",
                condition=(Q(level="cell") & ~Q(cell_kind="")) | (~Q(level="cell") & Q(cell_kind="")),
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def is_cell(self) -> bool:
        """Whether members belong to it directly."""
        return self.level == Level.CELL

    @property
    def kind_words(self) -> str:
        """What the kind of cell is called."""
        return kind_words(self.cell_kind)

    def lineage(self, on: date) -> list[int]:
        """Return the ids of the unit and of those above it on a day, nearest first."""
        above = UnitAncestry.objects.on(on).filter(unit_id=self.pk).order_by("depth")
        return list(above.values_list("ancestor_id", flat=True))


class UnitVersion(models.Model):
    """What a unit was called, of which kind it was and under whom it stood, from a day to a day."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="versions")
    parent = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        related_name="child_versions",
        null=True,
        blank=True,
        verbose_name=_("trực thuộc"),
    )
    name = models.CharField(_("tên"), max_length=160)
    cell_kind = models.CharField(_("loại chi bộ"), max_length=20, blank=True)
    position = models.PositiveSmallIntegerField(_("thứ tự"), default=0)
    start = models.DateField(_("từ ngày"))
    end = models.DateField(_("đến trước ngày"), null=True, blank=True)

    objects: ClassVar = DatedQuerySet["UnitVersion"].as_manager()

    class Meta:
        verbose_name = _("thời kỳ của tổ chức")
        verbose_name_plural = _("thời kỳ của tổ chức")
        ordering = ("position", "name")
        constraints = (
            ends_after_start("unit_version_ends_after_start"),
            NoOverlap(name="unit_version_one_a_day", fields=["unit"]),
        )
        indexes = (models.Index(fields=["parent", "start"], name="unit_version_children"),)

    def __str__(self) -> str:
        return self.name

    @property
    def kind_words(self) -> str:
        """What the kind of cell was called."""
        return kind_words(self.cell_kind)


class UnitAncestry(models.Model):
    """Derived from the versions: who stood above whom on which days. ``depth`` 0 is the unit itself."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="ancestries")
    ancestor = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="descents")
    depth = models.PositiveSmallIntegerField()
    start = models.DateField()
    end = models.DateField(null=True)

    objects: ClassVar = DatedQuerySet["UnitAncestry"].as_manager()

    class Meta:
        constraints = (NoOverlap(name="unit_ancestry_one_a_day", fields=["unit", "ancestor"]),)
        indexes = (
            models.Index(fields=["ancestor", "start", "unit"], name="unit_ancestry_down"),
            models.Index(fields=["unit", "depth"], name="unit_ancestry_up"),
        )

    def __str__(self) -> str:
        return f"{self.unit_id} < {self.ancestor_id}"


class UnitEvent(models.Model):
    """Something that was decided about a unit. ``successor`` takes over from it, where it ends or is cut up."""

    class Kind(models.TextChoices):
        CREATED = "created", _("Thành lập")
        RENAMED = "renamed", _("Đổi tên")
        KIND_CHANGED = "kind_changed", _("Đổi loại chi bộ")
        MOVED = "moved", _("Chuyển về tổ chức khác")
        SPLIT = "split", _("Tách")
        MERGED = "merged", _("Sáp nhập")
        DISSOLVED = "dissolved", _("Giải thể")

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(_("việc"), max_length=16, choices=Kind.choices)
    on = models.DateField(_("ngày"))
    decision_no = models.CharField(_("số quyết định"), max_length=60)
    successor = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="takeovers",
        verbose_name=_("tổ chức kế tiếp"),
    )
    note = models.CharField(_("ghi chú"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("sự kiện của tổ chức")
        verbose_name_plural = _("sự kiện của tổ chức")
        ordering = ("-on", "-id")

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.unit}"
