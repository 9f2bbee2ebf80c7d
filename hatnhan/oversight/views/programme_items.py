"""Works of a programme put in, changed and taken out: while it is drafted, and by amendments afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.core import clock
from hatnhan.core.vietnamese import day as written
from hatnhan.organization.selectors.law import law_for
from hatnhan.oversight import permissions
from hatnhan.oversight.actions import amendments, items
from hatnhan.oversight.actions.items import ItemData
from hatnhan.oversight.forms import programme as forms
from hatnhan.oversight.rules import programme as rules
from hatnhan.oversight.selectors import choosing
from hatnhan.oversight.selectors import programmes as reading
from hatnhan.oversight.views.programme_deeds import ProgrammeDeed
from hatnhan.rulebook.topics.oversight import ComplianceProcedure

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from hatnhan.core.deeds import Done
    from hatnhan.organization.models import Member, Unit
    from hatnhan.oversight.models import ProgrammeItem

_DAYS = ("examined_from", "examined_to", "starts_on", "ends_on")


class _ItemFields(ProgrammeDeed):
    """What all pages with the fields of a work share. ``standing`` is the work as it was before."""

    standing: ItemData | None = None

    def _units(self) -> dict[str, Unit]:
        before = self.standing.units if self.standing else ()
        return {str(one.pk): one for one in (*choosing.units(self.programme.unit, clock.today()), *before)}

    def _members(self) -> dict[str, Member]:
        before = self.standing.members if self.standing else ()
        return _by_key([*choosing.nameable(self.programme.unit, clock.today()), *before])

    def _people(self) -> dict[str, Member]:
        before = self.standing.team if self.standing else ()
        return _by_key([*choosing.inspectors(self.programme.unit, clock.today()), *before])

    def form_options(self) -> dict[str, Any]:
        today, unit = clock.today(), self.programme.unit
        shown = {"with_cell": not unit.is_cell}
        topic = self.standing.topic if self.standing else ""
        return {
            "topics": choosing.topic_options(unit, today, topic),
            "units": choosing.unit_options(self._units().values()),
            "members": choosing.member_options(self._members().values(), today, **shown),
            "people": choosing.member_options(self._people().values(), today, **shown),
        }

    def initial(self) -> dict[str, Any]:
        return _typed(self.standing) if self.standing else self._suggested()

    def _suggested(self) -> dict[str, Any]:
        """Return what stands in the fields of a new work: its days, and the cell or topic that the gaps named."""
        law = law_for(ComplianceProcedure, clock.today(), self.programme.unit).value
        starts, ends = rules.suggested_days(0, self.programme.year, law.most_days)
        first, last = rules.looked_back(starts, law.look_back_months)
        asked = self.request.GET
        cell = next((key for key, one in self._units().items() if one.code == asked.get("chi_bo")), None)
        return {
            "kind": asked.get("loai", "compliance"),
            "topic": asked.get("linh_vuc", ""),
            "content": asked.get("noi_dung", "")[:300],
            "units": [cell] if cell else [],
            "examined_from": first,
            "examined_to": last,
            "starts_on": starts,
            "ends_on": ends,
        }

    def data(self, typed: dict[str, Any]) -> ItemData:
        """Return what was typed, for the action."""
        people = self._people()
        team = [typed["head"], *typed["team"]]
        units, members = self._units(), self._members()
        return ItemData(
            kind=typed["kind"],
            topic=typed["topic"],
            content=typed["content"],
            **{name: typed[name] for name in _DAYS},
            units=tuple(units[key] for key in typed.get("units", ())),
            members=tuple(members[key] for key in typed["members"]),
            team=tuple(people[key] for key in dict.fromkeys(team) if key),
            team_note=typed["team_note"],
            came_from=self.standing.came_from if self.standing else "",
        )


def _by_key(people: Iterable[Member]) -> dict[str, Member]:
    return {str(one.pk): one for one in people}


def _typed(data: ItemData) -> dict[str, Any]:
    team = [str(one.pk) for one in data.team]
    names = ("kind", "topic", "content", "team_note", *_DAYS)
    return {name: getattr(data, name) for name in names} | {
        "units": [str(one.pk) for one in data.units],
        "members": [str(one.pk) for one in data.members],
        "head": team[0] if team else "",
        "team": team[1:],
    }


class AddItem(_ItemFields):
    """Put a work into a draft."""

    form_class = forms.ItemForm
    verb = gettext_lazy("Thêm vào chương trình")

    def title(self) -> str:
        return _("Thêm cuộc kiểm tra, giám sát")

    def act(self, data: dict[str, Any]) -> Done:
        items.add_item(**self.signed, programme=self.programme, data=self.data(data))
        return self.done(_("Đã thêm vào chương trình."))


class _OfItem(_ItemFields):
    """Something done about one work."""

    item: ProgrammeItem

    def prepare(self, **address: Any) -> None:
        self.item = reading.item_for(self.request.user, address["pk"])
        self.programme = self.item.programme
        permissions.require_run(self.request.user, self.programme.unit_id)
        self.standing = items.data_of(self.item)


class EditItem(_OfItem):
    """Change a work of a draft."""

    form_class = forms.ItemForm
    verb = gettext_lazy("Lưu")

    def title(self) -> str:
        return _("Sửa cuộc trong chương trình")

    def sentence(self) -> str:
        return self.item.came_from

    def act(self, data: dict[str, Any]) -> Done:
        items.edit_item(**self.signed, item=self.item, data=self.data(data))
        return self.done(_("Đã sửa."))


class RemoveItem(_OfItem):
    """Take a work out of a draft."""

    form_class = forms.NothingForm
    verb = gettext_lazy("Bỏ khỏi bản soạn")

    def title(self) -> str:
        return _("Đưa cuộc ra khỏi bản soạn")

    def sentence(self) -> str:
        return self.item.content

    def form_options(self) -> dict[str, Any]:
        return {}

    def initial(self) -> dict[str, Any]:
        return {}

    def act(self, _data: dict[str, Any]) -> Done:
        items.remove_item(**self.signed, item=self.item)
        return self.done(_("Đã bỏ khỏi bản soạn."))


# --- amendments -------------------------------------------------------------------------------------------------------
def _require_issues(deed: ProgrammeDeed) -> None:
    permissions.require_approve(deed.request.user, deed.programme.unit_id, deed.programme.body)


def _paper(data: dict[str, Any]) -> dict[str, Any]:
    return {name: data[name] for name in ("decided_on", "decision_no", "reason")}


def _last_paper(deed: ProgrammeDeed) -> dict[str, Any]:
    """Return number, day and reason of the last amendment (?lan= its number), so that one more change joins it."""
    asked = deed.request.GET.get("lan", "")
    last = reading.last_amendment(deed.programme)
    if last is None or (asked != str(last.number) and last.decided_on != clock.today()):
        return {"decided_on": clock.today()}
    return {name: getattr(last, name) for name in ("decided_on", "decision_no", "reason")}


def _said_after() -> str:
    return _("Lần điều chỉnh, số, ngày và lý do đứng cạnh tỷ lệ hoàn thành của chương trình.")


class Amend(ProgrammeDeed):
    """Take works out of an issued programme."""

    form_class = forms.RemoveForm
    verb = gettext_lazy("Ghi điều chỉnh")
    final = True

    def prepare(self, **address: Any) -> None:
        super().prepare(**address)
        _require_issues(self)

    def title(self) -> str:
        return _("Điều chỉnh: rút cuộc khỏi chương trình")

    def sentence(self) -> str:
        return _("Chỉ bỏ được cuộc chưa mở, chưa quá hạn. Cuộc đã bỏ vẫn thấy ở phần điều chỉnh.")

    def _open(self) -> dict[str, ProgrammeItem]:
        today = clock.today()
        rows = reading.sheet_of(self.request.user, self.programme, today).rows
        return {str(row.item.pk): row.item for row in rows if not row.opened and row.item.ends_on >= today}

    def form_options(self) -> dict[str, Any]:
        found = self._open().items()
        return {"items": [(key, f"{one.content} ({written(one.ends_on)})") for key, one in found]}

    def initial(self) -> dict[str, Any]:
        return _last_paper(self) | {"remove": [self.request.GET.get("muc", "")]}

    def consequences(self, data: dict[str, Any]) -> list[str]:
        words = _("Bỏ %(count)d cuộc khỏi chương trình năm %(year)d.")
        return [words % {"count": len(data["remove"]), "year": self.programme.year}, _said_after()]

    def act(self, data: dict[str, Any]) -> Done:
        found = self._open()
        remove = [found[key] for key in data["remove"]]
        amendments.amend_programme(**self.signed, programme=self.programme, remove=remove, **_paper(data))
        return self.done(_("Đã ghi điều chỉnh."))


class AmendAdd(_ItemFields):
    """Put a work into an issued programme."""

    form_class = forms.AmendItemForm
    verb = gettext_lazy("Ghi điều chỉnh")
    final = True

    def prepare(self, **address: Any) -> None:
        super().prepare(**address)
        _require_issues(self)

    def title(self) -> str:
        return _("Điều chỉnh: thêm cuộc vào chương trình")

    def initial(self) -> dict[str, Any]:
        return super().initial() | _last_paper(self)

    def consequences(self, _data: dict[str, Any]) -> list[str]:
        return [
            _("Thêm một cuộc vào chương trình năm %(year)d.") % {"year": self.programme.year},
            _said_after(),
        ]

    def act(self, data: dict[str, Any]) -> Done:
        add = [self.data(data)]
        amendments.amend_programme(**self.signed, programme=self.programme, add=add, **_paper(data))
        return self.done(_("Đã ghi điều chỉnh."))


class AmendChange(_OfItem):
    """Change a work of an issued programme."""

    form_class = forms.AmendItemForm
    verb = gettext_lazy("Ghi điều chỉnh")
    final = True

    def prepare(self, **address: Any) -> None:
        super().prepare(**address)
        _require_issues(self)

    def title(self) -> str:
        return _("Điều chỉnh: sửa cuộc trong chương trình")

    def sentence(self) -> str:
        return _("Cuộc cũ vẫn thấy ở phần điều chỉnh, cạnh cuộc mới.")

    def initial(self) -> dict[str, Any]:
        return super().initial() | _last_paper(self)

    def consequences(self, _data: dict[str, Any]) -> list[str]:
        words = _("Cuộc “%(content)s” được thay bằng cuộc vừa ghi.")
        return [words % {"content": self.item.content[:120]}, _said_after()]

    def act(self, data: dict[str, Any]) -> Done:
        change: Mapping[ProgrammeItem, ItemData] = {self.item: self.data(data)}
        amendments.amend_programme(**self.signed, programme=self.programme, change=change, **_paper(data))
        return self.done(_("Đã ghi điều chỉnh."))
