"""Why a file cannot be read at all. What is wrong with single cells is a CellProblem instead."""

from __future__ import annotations

from hatnhan.core.errors import HatNhanError
from hatnhan.organization.roster.words import say as _


class SheetError(HatNhanError):
    """A file that cannot be read; ``code`` is stable English, ``message_vi`` says what to do about it."""

    def __init__(self, code: str, message_vi: str) -> None:
        super().__init__(message_vi)
        self.code = code
        self.message_vi = message_vi


def sheet_error(code: str, **parts: object) -> SheetError:
    """Return the error of a code, with its Vietnamese message; an unknown code reads as a damaged file."""
    return SheetError(code, _(_messages().get(code, _messages()["corrupt"]), **parts))


def _messages() -> dict[str, str]:
    return {
        "missing": _("Không mở được tệp. Chọn lại tệp."),
        "empty": _("Tệp không có dữ liệu. Chọn tệp khác."),
        "too_large": _("Tệp lớn quá {limit} MB. Xóa ảnh và các trang tính không dùng, lưu rồi chọn lại."),
        "extension": _(
            "Không đọc được loại tệp này. Lưu danh sách thành .xlsx, .xls, .ods hoặc .csv rồi chọn lại."
        ),
        "mismatch": _(
            "Nội dung tệp không phải là {extension}. Mở tệp bằng Excel hoặc LibreOffice, lưu thành .xlsx rồi chọn lại."
        ),
        "mismatch_known": _(
            "Tệp có đuôi {extension} nhưng nội dung là {kind}. Đổi đuôi tệp thành {kind} rồi chọn lại."
        ),
        "bomb": _(
            "Tệp nén bất thường: bung ra lớn hơn nhiều lần một danh sách thật. "
            "Chép riêng bảng danh sách sang một tệp mới, lưu thành .xlsx rồi chọn lại."
        ),
        "too_big": _(
            "Trang tính trải quá rộng hoặc quá dài (hơn {rows} dòng hoặc {columns} cột), "
            "có thể do một ô ở rất xa bảng. "
            "Chép riêng bảng danh sách sang một tệp mới, lưu thành .xlsx rồi chọn lại."
        ),
        "too_slow": _(
            "Đọc tệp quá lâu nên đã dừng. Chép riêng bảng danh sách sang một tệp mới, lưu thành .xlsx rồi chọn lại."
        ),
        "password": _("Tệp có mật khẩu. Mở tệp, bỏ mật khẩu, lưu rồi chọn lại."),
        "corrupt": _("Tệp bị hỏng. Mở tệp bằng Excel hoặc LibreOffice, lưu thành .xlsx rồi chọn lại."),
        "encoding": _("Không đọc được chữ trong tệp .csv. Lưu lại tệp theo mã UTF-8 rồi chọn lại."),
        "no_heading": _(
            "Không tìm thấy dòng tiêu đề. Cần một dòng có cột “Họ và tên” và ít nhất một trong các cột “Ngày sinh”, "
            "“Số thẻ”, “Ngày vào Đảng”, “Chi bộ”. {found}"
        ),
    }
