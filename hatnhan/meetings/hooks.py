"""What this room tells the rooms below: the words for its deeds, and where tasks come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from hatnhan.assignments import matters
from hatnhan.assignments import origins as task_origins
from hatnhan.ballots import origins as ballot_origins
from hatnhan.core import deed_words
from hatnhan.meetings.models import Invitee
from hatnhan.meetings.permissions import Action
from hatnhan.meetings.selectors import from_above, holdings, monthly, origins, papers, review_holding
from hatnhan.organization import held

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

WORDS: dict[str, StrOrPromise] = {
    Action.SERIES: _("Đặt nền nếp họp"),
    Action.CALL: _("Triệu tập cuộc họp"),
    Action.MOVE: _("Đổi ngày họp"),
    Action.CANCEL: _("Hủy cuộc họp"),
    Action.INVITE: _("Mời họp"),
    Action.AGENDA: _("Sửa chương trình họp"),
    Action.PAPER: _("Gửi tài liệu họp"),
    Action.OPEN: _("Khai mạc cuộc họp"),
    Action.ATTENDANCE: _("Điểm danh"),
    Action.CHECK_IN: _("Tự điểm danh bằng mã"),
    Action.MINUTES: _("Ghi biên bản"),
    Action.TASK: _("Giao việc tại cuộc họp"),
    Action.BALLOT: _("Đưa ra bỏ phiếu kín"),
    Action.CLOSE: _("Kết thúc cuộc họp"),
    Action.APPROVE: _("Duyệt biên bản"),
    Action.LOCK: _("Khóa biên bản"),
    Action.ADDENDUM: _("Đính chính biên bản"),
    Action.WORK_POST: _("Ghi vị trí công tác"),
    Action.REVIEW: _("Nhận xét tuần"),
    Action.VERDICT: _("Kết luận việc khắc phục"),
    Action.REPLY: _("Trả lời nhận xét"),
    Action.RESOLUTION: _("Ghi nghị quyết tháng"),
    Action.SELF_CRITICISM: _("Ghi tự phê bình"),
    Action.SCORE: _("Tự chấm điểm buổi sinh hoạt"),
    Action.SCORE_DECIDE: _("Quyết định điểm buổi sinh hoạt"),
    Action.TAKE: _("Lấy văn bản cuộc họp"),
}
DETAILS: dict[str, StrOrPromise] = {
    f"{Action.ATTENDANCE}:channel": _("ghi bằng"),
    f"{Action.ATTENDANCE}:present": _("có mặt"),
    f"{Action.ATTENDANCE}:excused": _("vắng có lý do"),
    f"{Action.ATTENDANCE}:unexcused": _("vắng không lý do"),
    f"{Action.ATTENDANCE}:exempt": _("được miễn"),
    f"{Action.ATTENDANCE}:unmarked": _("bỏ dấu"),
    f"{Action.MINUTES}:items": _("các nội dung"),
    f"{Action.MINUTES}:item": _("nội dung"),
    f"{Action.MINUTES}:version": _("bản"),
    f"{Action.MINUTES}:remarks": _("bản ghi chung"),
    f"{Action.MINUTES}:vote": _("biểu quyết về"),
    f"{Action.MINUTES}:hands": _("tán thành/không tán thành/ý kiến khác"),
    f"{Action.TASK}:tasks": _("việc giao"),
    f"{Action.BALLOT}:ballot": _("bỏ phiếu về"),
    f"{Action.BALLOT}:item": _("nội dung"),
    f"{Action.CLOSE}:ended_at": _("kết thúc"),
    f"{Action.CLOSE}:carried": _("chuyển kỳ sau"),
    f"{Action.APPROVE}:role": _("với tư cách"),
    f"{Action.APPROVE}:on_paper": _("ký trên bản in"),
    f"{Action.APPROVE}:withdrawn": _("rút duyệt"),
    f"{Action.ADDENDUM}:text": _("đính chính"),
    f"{Action.WORK_POST}:name": _("vị trí"),
    f"{Action.WORK_POST}:leads_government": _("lãnh đạo Ủy ban nhân dân"),
    f"{Action.WORK_POST}:position": _("thứ tự"),
    f"{Action.WORK_POST}:member": _("người giữ"),
    f"{Action.REVIEW}:laid": _("số dòng lập"),
    f"{Action.REVIEW}:rows": _("các dòng"),
    f"{Action.REVIEW}:row": _("dòng"),
    f"{Action.REVIEW}:version": _("bản"),
    f"{Action.VERDICT}:verdicts": _("kết luận"),
    f"{Action.REPLY}:text": _("trả lời"),
    f"{Action.REPLY}:on_paper": _("ghi theo bản giấy"),
    f"{Action.TAKE}:paper": _("văn bản"),
    f"{Action.TAKE}:form": _("dạng"),
}
VALUES = {
    f"{Action.ATTENDANCE}:channel": dict(Invitee.Channel.choices),
    f"{Action.APPROVE}:role": {"recorder": _("thư ký"), "chair": _("chủ trì")},
    f"{Action.TAKE}:paper": {kind.key: kind.label for kind in papers.KINDS},
}


#: What others may read of a member here, by the key under which the reading is recorded in the member's file.
PARTS = {"nhan-xet-tuan": _("nhận xét hằng tuần"), "tu-phe-binh": _("bản tự phê bình")}


def register() -> None:
    """Tell them; called once at start."""
    held.name_parts(PARTS)
    deed_words.register(WORDS, DETAILS)
    deed_words.register_values(VALUES)
    task_origins.register(origins.of_tasks)
    ballot_origins.register(origins.of_ballots)
    matters.register(monthly.backlog_matters)
    matters.register(from_above.conclusions)
    held.register(review_holding.HOLDING, *holdings.HOLDINGS)
