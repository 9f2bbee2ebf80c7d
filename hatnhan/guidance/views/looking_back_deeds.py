"""What is said to registrations, and what came of them: one at a time, or those of a cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, cast

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.core import clock
from hatnhan.core.deeds import Crumb, Done
from hatnhan.core.errors import Missing
from hatnhan.guidance import permissions
from hatnhan.guidance.actions import registrations as actions
from hatnhan.guidance.actions.openings import record_opened
from hatnhan.guidance.forms import directive as forms
from hatnhan.guidance.selectors import directive as selector
from hatnhan.guidance.selectors import directive_pages as pages
from hatnhan.guidance.views.directive import asked_year
from hatnhan.guidance.views.directive_deeds import YearDeed

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hatnhan.core.forms import Form as BaseForm
    from hatnhan.guidance.models import Registration
    from hatnhan.organization.models import Unit


class _Told(YearDeed):
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
