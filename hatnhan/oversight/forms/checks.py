"""What is typed about checks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hatnhan.core.forms import Checks, DayField, Form, LastDayField, Line, Radios
from hatnhan.organization.forms.fields import BLANK
from hatnhan.oversight.forms.findings import sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django_stubs_ext import StrOrPromise

    Options = Sequence[tuple[str, StrOrPromise]]

_LONG, _LINE, _NUMBER = 20_000, 300, 60
#: So many members can be subjects of one check opened here.
MEMBERS = 4


def _choice(
    options: Options, label: StrOrPromise, *, required: bool = True, hint: StrOrPromise = ""
) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[*BLANK, *options], required=required, help_text=hint)


class NothingForm(Form):
    """Nothing to type."""


class ReasonForm(Form):
    """A reason."""

    reason = Line(_("Lý do"), _LINE)


class _Examined(Form):
    """What is looked at, and over which time."""

    title = Line(_("Tên cuộc"), _LINE)
    topic = forms.ChoiceField(label=_("Lĩnh vực"))
    content = sentences(_("Nội dung"), rows=3, longest=_LONG)
    examined_from = DayField(label=_("Mốc kiểm tra từ ngày"))
    examined_to = LastDayField(label=_("Đến hết ngày"))
    ground = sentences(
        _("Căn cứ mở"),
        rows=2,
        longest=_LONG,
        help_text=_("Dấu hiệu vi phạm, chỉ đạo, số đơn. Không ghi tên, địa chỉ người tố cáo."),
    )

    def __init__(self, *args: Any, topics: Options, planned: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topic"].choices = [*BLANK, *topics]  # type: ignore[attr-defined]
        if planned:
            del self.fields["ground"]


class OpenForm(_Examined):
    """A decision to check: what, whom, by whom, by when."""

    kind = forms.ChoiceField(label=_("Loại"), widget=Radios)
    decision_no = Line(_("Số quyết định"), _NUMBER, short=True)
    opened_on = DayField(label=_("Ngày quyết định"))
    ends_by = DayField(
        label=_("Kết luận trước hết ngày"),
        required=False,
        help_text=_("Để trống thì theo thời hạn của quy trình."),
    )
    head = forms.ChoiceField(label=_("Trưởng đoàn (tổ trưởng)"))
    secretary = forms.ChoiceField(label=_("Thư ký"), required=False)
    others = forms.MultipleChoiceField(label=_("Thành viên"), required=False, widget=Checks)
    field_order = ("kind", "decision_no", "opened_on", "ends_by", "title", "topic", "content", "ground",
                   "examined_from", "examined_to")  # fmt: skip
    groups = (
        (_("Quyết định"), ("kind", "decision_no", "opened_on", "ends_by")),
        (_("Nội dung"), ("title", "topic", "content", "ground", "examined_from", "examined_to")),
        (_("Đối tượng"), ("units", *(f"member{row}" for row in range(MEMBERS)))),
        (_("Đoàn (tổ)"), ("head", "secretary", "others")),
    )
    aliases = {"team": "head", "members": "member0"}

    def __init__(
        self,
        *args: Any,
        kinds: Options,
        units: Options,
        members: Options,
        team: Options,
        planned: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, planned=planned, **kwargs)
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        if planned:
            del self.fields["kind"]
        for name in ("head", "secretary"):
            self.fields[name].choices = [*BLANK, *team]  # type: ignore[attr-defined]
        self.fields["others"].choices = team  # type: ignore[attr-defined]
        if planned:
            return
        if units:
            self.fields["units"] = forms.MultipleChoiceField(
                label=_("Tổ chức đảng"), choices=units, required=False, widget=Checks
            )
            self.fields["units"].widget.attrs["class"] = "form-check-input"
        for row in range(MEMBERS):
            label = _("Đảng viên") if not row else _("Đảng viên nữa")
            field = _choice(members, label, required=False)
            field.widget.attrs["class"] = "form-select"
            self.fields[f"member{row}"] = field


class EditForm(_Examined):
    """What can be mended after the opening."""

    decision_no = Line(_("Số quyết định"), _NUMBER, short=True)


class ExtendForm(ReasonForm):
    """More time."""

    ends_by = DayField(label=_("Kết luận trước hết ngày"))
    field_order = ("ends_by", "reason")


class TeamForm(Form):
    """Who joins, who leaves and why."""

    joins = forms.ChoiceField(label=_("Thêm vào đoàn"), required=False)
    role = forms.ChoiceField(label=_("Nhiệm vụ"), required=False, widget=Radios)
    leaves = forms.ChoiceField(label=_("Thôi tham gia đoàn"), required=False)
    reason = Line(_("Thôi vì"), _LINE, required=False)
    aliases = {"team": "joins", "remove": "reason", "head": "role"}
    sometimes = ("joins", "role", "leaves", "reason")

    def __init__(self, *args: Any, joins: Options, leaves: Options, roles: Options, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["joins"].choices = [*BLANK, *joins]  # type: ignore[attr-defined]
        self.fields["leaves"].choices = [*BLANK, *leaves]  # type: ignore[attr-defined]
        self.fields["role"].choices = roles  # type: ignore[attr-defined]


class PaperForm(Form):
    """One paper of the file: handed in, kept on paper, drawn up here, or not needed."""

    file = forms.FileField(
        label=_("Tệp"), required=False, help_text=_("PDF, Word, Excel hoặc ảnh; không quá 10 MB.")
    )
    kept_at = Line(_("Hoặc bản giấy lưu ở"), 160, required=False, help_text=_("Như: Tủ 2, cặp 2026."))
    drawn = forms.BooleanField(label=_("Dùng bản phần mềm soạn"), required=False)
    number = Line(_("Số văn bản"), _NUMBER, required=False, short=True)
    dated = DayField(label=_("Ngày văn bản"), required=False)
    reason = Line(
        _("Không cần tài liệu này vì"), _LINE, required=False, help_text=_("Chỉ ghi khi không có tài liệu.")
    )
    sometimes = ("file", "kept_at", "drawn", "reason")

    def __init__(self, *args: Any, drawable: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not drawable:
            del self.fields["drawn"]


class FinishForm(Form):
    """The day a step was done."""

    done_on = DayField(label=_("Xong ngày"))


class SelfReportForm(Form):
    """A subject's report on itself."""

    text = sentences(
        _("Báo cáo"),
        rows=12,
        longest=_LONG,
        help_text=_(
            "Việc đã làm, ưu điểm, khuyết điểm, nguyên nhân, cách khắc phục; theo đề cương của đoàn."
        ),
    )


class MinutesForm(Form):
    """Minutes of one piece of work."""

    kind = forms.ChoiceField(label=_("Loại biên bản"), widget=Radios)
    on = DayField(label=_("Ngày"))
    place = Line(_("Nơi làm việc"), 160)
    present = sentences(_("Thành phần"), rows=2, longest=_LONG)
    content = sentences(_("Nội dung"), rows=10, longest=_LONG)
    agreed = forms.BooleanField(label=_("Đã đọc lại, các bên thống nhất"), required=False)

    def __init__(self, *args: Any, kinds: Options, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]


class ReportForm(Form):
    """The team's report."""

    reported_on = DayField(label=_("Ngày báo cáo"))
    text = sentences(
        _("Báo cáo kết quả"),
        rows=14,
        longest=_LONG,
        help_text=_(
            "Kết quả từng nội dung, nhận xét, đề nghị. Ưu điểm, khuyết điểm từng đối tượng ghi ở phần phát hiện."
        ),
    )


class HearForm(Form):
    """What a subject said, or why the subject did not come."""

    on = DayField(label=_("Nghe ngày"), required=False)
    heard_by = forms.ChoiceField(label=_("Người nghe"), required=False)
    said = sentences(_("Đối tượng trình bày"), rows=6, longest=_LONG)
    not_heard_because = Line(
        _("Không đến trình bày vì"), _LINE, required=False, help_text=_("Chỉ ghi khi đã mời mà không đến.")
    )
    sometimes = ("on", "heard_by", "said", "not_heard_because")

    def __init__(self, *args: Any, people: Options, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["said"].required = False
        self.fields["heard_by"].choices = [*BLANK, *people]  # type: ignore[attr-defined]


class ConcludeForm(Form):
    """The conclusion."""

    conclusion_no = Line(_("Số thông báo kết luận"), _NUMBER, short=True)
    concluded_on = DayField(label=_("Ngày kết luận"))
    text = sentences(_("Kết luận"), rows=12, longest=_LONG)
    comply_by = DayField(label=_("Chấp hành xong trước hết ngày"))
    follower = forms.ChoiceField(label=_("Người theo dõi chấp hành"))
    signs_because = Line(
        _("Không mở kiểm tra dấu hiệu vi phạm vì"),
        _LINE,
        required=False,
        help_text=_("Giám sát thấy dấu hiệu vi phạm thì chuyển kiểm tra; không chuyển thì ghi vì sao."),
    )
    sometimes = ("signs_because",)
    aliases = {"decision_no": "conclusion_no"}

    def __init__(self, *args: Any, people: Options, signs: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["follower"].choices = [*BLANK, *people]  # type: ignore[attr-defined]
        if not signs:
            del self.fields["signs_because"]


class DeliverForm(Form):
    """That the conclusion was given."""

    delivered_on = DayField(label=_("Giao ngày"))
    delivered_to = Line(_("Người nhận"), 120, help_text=_("Họ tên, chức vụ người ký nhận."))


class WordsForm(Form):
    """A text of the subject's own, or the answer to it."""

    text = sentences(_("Nội dung"), rows=8, longest=_LONG)


class KinForm(Form):
    """Who is close kin."""

    kin = forms.ChoiceField(
        label=_("Người thân là đảng viên"),
        help_text=_("Không ghi quan hệ gì. Hai đồng chí không tham gia kiểm tra nhau."),
    )

    def __init__(self, *args: Any, people: Options, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kin"].choices = [*BLANK, *people]  # type: ignore[attr-defined]
