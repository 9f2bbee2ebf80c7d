"""What this room tells the rooms below: the words for its deeds, where tasks come from, what is held of a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from hatnhan.assignments import origins as task_origins
from hatnhan.ballots import origins as ballot_origins
from hatnhan.core import deed_words
from hatnhan.organization import held
from hatnhan.reviews import (
    words_cycle,
    words_decisions,
    words_facts,
    words_papers,
    words_review,
    words_sittings,
)
from hatnhan.reviews.permissions import Action
from hatnhan.reviews.selectors import follow_ups, holdings, sittings

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

WORDS: dict[str, StrOrPromise] = {
    Action.OPEN: _("Mở đợt kiểm điểm, xếp loại"),
    Action.LIST: _("Lập danh sách kiểm điểm"),
    Action.STANDING: _("Đổi diện kiểm điểm"),
    Action.STEP: _("Đổi mốc của đợt kiểm điểm"),
    Action.CLOSE: _("Chốt đợt kiểm điểm, xếp loại"),
    Action.DROP: _("Bỏ đợt kiểm điểm mở nhầm"),
    Action.REOPEN: _("Mở lại đợt kiểm điểm, xếp loại"),
    Action.REMIND: _("Nhắc nộp bản kiểm điểm"),
    Action.PAST: _("Ghi xếp loại năm trước"),
    Action.WRITE: _("Viết bản kiểm điểm"),
    Action.TYPE: _("Ghi hộ bản kiểm điểm"),
    Action.CONFIRM: _("Xác nhận bản kiểm điểm ghi hộ"),
    Action.SUBMIT: _("Nộp bản kiểm điểm"),
    Action.RETURN: _("Trả lại bản kiểm điểm"),
    Action.READ_REVIEW: _("Đọc bản kiểm điểm"),
    Action.FACT: _("Ghi điều xét xếp loại"),
    Action.REMARK: _("Ghi nhận xét, ý kiến kiểm điểm"),
    Action.PROMPT: _("Gợi ý kiểm điểm"),
    Action.ANSWER: _("Giải trình nhận xét, gợi ý"),
    Action.SITTING: _("Đặt hội nghị kiểm điểm"),
    Action.HELD: _("Ghi hội nghị đã kiểm điểm"),
    Action.AGREE: _("Ghi ý kiến thống nhất của hội nghị"),
    Action.VOTE: _("Bỏ phiếu xếp loại"),
    Action.COUNTED: _("Ghi kết quả biểu quyết xếp loại"),
    Action.PROPOSE: _("Đề nghị mức xếp loại"),
    Action.APPRAISE: _("Thẩm định mức xếp loại"),
    Action.RAISE: _("Ghi tỷ lệ xuất sắc được nâng"),
    Action.DRAFT: _("Soạn quyết định xếp loại"),
    Action.DECIDE: _("Quyết định xếp loại"),
    Action.PUBLISH: _("Công khai kết quả xếp loại"),
    Action.NOTIFY: _("Thông báo kết quả xếp loại"),
    Action.ASK: _("Đề nghị xem lại xếp loại"),
    Action.WITHDRAW: _("Rút đề nghị xem lại"),
    Action.REPLY: _("Trả lời đề nghị xem lại"),
    Action.REGRADE: _("Xếp loại lại"),
    Action.FOLLOW: _("Giúp đỡ sau xếp loại"),
    Action.READ_ENTRY: _("Mở hồ sơ kiểm điểm"),
    Action.TAKE: _("Lấy văn bản kiểm điểm, xếp loại"),
    Action.SET: _("Soạn bộ mẫu kiểm điểm"),
}


def register() -> None:
    """Tell them; called once at start."""
    deed_words.register(WORDS, words_sittings.DETAILS)
    deed_words.register_values(words_sittings.VALUES)
    deed_words.register({}, words_facts.DETAILS)
    deed_words.register_values(words_facts.VALUES)
    deed_words.register({}, words_review.DETAILS)
    deed_words.register_values(words_review.VALUES)
    deed_words.register({}, words_cycle.DETAILS)
    deed_words.register_values(words_cycle.VALUES)
    deed_words.register({}, words_decisions.DETAILS)
    deed_words.register_values(words_decisions.VALUES)
    deed_words.register({}, words_papers.DETAILS)
    deed_words.register_values(words_papers.VALUES)
    held.register(*holdings.HOLDINGS)
    task_origins.register(follow_ups.of_tasks)
    ballot_origins.register(sittings.origins_of_ballots)
