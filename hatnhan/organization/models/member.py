"""A Party member. Religion, family class, foreign ties and assets are not kept here: they stay in the paper file."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hatnhan.core.dated import in_force
from hatnhan.core.periods import whole_years
from hatnhan.core.vietnamese import fold, given_name, sort_key, tidy_name

if TYPE_CHECKING:
    from datetime import date

    from hatnhan.accounts.models import User


class Sex(models.TextChoices):
    """As the member's card has it."""

    MALE = "M", _("Nam")
    FEMALE = "F", _("Nữ")


class Schooling(models.TextChoices):
    """General schooling completed."""

    PRIMARY = "primary", _("Tiểu học")
    LOWER_SECONDARY = "lower_secondary", _("Trung học cơ sở")
    UPPER_SECONDARY = "upper_secondary", _("Trung học phổ thông")


class Degree(models.TextChoices):
    """Highest professional qualification."""

    ELEMENTARY = "elementary", _("Sơ cấp")
    INTERMEDIATE = "intermediate", _("Trung cấp")
    COLLEGE = "college", _("Cao đẳng")
    BACHELOR = "bachelor", _("Đại học")
    MASTER = "master", _("Thạc sĩ")
    DOCTOR = "doctor", _("Tiến sĩ")


class Theory(models.TextChoices):
    """Level of political theory."""

    ELEMENTARY = "elementary", _("Sơ cấp")
    INTERMEDIATE = "intermediate", _("Trung cấp")
    ADVANCED = "advanced", _("Cao cấp")
    BACHELOR = "bachelor", _("Cử nhân")


def name_keys(full_name: str) -> tuple[str, str, str]:
    """Return the keys of a tidy name: for sorting, the folded given name, the whole name folded."""
    return sort_key(full_name), fold(given_name(full_name)), fold(full_name)


class MemberQuerySet(models.QuerySet["Member"]):
    """Ways of asking for members."""

    def of(self, unit_id: int, on: date) -> Self:
        """Keep those with an official membership on a day in the unit or in what stood below it that day."""
        inside = Q(in_force(on, "memberships__"), memberships__kind="official")
        below = Q(
            in_force(on, "memberships__unit__ancestries__"),
            memberships__unit__ancestries__ancestor_id=unit_id,
        )
        return self.filter(inside & below)

    def visible_to(self, user: User) -> Self:
        """Keep those whose whole file the person may read today."""
        from hatnhan.organization.powers import powers_of  # noqa: PLC0415 - powers read these models

        return self.filter(powers_of(user).files_condition()).distinct()


class Member(models.Model):
    """One person, with what the roster keeps of them. The name is one field; its parts are derived."""

    card_number = models.CharField(_("số thẻ đảng viên"), max_length=20, unique=True, null=True, blank=True)
    full_name = models.CharField(_("họ và tên"), max_length=80)
    sort_key = models.CharField(max_length=200, editable=False, db_index=True)
    given_key = models.CharField(max_length=40, editable=False, db_index=True)
    search_key = models.CharField(max_length=100, editable=False)
    born_year = models.PositiveSmallIntegerField(_("năm sinh"))
    born_on = models.DateField(_("ngày sinh"), null=True, blank=True)
    sex = models.CharField(_("giới tính"), max_length=1, choices=Sex.choices)
    ethnicity = models.CharField(_("dân tộc"), max_length=40, blank=True)
    hamlet = models.CharField(_("nơi ở"), max_length=80, blank=True)
    occupation = models.CharField(_("nghề nghiệp"), max_length=80, blank=True)
    schooling = models.CharField(_("học vấn"), max_length=16, choices=Schooling.choices, blank=True)
    degree = models.CharField(_("trình độ chuyên môn"), max_length=12, choices=Degree.choices, blank=True)
    theory = models.CharField(_("lý luận chính trị"), max_length=12, choices=Theory.choices, blank=True)
    phone = models.CharField(_("điện thoại"), max_length=20, blank=True)
    email = models.EmailField(_("thư điện tử"), blank=True)
    admitted_on = models.DateField(_("ngày vào Đảng"), db_index=True)
    official_on = models.DateField(_("ngày chính thức"), null=True, blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="member"
    )

    objects: ClassVar = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("đảng viên")
        verbose_name_plural = _("đảng viên")
        ordering = ("sort_key", "id")
        constraints = (
            models.CheckConstraint(
                name="member_official_not_before_admission",
                condition=Q(official_on__isnull=True) | Q(official_on__gte=models.F("admitted_on")),
            ),
            models.CheckConstraint(
                name="member_birth_day_in_birth_year",
                condition=Q(born_on__isnull=True) | Q(born_on__year=models.F("born_year")),
            ),
        )
        indexes = (models.Index(fields=["born_year", "given_key"], name="member_birth_name"),)

    def __str__(self) -> str:
        return self.full_name

    def derive_keys(self) -> None:
        """Set the name in one form and the keys for sorting and searching; call before saving a changed name."""
        self.full_name = tidy_name(self.full_name)
        self.sort_key, self.given_key, self.search_key = name_keys(self.full_name)

    def years_in_party(self, on: date) -> int:
        """Return the completed years of membership on a day, counted from admission (Charter, article 5.4)."""
        return whole_years(self.admitted_on, on)

    def is_official(self, on: date) -> bool:
        """Tell whether the member was an official one on a day."""
        return self.official_on is not None and self.official_on <= on
