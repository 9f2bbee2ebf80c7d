"""The year under the Directive on learning from Hồ Chí Minh: themes, registrations, and what served it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from hatnhan.organization.models import Member, Membership, Unit

if TYPE_CHECKING:
    from hatnhan.accounts.models import User


class YearTheme(models.Model):
    """What a committee learns in a year, within the theme of the whole term."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="year_themes")
    year = models.PositiveSmallIntegerField(_("năm"))
    theme = models.CharField(_("chuyên đề năm"), max_length=500)
    term_theme = models.CharField(_("chuyên đề toàn khóa"), max_length=500)
    decision_no = models.CharField(_("số văn bản"), max_length=60)

    class Meta:
        verbose_name = _("chuyên đề năm")
        verbose_name_plural = _("chuyên đề năm")
        ordering = ("-year", "pk")
        constraints = (models.UniqueConstraint(fields=["unit", "year"], name="theme_once_a_year"),)

    def __str__(self) -> str:
        return f"{self.year}: {self.theme}"


class RegistrationQuerySet(models.QuerySet["Registration"]):
    """Ways of asking for registrations."""

    def visible_to(self, user: User) -> Self:
        """Keep the person's own; others' once registered: of members of units led, of units in the line and the tree.

        A registration follows the member: the head of the cell left reads it no more. One who belongs nowhere today is
        read by those who keep the unit it was written in. A unit's draft is read by those who lead the unit.
        """
        from hatnhan.organization.powers import powers_of  # noqa: PLC0415 - powers read these models

        powers = powers_of(user)
        if powers.member_id is None:
            return self.none()
        led, kept = powers.cells_led | powers.units_kept, powers.units_kept
        now = Membership.objects.on(powers.on).filter(member_id=OuterRef("member_id"), kind="official")
        theirs = Q(Exists(now.filter(unit_id__in=led))) | (~Q(Exists(now)) & Q(unit__in=kept))
        members = Q(member__isnull=False) & theirs & ~Q(state=Registration.State.DRAFT)
        units = Q(member=None) & (Q(unit__in=led) | (Q(unit__in=powers.units_seen) & ~Q(state="draft")))
        return self.filter(Q(member_id=powers.member_id) | members | units)


class Registration(models.Model):
    """What a member (or, ``member`` null, a cell or committee) sets out to learn and do in a year, in own words.

    Read by the member, the head of the member's cell and the committee above (design, §5): a text, not a mark.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Đang viết")
        REGISTERED = "registered", _("Đã đăng ký")
        ASSESSED = "assessed", _("Đã tự đánh giá")

    year = models.PositiveSmallIntegerField(_("năm"))
    #: The member's cell when it was registered, or the unit that registers for itself.
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="registrations")
    member = models.ForeignKey(
        Member, on_delete=models.PROTECT, null=True, blank=True, related_name="registrations"
    )
    state = models.CharField(_("trạng thái"), max_length=10, choices=State.choices, default=State.DRAFT)
    registered_at = models.DateTimeField(_("đăng ký lúc"), null=True, blank=True)
    comment = models.TextField(_("nhận xét của chi bộ"), blank=True)
    comment_by = models.CharField(_("người ghi nhận xét"), max_length=120, blank=True)
    commented_at = models.DateTimeField(_("nhận xét lúc"), null=True, blank=True)
    progress = models.TextField(_("kết quả giữa năm"), blank=True)
    progress_at = models.DateTimeField(_("ghi giữa năm lúc"), null=True, blank=True)
    #: Who typed it in from paper; "" when the member wrote it here.
    progress_by = models.CharField(_("người ghi hộ kết quả giữa năm"), max_length=120, blank=True)
    assessment = models.TextField(_("tự đánh giá cuối năm"), blank=True)
    assessed_at = models.DateTimeField(_("tự đánh giá lúc"), null=True, blank=True)
    assessed_by = models.CharField(_("người ghi hộ tự đánh giá"), max_length=120, blank=True)
    #: The same for the registration itself.
    typed_by = models.CharField(_("người ghi hộ"), max_length=120, blank=True)
    #: The version of the rule whose form it was written on.
    rule = models.CharField(max_length=120, blank=True)
    version = models.PositiveIntegerField(default=0)

    objects: ClassVar = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("bản đăng ký")
        verbose_name_plural = _("bản đăng ký")
        ordering = ("-year", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["year", "member"], name="registration_once_a_year", condition=Q(member__isnull=False)
            ),
            models.UniqueConstraint(
                fields=["year", "unit"], name="registration_of_unit_once", condition=Q(member=None)
            ),
            models.CheckConstraint(
                name="registration_registered_has_a_moment",
                condition=Q(state="draft") | Q(registered_at__isnull=False),
            ),
            models.CheckConstraint(
                name="registration_assessed_has_words",
                condition=~Q(state="assessed") | (~Q(assessment="") & Q(assessed_at__isnull=False)),
            ),
            *(
                models.CheckConstraint(
                    name=f"registration_{text}_has_a_moment",
                    condition=Q(**{text: "", moment: None})
                    | ~Q(**{text: ""}) & Q(**{f"{moment}__isnull": False}),
                )
                for text, moment in (("comment", "commented_at"), ("progress", "progress_at"))
            ),
        )
        indexes = (models.Index(fields=["unit", "year", "state"], name="registration_of_unit"),)

    def __str__(self) -> str:
        return f"{self.year}: {self.member_id or self.unit_id}"


class RegistrationAnswer(models.Model):
    """What stands in one field of the form; which fields there are, the rulebook says (``field`` is a key of it)."""

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="answers")
    field = models.CharField(max_length=40)
    text = models.TextField(_("nội dung"), blank=True)

    class Meta:
        verbose_name = _("nội dung đăng ký")
        verbose_name_plural = _("nội dung đăng ký")
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=["registration", "field"], name="registration_answer_once"),
        )

    def __str__(self) -> str:
        return self.field


class RegistrationDeed(models.Model):
    """One concrete thing that was registered: what, by when, and what came of it."""

    class Outcome(models.TextChoices):
        OPEN = "open", _("Đang làm")
        DONE = "done", _("Đã làm")
        PARTLY = "partly", _("Làm một phần")
        NOT_DONE = "not_done", _("Chưa làm")

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="deeds")
    place = models.PositiveSmallIntegerField(_("thứ tự"), default=0)
    text = models.CharField(_("việc làm theo"), max_length=300)
    due = models.DateField(_("xong trước hết ngày"))
    outcome = models.CharField(_("kết quả"), max_length=8, choices=Outcome.choices, default=Outcome.OPEN)

    class Meta:
        verbose_name = _("việc đăng ký")
        verbose_name_plural = _("việc đăng ký")
        ordering = ("place", "pk")

    def __str__(self) -> str:
        return self.text


class ServiceQuerySet(models.QuerySet["Service"]):
    """Ways of asking for what served the Directive."""

    def visible_to(self, user: User) -> Self:
        """Keep those of units led and of the own cells: a title says what was talked about there."""
        from hatnhan.organization.powers import powers_of  # noqa: PLC0415 - powers read these models

        powers = powers_of(user)
        return self.filter(unit__in=powers.units_led | powers.own_cells)


class Service(models.Model):
    """That a meeting, an item of it, a task or an article served the Directive. The year's list is drawn from these.

    ``kind`` and ``object_id`` name the thing as the page of its own room does (`core.beside`); words and address are
    kept, so that the list stands when the room that held it is asked no more.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="services")
    kind = models.CharField(_("loại"), max_length=20)
    object_id = models.PositiveBigIntegerField()
    title = models.CharField(_("việc"), max_length=300)
    url = models.CharField(max_length=300)
    on = models.DateField(_("ngày"))
    note = models.CharField(_("phục vụ nội dung gì"), max_length=300, blank=True)
    by_name = models.CharField(_("người đánh dấu"), max_length=120)

    objects: ClassVar = ServiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("việc phục vụ chỉ thị")
        verbose_name_plural = _("việc phục vụ chỉ thị")
        ordering = ("-on", "-pk")
        constraints = (models.UniqueConstraint(fields=["kind", "object_id"], name="served_once"),)
        indexes = (models.Index(fields=["unit", "-on"], name="service_of_unit"),)

    def __str__(self) -> str:
        return self.title
