"""What a cell was given, adds and reports."""

from __future__ import annotations

from django.urls import path

from hatnhan.guidance.views import cells

urlpatterns = [
    path("chi-bo/<int:pk>/", cells.given, name="given"),
    path("chi-bo/<int:pk>/them/", cells.AddOwnPoints.as_view(), name="own-points"),
    path("chi-bo/<int:pk>/bao-cao/", cells.Report.as_view(), name="report"),
    path("chi-bo/noi-dung/<int:pk>/bo/", cells.RemoveOwnPoint.as_view(), name="own-point-remove"),
]
