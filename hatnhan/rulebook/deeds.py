"""What is done here, by name and in words."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


class Deed(StrEnum):
    """Names of the deeds, as they stand in the audit record."""

    SET = "rulebook:overlay:set"
    END = "rulebook:overlay:end"


WORDS: dict[str, StrPromise] = {Deed.SET: _("Đặt quy định riêng"), Deed.END: _("Thôi áp dụng quy định riêng")}
DETAILS: dict[str, StrPromise] = {
    "value": _("giá trị"),
    "start": _("từ ngày"),
    "end": _("đến trước ngày"),
    "instrument": _("văn bản"),
}
