"""What is done with a decision on grades: drafted, its lines set, dropped, signed, made public; people are told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.core import clock
from hatnhan.core.deeds import Crumb, Deed, Done
from hatnhan.core.errors import Denied, Missing
from hatnhan.reviews.actions import deciding, notifying
from hatnhan.reviews.actions.deciders import require_decision_of
from hatnhan.reviews.actions.drafting import LineData
from hatnhan.reviews.forms import decision as forms
from hatnhan.reviews.selectors import appraisal, notices
from hatnhan.reviews.selectors import decisions as selector
from hatnhan.reviews.selectors.entries import entry_for, name_of
from hatnhan.reviews.selectors.signers import signer_of
from hatnhan.reviews.views.appraisal import SECTION, CycleDeed, year_page

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hatnhan.core.forms import Form
    from hatnhan.organization.models import Unit
    from hatnhan.reviews.models import Entry, GradeDecision

LEVELS = ("committee", "superior", "cell")
#: More lines than these are set a unit at a time.
_MOST_LINES = 60


def decision_page(decision: GradeDecision) -> str:
    """Return the address of a decision's page."""
    return reverse("reviews:decision", args=[decision.pk])


class Draft(CycleDeed):
    """Draft a decision on those who are ready."""

    form_class = forms.DraftForm
    verb = gettext_lazy("Soạn quyết định")
    level: str
    choices: dict[str, selector.Choice]

    def prepare(self, **address: Any) -> None:
        super().prepare(**address)
        asked = self.request.GET.get("cap", "")
        self.level = asked if asked in LEVELS else LEVELS[0]
        self.choices = {one.key: one for one in selector.choices(self.cycle, self.level)}

    def title(self) -> str:
        if self.level == "superior":
            return _("Chép quyết định của cấp trên, năm %(year)d") % {"year": self.cycle.year}
        return _("Soạn quyết định xếp loại năm %(year)d") % {"year": self.cycle.year}

    def sentence(self) -> str:
        if not self.choices:
            return _("Chưa có ai thẩm định xong mà chưa vào quyết định nào. Thẩm định trước.")
        return _("Mức đưa vào là mức thẩm định; sửa được ở từng dòng trước khi ký.")

    def crumbs(self) -> list[Crumb]:
        return [Crumb(_("Quyết định"), year_page("decisions", self.cycle))]

    def form_options(self) -> dict[str, Any]:
        groups = [(one.key, one.words) for one in self.choices.values()]
        return {"groups": groups, "above": self.level == "superior"}

    def initial(self) -> dict[str, Any]:
        return {
            "title": _("Xếp loại chất lượng năm %(year)d") % {"year": self.cycle.year},
            "groups_chosen": list(self.choices),
        }

    def act(self, data: dict[str, Any]) -> Done:
        entries = {
            entry: entry.appraised_grade or entry.proposed_grade
            for key in data["groups_chosen"]
            for entry in self.choices[key].entries
        }
        made = deciding.draft_decision(
            **self.signed,
            cycle=self.cycle,
            title=data["title"],
            entries=entries,
            outside=data.get("outside") or "",
        )
        return Done(_("Đã soạn. Xem lại từng dòng, rồi ký."), decision_page(made))


class DecisionDeed(Deed):
    """Something done with one decision by who decides."""

    section = SECTION
    decision: GradeDecision

    def prepare(self, **address: Any) -> None:
        self.decision = selector.decision_for(self.request.user, address["pk"])
        require_decision_of(self.request.user, self.decision.cycle, self.decision.unit)

    def crumbs(self) -> list[Crumb]:
        return [
            Crumb(_("Quyết định"), year_page("decisions", self.decision.cycle)),
            Crumb(str(self.decision), decision_page(self.decision)),
        ]

    def state(self) -> str:
        return f"{self.decision.state} {self.decision.version}"

    def extra(self) -> dict[str, Any]:
        return {"cycle": self.decision.cycle, "decision": self.decision}

    def done(self, words: str) -> Done:
        """Return what was done, leading back to the decision."""
        return Done(words, decision_page(self.decision))


class SetLines(DecisionDeed):
    """Set the grades of a draft, with reasons; of a long one a unit at a time."""

    form_class = forms.LinesForm
    verb = gettext_lazy("Ghi các dòng")
    template_name = "reviews/decision/lines.html"
    every: list[selector.Line]
    shown: list[selector.Line]
    units: list[Unit]
    unit: Unit | None

    def prepare(self, **address: Any) -> None:
        super().prepare(**address)
        if not selector.is_draft(self.decision):
            raise Denied(_("Quyết định đã ký, không sửa nữa. Sửa mức thì xếp loại lại."))
        self.every = selector.lines_of(self.request.user, self.decision)
        self.units = sorted({one.entry.unit for one in self.every}, key=lambda one: one.name)
        code = self.request.GET.get("chi_bo", "")
        whole = len(self.every) <= _MOST_LINES
        named = next((one for one in self.units if one.code == code), None)
        self.unit = named or (None if whole or not self.units else self.units[0])
        self.shown = [one for one in self.every if self.unit is None or one.entry.unit_id == self.unit.pk]

    def title(self) -> str:
        return _("Sửa các dòng: %(title)s") % {"title": self.decision.title}

    def form_options(self) -> dict[str, Any]:
        cycle = self.decision.cycle
        member = appraisal.grade_options(cycle)
        organisation = appraisal.grade_options(cycle, organisation=True)
        options = {"member": member, "collective": member, "organisation": organisation}
        return {"lines": self.shown, "options": options}

    def initial(self) -> dict[str, Any]:
        found = {}
        for one in self.shown:
            found[f"grade_{one.entry.pk}"] = one.line.grade
            found[f"reason_{one.entry.pk}"] = one.line.reason
            found[f"paper_{one.entry.pk}"] = one.line.paper_no
        return found

    def extra(self) -> dict[str, Any]:
        entries = [one.entry for one in self.shown]
        return super().extra() | {
            "told": {row.entry.pk: row for row in appraisal.rows_of(entries)},
            "units": self.units if self.unit else [],
            "unit": self.unit,
        }

    def _page(self, form: Form, template: str = "", **more: Any) -> HttpResponse:
        told = {row.entry.pk: row for row in appraisal.rows_of([one.entry for one in self.shown])}
        sheet = [
            (
                one,
                told[one.entry.pk],
                *(form[f"{name}_{one.entry.pk}"] for name in ("grade", "reason", "paper")),
            )
            for one in self.shown
        ]
        return super()._page(form, template, sheet=sheet, **more)

    def act(self, data: dict[str, Any]) -> Done:
        lines = {
            one.entry: LineData(one.line.grade, one.line.reason, one.line.paper_no)
            for one in self.every
            if one not in self.shown
        }
        for one in self.shown:
            pk = one.entry.pk
            if data[f"grade_{pk}"]:
                lines[one.entry] = LineData(
                    data[f"grade_{pk}"], data[f"reason_{pk}"] or "", data[f"paper_{pk}"] or ""
                )
        deciding.set_lines(**self.signed, decision=self.decision, lines=lines)
        return self.done(_("Đã ghi các dòng của quyết định."))


class Drop(DecisionDeed):
    """Drop a draft."""

    form_class = forms.NothingForm
    verb = gettext_lazy("Bỏ bản soạn")

    def title(self) -> str:
        return _("Bỏ bản soạn: %(title)s") % {"title": self.decision.title}

    def sentence(self) -> str:
        return _("Kết quả thẩm định giữ nguyên; những người trong bản này vào được quyết định khác.")

    def act(self, _data: dict[str, Any]) -> Done:
        cycle = self.decision.cycle
        deciding.drop_decision(**self.signed, decision=self.decision)
        return Done(_("Đã bỏ bản soạn."), year_page("decisions", cycle))


class Sign(DecisionDeed):
    """Write that a decision was signed."""

    form_class = forms.SignForm
    verb = gettext_lazy("Ghi đã ký")
    final = True

    def title(self) -> str:
        return _("Ký: %(title)s") % {"title": self.decision.title}

    def sentence(self) -> str:
        return _("Ghi số, ngày ký như trên văn bản. Từ đó mức xếp loại có hiệu lực.")

    def initial(self) -> dict[str, Any]:
        today = clock.today()
        return {"signed_on": today, "signed_by": signer_of(self.decision, today)}

    def consequences(self, _data: dict[str, Any]) -> list[str]:
        lines = selector.lines_of(self.request.user, self.decision)
        tally = selector.tally(self.decision.cycle, lines)
        words = [f"{name}: {count}" for name, count in tally]
        told = [
            _("Xếp loại %(count)d trường hợp: %(tally)s.") % {"count": len(lines), "tally": "; ".join(words)}
        ]
        failed = [one for one in lines if one.line.grade == "kht" and one.entry.member_id]
        if failed:
            text = _("Chi bộ được giao việc giáo dục, giúp đỡ: %(who)s.")
            told.append(text % {"who": "; ".join(one.name for one in failed)})
        return [
            *told,
            _("Mức chỉ đổi được bằng quyết định xếp loại lại."),
            _("Việc tiếp theo: công khai, thông báo."),
        ]

    def act(self, data: dict[str, Any]) -> Done:
        deciding.sign_decision(**self.signed, decision=self.decision, **data)
        return self.done(_("Đã ghi quyết định. Việc tiếp theo: công khai và thông báo cho từng người."))


class Publish(DecisionDeed):
    """Write on which day a decision was made public."""

    form_class = forms.PublishForm
    verb = gettext_lazy("Ghi công khai")

    def title(self) -> str:
        return _("Công khai: %(number)s") % {"number": self.decision}

    def sentence(self) -> str:
        return _("Từ ngày này đảng viên thấy mức xếp loại của những người trong chi bộ mình.")

    def initial(self) -> dict[str, Any]:
        return {"on": clock.today()}

    def act(self, data: dict[str, Any]) -> Done:
        deciding.publish_decision(**self.signed, decision=self.decision, **data)
        return self.done(_("Đã ghi ngày công khai."))


# --- notice ----------------------------------------------------------------------------------------------------------
class Notify(CycleDeed):
    """Write that people were told their grade, a cell at a time."""

    form_class = forms.NotifyForm
    verb = gettext_lazy("Ghi đã thông báo")
    template_name = "reviews/instead.html"
    entries: list[Entry]

    def require(self) -> None:
        """Leave who may to each entry: only those whom the person may tell are offered."""

    def prepare(self, **address: Any) -> None:
        super().prepare(**address)
        code, user = self.request.GET.get("chi_bo", ""), self.request.user
        found = selector.to_notify(self.cycle)
        self.entries = [
            one
            for one in found
            if (not code or one.unit.code == code) and notices.may_notify(user, self.cycle, one)
        ]
        if not self.entries and not appraisal.may_appraise(user, self.cycle):
            raise Missing

    def title(self) -> str:
        return _("Thông báo kết quả xếp loại năm %(year)d") % {"year": self.cycle.year}

    def sentence(self) -> str:
        if not self.entries:
            return _("Mọi người đã có quyết định đều được thông báo.")
        return _("Chọn những người đã nhận thông báo trong cùng một ngày.")

    def crumbs(self) -> list[Crumb]:
        return [Crumb(_("Kiểm điểm, xếp loại"), reverse("reviews:home"))]

    def extra(self) -> dict[str, Any]:
        if self.entries:
            return {}
        return {"instead": Crumb(_("Xem các quyết định"), year_page("decisions", self.cycle))}

    def form_options(self) -> dict[str, Any]:
        return {"people": [(str(one.pk), _with_unit(one)) for one in self.entries]}

    def initial(self) -> dict[str, Any]:
        return {"on": clock.today()}

    def act(self, data: dict[str, Any]) -> Done:
        chosen = set(data["who"])
        entries = [one for one in self.entries if str(one.pk) in chosen]
        notifying.notify(**self.signed, entries=entries, on=data["on"], to=data["to"])
        words = _("Đã ghi thông báo %(count)d trường hợp.") % {"count": len(entries)}
        return Done(words, reverse("reviews:home"))


def _with_unit(entry: Entry) -> str:
    name = name_of(entry)
    return f"{name} · {entry.unit}" if entry.member_id else name


class CorrectNotice(Deed):
    """Correct day and receiver of a notice."""

    section = SECTION
    form_class = forms.CorrectNoticeForm
    verb = gettext_lazy("Sửa thông báo")
    entry: Entry

    def prepare(self, **address: Any) -> None:
        self.entry = entry_for(self.request.user, address["pk"])
        if not notices.may_notify(self.request.user, self.entry.cycle, self.entry):
            raise Denied(_("Việc này do Bí thư, Phó Bí thư Đảng ủy hoặc người đứng đầu chi bộ làm."))
        if self.entry.notified_on is None:
            raise Missing

    def title(self) -> str:
        return _("Sửa thông báo: %(who)s") % {"who": name_of(self.entry)}

    def crumbs(self) -> list[Crumb]:
        return [Crumb(name_of(self.entry), reverse("reviews:entry", args=[self.entry.pk]))]

    def initial(self) -> dict[str, Any]:
        return {"on": self.entry.notified_on, "to": self.entry.notified_to}

    def state(self) -> str:
        return str(self.entry.version)

    def act(self, data: dict[str, Any]) -> Done:
        notifying.correct_notice(**self.signed, entry=self.entry, **data)
        return Done(_("Đã sửa thông báo."), reverse("reviews:entry", args=[self.entry.pk]))
