"""Nouns of the room: a ballot, its options, its roll, its urn, its result. Nothing ties a voter to a vote.

Sealed votes lie in one row an urn, each as long as the other, sorted as bytes and written anew with every vote: no
row, number, time or order stands for one vote. The database keeps `length = votes x size` and `votes = turnout`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hatnhan.organization.models import Body, Member, Unit

if TYPE_CHECKING:
    from hatnhan.accounts.models import User


class Purpose(models.TextChoices):
    """What is decided; each has its majority in the rulebook (`topics.Majority…`)."""

    RESOLUTION = "resolution", _("Thông qua nghị quyết, việc chung")
    ADMISSION = "admission", _("Kết nạp, công nhận chính thức")
    GRADING = "grading", _("Đánh giá, xếp loại")
    DISCIPLINE = "discipline", _("Khiển trách, cảnh cáo")
    EXPULSION = "expulsion", _("Khai trừ, xóa tên")
    ELECTION = "election", _("Bầu cấp ủy, chức danh")


#: What names a member for discipline.
DISCIPLINARY = (Purpose.DISCIPLINE, Purpose.EXPULSION)


class BallotQuerySet(models.QuerySet["Ballot"]):
    """Ways of asking for ballots."""

    def visible_to(self, user: User) -> Self:
        """Keep those of units the person leads, those whose roll names the person, and those the person counts.

        One on discipline is not for all who lead from above: whoever heads the unit itself holds it (who keeps it from
        above, where no head has an account); those who chair the inspection over it know of it.
        """
        from hatnhan.organization.powers import powers_of  # noqa: PLC0415 - powers read these models

        powers = powers_of(user)
        if powers.member_id is None:
            return self.none()
        named = RollEntry.objects.filter(member_id=powers.member_id).values("ballot")
        return self.filter(
            Q(unit__in=powers.units_led) & ~Q(purpose__in=DISCIPLINARY)
            | Q(unit__in=powers.cells_led | powers.keeps | powers.units_inspected | powers.units_stood_in_for)
            | Q(pk__in=named)
            | Q(pk__in=Teller.objects.filter(member_id=powers.member_id).values("ballot"))
        )


class Ballot(models.Model):
    """One question put to a body by secret vote."""

    class Kind(models.TextChoices):
        YES_NO = "yes_no", _("Đồng ý, không đồng ý")
        ONE = "one", _("Chọn một trong các phương án")
        UP_TO = "up_to", _("Chọn không quá số người, số phương án")
        GRADE = "grade", _("Xếp mức cho từng người")

    class State(models.TextChoices):
        DRAFT = "draft", _("Đang soạn")
        OPEN = "open", _("Đang bỏ phiếu")
        CLOSED = "closed", _("Đã kiểm phiếu")
        CANCELLED = "cancelled", _("Đã hủy")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="ballots")
    body = models.CharField(_("tập thể bỏ phiếu"), max_length=12, choices=Body.choices, default=Body.MEMBERS)
    title = models.CharField(_("nội dung bỏ phiếu"), max_length=300)
    purpose = models.CharField(_("để quyết định"), max_length=12, choices=Purpose.choices)
    kind = models.CharField(_("cách hỏi"), max_length=8, choices=Kind.choices)
    up_to = models.PositiveSmallIntegerField(_("chọn không quá"), default=1)
    #: For GRADE: the grades in order, best first, as [["xs", "Hoàn thành xuất sắc nhiệm vụ"], …]; else empty.
    grades = models.JSONField(_("các mức"), default=list, blank=True)
    #: Whom the question is about, where it is about one person, who then does not vote on it.
    concerned = models.ForeignKey(
        Member,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("người được xem xét"),
    )
    state = models.CharField(_("trạng thái"), max_length=9, choices=State.choices, default=State.DRAFT)
    on = models.DateField(_("ngày bỏ phiếu"))
    opened_at = models.DateTimeField(_("mở lúc"), null=True, blank=True)
    closed_at = models.DateTimeField(_("đóng lúc"), null=True, blank=True)
    cancel_reason = models.CharField(_("lý do hủy"), max_length=300, blank=True)
    #: The key votes are sealed with; the key that opens them, locked by both tellers' passphrases, erased at closing.
    public_key = models.BinaryField(default=b"", editable=False)
    locked_key = models.BinaryField(default=b"", editable=False)
    #: The rule in force at opening: version, value and source (`selectors.law`), for a result that never changes.
    rule_version = models.CharField(max_length=80, blank=True)
    rule_value = models.JSONField(default=dict, blank=True)

    objects: ClassVar = BallotQuerySet.as_manager()

    class Meta:
        verbose_name = _("cuộc bỏ phiếu")
        verbose_name_plural = _("các cuộc bỏ phiếu")
        ordering = ("-on", "-pk")
        constraints = (
            models.CheckConstraint(name="ballot_up_to_is_positive", condition=Q(up_to__gte=1)),
            models.CheckConstraint(
                name="ballot_closed_keeps_no_key", condition=Q(state="open") | Q(locked_key=b"")
            ),
        )
        indexes = (models.Index(fields=["unit", "state"], name="ballot_of_unit"),)

    def __str__(self) -> str:
        return self.title


class Option(models.Model):
    """What can be chosen; for GRADE each is a person to be graded."""

    ballot = models.ForeignKey(Ballot, on_delete=models.CASCADE, related_name="options")
    place = models.PositiveSmallIntegerField(_("thứ tự"))
    label = models.CharField(_("phương án"), max_length=200)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("phương án")
        verbose_name_plural = _("phương án")
        ordering = ("place",)
        constraints = (models.UniqueConstraint(fields=["ballot", "place"], name="option_place_once"),)

    def __str__(self) -> str:
        return self.label


class Teller(models.Model):
    """One of the two who count. The passphrase itself is nowhere; ``salt`` goes into the key made of it."""

    ballot = models.ForeignKey(Ballot, on_delete=models.CASCADE, related_name="tellers")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField()
    salt = models.BinaryField(default=b"", editable=False)

    class Meta:
        verbose_name = _("người kiểm phiếu")
        verbose_name_plural = _("người kiểm phiếu")
        ordering = ("place",)
        constraints = (
            models.UniqueConstraint(fields=["ballot", "place"], name="teller_place_once"),
            models.UniqueConstraint(fields=["ballot", "member"], name="teller_once"),
            models.CheckConstraint(name="teller_one_of_two", condition=Q(place__in=(1, 2))),
        )

    def __str__(self) -> str:
        return str(self.member)


class RollEntry(models.Model):
    """A person of the body as the roll was frozen at opening, with the reason for being entitled or not.

    ``voted`` says only that a vote on screen was handed in: not when, not from where, not which.
    """

    class Reason(models.TextChoices):
        OFFICIAL = "official", _("Đảng viên chính thức của chi bộ")
        SEATED = "seated", _("Thành viên của tập thể")
        PROBATIONARY = "probationary", _("Đảng viên dự bị chưa có quyền biểu quyết")
        VISITING = "visiting", _("Sinh hoạt tạm thời, biểu quyết ở chi bộ chính thức")
        AWAY = "away", _("Đang sinh hoạt tạm thời nơi khác")
        EXEMPT = "exempt", _("Được miễn sinh hoạt và vắng mặt")
        CONCERNED = "concerned", _("Người được xem xét, không biểu quyết về mình")

    ballot = models.ForeignKey(Ballot, on_delete=models.CASCADE, related_name="roll")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    entitled = models.BooleanField(_("có quyền biểu quyết"))
    reason = models.CharField(_("lý do"), max_length=12, choices=Reason.choices)
    present = models.BooleanField(_("có mặt"), default=False)
    voted = models.BooleanField(_("đã bỏ phiếu trên máy"), default=False)

    class Meta:
        verbose_name = _("người trong danh sách")
        verbose_name_plural = _("danh sách cử tri")
        constraints = (
            models.UniqueConstraint(fields=["ballot", "member"], name="roll_once"),
            models.CheckConstraint(
                name="roll_votes_if_entitled", condition=Q(voted=False) | Q(entitled=True)
            ),
        )
        indexes = (models.Index(fields=["ballot", "voted"], name="roll_turnout"),)

    def __str__(self) -> str:
        return str(self.member)


class Urn(models.Model):
    """All sealed votes of a ballot in one row, sorted as bytes. Gone at closing, when only totals stay."""

    ballot = models.OneToOneField(Ballot, on_delete=models.CASCADE, primary_key=True, related_name="urn")
    votes = models.PositiveIntegerField(default=0)
    contents = models.BinaryField(default=b"", editable=False)

    class Meta:
        verbose_name = _("hòm phiếu")
        verbose_name_plural = _("hòm phiếu")

    def __str__(self) -> str:
        return f"{self.votes}"


class Result(models.Model):
    """The count. On screen issued = returned = turnout; on paper as the tellers counted them. Totals of both."""

    ballot = models.OneToOneField(Ballot, on_delete=models.CASCADE, primary_key=True, related_name="result")
    entitled = models.PositiveIntegerField(_("được triệu tập"))
    present = models.PositiveIntegerField(_("có mặt"))
    on_screen = models.PositiveIntegerField(_("phiếu trên máy"))
    paper_issued = models.PositiveIntegerField(_("phiếu giấy phát ra"))
    paper_returned = models.PositiveIntegerField(_("phiếu giấy thu về"))
    valid = models.PositiveIntegerField(_("hợp lệ"))
    invalid = models.PositiveIntegerField(_("không hợp lệ"))
    blank = models.PositiveIntegerField(_("phiếu trắng"))
    #: None where nothing passes or fails as a whole (grades, elections): see the lines.
    passed = models.BooleanField(_("được thông qua"), null=True)

    class Meta:
        verbose_name = _("kết quả kiểm phiếu")
        verbose_name_plural = _("kết quả kiểm phiếu")
        constraints = (
            models.CheckConstraint(
                name="result_votes_are_turnout",
                condition=Q(valid=F("on_screen") + F("paper_returned") - F("invalid") - F("blank")),
            ),
            models.CheckConstraint(
                name="result_returned_were_issued", condition=Q(paper_returned__lte=F("paper_issued"))
            ),
            models.CheckConstraint(
                name="result_no_more_than_entitled",
                condition=Q(entitled__gte=F("present")) & Q(present__gte=F("on_screen") + F("paper_issued")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.ballot_id}: {self.valid}"


class ResultLine(models.Model):
    """How many chose an option, or gave it a grade (``grade`` is "" where there are none)."""

    result = models.ForeignKey(Result, on_delete=models.CASCADE, related_name="lines")
    option = models.ForeignKey(Option, on_delete=models.PROTECT, related_name="+")
    grade = models.CharField(max_length=20, blank=True)
    votes = models.PositiveIntegerField(_("số phiếu"))
    passed = models.BooleanField(_("đạt"), null=True)

    class Meta:
        verbose_name = _("dòng kết quả")
        verbose_name_plural = _("các dòng kết quả")
        ordering = ("option__place", "pk")
        constraints = (
            models.UniqueConstraint(fields=["result", "option", "grade"], name="result_line_once"),
        )

    def __str__(self) -> str:
        return f"{self.option}: {self.votes}"
