"""The first page, figures' rows, papers."""

from __future__ import annotations

from django.urls import path

from hatnhan.reviews.views import cycle_deeds, home

urlpatterns = [
    path("", home.home, name="home"),
    path("mo/", cycle_deeds.OpenCycle.as_view(), name="cycle-open"),
    path("nam-truoc/", cycle_deeds.RecordPast.as_view(), name="past-new"),
    path("nam-truoc/<int:pk>/bo/", cycle_deeds.RemovePast.as_view(), name="past-remove"),
]
