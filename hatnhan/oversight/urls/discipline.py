"""Discipline cases up to the decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import path

from hatnhan.oversight.views import case_deeds, hearing_deeds, verdict_deeds
from hatnhan.oversight.views import discipline as views

if TYPE_CHECKING:
    from django.urls import URLPattern

_ALL, _ONE = "ky-luat/", "ky-luat/<int:pk>/"

urlpatterns: list[URLPattern] = [
    path(_ALL, views.cases, name="cases"),
    path(f"{_ALL}moi/", case_deeds.OpenCase.as_view(), name="case-new"),
    path(_ONE, views.case, name="case"),
    path(f"{_ONE}cua-toi/", views.my_case, name="my-case"),
    path(f"{_ONE}noi-dung/", case_deeds.Acts.as_view(), name="case-acts"),
    path(f"{_ONE}thu-ly/", case_deeds.Handlers.as_view(), name="case-handlers"),
    path(f"{_ONE}tam-dung/", case_deeds.Postpone.as_view(), name="case-postpone"),
    path(f"{_ONE}tro-lai/", case_deeds.Resume.as_view(), name="case-resume"),
    path(f"{_ONE}ket-thuc/", case_deeds.Drop.as_view(), name="case-drop"),
    path(f"{_ONE}tu-kiem-diem/", hearing_deeds.SelfReview.as_view(), name="self-review"),
    path(f"{_ONE}khong-tu-kiem-diem/", hearing_deeds.SelfReviewRefused.as_view(), name="self-review-refused"),
    path(f"{_ONE}nghe/", hearing_deeds.Hear.as_view(), name="case-hear"),
    path(f"{_ONE}bo-phieu/", verdict_deeds.Round.as_view(), name="case-round"),
    path(f"{_ONE}ket-qua/", verdict_deeds.TakeResult.as_view(), name="case-result"),
    path(f"{_ONE}de-nghi/", verdict_deeds.Propose.as_view(), name="case-propose"),
    path(f"{_ONE}quyet-dinh/", verdict_deeds.Decide.as_view(), name="case-decide"),
]
