"""Documents entered, mended, received, replaced; their files handed in and taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.core import clock
from hatnhan.core.deeds import Crumb, Deed, Done
from hatnhan.core.errors import Missing
from hatnhan.core.vietnamese import day as written
from hatnhan.guidance import permissions, tasks
from hatnhan.guidance.actions import files
from hatnhan.guidance.actions import register as actions
from hatnhan.guidance.forms import register as forms
from hatnhan.guidance.selectors import register
from hatnhan.guidance.views.register import SECTION, document_page

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse, QueryDict

    from hatnhan.core.forms import Form
    from hatnhan.guidance.models import Document, DocumentFile
    from hatnhan.organization.models import Member, Unit


def register_crumb() -> Crumb:
    """Return the way back to the register."""
    return Crumb(_("Văn bản"), reverse("guidance:documents"))


class _UnitDeed(Deed):
    """Something done in the register of a unit."""

    section = SECTION
    unit: Unit

    def people(self) -> dict[str, Member]:
        """Return who may have taken a document in, by id as a form sends it."""
        people = register.receivers(self.unit, clock.today(), self.request.user)
        return {str(one.pk): one for one in people}

    def choices(self) -> list[tuple[str, str]]:
        """Return who may have taken a document in, as choices."""
        return [(key, one.full_name) for key, one in self.people().items()]

    def kinds(self) -> list[tuple[str, str]]:
        """Return the kinds of documents as choices."""
        return list(register.kinds(self.unit, clock.today()).items())

    def data_from(self, data: dict[str, Any]) -> actions.DocumentData:
        """Return what was typed, the document carried out found by its number."""
        words = data["carries_out"]
        above = register.named(self.unit, clock.today(), words, field="carries_out") if words else None
        names = ("kind", "issuer", "number", "issued_on", "subject", "effective_from", "effective_to", "text")
        return actions.DocumentData(**{name: data[name] for name in names}, carries_out=above)


class NewDocument(_UnitDeed):
    """Enter a document in the register of the unit looked at; ``can_cu`` names one that it carries out."""

    form_class = forms.NewDocumentForm
    verb = gettext_lazy("Vào sổ")

    def prepare(self, **_address: Any) -> None:
        if self.request.unit is None:
            raise Missing
        self.unit = self.request.unit
        permissions.require_keep(self.request.user, self.unit.pk)

    def title(self) -> str:
        return _("Vào sổ văn bản: %(unit)s") % {"unit": self.unit}

    def sentence(self) -> str:
        return _(
            "Văn bản mật không vào sổ này, không chép, không gửi tệp lên đây. Sau khi vào sổ thì gửi tệp."
        )

    def crumbs(self) -> list[Crumb]:
        return [register_crumb()]

    def form_options(self) -> dict[str, Any]:
        return {"kinds": self.kinds(), "people": self.choices()}

    def initial(self) -> dict[str, Any]:
        asked = self.request.GET.get("can_cu", "")
        if not asked.isdecimal() or len(asked) > 18:  # noqa: PLR2004 - longer ones are no ids
            return {}
        above = register.document_for(self.request.user, int(asked))
        return {"carries_out": register.in_words(above)}

    def act(self, data: dict[str, Any]) -> Done:
        document = actions.register_document(
            **self.signed,
            unit=self.unit,
            data=self.data_from(data),
            received_on=data["received_on"],
            received_by=self.people().get(data["received_by"]),
        )
        return Done(_("Đã vào sổ %(number)s.") % {"number": document.number}, document_page(document))


class _DocumentDeed(_UnitDeed):
    """Something done about one document of the register."""

    document: Document

    def prepare(self, **address: Any) -> None:
        self.document = register.document_for(self.request.user, address["pk"])
        self.unit = self.document.unit
        permissions.require_keep(self.request.user, self.unit.pk)

    def crumbs(self) -> list[Crumb]:
        return [register_crumb(), Crumb(self.document.number, document_page(self.document))]

    def done(self, message: str) -> Done:
        """Return what was done, leading back to the document."""
        return Done(message, document_page(self.document))


class EditDocument(_DocumentDeed):
    """Mend what the register says of a document."""

    form_class = forms.DocumentForm
    verb = gettext_lazy("Lưu")

    def title(self) -> str:
        return _("Sửa văn bản %(number)s") % {"number": self.document.number}

    def sentence(self) -> str:
        return _("Đổi toàn văn thì thành bản mới: người đã đọc bản cũ phải đọc lại.")

    def form_options(self) -> dict[str, Any]:
        kinds = self.kinds()
        if self.document.kind not in dict(kinds):
            kinds.append((self.document.kind, self.document.kind))
        return {"kinds": kinds}

    def initial(self) -> dict[str, Any]:
        kept = register.text_of(self.document)
        names = ("kind", "issuer", "number", "issued_on", "subject", "effective_from", "effective_to")
        fields = {name: getattr(self.document, name) for name in names}
        above = register.in_words(self.document.carries_out)
        return {**fields, "carries_out": above, "text": kept.text if kept.typed else ""}

    def state(self) -> str:
        return "|".join(str(value) for value in (*self.initial().values(), self.document.version))

    def act(self, data: dict[str, Any]) -> Done:
        actions.edit_document(**self.signed, document=self.document, data=self.data_from(data))
        return self.done(_("Đã lưu văn bản."))


class ReceiveDocument(_DocumentDeed):
    """Note on what day a document came."""

    form_class = forms.ReceiveForm
    verb = gettext_lazy("Ghi ngày nhận")

    def title(self) -> str:
        return _("Ngày nhận văn bản %(number)s") % {"number": self.document.number}

    def sentence(self) -> str:
        return _("Hạn lập kế hoạch, học tập, thực hiện tính từ ngày nhận.")

    def form_options(self) -> dict[str, Any]:
        return {"people": self.choices()}

    def initial(self) -> dict[str, Any]:
        taken, by = self.document.received_on, self.document.received_by_id
        return {"received_on": taken or clock.today(), "received_by": str(by or "")}

    def state(self) -> str:
        return f"{self.document.received_on} {self.document.received_by_id}"

    def act(self, data: dict[str, Any]) -> Done:
        taker = self.people().get(data["received_by"])
        actions.receive_document(
            **self.signed, document=self.document, received_on=data["received_on"], received_by=taker
        )
        return self.done(_("Đã ghi ngày nhận %(day)s.") % {"day": written(data["received_on"])})


class ReplaceDocument(_DocumentDeed):
    """Note which document replaces this one."""

    form_class = forms.ReplaceForm
    verb = gettext_lazy("Ghi thay thế")

    def title(self) -> str:
        return _("Văn bản thay thế %(number)s") % {"number": self.document.number}

    def sentence(self) -> str:
        return _("Từ ngày ghi dưới đây, văn bản này hết hiệu lực. Văn bản thay thế phải có trong sổ.")

    def act(self, data: dict[str, Any]) -> Done:
        new = register.named(self.unit, clock.today(), data["new"], field="new")
        actions.replace_document(**self.signed, old=self.document, new=new, on=data["on"])
        return self.done(_("Đã ghi: %(new)s thay thế văn bản này.") % {"new": new})


class AttachFile(_DocumentDeed):
    """Hand in a file of a document; its text is read in the background."""

    form_class = forms.FileForm
    taken: DocumentFile | None = None
    template_name = "guidance/register/file.html"
    verb = gettext_lazy("Gửi tệp")

    def title(self) -> str:
        return _("Gửi tệp: %(number)s") % {"number": self.document.number}

    def sentence(self) -> str:
        return _("Tệp mới thành bản mới của văn bản. Ai xem được văn bản thì tải được tệp.")

    def _form(self, data: QueryDict | None = None) -> Form:
        """Bind the file too."""
        return self.form_class(data, self.request.FILES if data is not None else None)

    def post(self, request: HttpRequest, **address: Any) -> HttpResponse:
        answer = super().post(request, **address)
        if self.taken is not None:
            tasks.read_document_file.enqueue(self.taken.pk)
        return answer

    def _attempt(self, form: Form, *, rehearse: bool = False) -> Done | None:
        """Do it; what was written to the disk for a deed that is not kept is deleted again."""
        done = None
        try:
            done = super()._attempt(form, rehearse=rehearse)
        finally:
            if self.taken is not None and (done is None or rehearse):
                files.forget(self.taken)
                self.taken = None
        return done

    def act(self, data: dict[str, Any]) -> Done:
        file = files.attach_file(
            **self.signed,
            document=self.document,
            file=data["file"],
            name=data["name"],
            not_secret=data["not_secret"],
        )
        self.taken = file
        return self.done(_("Đã gửi “%(name)s”. Đang đọc chữ trong tệp để tìm được.") % {"name": file.name})


class RemoveFile(_DocumentDeed):
    """Take a file away."""

    form_class = forms.NothingToFill
    verb = gettext_lazy("Bỏ tệp")
    file: DocumentFile

    def prepare(self, **address: Any) -> None:
        self.file = register.file_for(self.request.user, address["pk"])
        super().prepare(pk=self.file.document_id)

    def title(self) -> str:
        return _("Bỏ tệp: %(name)s") % {"name": self.file.name}

    def sentence(self) -> str:
        return _("Tệp bị xóa khỏi máy chủ, chữ trong tệp không còn tìm được. Cần lại thì phải gửi lại.")

    def act(self, _data: dict[str, Any]) -> Done:
        files.remove_file(**self.signed, file=self.file)
        return self.done(_("Đã bỏ tệp."))
