"""Denunciations and the count of letters without a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import path

from hatnhan.oversight.views import denunciation_deeds as deeds
from hatnhan.oversight.views import denunciation_ends as ends
from hatnhan.oversight.views import denunciations as views

if TYPE_CHECKING:
    from django.urls import URLPattern

_ONE = "to-cao/<int:pk>/"

urlpatterns: list[URLPattern] = [
    path("to-cao/", views.denunciations, name="denunciations"),
    path("to-cao/nhan-don/", deeds.receive, name="denunciation-new"),
    path("to-cao/khong-xem-xet/", deeds.CountUnnamed.as_view(), name="unnamed"),
    path(_ONE, views.denunciation, name="denunciation"),
    path(f"{_ONE}nguoi-viet/", views.denouncer, name="denouncer"),
    path(f"{_ONE}giao/", deeds.NameHandlers.as_view(), name="denunciation-handlers"),
    path(f"{_ONE}thu-ly/", deeds.Accept.as_view(), name="denunciation-accept"),
    path(f"{_ONE}khong-thu-ly/", ends.Dismiss.as_view(), name="denunciation-dismiss"),
    path(f"{_ONE}rut/", ends.Withdraw.as_view(), name="denunciation-withdraw"),
    path(f"{_ONE}nhap/", ends.Combine.as_view(), name="denunciation-combine"),
    path(f"{_ONE}chuyen/", ends.PassOn.as_view(), name="denunciation-pass-on"),
    path(f"{_ONE}da-bao/", deeds.Told.as_view(), name="denunciation-told"),
    path(f"{_ONE}ket-luan/", ends.Conclude.as_view(), name="denunciation-conclude"),
    path("to-cao/noi-dung/<int:pk>/", deeds.PointResult.as_view(), name="point-result"),
]
