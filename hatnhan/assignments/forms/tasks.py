"""What is asked about a task."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hatnhan.assignments.models import WorkGroup
from hatnhan.core.forms import Checks, DayField, Form, Line
from hatnhan.organization.forms.fields import BLANK, MembersField
from hatnhan.organization.models import Member

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django_stubs_ext import StrOrPromise

    from hatnhan.assignments.selectors.choosing import Group
    from hatnhan.organization.models import Unit

_LONGEST = 4000


def words(
    label: StrOrPromise, *, required: bool = True, help_text: StrOrPromise = "", rows: int = 3
) -> forms.CharField:
    """Ask for some sentences."""
    too_long = _("Dài quá; ghi gọn trong %(limit_value)d chữ.")
    return forms.CharField(
        label=label,
        required=required,
        help_text=help_text,
        max_length=_LONGEST,
        widget=forms.Textarea({"rows": rows}),
        error_messages={"max_length": too_long},
    )


class _OwnerForm(Form):
    """Who is to do it; the page says from whom to choose."""

    owner = forms.ChoiceField(
        label=_("Người làm"), help_text=_("Một người hoặc một tập thể chịu trách nhiệm.")
    )

    def __init__(self, *args: Any, owners: Sequence[Group], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].choices = [*BLANK, *owners]  # type: ignore[attr-defined]


class GiveForm(_OwnerForm):
    """Give a task."""

    title = Line(
        _("Việc phải làm"), 300, help_text=_("Một câu bắt đầu bằng động từ, như: Rà soát hộ nghèo xóm Chùa.")
    )
    detail = words(_("Nội dung, yêu cầu"), required=False)
    due = DayField(label=_("Hạn"), help_text=_("Ngày cuối cùng phải xong, như 5/11/2018."))
    group = forms.ModelChoiceField(
        WorkGroup.objects.none(),
        label=_("Nhóm nhiệm vụ"),
        required=False,
        empty_label=_("Không thuộc nhóm nào"),
    )
    helpers = MembersField(
        Member.objects.none(),
        label=_("Người phối hợp"),
        required=False,
        widget=Checks,
        help_text=_("Cùng làm, không chịu trách nhiệm chính."),
    )
    field_order = ("title", "detail", "owner", "due", "group", "helpers")

    def __init__(self, *args: Any, unit: Unit, helpers: Sequence[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = WorkGroup.objects.filter(unit=unit, end=None)
        if groups.exists():
            self.fields["group"].queryset = groups  # type: ignore[attr-defined]
        else:
            del self.fields["group"]
        people = self.fields["helpers"]
        ids = [helper.pk for helper in helpers]
        people.queryset = Member.objects.filter(pk__in=ids)  # type: ignore[attr-defined]


class HandOverForm(_OwnerForm):
    """Give a task to another."""

    reason = Line(_("Lý do"), 300, help_text=_("Như chuyển công tác, nghỉ ốm dài ngày."))


class ProgressForm(Form):
    """Tell how far it has come."""

    note = words(_("Đã làm đến đâu"), help_text=_("Việc đã làm, còn vướng gì, cần ai giúp."))


class DoneForm(Form):
    """Report it as done."""

    outcome = words(_("Kết quả"), help_text=_("Đã làm được gì, số liệu nếu có."))
    evidence = words(
        _("Bằng chứng"),
        required=False,
        rows=2,
        help_text=_("Văn bản số mấy, biên bản, ảnh để ở đâu, ai xác nhận."),
    )
    done_on = DayField(label=_("Ngày làm xong"))


class VerifyForm(Form):
    """Confirm that it is done."""

    note = words(_("Ý kiến"), required=False, rows=2)


class ReturnForm(Form):
    """Send it back."""

    reason = words(_("Còn thiếu điều gì"), help_text=_("Người làm đọc được để làm tiếp."))
    due = DayField(label=_("Hạn mới"), required=False, help_text=_("Để trống thì giữ hạn cũ."))


class PostponeForm(Form):
    """Move its last day back."""

    due = DayField(label=_("Hạn mới"))
    reason = Line(_("Lý do lùi hạn"), 300)


class WithdrawForm(Form):
    """Give it up."""

    reason = Line(_("Lý do thôi việc này"), 300, help_text=_("Như đã có việc khác thay, không còn cần nữa."))
