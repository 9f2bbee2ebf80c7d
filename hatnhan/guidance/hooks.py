"""What this room tells the rooms below: the words for its deeds, and where tasks come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from hatnhan.assignments import matters
from hatnhan.assignments import origins as task_origins
from hatnhan.core import beside, deed_words
from hatnhan.guidance.actions import giving, openings
from hatnhan.guidance.permissions import Action
from hatnhan.guidance.selectors import directive_holding, papers, rollouts, services, study_holdings
from hatnhan.organization import held, listeners

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

WORDS: dict[str, StrOrPromise] = {
    Action.REGISTER: _("Vào sổ văn bản"),
    Action.EDIT: _("Sửa văn bản trong sổ"),
    Action.RECEIVE: _("Ghi nhận văn bản"),
    Action.REPLACE: _("Ghi văn bản thay thế"),
    Action.FILE: _("Gửi tệp văn bản"),
    Action.FILE_REFUSED: _("Bỏ tệp có dấu độ mật"),
    Action.PLAN: _("Lập kế hoạch triển khai"),
    Action.CORE: _("Soạn nội dung cốt lõi"),
    Action.VARIANT: _("Soạn bản cụ thể hóa"),
    Action.APPROVE: _("Duyệt, giao kế hoạch triển khai"),
    Action.GIVE: _("Giao bổ sung cho chi bộ"),
    Action.CLOSE: _("Kết thúc triển khai"),
    Action.OWN_POINT: _("Chi bộ thêm nội dung"),
    Action.REPORT: _("Báo cáo kết quả triển khai"),
    Action.SESSION: _("Đặt đợt học tập"),
    Action.ATTENDANCE: _("Ghi người học"),
    Action.READ: _("Xác nhận đã đọc văn bản"),
    Action.QUESTION: _("Sửa câu hỏi trắc nghiệm"),
    Action.ATTEMPT: _("Làm bài trắc nghiệm"),
    Action.THEME: _("Đặt chuyên đề năm"),
    Action.REGISTRATION: _("Đăng ký học tập, làm theo Bác"),
    Action.COMMENT: _("Nhận xét bản đăng ký"),
    Action.PROGRESS: _("Ghi kết quả giữa năm"),
    Action.ASSESS: _("Tự đánh giá cuối năm"),
    Action.SERVICE: _("Đánh dấu việc học tập, làm theo Bác"),
    Action.TAKE: _("Lấy văn bản triển khai"),
}
DETAILS: dict[str, StrOrPromise] = {
    f"{Action.REGISTER}:subject": _("trích yếu"),
    f"{Action.EDIT}:kind": _("loại"),
    f"{Action.EDIT}:issuer": _("cơ quan ban hành"),
    f"{Action.EDIT}:number": _("số, ký hiệu"),
    f"{Action.EDIT}:issued_on": _("ngày ban hành"),
    f"{Action.EDIT}:subject": _("trích yếu"),
    f"{Action.EDIT}:effective_from": _("hiệu lực từ ngày"),
    f"{Action.EDIT}:effective_to": _("hết hiệu lực từ ngày"),
    f"{Action.EDIT}:carries_out": _("thực hiện văn bản"),
    f"{Action.EDIT}:version": _("bản"),
    f"{Action.RECEIVE}:received_on": _("ngày nhận"),
    f"{Action.RECEIVE}:received_by": _("người nhận"),
    f"{Action.REPLACE}:new": _("văn bản thay thế"),
    f"{Action.REPLACE}:on": _("từ ngày"),
    f"{Action.FILE}:file": _("tệp"),
    f"{Action.FILE}:size": _("số byte"),
    f"{Action.FILE}:version": _("bản"),
    f"{Action.FILE}:removed": _("bỏ tệp"),
    f"{Action.FILE_REFUSED}:file": _("tệp"),
    f"{Action.TAKE}:paper": _("văn bản"),
    f"{Action.TAKE}:form": _("dạng"),
    f"{Action.PLAN}:asks": _("văn bản yêu cầu"),
    f"{Action.PLAN}:lead": _("chủ trì"),
    f"{Action.PLAN}:approve_by": _("duyệt trước hết ngày"),
    f"{Action.PLAN}:held_by": _("chi bộ sinh hoạt xong trước hết ngày"),
    f"{Action.PLAN}:study_by": _("học tập xong trước hết ngày"),
    f"{Action.PLAN}:done_by": _("thực hiện xong trước hết ngày"),
    f"{Action.PLAN}:dropped": _("bỏ kế hoạch"),
    f"{Action.CORE}:points": _("các nội dung"),
    f"{Action.CORE}:added": _("thêm"),
    f"{Action.CORE}:changed": _("sửa"),
    f"{Action.CORE}:removed": _("bỏ"),
    f"{Action.CORE}:shifted": _("chuyển chỗ"),
    f"{Action.VARIANT}:cell_kind": _("loại chi bộ"),
    f"{Action.VARIANT}:version": _("bản"),
    f"{Action.VARIANT}:own": _("nội dung riêng"),
    f"{Action.VARIANT}:cells": _("giao cho chi bộ"),
    f"{Action.VARIANT}:dropped": _("bỏ bản này"),
    f"{Action.APPROVE}:decision_no": _("số kế hoạch"),
    f"{Action.APPROVE}:cells": _("giao cho chi bộ"),
    f"{Action.APPROVE}:tasks": _("số việc giao"),
    f"{Action.APPROVE}:agenda": _("đưa vào chương trình họp"),
    f"{Action.GIVE}:cells": _("giao cho chi bộ"),
    f"{Action.GIVE}:tasks": _("số việc giao"),
    f"{Action.GIVE}:agenda": _("đưa vào chương trình họp"),
    f"{Action.GIVE}:on": _("ngày"),
    f"{Action.CLOSE}:on": _("ngày"),
    f"{Action.CLOSE}:note": _("vì"),
    f"{Action.OWN_POINT}:cell": _("chi bộ"),
    f"{Action.OWN_POINT}:points": _("các nội dung"),
    f"{Action.OWN_POINT}:removed": _("bỏ"),
    f"{Action.REPORT}:cell": _("chi bộ"),
    f"{Action.REPORT}:months": _("kỳ (tháng)"),
    f"{Action.REPORT}:on": _("ngày"),
    f"{Action.SESSION}:document": _("văn bản"),
    f"{Action.SESSION}:count": _("số người trong danh sách"),
    f"{Action.SESSION}:title": _("tên đợt học"),
    f"{Action.SESSION}:level": _("cấp tổ chức"),
    f"{Action.SESSION}:mode": _("hình thức"),
    f"{Action.SESSION}:starts_at": _("học lúc"),
    f"{Action.SESSION}:until": _("tự học đến hết ngày"),
    f"{Action.SESSION}:place": _("nơi học"),
    f"{Action.SESSION}:presenter": _("báo cáo viên"),
    f"{Action.SESSION}:cancelled": _("bỏ vì"),
    f"{Action.SESSION}:added": _("số người thêm"),
    f"{Action.ATTENDANCE}:document": _("văn bản"),
    f"{Action.ATTENDANCE}:present": _("đã học"),
    f"{Action.ATTENDANCE}:excused": _("có lý do"),
    f"{Action.ATTENDANCE}:absent": _("chưa học"),
    f"{Action.ATTENDANCE}:unmarked": _("bỏ dấu"),
    f"{Action.READ}:version": _("bản"),
    f"{Action.READ}:read_on": _("ngày đọc"),
    f"{Action.READ}:members": _("người đọc"),
    f"{Action.READ}:document": _("văn bản"),
    f"{Action.READ}:taken_back": _("bỏ ghi hộ"),
    f"{Action.ATTEMPT}:taken_back": _("bỏ ghi hộ"),
    f"{Action.QUESTION}:added": _("thêm"),
    f"{Action.QUESTION}:changed": _("sửa"),
    f"{Action.QUESTION}:removed": _("thôi dùng"),
    f"{Action.ATTEMPT}:members": _("người làm bài trên giấy"),
    f"{Action.THEME}:year": _("năm"),
    f"{Action.THEME}:theme": _("chuyên đề năm"),
    f"{Action.THEME}:term_theme": _("chuyên đề toàn khóa"),
    f"{Action.THEME}:decision_no": _("số văn bản"),
    **{
        f"{action}:{name}": words
        for action in (Action.REGISTRATION, Action.COMMENT, Action.PROGRESS, Action.ASSESS)
        for name, words in (
            ("year", _("năm")),
            ("version", _("bản")),
            ("new", _("viết mới")),
            ("state", _("trạng thái")),
            ("on_paper", _("ghi theo bản giấy")),
            ("again", _("ghi lại")),
        )
    },
    f"{Action.SERVICE}:marked": _("đánh dấu"),
    f"{Action.SERVICE}:unmarked": _("bỏ dấu"),
    f"{Action.SERVICE}:note": _("phục vụ nội dung gì"),
}


def register() -> None:
    """Tell them; called once at start."""
    deed_words.register(WORDS, DETAILS)
    deed_words.register_values({f"{Action.TAKE}:paper": papers.TITLES})
    held.name_parts({openings.PART: _("bản đăng ký học tập, làm theo Bác")})
    held.register(directive_holding.HOLDING, *study_holdings.HOLDINGS)
    for kind in ("meeting", "item", "task"):
        beside.register(kind, services.slot)
    task_origins.register(rollouts.of_tasks)
    matters.register(rollouts.not_on_agenda)
    listeners.on_cells_shaped(giving.follow_cells)
    listeners.on_unit_ended(giving.leave_with_unit)
