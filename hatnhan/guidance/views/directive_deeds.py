"""Writing a registration and looking back on it, setting the year's theme, marking what served the Directive."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, cast

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.core import clock
from hatnhan.core.deeds import Crumb, Deed, Done, Ground
from hatnhan.core.errors import Denied, Missing, RuleBroken
from hatnhan.guidance import permissions
from hatnhan.guidance.actions import registrations as actions
from hatnhan.guidance.actions import services as marks
from hatnhan.guidance.actions.openings import record_opened
from hatnhan.guidance.actions.registrations import RegistrationData
from hatnhan.guidance.actions.themes import set_theme
from hatnhan.guidance.forms import directive as forms
from hatnhan.guidance.selectors import directive as selector
from hatnhan.guidance.selectors import directive_pages as pages
from hatnhan.guidance.selectors import services
from hatnhan.guidance.views.directive import SECTION, asked_year

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hatnhan.core.beside import Thing
    from hatnhan.core.forms import Form as BaseForm
    from hatnhan.guidance.models import Registration, Service
    from hatnhan.organization.models import Member, Unit
    from hatnhan.rulebook.topics.guidance import Directive
    from hatnhan.rulebook.types import Rule

REGISTER = "dang-ky"


def year_crumb(year: int) -> Crumb:
    """Return the way back to the year."""
    label = _("Học tập và làm theo Bác %(year)d") % {"year": year}
    return Crumb(label, f"{reverse('guidance:directive')}?nam={year}")


class _YearDeed(Deed):
    """Something done in a year under the Directive."""

    section = SECTION
    year: int

    def crumbs(self) -> list[Crumb]:
        return [year_crumb(self.year)]


class WriteRegistration(_YearDeed):
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


class _Told(_YearDeed):
    """A text on one registration, or on several of a cell; with the outcomes of deeds where one looks back."""

    form_class = forms.TextsForm
    template_name = "guidance/directive/texts.html"
    label: ClassVar[Any]
    #: The attribute that holds the text, and what stands in the title.
    text: ClassVar[str]
    outcomes: ClassVar[bool] = True
    bare: ClassVar[Any]
    rows: list[Registration]
    unit: Unit

    def prepare(self, **address: Any) -> None:
        user = self.request.user
        if code := address.get("code"):
            self.year, self.unit = asked_year(self.request), pages.cell_for(user, code)
            self.one = None
            found = pages.registrations_of(user, self.unit, self.year, clock.today())
            self.rows = [row for row in found if self.open_for_many(row)]
            return
        self.one = selector.registration_for(user, address["pk"])
        self.year, self.unit, self.rows = self.one.year, self.one.unit, [self.one]
        if not self.allowed(pages.may(user, self.one)):
            raise Missing

    def allowed(self, may: pages.May) -> bool:
        """Tell whether one may do it to the registration of the page."""
        return may.tell

    def open_for_many(self, _row: Registration) -> bool:
        """Tell whether a registration stands on the page of the whole cell."""
        return True

    def title(self) -> str:
        whose = (self.one.member or self.one.unit) if self.one else self.unit
        return f"{self.bare} {self.year}: {whose}"

    def crumbs(self) -> list[Crumb]:
        found = super().crumbs()
        if self.one is not None:
            return [*found, Crumb(_("Bản đăng ký"), reverse("guidance:registration", args=[self.one.pk]))]
        page = f"{reverse('guidance:cell-registrations', args=[self.unit.code])}?nam={self.year}"
        return [*found, Crumb(str(self.unit), page)]

    def state(self) -> str:
        outcomes = {row.pk: [one.outcome for one in row.deeds.all()] for row in self.rows if self.outcomes}
        return ";".join(
            f"{row.pk}:{row.version}:{getattr(row, self.text)}:{outcomes.get(row.pk)}" for row in self.rows
        )

    def form_options(self) -> dict[str, Any]:
        lines = pages.lines_of(self.rows, self.text, outcomes=self.outcomes)
        return {"label": self.label, "lines": lines, "outcomes": pages.OUTCOMES}

    def opened(self) -> None:
        record_opened(**self.signed, registrations=self.rows)

    def extra(self) -> dict[str, Any]:
        """Return what was registered, to be read beside what one writes."""
        laws = {row.rule: selector.form_of(row).value for row in self.rows}
        texts = {row.pk: (selector.written(row, laws[row.rule]), list(row.deeds.all())) for row in self.rows}
        people = [(*texts[one[0]], *one) for one in self.form.people]
        return {"people": people, "alone": self.one is not None}

    def _page(self, form: BaseForm, template: str = "", **more: Any) -> HttpResponse:
        self.form = cast("forms.TextsForm", form)
        return super()._page(form, template, **more)

    def said(self, data: dict[str, Any]) -> dict[Registration, tuple[str, dict[int, str]]]:
        """Return what was typed by registration: what was left as it stood is left out."""
        found = {}
        for row in self.rows:
            text = data[f"r{row.pk}"].strip()
            outcomes = {
                one.pk: value for one in row.deeds.all() if (value := data.get(f"r{row.pk}-d{one.pk}", ""))
            }
            before = {one.pk: one.outcome for one in row.deeds.all() if one.pk in outcomes}
            if (
                self.one is not None
                or text != getattr(row, self.text).strip()
                or (text and outcomes != before)
            ):
                found[row] = (text, outcomes)
        return found

    def done(self, rows: list[Registration]) -> Done:
        """Return what was done, leading back."""
        return Done(_("Đã ghi cho %(count)d bản đăng ký.") % {"count": len(rows)}, self.crumbs()[-1].url)


class Comment(_Told):
    """The cell's comment; of a unit's own, that of the committee above."""

    verb = gettext_lazy("Lưu nhận xét")
    label = gettext_lazy("Nhận xét")
    bare = gettext_lazy("Nhận xét bản đăng ký")
    text = "comment"
    outcomes = False

    def allowed(self, may: pages.May) -> bool:
        return may.comment

    def open_for_many(self, row: Registration) -> bool:
        return not permissions.is_own(self.request.user, row.member_id)

    def sentence(self) -> str:
        return _("Góp ý bằng lời, không cho điểm, không xếp thứ. Người được nhận xét đọc được ngay.")

    def act(self, data: dict[str, Any]) -> Done:
        texts = {row: text for row, (text, _outcomes) in self.said(data).items()}
        return self.done(actions.comment(**self.signed, registrations=texts))


class Progress(_Told):
    """What came of it by the middle of the year."""

    verb = gettext_lazy("Lưu kết quả")
    label = gettext_lazy("Kết quả đến giữa năm")
    bare = gettext_lazy("Kết quả giữa năm")
    text = "progress"

    def open_for_many(self, row: Registration) -> bool:
        own = permissions.is_own(self.request.user, row.member_id)
        return row.state == "registered" and (own or not row.progress_at or bool(row.progress_by))

    def sentence(self) -> str:
        if self.one is not None and permissions.is_own(self.request.user, self.one.member_id):
            return _("Ghi việc đã làm, việc còn lại. Không cần dài.")
        return _("Ghi đúng bản giấy đã nộp; tên người ghi hộ hiện bên dưới. Ai không ghi gì thì để trống.")

    def act(self, data: dict[str, Any]) -> Done:
        return self.done(actions.note_progress(**self.signed, entries=self.said(data)))


class Assess(Progress):
    """What one says of one's own year at its end."""

    verb = gettext_lazy("Lưu tự đánh giá")
    label = gettext_lazy("Tự đánh giá cuối năm")
    bare = gettext_lazy("Tự đánh giá")
    text = "assessment"

    def open_for_many(self, row: Registration) -> bool:
        own = permissions.is_own(self.request.user, row.member_id)
        return own or not row.assessed_at or bool(row.assessed_by)

    def act(self, data: dict[str, Any]) -> Done:
        return self.done(actions.assess(**self.signed, entries=self.said(data)))


class EnterRegistrations(_YearDeed):
    """Type in what members of a cell handed in on paper, ten at a time."""

    form_class = forms.PaperForm
    template_name = "guidance/directive/enter.html"
    verb = gettext_lazy("Ghi các bản đã điền")
    at_once: ClassVar[int] = 10
    unit: Unit

    def prepare(self, **address: Any) -> None:
        self.year, self.unit = asked_year(self.request), pages.cell_for(self.request.user, address["code"])
        self.rule = selector.directive_of(self.unit, self.year, clock.today())
        lines = pages.member_lines(self.unit, self.year, clock.today())
        missing = [line for line in lines if line.registration is None and not line.writes]
        # What was typed stays in its fields, even when another has entered some of these meanwhile.
        typed = {name.partition("-")[0] for name in self.request.POST if name.startswith("m")}
        page = [line for line in lines if f"m{line.pk}" in typed] if typed else missing[: self.at_once]
        self.members, self.rest = [(line.pk, line.name) for line in page], max(0, len(missing) - len(page))

    def title(self) -> str:
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
        rows = actions.enter_registrations(**self.signed, year=self.year, cell=self.unit, entries=entries)
        words = _("Đã ghi %(count)d bản đăng ký.") % {"count": len(rows)}
        again = f"{reverse('guidance:enter-registrations', args=[self.unit.code])}?nam={self.year}"
        return Done(words, again if self.rest else self.crumbs()[-1].url)


class SetTheme(_YearDeed):
    """Set what the committee learns in a year."""

    form_class = forms.ThemeForm
    verb = gettext_lazy("Lưu chuyên đề")
    unit: Unit

    def prepare(self, **_address: Any) -> None:
        if self.request.unit is None or self.request.unit.is_cell:
            raise Missing
        self.year, self.unit = asked_year(self.request), self.request.unit
        permissions.require_keep(self.request.user, self.unit.pk)
        found = selector.theme_of(self.unit, self.year, self.request.as_of)
        self.kept = found if found and found.unit_id == self.unit.pk else None
        self.before = selector.theme_of(self.unit, self.year - 1, self.request.as_of)

    def title(self) -> str:
        return _("Chuyên đề năm %(year)d: %(unit)s") % {"year": self.year, "unit": self.unit}

    def sentence(self) -> str:
        return _("Chi bộ, đảng viên thấy chuyên đề này khi đăng ký.")

    def initial(self) -> dict[str, Any]:
        if self.kept:
            return {name: getattr(self.kept, name) for name in ("theme", "term_theme", "decision_no")}
        return {"term_theme": self.before.term_theme if self.before else ""}

    def state(self) -> str:
        return f"{self.kept.theme}|{self.kept.term_theme}|{self.kept.decision_no}" if self.kept else ""

    def act(self, data: dict[str, Any]) -> Done:
        set_theme(**self.signed, unit=self.unit, year=self.year, kept=self.kept, **data)
        return Done(_("Đã lưu chuyên đề năm."), self.crumbs()[-1].url)


class _ThingDeed(Deed):
    """Something done about the mark of a thing."""

    section = SECTION
    thing: Thing
    kept: Service | None

    def prepare(self, **address: Any) -> None:
        self.thing = services.thing_for(self.request.user, address["kind"], address["pk"])
        permissions.require_lead(self.request.user, self.thing.unit_id)
        self.kept = services.of_thing(self.thing)

    def crumbs(self) -> list[Crumb]:
        return [Crumb(self.thing.title, self.thing.url)]


class MarkService(_ThingDeed):
    """Mark a thing as having served the Directive."""

    form_class = forms.ServiceForm
    template_name = "guidance/directive/mark.html"
    verb = gettext_lazy("Đánh dấu")

    def title(self) -> str:
        return _("Phục vụ học tập và làm theo Bác: %(title)s") % {"title": self.thing.title}

    def sentence(self) -> str:
        return _("Việc được đánh dấu vào danh sách của năm, dùng khi báo cáo.")

    def initial(self) -> dict[str, Any]:
        return {"note": self.kept.note if self.kept else ""}

    def extra(self) -> dict[str, Any]:
        return {"kept": self.kept, "thing": self.thing}

    def act(self, data: dict[str, Any]) -> Done:
        thing = self.thing
        marks.mark_service(
            **self.signed,
            unit=services.unit_of(thing),
            kind=thing.kind,
            object_id=thing.object_id,
            title=thing.title,
            url=thing.url,
            on=thing.on,
            note=data["note"],
        )
        return Done(_("Đã đánh dấu."), thing.url)


class UnmarkService(_ThingDeed):
    """Take the mark away."""

    form_class = forms.NothingForm
    verb = gettext_lazy("Bỏ dấu")

    def prepare(self, **address: Any) -> None:
        super().prepare(**address)
        if self.kept is None:
            raise Missing

    def title(self) -> str:
        return _("Bỏ dấu phục vụ học tập và làm theo Bác: %(title)s") % {"title": self.thing.title}

    def sentence(self) -> str:
        return _("Việc này không còn trong danh sách của năm.")

    def act(self, _data: dict[str, Any]) -> Done:
        assert self.kept is not None  # noqa: S101 - prepare saw it
        marks.unmark_service(**self.signed, service=self.kept)
        return Done(_("Đã bỏ dấu."), self.thing.url)
