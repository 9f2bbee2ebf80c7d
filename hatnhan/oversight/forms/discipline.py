"""What is typed about discipline cases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from hatnhan.core.forms import Checks, DayField, Form, LastDayField, Line, Radios
from hatnhan.organization.forms.fields import BLANK
from hatnhan.oversight.forms.findings import sentences

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from django_stubs_ext import StrOrPromise

    Options = Sequence[tuple[str, StrOrPromise]]

_LONG, _LINE, _NUMBER = 20_000, 300, 60
#: So many acts can be written on one page.
ACTS = 4


def _offer(form: Form, name: str, options: Options) -> None:
    form.fields[name].choices = options  # type: ignore[attr-defined] # each named here is a choice


class _ActsForm(Form):
    """Acts with their days, one a pair of fields."""

    aliases = {"acts": "act0"}

    def __init__(self, *args: Any, rows: int = ACTS, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for row in range(rows):
            which = {"number": row + 1}
            field = sentences(_now("Hành vi %(number)d") % which, rows=2)
            field.required = not row
            hint = _now("Ngày xảy ra; việc kéo dài thì ghi ngày chấm dứt. Thời hiệu tính từ ngày này.")
            self.fields[f"act{row}"] = field
            self.fields[f"day{row}"] = DayField(
                label=_now("Ngày xảy ra hành vi %(number)d") % which,
                required=not row,
                help_text="" if row else hint,
            )
            field.sometimes = self.fields[f"day{row}"].sometimes = bool(row)  # type: ignore[attr-defined]
        self.rows = rows

    def clean(self) -> dict[str, Any]:
        """Put the acts together; one without its day, or a day without its act, is said beside the field."""
        data = super().clean() or {}
        found: list[tuple[str, date]] = []
        for row in range(self.rows):
            text, day = data.get(f"act{row}"), data.get(f"day{row}")
            if text and day:
                found.append((text, day))
            elif text and f"day{row}" not in self.errors:
                self.add_error(f"day{row}", _now("Chưa ghi ngày xảy ra của hành vi này."))
            elif day and f"act{row}" not in self.errors:
                self.add_error(f"act{row}", _now("Chưa ghi hành vi của ngày này."))
        data["acts"] = found
        return data


class OpenCaseForm(_ActsForm):
    """Whom a case is about, what they did, who has it in hand."""

    matter = Line(_("Vụ việc"), _LINE, help_text=_("Gọi tên việc, không ghi tên người."))
    member = forms.ChoiceField(label=_("Đảng viên"), required=False)
    organisation = forms.ChoiceField(label=_("Hoặc tổ chức đảng"), required=False)
    body = forms.ChoiceField(label=_("Cấp xem xét"), widget=Radios)
    opened_on = DayField(label=_("Ngày mở"))
    head = forms.ChoiceField(
        label=_("Nhóm vi phạm không có thời hiệu"),
        required=False,
        help_text=_("Không thuộc nhóm nào thì để trống; thời hiệu tính theo hình thức."),
    )
    check = forms.ChoiceField(label=_("Từ cuộc kiểm tra"), required=False)
    handlers = forms.MultipleChoiceField(label=_("Người thụ lý"), widget=Checks)
    sometimes = ("member", "organisation")

    def __init__(self, *args: Any, options: dict[str, Options], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("member", "organisation", "head", "check"):
            _offer(self, name, [*BLANK, *options[name]])
            if not options[name]:
                del self.fields[name]
        _offer(self, "body", options["body"])
        _offer(self, "handlers", options["handlers"])
        if len(options["body"]) == 1:
            del self.fields["body"]
        acts = tuple(name for row in range(self.rows) for name in (f"act{row}", f"day{row}"))
        self.groups = (  # type: ignore[misc] # the rows are known only now
            (_("Đối tượng"), ("member", "organisation")),
            (_("Hành vi vi phạm"), (*acts, "head")),
            (_("Thụ lý"), ("handlers",)),
        )


class ActsForm(_ActsForm):
    """What a case is about, as it can be changed until the subject was heard."""

    matter = Line(_("Vụ việc"), _LINE, help_text=_("Gọi tên việc, không ghi tên người."))
    head = forms.ChoiceField(label=_("Nhóm vi phạm không có thời hiệu"), required=False)

    def __init__(self, *args: Any, heads: Options, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "head", [*BLANK, *heads])


class HandlersForm(Form):
    """Who has a case in hand."""

    handlers = forms.MultipleChoiceField(label=_("Người thụ lý"), widget=Checks)

    def __init__(self, *args: Any, people: Options, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "handlers", people)


class PostponeForm(Form):
    """Why and until when a case is not considered."""

    reason = forms.ChoiceField(
        label=_("Lý do"),
        widget=Radios,
        choices=[
            ("pregnant", _("Đang mang thai")),
            ("nursing", _("Đang nuôi con nhỏ")),
            ("in_patient", _("Bệnh nặng, đang nằm viện")),
        ],
    )
    since = DayField(label=_("Từ ngày"))
    until = LastDayField(
        label=_("Đến hết ngày"), required=False, help_text=_("Chưa biết thì để trống; nuôi con nhỏ thì phải ghi.")
    )  # fmt: skip


class DayForm(Form):
    """A day."""

    on = DayField(label=_("Từ ngày"))


class SelfReviewForm(Form):
    """The review of self."""

    text = sentences(
        _("Tự kiểm điểm"),
        rows=12,
        longest=_LONG,
        help_text=_("Việc đã làm, nguyên nhân, trách nhiệm, cách sửa chữa."),
    )
    proposed = forms.ChoiceField(label=_("Tự nhận hình thức"), required=False, widget=Radios)
    on = DayField(label=_("Ngày kiểm điểm"))

    def __init__(self, *args: Any, forms_open: Options, own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "proposed", [("none", _("Không kỷ luật")), *forms_open])
        if own:
            del self.fields["on"]


class HearForm(Form):
    """What the subject said, or why the subject did not come."""

    on = DayField(label=_("Nghe ngày"))
    heard_by = forms.ChoiceField(label=_("Người nghe, thay mặt cấp quyết định"))
    said = sentences(_("Đồng chí ấy trình bày"), rows=8, longest=_LONG)
    absent_because = Line(
        _("Không đến trình bày vì"), _LINE, required=False, help_text=_("Chỉ ghi khi đã mời mà không đến.")
    )
    sometimes = ("said", "absent_because")

    def __init__(self, *args: Any, people: Options, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["said"].required = False
        _offer(self, "heard_by", [*BLANK, *people])


class RoundForm(Form):
    """Who counts."""

    first_teller = forms.ChoiceField(label=_("Người kiểm phiếu thứ nhất"))
    second_teller = forms.ChoiceField(label=_("Người kiểm phiếu thứ hai"))

    def __init__(self, *args: Any, people: Options, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("first_teller", "second_teller"):
            _offer(self, name, [*BLANK, *people])


class ProposeForm(Form):
    """To which body above."""

    body = forms.ChoiceField(label=_("Đề nghị"), widget=Radios)

    def __init__(self, *args: Any, bodies: Options, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, "body", bodies)


class DecideForm(Form):
    """The decision."""

    number = Line(_("Số quyết định"), _NUMBER, short=True)
    signed_on = DayField(label=_("Ngày ký"))
    signed_by = Line(_("Người ký"), 120)
    announced_on = DayField(label=_("Ngày công bố kết quả bỏ phiếu"), required=False)
    reason = sentences(
        _("Vì sao, căn cứ"), rows=6, longest=_LONG, help_text=_("Nội dung vi phạm, điều khoản, căn cứ hình thức.")
    )  # fmt: skip

    def __init__(self, *args: Any, cell: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not cell:
            del self.fields["announced_on"]
