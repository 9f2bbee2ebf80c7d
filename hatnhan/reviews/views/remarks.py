"""Remarks on an entry: read, written, mended, taken away, answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.core import clock
from hatnhan.core.deeds import Crumb, Deed, Done
from hatnhan.core.errors import Denied, Missing
from hatnhan.reviews import permissions
from hatnhan.reviews.actions import remarks as actions
from hatnhan.reviews.actions.reading import record_review_read
from hatnhan.reviews.forms import sitting as forms
from hatnhan.reviews.selectors import remarks as selector
from hatnhan.reviews.selectors.entries import name_of
from hatnhan.reviews.views.sittings import SECTION

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hatnhan.core.http import Request
    from hatnhan.reviews.models import Entry, Remark


def remarks(request: Request, pk: int) -> HttpResponse:
    """Show what others say of an entry and its answers; another's reading is recorded.

    Up to 12 queries: session and person, powers, the entry, remarks, the reading, tabs.
    """
    entry = selector.entry_with_texts(request.user, pk)
    record_review_read(by=request.user, at=clock.now(), entry=entry)
    own = permissions.is_own(request.user, entry)
    open_ = selector.still_open(entry)
    context = {
        "section": SECTION,
        "entry": entry,
        "cycle": entry.cycle,
        "name": name_of(entry),
        "own": own,
        "remarks": selector.remarks_of(entry),
        "writes": frozenset(actions.kinds_for(request.user, entry)) if open_ else frozenset(),
        "answers": own and open_,
        "back": reverse("reviews:mine") if own else "",
    }
    return render(request, "reviews/sitting/remarks.html", context)


def remarks_page(entry: Entry) -> str:
    """Return the address of what others say of an entry."""
    return reverse("reviews:remarks", args=[entry.pk])


class _RemarkDeed(Deed):
    """Something done with a remark; ``own`` where the person answers."""

    section = SECTION
    entry: Entry

    def opened(self) -> None:
        record_review_read(**self.signed, entry=self.entry)

    def crumbs(self) -> list[Crumb]:
        words = _("Nhận xét, gợi ý: %(name)s") % {"name": name_of(self.entry)}
        return [Crumb(words, remarks_page(self.entry))]

    def extra(self) -> dict[str, Any]:
        return {"cycle": self.entry.cycle}

    def require_open(self) -> None:
        """Raise Missing where nothing is written any more."""
        if not selector.still_open(self.entry):
            raise Missing

    def done(self, words: str) -> Done:
        """Return what was done, leading back to the remarks."""
        return Done(words, remarks_page(self.entry))


class WriteRemark(_RemarkDeed):
    """Write a remark."""

    form_class = forms.RemarkForm
    verb = gettext_lazy("Ghi")

    def prepare(self, **address: Any) -> None:
        self.entry = selector.entry_with_texts(self.request.user, address["pk"])
        self.require_open()
        self.kinds = actions.kinds_for(self.request.user, self.entry)
        if not self.kinds:
            raise Denied(_("Việc này do người đứng đầu chi bộ, tập thể ghi."))

    def title(self) -> str:
        return _("Ghi nhận xét, gợi ý, ý kiến: %(name)s") % {"name": name_of(self.entry)}

    def sentence(self) -> str:
        return _("Người được nhận xét đọc được và giải trình.")

    def form_options(self) -> dict[str, Any]:
        return {"kinds": [(key, words) for key, words in selector.kinds() if key in self.kinds]}

    def initial(self) -> dict[str, Any]:
        asked = self.request.GET.get("loai", "")
        return {"on": clock.today(), "kind": asked if asked in self.kinds else ""}

    def act(self, data: dict[str, Any]) -> Done:
        sitting = selector.sitting_of(self.entry) if data["kind"] == "opinion" else None
        actions.write_remark(**self.signed, entry=self.entry, sitting=sitting, **data)
        return self.done(_("Đã ghi."))


class _OneRemark(_RemarkDeed):
    remark: Remark

    def prepare(self, **address: Any) -> None:
        self.remark = selector.remark_to_write(self.request.user, address["pk"])
        self.entry = self.remark.entry
        self.require_open()
        if self.remark.answered_at is not None:
            raise Missing

    def state(self) -> str:
        return f"{self.remark.version}"


class EditRemark(_OneRemark):
    """Mend a remark."""

    form_class = forms.EditRemarkForm
    verb = gettext_lazy("Lưu")

    def title(self) -> str:
        return _("Sửa: %(kind)s") % {"kind": self.remark.get_kind_display()}

    def initial(self) -> dict[str, Any]:
        return {name: getattr(self.remark, name) for name in ("source", "number", "on", "text")}

    def act(self, data: dict[str, Any]) -> Done:
        actions.edit_remark(**self.signed, remark=self.remark, **data)
        return self.done(_("Đã sửa."))


class RemoveRemark(_OneRemark):
    """Take a remark away."""

    form_class = forms.ReasonForm
    verb = gettext_lazy("Bỏ")

    def title(self) -> str:
        return _("Bỏ: %(kind)s") % {"kind": self.remark.get_kind_display()}

    def sentence(self) -> str:
        words = _("Của %(source)s. Nhật ký ghi người bỏ và lý do, không ghi nội dung.")
        return words % {"source": self.remark.source}

    def act(self, data: dict[str, Any]) -> Done:
        actions.remove_remark(**self.signed, remark=self.remark, **data)
        return self.done(_("Đã bỏ."))


class AnswerRemark(_RemarkDeed):
    """Answer a remark."""

    form_class = forms.AnswerForm
    template_name = "reviews/sitting/answer.html"
    verb = gettext_lazy("Gửi giải trình")

    def prepare(self, **address: Any) -> None:
        self.remark = selector.remark_to_answer(self.request.user, address["pk"])
        self.entry = self.remark.entry
        self.require_open()

    def title(self) -> str:
        return _("Giải trình: %(kind)s") % {"kind": self.remark.get_kind_display()}

    def state(self) -> str:
        return f"{self.remark.version}"

    def initial(self) -> dict[str, Any]:
        return {"text": self.remark.answer}

    def extra(self) -> dict[str, Any]:
        return super().extra() | {"remark": self.remark}

    def act(self, data: dict[str, Any]) -> Done:
        actions.answer_remark(**self.signed, remark=self.remark, **data)
        return self.done(_("Đã gửi giải trình."))
