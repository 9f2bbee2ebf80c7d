"""A discipline case: acts, review of self, hearing, two secret votes, decision. The database refuses what skips one."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hatnhan.ballots.models import Ballot
from hatnhan.organization.models import Body, Member, Unit
from hatnhan.oversight.models.check import Check
from hatnhan.oversight.models.dossier import Dossier


class CaseQuerySet(models.QuerySet["Case"]):
    """Ways of asking for discipline cases."""

    def running(self) -> Self:
        """Keep those neither decided nor closed without discipline."""
        return self.exclude(state__in=(Case.State.DECIDED, Case.State.DROPPED))


class Case(models.Model):
    """One matter before a deciding body. Begun by the body that leads the subject; a proposal moves it up."""

    class State(models.TextChoices):
        OPENED = "opened", _("Chờ tự kiểm điểm")
        REVIEWED = "reviewed", _("Chờ nghe trình bày")
        HEARD = "heard", _("Chờ bỏ phiếu có kỷ luật hay không")
        AGREED = "agreed", _("Chờ bỏ phiếu chọn hình thức")
        FORMED = "formed", _("Chờ ra quyết định")
        DECIDED = "decided", _("Đã quyết định kỷ luật")
        DROPPED = "dropped", _("Không kỷ luật")

    class Standing(models.TextChoices):
        OFFICIAL = "official", _("Đảng viên chính thức")
        PROBATIONARY = "probationary", _("Đảng viên dự bị")
        ORGANISATION = "organisation", _("Tổ chức đảng")

    #: Where it was begun, and which body decides now; they differ once it was proposed upward.
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="cases")
    deciding_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="cases_decided")
    deciding_body = models.CharField(_("cấp quyết định"), max_length=12, choices=Body.choices)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, blank=True, related_name="cases")
    organisation = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="cases_against"
    )
    standing = models.CharField(_("đối tượng"), max_length=12, choices=Standing.choices)
    of_check = models.ForeignKey(Check, on_delete=models.PROTECT, null=True, blank=True, related_name="cases")
    matter = models.CharField(_("vụ việc"), max_length=300)
    #: The key of the head of violations, where the rulebook names some that never lapse; "" for all others.
    head = models.CharField(_("nhóm vi phạm"), max_length=20, blank=True)
    state = models.CharField(_("trạng thái"), max_length=8, choices=State.choices, default=State.OPENED)
    opened_on = models.DateField(_("ngày mở"))
    dossier = models.OneToOneField(Dossier, on_delete=models.PROTECT, related_name="case")
    #: Not considered for a time: the key of the reason (rulebook), and until when, if that is known.
    postponed_since = models.DateField(_("chưa xem xét từ ngày"), null=True, blank=True)
    postponed_until = models.DateField(_("đến ngày"), null=True, blank=True)
    postponed_because = models.CharField(_("chưa xem xét vì"), max_length=20, blank=True)
    self_review = models.TextField(_("bản tự kiểm điểm"), blank=True)
    self_proposed = models.CharField(_("tự nhận hình thức"), max_length=20, blank=True)
    self_reviewed_on = models.DateField(_("tự kiểm điểm ngày"), null=True, blank=True)
    self_review_typed_by = models.CharField(_("người ghi hộ"), max_length=120, blank=True)
    self_review_refused = models.CharField(_("không tự kiểm điểm vì"), max_length=300, blank=True)
    #: The form that the second vote found, with the votes that carried it and those it needed.
    form = models.CharField(_("hình thức"), max_length=20, blank=True)
    votes_for = models.PositiveIntegerField(_("số phiếu"), default=0)
    votes_needed = models.PositiveIntegerField(_("số phiếu cần"), default=0)
    rule_version = models.CharField(max_length=80)
    limitation_version = models.CharField(max_length=80)
    dropped_because = models.CharField(_("không kỷ luật vì"), max_length=300, blank=True)
    closed_on = models.DateField(_("ngày kết thúc"), null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    objects: ClassVar = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("vụ việc kỷ luật")
        verbose_name_plural = _("các vụ việc kỷ luật")
        ordering = ("-opened_on", "-pk")
        constraints = (
            models.CheckConstraint(
                name="case_against_one",
                condition=Q(member__isnull=False, organisation=None) & ~Q(standing="organisation")
                | Q(member=None, organisation__isnull=False, standing="organisation"),
            ),
            models.CheckConstraint(
                name="case_reviewed_before_heard",
                condition=Q(state__in=("opened", "dropped"))
                | Q(self_reviewed_on__isnull=False)
                | ~Q(self_review_refused=""),
            ),
            models.CheckConstraint(
                name="case_decided_by_majority",
                condition=~Q(state__in=("formed", "decided"))
                | ~Q(form="") & Q(votes_needed__gt=0, votes_for__gte=F("votes_needed")),
            ),
            models.CheckConstraint(
                name="case_closed_has_a_day",
                condition=Q(state__in=("decided", "dropped"), closed_on__isnull=False)
                | ~Q(state__in=("decided", "dropped")) & Q(closed_on=None),
            ),
            models.CheckConstraint(
                name="case_dropped_says_why", condition=~Q(state="dropped") | ~Q(dropped_because="")
            ),
            models.CheckConstraint(
                name="case_postponed_says_why",
                condition=Q(postponed_since=None, postponed_until=None)
                | Q(postponed_since__isnull=False)
                & ~Q(postponed_because="")
                & (Q(postponed_until=None) | Q(postponed_until__gte=F("postponed_since"))),
            ),
        )
        indexes = (
            models.Index(fields=["unit", "state"], name="case_of_unit"),
            models.Index(fields=["deciding_unit", "state"], name="case_decided_by"),
        )

    def __str__(self) -> str:
        return self.matter


class CaseHandler(models.Model):
    """A member of the inspection committee (or of the cell's committee) who has the case in hand."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="handlers")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("người thụ lý")
        verbose_name_plural = _("người thụ lý")
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["case", "member"], name="case_handler_once"),)

    def __str__(self) -> str:
        return str(self.member)


class Act(models.Model):
    """One act that the case is about. The clock of limitation runs from the last day of it."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="acts")
    text = models.TextField(_("hành vi"))
    #: The day of the act; of one that went on, its last day.
    done_on = models.DateField(_("ngày xảy ra, chấm dứt"))

    class Meta:
        verbose_name = _("hành vi vi phạm")
        verbose_name_plural = _("hành vi vi phạm")
        ordering = ("done_on", "pk")

    def __str__(self) -> str:
        return self.text[:120]


class Hearing(models.Model):
    """That a representative of a deciding body heard the subject, or why not. One a deciding body."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="hearings")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    body = models.CharField(_("thay mặt"), max_length=12, choices=Body.choices)
    on = models.DateField(_("ngày"))
    heard_by = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    said = models.TextField(_("đồng chí ấy trình bày"), blank=True)
    #: Refusal or detention does not stop the process; the reason is kept.
    absent_because = models.CharField(_("không đến vì"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("buổi nghe trình bày")
        verbose_name_plural = _("các buổi nghe trình bày")
        ordering = ("on", "pk")
        constraints = (
            models.UniqueConstraint(fields=["case", "unit", "body"], name="hearing_once_a_body"),
            models.CheckConstraint(
                name="hearing_held_or_not",
                condition=~Q(said="") & Q(absent_because="") | Q(said="") & ~Q(absent_because=""),
            ),
        )

    def __str__(self) -> str:
        return f"{self.case_id}, {self.on:%d/%m/%Y}"


class CaseBallot(models.Model):
    """One of the two secret votes of a deciding body: whether to discipline, and by which form."""

    class Round(models.IntegerChoices):
        WHETHER = 1, _("Có kỷ luật hay không")
        FORM = 2, _("Hình thức kỷ luật")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="ballots")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    body = models.CharField(max_length=12, choices=Body.choices)
    round = models.PositiveSmallIntegerField(_("vòng"), choices=Round.choices)
    ballot = models.OneToOneField(Ballot, on_delete=models.PROTECT, related_name="discipline_round")
    #: The form each option of the second vote stands for, by the option's place ("1": "none", "2": "reprimand" …).
    forms = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("vòng bỏ phiếu")
        verbose_name_plural = _("các vòng bỏ phiếu")
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.case_id}, {self.round}"


class Decision(models.Model):
    """A decision to discipline. It states how to complain and by when; it ends, is changed, or is annulled."""

    class State(models.TextChoices):
        IN_FORCE = "in_force", _("Đang có hiệu lực")
        ENDED = "ended", _("Đã hết hiệu lực")
        CHANGED = "changed", _("Đã thay đổi hình thức")
        ANNULLED = "annulled", _("Đã xóa bỏ")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="decisions")
    form = models.CharField(_("hình thức"), max_length=20)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    body = models.CharField(_("cấp quyết định"), max_length=12, choices=Body.choices)
    number = models.CharField(_("số quyết định"), max_length=60)
    signed_on = models.DateField(_("ngày ký"))
    signed_by = models.CharField(_("người ký"), max_length=120)
    reason = models.TextField(_("vì sao, căn cứ"))
    #: The day the vote was announced (a cell's reprimand or warning holds from it), and the first day in force.
    announced_on = models.DateField(_("công bố ngày"), null=True, blank=True)
    effective_on = models.DateField(_("có hiệu lực từ ngày"))
    handed_on = models.DateField(_("trao quyết định ngày"), null=True, blank=True)
    handed_note = models.CharField(_("trao cho ai, thế nào"), max_length=200, blank=True)
    #: The last day to complain, inclusive; known once it was handed over.
    complain_by = models.DateField(_("khiếu nại trước hết ngày"), null=True, blank=True)
    #: The first day it no longer has effect, unless a new violation comes.
    ends_on = models.DateField(_("hết hiệu lực từ ngày"), null=True, blank=True)
    state = models.CharField(_("trạng thái"), max_length=8, choices=State.choices, default=State.IN_FORCE)
    state_since = models.DateField(_("từ ngày"), null=True, blank=True)
    instead_of = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="changed_into"
    )
    rule_version = models.CharField(max_length=80)
    complaint_version = models.CharField(max_length=80, blank=True)

    class Meta:
        verbose_name = _("quyết định kỷ luật")
        verbose_name_plural = _("quyết định kỷ luật")
        ordering = ("signed_on", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["case"], name="decision_one_stands", condition=Q(state__in=("in_force", "ended"))
            ),
            models.CheckConstraint(
                name="decision_handed_tells_by_when",
                condition=Q(handed_on=None, complain_by=None)
                # A comparison with nothing is neither true nor false, and the database lets it pass.
                | Q(handed_on__isnull=False, complain_by__isnull=False)
                & Q(handed_on__gte=F("signed_on"), complain_by__gte=F("handed_on"))
                & ~Q(complaint_version=""),
            ),
            models.CheckConstraint(
                name="decision_gone_has_a_day", condition=Q(state="in_force") | Q(state_since__isnull=False)
            ),
        )
        indexes = (models.Index(fields=["state", "ends_on"], name="decision_ends"),)

    def __str__(self) -> str:
        return self.number
