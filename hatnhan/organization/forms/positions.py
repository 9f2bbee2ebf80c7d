"""Posts and terms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hatnhan.core.forms import DayField, Form, LastDayField, Line, Radios
from hatnhan.organization.forms.fields import BLANK, MemberField, UnitField, decision
from hatnhan.organization.models import Member, Post
from hatnhan.organization.models.position import post_title

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from hatnhan.organization.models import Unit

_OF_CELL = (Post.SECRETARY, Post.DEPUTY, Post.COMMITTEE_MEMBER)


class _PostForm(Form):
    post = forms.ChoiceField(label=_("Chức vụ"), choices=[*BLANK, *Post.choices])
    start = DayField(label=_("Giữ chức vụ từ ngày"))
    decision_no = decision(
        required=False, help_text=_("Quyết định chuẩn y hoặc chỉ định; chưa có thì để trống.")
    )


class AppointMemberForm(_PostForm):
    """Give a member a post, in the own cell or above."""

    unit = UnitField(label=_("Tổ chức đảng"))
    field_order = ("unit", "post")

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class AppointInUnitForm(_PostForm):
    """Give a post of a unit to one of those found by name."""

    member = MemberField(label=_("Đảng viên"), queryset=Member.objects.none(), widget=Radios)
    field_order = ("member", "post")

    def __init__(
        self, *args: Any, unit: Unit, eligible: QuerySet[Member], found: Iterable[Member], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        people = self.fields["member"]
        assert isinstance(people, MemberField)  # noqa: S101 - declared above
        people.queryset = eligible
        people.offer(found)
        posts = _OF_CELL if unit.is_cell else tuple(Post)
        titles = [(post.value, post_title(post, of_cell=unit.is_cell)) for post in posts]
        self.fields["post"].choices = [*BLANK, *titles]  # type: ignore[attr-defined]


class EndPositionForm(Form):
    """End a post."""

    end = DayField(label=_("Thôi giữ chức vụ từ ngày"))
    reason = Line(_("Lý do"), 120, help_text=_("Như hết nhiệm kỳ, chuyển công tác, ghi nhầm."))


class TermForm(Form):
    """A committee's term."""

    name = Line(_("Tên nhiệm kỳ"), 60, help_text=_("Như Nhiệm kỳ 2020–2025."), short=True)
    start = DayField(label=_("Từ ngày"), help_text=_("Ngày đại hội bầu cấp ủy."))
    end = LastDayField(label=_("Đến hết ngày"))
