"""The yearly programme: what is planned, and every amendment with its day and reason."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hatnhan.organization.models import Body, Member, Unit


class Programme(models.Model):
    """What one body of a unit will check and follow in a year. One a body and year."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Đang soạn")
        APPROVED = "approved", _("Đã ban hành")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="programmes")
    #: The committee, its inspection committee, or all members of a cell.
    body = models.CharField(_("của"), max_length=12, choices=Body.choices)
    year = models.PositiveSmallIntegerField(_("năm"))
    aim = models.TextField(_("mục đích, yêu cầu"), blank=True)
    state = models.CharField(_("trạng thái"), max_length=8, choices=State.choices, default=State.DRAFT)
    drafted_at = models.DateTimeField(_("soạn lúc"))
    decision_no = models.CharField(_("số chương trình"), max_length=60, blank=True)
    approved_on = models.DateField(_("ngày ban hành"), null=True, blank=True)
    approved_by = models.CharField(_("người ban hành"), max_length=120, blank=True)
    #: Grows with every change of a draft, so that nobody writes over another's text unseen.
    version = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("chương trình kiểm tra, giám sát")
        verbose_name_plural = _("chương trình kiểm tra, giám sát")
        ordering = ("-year", "pk")
        constraints = (
            models.UniqueConstraint(fields=["unit", "body", "year"], name="programme_once_a_year"),
            models.CheckConstraint(
                name="programme_approved_has_a_day",
                condition=Q(state="draft", approved_on=None) | Q(state="approved", approved_on__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.year}"


class Kind(models.TextChoices):
    """What can be planned, and what is opened when it is needed (`AD_HOC`)."""

    COMPLIANCE = "compliance", _("Kiểm tra việc chấp hành")
    REGULAR = "regular", _("Giám sát thường xuyên")
    THEMATIC = "thematic", _("Giám sát chuyên đề")
    SIGNS = "signs", _("Kiểm tra khi có dấu hiệu vi phạm")
    DENUNCIATION = "denunciation", _("Giải quyết tố cáo")


PLANNED = (Kind.COMPLIANCE, Kind.REGULAR, Kind.THEMATIC)
AD_HOC = (Kind.SIGNS, Kind.DENUNCIATION)


class Amendment(models.Model):
    """One dated change of an approved programme, with its reason. It is never itself changed."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="amendments")
    number = models.PositiveSmallIntegerField(_("lần"))
    decided_on = models.DateField(_("ngày"))
    decision_no = models.CharField(_("số văn bản"), max_length=60)
    reason = models.CharField(_("lý do"), max_length=500)
    by_name = models.CharField(_("người ghi"), max_length=120)

    class Meta:
        verbose_name = _("lần điều chỉnh chương trình")
        verbose_name_plural = _("các lần điều chỉnh chương trình")
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=["programme", "number"], name="amendment_number_once"),
            models.CheckConstraint(name="amendment_has_a_reason", condition=~Q(reason="")),
        )

    def __str__(self) -> str:
        return f"{self.number}"


class ItemQuerySet(models.QuerySet["ProgrammeItem"]):
    """Ways of asking for what is planned."""

    def standing(self) -> Self:
        """Keep what the programme holds as amended."""
        return self.filter(removed_by=None)


class ProgrammeItem(models.Model):
    """One planned work. What an amendment takes out stays, with the amendment beside it.

    A changed item is the old one taken out and a new one put in by the same amendment (``instead_of``).
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="items")
    kind = models.CharField(_("loại"), max_length=12, choices=[(one.value, one.label) for one in PLANNED])
    place = models.PositiveSmallIntegerField(_("thứ tự"))
    #: A key of the rulebook's topics of oversight.
    topic = models.CharField(_("lĩnh vực"), max_length=20)
    content = models.TextField(_("nội dung"))
    #: The days looked at: first, and first no longer looked at.
    examined_from = models.DateField(_("mốc kiểm tra từ ngày"))
    examined_to = models.DateField(_("đến trước ngày"))
    #: The days of work: first, and last (inclusive).
    starts_on = models.DateField(_("bắt đầu"))
    ends_on = models.DateField(_("kết luận trước hết ngày"))
    team_note = models.CharField(_("lực lượng"), max_length=300, blank=True)
    #: Where it came from when the programme was drafted.
    came_from = models.CharField(_("vì sao có"), max_length=300, blank=True)
    added_by = models.ForeignKey(
        Amendment, on_delete=models.PROTECT, null=True, blank=True, related_name="added"
    )
    removed_by = models.ForeignKey(
        Amendment, on_delete=models.PROTECT, null=True, blank=True, related_name="removed"
    )
    instead_of = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="changed_into"
    )
    #: Grows with every change of the work in a draft, its people included, so that nobody writes over another unseen.
    version = models.PositiveIntegerField(default=0)

    objects: ClassVar = ItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("cuộc trong chương trình")
        verbose_name_plural = _("các cuộc trong chương trình")
        ordering = ("place", "pk")
        constraints = (
            models.CheckConstraint(
                name="item_examined_in_order", condition=Q(examined_to__gt=F("examined_from"))
            ),
            models.CheckConstraint(name="item_works_in_order", condition=Q(ends_on__gte=F("starts_on"))),
        )
        indexes = (models.Index(fields=["programme", "kind"], name="item_of_programme"),)

    def __str__(self) -> str:
        return self.content[:120]


class ItemSubject(models.Model):
    """Whom a planned work looks at: a unit or a member."""

    item = models.ForeignKey(ProgrammeItem, on_delete=models.CASCADE, related_name="subjects")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("đối tượng trong chương trình")
        verbose_name_plural = _("đối tượng trong chương trình")
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                name="item_subject_is_one",
                condition=Q(unit__isnull=False, member=None) | Q(unit=None, member__isnull=False),
            ),
            models.UniqueConstraint(fields=["item", "unit"], name="item_unit_once"),
            models.UniqueConstraint(fields=["item", "member"], name="item_member_once"),
        )

    def __str__(self) -> str:
        return str(self.unit or self.member)


class ItemTeamMember(models.Model):
    """Who is planned to do it; the head has ``is_head``. For regular supervision: who follows."""

    item = models.ForeignKey(ProgrammeItem, on_delete=models.CASCADE, related_name="team")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    is_head = models.BooleanField(_("trưởng đoàn"), default=False)

    class Meta:
        verbose_name = _("người dự kiến")
        verbose_name_plural = _("người dự kiến")
        ordering = ("-is_head", "pk")
        constraints = (models.UniqueConstraint(fields=["item", "member"], name="item_team_once"),)

    def __str__(self) -> str:
        return str(self.member)


class AskedTopic(models.Model):
    """A matter that the superior asks to be looked at in a year: a programme without it shows a gap."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="asked_topics")
    year = models.PositiveSmallIntegerField(_("năm"))
    topic = models.CharField(_("lĩnh vực"), max_length=20)
    words = models.CharField(_("cấp trên yêu cầu"), max_length=300)
    source = models.CharField(_("văn bản"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("yêu cầu của cấp trên")
        verbose_name_plural = _("yêu cầu của cấp trên")
        ordering = ("year", "pk")
        indexes = (models.Index(fields=["unit", "year"], name="asked_of_unit"),)

    def __str__(self) -> str:
        return self.words
