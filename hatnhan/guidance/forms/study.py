"""What is typed about study: sessions, who read, who is excused, the quiz and its bank."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hatnhan.core.forms import Checks, DayField, Form, Line, Radios, TimeOfDayField
from hatnhan.guidance.actions.quiz import MOST_OPTIONS
from hatnhan.guidance.models import Session
from hatnhan.organization.forms.fields import BLANK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hatnhan.guidance.models import Document, Question
    from hatnhan.organization.models import Member

WHOLE, LEFT = "all", "left"


def people(members: Sequence[Member]) -> list[tuple[int, str]]:
    """Return people as choices."""
    return [(one.pk, one.full_name) for one in members]


class SessionForm(Form):
    """A session."""

    document = forms.TypedChoiceField(label=_("Học văn bản"), coerce=int)
    title = Line(_("Tên đợt học"), 200, help_text=_("Như Hội nghị học tập Nghị quyết số 12-NQ/ĐU."))
    level = forms.ChoiceField(label=_("Cấp tổ chức"), widget=Radios)
    mode = forms.ChoiceField(label=_("Hình thức"), choices=Session.Mode.choices, widget=Radios)
    day = DayField(label=_("Ngày học"), help_text=_("Tự học thì ghi ngày bắt đầu, như 5/11/2018."))
    time = TimeOfDayField(label=_("Giờ học"))
    until = DayField(
        label=_("Tự học đến hết ngày"), required=False, help_text=_("Chỉ ghi khi tự học, như 5/11/2018.")
    )
    place = Line(_("Nơi học"), 160, required=False)
    presenter = Line(_("Báo cáo viên"), 160, required=False)
    sometimes = ("until",)

    def __init__(
        self, *args: Any, documents: Sequence[Document], of_cell: bool, fresh: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        named = [(one.pk, f"{one.number}: {one.subject}") for one in documents]
        self.fields["document"].choices = [*BLANK, *named]  # type: ignore[attr-defined]
        levels = [one for one in Session.Level.choices if of_cell or one[0] != Session.Level.CELL]
        self.fields["level"].choices = levels  # type: ignore[attr-defined]
        if fresh:
            who = [
                (WHOLE, _("Tất cả đảng viên, trừ người được miễn")),
                (LEFT, _("Chỉ người chưa học văn bản này")),
            ]
            self.fields["who"] = forms.ChoiceField(
                label=_("Ai học"), choices=who, widget=Radios({"class": "form-check-input"})
            )


class ReasonForm(Form):
    """Why not."""

    reason = Line(_("Lý do"), 200)


class EmptyForm(Form):
    """Nothing to fill in: the button alone says it."""


class ReadForm(Form):
    """That one has read what is shown."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class PaperReadForm(ReadForm):
    """That one has read, on paper, a document of which no text is held here."""

    paper = forms.BooleanField(
        label=_("Tôi đã đọc bản giấy của văn bản này."),
        error_messages={"required": _("Đọc bản giấy rồi đánh dấu vào ô này.")},
    )
    day = DayField(label=_("Ngày đọc"))


class ReadingsForm(Form):
    """Who read, from a list on paper."""

    members = forms.TypedMultipleChoiceField(label=_("Người đã đọc"), coerce=int, widget=Checks)
    day = DayField(label=_("Ngày đọc"))

    def __init__(self, *args: Any, members: Sequence[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["members"].choices = people(members)  # type: ignore[attr-defined]


class ExcuseForm(Form):
    """Who does not have to study, and why."""

    members = forms.TypedMultipleChoiceField(label=_("Người không phải học"), coerce=int, widget=Checks)
    reason = Line(_("Lý do"), 200, help_text=_("Như: điều trị dài ngày. Chung cho những người đã đánh dấu."))

    def __init__(self, *args: Any, members: Sequence[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["members"].choices = people(members)  # type: ignore[attr-defined]


class PlacesForm(Form):
    """Who else is on the list."""

    members = forms.TypedMultipleChoiceField(label=_("Thêm vào danh sách"), coerce=int, widget=Checks)

    def __init__(self, *args: Any, members: Sequence[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["members"].choices = people(members)  # type: ignore[attr-defined]


class QuestionForm(Form):
    """A question with its answers."""

    text = Line(_("Câu hỏi"), 500)
    right = forms.TypedChoiceField(label=_("Phương án đúng"), coerce=int)
    reason = Line(
        _("Giải thích"),
        500,
        required=False,
        help_text=_("Hiện sau khi nộp bài: điều ấy nằm ở mục nào của văn bản."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = []
        for number in range(MOST_OPTIONS):
            name = f"option_{number}"
            label = _("Phương án %(number)d") % {"number": number + 1}
            self.fields[name] = Line(label, 300, required=number < 2)  # noqa: PLR2004 - two at least
            names.append(name)
        self.order_fields(["text", *names, "right", "reason"])
        numbers = [(number, str(number + 1)) for number in range(MOST_OPTIONS)]
        self.fields["right"].choices = [*BLANK, *numbers]  # type: ignore[attr-defined]


class QuizForm(Form):
    """The questions of one try, one below the other."""

    def __init__(self, *args: Any, questions: Sequence[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for place, one in enumerate(questions, start=1):
            self.fields[f"q-{one.pk}"] = forms.TypedChoiceField(
                label=f"{place}. {one.text}",
                coerce=int,
                choices=[(option.pk, option.text) for option in one.options.all()],
                widget=Radios({"class": "form-check-input"}),
                error_messages={
                    "required": _("Chưa chọn phương án."),
                    "invalid_choice": _("Câu hỏi này vừa được sửa. Chọn lại."),
                },
            )


class AttemptsForm(Form):
    """Tries made on paper: how many were right, by person; empty for who did not hand in."""

    day = DayField(label=_("Ngày làm bài"))
    asked = forms.IntegerField(label=_("Số câu của bài"), min_value=1, max_value=50)

    def __init__(self, *args: Any, members: Sequence[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in members:
            self.fields[f"right-{one.pk}"] = forms.IntegerField(
                label=_("Số câu đúng: %(name)s") % {"name": one.full_name},
                required=False,
                min_value=0,
                max_value=50,
            )
        for name, field in self.fields.items():
            if name != "day":
                field.widget = forms.TextInput({"inputmode": "numeric", "class": "form-control hn-day"})
                field.error_messages |= {
                    "invalid": _("Ghi một số, như 4."),
                    "min_value": _("Ghi số từ 0 trở lên."),
                    "max_value": _("Ghi số đến 50."),
                }
