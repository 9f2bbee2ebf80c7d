"""Sessions set, changed and given up; readings acknowledged and entered; excuses."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.core import clock
from hatnhan.core.deeds import Crumb, Deed, Done
from hatnhan.core.errors import Missing
from hatnhan.core.vietnamese import day as written
from hatnhan.guidance import permissions
from hatnhan.guidance.actions import readings, sessions
from hatnhan.guidance.forms import study as forms
from hatnhan.guidance.selectors import register, study, study_pages
from hatnhan.guidance.views.study import SECTION, study_page
from hatnhan.organization.selectors.units import in_sentence

if TYPE_CHECKING:
    from django.http import QueryDict

    from hatnhan.core.forms import Form
    from hatnhan.guidance.models import Document, Session
    from hatnhan.organization.models import Unit


def studies_crumb() -> Crumb:
    """Return the way back to one's own study."""
    return Crumb(_("Học tập"), reverse("guidance:studies"))


def session_page(session: Session) -> str:
    """Return the address of a session."""
    return reverse("guidance:session", args=[session.pk])


class _SessionDeed(Deed):
    """What typing in a session needs."""

    form_class: ClassVar[type[Form]] = forms.SessionForm
    section = SECTION
    unit: Unit

    def chosen(self) -> Document | None:
        """Return the document to begin with."""
        return None

    def form_options(self) -> dict[str, Any]:
        documents = study_pages.offered(self.unit, clock.today(), self.chosen())
        return {"documents": documents, "of_cell": self.unit.is_cell, "fresh": False}

    def data(self, typed: dict[str, Any]) -> sessions.SessionData:
        """Return what was typed as the actions take it."""
        return sessions.SessionData(
            title=typed["title"],
            document=register.document_for(self.request.user, typed["document"]),
            level=typed["level"],
            mode=typed["mode"],
            starts_at=datetime.combine(typed["day"], typed["time"], clock.HERE),
            until=typed["until"] if typed["mode"] == "self" else None,
            place=typed["place"] or "",
            presenter=typed["presenter"] or "",
        )


class PlanSession(_SessionDeed):
    """Set a session."""

    verb = gettext_lazy("Đặt đợt học")
    template_name = "guidance/study/plan.html"

    def prepare(self, **_address: Any) -> None:
        if self.request.unit is None:
            raise Missing
        self.unit = self.request.unit
        permissions.require_lead(self.request.user, self.unit.pk)

    def chosen(self) -> Document | None:
        wanted = self.request.GET.get("van_ban", "")
        known = wanted.isascii() and wanted.isdigit() and len(wanted) < 18  # noqa: PLR2004 - a key fits
        return register.document_for(self.request.user, int(wanted)) if known else None

    def title(self) -> str:
        return _("Đặt đợt học: %(unit)s") % {"unit": in_sentence(self.unit.name)}

    def sentence(self) -> str:
        return _("Đặt xong thì có danh sách người học; đến ngày học mở ra ghi.")

    def crumbs(self) -> list[Crumb]:
        return [studies_crumb()]

    def form_options(self) -> dict[str, Any]:
        return super().form_options() | {"fresh": True}

    def initial(self) -> dict[str, Any]:
        level = "cell" if self.unit.is_cell else "commune"
        who = forms.LEFT if self.request.GET.get("ai") == "chua" else forms.WHOLE
        known = {"level": level, "mode": "room", "who": who}
        if document := self.chosen():
            title = _("Học tập %(number)s") % {"number": document.number}
            known |= {"document": str(document.pk), "title": title}
        return known

    def act(self, data: dict[str, Any]) -> Done:
        known = self.data(data)
        members = None
        if data["who"] == forms.LEFT:
            left = study.not_studied(known.document, self.unit, clock.today())
            members = set(left.values_list("pk", flat=True))
        session = sessions.plan_session(**self.signed, unit=self.unit, data=known, members=members)
        return Done(_("Đã đặt đợt học. Đến ngày học, mở danh sách để ghi."), session_page(session))


class _OneSession(_SessionDeed):
    """Something done about one session."""

    session: Session

    def prepare(self, **address: Any) -> None:
        self.session = study_pages.session_for(self.request.user, address["pk"])
        self.unit = self.session.unit
        permissions.require_lead(self.request.user, self.unit.pk)

    def crumbs(self) -> list[Crumb]:
        return [studies_crumb(), Crumb(self.session.title, session_page(self.session))]


class EditSession(_OneSession):
    """Change what is known of a session."""

    verb = gettext_lazy("Lưu")
    template_name = "guidance/study/plan.html"

    def chosen(self) -> Document | None:
        return self.session.document

    def title(self) -> str:
        return _("Sửa đợt học")

    def initial(self) -> dict[str, Any]:
        one, local = self.session, self.session.starts_at.astimezone(clock.HERE)
        names = ("title", "level", "mode", "until", "place", "presenter")
        known = {name: getattr(one, name) for name in names}
        return known | {"document": one.document_id, "day": local.date(), "time": local.time()}

    def state(self) -> str:
        return repr(sorted(self.initial().items()))

    def act(self, data: dict[str, Any]) -> Done:
        sessions.edit_session(**self.signed, session=self.session, data=self.data(data))
        return Done(_("Đã lưu đợt học."), session_page(self.session))


class CancelSession(_OneSession):
    """Give a session up."""

    form_class = forms.ReasonForm
    verb = gettext_lazy("Bỏ đợt học")
    final = True

    def title(self) -> str:
        return _("Không tổ chức: %(title)s") % {"title": self.session.title}

    def sentence(self) -> str:
        return _("Chỉ đổi ngày thì dùng “Sửa đợt học”. Bỏ thì ghi lý do, ai cũng xem được.")

    def consequences(self, _data: dict[str, Any]) -> list[str]:
        return [_("Đợt học này không tính nữa; người trong danh sách chưa học vẫn phải học.")]

    def form_options(self) -> dict[str, Any]:
        return {}

    def act(self, data: dict[str, Any]) -> Done:
        sessions.cancel_session(**self.signed, session=self.session, reason=data["reason"])
        return Done(_("Đã bỏ đợt học."), session_page(self.session))


class AddPlaces(_OneSession):
    """Put more people on the list."""

    form_class = forms.PlacesForm
    verb = gettext_lazy("Thêm vào danh sách")

    def title(self) -> str:
        return _("Thêm người học: %(title)s") % {"title": self.session.title}

    def form_options(self) -> dict[str, Any]:
        return {"members": study_pages.not_listed(self.session)}

    def act(self, data: dict[str, Any]) -> Done:
        added = sessions.add_places(**self.signed, session=self.session, members=data["members"])
        return Done(_("Đã thêm %(count)d đồng chí.") % {"count": added}, session_page(self.session))


class DocumentDeed(Deed):
    """Something done about the study of one document."""

    section = SECTION
    document: Document

    def prepare(self, **address: Any) -> None:
        self.document = register.document_for(self.request.user, address["pk"])

    def crumbs(self) -> list[Crumb]:
        return [studies_crumb()]


class ReadDocument(DocumentDeed):
    """Read a document and say so; the version shown is the version read."""

    form_class = forms.ReadForm
    verb = gettext_lazy("Tôi đã đọc bản này")
    template_name = "guidance/study/read.html"

    def prepare(self, **address: Any) -> None:
        super().prepare(**address)
        readings.own_member(self.request.user)
        self.text = study_pages.text_of(self.document)
        self.on_paper = not self.text and not register.files_of(self.document).exclude(file="").exists()

    def _form(self, data: QueryDict | None = None) -> Form:
        form_class = forms.PaperReadForm if self.on_paper else forms.ReadForm
        return form_class(data, initial=self.initial())

    def title(self) -> str:
        return _("Đọc %(number)s") % {"number": self.document.number}

    def sentence(self) -> str:
        if not self.on_paper:
            return ""
        return _("Trong sổ chưa có toàn văn, cũng chưa có tệp. Đọc bản giấy ở chi bộ rồi ghi ngày đọc.")

    def initial(self) -> dict[str, Any]:
        return {"version": self.document.version}

    def extra(self) -> dict[str, Any]:
        return {
            "document": self.document,
            "text": self.text,
            "on_paper": self.on_paper,
            "reading": study_pages.own_reading(self.request.user, self.document),
        }

    def act(self, data: dict[str, Any]) -> Done:
        readings.acknowledge(
            **self.signed, document=self.document, version=data["version"], read_on=data.get("day")
        )
        return Done(_("Đã ghi: đồng chí đã đọc văn bản này."), reverse("guidance:studies"))


class CellDeed(DocumentDeed):
    """Something done for the members of a cell: ``chi_bo`` in the address, else the unit looked at."""

    unit: Unit

    def prepare(self, **address: Any) -> None:
        super().prepare(**address)
        code = self.request.GET.get("chi_bo", "") or getattr(self.request.unit, "code", "")
        self.unit = study_pages.cell_for(self.request.user, code)
        permissions.require_lead(self.request.user, self.unit.pk)

    def crumbs(self) -> list[Crumb]:
        page = study_page(self.document.pk, self.unit.code)
        return [studies_crumb(), Crumb(_("Việc học %(number)s") % {"number": self.document.number}, page)]

    def done(self, message: str) -> Done:
        """Return what was done, leading back to the list."""
        return Done(message, study_page(self.document.pk, self.unit.code))


class EnterReadings(CellDeed):
    """Enter who read, for those without a phone."""

    form_class = forms.ReadingsForm
    template_name = "guidance/study/enter_readings.html"
    verb = gettext_lazy("Ghi đã đọc")

    def title(self) -> str:
        return _("Ghi hộ người đã đọc: %(unit)s") % {"unit": in_sentence(self.unit.name)}

    def sentence(self) -> str:
        if not self.unit.is_cell:
            return _("Ghi theo từng chi bộ. Chọn chi bộ trước.")
        words = _("Cho người không dùng điện thoại: ai đã đọc %(number)s (bản %(version)d) thì đánh dấu.")
        return words % {"number": self.document.number, "version": self.document.version}

    def form_options(self) -> dict[str, Any]:
        # All members of a commune are no list to look through: the page asks for the cell first.
        cell = self.unit.is_cell
        return {"members": study_pages.not_read(self.document, self.unit, clock.today()) if cell else []}

    def extra(self) -> dict[str, Any]:
        if self.unit.is_cell:
            return {}
        lines = study_pages.by_cell(self.request.user, self.document, self.unit, clock.today())
        return {"cells": lines, "document": self.document, "choose": True}

    def initial(self) -> dict[str, Any]:
        return {"day": clock.today()}

    def act(self, data: dict[str, Any]) -> Done:
        count = readings.enter_readings(
            **self.signed,
            document=self.document,
            cell=self.unit,
            member_ids=data["members"],
            read_on=data["day"],
        )
        return self.done(_("Đã ghi %(count)d đồng chí đã đọc.") % {"count": count})


class Excuse(CellDeed):
    """Note who does not have to study, and why."""

    form_class = forms.ExcuseForm
    verb = gettext_lazy("Ghi lý do")

    def title(self) -> str:
        return _("Không phải học, có lý do: %(unit)s") % {"unit": in_sentence(self.unit.name)}

    def sentence(self) -> str:
        words = _("Người được ghi ở đây không còn trong danh sách phải học %(number)s.")
        return words % {"number": self.document.number}

    def form_options(self) -> dict[str, Any]:
        rows = study.not_studied(self.document, self.unit, clock.today())
        return {"members": list(rows)}

    def act(self, data: dict[str, Any]) -> Done:
        reasons = dict.fromkeys(data["members"], data["reason"])
        sessions.excuse_members(**self.signed, document=self.document, unit=self.unit, reasons=reasons)
        return self.done(_("Đã ghi lý do cho %(count)d đồng chí.") % {"count": len(reasons)})


class TakeBackExcuse(CellDeed):
    """Take excuses back."""

    form_class = forms.PlacesForm
    verb = gettext_lazy("Bỏ lý do")

    def title(self) -> str:
        return _("Phải học lại như thường: %(unit)s") % {"unit": in_sentence(self.unit.name)}

    def sentence(self) -> str:
        words = _("Người được đánh dấu trở lại danh sách phải học từ hôm nay, %(day)s.")
        return words % {"day": written(clock.today())}

    def form_options(self) -> dict[str, Any]:
        rows = study_pages.excused(self.request.user, self.document, self.unit, clock.today())
        return {"members": [one.member for one in rows]}

    def act(self, data: dict[str, Any]) -> Done:
        known = {"document": self.document, "unit": self.unit, "members": data["members"]}
        count = sessions.take_back_excuses(**self.signed, **known)
        return self.done(_("Đã bỏ lý do của %(count)d đồng chí.") % {"count": count})
