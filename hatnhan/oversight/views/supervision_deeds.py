"""Regular supervision given out, taken back, concluded; notes written, answered, confirmed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.core import clock
from hatnhan.core.deeds import Crumb, Deed, Done, Ground
from hatnhan.core.errors import Denied, Missing, RuleBroken
from hatnhan.core.vietnamese import day as written
from hatnhan.organization.selectors.bodies import bodies_of
from hatnhan.organization.selectors.law import law_for
from hatnhan.oversight import permissions
from hatnhan.oversight.actions import notes, watches
from hatnhan.oversight.forms import supervision as forms
from hatnhan.oversight.selectors import choosing, supervision
from hatnhan.rulebook.topics.oversight import OversightTerms

if TYPE_CHECKING:
    from hatnhan.organization.models import Unit
    from hatnhan.oversight.models import Note, ProgrammeItem, Watch

SECTION = "oversight:home"
_ONE_DAY = timedelta(days=1)
#: In whose name supervision is given out, as values of organization's `Body`.
_OF_CELL, _OF_COMMITTEE = "members", "inspection"


def list_crumb() -> Crumb:
    """Return the way back to the list."""
    return Crumb(_("Giám sát thường xuyên"), reverse("oversight:watches"))


def watch_page(watch: Watch) -> str:
    """Return the address of an assignment's page."""
    return reverse("oversight:watch", args=[watch.pk])


class AssignWatch(Deed):
    """Give out that somebody follows somebody's work."""

    section = SECTION
    form_class = forms.WatchForm
    template_name = "oversight/supervision/assign.html"
    verb = gettext_lazy("Phân công giám sát")
    unit: Unit
    item: ProgrammeItem | None = None

    def prepare(self, **_address: Any) -> None:
        if self.request.unit is None:
            raise Missing
        self.unit = self.request.unit
        permissions.require_run(self.request.user, self.unit.pk)
        asked = self.request.GET.get("muc", "")
        self.items = {str(one.pk): one for one in supervision.items(self.unit, clock.today())}
        self.item = self.items.get(asked)
        self.planned = supervision.planned_subjects(self.item) if self.item else []

    def title(self) -> str:
        return _("Phân công giám sát thường xuyên")

    def sentence(self) -> str:
        return _("Người được giám sát biết ai theo dõi mình, đọc mọi ghi nhận và trả lời được.")

    def crumbs(self) -> list[Crumb]:
        return [list_crumb()]

    def query(self) -> str:
        """Return the name looked for among those whom the list does not offer."""
        return " ".join((self.request.POST.get("q") or self.request.GET.get("q", "")).split())[:80]

    def form_options(self) -> dict[str, Any]:
        on = clock.today()
        return {
            "subjects": supervision.subject_groups(self.unit, on, self.query(), self.planned),
            "observers": supervision.people_options(choosing.inspectors(self.unit, on), on),
            "topics": choosing.note_topics(self.unit, on),
            "items": [(key, one.content[:80]) for key, one in self.items.items()],
        }

    def initial(self) -> dict[str, Any]:
        if self.item is None:
            return {"start": clock.today()}
        topic = self.item.topic
        return {
            "item": str(self.item.pk),
            "subject": self.planned[0][0] if self.planned else "",
            "start": self.item.starts_on,
            "end": self.item.ends_on + _ONE_DAY,
            "topics": [topic] if topic in choosing.note_topics(self.unit, clock.today()) else [],
        }

    def extra(self) -> dict[str, Any]:
        return {
            "query": self.query(),
            "unit": self.unit,
        }

    def act(self, data: dict[str, Any]) -> Done:
        observer = supervision.member_of(data["observer"])
        if observer is None:
            raise RuleBroken("observer", _("Chọn lại người giám sát."), field="observer")
        of_unit, of_member = supervision.subject_of(data["subject"])
        body = _OF_CELL if self.unit.is_cell else _OF_COMMITTEE
        made = watches.assign_watch(
            **self.signed,
            unit=self.unit,
            body=next(one for one in bodies_of(self.unit) if one == body),
            observer=observer,
            of_unit=of_unit,
            of_member=of_member,
            topics=data["topics"],
            start=data["start"],
            end=data["end"],
            item=self.items.get(data.get("item", "")),
        )
        return Done(_("Đã phân công giám sát."), watch_page(made))


class _WatchDeed(Deed):
    """What the deeds on one assignment share."""

    section = SECTION
    watch: Watch

    def prepare(self, **address: Any) -> None:
        self.watch = supervision.watch_for(self.request.user, address["pk"])

    def crumbs(self) -> list[Crumb]:
        words = _("Giám sát %(subject)s") % {"subject": self.watch.of_unit or self.watch.of_member}
        return [list_crumb(), Crumb(words, watch_page(self.watch))]

    def done(self, message: str) -> Done:
        """Return what was done, leading back to the assignment."""
        return Done(message, watch_page(self.watch))


class DropWatch(_WatchDeed):
    """Take back what was given out by mistake."""

    form_class = forms.NothingForm
    verb = gettext_lazy("Bỏ phân công")
    final = True

    def prepare(self, **address: Any) -> None:
        super().prepare(**address)
        permissions.require_run(self.request.user, self.watch.unit_id)

    def title(self) -> str:
        return _("Bỏ phân công giám sát")

    def sentence(self) -> str:
        return _("Chỉ bỏ được khi chưa có ghi nhận nào.")

    def act(self, _data: dict[str, Any]) -> Done:
        watches.drop_watch(**self.signed, watch=self.watch)
        return Done(_("Đã bỏ phân công."), list_crumb().url)


class ConcludeWatch(_WatchDeed):
    """Conclude regular supervision."""

    form_class = forms.ConcludeForm
    verb = gettext_lazy("Kết thúc giám sát")
    final = True

    def prepare(self, **address: Any) -> None:
        super().prepare(**address)
        watches.require_conclude(self.request.user, self.watch)

    def title(self) -> str:
        return _("Kết thúc giám sát thường xuyên")

    def sentence(self) -> str:
        return _("Kết thúc rồi thì không ghi nhận thêm được. Người được giám sát đọc được nhận xét này.")

    def initial(self) -> dict[str, Any]:
        return {"concluded_on": clock.today()}

    def act(self, data: dict[str, Any]) -> Done:
        watches.conclude_watch(**self.signed, watch=self.watch, **data)
        return self.done(_("Đã kết thúc giám sát."))


class WriteNote(_WatchDeed):
    """Write a note as the observer."""

    form_class = forms.NoteForm
    verb = gettext_lazy("Ghi nhận")

    def prepare(self, **address: Any) -> None:
        super().prepare(**address)
        if not permissions.observes(self.request.user, self.watch):
            raise Denied(_("Chỉ người được giao giám sát ghi được ở đây."))

    def title(self) -> str:
        return _("Ghi nhận: %(subject)s") % {"subject": self.watch.of_unit or self.watch.of_member}

    def sentence(self) -> str:
        return _("Ghi việc làm tốt cũng như việc cần nhắc. Người được giám sát đọc được ngay.")

    def ground(self) -> Ground:
        rule = law_for(OversightTerms, clock.today(), self.watch.unit)
        words = _("Ghi nhận không được trả lời, không được xác nhận thì hết hiệu lực sau %(days)d ngày.")
        return Ground(words % {"days": rule.value.note_days}, rule)

    def form_options(self) -> dict[str, Any]:
        return {"topics": supervision.topics_of(self.watch, clock.today()), "kinds": supervision.NOTE_KINDS}

    def initial(self) -> dict[str, Any]:
        topics = supervision.topics_of(self.watch, clock.today())
        only = next(iter(topics)) if len(topics) == 1 else ""
        return {"on": clock.today(), "topic": only}

    def act(self, data: dict[str, Any]) -> Done:
        notes.write_note(**self.signed, watch=self.watch, **data)
        return self.done(_("Đã ghi nhận. Người được giám sát đọc được ngay."))


class _NoteDeed(Deed):
    """What the deeds on one note share."""

    section = SECTION
    template_name = "oversight/supervision/note.html"
    note: Note

    def prepare(self, **address: Any) -> None:
        self.note = supervision.note_for(self.request.user, address["pk"])

    def opened(self) -> None:
        notes.record_read(**self.signed, watches=[self.note.watch])

    def of_watch(self) -> list[Crumb]:
        """Return the way back to the assignment."""
        watch = self.note.watch
        return [list_crumb(), Crumb(str(watch.of_unit or watch.of_member), watch_page(watch))]

    def extra(self) -> dict[str, Any]:
        topics = choosing.topic_words(self.note.watch.unit, clock.today())
        return {"note": self.note, "topic": topics.get(self.note.topic, self.note.topic)}


class AnswerNote(_NoteDeed):
    """Answer a note on oneself."""

    form_class = forms.AnswerForm
    verb = gettext_lazy("Trả lời")

    def prepare(self, **address: Any) -> None:
        super().prepare(**address)
        self.own = notes.answers(self.request.user, self.note)
        if not self.own and not notes.types_answer(self.request.user, self.note):
            raise Denied(_("Chỉ người được giám sát trả lời được ghi nhận này."))

    def title(self) -> str:
        if not self.own:
            watch = self.note.watch
            return _("Ghi hộ trả lời của %(whom)s") % {"whom": watch.of_unit or watch.of_member}
        return _("Trả lời ghi nhận")

    def initial(self) -> dict[str, Any]:
        return {} if self.own else {"text": self.note.answer}

    def state(self) -> str:
        return f"{self.note.answer}:{self.note.typed_by}"

    def sentence(self) -> str:
        if not self.own:
            return _(
                "Người được giám sát chưa có tài khoản: ghi đúng trả lời bằng giấy. Sửa được đến khi xác nhận ghi nhận."
            )
        words = _(
            "Trả lời trước ngày %(day)s. Câu trả lời đứng cạnh ghi nhận; người giám sát và nơi giao đọc được."
        )
        return words % {"day": written(self.note.expires_on)}

    def crumbs(self) -> list[Crumb]:
        if not self.own:
            return self.of_watch()
        return [Crumb(_("Ghi nhận về tôi"), reverse("oversight:my-notes"))]

    def act(self, data: dict[str, Any]) -> Done:
        notes.answer_note(**self.signed, note=self.note, **data)
        if not self.own:
            return Done(_("Đã ghi trả lời."), watch_page(self.note.watch))
        return Done(_("Đã trả lời."), reverse("oversight:my-notes"))


class ConfirmNote(_NoteDeed):
    """Hold a note to be right, as who gave out the supervision."""

    form_class = forms.NothingForm
    verb = gettext_lazy("Xác nhận ghi nhận")

    def prepare(self, **address: Any) -> None:
        super().prepare(**address)
        if not notes.confirms(self.request.user, self.note.watch):
            raise Denied(_("Nơi giao giám sát xác nhận ghi nhận; người giám sát không tự xác nhận."))

    def title(self) -> str:
        return _("Xác nhận ghi nhận")

    def sentence(self) -> str:
        return _("Xác nhận khi đã xem và thấy đúng. Ghi nhận được xác nhận thì không hết hiệu lực.")

    def crumbs(self) -> list[Crumb]:
        return self.of_watch()

    def act(self, _data: dict[str, Any]) -> Done:
        notes.confirm_note(**self.signed, note=self.note)
        return Done(_("Đã xác nhận."), watch_page(self.note.watch))
