"""What this room tells the rooms below: the words for its deeds, and where tasks come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from hatnhan.assignments import origins as task_origins
from hatnhan.audit import scopes
from hatnhan.core import deed_words
from hatnhan.organization import held
from hatnhan.oversight import (
    permissions,
    records,
    words_checks,
    words_decisions,
    words_discipline,
    words_findings,
    words_programme,
)
from hatnhan.oversight.permissions import Action
from hatnhan.oversight.selectors import holdings, holdings_decisions, papers, remedies

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

WORDS: dict[str, StrOrPromise] = {
    Action.PROGRAMME: _("Soạn chương trình kiểm tra, giám sát"),
    Action.APPROVE: _("Ban hành chương trình kiểm tra, giám sát"),
    Action.AMEND: _("Điều chỉnh chương trình kiểm tra, giám sát"),
    Action.ASKED: _("Ghi yêu cầu kiểm tra của cấp trên"),
    Action.OPEN_CHECK: _("Mở cuộc kiểm tra, giám sát"),
    Action.EDIT_CHECK: _("Sửa cuộc kiểm tra, giám sát"),
    Action.TEAM: _("Đổi thành viên đoàn"),
    Action.STAGE: _("Chuyển giai đoạn"),
    Action.STEP: _("Ghi bước đã xong"),
    Action.FILE: _("Ghi tài liệu hồ sơ"),
    Action.SELF_REPORT: _("Nộp báo cáo tự kiểm tra"),
    Action.MINUTES: _("Ghi biên bản"),
    Action.REPORT: _("Ghi báo cáo của đoàn"),
    Action.HEAR: _("Ghi buổi nghe đối tượng trình bày"),
    Action.CONCLUDE: _("Kết luận"),
    Action.DELIVER: _("Giao kết luận"),
    Action.DISSENT: _("Ghi ý kiến không đồng ý"),
    Action.AGAIN: _("Đề nghị xem lại kết luận"),
    Action.ANSWER: _("Trả lời đề nghị xem lại"),
    Action.STOP: _("Dừng cuộc kiểm tra, giám sát"),
    Action.KIN: _("Khai người thân"),
    Action.READ_CHECK: _("Mở hồ sơ kiểm tra, giám sát"),
    Action.FINDING: _("Ghi nội dung phát hiện"),
    Action.REMEDY: _("Báo cáo khắc phục"),
    Action.VERIFY: _("Xác nhận khắc phục"),
    Action.READ_FINDINGS: _("Xem danh sách phát hiện, khắc phục"),
    Action.WATCH: _("Phân công giám sát thường xuyên"),
    Action.CONCLUDE_WATCH: _("Kết thúc giám sát thường xuyên"),
    Action.NOTE: _("Ghi nhận giám sát"),
    Action.NOTE_ANSWER: _("Trả lời ghi nhận"),
    Action.NOTE_CONFIRM: _("Xác nhận ghi nhận"),
    Action.READ_NOTES: _("Mở các ghi nhận giám sát"),
    Action.OPEN_CASE: _("Mở vụ việc kỷ luật"),
    Action.EDIT_CASE: _("Sửa vụ việc kỷ luật"),
    Action.POSTPONE: _("Tạm chưa xem xét kỷ luật"),
    Action.SELF_REVIEW: _("Nộp bản tự kiểm điểm"),
    Action.HEARING: _("Ghi buổi nghe trình bày"),
    Action.VOTE: _("Mở vòng bỏ phiếu kỷ luật"),
    Action.COUNTED: _("Ghi kết quả bỏ phiếu kỷ luật"),
    Action.PROPOSE: _("Đề nghị cấp trên kỷ luật"),
    Action.DECIDE: _("Ra quyết định kỷ luật"),
    Action.DROP: _("Kết thúc, không kỷ luật"),
    Action.STEP_CASE: _("Ghi bước đã xong"),
    Action.FILE_CASE: _("Ghi tài liệu hồ sơ"),
    Action.READ_CASE: _("Mở hồ sơ kỷ luật"),
    Action.ANNOUNCE: _("Công bố quyết định kỷ luật"),
    Action.HAND_OVER: _("Trao quyết định kỷ luật"),
    Action.END: _("Ghi quyết định kỷ luật hết hiệu lực"),
    Action.COMPLAIN: _("Nhận khiếu nại kỷ luật"),
    Action.COMPLAINT: _("Thụ lý khiếu nại kỷ luật"),
    Action.SETTLE: _("Giải quyết khiếu nại kỷ luật"),
    Action.RESTORE: _("Xin lỗi, phục hồi danh dự"),
    Action.DENUNCIATION: _("Nhận đơn tố cáo"),
    Action.DENUNCIATION_STATE: _("Xử lý đơn tố cáo"),
    Action.DENUNCIATION_HANDLERS: _("Giao người giải quyết đơn"),
    Action.POINT: _("Ghi kết quả nội dung tố cáo"),
    Action.UNNAMED: _("Đếm đơn không xem xét"),
    Action.READ_DENUNCIATION: _("Mở đơn tố cáo"),
    Action.READ_DENOUNCER: _("Mở tên người tố cáo"),
    Action.TAKE: _("Lấy văn bản kiểm tra, giám sát"),
    Action.TAKE_CASE: _("Lấy văn bản kỷ luật"),
}
DETAILS: dict[str, StrOrPromise] = {
    f"{take}:{name}": words
    for take in (Action.TAKE, Action.TAKE_CASE)
    for name, words in (("paper", _("văn bản")), ("form", _("dạng")))
}


def register() -> None:
    """Tell them; called once at start."""
    deed_words.register(
        WORDS,
        DETAILS
        | words_checks.DETAILS
        | words_findings.DETAILS
        | words_programme.DETAILS
        | words_discipline.DETAILS,
    )
    deed_words.register_values({**words_checks.VALUES, **words_findings.VALUES, **words_programme.VALUES})
    deed_words.register_values({f"{take}:paper": papers.TITLES for take in (Action.TAKE, Action.TAKE_CASE)})
    scopes.keep_apart(records.OF_CHECKS, records.check_record)
    scopes.keep_apart(permissions.OF_CASES, permissions.case_record)
    scopes.keep_apart(permissions.OF_LETTERS, permissions.letter_record)
    deed_words.register_values(words_discipline.VALUES)
    deed_words.register({}, words_decisions.DETAILS)
    deed_words.register_values(words_decisions.VALUES)
    held.register(*holdings.HOLDINGS, *holdings_decisions.HOLDINGS)
    task_origins.register(remedies.of_tasks)
    task_origins.register_settling(remedies.among_tasks)
