"""Findings and remedies: their lists, and the deeds on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.core import clock
from hatnhan.core.deeds import Crumb, Deed, Done, Ground
from hatnhan.core.errors import Missing
from hatnhan.core.filters import filter_context
from hatnhan.organization.selectors.law import law_for
from hatnhan.oversight.actions import findings as writing
from hatnhan.oversight.actions import readings
from hatnhan.oversight.actions import remedies as remedying
from hatnhan.oversight.actions.findings import FindingData
from hatnhan.oversight.forms import findings as forms
from hatnhan.oversight.selectors import choosing, findings, remedies
from hatnhan.rulebook.topics.oversight import OversightTerms

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hatnhan.core.forms import Form
    from hatnhan.core.http import Request
    from hatnhan.oversight.models import Check, Finding, Remedy, Subject

SECTION = "oversight:home"
PER_PAGE = 25


def check_page(check: Check) -> str:
    """Return the address of a check's page, at what it found."""
    return reverse("oversight:check", args=[check.pk]) + "#phat-hien"


def finding_list(request: Request) -> HttpResponse:
    """List what concluded checks found, as the address filters it."""
    if request.unit is None:
        raise Missing
    unit, on = request.unit, request.as_of
    filters = findings.read(request.GET)
    topics, units = choosing.topic_words(unit, on), findings.unit_choices(unit, on)
    page = Paginator(findings.listed(request.user, unit, on, filters), PER_PAGE).get_page(
        request.GET.get("trang")
    )
    readings.record_listed(by=request.user, at=clock.now(), findings=page.object_list)
    context = {
        "section": SECTION,
        "unit": unit,
        "filters": filters,
        "page": page,
        "rows": findings.rows_of(request.user, page.object_list, topics, on),
        **filter_context(request.GET, filters, findings.chips(filters, topics, units)),
        "narrowed": filters != findings.Filters(),
        "topics": topics.items(),
        "kinds": findings.KINDS.items(),
        "states": findings.STATES.items(),
        "units": units.items(),
        "action": reverse("oversight:findings"),
    }
    return render(request, "oversight/findings/list.html", context)


def remedy_list(request: Request) -> HttpResponse:
    """List remedies by what they wait for.

    Up to 15 queries, however many: session and person, powers, kin (asked by each part), teams, the checks that concern
    the person, the law of topics, the rows and their number, the tabs.
    """
    if request.unit is None:
        raise Missing
    unit, on = request.unit, request.as_of
    part = request.GET.get("loc", "")
    part = part if part in remedies.PARTS else ""
    rows = remedies.listed(request.user, unit, on, part)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("trang"))
    told = [one.finding for one in page.object_list]
    readings.record_listed(by=request.user, at=clock.now(), findings=told)
    context = {
        "section": SECTION,
        "unit": unit,
        "page": page,
        "rows": remedies.rows_of(request.user, page.object_list, unit, on),
        "on": on,
        "part": part,
        "parts": remedies.PARTS,
    }
    return render(request, "oversight/findings/remedies.html", context)


class _FindingDeed(Deed):
    """What the deeds on findings share."""

    section = SECTION
    form_class: ClassVar[type[Form]] = forms.FindingForm
    subject: Subject

    def crumbs(self) -> list[Crumb]:
        check = self.subject.of_check
        return [Crumb(check.title, check_page(check))]

    def opened(self) -> None:
        readings.record_read(**self.signed, check=self.subject.of_check)

    def people(self) -> dict[str, Any]:
        """Return who can be named to verify, by id as a form sends it."""
        found = findings.verifiers(self.subject.of_check, clock.today())
        return {str(one.pk): one for one in found if one.pk != self.subject.member_id}

    def form_options(self) -> dict[str, Any]:
        check = self.subject.of_check
        topics = choosing.topics(check.unit, clock.today())
        people = list(self.people().values())
        return {"kinds": findings.KINDS, "topics": topics, "verifiers": people}

    def data(self, typed: dict[str, Any]) -> FindingData:
        """Return what was typed, for the action."""
        return FindingData(**typed | {"verifier": self.people().get(typed["verifier"])})

    def ground(self) -> Ground:
        rule = law_for(OversightTerms, clock.today(), self.subject.of_check.unit)
        words = _("Kết luận không ghi hạn chấp hành thì hạn khắc phục là %(days)d ngày sau kết luận.")
        return Ground(words % {"days": rule.value.remedy_days}, rule)

    def done(self, message: str) -> Done:
        """Return what was done, leading back to the check."""
        return Done(message, check_page(self.subject.of_check))


class WriteFinding(_FindingDeed):
    """Write a finding of a subject."""

    verb = gettext_lazy("Ghi nội dung")

    def prepare(self, **address: Any) -> None:
        self.subject = findings.subject_for(self.request.user, address["pk"])

    def title(self) -> str:
        return _("Ghi nội dung phát hiện: %(subject)s") % {"subject": self.subject}

    def sentence(self) -> str:
        return _(
            "Đối tượng chỉ đọc được sau khi có kết luận. Mỗi khuyết điểm thành một việc khắc phục có hạn."
        )

    def initial(self) -> dict[str, Any]:
        return {"topic": self.subject.of_check.topic}

    def act(self, data: dict[str, Any]) -> Done:
        writing.write_findings(**self.signed, subject=self.subject, data=[self.data(data)])
        return self.done(_("Đã ghi nội dung phát hiện."))


class EditFinding(_FindingDeed):
    """Correct a finding before the conclusion."""

    verb = gettext_lazy("Lưu")
    finding: Finding

    def prepare(self, **address: Any) -> None:
        self.finding = findings.finding_for(self.request.user, address["pk"])
        self.subject = self.finding.subject

    def title(self) -> str:
        return _("Sửa nội dung phát hiện")

    def initial(self) -> dict[str, Any]:
        one = self.finding
        verifier = str(one.verifier_id or "")
        return {
            "kind": one.kind,
            "topic": one.topic,
            "text": one.text,
            "due": one.remedy_due,
            "verifier": verifier,
        }

    def state(self) -> str:
        return repr(self.initial())

    def act(self, data: dict[str, Any]) -> Done:
        writing.edit_finding(**self.signed, finding=self.finding, data=self.data(data))
        return self.done(_("Đã sửa nội dung phát hiện."))


class RemoveFinding(EditFinding):
    """Take a finding out before the conclusion."""

    form_class = forms.NothingForm
    verb = gettext_lazy("Bỏ nội dung này")
    final = True

    def form_options(self) -> dict[str, Any]:
        return {}

    def title(self) -> str:
        return _("Bỏ nội dung phát hiện")

    def sentence(self) -> str:
        return self.finding.text

    def act(self, _data: dict[str, Any]) -> Done:
        writing.remove_finding(**self.signed, finding=self.finding)
        return self.done(_("Đã bỏ nội dung phát hiện."))


class _RemedyDeed(Deed):
    """What the deeds on remedies share."""

    section = SECTION
    template_name = "oversight/findings/remedy.html"
    remedy: Remedy

    def prepare(self, **address: Any) -> None:
        self.remedy = remedies.remedy_for(self.request.user, address["pk"])

    def opened(self) -> None:
        if not remedying.puts_right(self.request.user, self.remedy):
            readings.record_read(**self.signed, check=self.remedy.finding.of_check)

    def crumbs(self) -> list[Crumb]:
        return [Crumb(_("Khắc phục"), reverse("oversight:remedies") + f"#kp-{self.remedy.pk}")]

    def state(self) -> str:
        return f"{self.remedy.state} {self.remedy.reported_on} {self.remedy.result}"

    def extra(self) -> dict[str, Any]:
        return {"remedy": self.remedy}

    def done(self, message: str) -> Done:
        """Return what was done, leading back to the list."""
        return Done(message, self.crumbs()[0].url)


class ReportRemedy(_RemedyDeed):
    """Report what was done to put a shortcoming right."""

    form_class = forms.ReportForm
    verb = gettext_lazy("Báo cáo khắc phục")

    def prepare(self, **address: Any) -> None:
        super().prepare(**address)
        self.own = remedying.owns_report(self.request.user, self.remedy)

    def title(self) -> str:
        return _("Báo cáo khắc phục") if self.own else _("Ghi hộ báo cáo khắc phục")

    def sentence(self) -> str:
        if self.own:
            return _("Báo cáo xong, người xác nhận sẽ kiểm tra lại. Trước khi xác nhận còn sửa được.")
        return _("Ghi theo báo cáo bằng giấy của người khắc phục; hồ sơ nêu tên đồng chí là người ghi hộ.")

    def initial(self) -> dict[str, Any]:
        waits = self.remedy.state == "reported"
        result = self.remedy.result if waits else ""
        return {"result": result, "reported_on": self.remedy.reported_on if waits else clock.today()}

    def act(self, data: dict[str, Any]) -> Done:
        remedying.report_remedy(**self.signed, remedy=self.remedy, **data)
        return self.done(_("Đã ghi báo cáo khắc phục. Chờ xác nhận."))


class VerifyRemedy(_RemedyDeed):
    """Say whether a shortcoming was put right."""

    form_class = forms.VerdictForm
    verb = gettext_lazy("Ghi kết quả xác nhận")

    def prepare(self, **address: Any) -> None:
        super().prepare(**address)
        remedying.require_verify(self.request.user, self.remedy)

    def title(self) -> str:
        return _("Xác nhận khắc phục")

    def sentence(self) -> str:
        return _("Đã xong thì việc khắc phục kết thúc. Chưa xong thì việc ấy quay lại người khắc phục.")

    def initial(self) -> dict[str, Any]:
        return {"verified_on": clock.today()}

    def act(self, data: dict[str, Any]) -> Done:
        good = data["good"] == "yes"
        remedying.verify_remedy(**self.signed, remedy=self.remedy, **data | {"good": good})
        return self.done(_("Đã xác nhận khắc phục xong.") if good else _("Đã ghi là chưa khắc phục xong."))
