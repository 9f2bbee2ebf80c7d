"""What is typed during and after a meeting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hatnhan.ballots.forms.drafting import DraftForm
from hatnhan.core.errors import RuleBroken
from hatnhan.core.forms import Checks, DayField, Form, Line, TimeOfDayField
from hatnhan.organization.forms.fields import BLANK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import QueryDict

    from hatnhan.meetings.models import AgendaItem
    from hatnhan.organization.models import Member

_LONGEST_ID = 18
_MOST_HANDS = 10_000


@dataclass(frozen=True, slots=True)
class TypedItem:
    """The record of one item as a page sends it; speakers by their ids, None where nobody was chosen."""

    version: int
    conclusion: str
    state: str
    said: tuple[tuple[int | None, str], ...]

    @property
    def texts(self) -> list[str]:
        """What was typed, in the order of the page, without what is empty."""
        return [text for text in (*(words.strip() for _who, words in self.said), self.conclusion) if text]


def read_item(post: QueryDict) -> TypedItem:
    """Read the record of one item; a speaker or a version that is no number counts as none."""
    who, what = post.getlist("speaker"), post.getlist("said")
    return TypedItem(
        version=_number(post.get("version")) or 0,
        conclusion=str(post.get("conclusion", "")).replace("\r\n", "\n").strip(),
        state=str(post.get("state", "")),
        said=tuple((_number(one), words) for one, words in zip(who, what, strict=False)),
    )


def read_version(post: QueryDict) -> int:
    """Read from which version somebody typed on."""
    return _number(post.get("version")) or 0


def _number(text: object) -> int | None:
    found = str(text or "")
    return int(found) if found.isascii() and found.isdigit() and len(found) <= _LONGEST_ID else None


def speeches_of(typed: TypedItem, members: dict[int, Member]) -> list[tuple[Member, str]]:
    """Return who said what. Raises RuleBroken ``speaker_missing`` where words have no speaker."""
    found = []
    for who, words in typed.said:
        if not words.strip():
            continue
        member = members.get(who) if who else None
        if member is None:
            raise RuleBroken("speaker_missing", str(_("Chọn người phát biểu rồi ghi lời.")), field="speaker")
        found.append((member, words))
    return found


class CloseForm(Form):
    """When the meeting ended."""

    ended_at = TimeOfDayField(
        label=_("Kết thúc lúc"), help_text=_("Như 21 giờ 15. Ghi giờ kết thúc thật, không phải giờ bấm nút.")
    )
    carry = forms.TypedMultipleChoiceField(
        label=_("Chuyển kỳ sau"),
        help_text=_("Nội dung chưa bàn xong. Đánh dấu thì vào danh sách còn tồn; không đánh dấu thì thôi."),
        coerce=int,
        required=False,
        widget=Checks,
    )

    def __init__(self, *args: Any, left: Sequence[AgendaItem] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if left:
            self.fields["carry"].choices = [(one.pk, one.title) for one in left]  # type: ignore[attr-defined]
        else:
            del self.fields["carry"]


class EmptyForm(Form):
    """Nothing to fill in: the button alone says it."""


class AddendumForm(Form):
    """A correction."""

    text = forms.CharField(
        label=_("Đính chính"),
        help_text=_("Ghi rõ chỗ nào trong biên bản sai và điều đúng."),
        max_length=5000,
        widget=forms.Textarea({"rows": 5}),
    )


class VoteForm(Form):
    """A vote by raised hand."""

    question = Line(_("Biểu quyết về"), 300)
    in_favour = forms.IntegerField(label=_("Tán thành"), min_value=0, max_value=_MOST_HANDS)
    against = forms.IntegerField(
        label=_("Không tán thành"), min_value=0, max_value=_MOST_HANDS, required=False
    )
    other = forms.IntegerField(label=_("Ý kiến khác"), min_value=0, max_value=_MOST_HANDS, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("in_favour", "against", "other"):
            field = self.fields[name]
            field.widget = forms.TextInput({"inputmode": "numeric", "class": "form-control hn-day"})
            field.error_messages |= {
                "invalid": _("Ghi một số, như 27."),
                "min_value": _("Ghi số từ 0 trở lên."),
                "max_value": _("Số lớn quá. Đếm lại."),
            }

    def clean_against(self) -> int:
        """Count nothing typed as none."""
        return self.cleaned_data["against"] or 0

    def clean_other(self) -> int:
        """Count nothing typed as none."""
        return self.cleaned_data["other"] or 0


class TaskForm(Form):
    """A task given at the meeting: a person of those invited, or a body of the unit."""

    title = Line(_("Việc"), 300, help_text=_("Một câu: làm gì, đến đâu là xong."))
    owner = forms.ChoiceField(label=_("Ai làm"))
    due = DayField(label=_("Hạn"), help_text=_("Ngày cuối cùng, như 5/11/2018."))
    detail = forms.CharField(
        label=_("Nói rõ thêm"), required=False, max_length=5000, widget=forms.Textarea({"rows": 3})
    )

    def __init__(
        self, *args: Any, people: Sequence[Member], bodies: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        named = [(f"m{one.pk}", one.full_name) for one in people]
        groups = [*BLANK, (_("Đồng chí"), named), (_("Tập thể"), [(f"b{key}", name) for key, name in bodies])]
        self.fields["owner"].choices = groups  # type: ignore[attr-defined] # a ChoiceField has them


class ItemBallotForm(DraftForm):
    """A secret ballot on an item: the body and the day are those of the meeting."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("body", "on"):
            del self.fields[name]

    def data_for(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        """Return what was typed as the action takes it."""
        data = super().data_for(cleaned | {"body": "", "on": None})
        return {name: value for name, value in data.items() if name not in {"body", "on"}}
