"""How a meeting ends, and its minutes: closed, approved, locked, corrected."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hatnhan.core import clock
from hatnhan.core.deeds import Done
from hatnhan.core.errors import Denied, Missing
from hatnhan.core.vietnamese import clock_time, day
from hatnhan.meetings.actions import closing
from hatnhan.meetings.forms.live import AddendumForm, CloseForm, EmptyForm
from hatnhan.meetings.permissions import Action
from hatnhan.meetings.selectors import closing as ending
from hatnhan.meetings.selectors import monthly, record_state, roll, sheet
from hatnhan.meetings.selectors.reviews import remedies_before
from hatnhan.meetings.views.live import MeetingDeed, parts_of

if TYPE_CHECKING:
    from hatnhan.meetings.actions.closing import Role

_CHECK = "meetings/live/final_check.html"
_ROLES: dict[str, Role] = {"thu-ky": "recorder", "chu-tri": "chair"}


class CloseMeeting(MeetingDeed):
    """End a meeting."""

    permission = Action.CLOSE
    form_class = CloseForm
    final = True
    check_template_name = _CHECK
    verb = gettext_lazy("Kết thúc cuộc họp")
    template_name = "meetings/live/close.html"

    def prepare(self, **address: Any) -> None:
        super().prepare(**address)
        if self.meeting.opened_at is None:
            raise Missing
        self.opened_at = self.meeting.opened_at.astimezone(clock.HERE)
        self.left = ending.to_choose(self.meeting)

    def title(self) -> str:
        return _("Kết thúc: %(title)s") % {"title": self.meeting.title}

    def sentence(self) -> str:
        words = _("Khai mạc lúc %(time)s ngày %(day)s. Kết thúc rồi vẫn ghi tiếp biên bản cho đến khi duyệt.")
        return words % {"time": clock_time(self.opened_at), "day": day(self.opened_at.date())}

    def initial(self) -> dict[str, Any]:
        now = clock.now()
        known: dict[str, Any] = {"carry": [one.pk for one in ending.expected(self.meeting, self.left)]}
        return known | ({"ended_at": now.time()} if now.date() == self.opened_at.date() else {})

    def form_options(self) -> dict[str, Any]:
        return {"left": self.left}

    def extra(self) -> dict[str, Any]:
        return {"consequences": self._consequences(), "parts": parts_of(self.meeting)}

    def consequences(self, data: dict[str, Any]) -> list[str]:
        minutes_long = int((self._moment(data) - self.opened_at).total_seconds() // 60)
        return [
            _("Cuộc họp dài %(minutes)d phút.") % {"minutes": minutes_long},
            *self._carried(data),
            *self._consequences(),
        ]

    def _carried(self, data: dict[str, Any]) -> list[str]:
        """Return what goes on at the next meeting, and what does not."""
        chosen = data.get("carry", ())
        going = [one.title for one in self.left if one.pk in chosen]
        staying = [one.title for one in self.left if one.pk not in chosen]
        lines = []
        if going:
            words = _("Chuyển kỳ sau %(n)d nội dung: %(titles)s.")
            lines.append(words % {"n": len(going), "titles": "; ".join(going)})
        if staying:
            words = _("Không chuyển %(n)d nội dung chưa bàn: %(titles)s.")
            lines.append(words % {"n": len(staying), "titles": "; ".join(staying)})
        return lines

    def _consequences(self) -> list[str]:
        summary = roll.summary(self.meeting)
        lines = [_("Điểm danh: %(head)s.") % {"head": summary.head}]
        if summary.unmarked:
            words = _("%(count)d đồng chí chưa ghi điểm danh: còn ghi được từ giấy ký tên.")
            lines.append(words % {"count": summary.unmarked})
        left = [] if self.meeting.series_id else ending.left_over(self.meeting)
        if left:
            titles = "; ".join(one.title for one in left)
            words = _("Chưa bàn xong, và cuộc họp không có kỳ sau: %(titles)s.")
            lines.append(words % {"titles": titles})
        lines += self._resolution()
        if self.meeting.kind == "weekly_review":
            lines += self._unsaid()
            lines.append(_("Các cách khắc phục đã ghi thành nhiệm vụ, có người làm và hạn."))
        lines.append(_("Mã điểm danh hết dùng được."))
        return lines

    def _resolution(self) -> list[str]:
        """Return what is left to do about the month's resolution."""
        if self.meeting.kind != "cell_monthly":
            return []
        resolution = monthly.resolution_of(self.meeting)
        if resolution is None:
            return [_("Chưa có dự thảo nghị quyết tháng.")]
        if resolution.adopted_at is None:
            return [_("Nghị quyết tháng còn là dự thảo, chưa thông qua.")]
        return []

    def _unsaid(self) -> list[str]:
        """Return what the review has not come to yet: rows without a word, remedies without a conclusion."""
        written, rows = sheet.written_of(self.meeting)
        waiting = [one for one in remedies_before(self.meeting) if not one.ended and one.verdict is None]
        lines = []
        if rows > written:
            lines.append(_("%(count)d người, vị trí chưa có nhận xét.") % {"count": rows - written})
        if waiting:
            words = _("%(count)d việc khắc phục chưa kết luận: để nguyên, tuần sau xem lại.")
            lines.append(words % {"count": len(waiting)})
        return lines

    def act(self, data: dict[str, Any]) -> Done:
        closing.close_meeting(
            **self.signed,
            meeting=self.meeting,
            ended_at=self._moment(data),
            carry=frozenset(data.get("carry", ())),
        )
        words = _("Cuộc họp đã kết thúc. Tiếp theo: đọc lại biên bản, rồi thư ký và chủ trì duyệt.")
        return Done(words, self.back)

    def _moment(self, data: dict[str, Any]) -> datetime:
        return datetime.combine(self.opened_at.date(), data["ended_at"], clock.HERE)


class ApproveMinutes(MeetingDeed):
    """Approve the minutes as recorder or as chair."""

    permission = Action.APPROVE
    form_class = EmptyForm
    verb = gettext_lazy("Duyệt biên bản")

    def prepare(self, **address: Any) -> None:
        super().prepare(**address)
        if address["role"] not in _ROLES:
            raise Missing
        self.role = _ROLES[address["role"]]
        self.bearer = self.meeting.recorder if self.role == "recorder" else self.meeting.chair
        if not closing.may_approve(self.request.user, self.meeting, self.role):
            raise Denied(_("Phần duyệt này của người khác. Đồng chí ấy đăng nhập rồi duyệt."))

    @property
    def words(self) -> dict[str, str]:
        """The role and its bearer, for sentences."""
        role = _("thư ký") if self.role == "recorder" else _("chủ trì")
        return {"role": role, "name": str(self.bearer), "title": self.meeting.title}

    def title(self) -> str:
        return _("Duyệt biên bản với tư cách %(role)s: %(title)s") % self.words

    def state(self) -> str:
        """Return how the record stood when the page was opened: nobody approves what was written since."""
        return record_state.mark_of(self.meeting)

    def sentence(self) -> str:
        blank = record_state.unsaid(self.meeting)
        told = _("%(count)d nội dung chưa ghi ý kiến, kết luận nào.") % {"count": blank} if blank else ""
        if self.bearer is not None and self.bearer.user_id is None:
            words = _("Đ/c %(name)s chưa có tài khoản. Ghi duyệt khi đồng chí ấy đã ký vào bản in.")
            return f"{words % self.words} {told}".strip()
        words = _(
            "Đồng chí đã đọc cả biên bản và thấy đúng. Ai sửa biên bản sau đó thì cả hai phải duyệt lại."
        )
        return f"{words} {told}".strip()

    def act(self, _data: dict[str, Any]) -> Done:
        closing.approve_minutes(**self.signed, meeting=self.meeting, role=self.role)
        if self.meeting.state == "approved":
            return Done(
                _("Thư ký và chủ trì đã duyệt. Tiếp theo: Bí thư, Phó Bí thư khóa biên bản."), self.back
            )
        return Done(_("Đã duyệt với tư cách %(role)s. Còn một người nữa duyệt.") % self.words, self.back)


class WithdrawApproval(MeetingDeed):
    """Take approvals back to write on."""

    permission = Action.APPROVE
    form_class = EmptyForm
    verb = gettext_lazy("Rút duyệt để sửa")

    def title(self) -> str:
        return _("Rút duyệt: %(title)s") % {"title": self.meeting.title}

    def sentence(self) -> str:
        return _("Biên bản sửa được tiếp. Sửa xong, thư ký và chủ trì duyệt lại.")

    def act(self, _data: dict[str, Any]) -> Done:
        closing.withdraw_approval(**self.signed, meeting=self.meeting)
        return Done(_("Đã rút duyệt. Sửa xong thì cả hai duyệt lại."), self.back)


class LockMinutes(MeetingDeed):
    """Lock approved minutes for good."""

    permission = Action.LOCK
    form_class = EmptyForm
    final = True
    check_template_name = _CHECK
    verb = gettext_lazy("Khóa biên bản")

    def title(self) -> str:
        return _("Khóa biên bản: %(title)s") % {"title": self.meeting.title}

    def sentence(self) -> str:
        return _("Thư ký và chủ trì đã duyệt. Khóa là việc cuối cùng của biên bản.")

    def consequences(self, _data: dict[str, Any]) -> list[str]:
        return [
            _("Không ai sửa được điểm danh, nội dung, biểu quyết nữa."),
            _("Ghi sai thì thêm đính chính ở dưới; chữ cũ vẫn còn."),
            _("Việc đã giao vẫn theo dõi ở trang Nhiệm vụ."),
        ]

    def act(self, _data: dict[str, Any]) -> Done:
        closing.lock_minutes(**self.signed, meeting=self.meeting)
        return Done(_("Đã khóa biên bản."), self.back)


class AddAddendum(MeetingDeed):
    """Correct locked minutes."""

    permission = Action.ADDENDUM
    form_class = AddendumForm
    final = True
    check_template_name = _CHECK
    verb = gettext_lazy("Thêm đính chính")

    def title(self) -> str:
        return _("Đính chính biên bản: %(title)s") % {"title": self.meeting.title}

    def sentence(self) -> str:
        return _("Biên bản đã khóa giữ nguyên. Đính chính đứng dưới, có ngày giờ và tên người ghi.")

    def consequences(self, _data: dict[str, Any]) -> list[str]:
        return [_("Đính chính hiện dưới biên bản, trên cả bản in.")]

    def act(self, data: dict[str, Any]) -> Done:
        closing.add_addendum(**self.signed, meeting=self.meeting, text=data["text"])
        return Done(_("Đã thêm đính chính."), self.back)
