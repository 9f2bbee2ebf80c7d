"""What is done here, by name and in words."""

from __future__ import annotations

from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Deed(StrEnum):
    """Names of the deeds, as they stand in the audit record."""

    SET = "rulebook:overlay:set"
    END = "rulebook:overlay:end"


WORDS = {Deed.SET: _("Đặt quy định riêng"), Deed.END: _("Thôi áp dụng quy định riêng")}
DETAILS = {
    "value": _("giá trị"),
    "start": _("từ ngày"),
    "end": _("đến trước ngày"),
    "instrument": _("văn bản"),
}
