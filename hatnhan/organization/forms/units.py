"""The tree: founded, renamed, moved, cut up, put together, ended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hatnhan.core.forms import Checks, DayField, Form, Line
from hatnhan.core.vietnamese import fold
from hatnhan.organization.forms.fields import BLANK, MembersField, UnitField, cell_kind, decision
from hatnhan.organization.models import Level, Member

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from hatnhan.organization.models import Unit

_SHORTENED = ("chi-bo-", "dang-bo-bo-phan-", "dang-bo-xa-", "dang-bo-")


def _code() -> forms.SlugField:
    return forms.SlugField(
        label=_("Mã"),
        max_length=60,
        required=False,
        help_text=_("Chữ không dấu, chữ số, gạch nối; dùng trong địa chỉ trang. Để trống thì lấy theo tên."),
        error_messages={"invalid": _("Mã chỉ có chữ không dấu, chữ số và gạch nối, như thon-chua.")},
        widget=forms.TextInput({"class": "form-control hn-short"}),
    )


def code_of(name: str) -> str:
    """Return a code made of a unit's name: "Chi bộ thôn Chùa" as "thon-chua"."""
    slug = fold(name).replace(" ", "-")
    for start in _SHORTENED:
        slug = slug.removeprefix(start)
    return slug[:60].strip("-")


class _Coded(Form):
    def clean(self) -> dict[str, Any]:
        """Make a code of the name where none was given."""
        data = super().clean() or self.cleaned_data
        if data.get("name") and not data.get("code") and "code" not in self.errors:
            data["code"] = code_of(data["name"])
        return data


class CreateForm(_Coded):
    """A new unit under another."""

    sometimes = ("cell_kind",)

    level = forms.ChoiceField(label=_("Cấp"))
    name = Line(_("Tên"), 160, help_text=_("Tên đủ, như Chi bộ thôn Chùa."))
    cell_kind = cell_kind(required=False)
    code = _code()
    on = DayField(label=_("Thành lập từ ngày"))
    decision_no = decision()

    def __init__(self, *args: Any, parent: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        order = list(Level)
        below = order[order.index(Level(parent.level)) + 1 :]
        self.fields["level"].choices = [*BLANK, *((one.value, one.label) for one in below)]  # type: ignore[attr-defined]
        self.fields["cell_kind"].help_text = _("Chọn khi lập chi bộ.")

    def clean(self) -> dict[str, Any]:
        """Ask for the kind of a cell, and of a cell only."""
        data = super().clean()
        if data.get("level") != Level.CELL:
            data["cell_kind"] = ""
        elif not data.get("cell_kind"):
            self.add_error("cell_kind", _("Chưa chọn loại chi bộ."))
        return data


class RenameForm(Form):
    """Another name."""

    name = Line(_("Tên mới"), 160)
    on = DayField(label=_("Mang tên mới từ ngày"))
    decision_no = decision()


class KindForm(Form):
    """Another kind of cell."""

    cell_kind = cell_kind()
    on = DayField(label=_("Đổi loại từ ngày"))
    decision_no = decision()


class _ToUnit(Form):
    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = next(field for field in self.fields.values() if isinstance(field, UnitField))
        choice.queryset = units


class MoveForm(_ToUnit):
    """Under another parent."""

    parent = UnitField(label=_("Chuyển về trực thuộc"))
    on = DayField(label=_("Trực thuộc nơi mới từ ngày"))
    decision_no = decision()


class MergeForm(_ToUnit):
    """Into another cell."""

    into = UnitField(label=_("Nhập vào"))
    on = DayField(label=_("Sáp nhập từ ngày"))
    decision_no = decision()


class DissolveForm(_ToUnit):
    """The end of a unit."""

    sometimes = ("successor",)

    successor = UnitField(
        label=_("Tổ chức kế tiếp"),
        required=False,
        help_text=_("Đảng viên còn sinh hoạt sẽ chuyển về đây. Không còn đảng viên thì để trống."),
    )
    on = DayField(label=_("Giải thể từ ngày"))
    decision_no = decision()


class SplitForm(_Coded):
    """A new cell from some members of a cell."""

    members = MembersField(
        label=_("Đảng viên chuyển sang chi bộ mới"),
        queryset=Member.objects.none(),
        widget=Checks,
        help_text=_("Đánh dấu từng đồng chí. Những đồng chí khác ở lại."),
    )
    name = Line(_("Tên chi bộ mới"), 160, help_text=_("Tên đủ, như Chi bộ thôn Chùa 2."))
    cell_kind = cell_kind()
    code = _code()
    on = DayField(label=_("Thành lập từ ngày"))
    decision_no = decision()

    aliases = {"member_ids": "members"}
    field_order = ("name", "cell_kind", "code", "on", "decision_no", "members")

    def __init__(self, *args: Any, people: QuerySet[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["members"].queryset = people  # type: ignore[attr-defined]
