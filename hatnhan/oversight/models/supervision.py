"""Regular supervision: who follows whom on what, and notes on work and duties which the observed person can answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hatnhan.core import clock
from hatnhan.organization.models import Body, Member, Unit
from hatnhan.oversight.models.programme import ProgrammeItem

if TYPE_CHECKING:
    from datetime import date


class Watch(models.Model):
    """That one member follows the work of a unit or of a member, on named topics, from a day to a day."""

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="watches", verbose_name=_("nơi giao")
    )
    body = models.CharField(_("của"), max_length=12, choices=Body.choices)
    item = models.ForeignKey(
        ProgrammeItem, on_delete=models.PROTECT, null=True, blank=True, related_name="watches"
    )
    observer = models.ForeignKey(
        Member, on_delete=models.PROTECT, related_name="+", verbose_name=_("người giám sát")
    )
    of_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="watched")
    of_member = models.ForeignKey(
        Member, on_delete=models.PROTECT, null=True, blank=True, related_name="watched"
    )
    topics = models.JSONField(_("về việc"), default=list)
    #: First day, and first day no longer.
    start = models.DateField(_("từ ngày"))
    end = models.DateField(_("đến trước ngày"))
    concluded_on = models.DateField(_("ngày kết thúc"), null=True, blank=True)
    conclusion = models.TextField(_("nhận xét chung"), blank=True)

    class Meta:
        verbose_name = _("phân công giám sát")
        verbose_name_plural = _("phân công giám sát")
        ordering = ("-start", "pk")
        constraints = (
            models.CheckConstraint(
                name="watch_of_one",
                condition=Q(of_unit__isnull=False, of_member=None) | Q(of_unit=None, of_member__isnull=False),
            ),
            models.CheckConstraint(name="watch_days_in_order", condition=Q(end__gt=F("start"))),
            models.CheckConstraint(
                name="watch_concluded_in_words",
                condition=Q(concluded_on=None) | ~Q(conclusion="") & Q(concluded_on__gte=F("start")),
            ),
            models.CheckConstraint(
                name="watch_not_of_oneself", condition=Q(of_member=None) | ~Q(of_member=F("observer"))
            ),
        )
        indexes = (models.Index(fields=["unit", "start"], name="watch_of_unit"),)

    def __str__(self) -> str:
        return f"{self.observer} – {self.of_unit or self.of_member}"


class NoteQuerySet(models.QuerySet["Note"]):
    """Ways of asking for notes."""

    def standing(self, on: date) -> Self:
        """Keep those that hold on a day: answered, confirmed, or not yet expired.

        One that has expired by now is told of no past day either: it is counted nowhere any more.
        """
        then = Q(answered_on__lte=on) | Q(confirmed_on__lte=on) | Q(expires_on__gt=on)
        taken_up = Q(answered_on__isnull=False) | Q(confirmed_on__isnull=False)
        return self.filter(then, taken_up | Q(expires_on__gt=clock.today()))


class Note(models.Model):
    """One note on work or duties, from the rulebook's list of topics. Seen by the observed person from the first day.

    A note that is neither answered nor confirmed by the day ``expires_on`` (first day it no longer holds) has expired:
    it is counted nowhere and shown to nobody but the observed person.
    """

    class Kind(models.TextChoices):
        GOOD = "good", _("Làm tốt")
        REMIND = "remind", _("Nhắc nhở")

    watch = models.ForeignKey(Watch, on_delete=models.CASCADE, related_name="notes")
    topic = models.CharField(_("về việc"), max_length=20)
    kind = models.CharField(_("loại"), max_length=6, choices=Kind.choices)
    on = models.DateField(_("ngày"))
    text = models.CharField(_("việc gì, kết quả ra sao"), max_length=600)
    written_at = models.DateTimeField(_("ghi lúc"))
    expires_on = models.DateField(_("hết hiệu lực từ ngày"))
    answer = models.CharField(_("trả lời"), max_length=600, blank=True)
    answered_on = models.DateField(_("trả lời ngày"), null=True, blank=True)
    answered_by = models.CharField(_("người trả lời"), max_length=120, blank=True)
    #: Who typed the answer from paper; "" where the observed, or their head, did so themselves.
    typed_by = models.CharField(_("người ghi hộ"), max_length=120, blank=True)
    #: Who gave out the supervision has looked at it and holds it to be right.
    confirmed_on = models.DateField(_("xác nhận ngày"), null=True, blank=True)
    confirmed_by = models.CharField(_("người xác nhận"), max_length=120, blank=True)

    objects: ClassVar = NoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("ghi nhận giám sát")
        verbose_name_plural = _("ghi nhận giám sát")
        ordering = ("-on", "-pk")
        constraints = (
            models.CheckConstraint(name="note_expires_later", condition=Q(expires_on__gt=F("on"))),
            models.CheckConstraint(
                name="note_answered_has_a_day", condition=Q(answered_on=None) | ~Q(answer="")
            ),
        )
        indexes = (models.Index(fields=["watch", "on"], name="note_of_watch"),)

    def __str__(self) -> str:
        return self.text[:60]
