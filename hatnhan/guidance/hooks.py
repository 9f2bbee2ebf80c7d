"""What this room tells the rooms below: the words for its deeds, and where tasks come from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from hatnhan.core import deed_words
from hatnhan.guidance.permissions import Action

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
    Action.OPEN_REGISTRATION: _("Đọc bản đăng ký"),
}
DETAILS: dict[str, StrOrPromise] = {}


def register() -> None:
    """Tell them; called once at start."""
    deed_words.register(WORDS, DETAILS)
