"""Papers handed in ahead, and handed out to those who may see the meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import FileResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from hatnhan.core.deeds import Crumb, Deed, Done
from hatnhan.core.errors import Missing
from hatnhan.documents.uploads import TYPES
from hatnhan.meetings.actions import papers
from hatnhan.meetings.forms.agenda import PaperForm, RemoveForm
from hatnhan.meetings.selectors import planning
from hatnhan.meetings.views.frame import SECTION, meeting_page
from hatnhan.meetings.views.planning_base import home_crumb

if TYPE_CHECKING:
    from django.http import QueryDict

    from hatnhan.core.forms import Form
    from hatnhan.core.http import Request
    from hatnhan.meetings.models import AgendaItem, Paper


@require_GET
def download(request: Request, pk: int) -> FileResponse:
    """Hand over a paper as a file to keep: never shown inside a page, never guessed at by the browser."""
    paper = planning.paper_for(request.user, pk)
    try:
        content = paper.file.open("rb")
    except FileNotFoundError as error:
        raise Missing(_("Tệp này không còn trong máy chủ. Nhờ người gửi gửi lại.")) from error
    kind = papers.kind_of_paper(paper)
    answer = FileResponse(
        content,
        as_attachment=True,
        filename=papers.file_name(paper),
        content_type=TYPES.get(kind, "application/octet-stream"),
    )
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


class _PaperDeed(Deed):
    """Something done about the papers of an item."""

    section = SECTION
    item: AgendaItem

    def crumbs(self) -> list[Crumb]:
        meeting = self.item.meeting
        if meeting is None:
            return [home_crumb()]
        return [home_crumb(), Crumb(meeting.title, meeting_page(meeting))]

    def require(self) -> None:
        """Raise Missing for an item of the backlog, Denied unless the person may hand in papers on it."""
        if self.item.meeting is None:
            raise Missing
        papers.require_may_hand_in(self.request.user, self.item)

    def back(self, message: str) -> Done:
        """Return what was done, leading back to the item."""
        return Done(message, f"{self.crumbs()[-1].url}#muc-{self.item.pk}")


class UploadPaper(_PaperDeed):
    """Hand in a paper on an item."""

    form_class = PaperForm
    template_name = "meetings/planning/paper.html"
    verb = gettext_lazy("Gửi tài liệu")

    def prepare(self, **address: Any) -> None:
        self.item = planning.item_for(self.request.user, address["pk"])
        self.require()

    def title(self) -> str:
        return _("Gửi tài liệu: %(title)s") % {"title": self.item.title}

    def sentence(self) -> str:
        return _("Người được mời họp xem và tải được ngay sau khi gửi.")

    def _form(self, data: QueryDict | None = None) -> Form:
        """Bind the file too."""
        return self.form_class(data, self.request.FILES if data is not None else None)

    def act(self, data: dict[str, Any]) -> Done:
        paper = papers.upload_paper(**self.signed, item=self.item, file=data["file"], name=data["name"])
        return self.back(_("Đã gửi “%(name)s”.") % {"name": paper.name})


class RemovePaper(_PaperDeed):
    """Take a paper off its item."""

    form_class = RemoveForm
    verb = gettext_lazy("Bỏ tài liệu")
    paper: Paper

    def prepare(self, **address: Any) -> None:
        self.paper = planning.paper_for(self.request.user, address["pk"])
        self.item = self.paper.item
        self.require()

    def title(self) -> str:
        return _("Bỏ tài liệu: %(name)s") % {"name": self.paper.name}

    def sentence(self) -> str:
        return _("Tệp bị xóa khỏi máy chủ. Cần lại thì phải gửi lại.")

    def act(self, _data: dict[str, Any]) -> Done:
        papers.remove_paper(**self.signed, paper=self.paper)
        return self.back(_("Đã bỏ tài liệu."))
