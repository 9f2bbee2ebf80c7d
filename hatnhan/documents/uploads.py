"""Which files may be handed in as papers. Judged by what is in them, not by what they are called."""

from __future__ import annotations

import zipfile
from typing import IO

from django.utils.translation import gettext as _

from hatnhan.core.errors import RuleBroken

MEGABYTES = 10
LARGEST = MEGABYTES * 1024 * 1024
_MOST_PARTS = 5000
_SIGNATURES = {"pdf": b"%PDF-", "png": b"\x89PNG\r\n\x1a\n", "jpg": b"\xff\xd8\xff"}
_OFFICE = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}

TYPES = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def kind_of(file: IO[bytes], size: int) -> str:
    """Return which of the five kinds a file is ("pdf", "docx" …); its reading place is left at the beginning.

    Raises RuleBroken with codes ``empty``, ``too_large``, ``file_kind`` (none of the kinds, or one with macros).
    """
    if size == 0:
        raise RuleBroken("empty", _("Tệp rỗng. Chọn tệp khác."), field="file")
    if size > LARGEST:
        message = _("Tệp lớn quá %(most)d MB. Giảm cỡ ảnh hoặc tách thành nhiều tệp.")
        raise RuleBroken("too_large", message % {"most": MEGABYTES}, field="file")
    file.seek(0)
    head = file.read(16)
    kind = next((name for name, sign in _SIGNATURES.items() if head.startswith(sign)), "") or _office(file)
    file.seek(0)
    if not kind:
        message = _(
            "Không nhận loại tệp này. Lưu thành PDF, Word (.docx), Excel (.xlsx) hoặc ảnh JPG, PNG rồi gửi; "
            "tệp có mật khẩu hoặc có macro thì bỏ đi trước."
        )
        raise RuleBroken("file_kind", message, field="file")
    return kind


def _office(file: IO[bytes]) -> str:
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, EOFError, OSError, NotImplementedError):
        return ""
    if len(names) > _MOST_PARTS or any(name.lower().endswith("vbaproject.bin") for name in names):
        return ""
    return next((kind for kind, part in _OFFICE.items() if part in names), "")
