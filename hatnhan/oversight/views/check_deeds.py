"""Opening a check, mending, extending, stopping it; its team, minutes, report and conclusion; kin."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.core import clock
from hatnhan.core.deeds import Crumb, Deed, Done, Ground
from hatnhan.core.errors import Missing, RuleBroken
from hatnhan.core.vietnamese import day as written
from hatnhan.oversight import permissions
from hatnhan.oversight.actions import concluding, kin, opening, readings, reporting, team
from hatnhan.oversight.forms import checks as forms
from hatnhan.oversight.selectors import checks as selector
from hatnhan.oversight.selectors import choosing, entering, subjects
from hatnhan.oversight.selectors.steps import law_of
from hatnhan.oversight.views.checks import SECTION, check_page

if TYPE_CHECKING:
    from hatnhan.organization.models import Member, Unit
    from hatnhan.oversight.models import Check, Minutes, ProgrammeItem


def list_crumb() -> Crumb:
    """Return the way back to the list."""
    return Crumb(_("Các cuộc kiểm tra, giám sát"), reverse("oversight:checks"))


class OpenCheck(Deed):
    """Open a check: a planned one from its item (?muc=), or on signs or a denunciation (?tu= the one before)."""

    section = SECTION
    form_class = forms.OpenForm
    verb = gettext_lazy("Mở cuộc")
    item: ProgrammeItem | None
    after: Check | None
    unit: Unit

    def prepare(self, **_address: Any) -> None:
        user, asked = self.request.user, self.request.GET
        self.item = selector.item_for(user, int(asked["muc"])) if asked.get("muc", "").isdecimal() else None
        self.after = selector.check_of(user, int(asked["tu"])) if asked.get("tu", "").isdecimal() else None
        unit = self.item.programme.unit if self.item else self.after.unit if self.after else self.request.unit
        if unit is None:
            raise Missing
        permissions.require_run(user, unit.pk)
        self.unit = unit

    def title(self) -> str:
        return _("Mở cuộc: %(item)s") % {"item": self.item} if self.item else _("Mở cuộc kiểm tra đột xuất")

    def sentence(self) -> str:
        if self.item:
            return _(
                "Đối tượng theo chương trình năm. Hồ sơ, các bước và hạn được lập theo quy trình đang áp dụng."
            )
        return _("Ghi căn cứ và đối tượng. Hồ sơ, các bước và hạn được lập theo quy trình đang áp dụng.")

    def crumbs(self) -> list[Crumb]:
        return [list_crumb()]

    def ground(self) -> Ground | None:
        if self.item is None:
            return None
        law = entering.law_for_kind(self.item.kind, self.unit, clock.today())
        words = _(
            "Làm không quá %(days)d ngày; mốc kiểm tra không quá %(months)d tháng; đoàn không quá %(most)d người."
        )
        value = law.value
        numbers = {"days": value.most_days, "months": value.look_back_months, "most": value.most_team}
        return Ground(words % numbers, law)

    def form_options(self) -> dict[str, Any]:
        on = clock.today()
        return {
            "kinds": entering.ad_hoc_kinds(self.request.user, self.unit),
            "topics": choosing.topic_options(self.unit, on, self.item.topic if self.item else ""),
            "units": [] if self.item else choosing.unit_options(choosing.units(self.unit, on)),
            "members": [] if self.item else choosing.member_options(choosing.members(self.unit, on), on),
            "team": entering.team_options(self.unit, on, self.item),
            "planned": self.item is not None,
        }

    def initial(self) -> dict[str, Any]:
        found: dict[str, Any] = {"opened_on": clock.today()}
        if self.item:
            return found | entering.of_item(self.item)
        return found | (entering.of_check(self.after) if self.after else {"kind": "signs"})

    def act(self, data: dict[str, Any]) -> Done:
        names = ("title", "topic", "content", "examined_from", "examined_to", "decision_no", "ends_by")
        told = opening.CheckData(
            kind=self.item.kind if self.item else data["kind"],
            ground=data.get("ground", ""),
            item=self.item,
            after=self.after,
            **{name: data[name] for name in names},
            **entering.chosen(data),
        )
        body = self.item.programme.body if self.item else entering.body_of(self.unit)
        made = opening.open_check(
            **self.signed, unit=self.unit, body=body, data=told, opened_on=data["opened_on"]
        )
        return Done(_("Đã mở cuộc, lập hồ sơ và các bước. Làm bước đầu tiên."), check_page(made))


class CheckDeed(Deed):
    """Something done in one check by whoever works on it."""

    section = SECTION
    check: Check

    def prepare(self, **address: Any) -> None:
        self.check = selector.check_to_write(self.request.user, address["pk"])

    def opened(self) -> None:
        readings.record_read(**self.signed, check=self.check)

    def crumbs(self) -> list[Crumb]:
        return [list_crumb(), Crumb(self.check.title, check_page(self.check))]

    def state(self) -> str:
        return f"{self.check.pk}:{self.check.version}"

    def done(self, words: str) -> Done:
        """Return what was done, leading back to the check."""
        return Done(words, check_page(self.check))


class EditCheck(CheckDeed):
    """Mend what was written at the opening."""

    form_class = forms.EditForm
    verb = gettext_lazy("Lưu")

    def title(self) -> str:
        return _("Sửa: %(title)s") % {"title": self.check.title}

    def form_options(self) -> dict[str, Any]:
        topics = choosing.topic_options(self.check.unit, clock.today(), self.check.topic)
        return {"topics": topics, "planned": self.check.item_id is not None}

    def initial(self) -> dict[str, Any]:
        names = ("title", "topic", "content", "examined_from", "examined_to", "ground", "decision_no")
        return {name: getattr(self.check, name) for name in names}

    def act(self, data: dict[str, Any]) -> Done:
        opening.edit_check(**self.signed, check=self.check, **data)
        return self.done(_("Đã lưu."))


class _Issued(CheckDeed):
    """What only who may issue for the body does."""

    def prepare(self, **address: Any) -> None:
        super().prepare(**address)
        permissions.require_approve(self.request.user, self.check.unit_id, self.check.body)


class Extend(_Issued):
    """Give more time, once."""

    form_class = forms.ExtendForm
    verb = gettext_lazy("Gia hạn")

    def title(self) -> str:
        return _("Gia hạn: %(title)s") % {"title": self.check.title}

    def sentence(self) -> str:
        words = _("Hạn kết luận đang là %(day)s. Gia hạn một lần; hạn của các bước chưa đến hạn lùi theo.")
        return words % {"day": written(self.check.ends_by)}

    def ground(self) -> Ground:
        law = law_of(self.check.dossier)
        return Ground(_("Gia hạn không quá %(days)d ngày.") % {"days": law.value.extension_days}, law)

    def act(self, data: dict[str, Any]) -> Done:
        opening.extend_check(**self.signed, check=self.check, **data)
        return self.done(_("Đã gia hạn."))


class Stop(_Issued):
    """Stop a check."""

    form_class = forms.ReasonForm
    verb = gettext_lazy("Dừng cuộc")
    final = True

    def title(self) -> str:
        return _("Dừng: %(title)s") % {"title": self.check.title}

    def sentence(self) -> str:
        return _("Cuộc dừng không có kết luận. Hồ sơ đã lập vẫn giữ, không ghi thêm được.")

    def consequences(self, _data: dict[str, Any]) -> list[str]:
        return [_("Cuộc dừng từ hôm nay, không kết luận."), _("Hồ sơ giữ nguyên, không ghi thêm được.")]

    def act(self, data: dict[str, Any]) -> Done:
        opening.stop_check(**self.signed, check=self.check, **data)
        return self.done(_("Đã dừng cuộc."))


class ChangeTeam(CheckDeed):
    """Put somebody into the team, take somebody out."""

    form_class = forms.TeamForm
    verb = gettext_lazy("Lưu thành viên đoàn")

    def title(self) -> str:
        return _("Thành viên đoàn: %(title)s") % {"title": self.check.title}

    def sentence(self) -> str:
        return _(
            "Không ở trong đoàn: đối tượng, người thân đã khai của đối tượng, đảng viên của chi bộ được kiểm tra."
        )

    def ground(self) -> Ground:
        law = law_of(self.check.dossier)
        return Ground(_("Đoàn không quá %(most)d người.") % {"most": law.value.most_team}, law)

    def form_options(self) -> dict[str, Any]:
        self.joins, self.leaves = entering.team_choices(self.check, clock.today())
        options = choosing.member_options
        on = clock.today()
        return {
            "joins": options(self.joins, on),
            "leaves": options(self.leaves, on, with_cell=False),
            "roles": entering.roles(),
        }

    def initial(self) -> dict[str, Any]:
        return {"role": "member"}

    def state(self) -> str:
        return ",".join(str(one.member_id) for one in self.check.team.all() if one.left_on is None)

    def act(self, data: dict[str, Any]) -> Done:
        joins, leaves = entering.pick(self.joins, data["joins"]), entering.pick(self.leaves, data["leaves"])
        if joins is None and leaves is None:
            raise RuleBroken("nobody", _("Chọn người thêm vào hoặc người thôi."), field="joins")
        team.change_team(
            **self.signed,
            check=self.check,
            add=[(joins, data["role"] or "member")] if joins else [],
            remove={leaves: data["reason"]} if leaves else {},
        )
        return self.done(_("Đã lưu thành viên đoàn."))


class WriteMinutes(CheckDeed):
    """Write minutes."""

    form_class = forms.MinutesForm
    verb = gettext_lazy("Lưu biên bản")
    minutes: Minutes | None = None

    def title(self) -> str:
        return _("Ghi biên bản")

    def sentence(self) -> str:
        return _(
            "In, ký tại chỗ, rồi nộp bản ký vào hồ sơ. Đối tượng không đọc được biên bản của đoàn ở đây."
        )

    def form_options(self) -> dict[str, Any]:
        return {"kinds": entering.minutes_kinds()}

    def initial(self) -> dict[str, Any]:
        people = [str(one.member) for one in self.check.team.all() if one.left_on is None]
        wanted = self.request.GET.get("loai", "")
        return {
            "kind": wanted if wanted in dict(entering.minutes_kinds()) else "working",
            "on": clock.today(),
            "present": _("Đoàn kiểm tra: %(team)s.") % {"team": "; ".join(people)},
            "agreed": True,
        }

    def state(self) -> str:
        return ""

    def act(self, data: dict[str, Any]) -> Done:
        told = reporting.MinutesData(**data)
        reporting.write_minutes(**self.signed, check=self.check, data=told, minutes=self.minutes)
        return self.done(_("Đã lưu biên bản."))


class EditMinutes(WriteMinutes):
    """Mend minutes."""

    minutes: Minutes

    def prepare(self, **address: Any) -> None:
        self.minutes = selector.minutes_for(self.request.user, address["pk"])
        super().prepare(pk=self.minutes.of_check_id)

    def title(self) -> str:
        return _("Sửa biên bản: %(minutes)s") % {"minutes": self.minutes}

    def initial(self) -> dict[str, Any]:
        return {
            name: getattr(self.minutes, name)
            for name in ("kind", "on", "place", "present", "content", "agreed")
        }

    def state(self) -> str:
        return repr(sorted(self.initial().items()))


class WriteReport(CheckDeed):
    """Write the team's report."""

    form_class = forms.ReportForm
    verb = gettext_lazy("Lưu báo cáo")

    def title(self) -> str:
        return _("Báo cáo kết quả: %(title)s") % {"title": self.check.title}

    def sentence(self) -> str:
        return _("Sửa được cho đến khi kết luận. Đối tượng đọc kết luận, không đọc báo cáo của đoàn.")

    def initial(self) -> dict[str, Any]:
        return {"text": self.check.report, "reported_on": self.check.reported_on or clock.today()}

    def act(self, data: dict[str, Any]) -> Done:
        reporting.write_report(**self.signed, check=self.check, **data)
        return self.done(_("Đã lưu báo cáo của đoàn."))


class Conclude(_Issued):
    """Conclude a check."""

    form_class = forms.ConcludeForm
    verb = gettext_lazy("Kết luận")
    final = True

    def title(self) -> str:
        return _("Kết luận: %(title)s") % {"title": self.check.title}

    def sentence(self) -> str:
        return _("Kết luận sau khi đoàn đã báo cáo và đã nghe từng đối tượng. Kết luận rồi không sửa được.")

    def form_options(self) -> dict[str, Any]:
        self.people = selector.to_choose_for(self.check, clock.today())
        return {
            "people": choosing.member_options(self.people, clock.today()),
            "signs": concluding.signs_open(self.check),
        }

    def initial(self) -> dict[str, Any]:
        head = next((one.member_id for one in self.check.team.all() if one.role == "head"), "")
        days = entering.remedy_days(self.check.unit, clock.today())
        return {
            "concluded_on": clock.today(),
            "comply_by": clock.today() + timedelta(days=days),
            "follower": str(head),
        }

    def consequences(self, data: dict[str, Any]) -> list[str]:
        count = entering.shortcomings(self.check)
        found = [_("Đối tượng đọc được kết luận, ghi được ý kiến không đồng ý.")]
        if count:
            words = _("%(count)d khuyết điểm thành việc khắc phục, hạn %(day)s nếu chưa ghi hạn riêng.")
            found.append(words % {"count": count, "day": written(data["comply_by"])})
        return [*found, _("Phát hiện, báo cáo, biên bản không sửa được nữa.")]

    def act(self, data: dict[str, Any]) -> Done:
        follower = entering.pick(self.people, data.pop("follower"))
        if follower is None:
            raise RuleBroken("follower", _("Chọn người theo dõi."), field="follower")
        concluding.conclude(**self.signed, check=self.check, follower=follower, **data)
        return self.done(_("Đã kết luận. Giao kết luận cho từng đối tượng."))


class Kin(Deed):
    """Declare one's own close kin; of another member (?dang_vien=) for who runs oversight there."""

    section = SECTION
    form_class = forms.KinForm
    template_name = "oversight/checks/kin.html"
    verb = gettext_lazy("Khai người thân")
    member: Member

    def prepare(self, **_address: Any) -> None:
        self.member = entering.member_for(self.request.user, self.request.GET.get("dang_vien", ""))
        if not kin.may_declare(self.request.user, self.member):
            raise Missing

    def title(self) -> str:
        own = subjects.member_of(self.request.user).pk == self.member.pk
        return _("Người thân của tôi") if own else _("Người thân của đ/c %(who)s") % {"who": self.member}

    def sentence(self) -> str:
        return _("Để không phân công kiểm tra, giám sát, thụ lý về nhau. Chỉ ghi tên, không ghi quan hệ gì.")

    def crumbs(self) -> list[Crumb]:
        return [list_crumb()]

    def form_options(self) -> dict[str, Any]:
        on = clock.today()
        self.people = subjects.kin_to_choose(self.request.user, self.member, self.request.unit, on)
        return {"people": choosing.member_options(self.people, on)}

    def extra(self) -> dict[str, Any]:
        return {"declared": subjects.declared_of(self.member), "member": self.member}

    def act(self, data: dict[str, Any]) -> Done:
        one = entering.pick(self.people, data["kin"])
        if one is None:
            raise Missing
        kin.declare_kin(**self.signed, member=self.member, kin=one)
        return Done(_("Đã khai."), self.request.get_full_path())


class WithdrawKin(Deed):
    """Take a declaration back."""

    section = SECTION
    form_class = forms.NothingForm
    verb = gettext_lazy("Bỏ lời khai")

    def prepare(self, **address: Any) -> None:
        self.member = entering.member_for(self.request.user, self.request.GET.get("dang_vien", ""))
        if not kin.may_declare(self.request.user, self.member):
            raise Missing
        declared = {one.kin.pk: one.kin for one in subjects.declared_of(self.member)}
        if address["pk"] not in declared:
            raise Missing
        self.kin = declared[address["pk"]]

    def title(self) -> str:
        return _("Bỏ lời khai: %(pair)s") % {"pair": subjects.pair_words(self.member, self.kin)}

    def sentence(self) -> str:
        return _("Chỉ bỏ khi khai nhầm. Việc bỏ được ghi vào nhật ký.")

    def crumbs(self) -> list[Crumb]:
        return [list_crumb(), Crumb(_("Người thân"), reverse("oversight:kin"))]

    def act(self, _data: dict[str, Any]) -> Done:
        kin.withdraw_kin(**self.signed, member=self.member, kin=self.kin)
        return Done(_("Đã bỏ lời khai."), f"{reverse('oversight:kin')}?dang_vien={self.member.pk}")
