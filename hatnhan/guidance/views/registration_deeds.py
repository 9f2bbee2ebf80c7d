"""Writing a registration, and typing in what a cell handed in on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.core import clock
from hatnhan.core.deeds import Crumb, Done, Ground
from hatnhan.core.errors import Denied, Missing, RuleBroken
from hatnhan.core.vietnamese import day as written
from hatnhan.guidance.actions import registrations as actions
from hatnhan.guidance.actions.registrations import RegistrationData
from hatnhan.guidance.forms import directive as forms
from hatnhan.guidance.selectors import directive as selector
from hatnhan.guidance.selectors import directive_pages as pages
from hatnhan.guidance.views.directive import asked_year
from hatnhan.guidance.views.directive_deeds import YearDeed

if TYPE_CHECKING:
    from hatnhan.guidance.models import Registration
    from hatnhan.organization.models import Member, Unit
    from hatnhan.rulebook.topics.guidance import Directive
    from hatnhan.rulebook.types import Rule


REGISTER = "dang-ky"


class WriteRegistration(YearDeed):
    """Write one's own registration, or that of a unit one leads; keep it as a draft or hand it in."""

    form_class = forms.RegistrationForm
    template_name = "guidance/directive/write.html"
    verb = gettext_lazy("Đăng ký")
    member: Member | None
    unit: Unit
    kept: Registration | None
    rule: Rule[Directive]

    def prepare(self, **address: Any) -> None:
        self.year = asked_year(self.request)
        if code := address.get("code"):
            self.member, self.unit = None, pages.unit_led(self.request.user, code)
            self.kept = selector.registration_of(self.year, None, self.unit)
        else:
            self.member, self.unit, self.kept = pages.own_for(self.request.user, self.year)
        handed_in = self.kept is not None and self.kept.state != "draft"
        now = selector.directive_of(self.unit, self.year, clock.today())
        self.rule = selector.form_of(self.kept) if self.kept and handed_in else now
        if self.kept and self.kept.typed_by and self.member:
            words = _("Bản này %(who)s đã ghi theo bản giấy. Cần sửa thì báo đồng chí ấy.")
            raise Denied(words % {"who": self.kept.typed_by})

    def title(self) -> str:
        if self.member:
            return _("Đăng ký học tập, làm theo Bác năm %(year)d") % {"year": self.year}
        return _("Đăng ký của %(unit)s năm %(year)d") % {"unit": self.unit, "year": self.year}

    def sentence(self) -> str:
        if self.member is None:
            return _("Bản đăng ký của tổ chức, đảng viên trong tổ chức đọc được.")
        return _(
            "Tự viết, ngắn, cụ thể. Chi ủy và cấp ủy trên trực tiếp đọc được; ai mở xem đều được ghi lại."
        )

    def ground(self) -> Ground:
        words = _("Năm %(year)d theo Chỉ thị %(number)s; đăng ký xong trước hết ngày %(day)s.")
        days = selector.days_for(self.unit, self.year, clock.today())
        day = f"{days.register.day}/{days.register.month}"
        return Ground(words % {"year": self.year, "number": self.rule.value.number, "day": day}, self.rule)

    def form_options(self) -> dict[str, Any]:
        return {"value": self.rule.value, "standing": self.kept.deeds.count() if self.kept else 0}

    def initial(self) -> dict[str, Any]:
        if self.kept is None:
            return {}
        found: dict[str, Any] = {one.field: one.text for one in self.kept.answers.all()}
        for row, one in enumerate(self.kept.deeds.all()):
            found |= {f"deed{row}": one.text, f"due{row}": one.due}
        return found

    def state(self) -> str:
        return f"{self.kept.pk}:{self.kept.version}:{self.kept.state}" if self.kept else "none"

    def extra(self) -> dict[str, Any]:
        return {
            "handed_in": self.kept is not None and self.kept.state != "draft",
            "theme": selector.theme_of(self.unit, self.year, self.request.as_of),
        }

    def act(self, data: dict[str, Any]) -> Done:
        row = actions.save_registration(
            **self.signed,
            year=self.year,
            unit=self.unit,
            member=self.member,
            data=RegistrationData(*self._said(data)),
            version=self.kept.version if self.kept else 0,
        )
        page = reverse("guidance:registration", args=[row.pk])
        if row.state != "draft":
            return Done(_("Đã lưu bản đăng ký."), page)
        if self.request.POST.get("go") != REGISTER:
            return Done(_("Đã lưu bản nháp, chỉ đồng chí đọc được. Viết xong thì bấm Đăng ký."), page)
        actions.register(**self.signed, registration=row)
        return Done(_("Đã đăng ký. Giữa năm ghi kết quả, cuối năm tự đánh giá."), page)

    def _said(self, data: dict[str, Any]) -> tuple[dict[str, str], list[tuple[str, Any]]]:
        keys = [one.key for one in self.rule.value.fields]
        rows = [(data[name], data[name.replace("deed", "due")]) for name in data if name.startswith("deed")]
        return {key: data[key] for key in keys}, [(text, due) for text, due in rows if text]


class EnterRegistrations(YearDeed):
    """Type in what members of a cell handed in on paper, ten at a time."""

    form_class = forms.PaperForm
    template_name = "guidance/directive/enter.html"
    verb = gettext_lazy("Ghi các bản đã điền")
    at_once: ClassVar[int] = 10
    unit: Unit
    again: Registration | None
    rule: Rule[Directive]

    def prepare(self, **address: Any) -> None:
        self.year, self.unit = asked_year(self.request), pages.cell_for(self.request.user, address["code"])
        lines = pages.member_lines(self.unit, self.year, clock.today())
        self.again = self._again(lines)
        if self.again is not None:
            self.rule = selector.form_of(self.again)
            self.members, self.rest = [(self.again.member_id or 0, str(self.again.member))], 0
            return
        self.rule = selector.directive_of(self.unit, self.year, clock.today())
        missing = [line for line in lines if line.registration is None and not line.writes]
        # What was typed stays in its fields, even when another has entered some of these meanwhile.
        typed = {name.partition("-")[0] for name in self.request.POST if name.startswith("m")}
        page = [line for line in lines if f"m{line.pk}" in typed] if typed else missing[: self.at_once]
        self.members, self.rest = [(line.pk, line.name) for line in page], max(0, len(missing) - len(page))

    def _again(self, lines: list[pages.MemberLine]) -> Registration | None:
        """Return the registration that is typed in anew, which the address names; None to type in those missing."""
        asked = self.request.GET.get("dang_vien", "")
        if not asked:
            return None
        found = [line.registration for line in lines if str(line.pk) == asked and line.registration]
        if not (found and found[0].typed_by):
            raise Missing
        return selector.registration_for(self.request.user, found[0].pk)

    def initial(self) -> dict[str, Any]:
        if self.again is None:
            return {}
        key = f"m{self.again.member_id}"
        found: dict[str, Any] = {f"{key}-{one.field}": one.text for one in self.again.answers.all()}
        deeds = "\n".join(f"{one.text}; {written(one.due)}" for one in self.again.deeds.all())
        return found | {f"{key}-deeds": deeds}

    def state(self) -> str:
        return f"{self.again.pk}:{self.again.version}" if self.again else ""

    def title(self) -> str:
        if self.again:
            return _("Ghi lại bản đăng ký giấy %(year)d: %(name)s") % {
                "year": self.year,
                "name": self.again.member,
            }
        return _("Ghi bản đăng ký giấy %(year)d: %(unit)s") % {"year": self.year, "unit": self.unit}

    def sentence(self) -> str:
        return _("Ghi đúng bản giấy từng đồng chí đã nộp. Ai chưa nộp thì để trống, ghi sau.")

    def crumbs(self) -> list[Crumb]:
        page = f"{reverse('guidance:cell-registrations', args=[self.unit.code])}?nam={self.year}"
        return [*super().crumbs(), Crumb(str(self.unit), page)]

    def form_options(self) -> dict[str, Any]:
        return {"value": self.rule.value, "year": self.year, "members": self.members}

    def extra(self) -> dict[str, Any]:
        return {"rest": self.rest}

    def act(self, data: dict[str, Any]) -> Done:
        people = pages.members_by_id([pk for pk, _name in self.members])
        entries = {}
        for pk, _name in self.members:
            answers = {one.key: data[f"m{pk}-{one.key}"] for one in self.rule.value.fields}
            deeds = data[f"m{pk}-deeds"]
            if any(answers.values()) or deeds:
                entries[people[pk]] = RegistrationData(answers, deeds)
        if not entries:
            raise RuleBroken("nobody", _("Chưa ghi bản nào. Điền ít nhất một bản."))
        versions = {self.again.member_id or 0: self.again.version} if self.again else {}
        rows = actions.enter_registrations(
            **self.signed, year=self.year, cell=self.unit, entries=entries, versions=versions
        )
        if self.again:
            page = reverse("guidance:registration", args=[self.again.pk])
            return Done(_("Đã ghi lại bản đăng ký."), page)
        words = _("Đã ghi %(count)d bản đăng ký.") % {"count": len(rows)}
        again = f"{reverse('guidance:enter-registrations', args=[self.unit.code])}?nam={self.year}"
        return Done(words, again if self.rest else self.crumbs()[-1].url)
