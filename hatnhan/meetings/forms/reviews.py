"""What is typed into the weekly review, and about posts of work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from hatnhan.core.forms import DayField, Form, Line, Radios
from hatnhan.meetings import review_rules
from hatnhan.meetings.models import RemedyVerdict
from hatnhan.organization.forms.fields import MemberField
from hatnhan.organization.models import Member

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.db.models import QuerySet
    from django_stubs_ext import StrPromise

    from hatnhan.meetings.models import ReviewRow

_LONGEST = 5_000
VERDICTS = [("", _("Chưa kết luận")), *RemedyVerdict.Verdict.choices]


def _text(label: StrPromise, rows: int) -> forms.CharField:
    widget = forms.Textarea({"rows": rows})
    too_long = _("Dài %(show_value)d chữ; ghi gọn trong %(limit_value)d chữ.")
    limit = MaxLengthValidator(_LONGEST, too_long)
    return forms.CharField(label=label, required=False, widget=widget, validators=[limit])


class RowForm(Form):
    """One row of the sheet. ``people`` are those whom a remedy may be given to."""

    strengths = _text(_("Ưu điểm"), 4)
    shortcomings = _text(_("Hạn chế"), 4)
    remedy = _text(_("Cách khắc phục"), 2)
    remedy_owner = forms.ChoiceField(label=_("Ai làm"), required=False)
    remedy_due = DayField(label=_("Xong trước"), required=False)
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, row: ReviewRow, people: Iterable[Member], following: date, **kwargs: Any
    ) -> None:
        kwargs["initial"] = _standing(row)
        kwargs["auto_id"] = f"d{row.pk}-%s"
        super().__init__(*args, **kwargs)
        self.row, self.following = row, following
        self._people = {str(one.pk): one for one in people}
        owner = self.fields["remedy_owner"]
        names = [(key, one.full_name) for key, one in self._people.items()]
        owner.choices = [("", _("Chọn…")), *names]  # type: ignore[attr-defined]

    def clean_remedy_owner(self) -> Member | None:
        """Return the member who was chosen."""
        return self._people.get(self.cleaned_data["remedy_owner"])

    def clean_version(self) -> int:
        """Return from which version one typed on."""
        return self.cleaned_data["version"] or 0

    def said(self) -> dict[str, Any]:
        """Return what was typed, for the action; “Không” where the button said that there is nothing to mend.

        A remedy without more is the person's own, to be done by the next review.
        """
        data = dict(self.cleaned_data)
        if "nothing" in self.data and not (data["strengths"] or data["shortcomings"] or data["remedy"]):
            data["shortcomings"] = review_rules.NOTHING
        if data["remedy"].strip():
            data["remedy_owner"] = data["remedy_owner"] or self.row.subject
            data["remedy_due"] = data["remedy_due"] or self.following
        return data


def _standing(row: ReviewRow) -> dict[str, Any]:
    """Return what stands in a row; without a remedy nobody is named yet, and no day."""
    return {
        "strengths": row.strengths,
        "shortcomings": row.shortcomings,
        "remedy": row.remedy,
        "remedy_owner": str(row.remedy_owner_id or ""),
        "remedy_due": row.remedy_due,
        "version": row.version,
    }


class ReplyForm(Form):
    """The answer of the person whom a row concerns."""

    text = forms.CharField(
        label=_("Ý kiến của đồng chí"),
        widget=forms.Textarea({"rows": 5}),
        help_text=_("Nhận, nói rõ thêm, hoặc nêu điều chưa đúng. Sửa được đến kỳ nhận xét sau."),
    )


class WorkPostForm(Form):
    """A new post of work."""

    name = Line(_("Tên vị trí"), 120, help_text=_("Như Địa chính – xây dựng, Chủ tịch UBND xã."))
    leads_government = forms.BooleanField(
        label=_("Là lãnh đạo Ủy ban nhân dân xã"),
        required=False,
        help_text=_("Người giữ được mời dự nhận xét hằng tuần."),
    )
    start = DayField(label=_("Có từ ngày"))


class RenameWorkPostForm(Form):
    """Another name for a post of work, another kind, another place in the list."""

    name = Line(_("Tên vị trí"), 120)
    leads_government = forms.BooleanField(
        label=_("Là lãnh đạo Ủy ban nhân dân xã"),
        required=False,
        help_text=_("Người giữ được mời dự nhận xét hằng tuần."),
    )
    position = forms.IntegerField(
        label=_("Thứ tự trong phiếu"), min_value=0, max_value=999, help_text=_("Số nhỏ đứng trước.")
    )


class EndWorkPostForm(Form):
    """The end of a post of work."""

    end = DayField(label=_("Thôi dùng từ ngày"))


class HolderForm(Form):
    """Who takes over a post of work, one of those found by name; or nobody."""

    member = MemberField(
        label=_("Người giữ vị trí"), queryset=Member.objects.none(), widget=Radios, required=False
    )
    start = DayField(label=_("Giữ từ ngày"))
    empty = forms.BooleanField(
        label=_("Để trống, chưa có người giữ"),
        required=False,
        help_text=_("Người đang giữ thôi giữ từ ngày ghi bên dưới."),
    )
    field_order = ("member", "empty", "start")
    sometimes = ("member",)

    def __init__(
        self, *args: Any, eligible: QuerySet[Member], found: Iterable[Member], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        people = self.fields["member"]
        assert isinstance(people, MemberField)  # noqa: S101 - declared above
        people.queryset = eligible
        people.offer(found)

    def clean(self) -> dict[str, Any]:
        """See that either somebody was chosen or nobody on purpose."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and bool(data.get("member")) == bool(data.get("empty")):
            message = (
                _("Chọn một đồng chí, hoặc đánh dấu để trống; không chọn cả hai.")
                if data.get("member")
                else _("Chưa chọn người. Tìm theo tên ở trên, hoặc đánh dấu để trống.")
            )
            self.add_error("member", message)
        return data
