"""Pages that say what went wrong and what to do next. Forbidden and absent look the same, unless we say who may."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.template import loader
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest

    from hatnhan.core.errors import RuleBroken


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django's form
    """Say that there is no such page, or none that this person may open."""
    title = _("Không có trang này, hoặc trang không dành cho đồng chí")
    advice = _("Kiểm tra lại địa chỉ, hoặc tìm người, chi bộ, trang theo tên.")
    return _page(request, {"title": title, "advice": advice}, 404)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say which post the deed asks for."""
    title = _("Đồng chí không làm được việc này")
    return _page(request, {"title": title, "advice": str(exception or "")}, 403)


def rule_broken(request: HttpRequest, exception: RuleBroken) -> HttpResponse:
    """Say which rule forbids it and how to mend it."""
    context = {"title": _("Chưa làm được"), "advice": exception.message, "citation": exception.citation}
    return _page(request, context, 409)


def too_long(request: HttpRequest) -> HttpResponse:
    """Say that what was sent is longer than anything that is asked for here."""
    title = _("Tệp gửi lên quá lớn")
    advice = _("Tệp danh sách không quá 20 MB. Xóa ảnh và các trang tính không dùng, lưu rồi chọn lại.")
    return _page(request, {"title": title, "advice": advice}, 413)


def broken(_request: HttpRequest) -> HttpResponse:
    """Say that the fault is ours."""
    title = _("Phần mềm gặp lỗi")
    advice = _(
        "Việc vừa làm chưa được ghi. Đồng chí thử lại; nếu vẫn lỗi, báo quản trị kỹ thuật giờ và địa chỉ trang."
    )
    # Without the request: what broke may be the database, which the frame of a page would ask again.
    page = loader.render_to_string("site/error.html", {"title": title, "advice": advice, "bare": True})
    return HttpResponse(page, status=500)


def _page(request: HttpRequest, context: Mapping[str, object], status: int) -> HttpResponse:
    """Draw the page inside the shell, or alone for people who are not signed in."""
    user = getattr(request, "user", None)
    bare = user is None or not user.is_authenticated or not hasattr(request, "as_of")
    return render(request, "site/error.html", {**context, "bare": bare}, status=status)
