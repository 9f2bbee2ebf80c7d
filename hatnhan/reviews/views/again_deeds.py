"""A grade is looked at again: asked, taken back, kept with an answer, or given anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.core import clock
from hatnhan.core.deeds import Crumb, Deed, Done, Ground
from hatnhan.core.errors import Denied, Missing
from hatnhan.core.vietnamese import day as written
from hatnhan.reviews import permissions
from hatnhan.reviews.actions import looking_again, regrading
from hatnhan.reviews.actions.again_readings import record_again_read
from hatnhan.reviews.actions.deciders import require_decider_of
from hatnhan.reviews.forms import decision as forms
from hatnhan.reviews.selectors import again as selector
from hatnhan.reviews.selectors import appraisal
from hatnhan.reviews.selectors.entries import entry_for, name_of
from hatnhan.reviews.selectors.law import law_of
from hatnhan.reviews.selectors.writing_decisions import decides_on
from hatnhan.reviews.views.appraisal import SECTION

if TYPE_CHECKING:
    from django.http import HttpResponse, QueryDict

    from hatnhan.core.forms import Form
    from hatnhan.core.http import Request
    from hatnhan.reviews.models import Entry, LookAgain


def again_page(one: LookAgain) -> str:
    """Return the address of a request's page."""
    return reverse("reviews:again", args=[one.pk])


def entry_page(entry: Entry) -> str:
    """Return the address of an entry's page."""
    return reverse("reviews:entry", args=[entry.pk])


def again(request: Request, pk: int) -> HttpResponse:
    """Show one request: its words, the grade it is about, the answer."""
    one = selector.again_for(request.user, pk)
    record_again_read(by=request.user, at=clock.now(), again=one)
    entry = one.entry
    own = permissions.is_own(request.user, entry)
    waits = selector.waits(one)
    context = {
        "section": SECTION,
        "cycle": entry.cycle,
        "again": one,
        "entry": entry,
        "name": name_of(entry),
        "grade": appraisal.grade_words(entry, entry.grade),
        "regrading": getattr(one, "regrading", None),
        "own": own,
        "answers": waits and decides_on(request.user, entry),
        "withdraws": waits and (own or (one.typed_by and selector.may_ask(request.user, entry))),
    }
    return render(request, "reviews/decision/again.html", context)


class EntryDeed(Deed):
    """Something done about one graded entry."""

    section = SECTION
    entry: Entry

    def prepare(self, **address: Any) -> None:
        self.entry = entry_for(self.request.user, address["pk"])
        self.require()

    def require(self) -> None:
        """Raise Missing or Denied unless the person may do this."""

    def crumbs(self) -> list[Crumb]:
        return [Crumb(name_of(self.entry), entry_page(self.entry))]

    def state(self) -> str:
        return str(self.entry.version)

    def extra(self) -> dict[str, Any]:
        return {"cycle": self.entry.cycle}


class Ask(EntryDeed):
    """Ask that a grade be looked at again."""

    form_class = forms.AskForm
    verb = gettext_lazy("Gửi đề nghị")
    own: bool

    def require(self) -> None:
        """Raise Denied unless it is the own grade, or one types for another."""
        if not selector.may_ask(self.request.user, self.entry):
            raise Denied(_("Người được xếp loại tự đề nghị; đơn giấy do chi ủy hoặc Đảng ủy ghi vào."))
        self.own = permissions.is_own(self.request.user, self.entry)

    def title(self) -> str:
        if self.own:
            return _("Đề nghị xem lại xếp loại năm %(year)d") % {"year": self.entry.cycle.year}
        return _("Ghi đề nghị xem lại: %(who)s") % {"who": name_of(self.entry)}

    def sentence(self) -> str:
        grade = appraisal.grade_words(self.entry, self.entry.grade)
        words = _("Mức đã quyết định: %(grade)s.") % {"grade": grade} if grade else ""
        if (last := selector.last_day_to_ask(self.entry)) is not None:
            words += " " + _("Thời hạn đến hết ngày %(day)s.") % {"day": written(last)}
        return words.strip()

    def ground(self) -> Ground | None:
        """Return the term that the law sets, where it sets one."""
        rule = law_of(self.entry.cycle).regime
        days = rule.value.ask_again_days
        return (
            Ground(_("Đề nghị trong %(days)d ngày từ khi được thông báo.") % {"days": days}, rule)
            if days
            else None
        )

    def _form(self, data: QueryDict | None = None) -> Form:
        cls = forms.AskForm if self.own else forms.TypedAskForm
        return cls(data, initial=self.initial())

    def initial(self) -> dict[str, Any]:
        return {} if self.own else {"asked_on": clock.today()}

    def act(self, data: dict[str, Any]) -> Done:
        made = looking_again.ask_again(**self.signed, entry=self.entry, **data)
        return Done(_("Đã gửi đề nghị. Cấp quyết định xem xét và trả lời."), again_page(made))


class AgainDeed(Deed):
    """Something done about one request."""

    section = SECTION
    again: LookAgain

    def prepare(self, **address: Any) -> None:
        self.again = selector.again_for(self.request.user, address["pk"])
        self.require()

    def require(self) -> None:
        """Raise Denied unless the person decides on the entry."""
        require_decider_of(self.request.user, self.again.entry)

    def opened(self) -> None:
        record_again_read(**self.signed, again=self.again)

    def crumbs(self) -> list[Crumb]:
        return [Crumb(_("Đề nghị của %(who)s") % {"who": name_of(self.again.entry)}, again_page(self.again))]

    def state(self) -> str:
        return str(self.again.state)

    def extra(self) -> dict[str, Any]:
        return {"cycle": self.again.entry.cycle}


class Withdraw(AgainDeed):
    """Take a request back."""

    form_class = forms.NothingForm
    verb = gettext_lazy("Rút đề nghị")
    final = True

    def require(self) -> None:
        """Raise Denied for anybody but who asked, or typed it in."""
        entry = self.again.entry
        typed = self.again.typed_by and selector.may_ask(self.request.user, entry)
        if not permissions.is_own(self.request.user, entry) and not typed:
            raise Denied(_("Chỉ người đề nghị rút được đề nghị."))

    def title(self) -> str:
        return _("Rút đề nghị xem lại")

    def consequences(self, _data: dict[str, Any]) -> list[str]:
        return [_("Đề nghị này không được xem xét nữa."), _("Còn thời hạn thì đề nghị lại được.")]

    def act(self, _data: dict[str, Any]) -> Done:
        looking_again.withdraw_again(**self.signed, again=self.again)
        return Done(_("Đã rút đề nghị."), again_page(self.again))


class Keep(AgainDeed):
    """Answer that the grade stays."""

    form_class = forms.KeepForm
    verb = gettext_lazy("Trả lời giữ nguyên")
    final = True

    def title(self) -> str:
        return _("Giữ nguyên mức của %(who)s") % {"who": name_of(self.again.entry)}

    def initial(self) -> dict[str, Any]:
        return {"on": clock.today()}

    def consequences(self, _data: dict[str, Any]) -> list[str]:
        return [_("Mức xếp loại không đổi."), _("Người đề nghị đọc được trả lời.")]

    def act(self, data: dict[str, Any]) -> Done:
        looking_again.keep_grade(**self.signed, again=self.again, **data)
        return Done(_("Đã trả lời."), again_page(self.again))


class Regrade(EntryDeed):
    """Give a grade anew; ``?de_nghi=`` names the request it answers."""

    form_class = forms.RegradeForm
    verb = gettext_lazy("Xếp loại lại")
    final = True
    asked: LookAgain | None

    def require(self) -> None:
        """Raise Denied unless the person decides; Missing while nothing is decided."""
        require_decider_of(self.request.user, self.entry)
        if not selector.is_decided(self.entry):
            raise Missing
        asked = self.request.GET.get("de_nghi", "")
        self.asked = selector.again_for(self.request.user, int(asked)) if asked.isdecimal() else None
        if self.asked is not None and self.asked.entry_id != self.entry.pk:
            raise Missing

    def title(self) -> str:
        return _("Xếp loại lại: %(who)s") % {"who": name_of(self.entry)}

    def sentence(self) -> str:
        entry = self.entry
        values = {"grade": appraisal.grade_words(entry, entry.grade), "day": selector.decided_day(entry)}
        text = _("Mức đang có: %(grade)s (%(day)s). Mức cũ và quyết định cũ vẫn giữ trong hồ sơ.") % values
        found = appraisal.rows_of([entry])[0]
        opens = _("Các điều kiện mở: %(grades)s.") % {"grades": found.allowed_words or "—"}
        return f"{text} {opens}"

    def form_options(self) -> dict[str, Any]:
        grades = appraisal.grade_options_of(self.entry)
        return {
            "grades": [one for one in grades if one[0] != self.entry.grade],
            "asked": self.asked is not None,
        }

    def initial(self) -> dict[str, Any]:
        ground = {"ground": "asked"} if self.asked else {}
        return {"signed_on": clock.today(), **ground}

    def consequences(self, data: dict[str, Any]) -> list[str]:
        grade = appraisal.grade_words(self.entry, data["new_grade"])
        told = [
            _("Mức mới: %(grade)s.") % {"grade": grade},
            _("Mức cũ giữ lại trong hồ sơ, bên cạnh mức mới."),
        ]
        told.append(_("Phải thông báo lại cho người được xếp loại."))
        if self.asked:
            told.append(_("Đề nghị xem lại được trả lời bằng quyết định này."))
        return told

    def act(self, data: dict[str, Any]) -> Done:
        regrading.regrade(**self.signed, entry=self.entry, again=self.asked, **data)
        return Done(_("Đã xếp loại lại. Việc tiếp theo: thông báo mức mới."), entry_page(self.entry))
