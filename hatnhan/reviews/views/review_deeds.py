"""Handing a self-review in, confirming it, giving it back, beginning to type one from paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.core import clock
from hatnhan.core.deeds import Crumb, Deed, Done, Ground
from hatnhan.core.errors import Denied, Missing
from hatnhan.reviews import permissions
from hatnhan.reviews.actions import handing_in, typing, writing
from hatnhan.reviews.actions.reading import record_review_read
from hatnhan.reviews.forms import review as forms
from hatnhan.reviews.selectors import forms_of, texts
from hatnhan.reviews.selectors.entries import name_of
from hatnhan.reviews.selectors.law import law_of
from hatnhan.reviews.views import review_labels as labels

if TYPE_CHECKING:
    from hatnhan.reviews.models import Entry, SelfReview

SECTION = "reviews:home"


class ReviewDeed(Deed):
    """Something done about one self-review that was begun."""

    section = SECTION
    entry: Entry
    review: SelfReview

    def prepare(self, **address: Any) -> None:
        self.entry = forms_of.entry_to_read(self.request.user, address["pk"])
        found = forms_of.review_of(self.entry)
        if found is None:
            raise Missing
        self.review = found
        self.own = permissions.is_own(self.request.user, self.entry)
        self.require()

    def require(self) -> None:
        """Raise Missing or Denied unless the person may do this."""

    def opened(self) -> None:
        record_review_read(by=self.request.user, at=clock.now(), entry=self.entry)

    def crumbs(self) -> list[Crumb]:
        home = reverse("reviews:mine") if self.own else reverse(SECTION)
        title = _("Bản kiểm điểm %(year)d: %(name)s") % {
            "year": self.entry.cycle.year,
            "name": name_of(self.entry),
        }
        return [
            Crumb(_("Kiểm điểm, xếp loại"), home),
            Crumb(title, reverse("reviews:review", args=[self.entry.pk])),
        ]

    def state(self) -> str:
        return f"{self.review.version} {self.entry.state}"


class Submit(ReviewDeed):
    """Read over what is missing and what is handed in, then hand it in."""

    form_class = forms.EmptyForm
    template_name = "reviews/review/submit.html"
    verb = gettext_lazy("Nộp bản kiểm điểm")

    def require(self) -> None:
        writer = self.own or (
            permissions.may_type_for(self.request.user, self.entry) and self.review.typed_by
        )
        if not writer or self.entry.state != "due":
            raise Missing

    def title(self) -> str:
        return _("Nộp bản kiểm điểm năm %(year)d") % {"year": self.entry.cycle.year}

    def extra(self) -> dict[str, Any]:
        text = texts.text_of(self.review)
        steps = forms_of.steps_of(forms_of.parts_of(self.entry), text)
        table = forms_of.points_table(self.entry, text.points)
        organisation = self.entry.of == "organisation"
        return {
            "entry": self.entry,
            "review": self.review,
            "own": self.own,
            "name": name_of(self.entry),
            "text": text,
            "steps": steps,
            "lacking": [one for one in steps if one.lacks],
            "left": sum(len(one.lacks) for one in steps),
            "sums": labels.sums(table) if texts.is_scored(self.entry) and text.points else "",
            "grade_name": law_of(self.entry.cycle).grade_name(
                self.entry.self_grade, organisation=organisation
            ),
            "graded": texts.is_graded(self.entry),
            "answered": sum(bool(one.text) for one in text.answers.values()),
        }

    def act(self, _data: dict[str, Any]) -> Done:
        handing_in.submit_review(review=self.review, **self.signed)
        done = _("Đã nộp bản kiểm điểm. Việc tiếp theo: dự hội nghị kiểm điểm của chi bộ.")
        return Done(done, reverse("reviews:review", args=[self.entry.pk]))


class Confirm(ReviewDeed):
    """Say that what was typed is one's own."""

    form_class = forms.EmptyForm
    verb = gettext_lazy("Xác nhận đúng bản của tôi")

    def require(self) -> None:
        if not self.own or not self.review.typed_by:
            raise Missing

    def title(self) -> str:
        return _("Xác nhận bản kiểm điểm năm %(year)d") % {"year": self.entry.cycle.year}

    def sentence(self) -> str:
        words = _(
            "%(who)s ghi hộ từ bản giấy (%(note)s). Đọc lại cả bản trước khi xác nhận; chỗ nào chép chưa đúng thì "
            "trả lại để sửa."
        )
        return words % {"who": self.review.typed_by, "note": self.review.typed_note}

    def act(self, _data: dict[str, Any]) -> Done:
        typing.confirm_review(review=self.review, **self.signed)
        return Done(_("Đã xác nhận bản kiểm điểm."), reverse("reviews:mine"))


class Return(ReviewDeed):
    """Give it back to be written again, before the sitting."""

    form_class = forms.ReturnForm
    verb = gettext_lazy("Trả lại để sửa")

    def require(self) -> None:
        if self.entry.state != "submitted" or not handing_in.may_return(self.request.user, self.review):
            raise Missing

    def title(self) -> str:
        return _("Trả lại bản kiểm điểm: %(name)s") % {"name": name_of(self.entry)}

    def sentence(self) -> str:
        return _("Bản này trở lại thành bản đang viết. Sửa xong phải nộp lại trước hội nghị.")

    def act(self, data: dict[str, Any]) -> Done:
        handing_in.return_review(review=self.review, because=data["because"], **self.signed)
        return Done(_("Đã trả lại bản kiểm điểm."), reverse("reviews:review", args=[self.entry.pk]))


class TypeFor(Deed):
    """Begin to type a self-review for someone who writes on paper."""

    section = SECTION
    form_class = forms.TypeForm
    verb = gettext_lazy("Bắt đầu ghi")
    entry: Entry

    def prepare(self, **address: Any) -> None:
        self.entry = forms_of.entry_to_write(self.request.user, address["pk"])
        if permissions.is_own(self.request.user, self.entry):
            raise Missing
        if self.entry.state != "due" or self.entry.standing == "left_out":
            raise Missing
        if forms_of.review_of(self.entry) is not None:
            raise Denied(_("Bản kiểm điểm này đã được bắt đầu."))

    def title(self) -> str:
        return _("Ghi hộ bản kiểm điểm: %(name)s") % {"name": name_of(self.entry)}

    def sentence(self) -> str:
        return _(
            "Ghi đúng bản giấy đã nộp. Tên người ghi hộ hiện trên bản kiểm điểm; người viết đọc lại và xác nhận."
        )

    def crumbs(self) -> list[Crumb]:
        return [Crumb(_("Kiểm điểm, xếp loại"), reverse(SECTION))]

    def ground(self) -> Ground | None:
        form = forms_of.form_of(self.entry)
        if form is None:
            return None
        words = _("Mẫu %(number)s: %(title)s.") % {"number": form.number, "title": form.title}
        return Ground(words, law_of(self.entry.cycle).forms)

    def act(self, data: dict[str, Any]) -> Done:
        writing.start_review(entry=self.entry, typed_note=data["typed_note"], **self.signed)
        return Done(_("Đã mở bản ghi hộ."), reverse("reviews:review-write", args=[self.entry.pk]))
