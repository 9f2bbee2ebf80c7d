"""Discipline cases up to the decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import path

from hatnhan.oversight.views import discipline as views
from hatnhan.oversight.views import discipline_deeds as deeds

if TYPE_CHECKING:
    from django.urls import URLPattern

_ALL, _ONE = "ky-luat/", "ky-luat/<int:pk>/"

urlpatterns: list[URLPattern] = [
    path(_ALL, views.cases, name="cases"),
    path(f"{_ALL}moi/", deeds.OpenCase.as_view(), name="case-new"),
    path(_ONE, views.case, name="case"),
    path(f"{_ONE}cua-toi/", views.my_case, name="my-case"),
    path(f"{_ONE}noi-dung/", deeds.Acts.as_view(), name="case-acts"),
    path(f"{_ONE}thu-ly/", deeds.Handlers.as_view(), name="case-handlers"),
    path(f"{_ONE}tam-dung/", deeds.Postpone.as_view(), name="case-postpone"),
    path(f"{_ONE}tro-lai/", deeds.Resume.as_view(), name="case-resume"),
    path(f"{_ONE}ket-thuc/", deeds.Drop.as_view(), name="case-drop"),
    path(f"{_ONE}tu-kiem-diem/", deeds.SelfReview.as_view(), name="self-review"),
    path(f"{_ONE}khong-tu-kiem-diem/", deeds.SelfReviewRefused.as_view(), name="self-review-refused"),
    path(f"{_ONE}nghe/", deeds.Hear.as_view(), name="case-hear"),
    path(f"{_ONE}bo-phieu/", deeds.Round.as_view(), name="case-round"),
    path(f"{_ONE}ket-qua/", deeds.TakeResult.as_view(), name="case-result"),
    path(f"{_ONE}de-nghi/", deeds.Propose.as_view(), name="case-propose"),
    path(f"{_ONE}quyet-dinh/", deeds.Decide.as_view(), name="case-decide"),
]
