"""The words for papers taken out of the room and for sets of forms, as the record tells of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from hatnhan.reviews.permissions import Action

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

#: What each kind of paper is called, by its key.
TITLES: dict[str, StrOrPromise] = {
    "reviews.form": _("Bản kiểm điểm"),
    "reviews.blank": _("Mẫu kiểm điểm để trống"),
    "reviews.residence": _("Nhận xét nơi cư trú"),
    "reviews.minutes": _("Biên bản hội nghị kiểm điểm"),
    "reviews.tally": _("Biên bản kiểm phiếu, biểu quyết"),
    "reviews.proposal": _("Báo cáo đề nghị xếp loại"),
    "reviews.appraisal": _("Tổng hợp thẩm định"),
    "reviews.decision": _("Quyết định xếp loại"),
    "reviews.notice": _("Thông báo kết quả xếp loại"),
    "reviews.regrading": _("Quyết định xếp loại lại"),
    "reviews.dossier": _("Danh mục hồ sơ kiểm điểm"),
    "reviews.results": _("Tổng hợp kết quả xếp loại"),
    "reviews.explanation": _("Vì sao được xếp mức này"),
}
DETAILS: dict[str, StrOrPromise] = {
    f"{Action.TAKE}:paper": _("văn bản"),
    f"{Action.TAKE}:form": _("dạng"),
    f"{Action.READ_REVIEW}:paper": _("văn bản"),
    f"{Action.READ_REVIEW}:form": _("dạng"),
    f"{Action.SET}:paper": _("văn bản"),
    f"{Action.SET}:unit": _("của"),
    f"{Action.SET}:count": _("số bản"),
}
VALUES: dict[str, dict[str, StrOrPromise]] = {
    f"{Action.TAKE}:paper": TITLES,
    f"{Action.READ_REVIEW}:paper": TITLES,
    f"{Action.SET}:paper": TITLES,
}
