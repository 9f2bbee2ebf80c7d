"""What happens in a member's life: probation, exemption, transfer, badges."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hatnhan.core.constraints import NoOverlap, ends_after_start
from hatnhan.core.dated import DatedQuerySet
from hatnhan.organization.models.member import Member
from hatnhan.organization.models.unit import Unit

if TYPE_CHECKING:
    from hatnhan.accounts.models import User


class Probation(models.Model):
    """A stretch of probation; an extension is a further row that starts where the last one was due."""

    class Outcome(models.TextChoices):
        OFFICIAL = "official", _("Công nhận chính thức")
        EXTENDED = "extended", _("Kéo dài dự bị")
        STRUCK_OFF = "struck_off", _("Xóa tên")

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="probations")
    start = models.DateField(_("từ ngày"))
    due = models.DateField(_("hết hạn dự bị"))
    outcome = models.CharField(_("kết quả"), max_length=12, choices=Outcome.choices, blank=True)
    decided_on = models.DateField(_("ngày quyết định"), null=True, blank=True)
    decision_no = models.CharField(_("số quyết định"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("thời gian dự bị")
        verbose_name_plural = _("thời gian dự bị")
        ordering = ("start",)
        constraints = (
            models.CheckConstraint(name="probation_due_after_start", condition=Q(due__gt=F("start"))),
            models.UniqueConstraint(fields=["member"], condition=Q(outcome=""), name="probation_one_open"),
        )
        indexes = (models.Index(fields=["due"], condition=Q(outcome=""), name="probation_open_due"),)

    def __str__(self) -> str:
        return f"{self.member}: {self.start:%d/%m/%Y} – {self.due:%d/%m/%Y}"


class Exemption(models.Model):
    """Excused from Party work and meetings, for age or health, from a day to a day."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="exemptions")
    start = models.DateField(_("từ ngày"))
    end = models.DateField(_("đến trước ngày"), null=True, blank=True)
    decision_no = models.CharField(_("số quyết định"), max_length=60, blank=True)

    objects: ClassVar = DatedQuerySet["Exemption"].as_manager()

    class Meta:
        verbose_name = _("miễn công tác, sinh hoạt")
        verbose_name_plural = _("miễn công tác, sinh hoạt")
        ordering = ("start",)
        constraints = (
            ends_after_start("exemption_ends_after_start"),
            NoOverlap(name="exemption_one_a_day", fields=["member"]),
        )

    def __str__(self) -> str:
        return f"{self.member}: miễn từ {self.start:%d/%m/%Y}"


class TransferQuerySet(models.QuerySet["Transfer"]):
    """Ways of asking for transfers."""

    def open(self) -> Self:
        """Keep those not yet decided."""
        return self.filter(state=Transfer.State.PROPOSED)

    def visible_to(self, user: User) -> Self:
        """Keep those of people whose file the person may read, and those that knock at a door the person keeps."""
        from hatnhan.organization.powers import powers_of  # noqa: PLC0415 - powers read these models

        powers = powers_of(user)
        return self.filter(Q(from_unit__in=powers.units_led) | Q(to_unit__in=powers.units_led))


class Transfer(models.Model):
    """A move of Party activity. Until the receiving side accepts, the member belongs where they were."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Chờ nơi nhận")
        ACCEPTED = "accepted", _("Đã nhận")
        REFUSED = "refused", _("Không nhận")
        WITHDRAWN = "withdrawn", _("Đã rút")

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="transfers")
    from_unit = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="transfers_out",
        verbose_name=_("chuyển từ"),
    )
    to_unit = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="transfers_in",
        verbose_name=_("chuyển đến"),
    )
    outside = models.CharField(_("tổ chức đảng ngoài Đảng bộ"), max_length=200, blank=True)
    state = models.CharField(_("trạng thái"), max_length=10, choices=State.choices, default=State.PROPOSED)
    proposed_on = models.DateField(_("ngày giới thiệu"))
    decided_on = models.DateField(_("ngày trả lời"), null=True, blank=True)
    effective_on = models.DateField(_("chuyển từ ngày"), null=True, blank=True)
    letter_no = models.CharField(_("số giấy giới thiệu"), max_length=60)
    reason = models.CharField(_("lý do"), max_length=200, blank=True)
    answer = models.CharField(_("trả lời"), max_length=200, blank=True)

    objects: ClassVar = TransferQuerySet.as_manager()

    class Meta:
        verbose_name = _("chuyển sinh hoạt")
        verbose_name_plural = _("chuyển sinh hoạt")
        ordering = ("-proposed_on", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=["member"], condition=Q(state="proposed"), name="transfer_one_open"
            ),
            models.CheckConstraint(
                name="transfer_has_two_ends",
                condition=(Q(from_unit__isnull=False) & (Q(to_unit__isnull=False) | ~Q(outside="")))
                | (Q(to_unit__isnull=False) & ~Q(outside="")),
            ),
        )
        indexes = (models.Index(fields=["state", "proposed_on"], name="transfer_open"),)

    def __str__(self) -> str:
        return f"{self.member}: {self.origin} → {self.destination}"

    @property
    def origin(self) -> str:
        """Where the member comes from, in words."""
        return str(self.from_unit) if self.from_unit else self.outside

    @property
    def destination(self) -> str:
        """Where the member goes, in words."""
        return str(self.to_unit) if self.to_unit else self.outside


class Badge(models.Model):
    """A badge of membership that was awarded. ``years`` is its level: 30, 40, 50 and on."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="badges")
    years = models.PositiveSmallIntegerField(_("mức tuổi Đảng"))
    awarded_on = models.DateField(_("đợt trao"))
    decision_no = models.CharField(_("số quyết định"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("Huy hiệu Đảng")
        verbose_name_plural = _("Huy hiệu Đảng")
        ordering = ("years",)
        constraints = (models.UniqueConstraint(fields=["member", "years"], name="badge_once"),)

    def __str__(self) -> str:
        return f"{self.member}: {self.years} năm"
